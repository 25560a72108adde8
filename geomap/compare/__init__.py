"""Two sets of events held side by side: what both have, what one lacks, and where their figures differ."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from math import cos, radians
from typing import TYPE_CHECKING

from geomap.export.facts import count
from geomap.geometry import distance_km
from geomap.model import ARMED_KINDS, ON_MAP, Event, EventSet

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geomap.model import When, Where

_DEGREE_KM = 111.2
_OTHER_KIND = 0.5  # how far two kinds of one family count, against a day or the distance allowed
_FAMILIES: dict[str, str] = dict.fromkeys(ARMED_KINDS, "armed") | {
    "Protests": "demonstrations",
    "Riots": "demonstrations",
}


@dataclass(frozen=True, slots=True)
class Pair:
    """One event as both tell it, how far apart they put it, and by how many days."""

    ours: Event
    theirs: Event
    km: float
    days: int

    @property
    def same_kind(self) -> bool:
        """Whether both call it by the same type."""
        return self.ours.kind == self.theirs.kind

    @property
    def same_toll(self) -> bool:
        """Whether the dead of one lie within the bounds of the other."""
        return _within(self.ours, self.theirs) or _within(self.theirs, self.ours)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What both have, and what only one has.

    Events without a place or a day could not be compared; those outside the days that both cover were left out.
    """

    both: tuple[Pair, ...]
    only_ours: tuple[Event, ...]
    only_theirs: tuple[Event, ...]
    skipped: int
    outside: int


def compare(
    ours: EventSet, theirs: EventSet, *, km: float = 50.0, days: int = 1, diplomacy: bool = False
) -> Comparison:
    """Match events one to one: of one family of kinds, within `km` and `days`, the nearest first.

    Battles, explosions and violence against civilians are one family, protests and riots another. The distance is
    counted from where each may at best have been: an event known only as somewhere in a province matches any within.
    """
    sets = [_comparable(events, diplomacy=diplomacy) for events in (ours, theirs)]
    (mine, other), outside = _shared([kept for kept, _ in sets], days)
    found = sorted(_candidates(mine, other, km, days), key=lambda item: item[0])
    taken_ours: set[str] = set()
    taken_theirs: set[str] = set()
    both = []
    for _, pair in found:
        if pair.ours.id not in taken_ours and pair.theirs.id not in taken_theirs:
            taken_ours.add(pair.ours.id)
            taken_theirs.add(pair.theirs.id)
            both.append(pair)
    return Comparison(
        tuple(sorted(both, key=lambda pair: _order(pair.ours))),
        tuple(sorted((e for e in mine if e.id not in taken_ours), key=_order)),
        tuple(sorted((e for e in other if e.id not in taken_theirs), key=_order)),
        sum(skipped for _, skipped in sets),
        outside,
    )


def _comparable(events: EventSet, *, diplomacy: bool) -> tuple[list[Event], int]:
    took_place = [e for e in events.events if e.status in ON_MAP and (diplomacy or e.kind != "Diplomacy")]
    kept = [event for event in took_place if event.where and event.when and event.when.first]
    return kept, len(took_place) - len(kept)


def _shared(sets: Sequence[list[Event]], days: int) -> tuple[list[list[Event]], int]:
    """Leave out the events outside the days that both sets cover: one that began later lacks nothing before."""
    if not all(sets):
        return list(sets), 0
    first = max(min(_first(event) for event in events) for events in sets) - timedelta(days=days)
    last = min(max(_first(event) for event in events) for events in sets) + timedelta(days=days)
    kept = [[event for event in events if first <= _first(event) <= last] for events in sets]
    return kept, sum(map(len, sets)) - sum(map(len, kept))


def _first(event: Event) -> date:
    return event.when.first if event.when and event.when.first else date.min


def _order(event: Event) -> tuple[str, str]:
    return _first(event).isoformat(), event.id


