"""The year told once for what follows: "In April 1996 ... On 9 June", "between May and July of that year"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from geomap.events.dates import time_words
from geomap.events.lexicon import values

if TYPE_CHECKING:
    from geomap.events.reading import Sentence
    from geomap.events.timewords import TimeWords
    from geomap.model import Document, Span

_WRITTEN = re.compile(r"\b(?:1[89]|20)\d\d\b")
_THAT_YEAR = re.compile(r"\b(?:that|the same) year\b", re.IGNORECASE)
RECENT = 2
"""How many years before publication a bare year must lie for the months behind it to be of it."""


@dataclass(frozen=True, slots=True)
class Year:
    """A year that a text has told: with its month where it named one, and in which paragraph and sentence."""

    year: int
    month: int = 0
    paragraph: int = 0
    sentence: int = 0
    past: bool = False
    """Whether it only names a thing or says since when: the days behind it are not of it, unless "of that year"."""


def times_of(
    document: Document, sentence: Sentence, published: date | None, told: Year | None
) -> tuple[tuple[TimeWords, ...], Year | None]:
    """Return the time words of a sentence, days without a year in the year told before, and the year it tells on."""
    text, code = document.text, document.language
    times = time_words(text, sentence.body, published, code=code)
    if not times:
        return times, told
    if told is not None and any(_names_month(t, text, code) for t in times):
        inside = {t.span: t for t in time_words(text, sentence.body, date(told.year, 12, 31), code=code)}
        that = _THAT_YEAR.search(text, sentence.body.start, sentence.body.end) is not None
        times = tuple(
            _carried(t, inside, text, code, told if that else _fitting(t, told, sentence, published, inside))
            for t in times
        )
    times = tuple(_of_that_year(times, n, text, code) for n in range(len(times)))
    return times, _told(times, text, sentence) or told


def year_of(document: Document, sentence: Sentence) -> Year | None:
    """Return the last year that a sentence writes out, which tells no event."""
    if not _WRITTEN.search(document.text, sentence.body.start, sentence.body.end):
        return None
    return _told(time_words(document.text, sentence.body, None, code=document.language), document.text, sentence)


def _carried(time: TimeWords, inside: dict[Span, TimeWords], text: str, code: str, told: Year | None) -> TimeWords:
    """Return a time in the year told before, where it names a month and no year."""
    if told is None or not _names_month(time, text, code):
        return time
    return inside.get(time.span, time)


def _of_that_year(times: tuple[TimeWords, ...], n: int, text: str, code: str) -> TimeWords:
    """Return a month "of that year" in the year its own sentence wrote before: "on 4 May 1980, and in June of"."""
    time = times[n]
    before = next((t for t in reversed(times[:n]) if t.first is not None and _WRITTEN.search(t.span.of(text))), None)
    if before is None or before.first is None or time.first is None or not _names_month(time, text, code):
        return time
    if not _THAT_YEAR.search(text, time.span.start, time.span.end + len(" of the same year")):
        return time
    try:
        moved = [d.replace(year=before.first.year) if d is not None else None for d in (time.first, time.last)]
    except ValueError:  # 29 February of a year without one
        return time
    return replace(time, first=moved[0], last=moved[1])


def _names_month(time: TimeWords, text: str, code: str) -> bool:
    words = time.span.of(text).lower().replace(".", " ").replace(",", " ").split()
    return not _WRITTEN.search(time.span.of(text)) and any(w in values(code, "months") for w in words)


def _fitting(
    time: TimeWords, told: Year, sentence: Sentence, published: date | None, inside: dict[Span, TimeWords]
) -> Year | None:
    """Return the year told before where it goes on: always without a day of publication, else in a looking back."""
    if told.past:
        return None
    if published is None:
        return told
    other = inside.get(time.span)
    if other is None or other.first is None or told.paragraph != sentence.paragraph or told.year >= published.year:
        return None
    if sentence.number - told.sentence > 1:
        return None
    later = told.month <= other.first.month if told.month else told.year <= published.year - RECENT
    return told if later else None


def _told(times: tuple[TimeWords, ...], text: str, sentence: Sentence) -> Year | None:
    """Return the last year that a sentence writes out."""
    for time in reversed(times):
        if not _WRITTEN.search(time.span.of(text)):
            continue
        if time.first is not None:
            return Year(time.first.year, time.first.month, sentence.paragraph, sentence.number)
        if time.year is not None:
            past = time.since or _is_of_a_noun(time, text, sentence)
            return Year(time.year, 0, sentence.paragraph, sentence.number, past)
    return None


def _is_of_a_noun(time: TimeWords, text: str, sentence: Sentence) -> bool:
    """Say whether a bare year only names a thing, "a 2015 ceasefire", or tells since when, "since it began in 1976"."""
    if time.year is None:
        return False
    at, lower = sentence.at(time.span.start), sentence.lower
    article = {*lower[max(0, at - 1) : at], time.span.of(text).lower().split()[0]} & _ARTICLES
    noun = lower[sentence.at(time.span.end - 1) + 1 :][:1] not in ((".",), (",",), ())
    return (bool(article) and noun) or "since" in lower[max(0, at - SINCE) : at]


_ARTICLES = frozenset(("a", "an", "the", "its", "their"))
SINCE = 9
"""How many words before a bare year "since" may stand to be of it."""
