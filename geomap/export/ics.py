"""A calendar (RFC 5545) of what is planned: marches, talks, elections to watch, each a whole day or several."""

from __future__ import annotations

from datetime import date, timedelta
from typing import IO, TYPE_CHECKING

from geomap.export import facts
from geomap.export.cells import clean

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from geomap.model import Document, Event, EventSet, When

_LINE_BYTES = 75  # RFC 5545, 3.1: longer lines are folded


def write(events: EventSet, file: IO[str]) -> None:
    """Write the planned events that have a day. An empty calendar is a calendar still."""
    texts = facts.documents(events)
    file.write("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//geomap//planned events//EN\r\nCALSCALE:GREGORIAN\r\n")
    for event in events.events:
        if event.status == "planned" and event.when and event.when.first:
            for name, value in _lines(event, event.when, event.when.first, texts):
                file.write(_folded(f"{name}:{value}"))
    file.write("END:VCALENDAR\r\n")


def _lines(event: Event, when: When, first: date, texts: Mapping[str, Document]) -> Iterator[tuple[str, str]]:
    document = texts.get(event.document)
    stamp = (document.published if document else None) or first
    quoted = facts.evidence(event, texts) or ""
    told = "; ".join(facts.sources(event, texts))
    yield "BEGIN", "VEVENT"
    yield "UID", f"{_text(event.id)}@geomap"
    yield "DTSTAMP", f"{stamp:%Y%m%d}T000000Z"
    yield "DTSTART;VALUE=DATE", f"{first:%Y%m%d}"
    yield "DTEND;VALUE=DATE", f"{(when.last or first) + timedelta(days=1):%Y%m%d}"
    yield "SUMMARY", _text(_summary(event))
    yield "DESCRIPTION", _text("\n".join(filter(None, (quoted, told))))
    yield "CATEGORIES", _text(event.kind)
    if event.where:
        place = event.where.place
        yield "LOCATION", _text(", ".join(filter(None, (place.name, place.admin1_name, place.country))))
        yield "GEO", f"{place.latitude:.6f};{place.longitude:.6f}"
    yield "STATUS", "TENTATIVE"
    yield "TRANSP", "TRANSPARENT"
    yield "END", "VEVENT"


def _summary(event: Event) -> str:
    return f"{event.sub_kind}, {event.where.place.name}" if event.where else event.sub_kind


def _text(words: str) -> str:
    for raw, escaped in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r", ""), ("\n", "\\n")):
        words = words.replace(raw, escaped)
    return clean(words)


def _folded(line: str) -> str:
    """Cut a line after 75 bytes, never inside a letter; what follows starts with a space."""
    pieces, piece = [], b""
    for letter in line:
        coded = letter.encode()
        if len(piece) + len(coded) > _LINE_BYTES:
            pieces.append(piece)
            piece = b" "
        piece += coded
    return b"\r\n".join([*pieces, piece]).decode() + "\r\n"
