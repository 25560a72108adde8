"""Days that are reckoned from another: "three days ago", "last week", "the next day", "for a second day"."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import TYPE_CHECKING

from geomap.events.timewords import DAY, TimeWords, span_precision

if TYPE_CHECKING:
    from collections.abc import Callable

    from geomap.model import Span

_NUMBERS = {w: n for n, w in enumerate("one two three four five six seven eight nine ten".split(), 1)}
_NUMBERS |= {"a": 1, "an": 1, "several": 3, "a few": 3, "few": 3, "a couple of": 2}
_NTH = {
    w: n for n, w in enumerate("second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split(), 2)
}
_GOES_ON = re.compile(
    r"\b(?:ha(?:s|ve) been|is|are|ha(?:s|ve) (?:raged|continued|lasted|fought))\b[^.;]{0,100}$", re.IGNORECASE
)


def lasting(m: re.Match[str], span: Span, published: date | None, _f: bool, _c: str) -> TimeWords | None:
    """Read "have been fighting for seven days": the span up to publication, where it goes on."""
    if _GOES_ON.search(m.string[max(0, span.start - 120) : span.start]) is None:
        return None
    if published is None:
        return TimeWords(span, running=True)
    days = _number(m["n"]) * (7 if m["unit"].lower() == "week" else 1)
    first = published - timedelta(days=days - 1)
    return TimeWords(span, first, published, span_precision(first, published), running=True)


def counted(days: int) -> Callable[[re.Match[str], Span, date | None, bool, str], TimeWords | None]:
    """Return the reader of "the next day", "that evening": counted from the event told before."""

    def reader(_m: re.Match[str], span: Span, published: date | None, _f: bool, _c: str) -> TimeWords:
        day = published + days * DAY if published is not None and days < 0 else None
        return TimeWords(span, day, day, 1 if day else None, after_event=days)

    return reader


def morning_after(_m: re.Match[str], span: Span, _p: date | None, _f: bool, _c: str) -> TimeWords:
    """Read "on Tuesday, the morning after troops opened fire": what is told behind it was the day before."""
    return TimeWords(span, after_event=-1, opens_clause=True)


def nth(m: re.Match[str], span: Span, published: date | None, _f: bool, _c: str) -> TimeWords:
    """Read "for a third day", "in its second week": the span up to publication, which goes on."""
    nth = m["nth"].lower()
    count = _NTH.get(nth) or int(re.sub(r"\D", "", nth))
    if published is None:
        return TimeWords(span, running=True)
    days = count * 7 if m["unit"].lower() == "week" else count
    first = published - timedelta(days=days - 1)
    return TimeWords(span, first, published, span_precision(first, published), running=True)


def shift(days: int) -> Callable[[re.Match[str], Span, date | None, bool, str], TimeWords | None]:
    """Return the reader of "today", "yesterday", "tomorrow": counted from publication."""

    def reader(_m: re.Match[str], span: Span, published: date | None, _f: bool, _c: str) -> TimeWords:
        day = published + days * DAY if published else None
        return TimeWords(span, day, day, 1 if day else None)

    return reader


_UNIT_DAYS = {"hour": 0, "day": 1, "week": 7, "month": 30, "year": 365, "weekend": 3}


def ago(m: re.Match[str], span: Span, published: date | None, _f: bool, _c: str) -> TimeWords:
    """Read "three days ago", "two months ago": a day, or a span about it as wide as the unit."""
    count = _NUMBERS.get(m["n"].lower()) or int(m["n"])
    unit = m["unit"].lower()
    if published is None:
        return TimeWords(span, year=1900 if unit == "year" else None)
    middle = published - timedelta(days=count * _UNIT_DAYS[unit])
    slack = {"day": 0, "week": 3, "month": 15, "year": 182}[unit]
    first, last = middle - slack * DAY, middle + slack * DAY
    return TimeWords(span, first, last, 1 if unit == "day" else 2 if unit == "week" else 3)


_BEHIND = re.compile(
    r"\s*(?:(?P<stop>[,.;]|$)|(?P<deed>the (?:\w+ )?(?:attack|raid|blast|bombing|killing|clash|massacre|ambush|strike"
    r"|abduction|kidnapping|explosion|shooting|assault)\w*))"
)
"""What may stand behind "two weeks before": a stop, or the event told before."""


def relative(m: re.Match[str], span: Span, published: date | None, _f: bool, _c: str) -> TimeWords | None:
    """Read "three days earlier", "two weeks before the attack", "ten days after pupils were kidnapped"."""
    way = m["way"].lower()
    days = 1 if m["one"] else _number(m["n"]) * _UNIT_DAYS[m["unit"].lower()]
    behind = _BEHIND.match(m.string, m.end(), m.end() + 60)
    if m["one"] and (behind is None or behind["deed"] is None):
        return None  # "the day before": that before publication
    if way in ("earlier", "before") and (way == "earlier" or behind is not None):
        day = published - timedelta(days=days) if published is not None else None
        return TimeWords(span, day, day, 2 if day else None, after_event=-days)
    if way == "later" or behind is not None:
        return TimeWords(span, after_event=days)
    return TimeWords(span, after_event=-days, opens_clause=True) if way == "after" else TimeWords(span)


def past(m: re.Match[str], span: Span, published: date | None, _f: bool, _c: str) -> TimeWords:
    """Read "in the past two weeks", "over the last 24 hours": the span up to publication."""
    if published is None:
        return TimeWords(span)
    count = _number(m["n"])
    if m["unit"].lower() == "hour":
        return TimeWords(span, published - (count + 23) // 24 * DAY, published, span_precision(published, published))
    first = published - timedelta(days=count * _UNIT_DAYS[m["unit"].lower()])
    return TimeWords(span, first, published, span_precision(first, published))


def _number(words: str | None) -> int:
    return 1 if words is None else _NUMBERS.get(words.lower()) or int(words)


def coming(m: re.Match[str], span: Span, published: date | None, _f: bool, _c: str) -> TimeWords:
    """Read "in the coming ten days": the span from publication on."""
    if published is None:
        return TimeWords(span)
    last = published + timedelta(days=_number(m["n"]) * _UNIT_DAYS[m["unit"].lower()])
    return TimeWords(span, published, last, span_precision(published, last))


def unit(m: re.Match[str], span: Span, published: date | None, future: bool, _c: str) -> TimeWords | None:
    """Read "last week", "this month", "next year", "later this week": the week, month or year of the calendar."""
    if published is None:
        return TimeWords(span)
    lead, unit = m["lead"].lower(), m["unit"].lower()
    step = -1 if "last" in lead or lead in ("past", "previous") else 1 if lead == "next" else 0
    if unit == "week":
        first = published - timedelta(days=published.weekday()) + step * 7 * DAY
        last = first + 6 * DAY
        if lead == "past":
            first, last = published - 7 * DAY, published
    elif unit == "weekend":
        last = published - timedelta(days=(published.weekday() - 6) % 7)
        first = last - DAY
    elif unit == "month":
        year, month = divmod(published.year * 12 + published.month - 1 + step, 12)
        first = date(year, month + 1, 1)
        last = date(year, month + 1, monthrange(year, month + 1)[1])
    else:
        return TimeWords(span, date(published.year + step, 1, 1), date(published.year + step, 12, 31), 3)
    if step == 0 and not future and "later" not in lead:
        last = min(last, published)
    elif step == 0 and "later" in lead:
        first = max(first, published)
    return TimeWords(span, first, last, span_precision(first, last))


def weekend(_m: re.Match[str], span: Span, published: date | None, _f: bool, _c: str) -> TimeWords:
    """Read "over the weekend": the last one."""
    if published is None:
        return TimeWords(span)
    last = published - timedelta(days=(published.weekday() - 6) % 7)
    return TimeWords(span, last - DAY, last, 2)
