"""A sentence of another language, read for what its words are."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from geomap.dateline import dateline
from geomap.events.lexicon import Hit, Phrases, Word, words_of
from geomap.language import language, words
from geomap.model import Span

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

TABLES = ("triggers", "status", "tolls", "actors")
_OPENING = re.compile(r"[^!?\n]{2,80}?(?:\s|[.)])[-–—]{1,2}\s")
_SHORT = 2


class Line(NamedTuple):
    """A sentence, its words, the phrases found in it by table, and its language."""

    span: Span
    words: tuple[Word, ...]
    hits: Mapping[str, tuple[Hit, ...]]
    code: str


def undated(text: str, span: Span, code: str) -> Span:
    """Return a sentence without the dateline it opens with, whose day and place are the desk's."""
    line = dateline(text, span)
    end = line.end if line is not None else 0
    opening = _OPENING.match(text, span.start, span.end)
    if opening and not end:
        first, *rest = opening.group().split()
        said = [word for word in rest if word[0].isalnum() or word[0] == "("]
        uncased = not first[0].isupper() and not first[0].islower() and len(said) <= _SHORT
        months = language(code).get("months", {})
        capitals = first.strip(",").isupper() and len(first) > _SHORT
        if uncased or capitals or any(word.lower().strip(".,") in months for word in rest):
            end = opening.end()
    return Span(end, span.end) if span.start < end < span.end else span


def read(text: str, span: Span, code: str) -> Line:
    """Read a part of a text: its words, and the phrases of the language file among them."""
    found = tuple(_unjoined(word, code) for word in whole_words(words_of(text, span), code))
    hits: dict[str, list[Hit]] = {table: [] for table in TABLES}
    for hit in dict.fromkeys(_phrases(code).find([word.lower for word in found])):
        table, _, label = hit.label.partition("\t")
        hits[table].append(Hit(hit.first, hit.last, label))
    return Line(span, found, {table: tuple(found) for table, found in hits.items()}, code)


def _unjoined(word: Word, code: str) -> Word:
    """Take a joined "and", "in" or "to" off a word that the language file knows without it only, as Arabic writes."""
    joined = words(code, "joined")
    lower = word.lower.replace("i\u0307", "i")  # what "İ" becomes
    if lower != word.lower:
        word = Word(word.start, word.end, word.text, lower)
    if lower[:1] in joined and lower[1:].isdecimal():
        return Word(word.start, word.end, word.text, lower[1:])
    if not joined or lower[:1] not in joined | words(code, "joined_in") or _is_known(lower, code):
        return word
    for rest in (lower[1:], lower[2:] if lower[:1] in joined and lower[1:2] in words(code, "joined_in") else ""):
        if len(rest) >= _SHORT and _is_known(rest, code):
            return Word(word.start, word.end, word.text, rest)
    return word


def _is_known(word: str, code: str) -> bool:
    whole, begun = _vocabulary(code)
    return word in whole or word.startswith(begun)


@cache
def _vocabulary(code: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the words of a language file's phrases and numbers, and the beginnings marked with a star."""
    own = language(code)
    listed = {
        word
        for table in TABLES
        for phrases in own.get(table, {}).values()
        for phrase in phrases
        for part in phrase.split()
        for word in part.split("/")
    }
    whole = (
        {word for word in listed if not word.endswith("*")} | set(own.get("numbers", {})) | set(own.get("vague", {}))
    )
    return frozenset(whole), tuple(word[:-1] for word in listed if word.endswith("*") and len(word) > _SHORT)


def whole_words(words: Sequence[Word], code: str) -> tuple[Word, ...]:
    """Join what an apostrophe parts, in a language that writes it within words."""
    marks = language(code).get("within_words", "")
    joined: list[Word] = []
    for word in words:
        last = joined[-1] if joined else None
        open_end = last is not None and last.end == word.start
        if (
            last
            and open_end
            and marks
            and (word.text in marks or last.text[-1] in marks)
            and len(last.text + word.text) > 1
        ):
            joined[-1] = Word(last.start, word.end, last.text + word.text, last.lower + word.lower)
        else:
            joined.append(word)
    return tuple(joined)


@cache
def _phrases(code: str) -> Phrases:
    own = language(code)
    return Phrases({f"{table}\t{label}": listed for table in TABLES for label, listed in own.get(table, {}).items()})


def outer(hits: Sequence[Hit]) -> list[Hit]:
    """Leave out hits inside longer ones, of whatever label."""
    return [
        h
        for h in hits
        if not any(o.first <= h.first and h.last <= o.last and (o.last - o.first) > (h.last - h.first) for o in hits)
    ]


def chars(line: Line, hit: Hit) -> Span:
    """Return where a phrase stands in the text."""
    return Span(line.words[hit.first].start, line.words[hit.last - 1].end)


def is_organised(line: Line, span: Span) -> bool:
    """Say whether a name is only an organisation's or an office's: "Cártel de Sinaloa", "embajada de Francia"."""
    back = [word.lower for word in line.words if word.end <= span.start][-3:]
    while back and back[-1] in words(line.code, "owning"):
        back.pop()
    return bool(back) and back[-1] in words(line.code, "organisations")
