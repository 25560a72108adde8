"""The same event told twice, in one article or in many, is one event.

Reports are of the same event where their kinds are of one family, their places are equal or one in the other, their
days are within one of each other, and tolls and actors do not speak against it. The latest figure counts, the spread
stays as a range, and every telling is kept as a source. One sentence that several articles print is one report,
dated or not.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from geomap.events import places
from geomap.events.kinds import alike, family, key_of
from geomap.model import ON_MAP, Event, Report, Toll, When, Where

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from geomap.model import Actor, Document

_DAY = timedelta(days=1)
_FACTOR = 2
"""How many times a toll may be another of the same event."""
_WIDE = 2
"""From which rank of place on reports can be of one event: a whole country is too wide to tell."""
_SENTENCE = 60
"""From how many letters on a sentence is not written twice by chance."""
_CLOSE = 12.0
"""Kilometres within which two towns may be the same place."""


def merge(events: Iterable[Event], documents: Mapping[str, Document]) -> tuple[Event, ...]:
    """Return the events with those that are the same made one, in the order first told."""
    kept: list[Event] = []
    by_place: dict[tuple[str, str | None], list[int]] = defaultdict(list)
    by_words: dict[tuple[object, ...], int] = {}
    for event in events:
        key = (family(key_of(event.sub_kind)), event.where.place.country if event.where else None)
        words = _words(event, documents)
        match = next((i for i in by_place[key] if is_same(kept[i], event)), None) if _is_telling(event) else None
        if match is None and words in by_words and _is_copy(kept[by_words[words]], event):
            match = by_words[words]
        if match is None:
            match = len(kept)
            by_place[key].append(match)
            kept.append(event)
        else:
            kept[match] = joined(kept[match], event, documents)
        if words is not None:
            by_words.setdefault(words, match)
    return tuple(kept)


def _words(event: Event, documents: Mapping[str, Document]) -> tuple[object, ...] | None:
    """Return what copies of a report share: the sentence, the word in it, and what was made of them."""
    document = documents.get(event.document)
    sentence = " ".join(event.evidence.of(document.text).split()) if document else ""
    if len(sentence) < _SENTENCE:
        return None
    place = event.where.place.id if event.where else None
    return sentence, event.trigger.start - event.evidence.start, event.sub_kind, event.status, place


def _is_copy(a: Event, b: Event) -> bool:
    """Say whether two articles print one report, of which at least one gives no day to tell them apart by."""
    undated = any(event.when is None or event.when.first is None for event in (a, b))
    return a.document != b.document and (undated or _same_days(a.when, b.when))


def _is_telling(event: Event) -> bool:
    """Say whether an event says enough to be told from others: a place, a day and that it was."""
    return (
        event.status in ON_MAP and event.where is not None and event.when is not None and event.when.first is not None
    )


def is_same(a: Event, b: Event) -> bool:
    """Say whether two reports are of one event."""
    if a.where is None or b.where is None or not _is_telling(a) or not _is_telling(b):
        return False
    if a.document == b.document and _on_other_days(a.when, b.when):
        return False
    return (
        alike(key_of(a.sub_kind), key_of(b.sub_kind))
        and _same_place(a.where, b.where)
        and _same_days(a.when, b.when)
        and _same_toll(a.killed, b.killed)
        and _same_sides(a, b)
    )


def _same_place(a: Where, b: Where) -> bool:
    if min(places.rank(a.place), places.rank(b.place)) < _WIDE:
        return False
    return (
        places.contains(a.place, b.place)
        or places.contains(b.place, a.place)
        or (places.rank(a.place) == places.rank(b.place) and places.kilometres(a.place, b.place) <= _CLOSE)
    )


def _same_days(a: When | None, b: When | None) -> bool:
    if a is None or b is None or a.first is None or b.first is None:
        return False
    if a.precision == 3 or b.precision == 3:
        return a.first == b.first and a.last == b.last
    return a.first - _DAY <= (b.last or b.first) and b.first - _DAY <= (a.last or a.first)


def _on_other_days(a: When | None, b: When | None) -> bool:
    """Say whether one text tells two events of two days, each by its own words."""
    if a is None or b is None or a.span is None or b.span is None:
        return False
    return a.precision == b.precision == 1 and a.first != b.first


def _figure(toll: Toll | None) -> int | None:
    return None if toll is None else toll.best if toll.best is not None else toll.low


def _same_toll(a: Toll | None, b: Toll | None) -> bool:
    one, two = _figure(a), _figure(b)
    if not one or not two:
        return True
    return max(one, two) <= _FACTOR * min(one, two)


def _same_sides(a: Event, b: Event) -> bool:
    """Say whether the parties of two reports can be the same: some kind in common, or one names none."""
    one, two = ({x.kind for x in e.actors if x.kind != "Civilians"} for e in (a, b))
    equal = _figure(a.killed) is not None and _figure(a.killed) == _figure(b.killed)
    return equal or not one or not two or bool(one & two)


def joined(a: Event, b: Event, documents: Mapping[str, Document]) -> Event:
    """Return two reports as one event: the latest figures, the finer place, all sources."""
    early, late = (a, b) if _published(a, documents) <= _published(b, documents) else (b, a)
    main = _leading(early, late)
    other = early if main is late else late
    one_text = main.document == other.document
    fields: dict[str, Any] = {}
    for name in ("killed", "wounded", "abducted", "arrested", "displaced", "cumulative_killed"):
        own = getattr(main, name)
        if own is not None or one_text:  # words and span of a toll are read in the event's own document
            fields[name] = _spread(getattr(other, name), own)
    where = _finer(main.where, other.where)
    return replace(
        main,
        where=where if one_text else _own(main.where, where),
        when=_day_told(main, other),
        actors=_parties(main, other),
        confidence=round(1 - (1 - main.confidence) * (1 - 0.5 * other.confidence), 3),
        also=(*main.also, Report(other.document, other.evidence, other.trigger), *other.also),
        **fields,
    )


def _day_told(main: Event, other: Event) -> When | None:
    """Return the day by its words where one text tells it twice; of two texts, the other's where the main has none."""
    if main.document == other.document:
        return other.when if main.when is None or main.when.span is None else main.when
    undated = main.when is None or main.when.first is None
    return replace(other.when, span=None) if undated and other.when and other.when.first else main.when


