"""Corrections that readers made in a map's page, applied to events read anew.

A correction names what it corrects by words: the sentence, the word that gave the event away, the kind. It so fits the
same text however often it is read, and by whatever version.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from gazetteer.place import Place
from geomap.errors import MissingInput, UnreadableInput
from geomap.model import STATUSES, Candidate, Event, EventSet, Span, Toll, When, Where

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geomap.model import Document, Resolution

FORMAT, VERSION = "geomap corrections", 1
PINNED_KM = 2.0
"""How far from a pin that a reader set an event may lie."""
TOLLS = ("killed", "wounded")
"""The tolls that a reader may set."""
_MANKIND = 10**10
"""No toll is larger."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What is wrong, by its words, and what is right.

    `what` is event or place. `quote` is the event's sentence, or the text around the place's name; `word` the event's
    trigger or the name itself. `change` holds only what changes: `reject`, `place`, `kind`, `sub_kind`, `status`,
    `first`, `last`, and `killed` and `wounded` as low and high, high None where it is open, or None for no toll.
    """

    what: Literal["event", "place"]
    quote: str
    word: str
    change: Mapping[str, Any]
    kind: str | None = None
    document: str | None = None
    title: str | None = None
    note: str | None = None


def load(path: Path | str) -> tuple[Correction, ...]:
    """Read a file of corrections. Raises `InputError`."""
    try:
        return parse(Path(path).read_text(encoding="utf-8"), name=str(path))
    except FileNotFoundError:
        raise MissingInput(f"There is no file {path}. Make corrections in a map's page and download them.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableInput(f"{path} is no file of corrections ({error}).") from error


def parse(text: str, *, name: str) -> tuple[Correction, ...]:
    """Read corrections from their JSON. Raises `UnreadableInput`, which names them `name`."""
    try:
        return _corrections(json.loads(text))
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError) as error:
        raise UnreadableInput(
            f"{name} is no file of corrections ({error}). Right is what a map's page downloads as JSON."
        ) from error


def _corrections(found: dict[str, Any]) -> tuple[Correction, ...]:
    if found["format"] != FORMAT or found["version"] != VERSION:
        raise ValueError(f"its format is not {FORMAT!r}, version {VERSION}")
    return tuple(_correction(row) for row in found["corrections"])


def _correction(row: dict[str, Any]) -> Correction:
    if row["what"] not in {"event", "place"}:
        raise ValueError(f"unknown kind of correction {row['what']!r}")
    change = dict(row["change"])
    if change.get("status") is not None and change["status"] not in STATUSES:
        raise ValueError(f"unknown status {change['status']!r}")
    for end in ("first", "last"):
        if change.get(end):
            change[end] = date.fromisoformat(change[end])
    if change.get("place"):
        change["place"] = _place(change["place"])
    for name in TOLLS:
        if change.get(name) is not None:
            change[name] = _bounds(change[name])
    word = str(row["trigger" if row["what"] == "event" else "name"])
    texts = {key: row.get(key) for key in ("kind", "document", "title", "note")}
    return Correction(row["what"], str(row["quote"]), word, change, **texts)


def _place(row: dict[str, Any]) -> Place:
    latitude, longitude = float(row["latitude"]), float(row["longitude"])
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):  # noqa: PLR2004 - the poles and the date line
        raise ValueError(f"no place lies at {latitude}, {longitude}")
    return Place(
        id=int(row["id"]) if row.get("id") is not None else -1,
        name=str(row["name"]),
        latitude=latitude,
        longitude=longitude,
        country=row.get("country"),
        admin1=row.get("admin1"),
        admin1_name=row.get("admin1_name"),
        feature=row.get("feature") or "P.PPL",
        radius_km=PINNED_KM,
        source="correction",
    )


def _bounds(row: dict[str, Any]) -> tuple[int, int | None]:
    low, high = row["low"], row.get("high")
    if not (type(low) is int and (high is None or type(high) is int) and 0 <= low <= (low if high is None else high)):
        raise ValueError(f"no toll goes from {low!r} to {high!r}")
    if (low if high is None else high) > _MANKIND:
        raise ValueError(f"no toll is {high or low}")
    return low, high


def apply(events: EventSet, corrections: Iterable[Correction]) -> tuple[EventSet, tuple[str, ...]]:
    """Return the corrected events, and a warning for each correction that fits nothing any more."""
    warnings: list[str] = []
    documents = {document.id: document for document in events.documents}
    for correction in corrections:
        correct = _correct_event if correction.what == "event" else _correct_place
        fixed = correct(events, documents, correction)
        if fixed is None:
            warnings.append(
                f"A correction fits no {correction.what} any more: {correction.word!r} in {_short(correction.quote)!r}."
            )
        else:
            events = fixed
    return events, tuple(warnings)


def _short(text: str, length: int = 60) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"


def _correct_event(events: EventSet, documents: Mapping[str, Document], correction: Correction) -> EventSet | None:
    hits = [event for event in events.events if _fits(event, documents, correction)]
    best = _best(hits, documents, correction)
    if best is None:
        return None
    if correction.change.get("reject"):
        return replace(events, events=tuple(event for event in events.events if event is not best))
    fixed = _changed(best, correction.change)
    return replace(events, events=tuple(fixed if event is best else event for event in events.events))


def _fits(event: Event, documents: Mapping[str, Document], correction: Correction) -> bool:
    """Say whether the event's trigger stands in the correction's sentence, and is its word or of its kind."""
    document = documents.get(event.document)
    if document is None or not document.text:
        return False
    around = _found(document.text, correction.quote, event.trigger)
    if around is None or not around.holds(event.trigger):
        return False
    return _plain(event.trigger.of(document.text)) == _plain(correction.word) or event.kind == correction.kind


def _best(hits: Sequence[Event], documents: Mapping[str, Document], correction: Correction) -> Event | None:
    """Choose the event with the very word, then of the very kind, then of the document named."""

    def rank(event: Event) -> tuple[bool, bool, bool]:
        word = event.trigger.of(documents[event.document].text)
        return (
            _plain(word) == _plain(correction.word),
            event.kind == correction.kind,
            event.document == correction.document,
        )

    return max(hits, key=rank, default=None)


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _found(text: str, quote: str, near: Span) -> Span | None:
    """Find a quotation around a span, whatever its white space."""
    words = quote.split()
    if not words:
        return None
    pattern = re.compile(r"\s+".join(map(re.escape, words)))
    start = max(0, near.start - len(quote) * 2 - 200)
    for match in pattern.finditer(text, start, min(len(text), near.end + len(quote) * 2 + 200)):
        span = Span(*match.span())
        if span.meets(near):
            return span
    return None


def _changed(event: Event, change: Mapping[str, Any]) -> Event:
    fixed = replace(
        event,
        kind=change.get("kind") or event.kind,
        sub_kind=change.get("sub_kind") or event.sub_kind,
        status=change.get("status") or event.status,
        confidence=1.0,
    )
    if change.get("place"):
        fixed = replace(fixed, where=_where(change["place"], event.where))
    if "first" in change:
        first = change["first"]
        span = event.when.span if event.when else None
        last = change.get("last") or first
        fixed = replace(fixed, when=When(span, first, last, 1 if first else None) if first or span else None)
    tolls: dict[str, Any] = {n: _toll(change[n], getattr(event, n), event) for n in TOLLS if n in change}
    return replace(fixed, **tolls)


def _toll(bounds: tuple[int, int | None] | None, old: Toll | None, event: Event) -> Toll | None:
    """Return a reader's figure with the words that the text has for it; it may have none."""
    if bounds is None:
        return None
    low, high = bounds
    nowhere = Span(event.trigger.end, event.trigger.end)
    return Toll(old.span if old else nowhere, old.words if old else str(low), low, high, low)


