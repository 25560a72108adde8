"""How events and places show themselves in a notebook: small tables of their own, that carry no script."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from geomap.export import facts
from geomap.export.cells import clean
from geomap.export.flat import row

if TYPE_CHECKING:
    from geomap.model import EventSet, Resolution

SHOWN = 20
"""How many events a notebook shows of a set."""

_MARK = "style='text-align:start;vertical-align:top;max-width:32em'"


def events_html(events: EventSet) -> str:
    """Return the first events as a table, and how many there are."""
    texts = facts.documents(events)
    head = ("day", "kind", "place", "killed", "status", "evidence")
    lines = []
    for event in events.events[:SHOWN]:
        cells = row(event, texts)
        place = ", ".join(str(cells[name]) for name in ("place", "country_name") if cells[name])
        kind = f"{cells['kind']}: {cells['sub_kind']}"
        values = (
            cells["start"] or cells["date_text"],
            kind,
            place,
            cells["killed_best"],
            cells["status"],
            cells["evidence"],
        )
        lines.append([_plain(value) for value in values])
    shown = sum(event.on_map for event in events.events)
    told = f"{len(events.events):,} events, {shown:,} on the map, from {len(events.documents):,} documents"
    more = f"; the first {SHOWN} are shown" if len(events.events) > SHOWN else ""
    return f"<p>{told}{more}</p>{_table(head, lines)}"


def resolution_html(resolution: Resolution) -> str:
    """Return what a name was taken for, and what else it could have meant."""
    mention, place = resolution.mention, resolution.place
    head = ("place", "area", "country", "latitude", "longitude", "share", "reasons")
    lines = [
        [
            _plain(c.place.name), _plain(c.place.admin1_name), _plain(c.place.country), f"{c.place.latitude:.3f}",
            f"{c.place.longitude:.3f}", f"{c.score:.0%}", _plain("; ".join(c.reasons)),
        ]
        for c in resolution.candidates[:SHOWN]
    ]  # fmt: skip
    meant = f"<b>{_plain(place.name)}</b>, {resolution.confidence:.0%} sure" if place else "no place that is known"
    return f"<p>“{_plain(mention.text)}”: {meant}</p>{_table(head, lines) if lines else ''}"


def _plain(value: object) -> str:
    return "" if value is None else escape(clean(str(value)))


def _table(head: tuple[str, ...], lines: list[list[str]]) -> str:
    top = "".join(f"<th {_MARK} scope='col'>{name}</th>" for name in head)
    body = "".join("<tr>" + "".join(f"<td {_MARK} dir='auto'>{cell}</td>" for cell in line) + "</tr>" for line in lines)
    return f"<table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"
