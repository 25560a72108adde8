"""A document read into sentences with every phrase of its language found: what all the parts of an event look at."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from operator import attrgetter
from typing import TYPE_CHECKING

from geomap.dateline import dateline
from geomap.events.lexicon import CALENDAR, Hit, Phrases, Word, covered, phrases, within, words_of
from geomap.language import language
from geomap.model import Span
from geomap.segment import sentences

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.model import Document

_TABLES = ("triggers", "hints", "masks", "unrelated", "status", "actors", "groups", "tolls")
_EMOJI = "\u203c\u2049\u2190-\u21ff\u2300-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff"
_ITEM = re.compile(
    r"[ \t]*(?:[•●▪◦*—–-][ \t]|\(?[a-z0-9]{1,2}[.)][ \t]|\d{1,2}[./]\d{1,2}\b|\d{1,2} [A-Z][a-z]{2}|[" + _EMOJI + "])"
)
"""How a list item opens: a bullet, a number or letter, a date, the picture that a channel's line begins with."""


_HOUR = re.compile(r"[ \t]*\d{1,2}[:.h][0-5]\d\b(?!\s*[-–—]\s*\d)")
"""How an entry of a live page opens: the hour it was written at. It goes on to the next."""
ENTRIES = 2
"""How many hours at the beginning of lines make a live page."""


_START, _END = attrgetter("start"), attrgetter("end")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: its words, the clause each is in, and the phrases found in it, by table."""

    number: int
    paragraph: int
    span: Span
    words: tuple[Word, ...]
    lower: tuple[str, ...]
    clauses: tuple[int, ...]
    hits: Mapping[str, tuple[Hit, ...]]
    dateline: Span | None = None
    item: int = 0
    """Which list item it stands in, counted from one; 0 in prose."""

    @property
    def body(self) -> Span:
        """The sentence without its dateline."""
        return Span(self.dateline.end, self.span.end) if self.dateline is not None else self.span

    def at(self, start: int) -> int:
        """Return the number of the word that stands at or after a character of the text."""
        return bisect_right(self.words, start, key=_END)

    def within(self, span: Span) -> range:
        """Return the numbers of the words that begin in a span."""
        return range(bisect_left(self.words, span.start, key=_START), bisect_left(self.words, span.end, key=_START))

    def chars(self, hit: Hit) -> Span:
        """Return the characters a hit covers."""
        return Span(self.words[hit.first].start, self.words[hit.last - 1].end)

    def span_of(self, first: int, last: int) -> Span:
        """Return the characters from word `first` to before word `last`."""
        return Span(self.words[first].start, self.words[last - 1].end)


def read(document: Document) -> tuple[Sentence, ...]:
    """Cut a document's article into sentences and find the phrases of its language in each."""
    found: list[Sentence] = []
    paragraph, end, items, item = 0, 0, 0, 0
    table, clause_words = everything(document.language), word_set(document.language, "clauses")
    cut_text = sentences(document.text, document.article)
    live = sum(_opens(_HOUR, document.text, s) for s in cut_text) >= ENTRIES
    entry = 0
    for number, span in enumerate(cut_text):
        new = number == 0 or document.text.count("\n", end, span.start) > 1
        paragraph += new
        if live and _opens(_HOUR, document.text, span):
            items += 1
            entry = item = items
        elif _opens_line(document.text, span):
            is_item = _opens(_ITEM, document.text, span)
            items += is_item
            item = items if is_item else entry
        end = span.end
        line = dateline(document.text, span) if new else None
        if line is not None and line.end >= span.end:
            continue
        found.append(_sentence((len(found), paragraph, item), span, line, document.text, table, clause_words))
    return tuple(found)


def parts(sentence: Sentence, spans: Sequence[Span]) -> tuple[Sentence, ...]:
    """Cut a sentence at its semicolons, and before ", while", where each part tells of a place of its own."""
    lower = sentence.lower
    cuts = [i + 1 for i, w in enumerate(lower) if w == ";" or (w == "," and lower[i + 1 : i + 2] == ("while",))]
    cuts = cuts or _two_deeds(sentence, spans) or _found_and_missing(sentence)
    ends = [0, *cuts, len(lower)]
    ranges = [(a, b) for a, b in pairwise(ends) if a < b]
    if len(ranges) < 2 or not all(_stands_alone(sentence, a, b, spans) for a, b in ranges):
        return (sentence,)
    return tuple(_part(sentence, a, b) for a, b in ranges)


