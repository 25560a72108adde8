"""When: a resolver for the way news tells days.

Weekdays are read against the publication date and the tense; without a publication date the words stay and no day is
invented. Every expression is found by one regular expression a family, each linear.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

from geomap.events.lexicon import values
from geomap.model import Precision, Span, When

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from geomap.model import Document

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


@cache
def _patterns(code: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    days = "|".join(sorted(values(code, "days"), key=len, reverse=True))
    months = "|".join(sorted(values(code, "months"), key=len, reverse=True))
    numbers = r"a|an|one|two|three|four|five|six|seven|eight|nine|ten|several|a few|a couple of|\d{1,3}"
    number_words = r"second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|\d{1,2}(?:st|nd|rd|th)"
    month = rf"(?P<month>{months})\b\.?"
    day = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
    clock = r"(?!\s*(?:hrs|hours|h\b|gmt|utc|z\b|local|am\b|pm\b|people|soldiers|others|dead))"
    full_year = rf"(?:,?\s+(?P<year>(?:1[89]|20)\d\d)\b{clock})?"
    year = rf"(?:,?\s+(?P<year>(?:1[89]|20)\d\d|\d{{2}}(?![\d:.,]\d))\b{clock})?"
    lead = r"(?:(?P<lead>last|next|this|past|coming|previous|late last|early|late|since|by|until|before)\s+)?"
    on = r"(?:\b(?:late on|early on|on)\s+)?"
    table = (
        (r"\b(?P<year>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<day>\d\d)\b", "iso"),
        (rf"\b\d{{6}}z\s?{month}\s?(?P<year>\d{{2,4}})\b", "military"),
        (rf"\b{day}\s*(?:-|–|to|and|until)\s*(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{month}{full_year}", "range"),
        (rf"\b{month}\s+{day}\s*(?:-|–|to|and|until|through)\s*(?:(?:{months})\s+)?(?P<day2>\d{{1,2}})\b(?!,?\d){full_year}", "range"),
        (rf"{on}\b{day}\s+(?:of\s+)?{month}{year}", "day"),
        (rf"{on}\b{month}\s+{day}\b(?![,.]\d|:\d){full_year}", "day"),
        (r"\b(?P<day>\d{1,2})[/.](?P<m>\d{1,2})[/.](?P<year>\d{4})\b", "numeric"),
        (r"(?m)^[ \t]*(?P<day>\d{1,2})[./](?P<m>\d{1,2})(?=[ \t]*[-–:])", "listed"),
        (rf"\b(?:since|from)\s+{month}{full_year}", "since_month"),
        (rf"\b(?P<lead>last|next|this|early|mid|late)?[\s-]*{month}\s+(?P<year>(?:19|20)\d\d)\b", "month"),
        (rf"\b(?P<lead>in|last|next|this|early|mid|late|early in|of|during)[\s-]+{month}(?!\s*\d)(?=[\s,.;)]|$)", "month"),
        (rf"\b(?:the\s+)?(?P<nth>{number_words})\s+(?:straight|consecutive|successive)\s+(?P<unit>day|night|week)\b", "nth"),
        (rf"\bfor\s+(?:a|the)\s+(?P<nth>{number_words})\s+(?P<unit>day|night|week)\b", "nth"),
        (rf"\b(?:entered|in|on)\s+(?:its|their|the)\s+(?P<nth>{number_words})\s+(?P<unit>day|week)\b", "nth"),
        (rf"{on}\b{lead}(?P<weekday>{days})(?:\s+(?:morning|afternoon|evening|night))?\b", "weekday"),
        (r"\bday before yesterday\b", "minus2"),
        (rf"\b(?:(?P<n>{numbers})\s+(?P<unit>day|week|month)s?|the\s+(?P<one>day))\s+(?P<way>earlier|later|after|before)\b", "relative"),
        (r"\b(?:yesterday|last night|last evening|overnight|the previous night|previous day|the day before|the previous day)\b", "minus1"),
        (r"\b(?:today|tonight|this morning|this afternoon|this evening|at dawn today|earlier in the day|early today)\b", "plus0"),
        (r"\btomorrow\b", "plus1"),
        (rf"\b(?P<n>{numbers})\s+(?P<unit>day|week|month|year)s?\s+(?:ago|earlier)\b", "ago"),
        (rf"\b(?:over|in|during|within|for)\s+the\s+(?:past|last)\s+(?:(?P<n>{numbers})\s+)?(?P<unit>day|week|month|year|hour)s?\b", "past"),
        (rf"\bin\s+the\s+(?:next|coming)\s+(?:(?P<n>few|{numbers})\s+)?(?P<unit>day|week|month)s?\b", "coming"),
        (r"\b(?P<lead>last|this|next|past|previous|earlier this|later this|late last|early last)\s+(?P<unit>week|month|year|weekend|summer|winter|spring|autumn)\b", "unit"),
        (r"\b(?:over|at|during)\s+the\s+weekend\b", "weekend"),
        (r"\b(?P<lead>since|in|from|until|before|by|during|of|the|early|late|between|and|to)\s+(?:early\s+|late\s+|mid-?)?(?P<year>1[89]\d\d|20\d\d)s?\b", "year"),
    )  # fmt: skip
    return tuple((re.compile(pattern, re.IGNORECASE), name) for pattern, name in table)


_DIGIT = re.compile(r"\d")
_NUMERIC = frozenset(("iso", "military", "range", "day", "numeric", "listed", "year"))
"""The families that need a digit."""


@cache
def _cue(code: str) -> re.Pattern[str]:
    """Return what every time expression has one of: most sentences have none, and are spared the rest."""
    named = "|".join([*values(code, "days"), *values(code, "months")])
    return re.compile(
        rf"\d|(?i:\b(?:{named}|today|tonight|yesterday|tomorrow|overnight|weekend|day|night|week|month|year|evening"
        r"|morning|afternoon|dawn|summer|winter|spring|autumn|hour)s?\b)"
    )


_NUMBERS = {w: n for n, w in enumerate("one two three four five six seven eight nine ten".split(), 1)}
_NUMBERS |= {"a": 1, "an": 1, "several": 3, "a few": 3, "few": 3, "a couple of": 2}
_NTH = {
    w: n for n, w in enumerate("second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split(), 2)
}


def time_words(
    text: str, span: Span, published: date | None, *, future: bool = False, code: str = "en"
) -> tuple[TimeWords, ...]:
    """Find what tells a time in a part of a text. `future` says that weekdays lie ahead ("are to meet on Monday")."""
    taken: list[TimeWords] = []
    if _cue(code).search(text, span.start, span.end) is None:
        return ()
    digits = _DIGIT.search(text, span.start, span.end) is not None
    for pattern, name in _patterns(code):
        if not digits and name in _NUMERIC:
            continue
        for match in pattern.finditer(text, span.start, span.end):
            here = Span(match.start(), match.end())
            if not any(t.span.meets(here) for t in taken):
                taken += _resolved(match, here, name, published, future=future, code=code)
    return _named_once(text, sorted(taken, key=lambda t: t.span))


def _named_once(text: str, found: list[TimeWords]) -> tuple[TimeWords, ...]:
    """Make one of a weekday and the date beside it: "on Monday, 4 August" is the fourth."""
    kept: list[TimeWords] = []
    for time in found:
        before = kept[-1] if kept else None
        beside = before is not None and text[before.span.end : time.span.start].strip() in ("", ",")
        if before is not None and beside and _is_weekday(text, before) and time.precision == 1:
            kept[-1] = replace(time, span=Span(before.span.start, time.span.end))
        elif before is not None and beside and _is_weekday(text, time) and before.precision == 1:
            kept[-1] = replace(before, span=Span(before.span.start, time.span.end))
        else:
            kept.append(time)
    return tuple(kept)


def _is_weekday(text: str, time: TimeWords) -> bool:
    return time.span.of(text).lower().split()[-1] in values("en", "days")


def _resolved(
    match: re.Match[str], span: Span, name: str, published: date | None, *, future: bool, code: str
) -> Iterator[TimeWords]:
    try:
        found = _READERS[name](match, span, published, future, code)
    except (ValueError, OverflowError):  # no such day: 31 June, a year out of range
        return
    if found is not None:
        yield found


def _iso(m: re.Match[str], span: Span, _p: date | None, _f: bool, _c: str) -> TimeWords:
    day = date(int(m["year"]), int(m["m"]), int(m["day"]))
    return TimeWords(span, day, day, 1)


def _military(m: re.Match[str], span: Span, _p: date | None, _f: bool, code: str) -> TimeWords:
    day = date(_century(m["year"]), values(code, "months")[m["month"].lower()], int(m.group()[:2]))
    return TimeWords(span, day, day, 1)


def _numeric(m: re.Match[str], span: Span, _p: date | None, _f: bool, _c: str) -> TimeWords:
    day, month = int(m["day"]), int(m["m"])
    if month > 12:
        day, month = month, day
    found = date(int(m["year"]), month, day)
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
    return TimeWords(span, day, day, 1 if day else None)


def _range(m: re.Match[str], span: Span, published: date | None, future: bool, code: str) -> TimeWords:
    month = values(code, "months")[m["month"].lower()]
    first = _calendar(month, int(m["day"]), m["year"], published, future=future)
    last = _calendar(month, int(m["day2"]), m["year"], published, future=future)
    if first and last and first > last:
        first, last = last, first
    return TimeWords(span, first, last, _span_precision(first, last))


def _span_precision(first: date | None, last: date | None) -> Precision | None:
    if first is None or last is None:
        return None
    days = (last - first).days
    return 1 if days == 0 else 2 if days <= 7 else 3


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
    first = date(year, month, 1)
    last = date(year, month, monthrange(year, month)[1])
    if published is not None and first <= published < last and not future:
        last = published
    return TimeWords(span, first, last, 3)


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
    if published is None:
        return TimeWords(span, since=lead == "since")
    wanted = values(code, "days")[m["weekday"].lower()]
    back = (published.weekday() - wanted) % 7
    if lead in ("next", "coming") or (future and lead not in ("last", "past", "previous", "since")):
        day = published + timedelta(days=(wanted - published.weekday()) % 7 or (7 if lead == "next" else 0))
    elif lead in ("last", "past", "previous"):
        day = published - timedelta(days=back or 7)
    else:
        day = published - timedelta(days=back)
    return TimeWords(span, day, day, 1, since=lead == "since")


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
    r"\s*(?:(?P<stop>[,.;]|$)|(?P<deed>the (?:\w+ )?(?:attack|raid|blast|bombing|killing|clash|massacre|ambush|strike|abduction|kidnapping|explosion|shooting|assault)\w*))"
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


_READERS: dict[str, Callable[[re.Match[str], Span, date | None, bool, str], TimeWords | None]] = {
    "iso": _iso,
    "military": _military,
    "numeric": _numeric,
    "listed": _listed,
    "day": _on_day,
    "range": _range,
    "month": _month,
    "since_month": _since_month,
    "nth": _nth,
    "weekday": _weekday,
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

_DATE_LINE = re.compile(
    r"^\W*(?:(?:published|updated|posted|last updated|first published|date|issued)\b\W*(?:on|at)?\s*)?"
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)[a-z]*,?\s+)?(?P<date>[^\n]{4,40})$",
    re.IGNORECASE | re.MULTILINE,
)


def published_in(document: Document) -> date | None:
    """Return the publication date: the one given, or else that of a date line or dateline of the article itself."""
    if document.published is not None:
        return document.published
    from geomap.events.reading import dateline

    text = document.text
    for part in document.article[:3]:
        line = dateline(text, part)
        if line is not None:
            day = _dated(text, line, document.language)
            if day is not None:
                return day
    before = Span(0, min(document.article[0].start + 400, len(text)))
    for match in _DATE_LINE.finditer(text, before.start, before.end):
        day = _dated(text, Span(match.start("date"), match.end("date")), document.language)
        if day is not None and len(match.group().split()) <= 8:
            return day
    return None


def _dated(text: str, span: Span, code: str) -> date | None:
    """Return the full date that a dateline or date line holds."""
    return next(
        (t.first for t in time_words(text, span, None, code=code) if t.first is not None and t.first == t.last), None
    )