def _leading(early: Event, late: Event) -> Event:
    """Return the report the event is known by: the later one that has a toll, else the surer one."""
    if late.killed is not None or early.killed is None:
        return late if late.killed is not None or late.confidence > early.confidence else early
    return early


def _published(event: Event, documents: Mapping[str, Document]) -> tuple[bool, int]:
    known = documents.get(event.document)
    day = known.published if known is not None else None
    return (day is not None, day.toordinal() if day is not None else 0)


def _finer(a: Where | None, b: Where | None) -> Where | None:
    if a is None or b is None:
        return a or b
    return b if places.rank(b.place) > places.rank(a.place) else a


def _own(main: Where | None, finer: Where | None) -> Where | None:
    """Return the finer place with the span of the main telling, whose document the span is read in."""
    if main is None or finer is None or finer is main:
        return finer
    return replace(finer, span=main.span)


def _spread(early: Toll | None, late: Toll | None) -> Toll | None:
    """Return the later figure, with both as its range."""
    if early is None or late is None:
        return late or early
    low = min(early.low, late.low)
    ends = [t.high if t.high is not None else t.best for t in (early, late)]
    known = [e for e in ends if e is not None]
    high = None if late.high is None and late.best == max(known, default=None) else max(known, default=None)
    return replace(late, low=low, high=high)


def _parties(main: Event, other: Event) -> tuple[Actor, ...]:
    if main.document != other.document:
        return main.actors
    names = {a.name.lower() for a in main.actors}
    return (*main.actors, *(a for a in other.actors if a.name.lower() not in names))[:8]