def _two_deeds(sentence: Sentence, spans: Sequence[Span]) -> list[int]:
    """Return where ", and" joins two deeds, each told in a place of its own: "shot at A, and killed two in B"."""
    lower = sentence.lower
    places = sorted(sentence.at(s.start) for s in spans)
    deeds = [h.first for h in sentence.hits["triggers"]]
    for i, word in enumerate(lower[:-2]):
        if word != "," or lower[i + 1] != "and" or not places or places[0] > i:
            continue
        deed = next((d for d in deeds if d > i), len(lower))
        place = next((p for p in places if p > i), 0)
        if deed < place and any(w in _LOCATIVE for w in lower[place - 2 : place]) and any(d < i for d in deeds):
            return [i + 1]
    return []


def _found_and_missing(sentence: Sentence) -> list[int]:
    """Return where dead who were found and others who went missing part: "bodies found in A after six ... in B"."""
    lower = sentence.lower
    found = next((i for i, w in enumerate(lower) if w in ("bodies", "body", "corpses")), None)
    missing = next((i for i, w in enumerate(lower) if w == "missing"), None)
    if found is None or missing is None or missing < found:
        return []
    return [i for i in range(found, missing) if lower[i] in ("after", "while", "as")][:1]


_LOCATIVE = frozenset(("in", "at", "near", "outside"))


def _stands_alone(sentence: Sentence, first: int, last: int, spans: Sequence[Span]) -> bool:
    """Say whether a stretch of words has an event word and a place."""
    chars = sentence.span_of(first, last)
    return any(first <= h.first and h.last <= last for h in sentence.hits["triggers"]) and any(
        chars.holds(s) for s in spans
    )


def _part(sentence: Sentence, first: int, last: int) -> Sentence:
    """Return the words from `first` to before `last` as a sentence."""
    start = sentence.span.start if not first else sentence.words[first].start
    end = sentence.span.end if last == len(sentence.words) else sentence.words[last - 1].end
    return replace(
        sentence,
        span=Span(start, end),
        words=sentence.words[first:last],
        lower=sentence.lower[first:last],
        clauses=sentence.clauses[first:last],
        hits=within(sentence.hits, first, last),
        dateline=sentence.dateline if not first else None,
    )


def _opens(mark: re.Pattern[str], text: str, span: Span) -> bool:
    """Say whether a sentence stands at the beginning of its line, and the line opens with a mark."""
    return _opens_line(text, span) and mark.match(text, text.rfind("\n", 0, span.start) + 1) is not None


def _opens_line(text: str, span: Span) -> bool:
    """Say whether a sentence stands at the beginning of its line, bullets and numbers left out."""
    start = text.rfind("\n", 0, span.start) + 1
    return not text[start : span.start].strip(" \t•●▪◦*—–-()")


def is_may(words: Sequence[Word], at: int) -> bool:
    """Say whether a word is the month of May and not the verb."""
    return at > 0 and words[at].lower == "may" and words[at].text[:1].isupper()


def _sentence(
    numbers: tuple[int, int, int],
    span: Span,
    line: Span | None,
    text: str,
    table: Phrases,
    clause_words: frozenset[str],
) -> Sentence:
    """Return a sentence with the phrases in it; `numbers` are its own, its paragraph's and its list item's."""
    words = words_of(text, Span(line.end, span.end) if line is not None else span)
    lower = tuple(w.lower for w in words)
    if any(w.text in _SHORT for w in words) and not text[span.start : span.end].isupper():
        lower = tuple(_SHORT.get(w.text, w.lower) for w in words)
    sorted_hits: dict[str, list[Hit]] = {name: [] for name in _TABLES}
    for hit in table.find(lower):
        name, _, label = hit.label.partition("\t")
        if name == "status" and is_may(words, hit.first):
            continue
        sorted_hits[name].append(Hit(hit.first, hit.last, label))
    of_kind, figurative = _masks(sorted_hits["masks"])
    masked = covered(figurative) | _names(words, sorted_hits["triggers"])
    if masked or of_kind:
        for name in ("triggers", "hints", "tolls"):
            sorted_hits[name] = [
                h for h in sorted_hits[name] if h.first not in masked and h.first not in of_kind.get(h.label, ())
            ]
    hits = {name: tuple(of) for name, of in sorted_hits.items()}
    number, paragraph, item = numbers
    return Sentence(number, paragraph, span, words, lower, _clauses(lower, clause_words), hits, line, item)


