"""The day an article was printed, as it says itself: its dateline or a date line, never another story's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geomap.dateline import dateline
from geomap.events.dates import time_words
from geomap.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from geomap.model import Document

HEAD = 400
"""How many characters of an article a date line may stand in."""
LONG = 100
"""No date line is longer."""

_LABEL = (
    r"published|first published|originally published|posted|issued|date|updated|last updated|last update|last modified"
    r"|modified|publié|publicado|опубликовано|опубліковано"
)
_LINE = re.compile(
    rf"[^\w\n]*(?:(?P<label>{_LABEL})\b[^\w\n]*(?:(?:on|at|le|el)\b)?[^\w\n]*)?(?P<date>[^\n]{{4,90}})",
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"\s*[^\W\d_][^\d\n]{1,50}?(?:,|-|–|—)\s*"
    r"(?P<date>\d{1,2}\.?\s+[^\W\d_]{3,12}\.?,?\s+\d{4}|[^\W\d_]{3,12}\.?\s+\d{1,2},?\s+\d{4})\s*(?:[-–—:(]|$)"
)
"""An article that opens with its town and a full date, in any alphabet."""
_PERIOD = re.compile(
    r"\b(?:(?:reporting |review )?period(?: covered| under review)?|cover(?:s|ing)|week(?: of| ending| from)?"
    r"|as (?:of|at)|situation (?:on|at)|reporting dates?)\b[^\w\n]*(?=[^\n]{0,40}\b(?:19|20)\d\d\b)",
    re.IGNORECASE,
)
"""How a situation report or a weekly review says which days it covers: it came out at their end."""
_FURNITURE = re.compile(
    rf"(?:{_LABEL}|gmt|utc|bst|edt|est|cet|ist|am|pm|a\.m|p\.m|at|on|by|admin|ago|hours?|minutes?|of|h|à|min|read|\w+day"
    r"|sun|mon|tues?|wed|thurs?|fri|sat|z|t\d\S*)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]{2,}")
FOREIGN = 3
"""How many words a date line may have that are neither the date nor the usual company of one."""


def published_in(document: Document) -> date | None:
    """Return the publication date: the one given, or else that of a date line or dateline of the article itself."""
    if document.published is not None:
        return document.published
    return _dateline(document) or _date_line(document) or _covered(document)


def _dateline(document: Document) -> date | None:
    text = document.text
    for part in document.article[:3]:
        line = dateline(text, part)
        day = _dated(text, line, document.language) if line is not None else None
        opening = _OPENING.match(text, part.start, min(part.end, part.start + LONG)) if day is None else None
        if opening is not None:
            day = _dated(text, Span(*opening.span("date")), document.language)
        if day is not None:
            return day
    return None


def _date_line(document: Document) -> date | None:
    """Return the day of the first date line, one that says "published" before others."""
    found: list[tuple[bool, int, date]] = []
    for line in _lines(document):
        match = _LINE.match(document.text, line.start, line.end)
        if match is None:
            continue
        span = Span(match.start("date"), line.end)
        times = time_words(document.text, span, None, code=document.language)
        day = times[0].first if times and times[0].first == times[0].last else None
        if day is None or times[0].span.start - span.start > 4:
            continue
        left = document.text[times[0].span.end : line.end]
        if len(_WORD.findall(_FURNITURE.sub("", left))) <= FOREIGN:
            label = (match["label"] or "").lower()
            found.append((not label or "updated" in label or "modified" in label, line.start, day))
    return min(found)[2] if found else None


def _covered(document: Document) -> date | None:
    """Return the last day of the days that a report's head says it covers."""
    for line in _lines(document):
        match = _PERIOD.search(document.text, line.start, line.end)
        if match is None:
            continue
        times = time_words(document.text, Span(match.end(), line.end), None, code=document.language)
        if times and times[0].last is not None and times[0].span.start - match.end() <= 4 and times[0].precision != 3:
            return times[0].last
    return None


def _lines(document: Document) -> Iterator[Span]:
    """Yield the short lines before the article and at its head, and its last: no line of a story beside it."""
    text, article = document.text, document.article
    head = min(article[0].start + HEAD, len(text))
    start = 0
    while start < head:
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        own = start < article[0].start or any(part.start <= start < part.end for part in article)
        if own and 0 < end - start <= LONG and not _runs_on(text, end):
            yield Span(start, end)
        start = end + 1
    last = text[: article[-1].end].rstrip()
    start = last.rfind("\n") + 1
    if start >= head and len(last) - start <= LONG and _LINE.match(text, start, len(last)) is not None:
        match = _LINE.match(text, start, len(last))
        if match is not None and match["label"]:
            yield Span(start, len(last))


def _runs_on(text: str, end: int) -> bool:
    """Say whether a sentence goes on in the next line."""
    return text[end + 1 : end + 2].islower() or text[end - 1 : end] == ","


def _dated(text: str, span: Span, code: str) -> date | None:
    """Return the full date that a dateline holds."""
    return next(
        (t.first for t in time_words(text, span, None, code=code) if t.first is not None and t.first == t.last), None
    )
