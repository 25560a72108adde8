"""How a kind of event looks on paper and in other tools: the page's own colours and shapes. Shape alone tells it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from math import cos, pi, sin


@dataclass(frozen=True, slots=True)
class Look:
    """A colour, in which colour-blind readers can tell it from the others, and the name of one of `OUTLINES`."""

    colour: str
    shape: str


@dataclass(frozen=True, slots=True)
class Growth:
    """How a symbol's radius grows with reported deaths, in CSS pixels: `growth` times their root, within bounds.

    A symbol of several events is a ring, and no smaller than `ring`.
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


def _round(corners: int, radius: float, start: float = pi / 2) -> tuple[tuple[float, float], ...]:
    steps = (start + 2 * pi * n / corners for n in range(corners))
    return tuple((round(radius * cos(angle), 3), round(radius * sin(angle), 3)) for angle in steps)


OUTLINES: dict[str, tuple[tuple[float, float], ...]] = {
    "cross": (
        (-0.45, -0.9), (0, -0.45), (0.45, -0.9), (0.9, -0.45), (0.45, 0), (0.9, 0.45), (0.45, 0.9), (0, 0.45),
        (-0.45, 0.9), (-0.9, 0.45), (-0.45, 0), (-0.9, -0.45),
    ),
    "star": (
        (0, 1.1), (0.259, 0.356), (1.046, 0.34), (0.419, -0.136), (0.647, -0.89), (0, -0.44), (-0.647, -0.89),
        (-0.419, -0.136), (-1.046, 0.34), (-0.259, 0.356),
    ),
    "triangle": ((0, 1.0), (0.95, -0.75), (-0.95, -0.75)),
    "circle": _round(32, 0.87),
    "square": ((-0.77, -0.77), (0.77, -0.77), (0.77, 0.77), (-0.77, 0.77)),
    "diamond": ((0, -1.05), (0.9, 0), (0, 1.05), (-0.9, 0)),
    "dot": _round(24, 0.55),
    "hexagon": _round(6, 0.95, 0),
}  # fmt: skip
"""The corners of each shape, drawn around the origin with y upwards, of about the same area but for the dot."""
