"""A corpus folder asked: by SQL, in numbers, or read back as the events that maps and exports take."""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from geomap.corpus.parts import part_folders, require_manifest
from geomap.corpus.rows import TABLES
from geomap.errors import EmptyInput, UsageError
from geomap.extras import extra

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import duckdb

    from geomap.model import EventSet

READ_AT_ONCE = 200_000
"""Documents a map or an export holds in memory at most; beyond it, ask for fewer with a query."""


@contextmanager
def opened(folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a corpus folder for SQL: views `documents`, `toponyms`, `events` and `failures`, and nothing writable.

    The files of the folder are all that a query can read, and it cannot reach the network or load an extension.
    """
    with extra("corpus", "A query"):
        import duckdb

    require_manifest(folder)
    if not part_folders(folder):
        raise EmptyInput(f"{folder}: no document in it yet.")
    database = duckdb.connect(config={"allow_unsigned_extensions": False, "autoinstall_known_extensions": False})
    try:
        for table in TABLES:
            files = _quoted(folder / "parts" / "[0-9]*" / f"{table}.parquet")
            database.execute(f"CREATE VIEW {table} AS SELECT * FROM read_parquet({files})")  # noqa: S608 - a quoted path
        database.execute(f"SET allowed_directories = [{_quoted(folder / 'parts')}]")
        database.execute("SET enable_external_access = false")
        database.execute("SET lock_configuration = true")
        yield database
    finally:
        database.close()


def query(folder: Path, sql: str) -> tuple[list[str], Iterator[tuple[Any, ...]]]:
    """Return a query's column names, and its rows as they come. Raises `UsageError` for SQL that is none."""
    rows = _rows(folder, sql)
    names = [str(name) for name in next(rows)]
    return names, rows


def read(folder: Path, *, limit: int = READ_AT_ONCE) -> EventSet:
    """Read a corpus folder back as events. Raises `UsageError` for more documents than memory should hold."""
    from geomap.export import jsonl

    with opened(folder) as database:
        (number,) = database.execute("SELECT count(*) FROM documents").fetchone() or (0,)
        if number > limit:
            raise UsageError(
                f"{folder} holds {number:,} documents, more than the {limit:,} that fit a map. "
                f'Take some of them: geomap query {folder} "SELECT ..."'
            )
        found = database.execute("SELECT line, text FROM documents").fetchall()
        failed = database.execute("SELECT source, error FROM failures").fetchall()
    lines = [_with_text(line, text) for line, text in found]
    lines += [json.dumps({"id": source, "source": source, "error": error}) for source, error in failed]
    return jsonl.read(lines, name=str(folder))


def _rows(folder: Path, sql: str) -> Iterator[tuple[Any, ...]]:
    import duckdb

    with opened(folder) as database:
        try:
            cursor = database.execute(sql)
            yield tuple(column[0] for column in cursor.description or ())
            while rows := cursor.fetchmany(1000):
                yield from rows
        except duckdb.Error as error:
            raise UsageError(
                f"{error}\nThe views are {', '.join(TABLES)}; DESCRIBE events lists a view's columns."
            ) from error


def _with_text(line: str, text: str | None) -> str:
    return json.dumps({**json.loads(line), "text": text}, ensure_ascii=False) if text is not None else line


def _quoted(path: Path) -> str:
    return "'" + str(path.absolute()).replace("'", "''") + "'"
