"""Whom a casualty word takes: noun phrases of people, read from left to right and added up along a row.

group_at    one phrase: "at least nine soldiers", "a family of five", "the mayor", "Juan Perez, 34", "both", "him"
row_at      phrases joined by commas, "and" or "along with": "the mayor, his driver and two bodyguards"
rows        all the rows in a stretch of a sentence, each with the word that governs it
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from geomap.events.lexicon import values
from geomap.events.numbers import NP_REACH, Number, is_plural, numbers, persons, stops
from geomap.events.reading import Sentence, word_set
from geomap.model import Span

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


ARTICLES = frozenset(("a", "an", "the", "his", "her", "their", "its", "another", "my", "our"))
_OWN = frozenset(("his", "her", "their", "its", "my", "our", "another"))
_OPENERS = ARTICLES | frozenset(
    (
        "about around some approximately further roughly reportedly estimated nearly almost over also "
        "other additional all these those possibly only just even both"
    ).split()
)
_PRONOUNS = frozenset("he she him himself herself myself me".split())
_PAIRS = {"both": 2, "couple": 2, "pair": 2, "duo": 2, "twins": 2, "trio": 3}
_GROUPS = frozenset("family group crew party team gang band patrol contingent unit household clan number total".split())
_ORDINALS = frozenset("second third fourth fifth sixth seventh eighth ninth tenth".split())
_LINKS = (
    (",", "as", "well", "as"), (",", "along", "with"), (",", "together", "with"),
    ("along", "with"), ("together", "with"), ("as", "well", "as"), (",", "and", "of"), ("and", "of"), (",", "and"),
    ("and",), ("plus",), (",",),
)  # fmt: skip
_BE = frozenset("was were is are be been being has have had 's".split())
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
_PREDICATES = frozenset("fled said escaped responded returned managed went came told".split())
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
FAR = 40
"""Words that a row is looked for in at most."""
_OLDEST = 110
_APPOSITION = 16
"""Words that what is said of a victim between commas has at most."""


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


@dataclass(frozen=True, slots=True)
class Row:
    """People that stand in a row: how many in all, from word `first` to before word `last`, and what governs them."""

    first: int
    last: int
    number: Number
    items: tuple[Number, ...]
    governor: str = ""


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
    if lower[i] in _PRONOUNS or (lower[i] == "her" and (i + 1 >= size or lower[i + 1] in stops(reader.code))):
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
        alone = i + 1 < size and (lower[i + 1] in persons(reader.code) or lower[i + 1] in _BE | {"died", "of"})
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
        return Number(i, i + 2, 1, 1, 1, "person") if after in stops(reader.code) or after in _BE else None
    return None


def _several_at(reader: Reader, i: int) -> Number | None:
    """Read a number told after its group: "a family of five", "a group of 12 hikers"."""
    lower, size = reader.sentence.lower, len(reader.sentence.lower)
    for j in range(i, min(i + 4, size - 2)):
        if lower[j] in _GROUPS and lower[j + 1] == "of":
            number = reader.at.get(j + 2)
            if number is not None and number.first == j + 2 and (number.noun or number.best):
                return replace(number, first=i, last=_noun_end(reader, number))
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
    free = follows in stops(reader.code) or follows in _BE or last in reader.verbs or follows in _GOING_ON
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


def row_at(reader: Reader, i: int, limit: int, *, alone: bool = False, before: bool = False) -> Row | None:
    """Read the row of people that begins at word `i`: to before word `limit`, where the next casualty word stands.

    `before` says that the casualty word that takes them is that one.
    """
    first = group_at(reader, i, alone=alone)
    if first is None or first[0].first >= limit:
        return None
    items, end = [first[0]], first[1]
    sure, sure_end, at = 1, end, end
    while at < limit:
        at = _after_aside(reader, items[-1], end)
        link = _link_at(reader, at)
        found = group_at(reader, at + len(link), alone=alone and at + len(link) < limit) if link else None
        if found is not None and link == ("and",) and _shares(reader, items[-1], found[0]):
            end = at = sure_end = found[1]  # "200 soldiers and guerrillas" are 200 in all
            sure = len(items)
            continue
        if found is None or not _goes_on(reader, found, limit, before=before):
            break
        if (first[0].subset or first[0].best is None) and found[0].first in reader.at and "," in link:
            break  # "including three children, and 30 were hurt"
        if len(items) == 1 and _is_title(reader, first[0]) and lower_at(reader, at + len(link)) not in ARTICLES:
            items = [found[0]]  # "senator and presidential candidate Luis Galan"
            end = sure_end = at = found[1]
            continue
        if link == (",",) and items[-1].low > 1 and _is_name(reader, found[0]):
            break  # "two reporters, Juan Perez and Maria Lopez": who they are
        items.append(found[0])
        end = at = found[1]
        if link != (",",):  # an "and" closes what commas left open
            sure, sure_end = len(items), end
    kept = tuple(items[:sure])
    if len(kept) > 2 and kept[0].best == sum(n.best or 0 for n in kept[1:]):
        kept = kept[:1]  # "six people, three policemen, two soldiers and a woman"
    return Row(i, sure_end, replace(total(kept, sure_end), subset=first[0].subset), kept)


def _shares(reader: Reader, counted: Number, bare: Number) -> bool:
    """Say whether a plural without a number shares the one before it: "200 soldiers and guerrillas"."""
    many = counted.best is not None and counted.best > 1 and counted.first in reader.at
    return many and bare.best is None and bare.last - bare.first == 1 and bare.first not in reader.named


def lower_at(reader: Reader, i: int) -> str:
    """Return a word in lower case; nothing behind the last."""
    return reader.sentence.lower[i] if i < len(reader.sentence.lower) else ""


def _is_name(reader: Reader, number: Number) -> bool:
    """Say whether a phrase is a person's name, a title before it or not."""
    one = number.best == 1 and number.first not in reader.at
    return number.first in reader.named or (one and number.last - 1 in reader.named and number.last - number.first > 1)


