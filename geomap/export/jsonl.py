"""The jsonl that verbs pipe: a document a line, with its places and events. `schema.json` beside it describes it."""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import date
from itertools import islice
from typing import IO, TYPE_CHECKING, Any

from gazetteer.place import Place
from geomap.errors import UnreadableInput
from geomap.model import (
    TOLLS,
    Actor,
    Candidate,
    Document,
    Event,
    EventSet,
    Failure,
    Mention,
    Report,
    Resolution,
    Span,
    Toll,
    When,
    Where,
)
from geomap.sound import sound

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


def write(events: EventSet, file: IO[str], *, with_text: bool = False) -> None:
    """Write one line a document and one a failure, in the inputs' order. The text goes along only `with_text`."""
    by_document: dict[str, list[Event]] = defaultdict(list)
    for event in events.events:
        by_document[event.document].append(event)
    failed: dict[int, list[Failure]] = defaultdict(list)
    for failure in events.failures:
        failed[len(events.documents) if failure.after is None else failure.after].append(failure)
    for place, document in enumerate(events.documents):
        _write_failures(failed.pop(place, ()), file)
        resolutions = events.resolutions.get(document.id, ())
        row = document_row(document, resolutions, by_document[document.id], with_text=with_text)
        file.write(json.dumps(row, ensure_ascii=False) + "\n")
    for rest in failed.values():
        _write_failures(rest, file)


def _write_failures(failures: Iterable[Failure], file: IO[str]) -> None:
    for failure in failures:
        file.write(json.dumps(failure_row(failure), ensure_ascii=False) + "\n")


def document_row(
    document: Document, resolutions: Sequence[Resolution], events: Sequence[Event], *, with_text: bool = False
) -> dict[str, Any]:
    """Return a document as the object its line holds."""
    row: dict[str, Any] = {
        "id": document.id,
        "title": document.title,
        "published": _iso(document.published),
        "language": document.language,
        "source": document.source,
    }
    if with_text:
        row["text"] = document.text
    row["body"] = [_pair(span) for span in document.article]
    row["toponyms"] = [toponym_row(resolution) for resolution in resolutions]
    row["events"] = [event_row(event, document.text) for event in events]
    return row


def document_line(document: Document, resolutions: Sequence[Resolution], events: Sequence[Event]) -> bytes:
    """Return a document's line without its text, in UTF-8; made in pieces, since a long one's may be 100 MB."""
    head = document_row(document, (), ())
    del head["toponyms"], head["events"]
    toponyms = _listed(map(toponym_row, resolutions))
    told = _listed(event_row(event, document.text) for event in events)
    return b"".join((_json(head)[:-1].encode(), b', "toponyms": [', *toponyms, b'], "events": [', *told, b"]}"))


def _listed(rows: Iterator[dict[str, Any]]) -> Iterator[bytes]:
    comma = b""
    while piece := list(islice(rows, _PIECE)):
        yield comma + _json(piece)[1:-1].encode()
        comma = b", "


_PIECE = 200
_json = json.JSONEncoder(ensure_ascii=False).encode


def failure_row(failure: Failure) -> dict[str, Any]:
    """Return a failure as the object its line holds: the keys of a document, empty, and the error."""
    empty = Document(failure.source, "")
    return {**document_row(empty, (), ()), "source": failure.source, "body": [], "error": failure.error}


def toponym_row(resolution: Resolution) -> dict[str, Any]:
    """Return a resolution as its object, the other candidates as alternatives."""
    mention, place = resolution.mention, resolution.place
    return {
        "start": mention.span.start,
        "end": mention.span.end,
        "text": mention.text,
        "kind": mention.kind,
        "place": place_row(place) if place else None,
        "confidence": round(resolution.confidence, 4),
        "alternatives": [
            {"place": place_row(c.place), "score": round(c.score, 4), "reasons": list(c.reasons)}
            for c in resolution.candidates
            if c.place != place
        ],
    }


def place_row(place: Place) -> dict[str, Any]:
    """Return a place as its object. A place of our own tables has no GeoNames id."""
    return {
        "id": place.id if place.id > 0 else None,
        "name": place.name,
        "latitude": round(place.latitude, 5),
        "longitude": round(place.longitude, 5),
        "country": place.country,
        "admin1": place.admin1_name,
        "feature": place.feature,
        "population": place.population,
    }


