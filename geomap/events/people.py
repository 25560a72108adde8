"""The people that one phrase tells: "at least nine soldiers", "a family of five", "the mayor", "Juan Perez", "both"."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from geomap.events.lexicon import values
from geomap.events.numbers import NP_REACH, Number, is_plural, numbers, persons, stops
from geomap.events.reading import Sentence, word_set
from geomap.model import Span

if TYPE_CHECKING:
    from collections.abc import Mapping

ARTICLES = frozenset(("a", "an", "the", "his", "her", "their", "its", "another", "my", "our"))
_OPENERS = ARTICLES | frozenset(
    (
        "about around some approximately further roughly reportedly estimated nearly almost over also "
        "other additional all these those possibly only just even both"
    ).split()
)
PRONOUNS = frozenset("he she him himself herself myself me".split())
_PAIRS = {"both": 2, "couple": 2, "pair": 2, "duo": 2, "twins": 2, "trio": 3}
_GROUPS = frozenset("family group crew party team gang band patrol contingent unit household clan number total".split())
_ORDINALS = frozenset("second third fourth fifth sixth seventh eighth ninth tenth".split())
BE = frozenset("was were is are be been being has have had 's".split())
"""What a predicate begins with, behind whom it is said of."""
_NOT_NAMES = frozenset(
    (
        "the a an he she it they this that these those there his its her their and but one no in on at we you i "
        "according meanwhile however many several most some all both another other when while after if as"
    ).split()
)
GOVERNS = frozenset(
    (
        "of in at on by from with against for to near among including behind outside inside into towards "
        "toward about over under like than mostly"
    ).split()
)
_BESIDE = frozenset(
    (
        "station stations post posts patrol patrols base bases car cars vehicle vehicles headquarters checkpoint "
        "checkpoints convoy convoys academy camp camps office offices house houses home homes building barracks squad "
        "party movement organization front government position positions truck trucks bus church mosque school "
        "hospital village town area command operation operations officials spokesman spokesperson sources source "
        "hideout hideouts stronghold strongholds leadership lines rights group groups dog dogs rule court outpost"
    ).split()
)
"""What makes an adjective of a person before it: "police station", "civilian car"."""
LONGEST = 8
"""Words that one person is told with at most."""


@dataclass(frozen=True)
class Reader:
    """A sentence with the numbers of people in it, and the words that are of places."""

    sentence: Sentence
    code: str
    taken: tuple[Span, ...] = ()
    places: frozenset[int] = frozenset()

    @cached_property
    def numbers(self) -> tuple[Number, ...]:
        """The numbers that may count people."""
        return tuple(numbers(self.sentence, self.code, self.taken))

    @cached_property
    def at(self) -> Mapping[int, Number]:
        """The number that each word is part of."""
        return {i: n for n in self.numbers for i in range(n.first, n.last)}

    @cached_property
    def verbs(self) -> frozenset[int]:
        """The words that tell what somebody did or bore."""
        hits = self.sentence.hits
        speech = (h for h in hits["status"] if h.label == "speech")
        told = (*hits["tolls"], *hits["triggers"], *speech)
        return frozenset(h.first for h in told if self.sentence.lower[h.first] not in persons(self.code))

    @cached_property
    def named(self) -> frozenset[int]:
        """The words that are part of a proper name and of no place, party, day or month."""
        sentence = self.sentence
        if not any(w.text[1:].islower() for w in sentence.words):  # all capitals tell no names
            return frozenset()
        other = {i for h in sentence.hits["groups"] for i in range(h.first, h.last)} | self.places
        known = values(self.code, "months").keys() | values(self.code, "days").keys() | _NOT_NAMES
        return frozenset(
            i
            for i, w in enumerate(sentence.words)
            if w.text[:1].isupper() and w.text.isalpha() and w.lower not in known and i not in other
        )


def group_at(reader: Reader, i: int, *, alone: bool = False) -> tuple[Number, int] | None:
    """Read the people told by the phrase that begins at word `i`, and where it ends.

    A single capitalised word is a person only where `alone` allows it.
    """
    lower, size = reader.sentence.lower, len(reader.sentence.lower)
    if lower[i + 1 : i + 3] == ("year", "old") and lower[i].isdigit():  # "the killing of 38-year-old Ana Ruiz"
        i += 3
        alone = True
    if i >= size:
        return None
    j = i
    while j < min(i + 5, size) and lower[j] in _OPENERS and j not in reader.at:
        j += 1
    if j in reader.at and reader.at[j].first <= j and (j == i or reader.at[j].first >= i):
        number = reader.at[j]
        return number, _noun_end(reader, number)
    if lower[i] in PRONOUNS or (lower[i] == "her" and (i + 1 >= size or lower[i + 1] in stops(reader.code))):
        return Number(i, i + 1, 1, 1, 1, "person"), i + 1
    few = _few_at(reader, i)
    if few is not None:
        return few, few.last
    several = _several_at(reader, i)
    if several is not None:
        return several, several.last
    return _person_at(reader, i, alone=alone)


def _few_at(reader: Reader, i: int) -> Number | None:
    """Read "both", "the couple", "a third", "a third victim"."""
    lower, size = reader.sentence.lower, len(reader.sentence.lower)
    if lower[i] == "both":
        alone = i + 1 < size and (lower[i + 1] in persons(reader.code) or lower[i + 1] in BE | {"died", "of"})
        return Number(i, i + 1, 2, 2, 2, "people") if alone or i + 1 >= size or lower[i + 1] == "." else None
    if lower[i] in ARTICLES and i + 1 < size and lower[i + 1] in _PAIRS and lower[i + 2 : i + 3] != ("of",):
        count = _PAIRS[lower[i + 1]]
        return Number(i, i + 2, count, count, count, "people")
    if lower[i] in ("a", "the") and i + 1 < size and lower[i + 1] in _ORDINALS:
        after = lower[i + 2] if i + 2 < size else "."
        if after in persons(reader.code) and not is_plural(after):
            return Number(i, i + 3, 1, 1, 1, after)
        return Number(i, i + 2, 1, 1, 1, "person") if after in stops(reader.code) or after in ("died", "dies") else None
    text = reader.sentence.words[i + 1].text if i + 1 < size else ""
    if lower[i] in ("a", "an", "another") and text[:1].isupper() and text.isalpha():  # "an American was killed"
        after = lower[i + 2] if i + 2 < size else "."
        return Number(i, i + 2, 1, 1, 1, "person") if after in stops(reader.code) or after in BE else None
    return None


def _several_at(reader: Reader, i: int) -> Number | None:
    """Read a number told after its group: "a family of five", "a group of 12 hikers"."""
    lower, size = reader.sentence.lower, len(reader.sentence.lower)
    for j in range(i, min(i + 4, size - 2)):
        if lower[j] in _GROUPS and lower[j + 1] == "of":
            number = reader.at.get(j + 2)
            if number is not None and number.first == j + 2 and (number.noun or number.best):
                return number._replace(first=i, last=_noun_end(reader, number))
        if lower[j] in stops(reader.code):
            break
    return None


def _person_at(reader: Reader, i: int, *, alone: bool) -> tuple[Number, int] | None:
    """Read a phrase without a number: "a judge" is one, "villagers" are some, "Juan Perez" is one."""
    lower, size = reader.sentence.lower, len(reader.sentence.lower)
    people = persons(reader.code)
    if lower[i] in GOVERNS or i in reader.verbs:
        return None
    head, j = None, i
    while j < min(i + LONGEST, size) and not _ends_phrase(reader, i, j):
        if j in reader.at:
            return None
        if lower[j : j + 2] == ("in", "law"):
            j += 1
        elif lower[j] == "'s":
            head = None
        elif lower[j] in people or (head is None and j in reader.named):
            head = j
        elif head is not None and j not in reader.named:  # "a member of the military": the first noun counts
            break
        j += 1
    if head is not None and any(lower[k] in people for k in range(i, head + 1)):
        return _headed(reader, i, head)
    return _name_at(reader, i, alone=alone)


def _ends_phrase(reader: Reader, i: int, j: int) -> bool:
    """Say whether a noun phrase that began at word `i` has ended at word `j`."""
    word = reader.sentence.lower[j]
    if word in stops(reader.code) or word in GOVERNS:
        return reader.sentence.lower[j : j + 2] != ("in", "law")
    return j > i and (word in ARTICLES or j in reader.verbs)


def _headed(reader: Reader, i: int, head: int) -> tuple[Number, int] | None:
    """Read a phrase whose last word is its noun, or a name that follows a noun."""
    lower, size = reader.sentence.lower, len(reader.sentence.lower)
    people = persons(reader.code)
    noun = next(k for k in range(head, i - 1, -1) if lower[k] in people)
    last = head + 1
    if lower[last : last + 2] == ("in", "law"):
        last += 2
    while last < size and last in reader.named:
        last += 1
    follows = lower[last] if last < size else "."
    if follows == "'s" or (last == noun + 1 and (follows in _BESIDE or follows in word_set(reader.code, "things"))):
        return None
    named = last > noun + 1
    if is_plural(lower[noun]) and not named:
        return Number(i, last, 2, None, None, lower[noun]), _of_end(reader, last)
    return Number(i, last, 1, 1, 1, lower[noun]), _of_end(reader, last)


_GOING_ON = frozenset("along together also both later all each".split())


def _name_at(reader: Reader, i: int, *, alone: bool) -> tuple[Number, int] | None:
    """Read a name of at least two words; a single one where that is allowed."""
    last = i
    while last in reader.named and last - i < LONGEST:
        last += 1
    lower = reader.sentence.lower
    follows = lower[last] if last < len(lower) else "."
    free = follows in stops(reader.code) or follows in BE or last in reader.verbs or follows in _GOING_ON
    if last == i or follows == "'s" or (last - i == 1 and not (alone and free)):
        return None
    return Number(i, last, 1, 1, 1, "person"), _of_end(reader, last)


def _of_end(reader: Reader, last: int) -> int:
    """Return where a phrase ends with the "of the village" that follows it."""
    lower, size = reader.sentence.lower, len(reader.sentence.lower)
    if last < size and lower[last] == "of" and last not in reader.at and last + 1 not in reader.at:
        end = last + 1
        while end < min(last + 7, size) and (lower[end] not in stops(reader.code) or end == last + 1):
            end += 1
        return end
    return last


def _noun_end(reader: Reader, number: Number) -> int:
    """Return where the noun phrase of a number ends."""
    lower, ends, people = reader.sentence.lower, stops(reader.code), persons(reader.code)
    if number.noun is None:
        return number.last
    if lower[number.last] == "of":
        return _of_end(reader, number.last)
    j, seen = number.last, number.last + 1
    while (
        j < min(number.last + NP_REACH, len(lower)) and lower[j] not in ends and lower[j] != "of" and j not in reader.at
    ):
        j += 1
        if lower[j - 1] in people:
            seen = j
    return _of_end(reader, seen)


def lower_at(reader: Reader, i: int) -> str:
    """Return a word in lower case; nothing behind the last."""
    return reader.sentence.lower[i] if i < len(reader.sentence.lower) else ""
