"""Victims told one by one: "the bodies of X, Y and Z", "the mayor and his wife were killed"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.events.numbers import Number, persons, stops

if TYPE_CHECKING:
    from geomap.events.reading import Sentence

_ARTICLES = frozenset(("a", "an", "the", "his", "her", "their", "one"))
_ENDS = frozenset(("were", "are", "have", "had", "was", "in", "at", "on", "near", ".", ":", "("))
LONGEST = 6
"""Words that a victim is told with at most."""
FAR = 40
"""Words that an enumeration has at most."""


def listed(sentence: Sentence, first: int, last: int, code: str) -> list[Number]:
    """Read an enumeration of single people from word `first` on; nothing where it is none."""
    lower = sentence.lower
    end = first
    while end < min(last, first + FAR) and lower[end] not in _ENDS:
        end += 1
    return _counted(sentence, first, end, code)


def listed_before(sentence: Sentence, first: int, last: int, code: str) -> list[Number]:
    """Read an enumeration of single people that ends before word `last`; nothing where it is none."""
    return _counted(sentence, max(first, last - FAR), last, code, open_start=True)


def _counted(sentence: Sentence, first: int, last: int, code: str, *, open_start: bool = False) -> list[Number]:
    items = _items(sentence, first, last)
    if len(items) <= 1:
        return []
    count = 0
    for n, (start, end) in enumerate(items):
        at = max(start, end - 3) if n == 0 and open_start and not _is_one(sentence, start, end, code) else start
        if (
            n
            and sentence.lower[start] in ("a", "an", "the")
            and n < len(items) - 1
            and _is_name(sentence, *items[n - 1])
        ):
            continue  # what the one before is: "Juan Perez, a teacher, and"
        if not _is_one(sentence, at, end, code):
            return []
        count += 1
    return [Number(items[0][0], items[-1][1], count, count, count, "person")] if count > 1 else []


def _items(sentence: Sentence, first: int, last: int) -> list[tuple[int, int]]:
    """Cut words at commas and "and"; one that has no "and" is no enumeration."""
    lower, found, start = sentence.lower, [], first
    if "and" not in lower[first:last]:
        return []
    for i in range(first, last + 1):
        if i == last or lower[i] in (",", ";", "and"):
            if i > start:
                found.append((start, i))
            start = i + 1
    return found


def _is_name(sentence: Sentence, first: int, last: int) -> bool:
    """Say whether words are a person's name of at least two words, no group's."""
    words = sentence.words[first:last]
    named = any(first <= h.first < last for table in ("groups", "actors") for h in sentence.hits[table])
    return 1 < len(words) <= LONGEST and not named and all(w.text[:1].isupper() for w in words)


def _is_one(sentence: Sentence, first: int, last: int, code: str) -> bool:
    """Say whether words tell one person: a name, or "his wife", "the mayor", "a driver"."""
    lower = sentence.lower
    if lower[first : first + 2] == ("one", "of"):
        return last - first <= LONGEST and lower[last - 1] in persons(code)
    if not 0 < last - first <= LONGEST or any(w in stops(code) and w not in _ARTICLES for w in lower[first:last]):
        return False
    head = lower[last - 1]
    if lower[first] in _ARTICLES:
        return head in persons(code) and not head.endswith(("s", "men", "people", "children"))
    return _is_name(sentence, first, last) and head not in persons(code)
