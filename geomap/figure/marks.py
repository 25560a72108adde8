"""What stands at a place: its events, counted by kind, and their reported dead. One place, one symbol."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING

from geomap.export.facts import count
from geomap.model import Event
from geomap.palette import Growth, in_order

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_WHOLE_AREA = 3  # the geo_precision of an event whose place is a region


@dataclass(frozen=True, slots=True)
class Mark:
    """A place, and its events in order. `areal` says that no event's place is known better than as a region."""

    name: str
    longitude: float
    latitude: float
    events: tuple[Event, ...]
    areal: bool
    radius_km: float
    deaths: int
    """The reported dead of all events here."""
    others: int = 0
    """How many more places were drawn into this one, because their symbols would have covered each other."""

    @property
    def kinds(self) -> dict[str, int]:
        """How many events there are of each kind, in the order of legends."""
        counted = Counter(event.kind for event in self.events)
        return {kind: counted[kind] for kind in in_order(set(counted))}

    @property
    def national(self) -> bool:
        """Whether all that is known of each event's place is a country."""
        return all(event.where and event.where.place.feature.startswith("A.PCL") for event in self.events)

    @property
    def label(self) -> str:
        """The name to print."""
        return f"{self.name} +{self.others}" if self.others else self.name


def marks(events: Iterable[Event]) -> list[Mark]:
    """Group events by the point they are drawn at, the deadliest place first."""
    places: dict[tuple[float, float, bool], list[Event]] = {}
    for event in events:
        if event.where:
            place, areal = event.where.place, is_areal(event)
            places.setdefault((round(place.longitude, 4), round(place.latitude, 4), areal), []).append(event)
    found = [_mark(longitude, latitude, areal, here) for (longitude, latitude, areal), here in places.items()]
    return sorted(found, key=lambda m: (-m.deaths, -len(m.events), m.name, m.longitude))


def is_areal(event: Event) -> bool:
    """Say whether an event's place is known only as a region or country."""
    where = event.where
    return where is not None and (where.precision == _WHOLE_AREA or where.place.feature.startswith(("A.PCL", "A.ADM1")))


def _mark(longitude: float, latitude: float, areal: bool, events: Sequence[Event]) -> Mark:  # noqa: FBT001 - a field
    names = Counter(event.where.place.name for event in events if event.where)
    radius = max(event.where.radius_km for event in events if event.where)
    deaths = sum(count(event.killed) or 0 for event in events)
    return Mark(names.most_common(1)[0][0], longitude, latitude, tuple(events), areal, radius, deaths)


def fitted(growth: Growth, found: Sequence[Mark]) -> Growth:
    """Let symbols grow more slowly where the deadliest place would pass the bound: no two tolls look the same."""
    deadliest = max((mark.deaths for mark in found), default=0)
    room = growth.most**2 - growth.ring**2
    if deadliest and growth.growth**2 * deadliest > room:
        return Growth(growth.least, growth.ring, sqrt(room / deadliest), growth.most)
    return growth


def radius(growth: Growth, deaths: int, events: int = 1) -> float:
    """Return a symbol's radius, in CSS pixels."""
    least = growth.ring if events > 1 else growth.least
    return min(sqrt(least**2 + growth.growth**2 * deaths), growth.most)