def _is_title(reader: Reader, number: Number) -> bool:
    """Say whether a phrase is a bare title, without article or name."""
    word, people = lower_at(reader, number.first), persons(reader.code)
    if number.best != 1 or number.first in reader.at or word in ARTICLES or word in _PRONOUNS:
        return False
    return not any(i in reader.named and lower_at(reader, i) not in people for i in range(number.first, number.last))


def _goes_on(reader: Reader, found: tuple[Number, int], limit: int, *, before: bool) -> bool:
    """Say whether a phrase may be the next of a row: a number or one person, that is no subject of another verb."""
    number, end = found
    lower, size = reader.sentence.lower, len(reader.sentence.lower)
    if number.subset or number.first >= limit or number.best is None or (end == limit < size and not before):
        return False
    if end >= size or end == limit:
        return True
    if number.noun is None and lower[end] not in stops(reader.code):
        return False
    if before and lower[end] in _BE:
        return True
    return end not in reader.verbs and lower[end] not in _BE and lower[end] not in _PREDICATES


def total(items: Sequence[Number], end: int | None = None) -> Number:
    """Add up the numbers of a row."""
    first, last = items[0], items[-1]
    if len(items) == 1:
        return first
    best = [n.best for n in items]
    high = [n.high for n in items]
    return Number(
        first.first,
        last.last if end is None else end,
        sum(n.low for n in items),
        None if None in high else sum(n for n in high if n is not None),
        None if None in best else sum(n for n in best if n is not None),
        first.noun,
    )


def _link_at(reader: Reader, at: int) -> tuple[str, ...]:
    lower = reader.sentence.lower
    return next((link for link in _LINKS if lower[at : at + len(link)] == link), ())


