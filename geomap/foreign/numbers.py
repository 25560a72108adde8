"""How many, in another language: the number that stands nearest a word of harm, with the words that bound it."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from geomap.events.lexicon import Phrases
from geomap.language import language
from geomap.model import Span, Toll

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geomap.events.lexicon import Hit, Word
    from geomap.model import When

REACH = 12
"""How many words lie between a number and its word of harm at most."""

_DIGITS = re.compile(r"\d{1,3}(?:[., \u00a0]\d{3})+|\d+")
_HARMS = ("killed", "wounded", "arrested", "abducted", "displaced")
_TEENS = 20
_YEARS = range(1900, 2101)


class Number(NamedTuple):
    """A number among the words: where it stands, its bounds, and the figure to count with."""

    first: int
    last: int
    low: int
    high: int | None
    best: int


def tolls_of(text: str, words: Sequence[Word], hits: Sequence[Hit], code: str, when: When | None) -> dict[str, Toll]:
    """Return the tolls of a sentence by harm. A number is one harm's only: the nearest."""
    taken = when.span if when else None
    lower = [word.lower for word in words]
    people = _people(code).find(lower)
    free = [n for n in numbers(words, code) if taken is None or not taken.meets(_chars(words, n))]
    free = [n for n in free if not _is_article(n, words, people)]
    parts = _subset(code).find(lower)
    pairs = sorted(
        (
            (_distance(number, hit) + 10 * any(_is_part(number, part) for part in parts), hit, number)
            for number in free
            for hit in hits
            if hit.label in _HARMS
        ),
        key=lambda pair: pair[0],
    )
    pairs = [pair for pair in pairs if pair[0] <= REACH]
    found: dict[str, Toll] = {}
    used: set[Number] = set()
    for _, hit, number in [*_mutual(pairs), *pairs]:
        if hit.label not in found and number not in used:
            used.add(number)
            span = _chars(words, number)
            found[hit.label] = Toll(span, span.of(text), number.low, number.high, number.best)
    return found


def _mutual(pairs: Sequence[tuple[float, Hit, Number]]) -> list[tuple[float, Hit, Number]]:
    """Return, in the sentence's order, the pairs that are each other's nearest: what is told first comes first."""
    of_hit: dict[Hit, Number] = {}
    of_number: dict[Number, Hit] = {}
    for _, hit, number in pairs:
        of_hit.setdefault(hit, number)
        of_number.setdefault(number, hit)
    mutual = [pair for pair in pairs if of_hit[pair[1]] == pair[2] and of_number[pair[2]] == pair[1]]
    return sorted(mutual, key=lambda pair: pair[2].first)


def _is_article(number: Number, words: Sequence[Word], people: Sequence[Hit]) -> bool:
    """Say whether a "one" counts nobody: no person is named beside it, as in "a rural zone"."""
    if number.best != 1 or words[number.first].text[0].isdecimal():
        return False
    return not any(0 <= hit.first - number.last <= 1 or hit.last == number.first for hit in people)


def _is_part(number: Number, part: Hit) -> bool:
    """Say whether a number counts some of those counted already: "among them two", "two of them"."""
    return 0 <= number.first - part.last <= 1 or 0 <= part.first - number.last <= 1


def numbers(words: Sequence[Word], code: str) -> list[Number]:
    """Return the numbers among words, in digits or in the language's words; years are none."""
    found = []
    i = 0
    while i < len(words):
        value, end, vague = _value(words, i, code)
        if value is None:
            i += 1
            continue
        first, bound = _bound(words, i, end, code)
        open_ended = vague or bound == "least"
        found.append(Number(first, end, 0 if bound == "most" else value, None if open_ended else value, value))
        i = end
    return found


def _value(words: Sequence[Word], i: int, code: str) -> tuple[int | None, int, bool]:
    own = language(code)
    known: Mapping[str, int] = own.get("numbers", {})
    vague: Mapping[str, int] = own.get("vague", {})
    word = words[i].lower
    if word in vague:
        return vague[word], i + 1, True
    if i + 1 < len(words) and (pair := f"{word} {words[i + 1].lower}") in known:
        return known[pair], i + 2, False
    if _DIGITS.fullmatch(word):
        value = int(re.sub(r"\D", "", word))
        more = known.get(words[i + 1].lower, 0) if i + 1 < len(words) else 0
        if more >= 1000:  # noqa: PLR2004 - "80 тысяч"
            return value * more, i + 2, False
        return (None if value in _YEARS and len(word) == 4 else value), i + 1, False  # noqa: PLR2004 - digits of a year
    if word not in known:
        return None, i, False
    total, end = 0, i
    while end < len(words) and words[end].lower in known:
        part = known[words[end].lower]
        total = max(total, 1) * part if part in (100, 1000) and total else total + part
        end += 1
        if (
            end + 1 < len(words)
            and words[end].lower in own.get("and", ())
            and words[end + 1].lower in known
            and total >= _TEENS
        ):
            end += 1
    return total, end, False


def _bound(words: Sequence[Word], first: int, last: int, code: str) -> tuple[int, str | None]:
    """Return where a number begins with the words that bound it, before or after it, and which way they do."""
    lower = [word.lower for word in words]
    back = max(0, first - 5)
    for hit in _bounds(code).find(lower[back:first]):
        if back + hit.last == first:
            return back + hit.first, hit.label
    after = _bounds(code).find(lower[last : last + 4])
    return first, next((hit.label for hit in after if hit.first <= 1 and hit.last - hit.first > 1), None)


@cache
def _bounds(code: str) -> Phrases:
    return Phrases(language(code).get("bounds", {}))


@cache
def _people(code: str) -> Phrases:
    """Return the words for people who act or suffer."""
    return Phrases(language(code).get("actors", {}))


@cache
def _subset(code: str) -> Phrases:
    """Return the words after which a number is part of one told already: "among them"."""
    return Phrases({"subset": language(code).get("subset", ())})


def _distance(number: Number, hit: Hit) -> float:
    """Return how far a number stands from a word of harm; one after it is as good as one before it."""
    if number.last <= hit.first:
        return hit.first - number.last
    return number.first - hit.last + 0.5 if number.first >= hit.last else 0.0


def _chars(words: Sequence[Word], number: Number) -> Span:
    return Span(words[number.first].start, words[number.last - 1].end)
