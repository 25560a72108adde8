"""A telling: one thing that a sentence tells, with all that speaks for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from geomap.events import places
from geomap.events.climate import NOTHING, Climate
from geomap.events.dates import time_words
from geomap.events.harm import Count
from geomap.events.kinds import DIPLOMACY, VIOLENCE
from geomap.events.lexicon import Hit
from geomap.events.places import Site
from geomap.events.predicates import Judgement, aside
from geomap.events.reading import Sentence
from geomap.events.timewords import TimeWords
from geomap.model import Actor, Document, Resolution


@dataclass(frozen=True, slots=True)
class Page:
    """A sentence with what is known around it: all that its tellings are made from."""

    document: Document
    sentence: Sentence
    resolutions: Sequence[Resolution]
    times: Sequence[TimeWords]
    published: date | None
    shares: Mapping[str, float] = field(default_factory=dict)
    """How likely each kind is by the model."""
    conflict: float = 0.0
    context: float = 0.0
    """How much conflict was told just before."""
    climate: Climate = NOTHING
    judged: Mapping[Hit, Judgement] = field(default_factory=dict)
    """The event words, and the status of each."""


@dataclass(frozen=True, slots=True)
class Telling:
    """One thing a sentence tells, before it is held against the rest of the document."""

    sentence: Sentence
    anchor: Hit
    anchors: tuple[Hit, ...]
    key: str
    shares: Mapping[str, float]
    conflict: float
    judgement: Judgement
    sites: tuple[Site, ...] = ()
    time: TimeWords | None = None
    parties: tuple[Actor, ...] = ()
    counts: tuple[Count, ...] = ()
    said: bool = False
    """Whether its time is only that of saying so."""

    @property
    def layer(self) -> str:
        """Whether it is of conflict or of diplomacy."""
        return "diplomacy" if self.key in DIPLOMACY else "conflict"

    @property
    def own(self) -> Site | None:
        """The place its own sentence gives it, where it does."""
        return next((s for s in self.sites if s.likelihood >= places.PLAUSIBLE), None)


def time_of(page: Page, anchor: Hit, judgement: Judgement, others: Sequence[Hit] = ()) -> TimeWords | None:
    """Return the time words nearest to the event word or one that goes on from it; a plan's are read as ahead."""
    times, published = page.times, page.published
    if published is not None and judgement.status in ("planned", "threatened") and times:
        document, span = page.document, page.sentence.body
        times = time_words(document.text, span, published, future=True, code=document.language)
    elif published is not None:  # what has happened is not dated by what is to come
        times = [t for t in times if t.first is None or t.first <= published]
    times = [replace(t, since=False) if _begins_a_clause(page.sentence, t, anchor) else t for t in times]
    times = [t for t in times if not t.opens_clause or page.sentence.at(t.span.end) <= anchor.first]
    if judgement.status == "historic":  # "sentenced on Thursday for the murder of 2003": the murder's day
        times = [t for t in times if t.is_history(published)] or times
    words = (anchor, *(h for h in others if h.first > anchor.first))
    asides = {t.span: aside(page.sentence, page.sentence.at(t.span.start)) for t in times}
    times = [t for t in times if not asides[t.span] or any(w.first in asides[t.span] for w in (anchor, *others))]
    ranked = sorted((min(_apart(page.sentence, w, t) for w in words), n) for n, t in enumerate(times) if not t.since)
    told = [times[n] for _, n in ranked]
    if len(told) > 1 and is_of_speech(page, anchor, told[0]):  # "in late October, the church said on Tuesday"
        told = [t for t in told if t.first is not None and not is_of_speech(page, anchor, t)] or told
    return told[0] if told else None


