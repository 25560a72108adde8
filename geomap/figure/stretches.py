"""Stretches of time that events are counted by: days, weeks, months, years."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def _day(day: date) -> tuple[date, date]:
    return day, day


def _week(day: date) -> tuple[date, date]:
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def _month(day: date) -> tuple[date, date]:
    first = day.replace(day=1)
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _year(day: date) -> tuple[date, date]:
    return day.replace(month=1, day=1), day.replace(month=12, day=31)


STRETCHES: dict[str, Callable[[date], tuple[date, date]]] = {
    "day": _day, "week": _week, "month": _month, "year": _year,
}  # fmt: skip
"""Stretches of time, and for each the function from a day to the first and last day of its stretch."""


def shortest(days: Sequence[date], most: int) -> tuple[str, list[date]]:
    """Return the shortest stretch that needs no more than so many, and the first days of all between the ends."""
    for name, stretch in STRETCHES.items():
        starts: list[date] = []
        here = stretch(min(days))[0]
        while here <= max(days) and len(starts) <= most:
            starts.append(here)
            here = stretch(here)[1] + timedelta(days=1)
        if len(starts) <= most:
            return name, starts
    return name, starts
