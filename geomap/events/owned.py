"""Which of the tolls of a sentence are of the event it tells, and not of what somebody is charged with or threatens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.events.kinds import family
from geomap.events.predicates import is_modal, looking_back

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geomap.events.harm import Count
    from geomap.events.lexicon import Hit
    from geomap.events.predicates import Judgement
    from geomap.events.reading import Sentence
    from geomap.events.telling import Page

FEW = 2
"""A toll this small beside a protest is rather what the protest is about."""


def own_counts(page: Page, anchor: Hit, key: str, counts: Sequence[Count]) -> tuple[Count, ...]:
    """Return the tolls of a sentence that are of the event it tells: no charge, no threat, no other day's dead."""
    sentence = page.sentence
    then = looking_back(sentence, page.times, page.published)
    crowd = family(key) == "demonstration" and key != "excessive_force"
    return tuple(
        c
        for c in counts
        if not (c.word in then and anchor.first not in then)
        and not _is_charge(sentence, c)
        and not _is_unreal(sentence, page.judged, c)
        and not _is_of_another_day(page, anchor, c)
        and not _is_bare(sentence, c)
        and not (key == "arrests" and _is_held_for(sentence, c))
        and not (crowd and _is_aside(sentence, c))
    )


_UNREAL = frozenset(("planned", "threatened", "denied"))
OBJECT = 2
"""How many words the number of those who are threatened may stand behind the threat."""


def _is_unreal(sentence: Sentence, judged: Mapping[Hit, Judgement], count: Count) -> bool:
    """Say whether the casualty word of a toll tells what has not happened: "it would kill hundreds"."""
    before = range(max(0, count.word - 3), count.word)
    modal = any(is_modal(sentence, i) for i in before) and not any(sentence.lower[i] == "have" for i in before)
    return modal or any(
        j.status in _UNREAL and (h.first == count.word or 0 < count.number.first - h.last + 1 <= OBJECT)
        for h, j in judged.items()
        if h.label == "casualty" or h.first == count.word
    )


_CHARGED = frozenset("suspected accused charged wanted connection convicted responsible".split())
_SOME = frozenset("the these those his her their several some various many both numerous".split())


def _is_bare(sentence: Sentence, count: Count) -> bool:
    """Say whether the object of a casualty word is a bare plural: "accused of killing peasants" counts nobody."""
    number = count.number
    open_ = number.best is None and number.high is None and number.low <= FEW
    return open_ and number.first > count.word and sentence.lower[number.first] not in _SOME


def _is_of_another_day(page: Page, anchor: Hit, count: Count) -> bool:
    """Say whether a toll stands in a clause of its own with a day long before: "whose founder was killed in 1986"."""
    sentence, word = page.sentence, count.word
    start = next(i for i, c in enumerate(sentence.clauses) if c == sentence.clauses[word])
    end = next((i for i in range(word, len(sentence.lower)) if sentence.lower[i] == ","), len(sentence.lower))
    if start <= anchor.first < end:
        return False
    days = [(sentence.at(t.span.start), t.first) for t in page.times if t.first is not None]
    own = [day for at, day in days if start <= at < end]
    other = [day for at, day in days if not start <= at < end] or [d for d in (page.published,) if d is not None]
    return bool(own) and bool(other) and (max(other) - max(own)).days > _LONG


_LONG = 60
"""Days between two deeds of one sentence from which on the one's dead are not the other's."""


def _is_held_for(sentence: Sentence, count: Count) -> bool:
    """Say whether a toll is that of a deed that somebody was arrested for: "held four men over the murder of"."""
    before = sentence.lower[max(0, count.word - 3) : count.word]
    return count.harm == "killed" and any(w in ("over", "for", "with", "behind", "of", "in") for w in before)


def _is_charge(sentence: Sentence, count: Count) -> bool:
    """Say whether a toll is what somebody is held for: "arrested two men suspected of killing a journalist"."""
    before = sentence.lower[max(0, count.word - 5) : count.word]
    return bool(_CHARGED & set(before)) and any(w in ("of", "for", "over", "with", "in") for w in before[-3:])


def _is_aside(sentence: Sentence, count: Count) -> bool:
    """Say whether a toll stands beside a protest only as what it is about: "justice for a man who was killed"."""
    if count.harm != "killed":
        return False
    clause = sentence.clauses[count.word]
    opens = next((w for w, c in zip(sentence.lower, sentence.clauses, strict=True) if c == clause), "")
    return opens in ("who", "whose", "that", "which", "following", "after") or count.number.low <= FEW
