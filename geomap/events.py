"""Document and resolved places in, events out: one event for one thing told, with the sentence that proves each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import TYPE_CHECKING

from geomap import actors as who
from geomap import places, tolls
from geomap.dates import TimeWords, published_in, time_words
from geomap.kinds import DIPLOMACY, decide, family, kinds, weigh
from geomap.model import Event, When
from geomap.reading import Sentence, read
from geomap.status import Judgement, judge

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from gazetteer import Gazetteer
    from geomap.lexicon import Hit
    from geomap.model import Document, Resolution


def extract(document: Document, resolutions: Sequence[Resolution], gazetteer: Gazetteer) -> tuple[Event, ...]:
    """Return the events a document reports, in the order it tells them."""
    published = published_in(document)
    found: list[Event] = []
    for sentence in read(document):
        found += _events(document, sentence, places.inside(sentence.span, resolutions), published)
    return tuple(found)


def _events(
    document: Document, sentence: Sentence, resolutions: Sequence[Resolution], published: date | None
) -> list[Event]:
    triggers = sentence.hits["triggers"]
    if not triggers:
        return []
    times = time_words(document.text, sentence.span, published, code=document.language)
    groups: dict[str, list[Hit]] = {}
    for hit in triggers:
        groups.setdefault(family(hit.label), []).append(hit)
    found = []
    for anchors in groups.values():
        event = _event(document, sentence, anchors, resolutions, times, published)
        if event is not None:
            found.append(event)
    return found


def _event(
    document: Document,
    sentence: Sentence,
    anchors: Sequence[Hit],
    resolutions: Sequence[Resolution],
    times: Sequence[TimeWords],
    published: date | None,
) -> Event | None:
    anchor = anchors[0]
    parties = who.parties(sentence, anchor, document.text, document.language)
    key = decide(weigh(sentence, anchors, parties))
    if key is None:
        return None
    judgement = judge(sentence, anchor, times, published)
    if judgement.negated:
        return None
    best = places.sites(sentence, anchor, resolutions)
    where = places.where(sentence, best[0]) if best else None
    kind = kinds()[key]
    trigger = sentence.chars(anchor)
    event = Event(
        id="",
        kind=kind.kind,
        sub_kind=kind.name,
        status=judgement.status,
        document=document.id,
        evidence=sentence.span,
        trigger=trigger,
        when=times[0].when() if times else When(None, published, published, 2 if published else None),
        where=where,
        actors=parties,
        confidence=0.5,
    )
    if key not in DIPLOMACY:
        event = _with_tolls(event, sentence, document, [t.span for t in times])
    return replace(event, id=identity(event, document))


def _with_tolls(event: Event, sentence: Sentence, document: Document, taken: Sequence[object]) -> Event:
    counted = tolls.counts(sentence, document.language, taken)  # type: ignore[arg-type]
    values = {}
    for count in counted:
        if count.both:
            continue
        name = "cumulative_killed" if count.cumulative else count.harm
        if name == "killed" or name not in values:
            values.setdefault(name, tolls.toll(sentence, count.number, document.text))
    return replace(event, **values)


def identity(event: Event, document: Document) -> str:
    """Return the event's id: a hash of what it is made of, the same for the same text."""
    where = event.where.place.id if event.where else ""
    parts = (document.id, event.kind, event.sub_kind, event.evidence.of(document.text), event.trigger.of(document.text), str(event.trigger.start), str(where))
    return blake2b("\x1f".join(parts).encode(), digest_size=8).hexdigest()
