"""Victims spoken of again without their number: "the priests were killed", after "the murder of six priests"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geomap.events import tolls
from geomap.events.numbers import persons
from geomap.model import HARMS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.events.harm import Count
    from geomap.events.numbers import Number
    from geomap.events.reading import Sentence
    from geomap.events.telling import Telling

_DEFINITE = frozenset(("the", "these", "those"))
_REACH = 4
"""Words from a number within which the noun it counts is looked for."""


def recalled(told: Telling, sentences: Sequence[Sentence], code: str) -> Telling:
    """Return a telling whose definite victims without a number have the one that another sentence kills."""
    vague = [c for c in told.counts if _is_vague(told.sentence, c)]
    if not vague:
        return told
    known = [(s, c) for s in sentences if s.number != told.sentence.number for c in _counted(s, code)]
    counts = tuple(_with_number(told.sentence, c, known, code) if c in vague else c for c in told.counts)
    return replace(told, counts=counts)


def _is_vague(sentence: Sentence, count: Count) -> bool:
    """Say whether a count is of "the priests", without a number."""
    number = count.number
    return number.best is None and number.high is None and sentence.lower[number.first] in _DEFINITE


def _counted(sentence: Sentence, code: str) -> list[Count]:
    """Return the plain counts of a sentence, those of wars and years left out."""
    if not any(h.label in HARMS for h in sentence.hits["tolls"]):
        return []
    counts = tolls.counts(sentence, code)
    return [c for c in counts if (c.number.best or 0) > 1 and not c.cumulative and not c.number.subset]


def _with_number(sentence: Sentence, count: Count, known: Sequence[tuple[Sentence, Count]], code: str) -> Count:
    nouns = _nouns(sentence, count.number, code)
    for other, found in known:
        if found.harm == count.harm and nouns & _nouns(other, found.number, code):
            number = found.number
            return replace(count, number=count.number._replace(low=number.low, high=number.high, best=number.best))
    return count


def _nouns(sentence: Sentence, number: Number, code: str) -> frozenset[str]:
    """Return the words for persons in and behind a number, in the singular."""
    last = min(max(number.last, number.first + 1) + _REACH, len(sentence.lower))
    found = []
    for at in range(number.first, last):
        word = sentence.lower[at]
        if at >= number.last and word in (",", ".", "and", "in", "at", "by", "who", "were", "was"):
            break
        if word in persons(code):
            found.append(word.removesuffix("s"))
    return frozenset(found)
