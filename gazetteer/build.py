"""Builds the gazetteer file: all places and names of the sources, in one SQLite file that is only read afterwards.

Names are gathered in a scratch file, then sorted into place: that takes a tenth of the time of inserting them as they
come. A build of all of GeoNames writes down how far it is, so that one that was cut off goes on from there.
"""

from __future__ import annotations

import gc
import json
import os
import sqlite3
import struct
import zlib
from datetime import UTC, datetime
from functools import partial
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from gazetteer.boxes import pack_places
from gazetteer.spelling import CODE, spell, spell_names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from gazetteer.distil.shapes import Polygons
    from gazetteer.entry import Entry
    from gazetteer.place import How, Place
    from gazetteer.spelling import Bone, Spelling

    Progress = Callable[[str, float], None]
    Aliases = Iterable[tuple[int, Iterable[tuple[str, How]]]]
    Lists = Mapping[str, Iterable[tuple[object, object]]]
    Batch = Callable[[sqlite3.Connection, list[Any]], None]

SCHEMA = 2
"""Goes up whenever the tables change shape: a file of another number is not read."""

BATCH = 4_000
TWO_COLUMNS = {
    "parent": "INSERT OR IGNORE INTO parent VALUES (?, ?)",
    "feature": "INSERT OR IGNORE INTO feature VALUES (?, ?)",
}

TABLES = """
CREATE TABLE IF NOT EXISTS meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS place(id INTEGER PRIMARY KEY, name TEXT NOT NULL, latitude REAL NOT NULL,
  longitude REAL NOT NULL, country TEXT, admin1 TEXT, admin2 TEXT, feature TEXT NOT NULL, population INTEGER NOT NULL,
  radius REAL NOT NULL, source TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS admin(code TEXT PRIMARY KEY, id INTEGER NOT NULL) WITHOUT ROWID;
CREATE VIEW IF NOT EXISTS located AS SELECT place.id, place.name, latitude, longitude, country, admin1,
  (SELECT area.name FROM admin JOIN place AS area USING(id) WHERE admin.code = place.admin1) AS admin1_name,
  admin2, feature, population, radius, source FROM place;
CREATE TABLE IF NOT EXISTS shape(number INTEGER PRIMARY KEY, code TEXT NOT NULL, wkb BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS name(key TEXT NOT NULL, how INTEGER NOT NULL, id INTEGER NOT NULL, text TEXT,
  PRIMARY KEY(key, how, id)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS skeleton(bones INTEGER NOT NULL, id INTEGER NOT NULL, PRIMARY KEY(bones, id)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS parent(id INTEGER PRIMARY KEY, parent INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS feature(code TEXT PRIMARY KEY, name TEXT NOT NULL) WITHOUT ROWID;
CREATE VIRTUAL TABLE IF NOT EXISTS shape_box USING rtree(number, west, east, south, north);
CREATE VIRTUAL TABLE IF NOT EXISTS place_box USING rtree(id, west, east, south, north);
CREATE TABLE IF NOT EXISTS scratch.spelling(key TEXT, how INTEGER, id INTEGER, text TEXT);
CREATE TABLE IF NOT EXISTS scratch.bone(bones INTEGER, id INTEGER);
CREATE TABLE IF NOT EXISTS scratch.leaf(id INTEGER, longitude REAL, latitude REAL);
CREATE TABLE IF NOT EXISTS scratch.done(stage TEXT PRIMARY KEY, count INTEGER NOT NULL);
"""

SORT: dict[str, str] = {
    "sorting names": "INSERT OR IGNORE INTO name SELECT key, how, id, text FROM spelling ORDER BY key, how, id",
    "sorting skeletons": "INSERT OR IGNORE INTO skeleton SELECT bones, id FROM bone ORDER BY bones, id",
    "indexing names": "CREATE INDEX name_id ON name(id)",
    "dropping adjectives": (
        "DELETE FROM name WHERE how = 0 AND text IS NOT NULL "
        "AND id IN (SELECT id FROM place WHERE feature LIKE 'A.PC%') AND EXISTS (SELECT 1 FROM name AS adjective "
        "WHERE adjective.key = name.key AND adjective.id = name.id AND adjective.how = 2)"
    ),
    "indexing countries": "CREATE INDEX place_country ON place(country)",
    "naming areas": (
        "INSERT OR IGNORE INTO admin SELECT CASE feature WHEN 'A.ADM1' THEN admin1 ELSE admin2 END AS code, id "
        "FROM place WHERE feature IN ('A.ADM1', 'A.ADM2') AND code IS NOT NULL"
    ),
}
"""What is done once all is read, each step whole or not at all. What another language calls a country (how 0,
exact) may be our adjective of it (how 2): Israeli."""