def _where(place: Place, old: Where | None) -> Where:
    return Where(place, old.span if old else None, 1, place.radius_km, 1.0)


def _correct_place(events: EventSet, documents: Mapping[str, Document], correction: Correction) -> EventSet | None:
    """Put a name where it belongs, and the events that lie there with it."""
    place: Place | None = correction.change.get("place")
    named = [d for d in documents.values() if d.id == correction.document] + [
        d for d in documents.values() if d.id != correction.document
    ]
    for document in named:
        for number, resolution in enumerate(events.resolutions.get(document.id, ())):
            span = resolution.mention.span
            if span.of(document.text) == correction.word and _found(document.text, correction.quote, span):
                return _placed(events, document.id, number, place)
    return None


def _placed(events: EventSet, document: str, number: int, place: Place | None) -> EventSet:
    rows = list(events.resolutions[document])
    old = rows[number]
    rows[number] = _resolved(old, place)
    span = old.mention.span

    def moved(event: Event) -> Event:
        if event.document != document or event.where is None or event.where.span != span:
            return event
        return replace(event, where=_where(place, event.where) if place else None)

    resolutions = {**events.resolutions, document: tuple(rows)}
    return replace(events, resolutions=resolutions, events=tuple(moved(event) for event in events.events))


def _resolved(old: Resolution, place: Place | None) -> Resolution:
    others = tuple(c for c in old.candidates if place is None or c.place.id != place.id)
    if place is None:
        return replace(old, place=None, confidence=0.0)
    known = next((c.place for c in old.candidates if c.place.id == place.id), place)
    return replace(
        old, place=known, confidence=1.0, candidates=(Candidate(known, 1.0, ("corrected by a reader",)), *others)
    )
