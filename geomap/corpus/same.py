"""Which reports, of all a corpus holds, tell of one event. Near-linear: a report meets those near in place and day.

A report joins the group it is most like, if it is like enough; what contradicts (another day, far away, another
toll altogether, another event of the same article) keeps it out. Reports come in order of their days, so that
today's can be added to what is there.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from math import cos, floor, radians, sqrt
from typing import TYPE_CHECKING, NamedTuple

from geomap.model import ARMED_KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ENOUGH = 2.25
"""The likeness from which two reports are of one event; see `likeness` for what counts how much."""

CELL = 0.5
"""Degrees: the grid reports are looked up by."""

_CHANCE = 0.2
"""The share of words that any two reports of violence have in common."""

_KEPT = 6
_LONG = 10
_WIDE = 40.0
_CROWDS = frozenset({"Protests", "Riots"})
_REAL = frozenset({"happened", "ongoing"})


class Telling(NamedTuple):
    """One report of an event, as far as likeness goes."""

    event: str
    document: str
    kind: str
    sub_kind: str
    status: str
    first: date
    last: date
    latitude: float
    longitude: float
    radius: float
    place: int | None
    admin: str
    killed: int | None
    wounded: int | None
    actors: frozenset[str]
    words: frozenset[str]


@dataclass(slots=True)
class Group:
    """Reports of one event. A few are kept to compare with: the first, and the latest."""

    name: str
    members: list[Telling] = field(default_factory=list)
    documents: set[str] = field(default_factory=set)

    def add(self, telling: Telling) -> None:
        """Take a report in."""
        self.documents.add(telling.document)
        if len(self.members) == _KEPT:
            del self.members[1]
        self.members.append(telling)


class Groups:
    """The groups of a stretch of time, looked up by place and day."""

    def __init__(self) -> None:
        self._index: dict[tuple[object, date], dict[str, Group]] = defaultdict(dict)
        self._keys: dict[date, set[tuple[object, date]]] = defaultdict(set)
        self._by_name: dict[str, Group] = {}
        self._last: dict[str, date] = {}

    def put(self, telling: Telling, name: str) -> None:
        """Put a report into the group of that name."""
        group = self._by_name.get(name)
        if group is None:
            group = self._by_name[name] = Group(name)
        group.add(telling)
        self._last[name] = max(telling.last, self._last.get(name, date.min))
        for key in _kept_under(telling):
            self._index[key][name] = group
            self._keys[key[1]].add(key)

    def join(self, telling: Telling) -> str:
        """Put a report into the group it is most like, or into one of its own; return the group's name."""
        best, most = None, ENOUGH
        for group in self._near(telling):
            if telling.document in group.documents:
                continue
            found = max((likeness(telling, member) for member in group.members), default=0.0)
            if found >= most:
                best, most = group, found
        name = best.name if best else f"{telling.document}/{telling.event}"
        self.put(telling, name)
        return name

    def forget(self, today: date) -> None:
        """Let go of what no report from today on can be of, reports coming in order of their first days."""
        before = today - timedelta(2)
        for day in [day for day in self._keys if day < before]:
            for key in self._keys.pop(day):
                self._index.pop(key, None)
        for name in [name for name, last in self._last.items() if last < before]:
            del self._by_name[name], self._last[name]

    def _near(self, telling: Telling) -> Iterable[Group]:
        found: dict[str, Group] = {}
        for key in _sought_under(telling):
            found |= self._index.get(key, {})
        return found.values()


def likeness(one: Telling, other: Telling) -> float:
    """Weigh what speaks for two reports telling of one event; 0 when something speaks wholly against it."""
    parts = (_kinds(one, other), _days(one, other), _places(one, other), _tolls(one, other))
    if any(part is None for part in parts):
        return 0.0
    shared = len(one.words & other.words) / max(1, min(len(one.words), len(other.words)))
    actors = 0.5 if one.actors & other.actors else -0.5 if one.actors and other.actors else 0.0
    return sum(part for part in parts if part is not None) + actors + 5.0 * (shared - _CHANCE)


def _kinds(one: Telling, other: Telling) -> float | None:
    if (one.status in _REAL) != (other.status in _REAL) or (one.status not in _REAL and one.status != other.status):
        return None
    if one.sub_kind == other.sub_kind:
        return 1.0
    if one.kind == other.kind:
        return 0.5
    return 0.0 if any({one.kind, other.kind} <= alike for alike in (ARMED_KINDS, _CROWDS)) else None


def _days(one: Telling, other: Telling) -> float | None:
    gap = (max(one.first, other.first) - min(one.last, other.last)).days
    if gap > 1:
        return None
    spread = max((one.last - one.first).days, (other.last - other.first).days)
    return 0.0 if gap == 1 else 0.5 if spread > _LONG else 1.0


def _places(one: Telling, other: Telling) -> float | None:
    far = sqrt((one.latitude - other.latitude) ** 2 + (_across(one, other)) ** 2) * 111.2
    if one.place is not None and one.place == other.place:
        return 1.0 if one.radius <= 100 else 0.25  # noqa: PLR2004 - km: a country is little of a place
    reach = max(one.radius, other.radius)
    if far <= 10:  # noqa: PLR2004 - km: a suburb, or another gazetteer's point
        return 0.75
    if far <= 40 or (far <= reach and reach <= 300 and one.admin == other.admin and one.admin):  # noqa: PLR2004 - km
        return 0.0
    return None


def _across(one: Telling, other: Telling) -> float:
    apart = abs(one.longitude - other.longitude)
    return min(apart, 360 - apart) * cos(radians(one.latitude))


def _tolls(one: Telling, other: Telling) -> float | None:
    said = 0.0
    for mine, theirs in ((one.killed, other.killed), (one.wounded, other.wounded)):
        if mine is None or theirs is None:
            continue
        if mine == theirs:
            said += 1.0 if mine > 2 else 0.5  # noqa: PLR2004 - one or two die everywhere
        elif max(mine, theirs) > 2 * min(mine, theirs) + 3:
            return None
        elif abs(mine - theirs) <= max(1, 0.25 * max(mine, theirs)):
            said += 0.25
        else:
            said -= 0.5
    return said


def _kept_under(telling: Telling) -> Iterator[tuple[object, date]]:
    """Yield where a report is kept: its cell of the grid and its first-level area, on each of its days."""
    spots: list[object] = [(floor(telling.latitude / CELL), floor(telling.longitude / CELL))]
    if telling.admin:
        spots += [("all", telling.admin)] + [("wide", telling.admin)] * (telling.radius > _WIDE)
    for day in _days_of(telling, 0):
        yield from ((spot, day) for spot in spots)


def _sought_under(telling: Telling) -> Iterator[tuple[object, date]]:
    """Yield where those like it may be: the cells around, and those of its area that are as wide as the area."""
    row, column = floor(telling.latitude / CELL), floor(telling.longitude / CELL)
    reach = min(8, max(1, round(1 / max(0.05, cos(radians(telling.latitude))))))
    spots: list[object] = [(row + i, column + j) for i in (-1, 0, 1) for j in range(-reach, reach + 1)]
    if telling.admin:
        spots.append(("all" if telling.radius > _WIDE else "wide", telling.admin))
    for day in _days_of(telling, 1):
        yield from ((spot, day) for spot in spots)


def _days_of(telling: Telling, margin: int) -> list[date]:
    first, length = telling.first - timedelta(margin), (telling.last - telling.first).days + 2 * margin
    if length > _LONG + 2:  # months of fighting are known by their ends
        return [telling.first, telling.last]
    return [first + timedelta(i) for i in range(length + 1)]
