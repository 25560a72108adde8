"""Events merged over all the documents of a corpus: what `copies` and `same` find, kept beside the parts.

    DIR/groups/000012/copies.parquet   documents of the parts up to 12 that repeat another, and which
    DIR/groups/000012/same.parquet     events of those parts, and the group each belongs to

Each folder adds to those before it and is there whole or not at all; only what is new since the last is looked at.
"""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any

from geomap.corpus.copies import find_copies
from geomap.corpus.parts import part_folders, rename_whole
from geomap.corpus.same import Groups, Telling
from geomap.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    import duckdb

_WORD = re.compile(r"[^\W\d_]{4,}")
_FEW = 2_000
NEAR = 12
"""Days around a fresh event within which reports that are known already may be of it; the longest told last ten."""

_TELLING = """
    event, document, kind, sub_kind, status, start, coalesce("end", start), latitude, longitude, radius_km, place_id,
    coalesce(country || '.' || admin1, ''), killed, wounded, [lower(actor.name) for actor in actors], evidence
"""


def last_grouped(folder: Path) -> int:
    """Return the number of the last part whose events are merged."""
    return max((int(path.name) for path in (folder / "groups").glob("[0-9]*")), default=0)


def group_events(folder: Path) -> None:
    """Find copies and merge events among what came since the last time. Raises `OutputError`."""
    import duckdb

    last = last_grouped(folder)
    parts = part_folders(folder)
    if not parts or int(parts[-1].name) <= last:
        return
    final = folder / "groups" / parts[-1].name
    hidden = final.with_name(f".{final.name}.{os.getpid()}")
    try:
        hidden.mkdir(parents=True)
        _group(folder, last, hidden)
        rename_whole(hidden, final)
    except (OSError, duckdb.Error, sqlite3.Error) as error:
        shutil.rmtree(hidden, ignore_errors=True)
        why = (error.strerror if isinstance(error, OSError) else None) or str(error).partition("\n")[0]
        raise OutputError(
            f"{folder}: the merged events could not be written: {why}. The parts are whole; make room and start the "
            f"same command again."
        ) from error


def _group(folder: Path, last: int, into: Path) -> None:
    from geomap.store import opened

    with opened(folder, scratch=True) as database:
        copies = find_copies(database, last, into / "articles.sqlite")
        _write(into / "copies.parquet", copies, {"document": "string", "original": "string"})
        joined = _joined(database, last)
        _write(into / "same.parquet", joined, {"document": "string", "event": "string", "merged": "string"})


def _joined(database: duckdb.DuckDBPyConnection, last: int) -> Iterator[tuple[str, str, str]]:
    """Yield each fresh event that has a place and a day, and the group it joins; day by day, with what is near them."""
    rows = database.execute(
        f"""
        WITH days AS (
            SELECT DISTINCT start + near::INTEGER AS day
            FROM reports, range(-{NEAR}, {NEAR} + 1) AS offsets(near) WHERE part > $last
        )
        SELECT {_TELLING}, merged, part > $last AS fresh FROM reports
        WHERE part > $last OR start IN (SELECT day FROM days)
        ORDER BY start, fresh, published NULLS LAST, document, event
        """,  # noqa: S608 - our own text
        {"last": last},
    )
    groups, today = Groups(), date.min
    while found := rows.fetchmany(_FEW):
        for *row, merged, fresh in found:
            telling = _telling(row)
            if telling.first > today:
                today = telling.first
                groups.forget(today)
            if fresh:
                yield telling.document, telling.event, groups.join(telling)
            elif merged is not None:
                groups.put(telling, merged)


def _telling(row: Any) -> Telling:  # noqa: ANN401 - a database's row
    facts, actors, evidence = row[:-2], row[-2], row[-1]
    words = frozenset(word.casefold() for word in _WORD.findall(evidence or ""))
    return Telling._make((*facts, frozenset(actors or ()), words))


def _write(path: Path, rows: Iterable[tuple[str, ...]], columns: dict[str, str]) -> None:
    """Write rows as they come, some thousands at a time."""
    import pyarrow as pa
    from pyarrow import parquet

    schema = pa.schema([(name, getattr(pa, kind)()) for name, kind in columns.items()])
    with parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        for _, chunk in groupby(enumerate(rows), lambda numbered: numbered[0] // _FEW):
            values = zip(*(row for _, row in chunk), strict=True)
            writer.write_table(pa.table(list(map(list, values)), schema=schema))
