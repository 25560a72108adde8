"""Reads the gazetteer file: names to candidates, ids to places, points to what lies near."""

from __future__ import annotations

import math
import os
import sqlite3
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gazetteer.build import CODE, HOWS, SCHEMA, STRIPPED
from gazetteer.errors import GazetteerError
from gazetteer.names import bones, key, stripped, undotted
from gazetteer.place import How, Match, Place

if TYPE_CHECKING:
    from collections.abc import Collection

_PLACE = (
    "place.id, place.name, place.latitude, place.longitude, place.country, place.admin1, "
    "(SELECT area.name FROM admin JOIN place AS area USING(id) WHERE code = place.admin1), place.admin2, place.feature, place.population, "
    "place.radius, place.source"
)
_BY_KEY = (
    f"SELECT name.how, name.text, {_PLACE} FROM name JOIN place USING(id) WHERE key = ? "
    "ORDER BY name.how, place.population DESC"
)
_KINDS = (
    "SELECT name.how, substr(place.feature, 1, 1), max(place.population), count(*) FROM name JOIN place USING(id) "
    "WHERE key = ? GROUP BY 1, 2"
)
_DEMONYM = HOWS.index("demonym")
FUZZY_FROM = 5
"""Names of fewer letters are not guessed at."""


class Gazetteer:
    """A gazetteer file, open for reading. Safe to hand to threads, forks and pickles: each process opens it anew."""

    def __init__(self, path: Path) -> None:
        self.path = Path(path)
        self._connections: dict[int, sqlite3.Connection] = {}
        self._meta = self._read_meta()
        self.fingerprint: str = self._meta.get("fingerprint", "")
        self._match = lru_cache(maxsize=65536)(self._match_key)
        self.kinds = lru_cache(maxsize=262144)(self._kinds)
        self._place = lru_cache(maxsize=16384)(self._get)
        self._country_keys = lru_cache(maxsize=6)(self._read_country_keys)

    def __reduce__(self) -> tuple[type[Gazetteer], tuple[Path]]:
        """Pickle as the path alone."""
        return (Gazetteer, (self.path,))

    def lookup(self, name: str, *, countries: Collection[str] | None = None, loose: bool = False) -> list[Match]:
        """Return the places a name may mean, the surest way of matching first, then the most populous.

        Exact names, codes, demonyms and historic names come together with places whose own name is more than this
        only by an article or a generic noun; if there is none, the name's own articles, directions and generic nouns
        go. Only when `loose`, and then only within `countries`, is a name guessed at: by its transliteration
        skeleton, and last by its letters. `countries` also narrows the other ways of matching.
        """
        matches = self._match(key(name), undotted(name))
        if not matches and loose and countries:
            matches = self._guess(key(name), tuple(sorted(countries)))
        if countries is None:
            return list(matches)
        return [match for match in matches if match.place.country in countries]

    def _kinds(self, name: str) -> tuple[tuple[How, str, int, int], ...]:
        """Say cheaply what a name may be: `((how, feature class, largest population, how many), ...)`, or `()`.

        Only exact keys are asked: this is what a recogniser probes n-grams with. Bound as `kinds`, with a cache.
        """
        folded = key(name)
        found = self._rows(_KINDS, folded)
        code = undotted(name)
        if code != folded:
            found = [row for row in found if row[0] != CODE] + [
                row for row in self._rows(_KINDS, code) if row[0] == CODE
            ]
        return tuple((HOWS[how], kind, people, count) for how, kind, people, count in found)  # type: ignore[misc]  # a literal by its number

    def get(self, id: int) -> Place | None:  # noqa: A002 - the field's name for it
        """Return the place of an id."""
        return self._place(id)

    def names(self, id: int) -> list[str]:  # noqa: A002 - the field's name for it
        """Return every name a place goes by, its own first."""
        place = self.get(id)
        if place is None:
            return []
        found = self._rows("SELECT text FROM name WHERE id = ? AND text IS NOT NULL ORDER BY how, key", id)
        return list(dict.fromkeys([place.name, *(text for (text,) in found)]))

    def admin(self, code: str) -> Place | None:
        """Return the area of a GeoNames code: SY.11, or SY.11.173324."""
        found = self._rows("SELECT id FROM admin WHERE code = ?", code)
        return self.get(found[0][0]) if found else None

    def admin_name(self, code: str) -> str | None:
        """Return the name of the area of a GeoNames code."""
        found = self._rows("SELECT name FROM admin JOIN place USING(id) WHERE code = ?", code)
        return str(found[0][0]) if found else None

    def country(self, iso2: str) -> Place | None:
        """Return a country by its two letters of ISO 3166-1."""
        found = self._rows("SELECT id FROM place WHERE country = ? AND feature = 'A.PCLI'", iso2.upper())
        return self.get(found[0][0]) if found else None

    def near(self, latitude: float, longitude: float, km: float, limit: int = 20) -> list[tuple[Place, float]]:
        """Return the places within so many kilometres of a point, nearest first, each with its distance."""
        tall = km / 111.0
        wide = min(180.0, tall / max(0.01, math.cos(math.radians(latitude))))
        rows = self._rows(
            "SELECT place.id, place.latitude, place.longitude FROM place_box JOIN place USING(id) "
            "WHERE west >= ? AND east <= ? AND south >= ? AND north <= ?",
            longitude - wide, longitude + wide, latitude - tall, latitude + tall,
        )  # fmt: skip
        measured = sorted((distance_km(latitude, longitude, lat, lon), id_) for id_, lat, lon in rows)
        within = [(id_, far) for far, id_ in measured if far <= km][:limit]
        return [(place, far) for id_, far in within if (place := self.get(id_)) is not None]

    def locate(self, latitude: float, longitude: float) -> tuple[str | None, str | None]:
        """Return the country (ISO 3166-1 alpha-2) and the first-level area (GeoNames code) that hold a point.

        Where the borders leave a gap, the nearest town within 30 km decides; at sea both are None.
        """
        import shapely

        rows = self._rows(
            "SELECT code, wkb FROM shape_box JOIN shape USING(number) "
            "WHERE west <= ? AND east >= ? AND south <= ? AND north >= ?",
            longitude, longitude, latitude, latitude,
        )  # fmt: skip
        point = shapely.Point(longitude, latitude)
        held = [code for code, wkb in rows if shapely.from_wkb(wkb).covers(point)]
        best = max(held, key=len, default=None)
        if best and "." in best:
            return best[:2], best
        for place, _ in self.near(latitude, longitude, 30.0, limit=5):
            if place.country and place.admin1 and (best is None or place.country == best):
                return place.country, place.admin1
        return best, None

    def info(self) -> dict[str, Any]:
        """Return what the file holds, when and from what it was built."""
        return {"path": str(self.path), "megabytes": round(self.path.stat().st_size / 1e6, 1), **self._meta}

    def close(self) -> None:
        """Close this process' connection."""
        connection = self._connections.pop(os.getpid(), None)
        if connection is not None:
            connection.close()

    def _match_key(self, folded: str, code: str) -> tuple[Match, ...]:
        rows = [row for row in self._rows(_BY_KEY, folded) if row[0] != CODE]
        rows += [row for row in self._rows(_BY_KEY, code) if row[0] == CODE]
        if not rows:
            bare, feature = stripped(folded)
            if bare != folded:
                found = [(STRIPPED, *row[1:]) for row in self._rows(_BY_KEY, bare) if row[0] not in {CODE, _DEMONYM}]
                rows = [row for row in found if feature is None or row[10].startswith(feature)] or found
        seen: dict[int, Match] = {}
        for how, text, *fields in rows:
            place = Place(*fields)
            seen.setdefault(place.id, Match(place, HOWS[how], text or place.name))  # type: ignore[arg-type]  # a literal by its number
        return tuple(seen.values())

    def _guess(self, folded: str, countries: tuple[str, ...]) -> tuple[Match, ...]:
        number = bones(folded)
        found: dict[int, Match] = {}
        for (identity,) in self._rows("SELECT id FROM skeleton WHERE bones = ?", number) if number else ():
            place = self.get(identity)
            if place is not None and place.country in countries:
                alike = (name for name in self.names(identity) if bones(key(name)) == number)
                found[identity] = Match(place, "skeleton", next(alike, place.name))
        if found or len(folded) < FUZZY_FROM:
            return tuple(sorted(found.values(), key=lambda match: -match.place.population))
        return self._fuzzy(folded, countries)

    def _fuzzy(self, folded: str, countries: tuple[str, ...]) -> tuple[Match, ...]:
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        most = 1 if len(folded) < 8 else 2  # noqa: PLR2004 - letters
        found: list[tuple[int, Match]] = []
        for country in countries:
            keys = self._country_keys(country)
            for near_key, far, _ in process.extract(folded, keys, scorer=OSA.distance, score_cutoff=most, limit=5):
                found += [
                    (int(far), Match(match.place, "fuzzy", match.name))
                    for match in self._match(near_key, near_key)
                    if match.place.country == country and match.how == "exact"
                ]
        found.sort(key=lambda pair: (pair[0], -pair[1].place.population))
        return tuple({match.place.id: match for _, match in reversed(found)}.values())[::-1]

    def _read_country_keys(self, country: str) -> list[str]:
        rows = self._rows(
            "SELECT DISTINCT key FROM place JOIN name USING(id) WHERE country = ? AND how = 0 AND length(key) >= ?",
            country, FUZZY_FROM - 1,
        )  # fmt: skip
        return [found for (found,) in rows]

    def _get(self, identity: int) -> Place | None:
        rows = self._rows(f"SELECT {_PLACE} FROM place WHERE id = ?", identity)
        return Place(*rows[0]) if rows else None

    def _rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        try:
            return self._connection().execute(query, values).fetchall()
        except sqlite3.DatabaseError as error:
            raise GazetteerError(self._damaged(error)) from error

    def _connection(self) -> sqlite3.Connection:
        connection = self._connections.get(os.getpid())
        if connection is None:
            if not self.path.is_file():
                raise GazetteerError(f"There is no gazetteer at {self.path}. Type: geomap gazetteer build")
            uri = f"{self.path.resolve().as_uri()}?mode=ro&immutable=1"
            connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
            connection.execute("PRAGMA cache_size = -16384")
            self._connections = {os.getpid(): connection}
        return connection

    def _read_meta(self) -> dict[str, str]:
        meta = dict(self._rows("SELECT key, value FROM meta"))
        if meta.get("schema") != str(SCHEMA):
            raise GazetteerError(
                f"The gazetteer at {self.path} was built by another version of geomap "
                f"(schema {meta.get('schema')}, needed {SCHEMA}). Type: geomap gazetteer build"
            )
        return meta

    def _damaged(self, error: Exception) -> str:
        return f"The gazetteer at {self.path} is empty or damaged ({error}). Type: geomap gazetteer build"


def distance_km(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """Return the kilometres between two points on a sphere: what inner loops use."""
    a, b = math.radians(latitude), math.radians(other_latitude)
    across = math.sin((b - a) / 2) ** 2
    along = math.sin(math.radians(other_longitude - longitude) / 2) ** 2
    return 12742.0176 * math.asin(min(1.0, math.sqrt(across + math.cos(a) * math.cos(b) * along)))