_SHORT = {"IS": "isis", "AS": "shabaab"}
"""Armed groups whose letters are small words otherwise: "40 AS fighters"."""


def _masks(hits: Sequence[Hit]) -> tuple[Mapping[str, frozenset[int]], list[Hit]]:
    """Return the words that are none of one kind's, by kind, and the masks under which nothing is an event word."""
    kinds = {h.label for h in hits if h.label != FIGURATIVE}
    return {k: covered([h for h in hits if h.label == k]) for k in kinds}, [h for h in hits if h.label == FIGURATIVE]


FIGURATIVE = "figurative"
"""The label of masks for every kind; another is the key of the one kind that a mask is for."""


def _names(words: Sequence[Word], hits: Sequence[Hit]) -> frozenset[int]:
    """Return the event words that are part of a name or a month: "Merrill Lynch", "in March"."""
    found = set()
    for hit in hits:
        first = words[hit.first]
        if not first.text[:1].isupper() or first.text.isupper():
            continue
        before = words[hit.first - 1].text if hit.first else ""
        after = words[hit.first + 1].text if hit.first + 1 < len(words) else ""
        month = first.text == "March" and (hit.first > 0 or after[:1].isdigit())
        calendar = before.lower() in CALENDAR  # the heading of a day's list stands before it
        named = before[:1].isupper() and before[1:].islower() and not calendar
        name = named and hit.first > 1 and not after[:1].isupper()
        if month or name:
            found.add(hit.first)
    return frozenset(found)


def _clauses(lower: Sequence[str], starts: frozenset[str]) -> tuple[int, ...]:
    """Number the clauses: a word that begins one opens the next number."""
    numbers, current = [], 0
    opened = bool(lower) and lower[0] in starts
    for i, word in enumerate(lower):
        if (word in starts and i) or (opened and word == ","):  # "As leaders met, forces attacked": two clauses
            current += 1
            opened = opened and word != ","
        numbers.append(current)
    return tuple(numbers)


def with_places(sentence: Sentence, spans: Sequence[Span], code: str) -> Sentence:
    """Return the sentence with the event words that take a place for their object: "captured Aleppo"."""
    if not spans:
        return sentence
    lower: list[str] = []
    at: list[int] = []
    inside = {i for s in spans for i in sentence.within(s)}
    for i, word in enumerate(sentence.lower):
        if i in inside:
            if lower and lower[-1] == "@" and i - at[-1] < LONG_NAME:
                continue
            lower.append("@")
        else:
            lower.append(word)
        at.append(i)
    at.append(len(sentence.words))
    masked = covered(_masks(sentence.hits["masks"])[1])
    found = [_without_place(h, lower, at) for h in phrases(code, "placed").find(lower)]
    kept = [h for h in found if h.first not in masked and h not in sentence.hits["triggers"]]
    if not kept:
        return sentence
    hits = sorted([*sentence.hits["triggers"], *kept], key=lambda h: (h.first, h.last))
    return replace(sentence, hits={**sentence.hits, "triggers": tuple(hits)})


def _without_place(hit: Hit, lower: Sequence[str], at: Sequence[int]) -> Hit:
    """Return a hit in the sentence's own words, the place at its end or beginning left out."""
    first, last = hit.first, hit.last
    if lower[last - 1] == "@" and last - first > 1:
        last -= 1
        return Hit(at[first], at[last - 1] + 1, hit.label)
    if lower[first] == "@" and last - first > 1:
        first += 1
    return Hit(at[first], at[last - 1] + 1, hit.label)


LONG_NAME = 6
"""Words that the name of a place may have."""


@cache
def everything(code: str) -> Phrases:
    """Return all phrase tables of a language as one, so that a sentence is walked once."""
    own, english = language(code), language("en")
    merged: dict[str, Sequence[str]] = {}
    for name in _TABLES:
        for label, listed in own.get(name, english[name]).items():
            merged[f"{name}\t{label}"] = listed
    return Phrases(merged)


@cache
def word_set(code: str, table: str) -> frozenset[str]:
    """Return the single words of a table of a language."""
    return frozenset(language(code).get(table, language("en")[table])["words"])
