"""What the words for a time mean in days: one reader for each family of `dayforms`.

Every reader takes the match, its span, the day of publication, whether the words lie ahead, and the language. Here are
those of days that have a name, in `reckoned` those that are counted from another day.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import TYPE_CHECKING

from geomap.events import reckoned
from geomap.events.dayforms import FEASTS
from geomap.events.lexicon import values
from geomap.events.timewords import DAY, HISTORIC, TimeWords, span_precision

if TYPE_CHECKING:
    import re
    from collections.abc import Callable

    from geomap.model import Span


def _iso(m: re.Match[str], span: Span, _p: date | None, _f: bool, _c: str) -> TimeWords:
    day = date(int(m["year"]), int(m["m"]), int(m["day"]))
    return TimeWords(span, day, day, 1)


def _military(m: re.Match[str], span: Span, _p: date | None, _f: bool, code: str) -> TimeWords:
    day = date(_century(m["year"]), values(code, "months")[m["month"].lower()], int(m["day"]))
    return TimeWords(span, day, day, 1)


def _military_day(m: re.Match[str], span: Span, published: date | None, _f: bool, _c: str) -> TimeWords:
    """Return the day of a time group without a month, "181130C": the last such day before the report."""
    if published is None or not m.group()[-1].isupper():
        return TimeWords(span)
    last = published if published.day >= int(m["day"]) else published.replace(day=1) - timedelta(days=1)
    day = last.replace(day=int(m["day"]))
    return TimeWords(span, day, day, 1)


def _numeric(m: re.Match[str], span: Span, _p: date | None, _f: bool, _c: str) -> TimeWords:
    day, month = int(m["day"]), int(m["m"])
    if month > 12:
        day, month = month, day
    found = date(_century(m["year"]), month, day)
    return TimeWords(span, found, found, 1)


def _listed(m: re.Match[str], span: Span, published: date | None, future: bool, _c: str) -> TimeWords:
    day = _calendar(int(m["m"]), int(m["day"]), None, published, future=future)
    return TimeWords(span, day, day, 1 if day else None)


def _century(year: str) -> int:
    number = int(year)
    return number if number > 99 else number + (1900 if number > 45 else 2000)


def _calendar(month: int, day: int, year: str | None, published: date | None, *, future: bool) -> date | None:
    """Return a day and month in the year it names, or in that nearest the publication on the side of the tense."""
    if year is not None:
        return date(_century(year), month, day)
    if published is None:
        return None
    same = date(published.year, month, day) if (month, day) != (2, 29) else published
    if future:
        return same if same >= published - HISTORIC else date(published.year + 1, month, day)
    return same if same <= published + timedelta(days=15) else date(published.year - 1, month, day)


def _on_day(m: re.Match[str], span: Span, published: date | None, future: bool, code: str) -> TimeWords:
    if m["month"] in ("may", "march"):  # the verbs
        return TimeWords(span)
    day = _calendar(values(code, "months")[m["month"].lower()], int(m["day"]), m["year"], published, future=future)
    return TimeWords(span, day, day, 1 if day else None, since=bool(m["since"]))


def _feast(m: re.Match[str], span: Span, published: date | None, future: bool, _c: str) -> TimeWords:
    name = m["feast"].lower().replace("’", "'")
    month, number = next(day for form, day in FEASTS.items() if form.replace("['’]", "'") == name)
    day = _calendar(month, number, None, published, future=future)
    return TimeWords(span, day, day, 1 if day else None)


def _day_of_month(m: re.Match[str], span: Span, published: date | None, future: bool, _c: str) -> TimeWords:
    """Read "on the 24th": the nearest such day before publication, or after it."""
    if published is None:
        return TimeWords(span)
    month = published.replace(day=1)
    number = int(m["day"])
    if future and number < published.day:
        month = (month + timedelta(days=31)).replace(day=1)
    elif not future and number > published.day:
        month = (month - DAY).replace(day=1)
    day = month.replace(day=number)
    return TimeWords(span, day, day, 1)


def _weekdays(m: re.Match[str], span: Span, published: date | None, future: bool, code: str) -> TimeWords:
    """Read "from Monday to Thursday": the latest such days, or the coming ones."""
    if published is None:
        return TimeWords(span)
    first, last = (values(code, "days")[m[name].lower()] for name in ("weekday", "weekday2"))
    if future:
        start = published + timedelta(days=(first - published.weekday()) % 7)
        end = start + timedelta(days=(last - first) % 7)
    else:
        end = published - timedelta(days=(published.weekday() - last) % 7)
        start = end - timedelta(days=(last - first) % 7)
    return TimeWords(span, start, end, span_precision(start, end))


def _week_of(m: re.Match[str], span: Span, published: date | None, future: bool, code: str) -> TimeWords:
    month = values(code, "months")[m["month"].lower()]
    nth = m["nth"].lower()
    number = 1 if nth != "last" else 28
    opening = _calendar(month, number, m["year"], published, future=future)
    if opening is None:
        return TimeWords(span)
    if nth == "last":
        last = opening.replace(day=monthrange(opening.year, month)[1])
        return TimeWords(span, last - 6 * DAY, last, 2)
    first = opening + ("first", "second", "third").index(nth) * 7 * DAY
    return TimeWords(span, first, first + 6 * DAY, 2)


def _range(m: re.Match[str], span: Span, published: date | None, future: bool, code: str) -> TimeWords:
    months, named = values(code, "months"), m.groupdict()
    month = months[m["month"].lower()]
    month2 = months[named["month2"].lower()] if named.get("month2") else month
    first = _calendar(month, int(m["day"]), m["year"], published, future=future)
    last = _calendar(month2, int(m["day2"]), m["year"], published, future=future)
    if first and last and month > month2 and first.year == last.year:  # over New Year
        first = first.replace(year=first.year - 1)
    if first and last and first > last:
        first, last = last, first
    return TimeWords(span, first, last, span_precision(first, last))


_PARTS = {"early": (1, 10), "early in": (1, 10), "in early": (1, 10), "mid": (11, 20), "in mid": (11, 20)}
_PARTS |= {"late": (21, 31), "in late": (21, 31), "late in": (21, 31)}
"""The days of a month that its parts are."""


def _month(m: re.Match[str], span: Span, published: date | None, future: bool, code: str) -> TimeWords | None:
    month = values(code, "months")[m["month"].lower()]
    written = m.groupdict().get("year")
    if m["month"][0].islower() and month in (3, 5):  # "may", "march" the verbs
        return None
    year = int(written) if written else None
    if year is None:
        if published is None:
            return TimeWords(span)
        ahead = month > published.month
        behind = month < published.month
        year = published.year - (1 if ahead and not future else 0) + (1 if behind and future else 0)
    opening, closing = _PARTS.get((m.groupdict().get("lead") or "").lower(), (1, 31))
    last = date(year, month, min(closing, monthrange(year, month)[1]))
    first = date(year, month, opening)
    if published is not None and first <= published < last and not future:
        last = published
    return TimeWords(span, first, last, 3)


def _months(m: re.Match[str], span: Span, published: date | None, future: bool, code: str) -> TimeWords:
    """Read "between May and July 1996", the year told with either or none."""
    first, last = (values(code, "months")[m[name].lower()] for name in ("month", "month2"))
    year = int(m["year2"] or m["year"] or 0)
    if not year:
        ending = _calendar(last, 1, None, published, future=future)
        if ending is None:
            return TimeWords(span)
        year = ending.year
    opened = date(int(m["year"] or year - (first > last)), first, 1)
    return TimeWords(span, opened, date(year, last, monthrange(year, last)[1]), 3)


def _since_month(m: re.Match[str], span: Span, published: date | None, future: bool, code: str) -> TimeWords | None:
    found = _month(m, span, published, future, code)
    return found and TimeWords(span, found.first, found.last, found.precision, since=True)


def _weekday_short(m: re.Match[str], span: Span, published: date | None, _f: bool, _c: str) -> TimeWords:
    """Return the last day of a shortened name: "(Thurs)"."""
    if published is None:
        return TimeWords(span)
    back = (published.weekday() - _SHORT.index(m["weekday"][:3].lower())) % 7
    day = published - timedelta(days=back)
    return TimeWords(span, day, day, 1)


_SHORT = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def _weekday(m: re.Match[str], span: Span, published: date | None, future: bool, code: str) -> TimeWords:
    lead = (m["lead"] or "").lower()
    since = lead == "since" or bool(m["since"])
    if published is None:
        return TimeWords(span, since=since)
    wanted = values(code, "days")[m["weekday"].lower()]
    back = (published.weekday() - wanted) % 7
    if lead in ("next", "coming") or (future and not since and lead not in ("last", "past", "previous")):
        day = published + timedelta(days=(wanted - published.weekday()) % 7 or (7 if lead == "next" else 0))
    elif lead in ("last", "past", "previous"):
        day = published - timedelta(days=back or 7)
    else:
        day = published - timedelta(days=back)
    return TimeWords(span, day, day, 1, since=since)


def _year(m: re.Match[str], span: Span, published: date | None, _f: bool, _c: str) -> TimeWords:
    year = int(m["year"])
    lead = m["lead"].lower()
    if published is not None and year == published.year:
        return TimeWords(span, date(year, 1, 1), published, 3, since=lead in ("since", "from"))
    return TimeWords(span, year=year, since=lead in ("since", "from"))


READERS: dict[str, Callable[[re.Match[str], Span, date | None, bool, str], TimeWords | None]] = {
    "iso": _iso,
    "military": _military,
    "military_day": _military_day,
    "numeric": _numeric,
    "numeric_of_year": _numeric,
    "listed": _listed,
    "day": _on_day,
    "range": _range,
    "months": _months,
    "month": _month,
    "month_of_year": _month,
    "since_month": _since_month,
    "nth": reckoned.nth,
    "weekday": _weekday,
    "weekday_short": _weekday_short,
    "feast": _feast,
    "day_of_month": _day_of_month,
    "weekdays": _weekdays,
    "week_of": _week_of,
    "lasting": reckoned.lasting,
    "morning_after": reckoned.morning_after,
    "next": reckoned.counted(1),
    "previous": reckoned.counted(-1),
    "same": reckoned.counted(0),
    "minus2": reckoned.shift(-2),
    "minus1": reckoned.shift(-1),
    "plus0": reckoned.shift(0),
    "plus1": reckoned.shift(1),
    "relative": reckoned.relative,
    "ago": reckoned.ago,
    "past": reckoned.past,
    "coming": reckoned.coming,
    "unit": reckoned.unit,
    "weekend": reckoned.weekend,
    "year": _year,
}
