"""A corpus folder asked: by SQL, in numbers, or read back as the events that maps and exports take."""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from geomap.corpus.parts import SPILL, part_folders, require_manifest
from geomap.corpus.rows import TABLES
from geomap.errors import EmptyInput, UsageError
from geomap.extras import extra
from geomap.model import TOLLS, Report

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    import duckdb

    from geomap.model import Event, EventSet

VIEWS = ("events", "merged", "toponyms", "documents", "copies", "failures")
"""What a query can ask. `events` are told by one document each; `merged` are what they tell of together."""

READ_AT_ONCE = 200_000
"""Documents a map or an export holds in memory at most; beyond it, ask for fewer with a query."""


SCRATCH = "192MB"
"""What a database that may spill onto the disk keeps in memory at most, so that merging a million articles does too."""

_PART = "CAST(parse_path(filename)[-2] AS INTEGER) AS part"

_VIEWS = {
    "documents": "SELECT documents.*, copies.original "
    "FROM raw_documents AS documents LEFT JOIN copies USING (document)",
    "reports": "SELECT events.*, same.merged FROM raw_events AS events LEFT JOIN same USING (document, event) "
    "WHERE events.start IS NOT NULL AND events.latitude IS NOT NULL",
    "events": "SELECT events.* EXCLUDE (part), coalesce(same.merged, document || '/' || event) AS merged "
    "FROM raw_events AS events LEFT JOIN same USING (document, event)",
    "toponyms": "SELECT * EXCLUDE (part) FROM raw_toponyms",
    "failures": "SELECT * EXCLUDE (part) FROM raw_failures",
}
_NEWEST = "published, document, event"


def _merged_view() -> str:
    """Return SQL for the events merged: the place told most finely, the day most exactly, the newest figures."""
    newest = ", ".join(
        f"arg_max({name}, row({_NEWEST})) FILTER ({name} IS NOT NULL) AS {name}"
        for name in (*TOLLS, *(f"{toll}_{end}" for toll in TOLLS for end in ("low", "high")))
    )
    finest = ", ".join(
        f"arg_min({name}, row(geo_precision, radius_km, {_NEWEST})) AS {name}"
        for name in ("place_id", "place", "latitude", "longitude", "country", "admin1", "geo_precision", "radius_km")
    )
    exact = ", ".join(
        f'arg_min("{name}", row(time_precision, {_NEWEST})) AS "{name}"' for name in ("start", "end", "time_precision")
    )
    return f"""
        SELECT merged, mode(kind) AS kind, mode(sub_kind) AS sub_kind, arg_max(status, row({_NEWEST})) AS status,
            bool_or(on_map) AS on_map, {exact}, {finest}, {newest},
            count(DISTINCT document) AS articles, count(DISTINCT coalesce(original, document)) AS tellings,
            count(DISTINCT source) AS sources, min(published) AS first_published, max(published) AS last_published,
            arg_max(evidence, row({_NEWEST})) AS evidence, max(confidence) AS confidence
        FROM events LEFT JOIN copies USING (document) GROUP BY merged
    """  # noqa: S608 - our own names


@contextmanager
def opened(folder: Path, *, scratch: bool = False) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a corpus folder for SQL: views `documents`, `toponyms`, `events`, `merged`, `copies` and `failures`.

    The files of the folder are all that a query can read, and it cannot write, reach the network or load an extension.
    `scratch` lets it spill what does not fit into memory onto the disk, and shows the parts.
    """
    require_manifest(folder)
    with extra("corpus", "A query"):
        import duckdb

    if not part_folders(folder):
        raise EmptyInput(f"{folder}: no document in it yet.")
    config: dict[str, Any] = {
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    database = duckdb.connect(config=config)
    try:
        for table in TABLES:
            files = _quoted(folder / "parts" / "[0-9]*" / f"{table}.parquet")
            database.execute(
                f"CREATE VIEW raw_{table} AS SELECT * EXCLUDE (filename), {_PART} FROM read_parquet({files}, filename=true)"  # noqa: S608, E501 - a quoted path
            )
        _group_views(database, folder)
        for name, sql in _VIEWS.items():
            database.execute(f"CREATE VIEW {name} AS {sql}")
        database.execute(f"CREATE VIEW merged AS {_merged_view()}")
        _lock_up(database, folder, scratch=scratch)
        yield database
    finally:
        database.close()


def _group_views(database: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Make the views of what was merged; empty ones before anything was."""
    grouped = any((folder / "groups").glob("[0-9]*"))
    for name, columns in (("copies", ("document", "original")), ("same", ("document", "event", "merged"))):
        if grouped:
            source = f"read_parquet({_quoted(folder / 'groups' / '[0-9]*' / f'{name}.parquet')})"
            database.execute(f"CREATE VIEW {name} AS SELECT * FROM {source}")  # noqa: S608 - a quoted path
        else:
            empty = ", ".join(f"'' AS {column}" for column in columns)
            database.execute(f"CREATE VIEW {name} AS SELECT {empty} WHERE false")


