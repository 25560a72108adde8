"""What a map may show at first. A reader can show and hide each; a layer that is not asked for starts hidden."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geomap.errors import require
from geomap.map.bundle import scene
from geomap.model import ON_MAP, STATUSES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Start = dict[str, Any]
"""What the page shows when it opens: `kinds`, `statuses` and whether `named` places."""


def conflict(start: Start) -> Start:
    """Conflict events that happened, go on or were tried."""
    kinds = [kind["name"] for kind in scene()["kinds"] if not kind.get("apart")]
    return {**start, "kinds": [*start["kinds"], *kinds], "statuses": [*start["statuses"], *sorted(ON_MAP)]}


def diplomacy(start: Start) -> Start:
    """Talks, summits, visits, appeals: drawn quietly, and outside the conflict's counts."""
    kinds = [kind["name"] for kind in scene()["kinds"] if kind.get("apart")]
    return {**start, "kinds": [*start["kinds"], *kinds]}


def unrealised(start: Start) -> Start:
    """What is planned, threatened, supposed, denied or long past."""
    return {**start, "statuses": [*start["statuses"], *(s for s in STATUSES if s not in ON_MAP)]}


def places(start: Start) -> Start:
    """Every place that the texts name, whether anything happened there or not."""
    return {**start, "named": True}


LAYERS: dict[str, Callable[[Start], Start]] = {
    "conflict": conflict,
    "diplomacy": diplomacy,
    "unrealised": unrealised,
    "places": places,
}
SHOWN = ("conflict", "diplomacy")
"""The layers that are shown when none is named."""


def opening(names: Iterable[str]) -> Start:
    """Return what the page shows at first, for layers by name. Raises `UsageError`."""
    start: Start = {"kinds": [], "statuses": [], "named": False}
    for name in names:
        require(name, LAYERS, "layer")
        start = LAYERS[name](start)
    return start
