"""A document as the finders see it: sentences cut into tokens, each with what the gazetteer knows of it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from geomap.dateline import dateline
from geomap.finders.names import Hit, hits
from geomap.model import Span
from geomap.segment import Token, sentences, tokens

if TYPE_CHECKING:
    from gazetteer import Gazetteer
    from geomap.model import Document

_SHOUT = 0.7
"""Share of upper case among the letters of a sentence from which on its case says nothing."""


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence, its tokens, where names may begin or end, and the longest names of the gazetteer in it.

    `shouted` says that it is all upper case, `titled` that nearly every word begins with a capital.
    """

    span: Span
    tokens: list[Token]
    words: list[str]
    lower: list[str]
    names: list[bool]
    hits: list[Hit]
    inside: dict[int, Hit]
    """The name that a token is part of."""
    shouted: bool
    titled: bool
    dateline: Span | None = None
    """What it opens with, if that is a dateline."""


@cache
def table(name: str) -> frozenset[str]:
    """Return one table of `words.toml`."""
    return frozenset(_tables()[name].split())


@cache
def _tables() -> dict[str, str]:
    return tomllib.loads(files("geomap.finders").joinpath("words.toml").read_text("utf-8"))


def read_lines(document: Document, gazetteer: Gazetteer) -> list[Line]:
    """Cut a document's article into lines."""
    return [_line(document.text, span, gazetteer) for span in sentences(document.text, document.article)]


def _line(text: str, span: Span, gazetteer: Gazetteer) -> Line:
    cut = whole_words(tokens(text, span))
    words = [t.text for t in cut]
    letters = [w for w in words if w[0].isalpha()]
    upper = sum(len(w) for w in letters if w.isupper() and len(w) > 1)
    shouted = upper > _SHOUT * sum(len(w) for w in letters) and len(letters) > 3  # noqa: PLR2004 - "KYIV (AP)" is no shout
    long = [w for w in letters if len(w) > 3]  # noqa: PLR2004 - words that titles write with a capital
    titled = not shouted and len(long) > 3 and sum(not w[0].islower() for w in long) > 0.8 * len(long)  # noqa: PLR2004
    names = [may_name(w) for w in words]
    for at, word in enumerate(words[:-2]):
        if names[at + 2] and not names[at] and words[at + 1] in "-–" and word.lower() in ARABIC:
            names[at] = True
    found = hits(text, cut, names, gazetteer)
    inside = {n: hit for hit in found for n in range(hit.first, hit.last)}
    return Line(
        span, cut, words, [w.lower() for w in words], names, found, inside, shouted, titled, dateline(text, span)
    )


_CLITICS = frozenset("s t d m ll re ve em tis twas".split())
_APOSTROPHES = frozenset("'’‘ʼʻ`´")


def whole_words(cut: list[Token]) -> list[Token]:
    """Join what an apostrophe inside a name parts: Sana'a, Ta'izz, Dar'a. He'd and don't stay as they are."""
    if not any(token.text in _APOSTROPHES for token in cut):
        return cut
    found: list[Token] = []
    at = 0
    while at < len(cut):
        first, *behind = cut[at : at + 3]
        at += 1
        if len(behind) == 2 and _is_inside(first, *behind):  # noqa: PLR2004 - the mark and what follows it
            first = Token(first.start, behind[1].end, first.text + behind[0].text + behind[1].text)
            at += 2
        found.append(first)
    return found


def _is_inside(left: Token, mark: Token, right: Token) -> bool:
    if mark.text not in _APOSTROPHES or left.end != mark.start or mark.end != right.start:
        return False
    long = len(left.text) > 1 or len(right.text) > 2  # noqa: PLR2004 - A'zaz, not A's
    name = long and left.text[0].isupper() and left.text[1:] == left.text[1:].lower()
    return name and right.text.isalpha() and right.text.islower() and right.text not in _CLITICS


ARABIC = frozenset("al el ad as ash az an ar at adh ath ed es esh ez et er en".split())
"""The Arabic article as it is written small before a hyphen."""


@lru_cache(maxsize=16_384)
def may_name(word: str) -> bool:
    """Say whether a token may begin or end a name: it has a capital, or its script has no case."""
    first = word[0]
    return first.isalpha() and not first.islower()


@cache
def never() -> frozenset[str]:
    """Return the names that are written like places and never are one, in small letters."""
    return frozenset(" ".join(name.split()) for name in _tables()["never"].split(";"))


def is_other(line: Line, first: int, last: int, text: str) -> bool:
    """Say whether a name is plainly no place: a group, a newspaper, a team, a bank, money, compass, Lashkar-e-X."""
    name, after = text.lower(), line.lower[last] if last < len(line.lower) else ""
    if name in never() or after in _NEVER_BEFORE or (name in table("people") and after in table("crowd")):
        return True
    if last - first > 1 and not _UNITS.isdisjoint(line.lower[first:last]):
        return True
    if after == "-" and line.lower[last + 1 : last + 2] and line.lower[last + 1][0].isdigit():  # AK-47
        return True
    if after and line.names[last]:
        bare = all(w in table("compass") for w in line.lower[first:last])
        if bare or after in table("venture"):
            return True
    before = ["", "", *line.lower[max(0, first - 2) : first]][-2:]
    team = before[1] in table("club") and line.names[first - 1]
    return team or before == ["e", "-"] or (before[1] == "of" and before[0] in table("body"))


_NEVER_BEFORE = frozenset("$ crude clan clans clansmen subclan tribesmen".split())
"""What no place's name stands before: US$1.9 billion, Brent crude, Abgal clansmen."""
_UNITS = frozenset("battalion battalions regiment brigade infantry squadron scouts".split())
"""Words of a unit's name: Light Infantry Battalion 359, Makran Scouts."""