def _lock_up(database: duckdb.DuckDBPyConnection, folder: Path, *, scratch: bool) -> None:
    allowed = [folder / "parts", folder / "groups"]
    if scratch:
        allowed.append(folder / SPILL)
        database.execute(f"SET temp_directory = {_quoted(folder / SPILL)}")
        database.execute(f"SET memory_limit = '{SCRATCH}'")
        database.execute("SET threads = 2")  # each takes its share of that
        database.execute("SET preserve_insertion_order = false")
    database.execute(f"SET allowed_directories = [{', '.join(map(_quoted, allowed))}]")
    database.execute("SET enable_external_access = false")
    database.execute("SET lock_configuration = true")


def query(folder: Path, sql: str) -> tuple[list[str], Iterator[tuple[Any, ...]]]:
    """Return a query's column names, and its rows as they come. Raises `UsageError` for SQL that is none."""
    rows = _rows(folder, sql)
    names = [str(name) for name in next(rows)]
    return names, rows


def read(folder: Path, *, since: date | None = None, limit: int = READ_AT_ONCE) -> EventSet:
    """Read a corpus folder back as events, each told by all the documents that tell it.

    `since` leaves out documents published before that day. Raises `UsageError` for more than memory should hold.
    """
    from geomap.export import jsonl

    chosen = "published IS NULL OR published >= $since" if since else "true"
    given = {"since": since} if since else {}
    with opened(folder) as database:
        (number,) = database.execute(f"SELECT count(*) FROM documents WHERE {chosen}", given).fetchone() or (0,)  # noqa: S608
        if number > limit:
            raise UsageError(
                f"{folder} holds {number:,} documents, more than the {limit:,} that fit a map. "
                f'Take some of them: geomap query {folder} "SELECT ..."'
            )
        found = database.execute(f"SELECT line, text FROM documents WHERE {chosen} ORDER BY document", given).fetchall()  # noqa: S608
        failed = database.execute("SELECT source, error FROM failures").fetchall()
        names = database.execute("SELECT document, event, merged FROM events").fetchall()
    lines = [_with_text(line, text) for line, text in found]
    lines += [json.dumps({"id": source, "source": source, "error": error}) for source, error in failed]
    events = jsonl.read(lines, name=str(folder))
    return told_together(events, {(document, event): merged for document, event, merged in names})


def told_together(events: EventSet, names: Mapping[tuple[str, str], str]) -> EventSet:
    """Make one event of those that have one name, in the order first told."""
    days = {document.id: document.published or date.min for document in events.documents}
    groups: dict[str, list[Event]] = {}
    for event in events.events:
        name = names.get((event.document, event.id), f"{event.document}/{event.id}")
        groups.setdefault(name, []).append(event)
    merged = tuple(_one_of(sorted(group, key=lambda e: (days[e.document], e.document))) for group in groups.values())
    return replace(events, events=merged)


def _one_of(group: list[Event]) -> Event:
    """Return the newest telling, one that gives a toll if any does, with the finest place and all other tellings."""
    chosen = max(group, key=lambda event: event.killed is not None)  # the first of the best
    chosen = next(event for event in reversed(group) if (event.killed is None) == (chosen.killed is None))
    finest = min(
        (e.where for e in group if e.where), key=lambda where: (where.precision, where.radius_km), default=None
    )
    if finest and chosen.where and finest.precision < chosen.where.precision:
        chosen = replace(chosen, where=replace(finest, span=None))  # its words are another document's
    others = [event for event in group if event.id != chosen.id or event.document != chosen.document]
    also = [Report(event.document, event.evidence, event.trigger) for event in others]
    also += [report for event in group for report in event.also]
    return replace(chosen, also=tuple(dict.fromkeys(also)), confidence=max(event.confidence for event in group))


def _rows(folder: Path, sql: str) -> Iterator[tuple[Any, ...]]:
    with opened(folder) as database:
        import duckdb

        try:
            if not duckdb.extract_statements(sql):
                raise UsageError(f'No SQL was given. Type: geomap query {folder} "DESCRIBE events"')
            cursor = database.execute(sql)
            yield tuple(column[0] for column in cursor.description or ())
            while rows := cursor.fetchmany(1000):
                yield from rows
        except duckdb.Error as error:
            raise UsageError(
                f"{error}\nThe views are {', '.join(VIEWS)}; DESCRIBE events lists a view's columns."
            ) from error


def _with_text(line: str, text: str | None) -> str:
    return json.dumps({**json.loads(line), "text": text}, ensure_ascii=False) if text is not None else line


def _quoted(path: Path) -> str:
    return "'" + str(path.absolute()).replace("'", "''") + "'"
