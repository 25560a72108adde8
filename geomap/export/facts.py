"""What every table of events needs of an event: its texts, tolls and sides, as plain values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.export.cells import clean, quote

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geomap.model import Actor, Document, Event, EventSet, Role, Span, Toll


def documents(events: EventSet) -> dict[str, Document]:
    """Return the documents by id."""
    return {document.id: document for document in events.documents}


def text_at(document: Document | None, span: Span | None) -> str | None:
    """Return the words a span quotes, on one line, or None where the document's text was not kept."""
    if document is None or span is None:
        return None
    return quote(span.of(document.text)) or None


def evidence(event: Event, texts: Mapping[str, Document]) -> str | None:
    """Return the sentence that proves the event."""
    return text_at(texts.get(event.document), event.evidence)


def sources(event: Event, texts: Mapping[str, Document]) -> list[str]:
    """Name who told of the event, its own document first: each one's source, or else its title."""
    told = dict.fromkeys([event.document, *(report.document for report in event.also)])
    names = (clean(d.source or d.title or d.id) for d in (texts.get(key) for key in told) if d is not None)
    return list(dict.fromkeys(names))


def count(toll: Toll | None) -> int | None:
    """Return the figure to count with."""
    if toll is None:
        return None
    return toll.low if toll.best is None else toll.best


def actors(event: Event, role: Role) -> list[Actor]:
    """Return the actors of a role, as the text orders them."""
    return [actor for actor in event.actors if actor.role == role]


def sides(event: Event) -> tuple[list[Actor], list[Actor]]:
    """Return who did it and to whom; those whose part is not known fill a side that is empty."""
    first, second, rest = actors(event, "source"), actors(event, "target"), actors(event, "other")
    if not first and rest:
        first, rest = rest[:1], rest[1:]
    if not second and rest:
        second, rest = rest[:1], rest[1:]
    return first, second + rest


def against_civilians(event: Event) -> bool:
    """Say whether civilians were the target."""
    return event.kind == "Violence against civilians" or any(a.kind == "Civilians" for a in actors(event, "target"))
