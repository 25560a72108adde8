"""Numbers of people in a sentence: read from digits and words, bounded, and told from ages, dates, things and names."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from geomap.events.lexicon import phrases, plural, values
from geomap.events.reading import word_set

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geomap.events.reading import Sentence
    from geomap.model import Span

_DIGITS = re.compile(r"\d{1,3}(?:,\d{3})+|\d+")
NP_REACH = 7
"""How many words a number may stand from the noun it counts."""


class Number(NamedTuple):
    """A number of people: words `first` to before `last`, its bounds, and the noun it counts where one is plain."""

    first: int
    last: int
    low: int
    high: int | None
    best: int | None
    noun: str | None = None
    subset: bool = False


@cache
def persons(code: str) -> frozenset[str]:
    """Return every word for a person or people, in singular and plural."""
    named = phrases(code, "actors")
    listed = word_set(code, "people")
    return listed | frozenset(plural(w) for w in listed) | named.heads()


@cache
def openers(code: str) -> frozenset[str]:
    """Return the words a number may begin with."""
    return frozenset((*values(code, "numbers"), *values(code, "vague"), "a", "an", "tens", "hundreds"))


def numbers(sentence: Sentence, code: str, taken: Sequence[Span] = ()) -> list[Number]:
    """Return the numbers in a sentence that may count people. `taken` are the spans of its dates."""
    found, i, size = [], 0, len(sentence.words)
    lower, opens = sentence.lower, openers(code)
    while i < size:
        if lower[i] not in opens and not lower[i][0].isdigit():
            i += 1
            continue
        number = _number_at(sentence, i, code) if not any(_in(sentence, i, s) for s in taken) else None
        if number is None:
            i += 1
            continue
        checked = _counted(sentence, number, code)
        if checked is not None:
            found.append(checked)
        i = max(number.last, i + 1)
    return found


def _in(sentence: Sentence, i: int, span: Span) -> bool:
    word = sentence.words[i]
    return span.start < word.end and word.start < span.end


def _number_at(sentence: Sentence, i: int, code: str) -> Number | None:
    """Read the number that begins at word `i`, with the words that bound it before it."""
    low, end = _value(sentence, i, code)
    if low is None:
        return None
    lower = sentence.lower
    high: int | None = low
    best: int | None = low
    if (
        end + 1 < len(lower)
        and lower[end] in ("to", "or", "and")
        and (lower[end] != "and" or lower[max(i - 1, 0)] == "between")
        and not (lower[end] == "to" and lower[max(i - 1, 0)] == "from")  # "climbed from 31 to 38"
    ):
        other, after = _value(sentence, end + 1, code)
        if other is not None and other > low:
            high, best, end = other, low, after
    elif _hyphened(sentence, end):  # 20-30, the hyphen left out
        other, after = _value(sentence, end, code)
        if other is not None and other > low:
            high, best, end = other, low, after
    first, bound = _bound(sentence, i, code)
    if first == i and i and lower[i - 1] == "between" and high != low:
        first = i - 1
    if bound in ("least", "more") and high == low:
        high = None
    elif bound == "most" and high == low:
        low = 0 if low > 1 else low
    if lower[i] in ("dozens", "tens", "scores", "hundreds", "thousands") and high == best:
        high = None
    return Number(first, end, low, high, best)


def _hyphened(sentence: Sentence, i: int) -> bool:
    """Say whether digits stand right before word `i`, which is digits too."""
    if not 0 < i < len(sentence.words) or not sentence.lower[i][0].isdigit() or not sentence.lower[i - 1][-1].isdigit():
        return False
    return sentence.words[i].start == sentence.words[i - 1].end + 1


def _value(sentence: Sentence, i: int, code: str) -> tuple[int | None, int]:
    """Return the value of the number words from `i` on, and where they end."""
    lower = sentence.lower
    known, vague = values(code, "numbers"), values(code, "vague")
    if i >= len(lower):
        return None, i
    if lower[i] in ("a", "an") and i + 1 < len(lower) and f"{lower[i]} {lower[i + 1]}" in vague:
        return vague[f"{lower[i]} {lower[i + 1]}"], i + 2
    if lower[i] in ("tens", "hundreds") and lower[i + 1 : i + 3] == ("of", "thousands"):
        return 1000 * vague[lower[i]], i + 3
    if lower[i] in vague:
        if _is_no_amount(sentence, i, known):
            return None, i
        return vague[lower[i]], i + 1
    total, part, j = 0, 0, i
    while j < len(lower):
        word = lower[j]
        digits = _DIGITS.fullmatch(word)
        if digits and j == i:
            part = int(word.replace(",", ""))
        elif digits and not digits.group().isdigit():
            break
        elif word in known and not (word in ("hundred", "thousand", "million", "lakh", "dozen") and j == i):
            value = known[word]
            if value in (12, 100, 1000, 100_000, 1_000_000) and word != "twelve":
                part = max(part, 1) * value
                if value > 100:
                    total, part = total + part, 0
            elif part and not (part % 100 == 0 or (part % 10 == 0 and part % 100 >= 20 and value < 10)):
                break
            else:
                part += value
        elif word in ("a", "an") and j == i and j + 1 < len(lower) and lower[j + 1] in ("dozen", "hundred", "thousand"):
            part = 1
        elif not (
            word == "and"
            and part
            and part % 100 == 0
            and j + 1 < len(lower)
            and lower[j + 1] in known
            and known[lower[j + 1]] < 100
        ):
            break
        j += 1
    if j == i or (j == i + 1 and lower[i] in ("a", "an")):
        return None, i
    return total + part, j


def _is_no_amount(sentence: Sentence, i: int, known: Mapping[str, int]) -> bool:
    """Say whether a vague word tells no number: "some 25", "how many"."""
    lower = sentence.lower
    behind = lower[i + 1] if i + 1 < len(lower) else ""
    if lower[i] == "some" and (behind[:1].isdigit() or behind in known or behind in ("of", "dozens", "hundreds")):
        return True
    return lower[i] == "many" and i > 0 and lower[i - 1] in ("how", "as", "so", "too")


def _bound(sentence: Sentence, i: int, code: str) -> tuple[int, str | None]:
    """Return where a number's phrase begins with the words that bound it, and which way they do."""
    table = phrases(code, "modifiers")
    back = max(0, i - 4)
    for hit in table.find(sentence.lower[back:i]):
        if back + hit.last == i and hit.label != "about":
            return back + hit.first, hit.label
    return i, None


