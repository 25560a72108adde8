"""Where a name begins and ends: what goes on behind a hyphen, two names that are joined, full stops."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazetteer.names import ARTICLES
from geomap.finders.lines import ARABIC, table
from geomap.finders.names import known

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazetteer import Gazetteer
    from geomap.finders.lines import Line

_GENITIVE = frozenset({"'s", "’s"})
_HYPHENS = frozenset("-–—/")


def names_in(line: Line, first: int, last: int, text: str, gazetteer: Gazetteer) -> Iterator[tuple[int, int]]:
    """Yield the names that a run of tokens taken for one holds: mostly itself, or two that are joined."""
    last = _without_dots(line, first, _whole(line, first, last))
    first = _from_compass(line, first, last)
    first, last = _with_edges(line, first, last, text, gazetteer)
    if known(gazetteer, _between(line, first, last, text)) is None:
        last = _built(line, first, last)
    if last - first > 1 and line.lower[last - 1 : last + 1] == ["local", "government"]:
        last -= 1
    if known(gazetteer, _between(line, first, last, text)) is None:
        for at in range(first + 1, last - 1):
            left, right = (first, at), (at + 1, last)
            joint = line.lower[at]
            if joint in _GENITIVE and line.names[at + 1] and _is_known(line, left, text, gazetteer):
                yield left
                yield from names_in(line, *right, text, gazetteer)
                return
            if (
                joint in _HYPHENS
                and line.lower[at - 1] not in ARTICLES
                and all(_is_known(line, part, text, gazetteer) for part in (left, right))
            ):
                yield left
                yield right
                return
    yield first, last


def _between(line: Line, first: int, last: int, text: str) -> str:
    return text[line.tokens[first].start : line.tokens[last - 1].end]


def _is_known(line: Line, part: tuple[int, int], text: str, gazetteer: Gazetteer) -> bool:
    """Say whether a part of a name is a place's name itself, and neither an adjective nor a code."""
    answer = known(gazetteer, _between(line, *part, text)) if line.names[part[0]] else None
    return answer is not None and not answer.demonym and not answer.code


BUILT = frozenset(
    "airport airbase airfield base hospital camp bridge dam prison barracks crossing checkpoint refinery oilfield reef "
    "shoal atoll".split()
)
"""What bears a person's name or a common word: the last word of a place's full name."""


def _built(line: Line, first: int, last: int) -> int:
    """Return where a name ends that means nothing without the airport or hospital behind it."""
    hit = line.inside.get(first)
    whole = hit is not None and hit.first == first and hit.last > last and line.lower[hit.last - 1] in BUILT
    return hit.last if hit is not None and whole else last


def _from_compass(line: Line, first: int, last: int) -> int:
    """Return where a name begins that is known with the Upper or South before it: Upper Nile, South Sudan."""
    hit = line.inside.get(first)
    if hit is None or hit.last != last or hit.known.stripped or line.shouted:
        return first
    return hit.first if all(line.lower[n] in table("compass") for n in range(hit.first, first)) else first


def _with_edges(line: Line, first: int, last: int, text: str, gazetteer: Gazetteer) -> tuple[int, int]:
    """Return where an unknown name begins and ends that is known with the word before it, or the full stop behind it.

    In Amenas, An Nasiriyah, Tenn.
    """
    if known(gazetteer, _between(line, first, last, text)) is not None:
        return first, last
    if first and line.names[first - 1] and known(gazetteer, _between(line, first - 1, last, text)) is not None:
        return first - 1, last
    dotted = line.lower[last : last + 1] == ["."] and line.tokens[last].start == line.tokens[last - 1].end
    answer = known(gazetteer, _between(line, first, last + 1, text)) if dotted else None
    return (first, last + 1) if answer is not None and answer.code else (first, last)


def _without_dots(line: Line, first: int, last: int) -> int:
    """Return where a name ends before an ellipsis."""
    if last - first > 2 and line.words[last - 1] == line.words[last - 2] == ".":  # noqa: PLR2004 - a word, two stops
        while last - first > 1 and line.words[last - 1] == ".":
            last -= 1
    return last


def _whole(line: Line, first: int, last: int) -> int:
    """Return where a name ends that goes on behind a hyphen or a particle, if the gazetteer knows it whole.

    Qala-i-Zal is no Qala, Deir ez-Zor no Deir, and Petite-Rivière de l'Artibonite is one name.
    """
    hit = line.inside.get(first)
    if hit is None or hit.first != first or hit.last <= last:
        return last
    joined = all(line.tokens[n].start == line.tokens[n - 1].end for n in range(last, hit.last))
    small = line.lower[last] in table("particle") or line.lower[last] in ARABIC
    return hit.last if joined or (small and not line.names[last]) else last
