"""The page's data: an `EventSet` as columns, so that a hundred thousand events are one compact block of JSON.

`back.py` reads it back. Days count from 1970-01-01. Repeated strings and places stand once, in tables.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from geomap.map.bundle import scene
from geomap.model import STATUSES, TOLLS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from gazetteer.place import Place
    from geomap.model import Document, Event, EventSet, Resolution, Span

EPOCH = 719163
"""The ordinal of 1970-01-01."""
FULL_TEXT = 6_000_000
"""How many characters of articles a page carries; beyond that, only the sentences that prove events."""
MANY_INPUTS = 1000
"""Beyond this, the inputs' hashes are themselves hashed into one."""
EVENT_FIELDS = (
    "id", "kind", "sub", "status", "doc", "evidence", "trigger", "first", "last", "day_precision", "when_span",
    "has_when", "place", "where_span", "geo_precision", "radius_km", "where_confidence", "actors", "confidence",
)  # fmt: skip
DOCUMENT_FIELDS = ("id", "title", "published", "language", "source", "body", "length", "text", "toponyms")
PLACE_FIELDS = (
    "id", "name", "latitude", "longitude", "country", "admin1", "admin1_name", "admin2", "feature", "population",
    "radius_km", "source",
)  # fmt: skip


class Table:
    """Values in the order they were first met, each once."""

    def __init__(self) -> None:
        self.items: list[Any] = []
        self._at: dict[Any, int] = {}

    def put(self, item: Any) -> int:  # noqa: ANN401 - strings or places
        """Return the value's number."""
        at = self._at.get(item)
        if at is None:
            at = self._at[item] = len(self.items)
            self.items.append(item)
        return at


@dataclass(frozen=True, slots=True)
class Tables:
    """What the columns' numbers point into."""

    strings: Table = field(default_factory=Table)
    places: Table = field(default_factory=Table)
    kinds: Table = field(default_factory=Table)
    subs: Table = field(default_factory=Table)


def columns(events: EventSet) -> dict[str, Any]:
    """Return everything an event set holds, as columns."""
    tables = Tables()
    for kind in scene()["kinds"]:
        tables.kinds.put(kind["name"])
    numbers = {document.id: number for number, document in enumerate(events.documents)}
    whole = sum(len(document.text) for document in events.documents) <= FULL_TEXT
    rows = [_event(event, numbers, tables) for event in events.events]
    turned = zip(*rows, strict=True) if rows else ([] for _ in EVENT_FIELDS)
    data: dict[str, Any] = {
        "events": dict(zip(EVENT_FIELDS, turned, strict=True)),
        "tolls": _tolls(events.events, tables.strings),
        "also": _also(events.events, numbers),
        "documents": _documents(events, tables, whole=whole),
        "failures": [[failure.source, failure.error] for failure in events.failures],
    }
    places = tables.places.items
    data["places"] = {name: [getattr(place, name) for place in places] for name in PLACE_FIELDS}
    data["places"].update(_reach(places, data["events"]))
    names = {"strings": tables.strings.items, "kinds": tables.kinds.items, "subs": tables.subs.items}
    return {**data, **names, "statuses": list(STATUSES)}


def _event(event: Event, numbers: Mapping[str, int], tables: Tables) -> tuple[Any, ...]:
    """Return an event's row, in the order of EVENT_FIELDS."""
    when, where, strings = event.when, event.where, tables.strings
    actors = [[strings.put(a.name), a.role, strings.put(a.kind), a.span.start, a.span.end] for a in event.actors]
    return (
        event.id,
        tables.kinds.put(event.kind),
        tables.subs.put(event.sub_kind),
        STATUSES.index(event.status),
        numbers.get(event.document),
        _ends(event.evidence),
        _ends(event.trigger),
        _day(when.first) if when else None,
        _day(when.last) if when and when.last != when.first else None,
        when.precision if when else None,
        _pair(when.span) if when else None,
        1 if when else 0,
        tables.places.put(where.place) if where else None,
        _pair(where.span) if where else None,
        where.precision if where else None,
        where.radius_km if where else None,
        where.confidence if where else None,
        actors or None,
        event.confidence,
    )


