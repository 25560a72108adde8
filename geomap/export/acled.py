"""ACLED's columns, for tools that load ACLED files. Every row is tagged as machine-coded."""

from __future__ import annotations

from datetime import UTC, datetime, time
from functools import cache
from typing import IO, TYPE_CHECKING

from geomap.events.kinds import kinds
from geomap.export import facts
from geomap.export.cells import Cell, clean
from geomap.export.countries import country
from geomap.export.flat import write_csv

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from geomap.model import Actor, Document, Event, EventSet

COLUMNS: list[str] = """
    event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1
    assoc_actor_1 inter1 actor2 assoc_actor_2 inter2 interaction civilian_targeting iso region country
    admin1 admin2 admin3 location latitude longitude geo_precision source source_scale notes fatalities
    tags timestamp
""".split()
"""The 31 columns of an ACLED export, in its order."""

INTER: dict[str, str] = {
    "State forces": "State forces",
    "Rebel groups": "Rebel group",
    "Political militias": "Political militia",
    "Identity militias": "Identity militia",
    "Rioters": "Rioters",
    "Protesters": "Protesters",
    "Civilians": "Civilians",
    "External/other forces": "External/Other forces",
}
"""geomap's kinds of actor in the order of ACLED's codes 1 to 8, and the label ACLED gives each."""


@cache
def disorder(kind: str, sub_kind: str) -> str:
    """Return the code book's disorder types of an event; those of its type where the sub-type is not in the book.

    Empty for what is none, as Diplomacy, and for a type that is not ACLED's.
    """
    book = [entry for entry in kinds().values() if entry.kind == kind]
    found = next((entry for entry in book if entry.name == sub_kind), book[0] if book else None)
    return "; ".join(found.disorder) if found else ""


def rows(events: EventSet) -> Iterator[dict[str, Cell]]:
    """Yield a row for each event that stands on the map and is of one of ACLED's types."""
    texts = facts.documents(events)
    return (_row(event, texts) for event in events.events if event.on_map and disorder(event.kind, event.sub_kind))


def _row(event: Event, texts: Mapping[str, Document]) -> dict[str, Cell]:
    first, second = facts.sides(event)
    day = event.when.first if event.when else None
    return {
        "event_date": day.isoformat() if day else None,
        "year": day.year if day else None,
        "time_precision": event.when.precision if event.when else None,
        "disorder_type": disorder(event.kind, event.sub_kind),
        "event_type": event.kind,
        "sub_event_type": event.sub_kind,
        **_side(1, first),
        **_side(2, second),
        "interaction": _interaction(first, second),
        "civilian_targeting": "Civilian targeting" if facts.against_civilians(event) else None,
        **_place(event),
        "source": "; ".join(facts.sources(event, texts)) or None,
        "source_scale": None,
        "notes": facts.evidence(event, texts),
        "fatalities": facts.count(event.killed) or 0,
        "tags": f"machine-coded=geomap; status={event.status}; confidence={event.confidence:.2f}",
        "timestamp": _timestamp(texts.get(event.document)),
    }


def _side(number: int, actors: list[Actor]) -> dict[str, Cell]:
    return {
        f"actor{number}": clean(actors[0].name) if actors else None,
        f"assoc_actor_{number}": "; ".join(clean(actor.name) for actor in actors[1:]) or None,
        f"inter{number}": INTER.get(actors[0].kind) if actors else None,
    }


def _interaction(first: list[Actor], second: list[Actor]) -> str | None:
    """Join the two sides' labels, the lower code first, as ACLED does; one side alone is "... only"."""
    order = list(INTER)
    known = sorted(order.index(side[0].kind) for side in (first, second) if side and side[0].kind in INTER)
    labels = [INTER[order[code]] for code in known]
    return f"{labels[0]} only" if len(labels) == 1 else "-".join(labels) or None


def _place(event: Event) -> dict[str, Cell]:
    if event.where is None:  # rows() lets none through: on_map asks for a place
        return {}
    place, land = event.where.place, country(event.where.place.country)
    return {
        "event_id_cnty": f"{land.iso3 if land else 'XXX'}-{event.id}",
        "iso": land.number if land else None,
        "region": land.region if land else None,
        "country": land.name if land else None,
        "admin1": place.admin1_name or place.admin1,
        "admin2": None,
        "admin3": None,
        "location": clean(place.name),
        "latitude": round(place.latitude, 4),
        "longitude": round(place.longitude, 4),
        "geo_precision": event.where.precision,
    }


def _timestamp(document: Document | None) -> int | None:
    """Return midnight of the day of publication: the row depends on its text, not on when it was written."""
    if document is None or document.published is None:
        return None
    return int(datetime.combine(document.published, time(), UTC).timestamp())


def write(events: EventSet, file: IO[str]) -> None:
    """Write what happened at known places in ACLED's 31 columns, formulas defused."""
    write_csv(COLUMNS, rows(events), file)
