"""When, in another language: the days its sentences name, and the day of an event whose sentence names none."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from geomap.events.timewords import HISTORIC
from geomap.foreign.numbers import numbers
from geomap.language import language, words
from geomap.model import Span, When

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geomap.foreign.reading import Line
    from geomap.model import Document

_ISO = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)\b")
_DAY_FIRST = re.compile(r"\b(\d{1,2})[./-](\d{1,2})[./-]((?:19|20)\d\d)\b")
_YEAR = re.compile(r"(?:19|20)\d\d")


def days_of(document: Document, lines: Sequence[Line]) -> list[tuple[int, When]]:
    """Return the days that a document's sentences name, each with where."""
    found: list[tuple[int, When]] = []
    for line in lines:
        named = _counted_on(line, found) or named_day(document.text, line, document.published)
        if named is not None and named.first is not None:
            found.append((line.span.start, named))
    return found


def _counted_on(line: Line, told: Sequence[tuple[int, When]]) -> When | None:
    """Count from the day told last, where the words do: "la veille" is the day before that, not before publication."""
    shifts: Mapping[str, int] = language(line.code).get("counted_on", {})
    counted = _counted_days(line)
    if counted is not None and told and told[-1][1].first is not None:
        span, days = counted
        day = told[-1][1].first + timedelta(days=days)
        return When(span, day, day, 1)
    for word, behind in zip(line.words, (*line.words[1:], None), strict=True):
        pair = f"{word.lower} {behind.lower}" if behind else ""
        shift = shifts.get(pair, shifts.get(word.lower))
        if shift is None or not told or told[-1][1].first is None:
            continue
        day = told[-1][1].first + timedelta(days=shift)
        return When(Span(word.start, behind.end if behind and pair in shifts else word.end), day, day, 1)
    return None


def _counted_days(line: Line) -> tuple[Span, int] | None:
    """Return how many days before or after the one told last: "cuatro días antes", "trois jours plus tôt"."""
    table: Mapping[str, int] = language(line.code).get("counted_days", {})
    if not table:
        return None
    lower = [word.lower for word in line.words]
    for number in numbers(line.words, line.code):
        behind = " ".join(lower[number.last : number.last + 3])
        sign = next((n for phrase, n in table.items() if f"{behind} ".startswith(f"{phrase} ")), 0)
        if sign and number.best <= FEW:
            return Span(line.words[number.first].start, line.words[number.last].end), sign * number.best
    return None


FEW = 30
"""How many days are counted at most."""


def when(line: Line, published: date | None, days: Sequence[tuple[int, When]]) -> When:
    """Return the day a sentence names, or the last named before it, or the next, or about that of publication."""
    own = next((when for start, when in days if line.span.start <= start < line.span.end or _meets(when, line)), None)
    if own is not None:
        return own
    before = [when for start, when in days if start < line.span.start]
    carried = before[-1] if before else next((when for _, when in days), None)
    if carried is not None:
        return replace(carried, span=None, precision=2)
    return When(None, published, published, 2 if published else None)


def is_past(line: Line, published: date | None) -> bool:
    """Say whether a sentence names a year or a month that lies back: "En 2021, une attaque avait fait 31 morts"."""
    if published is None:
        return False
    month = _month(line, published)
    if month is not None and month.last is not None and month.last < published - HISTORIC:
        return True
    years = [int(word.text) for word in line.words if _YEAR.fullmatch(word.text)]
    return bool(years) and date(max(years), 12, 31) < published - HISTORIC


def ahead(day: When, published: date | None) -> When:
    """Return a day of the week that lies ahead: "un sommet est prévu dimanche"."""
    week = timedelta(days=7)
    if day.span is None or day.first is None or published is None or not published - week < day.first < published:
        return day
    return replace(day, first=day.first + week, last=day.first + week)


def _meets(when: When, line: Line) -> bool:
    return when.span is not None and line.span.holds(when.span)


def named_day(text: str, line: Line, published: date | None) -> When | None:
    """Return the first day a sentence names."""
    found = _digits_day(text, line) or _dated(line, published) or _relative(line, published)
    if found is None and (month := _month(line, published)) is not None:
        return month
    if found is None:
        return None
    span, day = found
    if day is None:
        return When(span, None, None, None)
    before, after = _night(line, span)
    return When(span, day - timedelta(days=before), day + timedelta(days=after), 1)