def build(  # noqa: PLR0913 - what goes in, each by its name
    path: Path,
    sources: Mapping[str, Iterable[Entry]],
    *,
    aliases: Aliases = (),
    lists: Lists | None = None,
    shapes: Iterable[tuple[str, Polygons]] = (),
    facts: Mapping[str, str] | None = None,
    progress: Progress | None = None,
    resume: bool = False,
) -> None:
    """Write the file at `path`, whole or not at all: it is made under another name beside it and then renamed.

    `sources` go by name, the more trusted first; `aliases` add names to places that a source brought; `lists` fill the
    tables parent and feature; `facts` are kept for `Gazetteer.info`. With `resume` a build that was cut off goes on
    where it was, if its facts are the same.
    """
    say = progress or (lambda _stage, _share: None)
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{'part' if resume else os.getpid()}")
    scratch = draft.with_name(f"{draft.name}.names")
    if not resume or not same_build(draft, facts or {}):
        discard(draft, scratch)
    finished, collecting = False, gc.isenabled()
    gc.disable()  # nothing here refers to itself, and looking for what does takes a tenth of the time
    try:
        connection = open_draft(draft, scratch, journal=resume)
        try:
            write_facts(connection, facts or {})
            fill(connection, sources, say)
            say("adding names", 0.4)
            in_batches(connection, "aliases", aliases, add_aliases, within(say, 0.4, 0.6))
            say("drawing borders", 0.6)
            once(connection, "shapes", lambda: add_shapes(connection, shapes))
            once(connection, "lists", lambda: add_lists(connection, lists or {}))
            sort(connection, say)
        finally:
            connection.close()
        finished = True
        draft.replace(path)
    finally:
        if collecting:
            gc.enable()
        if finished or not resume:
            discard(draft, scratch)
    say("done", 1.0)


def open_draft(draft: Path, scratch: Path, *, journal: bool) -> sqlite3.Connection:
    """Open the file in the making, and the scratch file beside it."""
    connection = sqlite3.connect(draft, isolation_level=None)
    connection.execute("ATTACH ? AS scratch", (str(scratch),))
    for schema in ("main", "scratch"):
        connection.execute(f"PRAGMA {schema}.journal_mode = {'TRUNCATE' if journal else 'OFF'}")
        connection.execute(f"PRAGMA {schema}.synchronous = OFF")
    connection.execute("PRAGMA cache_size = -32768")
    connection.executescript(TABLES)
    return connection


def same_build(draft: Path, facts: Mapping[str, str]) -> bool:
    """Say whether a file in the making is there, of this schema, and made from the same facts."""
    if not draft.is_file():
        return False
    try:
        connection = sqlite3.connect(draft)
        try:
            kept = dict(connection.execute("SELECT key, value FROM meta"))
        finally:
            connection.close()
    except sqlite3.DatabaseError:
        return False
    return kept.get("schema") == str(SCHEMA) and all(kept.get(name) == value for name, value in facts.items())


def discard(draft: Path, scratch: Path) -> None:
    """Remove what a build leaves."""
    for path in (draft, scratch):
        path.unlink(missing_ok=True)
        path.with_name(f"{path.name}-journal").unlink(missing_ok=True)


def write_facts(connection: sqlite3.Connection, facts: Mapping[str, str]) -> None:
    """Write what the file is made of, first: a build that goes on looks for it."""
    built = datetime.now(UTC).isoformat(timespec="seconds")
    rows = {"schema": str(SCHEMA), "built": built, **facts}.items()
    connection.executemany("INSERT OR IGNORE INTO meta VALUES (?, ?)", rows)


def fill(
    connection: sqlite3.Connection,
    sources: Mapping[str, Iterable[Entry]],
    say: Progress,
) -> None:
    """Add the places of the sources, leaving out what is done already."""
    low = 0.0
    for name, entries in sources.items():
        high = low + (0.5 * (0.4 - low) if hasattr(entries, "share") else 0.01)
        say(f"reading {name}", low)
        in_batches(connection, name, entries, add_entries, within(say, low, high))
        low = high


def sort(connection: sqlite3.Connection, say: Progress) -> None:
    """Sort what was gathered into place, and count it."""
    for number, (stage, statement) in enumerate(SORT.items()):
        say(stage, 0.62 + 0.35 * number / len(SORT))
        once(connection, stage, partial(run, connection, statement))
    say("indexing the map", 0.97)
    once(connection, "indexing the map", partial(pack_places, connection))
    counts = connection.execute("SELECT source, count(*) FROM place GROUP BY source").fetchall()
    counts += [("names", connection.execute("SELECT count(*) FROM name").fetchone()[0])]
    connection.executemany(
        "INSERT OR REPLACE INTO meta VALUES (?, ?)",
        [(f"count: {name}", str(count)) for name, count in counts],
    )


