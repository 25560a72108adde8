"""Events merged over all the documents of a corpus: what `copies` and `same` find, kept beside the parts.

    DIR/groups/000012/copies.parquet   documents of the parts up to 12 that repeat another, and which
    DIR/groups/000012/same.parquet     events of those parts, and the group each belongs to

Each folder adds to those before it and is there whole or not at all; only what is new since the last is looked at.
"""

from __future__ import annotations

import os
import re
import shutil
from itertools import groupby
from typing import TYPE_CHECKING, Any

from geomap.corpus.copies import find_copies
from geomap.corpus.parts import part_folders, rename_whole
from geomap.corpus.same import Groups, Telling
from geomap.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date
    from pathlib import Path

    import duckdb

_WORD = re.compile(r"[^\W\d_]{4,}")
_FEW = 20_000
_TELLING = """
    event, document, kind, sub_kind, status, start, coalesce("end", start), latitude, longitude, radius_km, place_id,
    coalesce(country || '.' || admin1, ''), killed, wounded, [lower(actor.name) for actor in actors], evidence
"""


def last_grouped(folder: Path) -> int:
    """Return the number of the last part whose events are merged."""
    return max((int(path.name) for path in (folder / "groups").glob("[0-9]*")), default=0)


def group_events(folder: Path) -> None:
    """Find copies and merge events among what came since the last time. Raises `OutputError`."""
    from geomap.store import opened

    last = last_grouped(folder)
    parts = part_folders(folder)
    if not parts or int(parts[-1].name) <= last:
        return
    final = folder / "groups" / parts[-1].name
    hidden = final.with_name(f".{final.name}.{os.getpid()}")
    try:
        hidden.mkdir(parents=True)
        with opened(folder, scratch=True) as database:
            copies = find_copies(database, last)
            _write(hidden / "copies.parquet", copies, {"document": "string", "original": "string"})
            joined = _joined(database, last)
            _write(hidden / "same.parquet", joined, {"document": "string", "event": "string", "merged": "string"})
        rename_whole(hidden, final)
    except OSError as error:
        shutil.rmtree(hidden, ignore_errors=True)
        raise OutputError(
            f"{folder}: the merged events could not be written: {error.strerror or error}. The parts are whole; make "
            f"room and start the same command again."
        ) from error


def _joined(database: duckdb.DuckDBPyConnection, last: int) -> Iterator[tuple[str, str, str]]:
    """Yield each fresh event that has a place and a day, and the group it joins; a month at a time."""
    months = database.execute(
        f"SELECT DISTINCT date_trunc('month', start) AS month FROM reports WHERE part > {last} ORDER BY month"  # noqa: S608
    ).fetchall()
    for (month,) in months:
        groups = Groups()
        for telling, name in _known(database, last, month):
            groups.put(telling, name)
        for telling in _fresh(database, last, month):
            yield telling.document, telling.event, groups.join(telling)


def _known(database: duckdb.DuckDBPyConnection, last: int, month: date) -> Iterator[tuple[Telling, str]]:
    rows = database.execute(
        f"""
        SELECT {_TELLING}, merged FROM reports
        WHERE part <= {last} AND start < $month + INTERVAL 1 MONTH + INTERVAL 3 DAYS
            AND coalesce("end", start) >= $month - INTERVAL 3 DAYS
        ORDER BY published NULLS LAST, document, event
        """,  # noqa: S608 - our own text
        {"month": month},
    )
    while found := rows.fetchmany(_FEW):
        for row in found:
            yield _telling(row[:-1]), row[-1]


def _fresh(database: duckdb.DuckDBPyConnection, last: int, month: date) -> Iterator[Telling]:
    rows = database.execute(
        f"""
        SELECT {_TELLING} FROM reports
        WHERE part > {last} AND date_trunc('month', start) = $month
        ORDER BY published NULLS LAST, document, event
        """,  # noqa: S608 - our own text
        {"month": month},
    )
    while found := rows.fetchmany(_FEW):
        yield from map(_telling, found)


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