def ahead(page: Page, anchor: Hit, judgement: Judgement) -> Judgement:
    """Return the status anew where the clause names a day to come: "leaders meet in Kingston on 11 March"."""
    published, sentence = page.published, page.sentence
    if published is None or judgement.status not in ("happened", "ongoing"):
        return judgement
    word = sentence.lower[anchor.last - 1]
    if word.endswith("ed") or word in ("met", "held", "struck", "hit", "shot", "fell", "flew", "took"):
        return judgement
    times = page.times
    if anchor.label not in VIOLENCE and sentence.lower[anchor.first] in _NOW and times:
        code = page.document.language  # "leaders meet in Cairo on Monday": the coming one
        times = time_words(page.document.text, sentence.body, published, future=True, code=code)
    for time in times:
        at = sentence.at(time.span.start)
        if at >= len(sentence.words) or time.since or time.first is None or time.first <= published:
            continue
        if sentence.clauses[at] == sentence.clauses[anchor.first] and abs(at - anchor.last) <= NEAR:
            return Judgement(
                "planned", " ".join(w.text for w in sentence.words if time.span.start <= w.start < time.span.end)
            )
    return judgement


def _begins_a_clause(sentence: Sentence, time: TimeWords, anchor: Hit) -> bool:
    """Say whether "since" a day tells what happened then: "since 7 May, when a bus was shot at", "missing since"."""
    at = sentence.at(time.span.end)
    if time.since and anchor.label == "abduction" and _GONE & set(sentence.lower[anchor.first : anchor.last]):
        return True
    return time.since and at < anchor.first and sentence.lower[at : at + 2] == (",", "when")


_GONE = frozenset("missing seen disappeared held captive".split())


def is_of_speech(page: Page, anchor: Hit, time: TimeWords | None) -> bool:
    """Say whether a time only tells when it was said: "residents told reporters on Thursday"."""
    if time is None:
        return False
    sentence = page.sentence
    at = min(sentence.at(time.span.start), len(sentence.words) - 1)
    said = next((h for h in sentence.hits["status"] if h.label == "speech" and 0 <= at - h.last <= 2), None)
    if said is None or said.last <= anchor.first or sentence.lower[said.first] == "reported":
        return False
    after = sentence.at(time.span.end)
    return after >= len(sentence.words) - 1 or sentence.lower[after] in (".", ",")


def long_past(page: Page, judgement: Judgement, time: TimeWords | None) -> Judgement:
    """Return the status anew where the only day of what happened lies long before publication."""
    if judgement.status not in ("happened", "ongoing") or time is None or time.first is None or time.since:
        return judgement
    if page.published is None or not time.is_history(page.published) or time.running:
        return judgement
    sentence = page.sentence
    at = sentence.at(time.span.start)
    if sentence.lower[max(0, at - 1)] == "of" or sentence.lower[min(at, len(sentence.lower) - 1)] == "since":
        return judgement  # "the killers of March 2003"
    return Judgement("historic", time.span.of(page.document.text))


_NOW = frozenset("meet meets gather gathers convene convenes resume resumes visit visits travel travels".split())

NEAR = 12
"""How many words a day to come may stand from an event word that it puts ahead."""


def _apart(sentence: Sentence, anchor: Hit, time: TimeWords) -> float:
    at = min(sentence.at(time.span.start), len(sentence.words) - 1)
    gap = at - anchor.last if at >= anchor.last else anchor.first - at
    clauses = abs(sentence.clauses[at] - sentence.clauses[anchor.first])
    end = sentence.at(time.span.end)
    told = any(
        h.label == "speech" and (0 <= at - h.last <= 2 or 0 <= h.first - end <= 1) and _is_apart(sentence, h, anchor)
        for h in sentence.hits["status"]
    )
    loose = (time.first is None and time.after_event is None) or (
        time.first is not None and time.last is not None and (time.last - time.first).days > 7
    )
    return gap + 6 * clauses + 12 * told + 8 * loose


def _is_apart(sentence: Sentence, said: Hit, anchor: Hit) -> bool:
    """Say whether a word of speech is of another clause than the event word, or before it."""
    return sentence.clauses[said.first] != sentence.clauses[anchor.first] or said.last <= anchor.first
