"""Kilometres between points: a sphere's, for inner loops. What is reported to a reader is geopy's geodesic."""

from __future__ import annotations

import math


def distance_km(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """Return the kilometres between two points on a sphere, within half a per cent of the Earth's."""
    a, b = math.radians(latitude), math.radians(other_latitude)
    across = math.sin((b - a) / 2) ** 2
    along = math.sin(math.radians(other_longitude - longitude) / 2) ** 2
    return 12742.0176 * math.asin(min(1.0, math.sqrt(across + math.cos(a) * math.cos(b) * along)))