def _counted(sentence: Sentence, number: Number, code: str) -> Number | None:
    """Return the number with what it counts, or None where that is no people."""
    lower, size = sentence.lower, len(sentence.lower)
    before = lower[number.first - 1] if number.first else ""
    months = values(code, "months")
    behind = lower[number.last] if number.last < size else ""
    if _is_label(sentence, number) or before in months or (behind in months and behind not in ("may", "march")):
        return None
    if before in (
        "$",
        "€",
        "£",
        "no",
        "number",
        "aged",
        "age",
        "article",
        "chapter",
        "resolution",
        "highway",
        "route",
        "#",
    ):
        return None
    if lower[number.last - 1][-1:] not in "0123456789" or number.last >= size:
        pass
    elif sentence.words[number.last].lower in ("%", "st", "nd", "rd", "th"):
        return None
    if _is_age(sentence, number, code):
        return None
    things, people, ends = word_set(code, "things"), persons(code), stops(code)
    if (
        number.best is not None
        and 1900 <= number.best <= 2100
        and lower[number.last - 1].isdigit()
        and not (number.last < size and lower[number.last] in people)
    ):
        return None
    subset = _is_subset(sentence, number, code)
    for j in range(number.last, min(number.last + NP_REACH, size)):
        word = lower[j]
        if word in people:
            return number._replace(noun=word, subset=subset)
        if word in things and not (j + 1 < size and lower[j + 1] in people):  # "two village volunteers" are people
            if j > number.last and lower[j - 1] == "of":
                continue
            return None
        if word in ("his", "her", "their", "its") and j == number.last + 1 and lower[j - 1] == "of":
            return number._replace(noun="people", subset=subset)  # "two of his lieutenants"
        if word in ("old", "years") or (word == "year" and j == number.last):
            return None
        if word in ends:
            break
        if j == number.last and sentence.words[j].text[:1].isupper() and sentence.words[j].text.isalpha():
            return number._replace(noun=word, subset=subset)
    return number._replace(subset=subset)


