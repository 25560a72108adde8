"""Victims spoken of again without their number: "the priests were killed", after "the murder of six priests"."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

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


def recalled(tellings: Sequence[Telling], sentences: Sequence[Sentence], code: str) -> list[Telling]:
    """Return the tellings, definite victims without a number with the one that another sentence kills."""
    if not any(_is_vague(t.sentence, c) for t in tellings for c in t.counts):
        return [*tellings]
    known = _known(sentences, code)
    return [
        replace(t, counts=tuple(_with_number(t.sentence, c, known, code) for c in t.counts)) if t.counts else t
        for t in tellings
    ]


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


_Known: TypeAlias = "dict[tuple[str, str], list[tuple[int, int, Number]]]"
"""The numbers counted of a harm and a noun: which of all, in which sentence, and the number."""


def _known(sentences: Sequence[Sentence], code: str) -> _Known:
    found: _Known = defaultdict(list)
    counted = ((s, c) for s in sentences for c in _counted(s, code))
    for order, (s, c) in enumerate(counted):
        for noun in _nouns(s, c.number, code):
            found[c.harm, noun].append((order, s.number, c.number))
    return found


def _with_number(sentence: Sentence, count: Count, known: _Known, code: str) -> Count:
    """Return a vague count with the first number that another sentence counts of the same; any other as it is."""
    if not _is_vague(sentence, count):
        return count
    listed = (known.get((count.harm, noun), ()) for noun in _nouns(sentence, count.number, code))
    other = (next((k for k in of if k[1] != sentence.number), None) for of in listed)
    first = min((k for k in other if k is not None), default=None)
    if first is None:
        return count
    number = first[2]
    return replace(count, number=count.number._replace(low=number.low, high=number.high, best=number.best))


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
