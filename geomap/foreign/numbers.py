"""How many, in another language: the number that stands nearest a word of harm, with the words that bound it."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from geomap.events.lexicon import Phrases
from geomap.language import language
from geomap.language import words as listed
from geomap.model import HARMS, Span, Toll

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geomap.events.lexicon import Hit, Word
    from geomap.model import When

REACH = 12
"""How many words lie between a number and its word of harm at most."""

_DIGITS = re.compile(r"\d{1,3}(?:[., \u00a0]\d{3})+|\d+")
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
    without = listed(code, "without")
    hits = [hit for hit in hits if not without & set(lower[max(0, hit.first - 2) : hit.first])]
    people = _people(code).find(lower)
    free = [n for n in numbers(words, code) if taken is None or not taken.meets(_chars(words, n))]
    free = [n for n in free if not set(lower[n.last : n.last + 1]) & listed(code, "measures")]
    free = [n for n in free if not _is_article(n, words, [*people, *hits])]
    parts = _subset(code).find(lower)
    ands = [i for i, word in enumerate(lower) if word in listed(code, "and") | listed(code, "joint")]
    pairs = sorted(
        (
            (
                _distance(number, hit)
                + _told_first(number, hit, lower, code)
                + 10 * any(_is_part(number, part) for part in parts)
                + _parted(number, hit, ands),
                hit,
                number,
            )
            for number in free
            for hit in hits
            if hit.label in HARMS
        ),
        key=lambda pair: pair[0],
    )
    pairs = [pair for pair in pairs if pair[0] <= REACH]
    found: dict[str, Number] = {}
    used: set[Number] = set()
    for _, hit, number in [*_mutual(pairs), *pairs]:
        if hit.label not in found and number not in used:
            used.add(number)
            found[hit.label] = number
    loose = [n for n in free if n not in used]
    whole = {harm: _joined(number, loose, words, code) for harm, number in found.items()}
    alone, forms = _single(code).find(lower), _one(code).find(lower)
    for hit in hits:
        if hit.label in HARMS and hit.label not in whole:
            one = next((h for h in alone if -SINGLE <= h.first - hit.last <= SINGLE), None)
            if one is not None and any(n.last <= one.first <= n.last + 1 for n in free):
                continue
            one = one or next((h for h in forms if h.first <= hit.first and hit.last <= h.last), None)
            if one is not None and listed(code, "collective") & set(lower[max(0, one.first - 2) : one.last + 2]):
                continue  # a whole crew
            if one is not None:
                whole[hit.label] = Number(one.first, one.last, 1, 1, 1)
    return {harm: _toll(text, words, number) for harm, number in whole.items()}


def _toll(text: str, words: Sequence[Word], number: Number) -> Toll:
    span = _chars(words, number)
    return Toll(span, span.of(text), number.low, number.high, number.best)


SINGLE = 3
"""How many words one who suffered stands from the word of harm at most: "загинув 62-річний чоловік"."""


BESIDE = 4
"""How many words stand at most between two numbers that are added: "fifteen policemen and four civilians"."""


def _joined(number: Number, others: Sequence[Number], words: Sequence[Word], code: str) -> Number:
    """Add the number that "and" joins to one, before or behind it, where both count people; `others` are nobody's."""
    people = _people(code).find([word.lower for word in words])
    for other in others:
        one, two = sorted((number, other))
        ands = listed(code, "and") | listed(code, "joint")
        joint = words[two.first - 1].lower in ands or words[two.first].text[:1] in listed(code, "joined")
        near = 0 < two.first - one.last <= BESIDE
        exact = other.high is not None  # "fifteen policemen and several civilians" are fifteen at least
        if near and exact and joint and _counts_people(one, people) and _counts_people(two, people):
            high = None if one.high is None or two.high is None else one.high + two.high
            return Number(one.first, two.last, one.low + two.low, high, one.best + two.best)
    return number


def _counts_people(number: Number, people: Sequence[Hit]) -> bool:
    return any(0 <= hit.first - number.last <= 1 for hit in people)


def _parted(number: Number, hit: Hit, ands: Sequence[int]) -> int:
    """Return what an "and" costs between a number and a word of harm: "sont morts et 2.000 personnes ont fui"."""
    first, last = min(number.last, hit.last), max(number.first, hit.first)
    return 2 * any(first <= i < last for i in ands)