def _tolls(events: Sequence[Event], strings: Table) -> dict[str, list[list[Any]]]:
    found: dict[str, list[list[Any]]] = {}
    for name in TOLLS:
        found[name] = []
        for number, event in enumerate(events):
            toll = getattr(event, name)
            if toll is not None:
                words = strings.put(toll.words)
                found[name].append([number, toll.span.start, toll.span.end, words, toll.low, toll.high, toll.best])
    return found


def _also(events: Sequence[Event], numbers: Mapping[str, int]) -> list[list[Any]]:
    return [
        [number, numbers.get(report.document, -1), *_ends(report.evidence), *_ends(report.trigger)]
        for number, event in enumerate(events)
        for report in event.also
    ]


def _documents(events: EventSet, tables: Tables, *, whole: bool) -> dict[str, list[Any]]:
    told: dict[str, set[Span]] = defaultdict(set)
    if not whole:
        for event in events.events:
            told[event.document].add(event.evidence)
            for report in event.also:
                told[report.document].add(report.evidence)
    documents = events.documents
    return {
        "id": [d.id for d in documents],
        "title": [d.title for d in documents],
        "published": [d.published.isoformat() if d.published else None for d in documents],
        "language": [d.language for d in documents],
        "source": [d.source for d in documents],
        "body": [[_pair(span) for span in d.body] for d in documents],
        "length": [len(d.text) for d in documents],
        "text": [[[0, d.text]] if whole else _pieces(d, told[d.id]) for d in documents],
        "toponyms": [
            [_toponym(r, d, tables) for r in events.resolutions.get(d.id, ()) if whole or _told(r, told[d.id])]
            for d in documents
        ],
    }


def _told(resolution: Resolution, evidence: Iterable[Span]) -> bool:
    return any(span.holds(resolution.mention.span) for span in evidence)


def _pieces(document: Document, evidence: Iterable[Span]) -> list[list[Any]]:
    """Return the sentences that prove events, where they stand; those that overlap become one."""
    pieces: list[list[int]] = []
    for span in sorted(evidence):
        if pieces and span.start <= pieces[-1][1]:
            pieces[-1][1] = max(pieces[-1][1], span.end)
        else:
            pieces.append([span.start, span.end])
    return [[start, document.text[start:end]] for start, end in pieces if document.text]


def _toponym(resolution: Resolution, document: Document, tables: Tables) -> list[Any]:
    mention, places, strings = resolution.mention, tables.places, tables.strings
    quoted = mention.span.of(document.text) == mention.text
    return [
        mention.span.start,
        mention.span.end,
        mention.kind,
        mention.confidence,
        None if resolution.place is None else places.put(resolution.place),
        resolution.confidence,
        [[places.put(c.place), c.score, [strings.put(r) for r in c.reasons]] for c in resolution.candidates],
        None if quoted else mention.text,
    ]


def _reach(places: Sequence[Place], events: Mapping[str, list[Any]]) -> dict[str, list[Any]]:
    """Say of each place how far its events may lie, whether only the region is known, and whether it is an area."""
    reach = [0.0] * len(places)
    vague = [1] * len(places)
    for number, radius, precision in zip(events["place"], events["radius_km"], events["geo_precision"], strict=True):
        if number is not None:
            reach[number] = max(reach[number], radius or 0.0)
            vague[number] = vague[number] if precision == 3 else 0  # noqa: PLR2004 - ACLED's third and vaguest
    return {"reach": reach, "vague": vague, "area": [0 if place.feature[:1] in "PS" else 1 for place in places]}


def provenance(events: EventSet, *, gazetteer: str | None, options: Mapping[str, Any]) -> dict[str, Any]:
    """Say what the page was made by and from: the version, the gazetteer, the options, each input's hash."""
    from geomap import __version__

    inputs = [[d.id, d.source, _hash(d.text)] for d in events.documents]
    if len(inputs) > MANY_INPUTS:
        inputs = [["all", f"{len(inputs)} documents", _hash("\n".join(str(row[2]) for row in inputs))]]
    return {
        "version": __version__,
        "gazetteer": gazetteer,
        "options": {key: value for key, value in options.items() if value is not None},
        "inputs": inputs,
        "documents": len(events.documents),
    }


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _day(day: date | None) -> int | None:
    return None if day is None else day.toordinal() - EPOCH


def _ends(span: Span) -> list[int]:
    return [span.start, span.end]


def _pair(span: Span | None) -> list[int] | None:
    return None if span is None else _ends(span)
