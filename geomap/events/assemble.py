"""Document and resolved places in, events out: one event for one thing told, with the sentence that proves each."""

from __future__ import annotations

import math
from hashlib import blake2b
from typing import TYPE_CHECKING

from geomap.events import figures, places
from geomap.events.actors import folded, fought
from geomap.events.areas import as_told
from geomap.events.climate import climate
from geomap.events.kinds import GROWN, TERRITORY, family, kinds
from geomap.events.openings import opened
from geomap.events.printed import published_in
from geomap.events.reading import parts, read, with_places
from geomap.events.recalled import recalled
from geomap.events.story import drafts
from geomap.events.tell import tell
from geomap.events.telling import Page, Telling
from geomap.events.years import Year, times_of, year_of
from geomap.model import ON_MAP, Event, Report, Toll

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from gazetteer import Gazetteer
    from geomap.events.draft import Draft
    from geomap.events.reading import Sentence
    from geomap.model import Actor, Document, Resolution, Span, Where


def extract(document: Document, resolutions: Sequence[Resolution], gazetteer: Gazetteer | None) -> tuple[Event, ...]:
    """Return the events a document reports, in the order it tells them."""
    published = published_in(document)
    return tuple(event(draft, document) for draft in drafted(document, resolutions, gazetteer, published))


def drafted(
    document: Document, resolutions: Sequence[Resolution], gazetteer: Gazetteer | None, published: date | None
) -> list[Draft]:
    """Return the events of a document with all that speaks for each."""
    resolutions = as_told(document, resolutions)
    sentences, openings = opened(document, read(document), resolutions)
    tellings: list[Telling] = []
    weather = climate(sentences)
    year: Year | None = None
    for plain, here in zip(sentences, places.by_sentence(sentences, resolutions), strict=True):
        line = plain.dateline
        named = here if line is None else [r for r in here if not line.holds(r.mention.span)]
        spans = [r.mention.span for r in named if r.mention.kind == "place"]
        sentence = with_places(plain, spans, document.language)
        if not sentence.hits["triggers"]:
            year = year_of(document, sentence) or year
            continue
        for part in parts(sentence, spans):
            inside = places.inside(part.span, named) if part is not sentence else named
            last = tellings[-1] if tellings else None
            near = last is not None and _follows(part, last.sentence)
            times, year = times_of(document, part, published, year)
            context = max(last.conflict, 0.5) if near and last is not None else 0.0
            page = Page(document, part, inside, times, published, climate=weather)
            tellings += tell(page, context)
    tellings = recalled(tellings, sentences, document.language)
    return drafts(document, tellings, sentences, resolutions, gazetteer, published, openings)


def _follows(sentence: Sentence, before: Sentence) -> bool:
    """Say whether a sentence goes on from another: the next, or the next but one of a list item."""
    apart = sentence.number - before.number
    return apart <= 1 or (apart == 2 and 0 < sentence.item == before.item)


def event(draft: Draft, document: Document) -> Event:
    """Return a draft as the model has it."""
    main, key = draft.main, _kind(draft)
    actors = _actors(draft, key)
    if key == "attack" and fought(actors):
        key = "armed_clash"
    counted = _tolls(draft, document, key) if main.layer == "conflict" else {}
    killed = counted.get("killed")
    if key == "abduction" and killed is not None and killed.low:
        key = "attack"  # ACLED's code book: an abduction is one "without reports of further violence"
    kind = kinds()[key]
    evidence, trigger = main.sentence.span, main.sentence.chars(main.anchor)
    return Event(
        id=_identity(document, kind.kind, evidence, trigger, draft.where),
        kind=kind.kind,
        sub_kind=kind.name,
        status=draft.first.judgement.status,
        document=document.id,
        evidence=evidence,
        trigger=trigger,
        when=draft.when,
        where=draft.where,
        actors=actors,
        confidence=confidence(draft),
        also=tuple(
            Report(document.id, t.sentence.span, t.sentence.chars(t.anchor)) for t in draft.tellings if t is not main
        ),
        **counted,
    )


def _kind(draft: Draft) -> str:
    """Return the kind the tellings agree on, the first one's counting most."""
    tellings = [t for t in draft.tellings if t is draft.first or not _is_missing(t)]
    if len({t.key for t in tellings}) == 1:
        return draft.first.key
    grown = [t.key for t in draft.tellings if family(t.key) == "demonstration"]
    if grown and family(draft.first.key) == "demonstration":  # a protest is known by the worst that came of it
        return max(grown, key=GROWN.index)
    taken = [t.key for t in draft.tellings if t.key in TERRITORY and t.judgement.status in ON_MAP]
    if taken and all(t.key in TERRITORY or t.key == "armed_clash" for t in draft.tellings):
        return taken[-1]  # a battle is known by who held the place at its end
    weight: dict[str, float] = {}
    main = draft.main
    book = kinds()
    for told in draft.tellings:
        share = 1.0 if told is main else 0.5
        for key, value in told.shares.items():
            if key in book:
                weight[key] = weight.get(key, 0.0) + share * 0.5 * value
        weight[told.key] = weight.get(told.key, 0.0) + share
    return max((t.key for t in draft.tellings), key=lambda k: weight[k])


