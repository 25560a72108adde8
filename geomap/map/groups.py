"""A million events as groups: by place, kind, status and month, on the finest grid that leaves few enough."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from gazetteer.place import Place
from geomap.map.bundle import scene
from geomap.map.data import DOCUMENT_FIELDS, EPOCH, EVENT_FIELDS, PLACE_FIELDS
from geomap.model import STATUSES, TOLLS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from geomap.model import Event, EventSet

MANY = 200_000
"""How many events are drawn singly at most."""
GROUPS = 120_000
"""How many groups a page holds at most."""
GRIDS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0)
"""The widths a cell may have, in degrees."""

Key = tuple[int, int, str, str, int | None]


@dataclass(slots=True)
class Group:
    """What is summed over a group."""

    count: int = 0
    killed: int = 0
    latitude: float = 0.0
    longitude: float = 0.0
    radius: float = 0.0
    first: int | None = None
    last: int | None = None
    places: Counter[Place] = field(default_factory=Counter)


def columns(events: EventSet) -> dict[str, Any]:
    """Return the groups as `data.columns` returns single events, each with its weight."""
    placed = [event for event in events.events if event.where is not None]
    size = GRIDS[0]
    groups = _grouped(placed, size)
    for coarser in GRIDS[1:]:
        if len(groups) <= GROUPS:
            break
        size = coarser
        groups = _coarser(groups, size)
    kinds = list(dict.fromkeys([*(k["name"] for k in scene()["kinds"]), *(key[2] for key in groups)]))
    rows = [_row(key, group, kinds) for key, group in sorted(groups.items(), key=lambda item: repr(item[0]))]
    cells = [_cell(group, size) for _, group in sorted(groups.items(), key=lambda item: repr(item[0]))]
    names = [*EVENT_FIELDS, "weight"]
    killed = [[i, 0, 0, 0, row["killed"], row["killed"], row["killed"]] for i, row in enumerate(rows) if row["killed"]]
    places: dict[str, list[Any]] = {name: [getattr(cell, name) for cell in cells] for name in PLACE_FIELDS}
    places |= {"reach": [cell.radius_km for cell in cells], "vague": [0] * len(cells), "area": [0] * len(cells)}
    return {
        "events": {name: [i if name == "place" else row.get(name) for i, row in enumerate(rows)] for name in names},
        "tolls": {name: killed if name == "killed" else [] for name in TOLLS},
        "also": [],
        "documents": {name: [] for name in DOCUMENT_FIELDS},
        "failures": [],
        "places": places,
        "strings": [""],
        "kinds": kinds,
        "subs": kinds,
        "statuses": list(STATUSES),
        "aggregated": {"events": len(placed), "grid": size},
    }  # fmt: skip


def _grouped(events: Iterable[Event], size: float) -> dict[Key, Group]:
    groups: dict[Key, Group] = {}
    for event in events:
        if event.where is None:
            continue
        place = event.where.place
        day = event.when.first if event.when else None
        month = day.year * 12 + day.month if day else None
        key = int(place.latitude // size), int(place.longitude // size), event.kind, event.status, month
        group = groups.get(key)
        if group is None:
            group = groups[key] = Group()
        group.count += 1
        group.latitude += place.latitude
        group.longitude += place.longitude
        group.places[place] += 1
        if event.killed:
            group.killed += event.killed.low if event.killed.best is None else event.killed.best
        if day:
            at = day.toordinal() - EPOCH
            group.first = at if group.first is None else min(group.first, at)
            group.last = at if group.last is None else max(group.last, at)
    return groups


def _coarser(groups: Mapping[Key, Group], size: float) -> dict[Key, Group]:
    """Join the groups that fall into one cell of a coarser grid."""
    joined: dict[Key, Group] = {}
    for (_, _, kind, status, month), group in groups.items():
        y, x = int(group.latitude / group.count // size), int(group.longitude / group.count // size)
        key = y, x, kind, status, month
        host = joined.get(key)
        if host is None:
            joined[key] = group
            continue
        host.count += group.count
        host.killed += group.killed
        host.latitude += group.latitude
        host.longitude += group.longitude
        host.places.update(group.places)
        if group.first is not None and group.last is not None:
            host.first = group.first if host.first is None else min(host.first, group.first)
            host.last = group.last if host.last is None else max(host.last, group.last)
    return joined


def _row(key: Key, group: Group, kinds: list[str]) -> dict[str, Any]:
    y, x, kind, status, month = key
    return {
        "id": f"{y}:{x}:{kind}:{status}:{month}",
        "kind": kinds.index(kind),
        "sub": kinds.index(kind),
        "status": STATUSES.index(status),
        "first": group.first,
        "last": group.last,
        "day_precision": 3 if group.first is not None else None,
        "geo_precision": 2,
        "radius_km": None,
        "where_confidence": 1.0,
        "confidence": 1.0,
        "killed": group.killed,
        "weight": group.count,
    }


def _cell(group: Group, size: float) -> Place:
    """Return the group's place: where its events lie on average, named after the commonest of their places."""
    best = max(group.places, key=lambda place: (group.places[place], -place.id))
    return Place(
        id=best.id,
        name=best.name,
        latitude=round(group.latitude / group.count, 3),
        longitude=round(group.longitude / group.count, 3),
        country=best.country,
        admin1=best.admin1,
        admin1_name=best.admin1_name,
        feature="P.PPL",
        radius_km=round(size * 111 / 2, 1),
    )