def _after_aside(reader: Reader, item: Number, end: int) -> int:
    """Return where a row goes on after an age, or after what is said of a victim: "Juan Perez, a teacher, and"."""
    lower, size = reader.sentence.lower, len(reader.sentence.lower)
    at = end
    shut = (
        _SHUT.get(lower_at(reader, at), "")
        if (item.best is not None and item.best > 1) or lower_at(reader, at) != "("
        else ""
    )
    close = next((j for j in range(at + 1, min(at + _APPOSITION, size)) if lower[j] == shut), None) if shut else None
    if close is not None and _link_at(reader, close + 1):  # "six nuns (five of them Irish) and two drivers"
        return close + 1
    if lower[at : at + 1] in ((",",), ("(",)) and _is_age(lower[at + 1 : at + 3]):
        at += 2
        if lower[at] == ")" or (lower[at] == "," and _link_at(reader, at + 1)):
            at += 1
    elif lower[at : at + 1] == ("aged",):
        at += 1
        while at < size and (
            lower[at].isdigit() or (lower[at] in (",", "and") and "".join(lower[at + 1 : at + 2]).isdigit())
        ):
            at += 1
    one = item.best == 1 and (item.last - 1 in reader.named)
    if not one or lower[at : at + 1] != (",",) or at + 1 >= size or lower[at + 1] in _OWN or at + 1 in reader.named:
        return at
    if at + 1 in reader.at or lower[at + 1] == "and":
        return at
    close = next((j for j in range(at + 1, min(at + _APPOSITION, size)) if lower[j] == ","), None)
    if close is None or not _link_at(reader, close) or _is_titled(reader, at + 1, close):
        return at
    return close if any(w in persons(reader.code) or w == "of" for w in lower[at + 1 : close]) else at


_SHUT = {"(": ")", "--": "--", "—": "—", "–": "–"}
"""What closes an aside, by what opens it."""


def _is_titled(reader: Reader, start: int, close: int) -> bool:
    """Say whether words between commas are a person's title and name: "police commander Colonel Carlos Quiroz"."""
    first = close
    while first - 1 in reader.named and lower_at(reader, first - 1) not in persons(reader.code):
        first -= 1
    titles = reader.sentence.lower[start:first]
    return (
        close - first > 1
        and any(w in persons(reader.code) for w in titles)
        and not any(w in GOVERNS or w in ARTICLES for w in titles)
    )


def _is_age(words: Sequence[str]) -> bool:
    """Say whether an age between commas begins here."""
    if len(words) < 2 or not words[0].isdigit():
        return False
    return int(words[0]) <= _OLDEST and words[1] in (",", ")", ".", "and")


def _is_lone(reader: Reader, row: Row) -> bool:
    """Say whether a row is one capitalised word with nothing behind it that tells of a person."""
    i, lower = row.first, reader.sentence.lower
    single = row.last - i == 1 and i in reader.named and i not in reader.at
    return single and lower_at(reader, row.last) != "," and lower[i] not in persons(reader.code)


def rows(reader: Reader, start: int, end: int) -> list[Row]:
    """Return the rows of people between two words, in order, with the word that governs each."""
    lower = reader.sentence.lower
    found: list[Row] = []
    i = max(start, end - FAR)
    while i < end:
        row = row_at(reader, i, end, alone=True, before=True)
        if row is None or row.number.first >= end:
            i += 1
            continue
        before = lower[i - 1] if i > start else ""
        lone = _is_lone(reader, row) and row.last < end
        told = bool(found) and before == "," and found[-1].last == i - 1 and found[-1].number.low > 1
        same = told and all(_is_name(reader, n) for n in row.items)  # "three officials, Forero, Sotelo and Diaz"
        governor = "(" if before == "(" or lone or same else before if before in GOVERNS else ""
        found.append(replace(row, governor="including" if row.number.subset else governor))
        i = max(row.last, i + 1)
    return found
