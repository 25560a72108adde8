"""The year told once for what follows: "In April 1996 ... On 9 June", "between May and July of that year"."""

from __future__ import annotations

import re
from dataclasses import dataclass
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


def _names_month(time: TimeWords, text: str, code: str) -> bool:
    words = time.span.of(text).lower().replace(".", " ").replace(",", " ").split()
    return not _WRITTEN.search(time.span.of(text)) and any(w in values(code, "months") for w in words)


def _fitting(
    time: TimeWords, told: Year, sentence: Sentence, published: date | None, inside: dict[Span, TimeWords]
) -> Year | None:
    """Return the year told before where it goes on: always without a day of publication, else in a looking back."""
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
            return Year(time.year, 0, sentence.paragraph, sentence.number)
    return None