_NUMBERED = frozenset(
    (
        "brigade battalion division regiment unit corps squadron highway route road kilometre kilometer km resolution "
        "article section bus flight room page channel cadena camp ward zone area block sector station apartment "
        "front mm caliber bureau gate pier platform chapter decree law line"
    ).split()
)
"""What is told apart by numbers: "Brigade 93", "Highway 15"."""
_ABBREVIATION = 3
"""Letters that a hyphened name may have before its number: "M-19", "CA-9"."""


def _is_label(sentence: Sentence, number: Number) -> bool:
    """Say whether a number is part of a name: "MS-13", "Covid-19", "Barrio 18", "M - 19", "Brigade 93"."""
    i = number.first
    if sentence.words[i].text == "Zero" and i and sentence.words[i - 1].text[:1].isupper():  # "Point Zero"
        return True
    if not sentence.lower[i][0].isdigit() or i == 0 or number.last - i > 1:
        return False
    before = sentence.words[i - 1]
    if before.lower in _NUMBERED:
        return True
    if before.text == "-" and i > 1:
        before = sentence.words[i - 2]
    if before.text.isalpha() and before.text.isupper() and len(before.text) <= _ABBREVIATION and before.lower != "in":
        return before.end + 3 >= sentence.words[i].start and not (len(before.text) == 1 and before.text in "AI")
    joined = before.end + 1 == sentence.words[i].start and before.text.isalpha() and before.lower not in ("and", "or")
    follows = sentence.lower[number.last] if number.last < len(sentence.lower) else ""
    return (
        joined
        and before.text[:1].isupper()
        and i > 1
        and follows in ("", ",", ".", "and", "shot", "member", "members", "gang", "were", "was")
    )


_OLDEST = 110


def _is_age(sentence: Sentence, number: Number, code: str) -> bool:
    """Say whether a number is an age: "Garcia, 56, was killed", "aged 4, 7 and 9"."""
    lower, first, last = sentence.lower, number.first, number.last
    if number.best is None or number.best > _OLDEST or not lower[first][0].isdigit():
        return False
    start = first
    while start and (lower[start - 1].isdigit() or lower[start - 1] in (",", "and", "from", "between", "to")):
        start -= 1
    if start and lower[start - 1] in ("aged", "ages", "age"):
        return True
    framed = first > 0 and last < len(lower) and (lower[first - 1], lower[last]) in _FRAMES
    return framed and (sentence.words[max(first - 2, 0)].text[:1].isupper() or lower[first - 2] in persons(code))


_FRAMES = frozenset(((",", ","), (",", "."), ("(", ")"), (",", "and")))
"""What stands around the age of one who was just named."""


_TOLD = (("killed",), ("dead",), ("wounded",), ("injured",), ("hurt",))


def _is_subset(sentence: Sentence, number: Number, code: str) -> bool:
    lower = sentence.lower
    words = word_set(code, "subset")
    back = lower[max(0, number.first - 3) : number.first]
    if any(w in ("including", "incl", "among", "mostly") for w in back):
        return not (back[-1] == "among" and lower[number.last : number.last + 1] in _TOLD)  # "two among six killed"
    ahead = " ".join(lower[number.last : number.last + 3])
    return any(ahead.startswith(w) for w in words if " " in w)


_PLURALS = frozenset(
    "people men women children troops police policemen servicemen gunmen personnel staff elderly".split()
)
_COLLECTIVE = frozenset(
    (
        "police military army crowd family group gang mob navy militia air force population regime "
        "battalion brigade crew forces"
    ).split()
)


def is_plural(noun: str) -> bool:
    """Say whether a noun for people is of more than one."""
    return (
        noun in _PLURALS
        or noun in _COLLECTIVE
        or (noun.endswith("s") and not noun.endswith("ss"))
        or noun.endswith(("men", "people", "children"))
    )


@cache
def stops(code: str) -> frozenset[str]:
    """Return the words that end a noun phrase."""
    return frozenset(
        (
            ", . ; : ( ) and or but in at near on by from with when while after before during as who which "
            "that to into were was had have has is are"
        ).split()
    ) | word_set(code, "clauses")