def _month(line: Line, published: date | None) -> When | None:
    """Return the month that a sentence names without a day, where a small word before or after it says that it does."""
    months: Mapping[str, int] = language(line.code).get("months", {})
    around = words(line.code, "month_of")
    for i, word in enumerate(line.words):
        before, behind = (line.words[j] if 0 <= j < len(line.words) else None for j in (i - 1, i + 1))
        if any(w.text.rstrip(".").isdecimal() for w in line.words[max(0, i - 2) : i]):
            continue  # a day of the month
        if word.text[0].isupper() and not words(line.code, "capital_nouns"):
            continue  # "Rio de Janeiro"
        prefixes = tuple(words(line.code, "locative_prefixes"))
        name = next((word.lower[len(p) :] for p in prefixes if word.lower[len(p) :] in months), word.lower)
        joined = name != word.lower and word.lower.startswith(prefixes or ("\0",))
        spoken = joined or any(w is not None and w.lower in around for w in (before, behind))
        year = int(behind.text) if behind is not None and _YEAR.fullmatch(behind.text) else None
        if name not in months or not (spoken or year) or (year is None and published is None):
            continue
        month = months[name]
        if year is None and published is not None:
            year = published.year - (month > published.month)
        first = date(year or 1, month, 1)
        last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        return When(Span(word.start, word.end), first, last, 3)
    return None


def _night(line: Line, span: Span) -> tuple[int, int]:
    """Return how many days before and after a named one a night reaches: "ночь на вторник", "nuit de lundi à mardi"."""
    until, since = (language(line.code).get(table, ()) for table in ("night_before", "night_after"))
    back = " ".join(word.lower for word in line.words if word.end <= span.start)
    ahead = [word.lower for word in line.words if word.start >= span.end][:3]
    if any(back.endswith(phrase) for phrase in until):
        return 1, 0
    days = language(line.code).get("days", {})
    second = any(word in days or word.isdecimal() for word in ahead)
    return (0, 1) if second and any(back.endswith(phrase) for phrase in since) else (0, 0)


def _digits_day(text: str, line: Line) -> tuple[Span, date] | None:
    """Read 2024-05-13, and 13.05.2024 or 13/05/2024, whose day comes first in all these languages."""
    for pattern, order in ((_ISO, 1), (_DAY_FIRST, -1)):
        match = pattern.search(text, line.span.start, line.span.end)
        try:
            if match:
                return Span(*match.span()), date(*map(int, match.groups()[::order]))
        except ValueError:
            continue
    return None


def _dated(line: Line, published: date | None) -> tuple[Span, date | None] | None:
    """Read "2 сентября", "25 de mayo de 2013", "٤ أبريل": a number, perhaps a small word, a month, perhaps a year."""
    months: Mapping[str, int] = language(line.code).get("months", {})
    for i, word in enumerate(line.words):
        pair = f"{word.lower} {line.words[i + 1].lower}" if i + 1 < len(line.words) else ""
        month = months.get(word.lower) or months.get(pair)
        back = next((b for b in (1, 2) if i >= b and line.words[i - b].text.rstrip(".").isdecimal()), None)
        if month is None or back is None:
            continue
        ahead = next((w for w in line.words[i + 1 : i + 4] if _YEAR.fullmatch(w.text)), None)
        since = _first_of_two(line, i - back)
        if since is not None:
            back = i - since  # a summit of two days begins on the first
        span = Span(line.words[i - back].start, (ahead or word).end)
        day = int(line.words[i - back].text.rstrip("."))
        if ahead is None and published is None:
            return span, None
        year = int(ahead.text) if ahead else published.year  # type: ignore[union-attr] # one of them is known
        try:
            found = date(year, month, day)
            if ahead is None and published and found > published + timedelta(days=15):
                found = date(year - 1, month, day)
        except ValueError:
            continue
        return span, found
    return None


def _first_of_two(line: Line, at: int) -> int | None:
    """Return where the first of two days stands that end with this one: "15-16 сентября"."""
    joint = line.words[at - 1].lower if at > 1 else ""
    if joint in words(line.code, "range_to") and line.words[at - 2].text.isdecimal():
        return at - 2  # "du 27 au 31 mars"
    if at < 1 or not line.words[at - 1].text.isdecimal() or line.words[at - 1].end + 1 != line.words[at].start:
        return None
    return at - 1 if 0 < int(line.words[at - 1].text) < int(line.words[at].text.rstrip(".")) else None


def _relative(line: Line, published: date | None) -> tuple[Span, date | None] | None:
    own = language(line.code)
    days: Mapping[str, int] = own.get("days", {})
    shifts: Mapping[str, int] = own.get("relative", {})
    prefixes: Sequence[str] = own.get("locative_prefixes", ())
    for before, word in zip((None, *line.words), line.words, strict=False):
        lower = next((word.lower[len(p) :] for p in prefixes if word.lower[len(p) :] in days), word.lower)
        span = Span(word.start, word.end)
        if before and (pair := f"{before.lower} {lower}") in shifts:
            lower = pair
        elif before and lower in shifts and before.lower in own.get("no_day_after", ()):
            continue
        if lower in shifts:
            return span, published + timedelta(days=shifts[lower]) if published else None
        if lower in days:
            back = (published.weekday() - days[lower]) % 7 if published else 0
            return span, published - timedelta(days=back) if published else None
    return None