def _is_missing(told: Telling) -> bool:
    """Say whether a telling only adds that people are missing: after an attack they need not be abducted."""
    return told.key == "abduction" and told.sentence.lower[told.anchor.last - 1] == "missing"


def _actors(draft: Draft, key: str) -> tuple[Actor, ...]:
    """Return who took part, each once, as the most telling report has it; bystanders are left out."""
    main = draft.main
    ordered = sorted(draft.tellings, key=lambda t: t is not main)
    violent = family(key) == "violence"
    found = [a for t in ordered for a in t.parties if not violent or a.kind != "Civilians" or _bears(t, a)]
    return folded(found)[:8]


def _bears(told: Telling, actor: Actor) -> bool:
    """Say whether civilians did it, or bore it: in the clause of an event word, or counted among the victims."""
    sentence = told.sentence
    if actor.role == "source" or actor.span is None:  # "four men threw a grenade"
        return True
    at = min(sentence.at(actor.span.start), len(sentence.words) - 1)
    near = any(sentence.clauses[h.first] == sentence.clauses[at] and abs(at - h.first) <= OBJECT for h in told.anchors)
    return near or any(c.number.first - 1 <= at <= c.number.last + 1 for c in told.counts)


OBJECT = 8
"""How many words the object of an event word may stand from it."""


def _tolls(draft: Draft, document: Document, key: str) -> dict[str, Toll]:
    """Return the event's tolls; what a peaceful protest is about is not its toll."""
    told = draft.tellings
    if key == "agreement":  # "to swap the bodies of 600 soldiers"
        told = [t for t in told if family(t.key) == "violence"]
    if key == "peaceful_protest":
        told = [t for t in told if {a.kind for a in t.parties} & {"State forces", "Protesters", "Rioters"}]
    return figures.of_event(((t.sentence, t.counts) for t in told), document.text)


SURENESS = {
    "sense": 0.71,
    "kind": 0.48,
    "family": 1.45,
    "place": 1.11,
    "unrivalled": 0.83,
    "own place": 1.18,
    "told again": 0.12,
    "day": 0.67,
}
"""What makes an event likely to be right, as `learn/events_sureness.py` fits it to our own dispatches and labelled
sentences, none below nothing: of those said to be .8 sure, about eight in ten of the held-out ones have their kind and
their place."""
BIAS = -3.72


def confidence(draft: Draft) -> float:
    """Return how likely it is that the event is what it is said to be and where: kind, place and telling together."""
    total = BIAS + math.fsum(SURENESS[name] * value for name, value in signs(draft).items())
    return round(1 / (1 + math.exp(-total)), 3)


def signs(draft: Draft) -> dict[str, float]:
    """Return what speaks for an event, each from 0 to 1 or a small count: more of any never makes it less sure."""
    first, where = draft.first, draft.where
    key = _kind(draft)
    kin = family(key)
    return {
        "sense": max(t.conflict for t in draft.tellings),
        "kind": max(t.shares.get(key, 0.0) for t in draft.tellings),
        "family": math.fsum(v for k, v in first.shares.items() if family(k) == kin),
        "place": where.confidence if where is not None else 0.0,
        "unrivalled": _unrivalled(draft),
        "own place": float(draft.own),
        "told again": min(len(draft.tellings) - 1, 3),
        "day": float(draft.when is not None and draft.when.span is not None),
    }


def _unrivalled(draft: Draft) -> float:
    """Return the share of the place, with what it lies in or holds, among the places that its sentences name."""
    if draft.where is None:
        return 0.0
    place, own, whole = draft.where.place, 0.0, 0.05
    for site in (s for t in draft.tellings for s in t.sites):
        sure = site.likelihood * site.resolution.confidence
        whole += sure
        if site.place is not None and (places.contains(site.place, place) or places.contains(place, site.place)):
            own += sure
    return own / whole


def identity(found: Event, document: Document) -> str:
    """Return the event's id: a hash of what it is made of, the same for the same text."""
    return _identity(document, found.kind, found.evidence, found.trigger, found.where)


def _identity(document: Document, kind: str, evidence: Span, trigger: Span, where: Where | None) -> str:
    made_of = (
        document.id, kind, evidence.of(document.text), str(evidence.start),
        trigger.of(document.text), str(trigger.start), str(where.place.id if where else ""),
    )  # fmt: skip
    return blake2b("\x1f".join(made_of).encode(), digest_size=8).hexdigest()
