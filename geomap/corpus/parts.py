"""A corpus on disk: folders of Parquet, each there whole or not at all.

    DIR/manifest.json                      what made it, and its totals
    DIR/parts/000001/documents.parquet     and toponyms, events, failures, part.json
    DIR/seen.sqlite                        an index of what is done; made again from the parts when it is lost

A part is written to a hidden folder and renamed. What was analysed but not yet in a part when the process died is
analysed again; what is in a part never is.
"""

from __future__ import annotations

import json
import os
import shutil
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from geomap.corpus.rows import TABLES, schema
from geomap.corpus.work import Result
from geomap.errors import MissingInput, OutputError, UnreadableInput
from geomap.files import written

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


MANIFEST = "manifest.json"
LAYOUT = 1


@dataclass(slots=True)
class Pending:
    """Results that wait to become a part."""

    results: list[Result] = field(default_factory=list)
    documents: int = 0
    size: int = 0

    def add(self, result: Result) -> None:
        """Take a result in."""
        self.results.append(result)
        self.documents += result.documents + result.failed
        self.size += sum(map(len, result.tables.values()))


def read_manifest(folder: Path) -> dict[str, Any] | None:
    """Return what made a corpus folder, or None when it is none yet."""
    path = folder / MANIFEST
    try:
        manifest = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise UnreadableInput(f"{path}: cannot be read ({error}). Is {folder} a folder geomap corpus wrote?") from error
    if not isinstance(manifest, dict) or manifest.get("layout") != LAYOUT:
        raise UnreadableInput(f"{folder}: written by another version of geomap. Make it anew, in a new folder.")
    return manifest


def require_manifest(folder: Path) -> dict[str, Any]:
    """Return what made a corpus folder, which must be one."""
    if not folder.is_dir():
        raise MissingInput(f"{folder}: no such folder. Make a corpus first: geomap corpus INPUT -o {folder}")
    manifest = read_manifest(folder)
    if manifest is None:
        raise UnreadableInput(f"{folder}: no corpus in it. Make one first: geomap corpus INPUT -o {folder}")
    return manifest


def write_manifest(folder: Path, manifest: dict[str, Any]) -> None:
    """Write what made a corpus folder, and its totals."""
    with written(folder / MANIFEST) as file:
        json.dump({"layout": LAYOUT, **manifest}, file, indent=2, ensure_ascii=False)
        file.write("\n")


def part_folders(folder: Path) -> list[Path]:
    """Return the parts there are, in order."""
    return sorted(path for path in (folder / "parts").glob("[0-9]*") if path.is_dir())


def part_summary(part: Path) -> dict[str, Any]:
    """Return the numbers of a part."""
    summary: dict[str, Any] = json.loads((part / "part.json").read_text("utf-8"))
    return summary


def write_part(folder: Path, pending: Pending) -> Path:
    """Write a part: whole, on the disk, and only then under its name. Raises `OutputError`."""
    existing = part_folders(folder)
    number = int(existing[-1].name) + 1 if existing else 1
    final = folder / "parts" / f"{number:06d}"
    hidden = final.with_name(f".{final.name}.{os.getpid()}")
    try:
        hidden.mkdir(parents=True)
        counts = {name: _write_table(hidden / f"{name}.parquet", name, pending) for name in TABLES}
        (hidden / "part.json").write_text(json.dumps(counts) + "\n", "utf-8")
        rename_whole(hidden, final)
    except OSError as error:
        shutil.rmtree(hidden, ignore_errors=True)
        raise OutputError(
            f"{folder}: a part could not be written: {error.strerror or error}. What was written before is whole; "
            f"make room and start the same command again, it goes on from there."
        ) from error
    return final


def rename_whole(hidden: Path, final: Path) -> None:
    """Give a folder its name once all of it is on the disk."""
    for path in (*hidden.iterdir(), hidden):
        _sync(path)
    hidden.rename(final)
    _sync(final.parent)


def sweep(folder: Path) -> None:
    """Remove what a killed run left half written."""
    for path in (*(folder / "parts").glob(".*"), *(folder / "groups").glob(".*")):
        shutil.rmtree(path, ignore_errors=True)
    for path in folder.glob(f".{MANIFEST}.*.part"):
        path.unlink(missing_ok=True)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold a corpus folder, made where it is missing, for one run at a time; a killed run lets go by itself."""
    try:
        (folder / "parts").mkdir(parents=True, exist_ok=True)
        file = (folder / ".lock").open("a")
    except OSError as error:
        raise OutputError(f"{folder}: cannot be written to: {error.strerror}. Name another folder with -o.") from error
    with file:
        if not _lock(file.fileno()):
            raise OutputError(
                f"{folder}: another geomap is at work in it. Wait for it, or name another folder with -o."
            )
        yield


def _lock(handle: int) -> bool:
    try:
        import fcntl
    except ImportError:  # Windows, which locks what is open by itself
        return True
    with suppress(OSError):
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    return False


def _write_table(path: Path, table: str, pending: Pending) -> int:
    import pyarrow as pa
    from pyarrow import parquet

    found = [pa.ipc.open_stream(r.tables[table]).read_all() for r in pending.results if table in r.tables]
    whole = pa.concat_tables(found) if found else schema(table).empty_table()
    parquet.write_table(whole, path, compression="zstd", use_dictionary=_repeated(table))
    return int(whole.num_rows)


def _repeated(table: str) -> list[str]:
    """Return the columns whose values come back: the others only cost a dictionary."""
    return [name for name in schema(table).names if name not in ("text", "line", "signature", "content", "evidence")]


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
