"""How a kind of event looks on paper and in other tools: the page's own colours and shapes. Shape alone tells it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from math import cos, pi, sin, sqrt


@dataclass(frozen=True, slots=True)
class Look:
    """A colour, in which colour-blind readers can tell it from the others, and the name of one of `OUTLINES`."""

    colour: str
    shape: str


@dataclass(frozen=True, slots=True)
class Growth:
    """How a symbol grows with reported deaths, in CSS pixels: its area by `growth` squared for each, from `least` on.

    A symbol of several events is a ring, and no smaller than `ring`; none has a larger radius than `most`.
    """

    least: float
    ring: float
    growth: float
    most: float


OTHER = Look("#999999", "hexagon")
"""The look of a kind that is not in the table."""


@lru_cache(maxsize=1)
def _scene() -> tuple[dict[str, Look], Growth]:
    scene = json.loads(files("geomap.map").joinpath("assets/scene.json").read_text(encoding="utf-8"))
    return {row["name"]: Look(row["colour"], row["shape"]) for row in scene["kinds"]}, Growth(**scene["symbol"])


def kinds() -> dict[str, Look]:
    """Return the looks of the kinds of event, in the order of legends."""
    return _scene()[0]


def growth() -> Growth:
    """Return how symbols grow."""
    return _scene()[1]


def look(kind: str) -> Look:
    """Return how a kind of event looks."""
    return kinds().get(kind, OTHER)


def in_order(names: set[str]) -> list[str]:
    """Put kinds in the order of legends, those of no table last."""
    return [*(kind for kind in kinds() if kind in names), *sorted(names - set(kinds()))]


Corners = tuple[tuple[float, float], ...]


def _turned(count: int, start: float, *radii: float) -> Corners:
    """Return corners around the origin, by turns on circles of the given radii."""
    steps = ((start + 2 * pi * n / count, radii[n % len(radii)]) for n in range(count))
    return tuple((round(radius * cos(angle), 4), round(radius * sin(angle), 4)) for angle, radius in steps)


def _cross(arm: float, reach: float) -> Corners:
    """Return a cross on its side."""
    upright = [
        (-arm, -reach), (arm, -reach), (arm, -arm), (reach, -arm), (reach, arm), (arm, arm),
        (arm, reach), (-arm, reach), (-arm, arm), (-reach, arm), (-reach, -arm), (-arm, -arm),
    ]  # fmt: skip
    return tuple((round((x - y) * sqrt(0.5), 4), round((x + y) * sqrt(0.5), 4)) for x, y in upright)


OUTLINES: dict[str, Corners] = {
    "cross": _cross(0.36, 1.14),
    "star": _turned(16, pi / 2, 1.28, 0.62),
    "triangle": _turned(3, pi / 2, 1.3),
    "circle": _turned(36, pi / 2, 1.0),
    "square": _turned(4, pi / 4, 1.22),
    "diamond": _turned(4, pi / 2, 1.22),
    "dot": _turned(24, pi / 2, 0.8),
    "hexagon": _turned(6, 0.0, 1.1),
}
"""The corners of each shape around the origin, y upwards: the page's own (`symbols.js`), so that both agree."""
