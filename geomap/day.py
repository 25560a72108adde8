"""A day as people, records and datasets write it, outside running text: one reader for options, columns and files."""

from __future__ import annotations

import re
from datetime import date, datetime
from email.utils import parsedate_to_datetime

DAY_AS = "year-month-day, such as 2013-05-25"
"""What an error tells to type."""

_MONTHS = {
    name: number
    for number, names in enumerate(
        "jan january|feb february|mar march|apr april|may|jun june|jul july|aug august|sep sept september|"
        "oct october|nov november|dec december".split("|"),
        1,
    )
    for name in names.split()
}
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T?\d{6}Z?)?$")
_YEAR_FIRST = re.compile(r"(\d{4})[/.](\d\d?)[/.](\d\d?)(?!\d)")
_YEAR_LAST = re.compile(r"(\d\d?)([/.-])(\d\d?)\2(\d{4})(?!\d)")
_NAMED = re.compile(r"(\d\d?)(?:st|nd|rd|th)?[ -]([A-Za-z]+)\.?,?[ -](\d{4})(?!\d)")
_AMERICAN = re.compile(r"([A-Za-z]+)\.? (\d\d?)(?:st|nd|rd|th)?,? (\d{4})(?!\d)")
_MONTHS_A_YEAR = 12


def read_day(value: object, *, day_first: bool = False) -> date | None:
    """Return the day that a value is: a date, a datetime, or a text; None when it is none.

    Texts may be ISO 8601, 20130525, RFC 2822, 25 May 2013, May 25, 2013, 25-May-2013, 25.05.2013, 2013/05/25, with a
    time behind or not. 25/05/2013 is read either way round; 04/05/2013 only with `day_first`, since it may be two days.
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if not isinstance(value, str | int) or isinstance(value, bool):
        return None
    text = str(value).strip()[:64]
    try:
        return _numbers(text, day_first=day_first) or _names(text) or date.fromisoformat(text[:10])
    except ValueError:
        return _rfc(text)


def no_day(text: str) -> str:
    """Say why a text was not read as a day: it is none, or, as 04/05/2013, may be either of two."""
    either = read_day(text, day_first=True)
    return f"may be {either} or {either:%Y-%d-%m}" if either else "is not a day"


def _numbers(text: str, *, day_first: bool) -> date | None:
    found = _COMPACT.match(text) or _YEAR_FIRST.match(text)
    if found:
        return date(*map(int, found.groups()))
    found = _YEAR_LAST.match(text)
    if found is None:
        return None
    one, mark, two, year = int(found[1]), found[2], int(found[3]), int(found[4])
    if mark == "." or day_first or one > _MONTHS_A_YEAR or one == two:
        return date(year, two, one)
    if two > _MONTHS_A_YEAR:
        return date(year, one, two)
    raise ValueError(f"{text} may be two days")


def _names(text: str) -> date | None:
    if found := _NAMED.match(text):
        day, month, year = found.groups()
    elif found := _AMERICAN.match(text):
        month, day, year = found.groups()
    else:
        return None
    number = _MONTHS.get(month.casefold())
    return date(int(year), number, int(day)) if number else None


def _rfc(text: str) -> date | None:
    try:
        return parsedate_to_datetime(text).date()
    except ValueError:
        return None
