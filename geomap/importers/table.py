"""Anybody's table of events, known by its points: geomap's own CSV and GeoJSON, edited or not, and an incident list."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from typing import TYPE_CHECKING, get_args

from gazetteer.place import Place
from geomap.day import no_day, read_day
from geomap.events.kinds import kinds
from geomap.export.acled import INTER
from geomap.export.countries import by_name
from geomap.importers.made import NOWHERE, RADIUS_KM, Row, number, point
from geomap.model import HARMS, STATUSES, Actor, Document, Event, Precision, Role, Span, Status, Toll, When, Where

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

NAMES: dict[str, tuple[str, ...]] = {
    "latitude": ("latitude", "lat", "y", "gps_latitude", "point_y"),
    "longitude": ("longitude", "lon", "lng", "long", "x", "gps_longitude", "point_x"),
    "kind": ("kind", "type", "event_type", "category", "incident_type"),
    "sub_kind": ("sub_kind", "sub_event_type", "subtype", "sub_type"),
    "start": ("start", "date", "event_date", "day", "date_start", "start_date", "incident_date"),
    "end": ("end", "date_end", "end_date"),
    "place": ("place", "location", "town", "village", "city", "site", "name"),
    "admin1": ("admin1", "adm1", "adm_1", "province", "governorate", "region", "state"),
    "country": ("country", "country_code", "iso", "iso2", "iso3", "country_name"),
    "source_actor": ("source_actor", "actor1", "actor", "perpetrator"),
    "target_actor": ("target_actor", "actor2", "target", "victim"),
    "killed": ("killed_best", "killed", "fatalities", "deaths", "dead", "best"),
    "wounded": ("wounded_best", "wounded", "injured", "injuries"),
    "abducted": ("abducted_best", "abducted", "kidnapped"),
    "arrested": ("arrested_best", "arrested", "detained"),
    "displaced": ("displaced_best", "displaced"),
    "evidence": ("evidence", "notes", "description", "details", "text", "summary", "comment"),
    "source": ("sources", "source", "url", "link"),
}
"""What a column may be called, in small letters; the first that is filled counts."""

OTHER = "Other events"
"""What is shown of a row whose type is not told."""

_AREA: Precision = 3
_AREAS = ("A.ADM1", "A.PCLI")
_PRECISE: dict[int, Precision] = {1: 1, 2: 2, 3: 3}
_ROLES: tuple[Role, ...] = get_args(Role)
_ACTORS = {kind.casefold(): kind for kind in INTER}
_OURS = "place_confidence"
_FORMULA = ("'=", "'+", "'-", "'@")


def is_table(names: set[str]) -> bool:
    """Say whether columns hold points."""
    return all(names & set(NAMES[axis]) for axis in ("latitude", "longitude"))


def read(row: Mapping[str, str], name: str) -> Row | None:
    """Make an event of a row, or None of an empty one. A cell that is no number or day, where one is due, is an error.

    A type is one of ACLED's, a sub-event type of it, or whatever the table calls it.
    """
    if not any(value.strip() for value in row.values() if value):
        return None
    words = _cell(row, "evidence")
    key = _key(row)
    published = _day(row.get("published") or "")
    when = _when(row, words)
    told = published or (when.last if when else None)
    document = Document(f"table:{key}", words, row.get("title") or None, told, "en", _cell(row, "source") or name)
    kind, sub_kind = _kind(_cell(row, "kind"), _cell(row, "sub_kind"))
    killed, wounded, abducted, arrested, displaced = (_toll(row, harm, words) for harm in HARMS)
    event = Event(
        key, kind, sub_kind, _status(row.get("status")), document.id, Span(0, len(words)), NOWHERE, when,
        _where(row, words),
        _actors(row),
        killed, wounded, abducted, arrested, displaced,
        confidence=_share(row.get("confidence")),
    )  # fmt: skip
    return Row(document, event)


def _key(row: Mapping[str, str]) -> str:
    """Return the id in geomap's own tables, else one of the row's content: many a list numbers its rows from 1."""
    if _OURS in row and row.get("id"):
        return row["id"]
    return hashlib.sha256(repr(sorted(row.items())).encode("utf-8", "replace")).hexdigest()[:16]


def _status(text: str | None) -> Status:
    told = (text or "").strip().casefold()
    return next((status for status in STATUSES if status == told), "happened")


def _cell(row: Mapping[str, str], what: str) -> str:
    """Return the first filled cell of those that may hold `what`, a spreadsheet's guard against formulas taken off."""
    text = next((cell for name in NAMES[what] if (cell := (row.get(name) or "").strip())), "")
    return text[1:] if text.startswith(_FORMULA) else text


