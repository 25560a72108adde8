"""Whom a casualty word takes: the `people` of phrases that stand in a row, read from left to right and added up.

row_at      phrases joined by commas, "and" or "along with": "the mayor, his driver and two bodyguards"
rows        all the rows in a stretch of a sentence, each with the word that governs it
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from geomap.events.numbers import Number, persons, stops
from geomap.events.people import ARTICLES, BE, GOVERNS, PRONOUNS, Reader, group_at, lower_at

if TYPE_CHECKING:
    from collections.abc import Sequence

_OWN = frozenset(("his", "her", "their", "its", "my", "our", "another"))
_LINKS = (
    (",", "as", "well", "as"), (",", "along", "with"), (",", "together", "with"),
    ("along", "with"), ("together", "with"), ("as", "well", "as"), (",", "and", "of"), ("and", "of"), (",", "and"),
    ("and",), ("plus",), (",",),
)  # fmt: skip
_PREDICATES = frozenset("fled said escaped responded returned managed went came told".split())
FAR = 40
"""Words that a row is looked for in at most."""
_OLDEST = 110
_APPOSITION = 16
"""Words that what is said of a victim between commas has at most."""


class Row(NamedTuple):
    """People that stand in a row: how many in all, from word `first` to before word `last`, and what governs them."""

    first: int
    last: int
    number: Number
    items: tuple[Number, ...]
    governor: str = ""


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
    return Row(i, sure_end, total(kept, sure_end)._replace(subset=first[0].subset), kept)


def _shares(reader: Reader, counted: Number, bare: Number) -> bool:
    """Say whether a plural without a number shares the one before it: "200 soldiers and guerrillas"."""
    many = counted.best is not None and counted.best > 1 and counted.first in reader.at
    return many and bare.best is None and bare.last - bare.first == 1 and bare.first not in reader.named


def _is_name(reader: Reader, number: Number) -> bool:
    """Say whether a phrase is a person's name, a title before it or not."""
    one = number.best == 1 and number.first not in reader.at
    return number.first in reader.named or (one and number.last - 1 in reader.named and number.last - number.first > 1)


def _is_title(reader: Reader, number: Number) -> bool:
    """Say whether a phrase is a bare title, without article or name."""
    word, people = lower_at(reader, number.first), persons(reader.code)
    if number.best != 1 or number.first in reader.at or word in ARTICLES or word in PRONOUNS:
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
    if before and lower[end] in BE:
        return True
    return end not in reader.verbs and lower[end] not in BE and lower[end] not in _PREDICATES


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
        found.append(row._replace(governor="including" if row.number.subset else governor))
        i = max(row.last, i + 1)
    return found
