"""Reads the gazetteer file: names to candidates, ids to places, points to what lies near."""

from __future__ import annotations

import math
import os
import sqlite3
import zlib
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gazetteer.build import SCHEMA
from gazetteer.distance import distance_km
from gazetteer.errors import GazetteerError
from gazetteer.names import bones, key, may_be_code, respelled, stripped, undotted
from gazetteer.place import How, Match, Place
from gazetteer.spelling import CODE, HOWS, LATIN, STRIPPED

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from shapely.geometry.base import BaseGeometry

_BY_ID = "SELECT * FROM located WHERE id = ?"
_BY_KEY = (
    "SELECT name.how, name.text, located.* FROM name JOIN located USING(id) WHERE key = ? "
    "ORDER BY name.how, substr(located.source, 1, 6) <> 'layer:', located.population DESC"
)
_KINDS = (
    "SELECT name.how, substr(place.feature, 1, 1), max(place.population), count(*) FROM name JOIN place USING(id) "
    "WHERE key = ? GROUP BY 1, 2"
)
_EXACT = HOWS.index("exact")
_DEMONYM = HOWS.index("demonym")
HALF_TURN = 180.0
DEEPEST = 10
FUZZY_FROM = 5
"""Names of fewer letters are not guessed at."""


class Gazetteer:
    """A gazetteer file, open for reading. Safe to hand to threads, forks and pickles: each process opens it anew."""

    def __init__(self, path: Path) -> None:
        self.path = Path(path)
        self._connections: dict[int, sqlite3.Connection] = {}
        self._meta = self._read_meta()
        self.fingerprint: str = self._meta.get("fingerprint", "")
        self._match = lru_cache(maxsize=4096)(self._match_key)
        self._match_bare = lru_cache(maxsize=4096)(self._match_less)
        self.kinds = lru_cache(maxsize=8192)(self._kinds)
        self._place = lru_cache(maxsize=4096)(self._get)
        self._country_keys = lru_cache(maxsize=6)(self._read_country_keys)

    def __del__(self) -> None:
        """Close the file: from Python 3.13 on, a connection that is merely forgotten is complained of."""
        for connection in self.__dict__.get("_connections", {}).values():
            connection.close()

    def __reduce__(self) -> tuple[type[Gazetteer], tuple[Path]]:
        """Pickle as the path alone."""
        return (Gazetteer, (self.path,))

    def lookup(
        self,
        name: str,
        *,
        countries: Collection[str] | None = None,
        loose: bool = False,
    ) -> list[Match]:
        """Return the places a name may mean, the surest way of matching first, then the most populous.

        Capitals are a code before they are a name: US is the United States before it is a French village. Exact names,
        codes, demonyms and historic names come together with places whose own name is more than this only by an
        article or a generic noun; if there is none, the name's own articles, directions and generic nouns go. Only
        when `loose`, and then only within `countries`, is a name guessed at: by its transliteration skeleton, and
        last by its letters. `countries` also narrows the other ways of matching.
        """
        if self.kinds(name):
            matches = self._match(key(name), undotted(name) if may_be_code(name) else "")
        else:
            matches = self._match_bare(key(name))
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
        if may_be_code(name):
            codes = (row for row in self._rows(_KINDS, undotted(name)) if row[0] == CODE)
            found = [*(row for row in found if row[0] != CODE), *codes]
        return tuple((HOWS[how], kind, people, count) for how, kind, people, count in found)

    def get(self, id: int) -> Place | None:  # noqa: A002 - the field's name for it
        """Return the place of an id."""
        return self._place(id)

    def names(self, id: int) -> list[str]:  # noqa: A002 - the field's name for it
        """Return every name a place goes by, its own first."""
        place = self.get(id)
        if place is None:
            return []
        found = self._rows(
            "SELECT text FROM name WHERE id = ? AND text IS NOT NULL ORDER BY how, key",
            id,
        )
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
        found = self._rows(
            "SELECT id FROM place WHERE country = ? AND feature = 'A.PCLI'",
            iso2.upper(),
        )
        return self.get(found[0][0]) if found else None

    def near(self, latitude: float, longitude: float, km: float, limit: int = 20) -> list[tuple[Place, float]]:
        """Return the places within so many kilometres of a point, nearest first, each with its distance."""
        tall = km / 111.0
        wide = min(HALF_TURN, tall / max(0.01, math.cos(math.radians(latitude))))
        rows: list[tuple[Any, ...]] = []
        for turn in (0.0, 360.0, -360.0) if abs(longitude) + wide > HALF_TURN else (0.0,):
            rows += self._rows(
                "SELECT place.id, place.latitude, place.longitude FROM place_box JOIN place USING(id) "
                "WHERE east >= ? AND west <= ? AND north >= ? AND south <= ?",
                longitude + turn - wide, longitude + turn + wide, latitude - tall, latitude + tall,
            )  # fmt: skip
        measured = sorted({(distance_km(latitude, longitude, lat, lon), id_) for id_, lat, lon in rows})
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
        held = [code for code, wkb in rows if shapely.from_wkb(zlib.decompress(wkb)).covers(point)]
        best = max(held, key=len, default=None)
        if best and "." in best:
            return best[:2], best
        for place, _ in self.near(latitude, longitude, 30.0, limit=5):
            if place.country and place.admin1 and (best is None or place.country == best):
                return place.country, place.admin1
        return best, None

    def within(self, shape: BaseGeometry, limit: int = 1000) -> list[Place]:
        """Return the places inside a shapely polygon, the most populous first."""
        import shapely

        west, south, east, north = shape.bounds
        rows = self._rows(
            "SELECT place.id, place.longitude, place.latitude FROM place_box JOIN place USING(id) "
            "WHERE east >= ? AND west <= ? AND north >= ? AND south <= ? ORDER BY place.population DESC",
            west, east, south, north,
        )  # fmt: skip
        shapely.prepare(shape)
        inside = (id_ for id_, lon, lat in rows if shape.covers(shapely.Point(lon, lat)))
        return [place for id_ in islice(inside, limit) if (place := self.get(id_)) is not None]

    def shape(self, code: str) -> BaseGeometry | None:
        """Return the borders of a first-level area, or of a country by its two letters, as a shapely shape."""
        import shapely

        rows = self._rows("SELECT wkb FROM shape WHERE code = ? OR code LIKE ?", code, f"{code}.%")
        parts = [shapely.from_wkb(zlib.decompress(wkb)) for (wkb,) in rows]
        return shapely.union_all(parts) if parts else None

    def parents(self, id: int) -> list[Place]:  # noqa: A002 - the field's name for it
        """Return what holds a place, the nearest first: by GeoNames' hierarchy if it was built in, or by codes."""
        place, found = self.get(id), list[Place]()
        while place is not None and len(found) < DEEPEST:
            rows = self._rows("SELECT parent FROM parent WHERE id = ?", place.id)
            above = self.get(rows[0][0]) if rows else self._by_code(place)
            if above is None or above in found:
                break
            found.append(above)
            place = above
        return found

    def _by_code(self, place: Place) -> Place | None:
        codes = (place.admin2, place.admin1) if place.feature != "A.ADM1" else ()
        for code in codes:
            area = self.admin(code) if code else None
            if area is not None and area.id != place.id:
                return area
        country = self.country(place.country) if place.country else None
        return country if country is not None and country.id != place.id else None

    def info(self) -> dict[str, Any]:
        """Return what the file holds, when and from what it was built."""
        return {
            "path": str(self.path),
            "megabytes": round(self.path.stat().st_size / 1e6, 1),
            **self._meta,
        }

    def close(self) -> None:
        """Close this process' connection."""
        connection = self._connections.pop(os.getpid(), None)
        if connection is not None:
            connection.close()

    def _match_key(self, folded: str, code: str) -> tuple[Match, ...]:
        rows = [row for row in self._rows(_BY_KEY, code) if row[0] == CODE] if code else []
        rows += [row for row in self._rows(_BY_KEY, folded) if row[0] != CODE]
        if rows and all(row[0] == STRIPPED for row in rows):
            rows += self._respelled(folded)
        return _matches(rows) if rows else self._match_bare(folded)

    def _match_less(self, folded: str) -> tuple[Match, ...]:
        """Return the places of a key that nothing is called by: otherwise spelled, or without articles and nouns."""
        rows = self._respelled(folded)
        bare, feature = stripped(folded)
        if rows or bare == folded:
            return _matches(rows)
        found = [(STRIPPED, *row[1:]) for row in self._rows(_BY_KEY, bare) if row[0] not in {CODE, _DEMONYM}]
        return _matches([row for row in found if feature is None or row[10].startswith(feature)] or found)

    def _respelled(self, folded: str) -> list[tuple[Any, ...]]:
        """Return the rows of a key's first other spelling that a place whose name is transliterated bears."""
        for other in respelled(folded):
            rows = [
                row
                for row in self._rows(_BY_KEY, other)
                if row[0] in (_EXACT, STRIPPED) and row[6] and row[6] not in LATIN
            ]
            if rows:
                return rows
        return []

    def _guess(self, folded: str, countries: tuple[str, ...]) -> tuple[Match, ...]:
        from rapidfuzz.distance import OSA

        number = bones(folded)
        found: list[tuple[float, Match]] = []
        for (identity,) in self._rows("SELECT id FROM skeleton WHERE bones = ?", number) if number else ():
            place = self.get(identity)
            if place is not None and place.country in countries:
                alike = [name for name in self.names(identity) if bones(key(name)) == number]
                far, name = min((OSA.normalized_distance(folded, key(name)), name) for name in alike or [place.name])
                found.append((far, Match(place, "skeleton", name)))
        if found or len(folded) < FUZZY_FROM:
            return tuple(match for _, match in sorted(found, key=lambda pair: (pair[0], -pair[1].place.population)))
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
                    for match in self._match(near_key, "")
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
        rows = self._rows(_BY_ID, identity)
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
            self._connections = {os.getpid(): connection}
            connection.execute("PRAGMA cache_size = -8192")
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


def _matches(rows: Iterable[tuple[Any, ...]]) -> tuple[Match, ...]:
    """Return the places of some rows, each once."""
    seen: dict[int, Match] = {}
    for how, text, *fields in rows:
        place = Place(*fields)
        seen.setdefault(place.id, Match(place, HOWS[how], text or place.name))
    return tuple(seen.values())