def insert(path: Path, entries: Sequence[Entry]) -> None:
    """Add places to a file that is built, in place of those with the same ids: for a copy that nobody reads yet."""
    connection = sqlite3.connect(path)
    with connection:
        for entry in entries:
            place = entry.place
            connection.execute("DELETE FROM name WHERE id = ? AND how <> ?", (place.id, CODE))
            connection.execute("DELETE FROM place_box WHERE id = ?", (place.id,))
            connection.execute(
                "INSERT OR REPLACE INTO place VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                row_of(place),
            )
            connection.executemany("INSERT OR IGNORE INTO name VALUES (?, ?, ?, ?)", spell([entry])[0])
            box = (
                place.id,
                place.longitude,
                place.longitude,
                place.latitude,
                place.latitude,
            )
            connection.execute("INSERT INTO place_box VALUES (?, ?, ?, ?, ?)", box)
    connection.close()


def within(say: Progress, low: float, high: float) -> Progress:
    """Return a progress function for a part of the whole."""
    return lambda text, share: say(text, low + share * (high - low))


def run(connection: sqlite3.Connection, statement: str) -> int:
    """Run a statement; return how many rows it touched."""
    return connection.execute(statement).rowcount


def once(connection: sqlite3.Connection, stage: str, work: Callable[[], int]) -> None:
    """Do a stage whole and note it, unless it was done before."""
    if connection.execute("SELECT 1 FROM done WHERE stage = ?", (stage,)).fetchone():
        return
    connection.execute("BEGIN")
    connection.execute("INSERT INTO done VALUES (?, ?)", (stage, max(0, work())))
    connection.execute("COMMIT")


def in_batches(connection: sqlite3.Connection, stage: str, things: Iterable[object], add: Batch, say: Progress) -> None:
    """Add what a source yields, batch by batch, each whole or not at all, from where it was left."""
    done = dict(connection.execute("SELECT stage, count FROM done"))
    count = done.get(stage, 0)
    if f"{stage}, whole" in done:
        return
    waiting = islice(things, count, None)
    while batch := list(islice(waiting, BATCH)):
        connection.execute("BEGIN")
        add(connection, batch)
        count += len(batch)
        connection.execute("INSERT OR REPLACE INTO done VALUES (?, ?)", (stage, count))
        connection.execute("COMMIT")
        say(f"reading {stage}: {count:,}", getattr(things, "share", 0.0))
    connection.execute("INSERT INTO done VALUES (?, ?)", (f"{stage}, whole", count))


def add_entries(connection: sqlite3.Connection, entries: list[Entry]) -> None:
    """Write places, their spellings and skeletons."""
    places = [row_of(entry.place) for entry in entries]
    connection.executemany("INSERT OR IGNORE INTO place VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", places)
    write_names(connection, *spell(entries))


def add_aliases(connection: sqlite3.Connection, aliases: list[tuple[int, Iterable[tuple[str, How]]]]) -> None:
    """Write more names of places that are there."""
    gathered: dict[int, list[tuple[str, How]]] = {}
    for identity, names in aliases:
        gathered.setdefault(identity, []).extend(names)
    found = connection.execute(
        "SELECT id, name, feature, country FROM place WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(gathered)),),
    ).fetchall()
    write_names(connection, *spell_names([(*place, gathered[place[0]]) for place in found], own=False))


def write_names(connection: sqlite3.Connection, spellings: list[Spelling], skeletons: list[Bone]) -> None:
    """Write spellings and skeletons down, to be sorted when all are there."""
    connection.executemany("INSERT INTO spelling VALUES (?, ?, ?, ?)", spellings)
    connection.executemany("INSERT INTO bone VALUES (?, ?)", skeletons)


def row_of(place: Place) -> tuple[object, ...]:
    """Return a place as its row."""
    return (
        place.id, place.name, place.latitude, place.longitude, place.country, place.admin1, place.admin2,
        place.feature, place.population, place.radius_km, place.source,
    )  # fmt: skip


def add_lists(connection: sqlite3.Connection, lists: Lists) -> int:
    """Fill the tables of two columns: parent and feature."""
    count = 0
    for table, pairs in lists.items():
        count += connection.executemany(TWO_COLUMNS[table], pairs).rowcount
    return count


def add_shapes(connection: sqlite3.Connection, shapes: Iterable[tuple[str, Polygons]]) -> int:
    """Add borders, polygon by polygon, so that a box is never as wide as an empire; return how many."""
    number = 0
    for code, polygons in shapes:
        for rings in polygons:
            number += 1
            east_west, north_south = zip(*rings[0], strict=True)
            box = (number, min(east_west), max(east_west), min(north_south), max(north_south))
            connection.execute("INSERT INTO shape VALUES (?, ?, ?)", (number, code, zlib.compress(wkb_of(rings))))
            connection.execute("INSERT INTO shape_box VALUES (?, ?, ?, ?, ?)", box)
    return number


def wkb_of(rings: Sequence[Sequence[tuple[float, float]]]) -> bytes:
    """Return a polygon's well-known binary: what shapely would write, in half the time."""
    parts = [struct.pack(f"<I{2 * len(ring)}d", len(ring), *chain.from_iterable(ring)) for ring in rings]
    return struct.pack("<BII", 1, 3, len(rings)) + b"".join(parts)
