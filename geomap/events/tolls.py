"""How many: the numbers of killed, wounded, abducted, arrested and displaced that a sentence gives.

A number counts only where a casualty word takes it: before a passive ("22 people were killed"), after an active
("killing 15 people"), or beside a noun ("a death toll of 9"). `taken` says which, `scope` whether a number is of this
event alone, `figures` makes one figure of all that an event's sentences say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.events.harm import Count
from geomap.events.numbers import Number, persons
from geomap.events.people import ARTICLES, Reader
from geomap.events.scope import is_cumulative, is_earlier, is_elsewhere, is_on_top
from geomap.events.subjects import NONE
from geomap.events.taken import numbers_of
from geomap.model import HARMS, Harm, Span, Toll

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from geomap.events.lexicon import Hit
    from geomap.events.reading import Sentence

_INFINITIVES = frozenset(
    "kill murder assassinate wound injure kidnap abduct arrest massacre execute behead slaughter detain hurt".split()
)
_THOSE = frozenset("dead wounded injured hurt displaced abducted arrested detained killed evacuated".split())
_DID = frozenset("managed able went proceeded continued used led began".split())
"""What makes a fact of "to kill" after it."""


def counts(
    sentence: Sentence,
    code: str,
    taken: Sequence[Span] = (),
    causes: frozenset[int] = frozenset(),
    places: Collection[int] = (),
) -> list[Count]:
    """Return the tolls a sentence gives, in the order of their casualty words, those at the words `causes` left out.

    `taken` are the spans of its dates, `places` the words of its places.
    """
    hits = _outermost([h for h in sentence.hits["tolls"] if h.label in HARMS and h.first not in causes])
    if not hits:
        return _unhurt(sentence, ())
    reader = Reader(sentence, code, tuple(taken), frozenset(places))
    hits = [h for h in hits if not _is_unreal(reader, h) and not _is_adjective(reader, h)]
    found: list[Count] = []
    for n, hit in enumerate(hits):
        for number, update in numbers_of(reader, hits, n, found):
            if any(
                c.number.first == number.first and (c.harm == hit.label or c.word != hits[n - 1].first) for c in found
            ):
                continue
            if is_elsewhere(sentence, hit):
                continue
            harm: Harm = hit.label  # type: ignore[assignment]  # filtered to HARMS above
            earlier = update and is_earlier(sentence, hit)
            whole = not earlier and is_cumulative(sentence, hit, number, update=update)
            more = is_on_top(sentence, hit, number)
            found.append(Count(harm, number, hit.first, whole, update, earlier, _either(sentence, hits, n), more))
    return [*found, *_unhurt(sentence, found)]


def _outermost(hits: Sequence[Hit]) -> list[Hit]:
    """Leave out hits that overlap a longer one."""
    ordered = sorted(hits, key=lambda h: (h.first, -(h.last - h.first)))
    kept: list[Hit] = []
    for hit in ordered:
        if not kept or hit.first >= kept[-1].last:
            kept.append(hit)
    return kept


def _is_unreal(reader: Reader, hit: Hit) -> bool:
    """Say whether a casualty word tells what did not happen: "threatened to kill", "was not hurt"."""
    lower = reader.sentence.lower
    before = lower[max(0, hit.first - 3) : hit.first]
    if lower[hit.first] == "wounds" and not (hit.first and hit.last in reader.at):
        return True
    if hit.last - hit.first == 1 and before[-1:] == ("the",) and lower[hit.last - 1] in _THOSE:
        return lower[hit.last : hit.last + 1] not in (("at",), ("to",))
    if before[-1:] == ("to",) and lower[hit.first] in _INFINITIVES:
        return not any(w in _DID for w in before)
    if hit.first - 1 in reader.at and before[-2:-1] in (("nearly",), ("almost",)):
        return False  # "with almost 800 wounded"
    refused = any(w in ("not", "n't", "never", "nearly", "almost") for w in before[-2:])
    return refused and lower[hit.last - 1] != "of"


def _is_adjective(reader: Reader, hit: Hit) -> bool:
    """Say whether a casualty word stands before its noun: "the murdered men's houses", "six displaced people"."""
    lower = reader.sentence.lower
    if hit.last - hit.first > 1 or hit.last >= len(lower) or not lower[hit.first].endswith("ed") or not hit.first:
        return False
    if lower[hit.last] not in persons(reader.code) and hit.last not in reader.named:
        return False
    before = lower[hit.first - 1]
    return before in ARTICLES | {"of", "for", "with", "these", "those"} or hit.first - 1 in reader.at or (
        before == "and" and hit.first > 1 and lower[hit.first - 2] == ","
        and not (lower[max(0, hit.first - 3)].endswith("ed"))
    )  # fmt: skip


def _either(sentence: Sentence, hits: Sequence[Hit], n: int) -> bool:
    """Say whether a hit is one half of "killed or wounded"."""
    for other in (n - 1, n + 1):
        if 0 <= other < len(hits) and {hits[other].label, hits[n].label} == {"killed", "wounded"}:
            a, b = sorted((hits[n], hits[other]), key=lambda h: h.first)
            if sentence.lower[a.last : b.first] in (("or",), ("and", "or"), ("or", "were")):
                return True
    return False


_NOBODY = frozenset(("casualties", "casualty", "victims"))
"""What there were none of."""


def _unhurt(sentence: Sentence, found: Sequence[Count]) -> list[Count]:
    """Return a toll of nobody for "there were no casualties"."""
    lower = sentence.lower
    if _NOBODY.isdisjoint(lower):
        return []
    for i, word in enumerate(lower):
        back = lower[max(0, i - 3) : i]
        if word in _NOBODY and any(w in NONE for w in back):
            if any(w in ("word", "details", "figures", "reports", "report", "information") for w in back):
                return []
            none = Number(i - 1, i + 1, 0, 0, 0)
            return [Count(h, none, i) for h in HARMS[:2] if not any(c.harm == h for c in found)]
    return []


_LONGEST = 9
"""Words that a toll quotes at most."""


def toll(sentence: Sentence, number: Number, text: str) -> Toll:
    """Return a number as the model has it."""
    span = sentence.span_of(number.first, min(number.last, number.first + _LONGEST))
    return Toll(span, span.of(text), number.low, number.high, number.best)
