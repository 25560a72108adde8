"""What the words for a time mean in days: one reader for each family of `dayforms`.

Every reader takes the match, its span, the day of publication, whether the words lie ahead, and the language.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from geomap.events.dayforms import FEASTS
from geomap.events.lexicon import values
from geomap.model import Precision, Span, When

if TYPE_CHECKING:
    from collections.abc import Callable

HISTORIC = timedelta(days=60)
"""What is older than this before publication is history, not news."""

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class TimeWords:
    """Words that tell a time: where they stand, and the days they mean where that can be known."""

    span: Span
    first: date | None = None
    last: date | None = None
    precision: Precision | None = None
    year: int | None = None
    """The year, where the words name no nearer time than that."""
    since: bool = False
    """Whether they are where something began ("since 2011") rather than when it was."""
    after_event: int | None = None
    """How many days after the event told before they are, or, below nothing, before it ("three days earlier")."""
    running: bool = False
    """Whether they count the days of what still goes on ("for a second day")."""
    opens_clause: bool = False
    """Whether they are of the clause behind them only ("ten days after pupils were kidnapped")."""

    def when(self) -> When:
        """Return them as the model has it."""
        return When(self.span, self.first, self.last, self.precision if self.first else None)

    def is_history(self, published: date | None) -> bool:
        """Say whether they lie long before publication, or, where that is not known, name a bare past year."""
        if published is None:
            return self.year is not None and self.first is None
        last = self.last or (date(self.year, 12, 31) if self.year else None)
        return last is not None and last < published - HISTORIC


_NUMBERS = {w: n for n, w in enumerate("one two three four five six seven eight nine ten".split(), 1)}
_NUMBERS |= {"a": 1, "an": 1, "several": 3, "a few": 3, "few": 3, "a couple of": 2}
_NTH = {
    w: n for n, w in enumerate("second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split(), 2)
}


def _iso(m: re.Match[str], span: Span, _p: date | None, _f: bool, _c: str) -> TimeWords:
    day = date(int(m["year"]), int(m["m"]), int(m["day"]))
    return TimeWords(span, day, day, 1)


def _military(m: re.Match[str], span: Span, _p: date | None, _f: bool, code: str) -> TimeWords:
    day = date(_century(m["year"]), values(code, "months")[m["month"].lower()], int(m["day"]))
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
        month = (month - _DAY).replace(day=1)
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
    return TimeWords(span, start, end, _span_precision(start, end))


_GOES_ON = re.compile(
    r"\b(?:ha(?:s|ve) been|is|are|ha(?:s|ve) (?:raged|continued|lasted|fought))\b[^.;]{0,100}$", re.IGNORECASE
)


def _lasting(m: re.Match[str], span: Span, published: date | None, _f: bool, _c: str) -> TimeWords | None:
    """Read "have been fighting for seven days": the span up to publication, where it goes on."""
    if _GOES_ON.search(m.string[max(0, span.start - 120) : span.start]) is None:
        return None
    if published is None:
        return TimeWords(span, running=True)
    days = _number(m["n"]) * (7 if m["unit"].lower() == "week" else 1)
    first = published - timedelta(days=days - 1)
    return TimeWords(span, first, published, _span_precision(first, published), running=True)


def _week_of(m: re.Match[str], span: Span, published: date | None, future: bool, code: str) -> TimeWords:
    month = values(code, "months")[m["month"].lower()]
    nth = m["nth"].lower()
    number = 1 if nth != "last" else 28
    opening = _calendar(month, number, m["year"], published, future=future)
    if opening is None:
        return TimeWords(span)
    if nth == "last":
        last = opening.replace(day=monthrange(opening.year, month)[1])
        return TimeWords(span, last - 6 * _DAY, last, 2)
    first = opening + ("first", "second", "third").index(nth) * 7 * _DAY
    return TimeWords(span, first, first + 6 * _DAY, 2)


def _counted(days: int) -> Callable[[re.Match[str], Span, date | None, bool, str], TimeWords | None]:
    """Read "the next day", "that evening": counted from the event told before."""

    def reader(_m: re.Match[str], span: Span, published: date | None, _f: bool, _c: str) -> TimeWords:
        day = published + days * _DAY if published is not None and days < 0 else None
        return TimeWords(span, day, day, 1 if day else None, after_event=days)

    return reader


def _morning_after(_m: re.Match[str], span: Span, _p: date | None, _f: bool, _c: str) -> TimeWords:
    """Read "on Tuesday, the morning after troops opened fire": what is told behind it was the day before."""
    return TimeWords(span, after_event=-1, opens_clause=True)


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
    return TimeWords(span, first, last, _span_precision(first, last))


def _span_precision(first: date | None, last: date | None) -> Precision | None:
    if first is None or last is None:
        return None
    days = (last - first).days
    return 1 if days == 0 else 2 if days <= 7 else 3


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


def _nth(m: re.Match[str], span: Span, published: date | None, _f: bool, _c: str) -> TimeWords:
    nth = m["nth"].lower()
    count = _NTH.get(nth) or int(re.sub(r"\D", "", nth))
    if published is None:
        return TimeWords(span, running=True)
    days = count * 7 if m["unit"].lower() == "week" else count
    first = published - timedelta(days=days - 1)
    return TimeWords(span, first, published, _span_precision(first, published), running=True)


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


def _shift(days: int) -> Callable[[re.Match[str], Span, date | None, bool, str], TimeWords | None]:
    def reader(_m: re.Match[str], span: Span, published: date | None, _f: bool, _c: str) -> TimeWords:
        day = published + days * _DAY if published else None
        return TimeWords(span, day, day, 1 if day else None)

    return reader


_UNIT_DAYS = {"hour": 0, "day": 1, "week": 7, "month": 30, "year": 365, "weekend": 3}


def _ago(m: re.Match[str], span: Span, published: date | None, _f: bool, _c: str) -> TimeWords:
    count = _NUMBERS.get(m["n"].lower()) or int(m["n"])
    unit = m["unit"].lower()
    if published is None:
        return TimeWords(span, year=1900 if unit == "year" else None)
    middle = published - timedelta(days=count * _UNIT_DAYS[unit])
    slack = {"day": 0, "week": 3, "month": 15, "year": 182}[unit]
    first, last = middle - slack * _DAY, middle + slack * _DAY
    return TimeWords(span, first, last, 1 if unit == "day" else 2 if unit == "week" else 3)


_BEHIND = re.compile(
    r"\s*(?:(?P<stop>[,.;]|$)|(?P<deed>the (?:\w+ )?(?:attack|raid|blast|bombing|killing|clash|massacre|ambush|strike"
    r"|abduction|kidnapping|explosion|shooting|assault)\w*))"
)
"""What may stand behind "two weeks before": a stop, or the event told before."""


def _relative(m: re.Match[str], span: Span, published: date | None, _f: bool, _c: str) -> TimeWords | None:
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


def _past(m: re.Match[str], span: Span, published: date | None, _f: bool, _c: str) -> TimeWords:
    if published is None:
        return TimeWords(span)
    count = _number(m["n"])
    if m["unit"].lower() == "hour":
        return TimeWords(span, published - (count + 23) // 24 * _DAY, published, _span_precision(published, published))
    first = published - timedelta(days=count * _UNIT_DAYS[m["unit"].lower()])
    return TimeWords(span, first, published, _span_precision(first, published))


def _number(words: str | None) -> int:
    return 1 if words is None else _NUMBERS.get(words.lower()) or int(words)


def _coming(m: re.Match[str], span: Span, published: date | None, _f: bool, _c: str) -> TimeWords:
    if published is None:
        return TimeWords(span)
    last = published + timedelta(days=_number(m["n"]) * _UNIT_DAYS[m["unit"].lower()])
    return TimeWords(span, published, last, _span_precision(published, last))


def _unit(m: re.Match[str], span: Span, published: date | None, future: bool, _c: str) -> TimeWords | None:
    if published is None:
        return TimeWords(span)
    lead, unit = m["lead"].lower(), m["unit"].lower()
    step = -1 if "last" in lead or lead in ("past", "previous") else 1 if lead == "next" else 0
    if unit == "week":
        first = published - timedelta(days=published.weekday()) + step * 7 * _DAY
        last = first + 6 * _DAY
        if lead == "past":
            first, last = published - 7 * _DAY, published
    elif unit == "weekend":
        last = published - timedelta(days=(published.weekday() - 6) % 7)
        first = last - _DAY
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
    return TimeWords(span, first, last, _span_precision(first, last))


def _weekend(_m: re.Match[str], span: Span, published: date | None, _f: bool, _c: str) -> TimeWords:
    if published is None:
        return TimeWords(span)
    last = published - timedelta(days=(published.weekday() - 6) % 7)
    return TimeWords(span, last - _DAY, last, 2)


def _year(m: re.Match[str], span: Span, published: date | None, _f: bool, _c: str) -> TimeWords:
    year = int(m["year"])
    lead = m["lead"].lower()
    if published is not None and year == published.year:
        return TimeWords(span, date(year, 1, 1), published, 3, since=lead in ("since", "from"))
    return TimeWords(span, year=year, since=lead in ("since", "from"))


READERS: dict[str, Callable[[re.Match[str], Span, date | None, bool, str], TimeWords | None]] = {
    "iso": _iso,
    "military": _military,
    "numeric": _numeric,
    "numeric_of_year": _numeric,
    "listed": _listed,
    "day": _on_day,
    "range": _range,
    "months": _months,
    "month": _month,
    "month_of_year": _month,
    "since_month": _since_month,
    "nth": _nth,
    "weekday": _weekday,
    "feast": _feast,
    "day_of_month": _day_of_month,
    "weekdays": _weekdays,
    "week_of": _week_of,
    "lasting": _lasting,
    "morning_after": _morning_after,
    "next": _counted(1),
    "previous": _counted(-1),
    "same": _counted(0),
    "minus2": _shift(-2),
    "minus1": _shift(-1),
    "plus0": _shift(0),
    "plus1": _shift(1),
    "relative": _relative,
    "ago": _ago,
    "past": _past,
    "coming": _coming,
    "unit": _unit,
    "weekend": _weekend,
    "year": _year,
}
