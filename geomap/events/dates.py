"""When: a resolver for the way news tells days.

Weekdays are read against the publication date and the tense; without a publication date the words stay and no day is
invented. `dayforms` holds the forms of the words, `days` what each of them means.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from geomap.events.dayforms import families, patterns
from geomap.events.days import READERS
from geomap.events.lexicon import values
from geomap.model import Span
from geomap.segment import small

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator
    from datetime import date

    from geomap.events.timewords import TimeWords


def time_words(
    text: str, span: Span, published: date | None, *, future: bool = False, code: str = "en"
) -> tuple[TimeWords, ...]:
    """Find what tells a time in a part of a text. `future` says that weekdays lie ahead ("are to meet on Monday")."""
    taken: list[TimeWords] = []
    before = max(span.start - 1, 0)  # a word or line may begin where the stretch does
    stretch, begin = small(text[before : span.end]), span.start - before
    likely = families(stretch[begin:], code)
    if not likely:
        return ()
    for quick, pattern, name in patterns(code):
        if name not in likely:
            continue
        for spot in quick.finditer(stretch, begin):
            match = pattern.match(text, before + spot.start(), span.end)
            if match is None:
                continue
            here = Span(match.start(), match.end())
            if not any(t.span.meets(here) for t in taken):
                taken += _resolved(match, here, name, published, future=future, code=code)
    return _ended(_counted_on(_named_once(text, sorted(taken, key=lambda t: t.span))))


def _named_once(text: str, found: list[TimeWords]) -> tuple[TimeWords, ...]:
    """Make one of a day told twice: "on Monday, 4 August" is the fourth, "overnight on Friday" is Friday."""
    kept: list[TimeWords] = []
    for time in found:
        before = kept[-1] if kept else None
        between = "" if before is None else text[before.span.end : time.span.start].strip().lower()
        if before is not None and between in _NIGHT_OF and _is_night(text, before) and time.first is not None:
            kept[-1] = replace(time, span=Span(before.span.start, time.span.end))
            continue
        beside = before is not None and between in ("", ",", "(")
        if before is not None and beside and _is_weekday(text, before) and time.precision == 1:
            kept[-1] = replace(time, span=Span(before.span.start, time.span.end))
        elif before is not None and beside and _is_weekday(text, time) and before.precision == 1:
            kept[-1] = replace(before, span=Span(before.span.start, time.span.end))
        else:
            kept.append(time)
    return tuple(kept)


def _counted_on(found: tuple[TimeWords, ...]) -> tuple[TimeWords, ...]:
    """Count "two days later" from the day that stands before it in the same sentence, where one does."""
    kept: list[TimeWords] = []
    for time in found:
        base = next((t.first for t in reversed(kept) if t.first is not None and t.precision == 1 and not t.since), None)
        beside = bool(kept) and 0 <= time.span.start - kept[-1].span.end <= 2
        if base is None or time.after_event is None or (time.opens_clause and not beside):
            kept.append(time)
            continue
        try:
            day = base + timedelta(days=time.after_event)
        except OverflowError:  # past the end of the calendar
            kept.append(time)
            continue
        kept.append(replace(time, first=day, last=day, precision=1, after_event=None))
    return tuple(kept)


BESIDE = 12
"""How many letters may stand between a count of days and the day it was reached: "on Saturday, in the "."""


def _ended(found: tuple[TimeWords, ...]) -> tuple[TimeWords, ...]:
    """End a count of days on the day that stands beside it: "for a third day on Friday", "on Friday, the third day"."""
    kept = list(found)
    for i, time in enumerate(found):
        if not time.running or time.first is None or time.last is None:
            continue
        near = (
            t.first
            for t in found[max(0, i - 1) : i + 2]
            if t.precision == 1 and t.first == t.last and not t.since and _apart(t.span, time.span) <= BESIDE
        )
        end = next(near, None)
        if end is not None:
            kept[i] = replace(time, first=end - (time.last - time.first), last=end)
    return tuple(kept)


def _apart(one: Span, other: Span) -> int:
    return max(one.start - other.end, other.start - one.end)


_NIGHT_OF = frozenset(("", ",", "on", "from", "of", "between", "into", "in", "to"))
"""What may stand between "overnight" and the day that says which night."""


def _is_night(text: str, time: TimeWords) -> bool:
    return time.span.of(text).lower() == "overnight"


def _is_weekday(text: str, time: TimeWords) -> bool:
    return time.span.of(text).lower().split()[-1] in values("en", "days")


def _resolved(
    match: re.Match[str], span: Span, name: str, published: date | None, *, future: bool, code: str
) -> Iterator[TimeWords]:
    try:
        found = READERS[name](match, span, published, future, code)
    except (ValueError, OverflowError):  # no such day: 31 June, a year out of range
        return
    if found is not None:
        yield found
