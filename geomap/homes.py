"""The countries that armed groups are at home in: weak evidence of where a text is that names them.

A report from a capital abroad may never name the country its news is of, but the party that fights there.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from geomap.model import Span
from geomap.segment import small

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_Names = tuple[tuple[tuple[str, ...], str], ...]


@dataclass(frozen=True, slots=True)
class Home:
    """A group named in a text, and the country it is at home in."""

    span: Span
    name: str
    country: str


@cache
def _table() -> Mapping[str, _Names]:
    """Return the groups by their first word, longer names first."""
    data: dict[str, list[str]] = tomllib.loads(files("geomap").joinpath("homes.toml").read_text("utf-8"))
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for country, names in data.items():
        for name in names:
            words = tuple(name.split())
            found.setdefault(words[0], []).append((words, country))
    return {first: tuple(sorted(of, key=lambda n: -len(n[0]))) for first, of in found.items()}


def homes(text: str, within: Sequence[Span] | None = None) -> tuple[Home, ...]:
    """Return the groups that a text names, in order, in the given stretches of it alone or all of it."""
    return tuple(home for span in within or (Span(0, len(text)),) for home in _homes(text, span))


def _homes(text: str, span: Span) -> Iterator[Home]:
    stretch = small(text[span.start : span.end]).replace("’", "'")
    found = [*_named(tuple(_WORD.findall(stretch)))]
    words = [match.span() for match in _WORD.finditer(stretch)] if found else []
    for first, name, country in found:
        start, end = words[first][0], words[first + len(name) - 1][1]
        yield Home(Span(span.start + start, span.start + end), " ".join(name), country)


def _named(words: tuple[str, ...]) -> Iterator[tuple[int, tuple[str, ...], str]]:
    """Yield the number of the word that a group's name begins with, the name, and its country."""
    table, past = _table(), 0
    if table.keys().isdisjoint(words):
        return
    for at, word in enumerate(words):
        if at < past or word not in table:
            continue
        for name, country in table[word]:
            if words[at : at + len(name)] == name:
                yield at, name, country
                past = at + len(name)
                break
