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
from collections import Counter
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geomap.corpus.rows import TABLES, schema
from geomap.corpus.work import Result
from geomap.errors import MissingInput, OutputError, UnreadableInput
from geomap.files import written

if TYPE_CHECKING:
    from collections.abc import Iterator

MANIFEST = "manifest.json"
LAYOUT = 1

SPILL = ".spill"
"""Where the database that merges puts what does not fit into its memory."""

WAITING = 8 * 1024 * 1024
"""Bytes of results that wait in memory to be written: what a part costs there, however large it gets."""


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


@dataclass(slots=True)
class Part:
    """A part under way. Its rows wait in memory, a few megabytes of them, then in files nobody sees; `close` shows it.

    Both `add` and `close` raise `OutputError`, and whatever stops them, nothing of the part is left.
    """

    folder: Path
    documents: int = 0
    size: int = 0
    _waiting: list[Result] = field(default_factory=list)
    _heavy: int = 0
    _hidden: Path | None = None
    _files: dict[str, Any] = field(default_factory=dict)
    _rows: Counter[str] = field(default_factory=Counter)

    def add(self, result: Result) -> None:
        """Take a result in."""
        weight = sum(map(len, result.tables.values()))
        self._waiting.append(result)
        self._heavy += weight
        self.size += weight
        self.documents += result.documents + result.failed
        if self._heavy >= WAITING:
            with self._whole_or_gone():
                self._spill()

    def close(self) -> Path:
        """Write the rest, and give the part its name once all of it is on the disk."""
        existing = part_folders(self.folder)
        final = self.folder / "parts" / f"{int(existing[-1].name) + 1 if existing else 1:06d}"
        with self._whole_or_gone():
            hidden = self._spill()
            for file in self._files.values():
                file.close()
            (hidden / "part.json").write_text(json.dumps({name: self._rows[name] for name in TABLES}) + "\n", "utf-8")
            rename_whole(hidden, final)
        return final

    def _spill(self) -> Path:
        """Write what waits to the hidden files, a group of rows a table."""
        if self._hidden is None:
            self._hidden = self.folder / "parts" / f".{os.getpid()}"
            self._hidden.mkdir(parents=True)
            self._files.update({name: _open_table(self._hidden, name) for name in TABLES})
        for name, file in self._files.items():
            self._rows[name] += _write_rows(file, [r.tables[name] for r in self._waiting if name in r.tables])
        self._waiting, self._heavy = [], 0
        return self._hidden

    @contextmanager
    def _whole_or_gone(self) -> Iterator[None]:
        try:
            yield
        except BaseException as error:
            self._drop()
            if not isinstance(error, OSError):
                raise
            raise OutputError(
                f"{self.folder}: a part could not be written: {error.strerror or error}. What was written before is "
                f"whole; make room and start the same command again, it goes on from there."
            ) from error

    def _drop(self) -> None:
        for file in self._files.values():
            with suppress(OSError):
                file.close()
        if self._hidden is not None:
            shutil.rmtree(self._hidden, ignore_errors=True)
        self.documents, self._waiting, self._files, self._hidden = 0, [], {}, None


def rename_whole(hidden: Path, final: Path) -> None:
    """Give a folder its name once all of it is on the disk."""
    for path in (*hidden.iterdir(), hidden):
        _sync(path)
    hidden.rename(final)
    _sync(final.parent)


def sweep(folder: Path) -> None:
    """Remove what a killed run left half written."""
    for path in (*(folder / "parts").glob(".*"), *(folder / "groups").glob(".*"), folder / SPILL):
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


def _open_table(folder: Path, table: str) -> Any:  # noqa: ANN401 - untyped library
    from pyarrow import parquet

    path = folder / f"{table}.parquet"
    return parquet.ParquetWriter(path, schema(table), compression="zstd", use_dictionary=_repeated(table))


def _write_rows(file: Any, streams: list[bytes]) -> int:  # noqa: ANN401 - untyped library
    import pyarrow as pa

    if not streams:
        return 0
    rows = pa.concat_tables([pa.ipc.open_stream(stream).read_all() for stream in streams])
    file.write_table(rows)
    return int(rows.num_rows)


def _repeated(table: str) -> list[str]:
    """Return the columns whose values come back: the others only cost a dictionary."""
    return [name for name in schema(table).names if name not in ("text", "line", "signature", "content", "evidence")]


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