def event_row(event: Event, text: str) -> dict[str, Any]:
    """Return an event as its object. `text` is its document's; without it the words of its date are unknown."""
    when, where = event.when, event.where
    row: dict[str, Any] = {
        "id": event.id,
        "kind": event.kind,
        "sub_kind": event.sub_kind,
        "status": event.status,
        "start": _iso(when.first) if when else None,
        "end": _iso(when.last) if when else None,
        "date_text": when.span.of(text) if when and when.span and text else None,
        "date_span": _pair(when.span) if when and when.span else None,
        "time_precision": when.precision if when else None,
        "place": place_row(where.place) if where else None,
        "place_span": _pair(where.span) if where and where.span else None,
        "geo_precision": where.precision if where else None,
        "radius_km": round(where.radius_km, 1) if where else None,
        "place_confidence": round(where.confidence, 4) if where else None,
    }
    row |= {name: _toll_row(getattr(event, name)) for name in TOLLS}
    row |= {
        "actors": [{"name": a.name, "role": a.role, "kind": a.kind, "span": _pair(a.span)} for a in event.actors],
        "trigger": _pair(event.trigger),
        "evidence": _pair(event.evidence),
        "confidence": round(event.confidence, 4),
        "also": [
            {"document": r.document, "evidence": _pair(r.evidence), "trigger": _pair(r.trigger)} for r in event.also
        ],
    }
    return row


def _toll_row(toll: Toll | None) -> dict[str, Any] | None:
    if toll is None:
        return None
    return {"low": toll.low, "high": toll.high, "best": toll.best, "words": toll.words, "span": _pair(toll.span)}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _pair(span: Span) -> list[int]:
    return [span.start, span.end]


def read(lines: Iterable[str], *, name: str = "input") -> EventSet:
    """Read what `write` wrote. Raises `UnreadableInput` naming the line that is none."""
    documents: list[Document] = []
    resolutions: dict[str, tuple[Resolution, ...]] = {}
    events: list[Event] = []
    failures: list[Failure] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            if row.get("error"):
                failures.append(sound(Failure(row.get("source") or row["id"], row["error"], after=len(documents))))
                continue
            document = sound(_document(row))
            found = tuple(sound(_resolution(t)) for t in row["toponyms"])
            own = [sound(_event(e, document.id)) for e in row["events"]]
        except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError) as error:
            raise UnreadableInput(
                f"{name}, line {number}: not a line of geomap's own jsonl ({_reason(error)}). "
                "Right is what this writes: geomap extract ARTICLE --with-text"
            ) from error
        documents.append(document)
        resolutions[document.id] = found
        events += own
    return EventSet(tuple(documents), resolutions, tuple(events), tuple(failures))


def _reason(error: Exception) -> str:
    return f"{error} is missing" if isinstance(error, KeyError) else str(error)


def _document(row: dict[str, Any]) -> Document:
    return Document(
        id=row["id"],
        text=row.get("text") or "",
        title=row.get("title"),
        published=_day(row.get("published")),
        language=row.get("language") or "en",
        source=row.get("source"),
        body=tuple(Span(a, b) for a, b in row.get("body") or ()),
    )


def _resolution(row: dict[str, Any]) -> Resolution:
    mention = Mention(Span(row["start"], row["end"]), row["text"], row.get("kind", "place"))
    others = tuple(
        Candidate(_place(c["place"]), c["score"], tuple(c.get("reasons", ()))) for c in row.get("alternatives", ())
    )
    if row["place"] is None:
        return Resolution(mention, None, row["confidence"], others)
    place = _place(row["place"])
    return Resolution(mention, place, row["confidence"], (Candidate(place, row["confidence"]), *others))


def _place(row: dict[str, Any]) -> Place:
    return Place(
        id=row["id"] if row["id"] is not None else -1,
        name=row["name"],
        latitude=row["latitude"],
        longitude=row["longitude"],
        country=row.get("country"),
        admin1_name=row.get("admin1"),
        feature=row.get("feature") or "P.PPL",
        population=row.get("population") or 0,
    )


def _event(row: dict[str, Any], document: str) -> Event:
    when = None
    if row.get("start") or row.get("date_span"):
        span = Span(*row["date_span"]) if row.get("date_span") else None
        when = When(span, _day(row.get("start")), _day(row.get("end")), row.get("time_precision"))
    where = None
    if row.get("place"):
        span = Span(*row["place_span"]) if row.get("place_span") else None
        sure = row.get("place_confidence")
        where = Where(
            _place(row["place"]), span, row["geo_precision"], row["radius_km"] or 0.0, 1.0 if sure is None else sure
        )
    return Event(
        id=row["id"],
        kind=row["kind"],
        sub_kind=row["sub_kind"],
        status=row["status"],
        document=document,
        evidence=Span(*row["evidence"]),
        trigger=Span(*row["trigger"]),
        when=when,
        where=where,
        actors=tuple(Actor(a["name"], a["role"], a["kind"], Span(*a["span"])) for a in row.get("actors", ())),
        **{name: _toll(row.get(name)) for name in TOLLS},
        confidence=row["confidence"],
        also=tuple(Report(r["document"], Span(*r["evidence"]), Span(*r["trigger"])) for r in row.get("also", ())),
    )


def _toll(row: dict[str, Any] | None) -> Toll | None:
    return Toll(Span(*row["span"]), row["words"], row["low"], row.get("high"), row.get("best")) if row else None


def _day(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso else None