def _told_first(number: Number, hit: Hit, lower: Sequence[str], code: str) -> int:
    """Return what a number before a verb costs where the verb stands first: "قتل جنديان وأصيب أربعة"."""
    nouns = tuple(listed(code, "counted_nouns"))
    return 2 * (bool(nouns) and number.last <= hit.first and not lower[hit.first].startswith(nouns))


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
    """Say whether a "one" counts nobody: no person or dead is named beside it, as in "a rural zone"."""
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
        if value is None or _is_model(words, i, code):
            i += 1
            continue
        first, bound = _bound(words, i, end, code)
        open_ended = vague or bound == "least"
        found.append(Number(first, end, 0 if bound == "most" else value, None if open_ended else value, value))
        i = end
    return found


def _is_model(words: Sequence[Word], i: int, code: str) -> bool:
    """Say whether a number is part of a weapon's or a road's name: "Ка-52", "la RN-1"."""
    if not i or not words[i].text[0].isdecimal() or words[i - 1].end + 1 != words[i].start:
        return False
    if words[i - 1].lower in listed(code, "units"):
        return True
    name = words[i - 1].text
    return len(name) <= MODEL and name[0].isupper() and name.lower() not in listed(code, "common")


MODEL = 3
"""How many letters a weapon's name has before its number."""


THOUSAND = 1000


def _value(words: Sequence[Word], i: int, code: str) -> tuple[int | None, int, bool]:
    """Return the number that begins with a word, where it ends, and whether it is vague ("dozens")."""
    own = language(code)
    known: Mapping[str, int] = own.get("numbers", {})
    vague: Mapping[str, int] = own.get("vague", {})
    word = words[i].lower
    behind = words[i + 1].lower if i + 1 < len(words) else ""
    if word in vague:
        more = known.get(behind, vague.get(behind, 0))
        return (vague[word] * more, i + 2, True) if more >= THOUSAND else (vague[word], i + 1, True)
    if f"{word} {behind}" in known:
        return known[f"{word} {behind}"], i + 2, False
    if _DIGITS.fullmatch(word):
        return _in_digits(words, i, known.get(behind, 0))
    if word not in known:
        return None, i, False
    total, end = 0, i
    while end < len(words) and words[end].lower in known:
        part = known[words[end].lower]
        total = max(total, 1) * part if part in (100, THOUSAND) and total else total + part
        end += 1
        if (
            end + 1 < len(words)
            and words[end].lower in own.get("and", ())
            and words[end + 1].lower in known
            and total >= _TEENS
        ):
            end += 1
    return total, end, False


def _in_digits(words: Sequence[Word], i: int, more: int) -> tuple[int | None, int, bool]:
    """Return a number in digits: thousands set apart ("80 000"), a word that multiplies ("80 тысяч"), never a year."""
    word = words[i].text
    end = _grouped(words, i)
    value = int(re.sub(r"\D", "", "".join(w.text for w in words[i:end])))
    if more >= THOUSAND:
        return value * more, end + 1, False
    year = end == i + 1 and value in _YEARS and len(word) == len("2000")
    return (None if year else value), end, False


def _grouped(words: Sequence[Word], i: int) -> int:
    """Return where a number ends whose thousands are set apart by spaces: "80 000"."""
    end = i + 1
    while len(words[i].text) <= GROUP and end < len(words) and _is_group(words[end - 1], words[end]):
        end += 1
    return end


GROUP = 3
"""How many digits stand together."""


def _is_group(before: Word, word: Word) -> bool:
    return word.start == before.end + 1 and len(word.text) == GROUP and word.text.isdecimal()


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


@cache
def _single(code: str) -> Phrases:
    """Return the words for one person, in a language that counts one without an article."""
    return Phrases({"one": language(code).get("single", ())})


@cache
def _one(code: str) -> Phrases:
    """Return the forms of words of harm that are said of one person: "est mort", "погибла"."""
    return Phrases({"one": language(code).get("one", ())})


def _distance(number: Number, hit: Hit) -> float:
    """Return how far a number stands from a word of harm; one after it is as good as one before it."""
    if number.last <= hit.first:
        return hit.first - number.last
    return number.first - hit.last + 0.5 if number.first >= hit.last else 0.0


def _chars(words: Sequence[Word], number: Number) -> Span:
    return Span(words[number.first].start, words[number.last - 1].end)
