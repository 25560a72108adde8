"""Builds the gazetteer file: all places and names of the sources, in one SQLite file that is only read afterwards."""

from __future__ import annotations

import os
import sqlite3
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from gazetteer.entry import Entry
from gazetteer.names import bare_key, bones, key, undotted
from gazetteer.place import Place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from gazetteer.distil.shapes import Polygons
    from gazetteer.place import How

    Progress = Callable[[str, float], None]

SCHEMA = 1
"""Goes up whenever the tables change shape: a file of another number is built anew."""

HOWS = ("exact", "code", "demonym", "historic", "stripped")
"""The ways of matching that the file stores, by the number it stores them as."""

STRIPPED = HOWS.index("stripped")
CODE = HOWS.index("code")

LATIN = frozenset(
    "US CA MX GT BZ SV HN NI CR PA CU HT DO JM BS TT GY SR GF CO VE EC PE BO BR PY UY AR CL PR "
    "AU NZ PG FJ GB IE IS NO SE FI DK EE LV LT PL CZ SK HU RO SI HR AT CH DE NL BE LU FR ES PT IT MT".split()
)
"""Countries whose names are written in Latin letters at home: nobody transliterates them, so they get no skeletons."""

TABLES = """
CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE place(id INTEGER PRIMARY KEY, name TEXT NOT NULL, latitude REAL NOT NULL, longitude REAL NOT NULL,
  country TEXT, admin1 TEXT, admin2 TEXT, feature TEXT NOT NULL, population INTEGER NOT NULL, radius REAL NOT NULL,
  source TEXT NOT NULL);
CREATE TABLE admin(code TEXT PRIMARY KEY, id INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE shape(number INTEGER PRIMARY KEY, code TEXT NOT NULL, wkb BLOB NOT NULL);
CREATE VIRTUAL TABLE shape_box USING rtree(number, west, east, south, north);
CREATE VIRTUAL TABLE place_box USING rtree(id, west, east, south, north);
CREATE TEMP TABLE spelling(key TEXT, how INTEGER, id INTEGER, text TEXT);
CREATE TEMP TABLE bone(bones INTEGER, id INTEGER);
"""

FINISH = """
CREATE TABLE name(key TEXT NOT NULL, how INTEGER NOT NULL, id INTEGER NOT NULL, text TEXT,
  PRIMARY KEY(key, how, id)) WITHOUT ROWID;
INSERT OR IGNORE INTO name SELECT key, how, id, text FROM spelling ORDER BY key, how, id;
DROP TABLE spelling;
CREATE INDEX name_id ON name(id);
CREATE INDEX place_country ON place(country);
CREATE TABLE skeleton(bones INTEGER NOT NULL, id INTEGER NOT NULL, PRIMARY KEY(bones, id)) WITHOUT ROWID;
INSERT OR IGNORE INTO skeleton SELECT bones, id FROM bone ORDER BY bones, id;
DROP TABLE bone;
INSERT INTO place_box SELECT id, longitude, longitude, latitude, latitude FROM place;
"""


def build(
    path: Path,
    sources: Mapping[str, Iterable[Entry]],
    *,
    aliases: Iterable[tuple[int, Iterable[tuple[str, How]]]] = (),
    shapes: Iterable[tuple[str, Polygons]] = (),
    facts: Mapping[str, str] | None = None,
    progress: Progress | None = None,
) -> None:
    """Write the file at `path`, whole or not at all: it is made under another name beside it and then renamed.

    `sources` go by name, the more trusted first; `aliases` add names to places that a source brought; `facts` are kept for `Gazetteer.info`.
    """
    say = progress or (lambda _stage, _share: None)
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.unlink(missing_ok=True)
    try:
        connection = sqlite3.connect(draft)
        try:
            fill(connection, sources, aliases, shapes, facts or {}, say)
        finally:
            connection.close()
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    say("done", 1.0)


def fill(
    connection: sqlite3.Connection,
    sources: Mapping[str, Iterable[Entry]],
    aliases: Iterable[tuple[int, Iterable[tuple[str, How]]]],
    shapes: Iterable[tuple[str, Polygons]],
    facts: Mapping[str, str],
    say: Progress,
) -> None:
    """Fill an empty database."""
    connection.executescript(
        "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA temp_store = MEMORY;" + TABLES
    )
    counts: dict[str, str] = {}
    for number, (name, entries) in enumerate(sources.items()):
        say(f"reading {name}", 0.6 * number / len(sources))
        counts[f"places: {name}"] = str(add_entries(connection, entries))
    counts["aliases"] = str(add_aliases(connection, aliases))
    say("drawing borders", 0.6)
    add_shapes(connection, shapes)
    say("sorting names", 0.65)
    connection.executescript(FINISH)
    say("naming areas", 0.95)
    add_admins(connection)
    meta = {"schema": str(SCHEMA), "built": datetime.now(UTC).isoformat(timespec="seconds"), **counts, **facts}
    connection.executemany("INSERT INTO meta VALUES (?, ?)", meta.items())
    connection.commit()
    connection.execute("ANALYZE")
    connection.commit()


