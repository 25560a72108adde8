"""What a figure says in words: its title, the line under it, and the notes at its foot."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from geomap.export.countries import country
from geomap.export.facts import count
from geomap.model import ON_MAP

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from geomap.figure.options import Options
    from geomap.model import Event, EventSet

MONTHS = "January February March April May June July August September October November December".split()
PLACES = "Places: GeoNames, CC BY 4.0. Coast: Natural Earth (public domain)."
ATTRIBUTION = (
    "Boundaries: Natural Earth (public domain); dashed where disputed; no endorsement. Places: GeoNames, CC BY 4.0."
)
"""What every picture of ours must say."""


def attribution(options: Options) -> str:
    """Return the credits of a map: its own boundaries are no longer Natural Earth's."""
    return ATTRIBUTION if options.boundaries is None else f"Boundaries: {Path(options.boundaries).name}. {PLACES}"


def conflict(events: EventSet, *, diplomacy: bool = False) -> list[Event]:
    """Return the events that a picture counts: what took place, diplomacy only where it is asked for."""
    return [e for e in events.events if e.status in ON_MAP and (diplomacy or e.kind != "Diplomacy")]


def title(events: Iterable[Event]) -> str:
    """Name the countries with the most events."""
    lands = Counter(e.where.place.country for e in events if e.where and e.where.place.country)
    names = [land.name for code, _ in lands.most_common(3) if (land := country(code))]
    if not names:
        return "Reported conflict events"
    if len(lands) > len(names):
        return f"{', '.join(names)} and others: reported conflict events"
    return f"{' and '.join(filter(None, (', '.join(names[:-1]), names[-1])))}: reported conflict events"


def headlines(chosen: Sequence[Event], options: Options, *, title_: str | None = None) -> tuple[str, str]:
    """Return the title and the line under it: what was asked for, or what the events say."""
    return options.title or title_ or title(chosen), options.subtitle or subtitle(chosen)


def counted(number: int, what: str) -> str:
    """Return a number and its noun."""
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"


def subtitle(events: Sequence[Event]) -> str:
    """Count the events and the dead, and name the days between the first and the last."""
    deaths = sum(count(e.killed) or 0 for e in events)
    days = [day for e in events if e.when for day in (e.when.first, e.when.last) if day]
    parts = [counted(len(events), "event"), counted(deaths, "reported death") if deaths else "", period(days)]
    return ", ".join(filter(None, parts))


def period(days: Sequence[date], *, short: bool = False, year: bool = True) -> str:
    """Return "24 May 2013", "24-25 May 2013", "24 March to 25 May 2013", or shorter "24 Mar-25 May"."""
    if not days:
        return ""
    first, last = min(days), max(days)
    end = named(last, short=short, year=year)
    if first == last:
        return end
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{end}"
    start = named(first, short=short, year=year and first.year != last.year)
    return f"{start}–{end}" if short else f"{start} to {end}"


def named(day: date, *, short: bool = False, year: bool = True) -> str:
    """Return a day in words."""
    month = MONTHS[day.month - 1]
    return f"{day.day} {month[:3] if short else month}" + (f" {day.year}" if year else "")


def left_out(events: EventSet, chosen: Sequence[Event], outside: int) -> str:
    """Say what a map does not show: events outside its frame, without a place, and those that did not take place."""
    placeless = sum(e.where is None for e in chosen)
    others = sum(e.status not in ON_MAP for e in events.events)
    parts = [
        f"{outside:,} outside the frame" if outside else "",
        f"{placeless:,} without a known place" if placeless else "",
        f"{others:,} planned, threatened, denied or long past" if others else "",
    ]
    told = ", ".join(filter(None, parts))
    return f"Not shown: {told}." if told else ""


def method(events: EventSet) -> str:
    """Say where the events come from."""
    return f"Events read by machine from {counted(len(events.documents), 'document')}; tolls are as reported."
