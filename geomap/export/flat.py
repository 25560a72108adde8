"""One event a row: the columns that CSV, spreadsheets, GIS files and data frames share."""

from __future__ import annotations

import csv
from typing import IO, TYPE_CHECKING

from geomap.export import facts
from geomap.export.cells import Cell, clean, defuse
from geomap.export.countries import country
from geomap.model import HARMS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from geomap.model import Document, Event, EventSet, Toll

_PARTS = ("low", "high", "best", "words")

COLUMNS: dict[str, type] = {
    "id": str,
    "kind": str,
    "sub_kind": str,
    "status": str,
    "start": str,
    "end": str,
    "date_text": str,
    "time_precision": int,
    "place": str,
    "admin1": str,
    "country": str,
    "country_name": str,
    "latitude": float,
    "longitude": float,
    "geo_precision": int,
    "radius_km": float,
    "place_text": str,
    "place_id": int,
    "place_confidence": float,
    "source_actor": str,
    "source_actor_kind": str,
    "target_actor": str,
    "target_actor_kind": str,
    "other_actors": str,
    **{f"{toll}_{part}": str if part == "words" else int for toll in HARMS for part in _PARTS},
    "cumulative_killed": int,
    "confidence": float,
    "reports": int,
    "sources": str,
    "document": str,
    "title": str,
    "published": str,
    "evidence": str,
}
"""The columns in order, and what each holds; any may be empty."""


def rows(events: EventSet) -> Iterator[dict[str, Cell]]:
    """Yield each event as a row with all of `COLUMNS`; what is unknown is None."""
    texts = facts.documents(events)
    for event in events.events:
        yield row(event, texts)


def row(event: Event, texts: Mapping[str, Document]) -> dict[str, Cell]:
    """Return one event's row."""
    document = texts.get(event.document)
    told = facts.sources(event, texts)
    cells: dict[str, Cell] = {
        "id": event.id,
        "kind": event.kind,
        "sub_kind": event.sub_kind,
        "status": event.status,
        **_when(event, document),
        **_where(event, document),
        **_who(event),
    }
    for name in HARMS:
        cells |= _toll(name, getattr(event, name))
    return cells | {
        "cumulative_killed": facts.count(event.cumulative_killed),
        "confidence": round(event.confidence, 3),
        "reports": 1 + len(event.also),
        "sources": "; ".join(told) or None,
        "document": clean(event.document),
        "title": clean(document.title) if document and document.title else None,
        "published": document.published.isoformat() if document and document.published else None,
        "evidence": facts.evidence(event, texts),
    }


def _when(event: Event, document: Document | None) -> dict[str, Cell]:
    when = event.when
    return {
        "start": when.first.isoformat() if when and when.first else None,
        "end": when.last.isoformat() if when and when.last else None,
        "date_text": facts.text_at(document, when.span) if when else None,
        "time_precision": when.precision if when else None,
    }


def _where(event: Event, document: Document | None) -> dict[str, Cell]:
    where = event.where
    names = ("place", "admin1", "country", "country_name", "latitude", "longitude", "geo_precision", "radius_km")
    if where is None:
        return dict.fromkeys((*names, "place_text", "place_id", "place_confidence"))
    place, land = where.place, country(where.place.country)
    return {
        "place": clean(place.name),
        "admin1": place.admin1_name or place.admin1,
        "country": place.country,
        "country_name": land.name if land else None,
        "latitude": round(place.latitude, 6),
        "longitude": round(place.longitude, 6),
        "geo_precision": where.precision,
        "radius_km": round(where.radius_km, 1),
        "place_text": facts.text_at(document, where.span),
        "place_id": place.id if place.id > 0 else None,
        "place_confidence": round(where.confidence, 3),
    }


def _who(event: Event) -> dict[str, Cell]:
    cells: dict[str, Cell] = {}
    for role in ("source", "target"):
        found = facts.actors(event, role)
        cells[f"{role}_actor"] = "; ".join(clean(a.name) for a in found) or None
        cells[f"{role}_actor_kind"] = "; ".join(dict.fromkeys(a.kind for a in found)) or None
    return cells | {"other_actors": "; ".join(clean(a.name) for a in facts.actors(event, "other")) or None}


def _toll(name: str, toll: Toll | None) -> dict[str, Cell]:
    if toll is None:
        return dict.fromkeys(f"{name}_{part}" for part in _PARTS)
    values: tuple[Cell, ...] = (toll.low, toll.high, facts.count(toll), clean(toll.words))
    return {f"{name}_{part}": value for part, value in zip(_PARTS, values, strict=True)}


def write(events: EventSet, file: IO[str]) -> None:
    """Write every event as CSV, formulas defused."""
    write_csv(list(COLUMNS), rows(events), file)


def write_csv(columns: list[str], lines: Iterator[dict[str, Cell]], file: IO[str]) -> None:
    """Write rows as RFC 4180 CSV under a header, formulas defused; None is an empty cell."""
    writer = csv.DictWriter(file, columns, lineterminator="\r\n")
    writer.writeheader()
    for line in lines:
        writer.writerow({name: defuse(value) for name, value in line.items()})
