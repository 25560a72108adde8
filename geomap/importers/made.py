"""What the datasets have in common: an event of a row, and how its cells are read."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING

from geomap.day import read_day
from geomap.model import Actor, Document, Event, Precision, Role, Span, Toll, When, Where

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from gazetteer.place import Place

NOWHERE = Span(0, 0)
"""Where a coder's fact rests on no words."""

RADIUS_KM: dict[Precision, float] = {1: 5.0, 2: 25.0, 3: 120.0}
"""How far an event may lie from its point, by its precision."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row as an event, and the document that its notes make."""

    document: Document
    event: Event


def day(text: str) -> date | None:
    """Read a day as the datasets write it, the day before the month; empty is None. Raises `ValueError`."""
    found = read_day(text, day_first=True)
    if found is None and text.strip():
        raise ValueError(f"{text!r} is not a day")
    return found


def number(text: str | None) -> int | None:
    """Read a whole number, which some tools write as 3.0; empty is None."""
    return int(float(text)) if text and text.strip() else None


def precision(text: str | None, codes: Mapping[int, Precision]) -> Precision:
    """Turn a dataset's code of precision into ours; what is not told is the coarsest."""
    return codes.get(number(text) or 0, 3)


def point(latitude: str | None, longitude: str | None) -> tuple[float, float] | None:
    """Read a point, or None where the row has none."""
    if not (latitude and latitude.strip() and longitude and longitude.strip()):
        return None
    y, x = float(latitude), float(longitude)
    if not (isfinite(x) and isfinite(y) and abs(y) <= 90 and abs(x) <= 180):  # noqa: PLR2004 - degrees
        raise ValueError(f"{latitude}, {longitude} is no point on the earth")
    return y, x


def where(place: Place, coded: Precision) -> Where:
    """Return a place with the radius that its precision means."""
    return Where(place, None, coded, RADIUS_KM[coded])


def when(first: date | None, last: date | None, coded: Precision) -> When | None:
    """Return the days of an event."""
    return When(None, first, last or first, coded) if first else None


def actor(name: str | None, role: Role, kind: str) -> tuple[Actor, ...]:
    """Return an actor, where one is named."""
    return (Actor(name.strip(), role, kind, NOWHERE),) if name and name.strip() else ()


def toll(best: int | None, low: int | None = None, high: int | None = None) -> Toll | None:
    """Return a toll, where anybody died."""
    figure = best or 0
    if not figure and not high:
        return None
    least = figure if low is None else low
    return Toll(NOWHERE, str(figure), least, figure if high is None else max(high, least), figure)
