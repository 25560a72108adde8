"""ACLED: https://acleddata.com, its codebook's columns. Terms of use are ACLED's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazetteer.place import Place
from geomap.export.acled import INTER
from geomap.export.countries import by_name
from geomap.importers.made import NOWHERE, Row, actor, day, number, point, precision, toll, when, where
from geomap.model import Document, Event, Span

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geomap.model import Actor, Precision, Where

COLUMNS = frozenset({"event_date", "event_type", "sub_event_type", "latitude", "longitude"})
"""The columns by which a file of ACLED's is known."""

KINDS = {
    "battles": "Battles",
    "explosions/remote violence": "Explosions/Remote violence",
    "violence against civilians": "Violence against civilians",
    "protests": "Protests",
    "riots": "Riots",
    "strategic developments": "Strategic developments",
}
"""Event types in small letters, and as we write them."""

_CODES: dict[int, Precision] = {1: 1, 2: 2, 3: 3}
_BY_NUMBER = dict(enumerate(INTER, 1))
_BY_LABEL = {label.casefold(): kind for kind, label in INTER.items()} | {kind.casefold(): kind for kind in INTER}


def read(row: Mapping[str, str], name: str) -> Row | None:
    """Make an event of a row; None of a type that is not ACLED's."""
    kind = KINDS.get(row["event_type"].strip().casefold())
    if kind is None:
        return None
    at = "-".join(row[part] for part in ("event_date", "latitude", "longitude"))
    key = row.get("event_id_cnty") or row.get("data_id") or at
    notes, first = row.get("notes") or "", day(row["event_date"])
    document = Document(f"acled:{key}", notes, None, first, "en", row.get("source") or name)
    whole = Span(0, len(notes))
    event = Event(
        f"acled:{key}", kind, row["sub_event_type"].strip(), "happened", document.id, whole, NOWHERE,
        when(first, first, precision(row.get("time_precision"), _CODES)),
        _where(row),
        _actors(row),
        toll(number(row.get("fatalities"))),
    )  # fmt: skip
    return Row(document, event)


def _where(row: Mapping[str, str]) -> Where | None:
    at = point(row["latitude"], row["longitude"])
    if at is None:
        return None
    land = by_name(row.get("iso") or "") or by_name(row.get("country") or "")
    name, area = row.get("location") or "", row.get("admin1") or None
    place = Place(-1, name, *at, land.iso2 if land else None, admin1_name=area, source="acled")
    return where(place, precision(row.get("geo_precision"), _CODES))


def _actors(row: Mapping[str, str]) -> tuple[Actor, ...]:
    first = actor(row.get("actor1"), "source", _kind(row.get("inter1")))
    return first + actor(row.get("actor2"), "target", _kind(row.get("inter2")))


def _kind(inter: str | None) -> str:
    """Return a kind of actor by ACLED's number, or its label in any of its spellings."""
    words = (inter or "").strip()
    if words.isdigit():
        return _BY_NUMBER.get(int(words), "External/other forces")
    return _BY_LABEL.get(words.casefold(), "External/other forces")
