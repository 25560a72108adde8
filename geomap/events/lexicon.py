"""Phrases of `languages/*.toml` as tables that find them in a sentence in one pass.

A phrase is words and a few marks, told at the head of `languages/en.toml`. No regular expression is made of it: a look
into a dictionary by its first word, then a walk, so that a thousand phrases cost what a few do.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from geomap.language import language
from geomap.segment import TOKEN

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geomap.model import Span

GAP = 6
"""How many words "..." may stand for at most."""

REMEMBERED = 20_000
"""Of how many words a table remembers which phrases they begin: enough for the words of the news, and no more."""

_VOWELS = frozenset("aeiou")
_NUMBER = re.compile(r"\d[\d.,]*")


class Word(NamedTuple):
    """A word of a sentence: where it stands, as it is written, and in lower case."""

    start: int
    end: int
    text: str
    lower: str


class Hit(NamedTuple):
    """A phrase found: from word `first` to before word `last`, and the label it stands under."""

    first: int
    last: int
    label: str


@dataclass(frozen=True, slots=True)
class _Slot:
    words: frozenset[str]
    prefixes: tuple[str, ...] = ()
    number: bool = False
    gap: bool = False
    plain: bool = True
    """Whether it stands for listed words only."""

    def fits(self, word: str) -> bool:
        """Say whether a word may stand here."""
        if word in self.words:
            return True
        if self.prefixes and word.startswith(self.prefixes):
            return True
        return self.number and _NUMBER.fullmatch(word) is not None


_Entry = tuple[tuple[_Slot, ...], str]


class _Begun(NamedTuple):
    """The phrases that a word may begin: those that any word may follow in, and those for each second word."""

    any_second: tuple[_Entry, ...]
    by_second: Mapping[str, tuple[_Entry, ...]]


class Phrases:
    """Phrases under labels, to be found in words."""

    def __init__(self, table: Mapping[str, Sequence[str]]) -> None:
        self._by_word: dict[str, list[_Entry]] = defaultdict(list)
        self._by_prefix: dict[str, list[_Entry]] = defaultdict(list)
        for label, phrases in table.items():
            for phrase in phrases:
                self._add(_slots(phrase), label)
        self._lengths = tuple(sorted({len(p) for p in self._by_prefix}))
        self._known: dict[str, _Begun | None] = {}

    def _add(self, slots: tuple[_Slot, ...], label: str) -> None:
        head, rest = slots[0], slots[1:]
        for word in head.words:
            self._by_word[word].append((rest, label))
        for prefix in head.prefixes:
            self._by_prefix[prefix].append((rest, label))

    def heads(self) -> frozenset[str]:
        """Return the phrases that are one plain word."""
        return frozenset(word for word, entries in self._by_word.items() if any(not rest for rest, _ in entries))

    def find(self, words: Sequence[str]) -> list[Hit]:
        """Return every phrase in the words (in lower case), in order of where it begins."""
        found: list[Hit] = []
        known, size = self._known, len(words)
        for i, word in enumerate(words):
            begun = known[word] if word in known else self._beginning(word)
            if begun is None:
                continue
            after = words[i + 1] if i + 1 < size else ""
            for rest, label in begun.by_second.get(after, begun.any_second):
                last = _walk(rest, words, i + 1) if rest else i + 1
                if last > 0:
                    found.append(Hit(i, last, label))
        return found

    def _beginning(self, word: str) -> _Begun | None:
        """Return the phrases that a word may begin, and remember them for the next time it is met."""
        entries = [*self._by_word.get(word, ())]
        for length in self._lengths:
            entries += self._by_prefix.get(word[:length], ())
        if len(self._known) >= REMEMBERED:
            self._known.clear()
        self._known[word] = _by_second(entries) if entries else None
        return self._known[word]


def _by_second(entries: Sequence[_Entry]) -> _Begun:
    """Sort phrases that begin alike by their second word: most are of none that stands in the text."""
    plain = [bool(rest) and rest[0].plain for rest, _ in entries]
    seconds = {word for (rest, _), of in zip(entries, plain, strict=True) if of for word in rest[0].words}
    return _Begun(
        tuple(entry for entry, of in zip(entries, plain, strict=True) if not of),
        {
            word: tuple(e for e, of in zip(entries, plain, strict=True) if not of or word in e[0][0].words)
            for word in seconds
        },
    )


def _walk(rest: tuple[_Slot, ...], words: Sequence[str], at: int) -> int:
    """Return where the rest of a phrase ends, or 0 where it does not stand here."""
    size = len(words)
    for n, slot in enumerate(rest):
        if slot.gap:
            return _leap(rest[n + 1 :], words, at)
        if at >= size or not (words[at] in slot.words or (not slot.plain and slot.fits(words[at]))):
            return 0
        at += 1
    return at


def _leap(rest: tuple[_Slot, ...], words: Sequence[str], at: int) -> int:
    """Return where the rest of a phrase ends behind a few words of any kind, none of them ";", or 0."""
    slot = rest[0]
    for j in range(at, min(at + GAP + 1, len(words))):
        if slot.gap or words[j] in slot.words or (not slot.plain and slot.fits(words[j])):
            end = _walk(rest, words, j)
            if end > 0:
                return end
        if words[j] == ";":
            break
    return 0


def _slots(phrase: str) -> tuple[_Slot, ...]:
    return tuple(_slot(part) for part in phrase.split())


def _slot(part: str) -> _Slot:
    if part == "...":
        return _Slot(frozenset(), gap=True, plain=False)
    words: set[str] = set()
    prefixes: list[str] = []
    for piece in part.split("/"):
        if piece.endswith("*"):
            prefixes.append(piece[:-1])
        elif piece.endswith("~"):
            words |= verb_forms(piece[:-1])
        elif piece.endswith("+"):
            words |= {piece[:-1], plural(piece[:-1])}
        elif piece != "#":
            words.add(piece)
    number = "#" in part.split("/")
    return _Slot(frozenset(words), tuple(prefixes), number, plain=not (prefixes or number))


def plural(noun: str) -> str:
    """Return a noun's regular plural."""
    if noun.endswith(("s", "x", "z", "ch", "sh")):
        return noun + "es"
    if noun.endswith("y") and noun[-2:-1] not in _VOWELS:
        return noun[:-1] + "ies"
    return noun + "s"


