"""Which part of the earth a figure shows, and where each point of it falls on the sheet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geomap.figure.projection import Array, Azimuthal, EqualEarth, Projection

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.figure.marks import Mark
    from geomap.geometry import Box

LEAST_KM = 150.0
"""No frame is narrower: a single event is shown with what lies around it."""
WORLD_KM = 11_000.0
"""A frame that would have to be wider shows the world."""
SOUTH, NORTH = -56.0, 84.0
"""The latitudes between which the world is shown."""
_MARGIN = 1.22
_OUTLIERS = 0.1  # of the events may be left out
_WORTHWHILE = 0.5  # if the frame is then this much narrower


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle of the sheet: its lower left corner and measures, in points."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The right edge."""
        return self.x + self.width

    @property
    def top(self) -> float:
        """The upper edge."""
        return self.y + self.height

    def holds(self, x: float, y: float, margin: float = 0.0) -> bool:
        """Say whether a point lies inside, `margin` away from the edges."""
        across = self.x + margin <= x <= self.right - margin
        return across and self.y + margin <= y <= self.top - margin


@dataclass(frozen=True, slots=True)
class Frame:
    """A projection, the kilometres of it that the frame is wide, and the rectangle of the sheet it fills."""

    projection: Projection
    rect: Rect
    width_km: float
    middle: tuple[float, float] = (0.0, 0.0)

    @property
    def scale(self) -> float:
        """Points on the sheet for a kilometre."""
        return self.rect.width / self.width_km

    @property
    def whole(self) -> bool:
        """Whether it shows the world."""
        return isinstance(self.projection, EqualEarth)

    def place(self, longitude: Array, latitude: Array) -> tuple[Array, Array]:
        """Return where points fall on the sheet."""
        x, y = self.projection.forward(np.asarray(longitude, float), np.asarray(latitude, float))
        across = self.rect.x + self.rect.width / 2 + (x - self.middle[0]) * self.scale
        up = self.rect.y + self.rect.height / 2 + (y - self.middle[1]) * self.scale
        return across, up

    def points(self, longitude: Array, latitude: Array) -> tuple[Array, Array]:
        """Return where places fall: those beyond 180 degrees from the middle come round the world."""
        if isinstance(self.projection, EqualEarth):
            longitude = (longitude - self.projection.longitude + 180) % 360 - 180 + self.projection.longitude
        return self.place(longitude, latitude)

    def point(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Return where one place falls."""
        x, y = self.points(np.array([longitude]), np.array([latitude]))
        return float(x[0]), float(y[0])

    def edge(self, steps: int = 24) -> tuple[Array, Array]:
        """Return the longitudes and latitudes of the frame's edge, going round."""
        half_width = self.width_km / 2
        half_height = half_width * self.rect.height / self.rect.width
        run = np.linspace(-1, 1, steps)
        side = np.ones(steps)
        x = np.concatenate([run, side, -run, -side]) * half_width + self.middle[0]
        y = np.concatenate([-side, run, side, -run]) * half_height + self.middle[1]
        return self.projection.inverse(x, y)

    def boxes(self) -> list[Box]:
        """Return boxes of degrees that cover the frame: two where it crosses 180 degrees."""
        longitudes, latitudes = self.edge()
        south, north = float(latitudes.min()), float(latitudes.max())
        for pole in (90.0, -90.0):
            if self.rect.holds(*self.point(0.0, pole)):
                return [(-180.0, min(south, pole), 180.0, max(north, pole))]
        away = (longitudes - self.centre + 180) % 360 - 180 + self.centre
        west, east = float(away.min()), float(away.max())
        if west < -180:  # noqa: PLR2004 - degrees
            return [(west + 360, south, 180.0, north), (-180.0, south, east, north)]
        if east > 180:  # noqa: PLR2004 - degrees
            return [(west, south, 180.0, north), (-180.0, south, east - 360, north)]
        return [(west, south, east, north)]

    @property
    def centre(self) -> float:
        """The longitude in the middle."""
        return float(self.projection.inverse(np.array([self.middle[0]]), np.array([self.middle[1]]))[0][0])

    @property
    def latitude(self) -> float:
        """The latitude in the middle."""
        return float(self.projection.inverse(np.array([self.middle[0]]), np.array([self.middle[1]]))[1][0])


def fit(points: Sequence[tuple[float, float]], rect: Rect, *, margin: float = _MARGIN) -> Frame:
    """Return the frame around points, longitude first, that fills a rectangle."""
    longitude, latitude = _middle(points)
    x = y = np.zeros(1)
    for _ in range(3):
        around = Azimuthal(longitude, latitude)
        x, y = around.forward(*np.array(points, float).T)
        middle = np.array([(x.min() + x.max()) / 2]), np.array([(y.min() + y.max()) / 2])
        moved = around.inverse(*middle)
        longitude, latitude = float(moved[0][0]), float(moved[1][0])
    wide, high = float(x.max() - x.min()) * margin, float(y.max() - y.min()) * margin
    width = max(wide, high * rect.width / rect.height, LEAST_KM)
    if width > WORLD_KM:
        return world(rect, longitude)
    return Frame(Azimuthal(longitude, latitude), rect, width)


def world(rect: Rect, longitude: float = 0.0) -> Frame:
    """Return a frame of the whole earth but for the far south, around a meridian rounded to ten degrees."""
    meridian = round(longitude / 10) * 10.0 if abs(longitude) > 100 else 0.0  # noqa: PLR2004 - the usual map, if it will do
    projection = EqualEarth(meridian)
    edges = projection.forward(np.array([meridian - 180, meridian + 180]), np.zeros(2))[0]
    low, high = (float(v) for v in projection.forward(np.zeros(2), np.array([SOUTH, NORTH]))[1])
    width = max(float(edges[1] - edges[0]), (high - low) * rect.width / rect.height)
    return Frame(projection, rect, width, (0.0, (low + high) / 2))


def _middle(points: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Return the middle of points on the sphere: no trouble at 180 degrees or the poles."""
    longitudes, latitudes = np.radians(np.array(points, float)).T
    x = float(np.mean(np.cos(latitudes) * np.cos(longitudes)))
    y = float(np.mean(np.cos(latitudes) * np.sin(longitudes)))
    z = float(np.mean(np.sin(latitudes)))
    return float(np.degrees(np.arctan2(y, x))), float(np.degrees(np.arctan2(z, np.hypot(x, y))))


def seen(found: Sequence[Mark]) -> list[Mark]:
    """Leave out the few places far off that would make all others a dot: the figure says how many those are.

    Regions and countries do not decide what is shown unless there is nothing else.
    """
    kept = [mark for mark in found if not mark.areal] or list(found)
    x, y = Azimuthal(*_middle(_points(kept))).forward(*np.array(_points(kept), float).T)
    away = np.hypot(x - np.median(x), y - np.median(y))
    order = np.argsort(-away, kind="stable")
    counts = np.array([len(mark.events) for mark in kept])[order]
    may_go = int(np.searchsorted(np.cumsum(counts), counts.sum() * _OUTLIERS, side="right"))
    wide, high = _spread(x[order]), _spread(y[order])
    widths = np.maximum(np.maximum(wide, high), LEAST_KM)[: may_go + 1]
    if widths.min() > widths[0] * _WORTHWHILE:
        return kept
    dropped = int(np.argmax(widths <= widths.min() * 1.15))
    return [kept[n] for n in sorted(order[dropped:].tolist())]


def _spread(values: Array) -> Array:
    """Return for each place in the order how far apart the values from there on are."""
    back = values[::-1]
    return (np.maximum.accumulate(back) - np.minimum.accumulate(back))[::-1]


def _points(found: Sequence[Mark]) -> list[tuple[float, float]]:
    return [(mark.longitude, mark.latitude) for mark in found]