def _candidates(
    mine: Sequence[Event], other: Sequence[Event], km: float, days: int
) -> Iterable[tuple[tuple[float, str, str], Pair]]:
    """Yield pairs that may be one event, and how well each fits: theirs are looked up by family, latitude and month."""
    shelves: dict[tuple[str, int, int], list[Event]] = {}
    for event in other:
        for month in _months(event, 0):
            shelves.setdefault((_family(event), round(_latitude(event)), month), []).append(event)
    widest = max((_slack(event.where) for event in other if event.where), default=0.0)
    for event in mine:
        middle, family = round(_latitude(event)), _family(event)
        reach = int((km + widest + (_slack(event.where) if event.where else 0.0)) / _DEGREE_KM) + 1
        near = {
            rival.id: rival
            for latitude in range(middle - reach, middle + reach + 1)
            for month in _months(event, days)
            for rival in shelves.get((family, latitude, month), ())
        }
        for rival in near.values():
            pair = _pair(event, rival, km, days)
            if pair:
                score = pair.km / km + pair.days / (days + 1) + (0 if pair.same_kind else _OTHER_KIND)
                score += 0 if pair.same_toll else _OTHER_KIND / 2
                yield (score, event.id, rival.id), pair


def _months(event: Event, days: int) -> range:
    """Return the months, counted from the year nought, that an event and some days around it touch."""
    first = _first(event)
    last = event.when.last if event.when and event.when.last else first
    ends = first - timedelta(days=days), last + timedelta(days=days)
    start, end = (day.year * 12 + day.month for day in ends)
    return range(start, end + 1)


def _family(event: Event) -> str:
    return _FAMILIES.get(event.kind, event.kind)


def _latitude(event: Event) -> float:
    return event.where.place.latitude if event.where else 0.0


def _slack(where: Where) -> float:
    """Return how far an event may lie from its point, for one that is not at the place itself."""
    return where.radius_km if where.precision > 1 else 0.0


def _pair(ours: Event, theirs: Event, km: float, days: int) -> Pair | None:
    if not (ours.where and theirs.where and ours.when and theirs.when):
        return None
    apart = _days_apart(ours.when, theirs.when)
    if apart is None or apart > days:
        return None
    a, b = ours.where.place, theirs.where.place
    reach = km + _slack(ours.where) + _slack(theirs.where)
    up = abs(a.latitude - b.latitude) * _DEGREE_KM
    turn = abs((a.longitude - b.longitude + 180) % 360 - 180)
    if up > reach or turn * _DEGREE_KM * cos(radians(max(abs(a.latitude), abs(b.latitude)))) > reach:
        return None
    far = distance_km((a.longitude, a.latitude), (b.longitude, b.latitude))
    return Pair(ours, theirs, far, apart) if far <= reach else None


def _days_apart(a: When, b: When) -> int | None:
    """Return how many days lie between two spans of days; none where they meet."""
    if a.first is None or b.first is None:
        return None
    later, earlier = max(a.first, b.first), min(a.last or a.first, b.last or b.first)
    return max((later - earlier).days, 0)


def _within(a: Event, b: Event) -> bool:
    figure = count(a.killed) or 0
    if b.killed is None:
        return figure == 0
    return b.killed.low <= figure and (b.killed.high is None or figure <= b.killed.high)


@dataclass(frozen=True, slots=True)
class Line:
    """The numbers of one type of event, by what theirs calls it where both have it."""

    kind: str
    both: int
    only_ours: int
    only_theirs: int

    @property
    def found(self) -> float | None:
        """The share of theirs that ours has too."""
        theirs = self.both + self.only_theirs
        return self.both / theirs if theirs else None


def lines(found: Comparison) -> list[Line]:
    """Return the numbers by type, the sum last."""
    both = Counter(pair.theirs.kind for pair in found.both)
    ours = Counter(event.kind for event in found.only_ours)
    theirs = Counter(event.kind for event in found.only_theirs)
    kinds = sorted(set(both) | set(ours) | set(theirs))
    each = [Line(kind, both[kind], ours[kind], theirs[kind]) for kind in kinds]
    return [*each, Line("All", len(found.both), len(found.only_ours), len(found.only_theirs))]