def verb_forms(verb: str) -> set[str]:
    """Return the regular forms of a verb, or of a stem cut before its "e" ("seiz"): generous, not exact."""
    stem = verb.removesuffix("e")
    if verb.endswith("y") and verb[-2:-1] not in _VOWELS:
        return {verb, verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"}
    forms = {verb, plural(verb), stem + "ed", stem + "ing", stem + "es", stem + "e"}
    if len(stem) > 2 and stem[-1] not in "aeiouwxy" and stem[-2] in _VOWELS and stem[-3] not in _VOWELS:
        forms |= {stem + stem[-1] + "ed", stem + stem[-1] + "ing"}
    if verb.endswith("i"):  # "deni" stands for deny, denied
        forms |= {verb[:-1] + "y", verb[:-1] + "ying"}
    return forms


def words_of(text: str, span: Span) -> tuple[Word, ...]:
    """Return the words and marks of a sentence; a hyphen between two words is left out."""
    kept = []
    for match in TOKEN.finditer(text, span.start, span.end):
        word, (start, end) = match.group(), match.span()
        if word in _HYPHENS and span.start < start and end < span.end and _is_joint(text, start, end):
            continue
        lower = word.lower()
        kept.append(Word(start, end, word, "'s" if lower == "’s" else lower))
    return tuple(kept)


_HYPHENS = frozenset("-‐‑–")


def _is_joint(text: str, start: int, end: int) -> bool:
    """Say whether a hyphen stands between two words without a space."""
    return not text[start - 1].isspace() and not text[end].isspace()


@cache
def phrases(code: str, table: str) -> Phrases:
    """Return one table of a language as phrases, English's where the language has none of that name."""
    found = language(code).get(table)
    return Phrases(found if isinstance(found, dict) else language("en")[table])


@cache
def values(code: str, table: str) -> Mapping[str, int]:
    """Return one table of a language as words and their values, English's where it has none of that name."""
    found = language(code).get(table)
    return dict(found if isinstance(found, dict) else language("en")[table])


CALENDAR = frozenset((*values("en", "months"), *values("en", "days")))
"""Names of months, short ones too, and of weekdays."""


def covered(hits: Sequence[Hit]) -> frozenset[int]:
    """Return the numbers of all words that the hits cover."""
    return frozenset(i for hit in hits for i in range(hit.first, hit.last))


def within(hits: Mapping[str, Sequence[Hit]], first: int, last: int) -> dict[str, tuple[Hit, ...]]:
    """Return the hits that stand from word `first` to before `last`, counted from there."""
    return {
        name: tuple(Hit(h.first - first, h.last - first, h.label) for h in found if first <= h.first and h.last <= last)
        for name, found in hits.items()
    }


def longest(hits: Sequence[Hit]) -> list[Hit]:
    """Leave out each hit that lies inside a longer one of the same label."""
    ordered = sorted(hits, key=lambda h: (h.first, -h.last))
    kept: list[Hit] = []
    for hit in ordered:
        if not any(k.first <= hit.first and hit.last <= k.last and k.label == hit.label for k in kept):
            kept.append(hit)
    return kept


def pairs(words: Sequence[str]) -> list[str]:
    """Return each two words that follow each other, joined by a space."""
    return [f"{a} {b}" for a, b in pairwise(words)]