def add_entries(connection: sqlite3.Connection, entries: Iterable[Entry]) -> int:
    """Add places and their spellings; return how many places."""
    before = connection.total_changes
    places: list[tuple[object, ...]] = []
    spellings: list[tuple[str, int, int, str | None]] = []
    skeletons: list[tuple[int, int]] = []
    count = 0
    for entry in entries:
        place = entry.place
        places.append(
            (place.id, place.name, place.latitude, place.longitude, place.country, place.admin1, place.admin2)
            + (place.feature, place.population, place.radius_km, place.source)
        )
        spelled = list(spell(entry))
        spellings += spelled
        if place.country and place.country not in LATIN:
            skeletons += {(bones(folded), place.id) for folded, how, *_ in spelled if how == 0}
        count += 1
        if len(places) >= 5000:  # noqa: PLR2004 - a batch
            flush(connection, places, spellings, skeletons)
            places.clear()
            spellings.clear()
            skeletons.clear()
    flush(connection, places, spellings, skeletons)
    return count if connection.total_changes > before else 0


def flush(
    connection: sqlite3.Connection,
    places: list[tuple[object, ...]],
    spellings: list[tuple[str, int, int, str | None]],
    skeletons: list[tuple[int, int]],
) -> None:
    """Write a batch."""
    connection.executemany("INSERT OR IGNORE INTO place VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", places)
    connection.executemany("INSERT INTO spelling VALUES (?, ?, ?, ?)", spellings)
    connection.executemany("INSERT INTO bone VALUES (?, ?)", (row for row in skeletons if row[0]))


def spell(entry: Entry) -> Iterator[tuple[str, int, int, str | None]]:
    """Yield the keys of an entry: each name's own, and what is left of it without its article and generic noun."""
    identity, own, kind = entry.place.id, entry.place.name, entry.place.feature
    seen: set[str] = set()
    bare: dict[str, str] = {}
    for text, how in ((own, "exact"), *entry.names):
        folded = key(text)
        if how == "code":
            yield undotted(text), CODE, identity, text
            continue
        if not folded or folded in seen:
            continue
        seen.add(folded)
        yield folded, HOWS.index(how), identity, text if text != own else None
        if how == "exact":
            short = bare_key(folded, kind)
            if short != folded:
                bare.setdefault(short, text)
    for short, text in bare.items():
        if short not in seen:
            yield short, STRIPPED, identity, text


def add_aliases(connection: sqlite3.Connection, aliases: Iterable[tuple[int, Iterable[tuple[str, How]]]]) -> int:
    """Add names to places that are there; return how many names."""
    count = 0
    for identity, names in aliases:
        found = connection.execute("SELECT name, feature FROM place WHERE id = ?", (identity,)).fetchone()
        if found:
            place = Place(identity, found[0], 0.0, 0.0, feature=found[1])
            spelled = list(spell(Entry(place, tuple(names))))
            connection.executemany("INSERT INTO spelling VALUES (?, ?, ?, ?)", spelled)
            count += len(spelled) - 1
    return count


def add_shapes(connection: sqlite3.Connection, shapes: Iterable[tuple[str, Polygons]]) -> None:
    """Add borders, polygon by polygon, so that a box is never as wide as an empire."""
    import shapely

    number = 0
    for code, polygons in shapes:
        for rings in polygons:
            number += 1
            polygon = shapely.Polygon(rings[0], rings[1:])
            west, south, east, north = polygon.bounds
            connection.execute("INSERT INTO shape VALUES (?, ?, ?)", (number, code, shapely.to_wkb(polygon)))
            connection.execute("INSERT INTO shape_box VALUES (?, ?, ?, ?, ?)", (number, west, east, south, north))


def add_admins(connection: sqlite3.Connection) -> None:
    """List which place an area's code stands for."""
    connection.execute(
        "INSERT OR IGNORE INTO admin SELECT CASE feature WHEN 'A.ADM1' THEN admin1 ELSE admin2 END AS code, id "
        "FROM place WHERE feature IN ('A.ADM1', 'A.ADM2') AND code IS NOT NULL"
    )
