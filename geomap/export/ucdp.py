"""Columns as in UCDP's Georeferenced Event Dataset, for tools that load it: armed violence at known places."""

from __future__ import annotations

import hashlib
from typing import IO, TYPE_CHECKING

from geomap.export import facts
from geomap.export.cells import Cell, clean
from geomap.export.countries import country
from geomap.export.flat import write_csv
from geomap.model import ARMED_KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from geomap.model import Actor, Document, Event, EventSet, When, Where

COLUMNS: list[str] = """
    id year type_of_violence side_a side_b source_article source_date source_headline where_prec
    where_coordinates where_description adm_1 adm_2 latitude longitude geom_wkt country event_clarity
    date_prec date_start date_end deaths_civilians deaths_unknown best high low
""".split()
"""The columns, in UCDP's order."""

CODED = "machine-coded: geomap"
"""The last of a row's sources: UCDP has no column of its own to say so in."""

_DAYS_OF_PRECISION = ((1, 1), (6, 2), (7, 3), (31, 4))
_UNNAMED = frozenset({"Civilians", "Protesters", "Rioters"})


def rows(events: EventSet) -> Iterator[dict[str, Cell]]:
    """Yield a row for each event of organised violence that stands on the map, lethal or not: `best` tells."""
    texts = facts.documents(events)
    return (_row(e, e.where, texts) for e in events.events if e.where and e.on_map and e.kind in ARMED_KINDS)


def _row(event: Event, where: Where, texts: Mapping[str, Document]) -> dict[str, Cell]:
    document, place, land = texts.get(event.document), where.place, country(where.place.country)
    latitude, longitude = round(place.latitude, 6), round(place.longitude, 6)
    return {
        "id": number(event.id),
        **_when(event.when),
        **_sides(event),
        "source_article": "; ".join([*facts.sources(event, texts), CODED]),
        "source_date": document.published.isoformat() if document and document.published else None,
        "source_headline": clean(document.title) if document and document.title else None,
        "where_prec": where_precision(where),
        "where_coordinates": clean(place.name),
        "where_description": facts.text_at(document, where.span),
        "adm_1": place.admin1_name or place.admin1,
        "adm_2": None,
        "latitude": latitude,
        "longitude": longitude,
        "geom_wkt": f"POINT ({longitude} {latitude})",
        "country": land.name if land else None,
        "event_clarity": 1,
        **_deaths(event),
    }


def number(identifier: str) -> int:
    """Return a whole number for an id, of 52 bits: R, Excel and JavaScript hold it exactly."""
    return int.from_bytes(hashlib.sha256(identifier.encode()).digest()[:8], "big") >> 12


def where_precision(where: Where) -> int:
    """Return UCDP's precision of a place: 1 exact ... 4 first-level area, 6 country, 7 water."""
    feature = where.place.feature
    if feature.startswith("A.PCL"):
        return 6
    if feature.startswith("A.ADM1"):
        return 4
    if feature.startswith("A.ADM"):
        return 3
    if feature.startswith("H."):
        return 7
    return {1: 1, 2: 2, 3: 5}[where.precision]


def _when(when: When | None) -> dict[str, Cell]:
    if when is None or when.first is None:
        return dict.fromkeys(("year", "date_prec", "date_start", "date_end"))
    last = when.last or when.first
    days = (last - when.first).days + 1
    if days == 1:
        precision = {1: 1, 2: 3, 3: 4}[when.precision or 1]
    else:
        precision = next((prec for longest, prec in _DAYS_OF_PRECISION if days <= longest), 5)
    return {
        "year": when.first.year,
        "date_prec": precision,
        "date_start": when.first.isoformat(),
        "date_end": last.isoformat(),
    }


def _sides(event: Event) -> dict[str, Cell]:
    first, second = facts.sides(event)
    return {
        "type_of_violence": _type(event, first + second),
        "side_a": "; ".join(clean(actor.name) for actor in first) or None,
        "side_b": "; ".join(clean(actor.name) for actor in second) or None,
    }


def _type(event: Event, actors: list[Actor]) -> int:
    """Return 1 state-based, 2 non-state or 3 one-sided. Who fights unnamed foes is taken to fight a state's."""
    if facts.against_civilians(event):
        return 3
    armed = [actor.kind for actor in actors if actor.kind not in _UNNAMED]
    return 2 if len(armed) > 1 and "State forces" not in armed else 1


def _deaths(event: Event) -> dict[str, Cell]:
    toll = event.killed
    best = facts.count(toll) or 0
    low, high = (toll.low, toll.high) if toll else (0, None)
    civilian = facts.against_civilians(event)
    return {
        "deaths_civilians": best if civilian else 0,
        "deaths_unknown": 0 if civilian else best,
        "best": best,
        "high": best if high is None else max(high, best),
        "low": min(low, best),
    }


def write(events: EventSet, file: IO[str]) -> None:
    """Write armed violence at known places in UCDP's columns, formulas defused."""
    write_csv(COLUMNS, rows(events), file)