def _kind(kind: str, sub_kind: str) -> tuple[str, str]:
    for known in kinds().values():
        if known.name.casefold() in (sub_kind.casefold(), kind.casefold()):
            return known.kind, known.name
    main = next((k.kind for k in kinds().values() if k.kind.casefold() == kind.casefold()), kind or OTHER)
    return main, sub_kind or main


def _day(text: str) -> date | None:
    found = read_day(text)
    if found is None and text.strip():
        raise ValueError(f"{text!r} {no_day(text)}")
    return found


def _when(row: Mapping[str, str], words: str) -> When | None:
    first, last = _day(_cell(row, "start")), _day(_cell(row, "end"))
    if first is None:
        return None
    coded = _PRECISE.get(number(row.get("time_precision")) or 1, 1)
    return When(_span(row.get("date_text"), words), first, last or first, coded)


def _where(row: Mapping[str, str], words: str) -> Where | None:
    at = point(_decimal(_cell(row, "latitude")), _decimal(_cell(row, "longitude")))
    if at is None:
        return None
    land = by_name(_cell(row, "country"))
    place = Place(
        number(row.get("place_id")) or -1, _cell(row, "place"), *at, land.iso2 if land else None,
        admin1_name=_cell(row, "admin1") or None, source="table",
    )  # fmt: skip
    coded = _PRECISE.get(number(row.get("geo_precision")) or 1, 1)
    place = replace(place, feature=_AREAS[place.name == (land.name if land else None)]) if coded == _AREA else place
    radius = float(row.get("radius_km") or RADIUS_KM[coded])
    return Where(place, _span(row.get("place_text"), words), coded, radius, _share(row.get("place_confidence")))


def _actors(row: Mapping[str, str]) -> tuple[Actor, ...]:
    cells = (_cell(row, "source_actor"), _cell(row, "target_actor"), row.get("other_actors") or "")
    found = []
    for role, cell in zip(_ROLES, cells, strict=True):
        told = [part.strip().casefold() for part in (row.get(f"{role}_actor_kind") or "").split(";")]
        names = [name.strip() for name in cell.split(";") if name.strip()]
        for place, name in enumerate(names):
            kind = _ACTORS.get(told[min(place, len(told) - 1)], "External/other forces")
            found.append(Actor(name, role, kind, NOWHERE))
    return tuple(found)


def _toll(row: Mapping[str, str], harm: str, words: str) -> Toll | None:
    best, low, high = number(_cell(row, harm)), number(row.get(f"{harm}_low")), number(row.get(f"{harm}_high"))
    figures = [figure for figure in (best, low, high) if figure is not None]
    if not any(figures):
        return None
    told = row.get(f"{harm}_words")
    bounded = high if f"{harm}_low" in row else best
    return Toll(
        _span(told, words) or NOWHERE, told or str(figures[0]), figures[0] if low is None else low, bounded, best
    )


def _span(told: str | None, words: str) -> Span | None:
    """Return where words stand in the evidence, which CSV puts on one line."""
    found = re.search(rf"(?<!\w){re.escape(told)}(?!\w)", words) if told else None
    return Span(*found.span()) if found else None


def _decimal(text: str) -> str:
    """Return a number with a point: half the world writes 34,51."""
    return text.replace(",", ".") if text.count(",") == 1 else text


def _share(text: str | None) -> float:
    return min(max(float(_decimal(text)), 0.0), 1.0) if text and text.strip() else 1.0
