"""Which documents a corpus has: an index on disk, so that memory does not grow with them.

It is only an index: the parts are the truth, and what they hold that it lacks is put in when it is opened.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from geomap.corpus.near import content_key
from geomap.corpus.parts import part_folders
from geomap.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_TABLES = """
    CREATE TABLE IF NOT EXISTS contents (key INTEGER PRIMARY KEY) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS names (key INTEGER PRIMARY KEY) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS parts (name TEXT PRIMARY KEY) WITHOUT ROWID;
"""


class Seen:
    """The index of a corpus folder: what is done, and, in memory, what is being done."""

    def __init__(self, folder: Path, *, again: bool = False) -> None:
        """Open it, and bring it up to date with the parts. `again` leaves out what failed, to be tried once more."""
        self._folder = folder
        self._again = again
        self._contents: set[int] = set()
        self._names: set[int] = set()
        self._database = self._open()

    def claim(self, content: int, name: str) -> str | None:
        """Take a document on: return the id it may have, or None where its content is known already.

        Two different texts with one given id would be one document to every query: the later is told apart.
        """
        if content in self._contents or self._holds("contents", content):
            return None
        self._contents.add(content)
        key = content_key(name)
        if key in self._names or self._holds("names", key):
            name = f"{name}-{content & 0xFFFFFFFF:08x}"
            key = content_key(name)
        self._names.add(key)
        return name

    def settle(self, part: Path) -> None:
        """Note that a part is written."""
        contents, names = _keys(part, again=self._again)
        self._contents.difference_update(contents)
        self._names.difference_update(names)
        try:
            self._insert(part.name, contents, names)
        except sqlite3.Error as error:
            raise OutputError(
                f"{self._folder}: the index of what is done could not be written ({error}). The parts are whole; make "
                f"room and start the same command again."
            ) from error

    def close(self) -> None:
        """Close it."""
        self._database.close()

    def _open(self) -> sqlite3.Connection:
        path = self._folder / "seen.sqlite"
        try:
            return self._fresh(path)
        except sqlite3.DatabaseError:  # damaged, or in step with parts that are gone: it is only an index
            for ending in ("", "-wal", "-shm", "-journal"):
                path.with_name(path.name + ending).unlink(missing_ok=True)
        try:
            return self._fresh(path)
        except sqlite3.Error as error:
            raise OutputError(f"{path}: cannot be written ({error}). Name another folder with -o.") from error

    def _fresh(self, path: Path) -> sqlite3.Connection:
        database = sqlite3.connect(path, isolation_level=None)
        try:
            database.execute("PRAGMA journal_mode=WAL")
            database.execute("PRAGMA synchronous=OFF")
            database.executescript(_TABLES)
            known = {name for (name,) in database.execute("SELECT name FROM parts")}
            there = {part.name: part for part in part_folders(self._folder)}
            if self._again or known - there.keys():
                database.executescript("DELETE FROM parts; DELETE FROM contents; DELETE FROM names;")
                known = set()
            self._database = database
            for name in sorted(there.keys() - known):
                self._insert(name, *_keys(there[name], again=self._again))
        except BaseException:
            database.close()
            raise
        return database

    def _holds(self, table: str, key: int) -> bool:
        with closing(self._database.execute(f"SELECT 1 FROM {table} WHERE key = ?", (key,))) as found:  # noqa: S608 - our own name
            return found.fetchone() is not None

    def _insert(self, part: str, contents: Iterable[int], names: Iterable[int]) -> None:
        self._database.execute("BEGIN")
        self._database.executemany("INSERT OR IGNORE INTO contents VALUES (?)", ((key,) for key in contents))
        self._database.executemany("INSERT OR IGNORE INTO names VALUES (?)", ((key,) for key in names))
        self._database.execute("INSERT OR IGNORE INTO parts VALUES (?)", (part,))
        self._database.execute("COMMIT")


def _keys(part: Path, *, again: bool) -> tuple[list[int], list[int]]:
    from pyarrow import parquet

    done = parquet.read_table(part / "documents.parquet", columns=["content", "document"])
    contents = done.column("content").to_pylist()
    names = [content_key(name) for name in done.column("document").to_pylist()]
    if not again:
        contents += parquet.read_table(part / "failures.parquet", columns=["content"]).column("content").to_pylist()
    return contents, names
