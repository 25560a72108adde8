"""From longitude and latitude to a flat sheet, in kilometres. Areas stay true, as a map of how much happened needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
RADIUS = 6371.0088
"""The earth's mean radius, in km."""
_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796  # Šavrič, Patterson and Jenny 2018
_M = 3**0.5 / 2


class Projection(Protocol):
    """A way to flatten the earth."""

    def forward(self, longitude: Array, latitude: Array) -> tuple[Array, Array]:
        """Turn degrees into kilometres east and north of the sheet's middle."""

    def inverse(self, x: Array, y: Array) -> tuple[Array, Array]:
        """Turn kilometres into degrees."""


@dataclass(frozen=True, slots=True)
class Azimuthal:
    """Lambert's azimuthal equal-area projection around a point: for anything smaller than half the earth."""

    longitude: float
    latitude: float

    def forward(self, longitude: Array, latitude: Array) -> tuple[Array, Array]:
        """Turn degrees into kilometres east and north of the middle."""
        away, here = np.radians(longitude - self.longitude), np.radians(self.latitude)
        north = np.radians(latitude)
        nearness = np.sin(here) * np.sin(north) + np.cos(here) * np.cos(north) * np.cos(away)
        scale = RADIUS * np.sqrt(2 / np.maximum(1 + nearness, 1e-9))
        x = scale * np.cos(north) * np.sin(away)
        y = scale * (np.cos(here) * np.sin(north) - np.sin(here) * np.cos(north) * np.cos(away))
        return x, y

    def inverse(self, x: Array, y: Array) -> tuple[Array, Array]:
        """Turn kilometres into degrees."""
        here = np.radians(self.latitude)
        far = np.maximum(np.hypot(x, y), 1e-9)
        angle = 2 * np.arcsin(np.minimum(far / (2 * RADIUS), 1))
        latitude = np.arcsin(np.clip(np.cos(angle) * np.sin(here) + y * np.sin(angle) * np.cos(here) / far, -1, 1))
        across = far * np.cos(here) * np.cos(angle) - y * np.sin(here) * np.sin(angle)
        longitude = np.degrees(np.arctan2(x * np.sin(angle), across)) + self.longitude
        return (longitude + 180) % 360 - 180, np.degrees(latitude)


@dataclass(frozen=True, slots=True)
class EqualEarth:
    """The Equal Earth projection around a meridian: for the world. Longitudes may run beyond 180 degrees from it."""

    longitude: float

    def forward(self, longitude: Array, latitude: Array) -> tuple[Array, Array]:
        """Turn degrees into kilometres."""
        away = np.radians(longitude - self.longitude)
        t = np.arcsin(_M * np.sin(np.radians(latitude)))
        x = away * np.cos(t) / (_M * (_A1 + 3 * _A2 * t**2 + t**6 * (7 * _A3 + 9 * _A4 * t**2)))
        return RADIUS * x, RADIUS * t * (_A1 + _A2 * t**2 + t**6 * (_A3 + _A4 * t**2))

    def inverse(self, x: Array, y: Array) -> tuple[Array, Array]:
        """Turn kilometres into degrees, by Newton's steps."""
        target = np.asarray(y) / RADIUS
        t = target / _A1
        for _ in range(8):
            height = t * (_A1 + _A2 * t**2 + t**6 * (_A3 + _A4 * t**2)) - target
            t = t - height / (_A1 + 3 * _A2 * t**2 + t**6 * (7 * _A3 + 9 * _A4 * t**2))
        slope = _A1 + 3 * _A2 * t**2 + t**6 * (7 * _A3 + 9 * _A4 * t**2)
        away = np.degrees(np.asarray(x) / RADIUS * _M * slope / np.cos(t))
        return self.longitude + away, np.degrees(np.arcsin(np.clip(np.sin(t) / _M, -1, 1)))
