"""GeoJSON by RFC 7946: a point for each event with a place; an event without one has no geometry, as the RFC allows."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import IO, TYPE_CHECKING, Any

from geomap.export.flat import rows

if TYPE_CHECKING:
    from geomap.export.cells import Cell
    from geomap.model import EventSet


def collection(events: EventSet) -> dict[str, Any]:
    """Return the events as a FeatureCollection, with the box around them where any has a place."""
    features = [_feature(row) for row in rows(events)]
    points = [feature["geometry"]["coordinates"] for feature in features if feature["geometry"]]
    box = {"bbox": _box(points)} if points else {}
    return {"type": "FeatureCollection", **box, "features": features}


def _feature(row: dict[str, Cell]) -> dict[str, Any]:
    latitude, longitude = row.pop("latitude"), row.pop("longitude")
    point = None if latitude is None else {"type": "Point", "coordinates": [longitude, latitude]}
    return {"type": "Feature", "id": row.pop("id"), "geometry": point, "properties": row}


def _box(points: list[list[float]]) -> list[float]:
    """Return west, south, east, north; west is greater than east where the narrower box crosses 180 degrees."""
    longitudes = sorted({point[0] for point in points})
    latitudes = [point[1] for point in points]
    gaps = [(b - a, b, a) for a, b in pairwise(longitudes)]
    around = longitudes[0] + 360 - longitudes[-1]
    widest, west, east = max(gaps, default=(0.0, longitudes[0], longitudes[-1]))
    if widest <= around:
        west, east = longitudes[0], longitudes[-1]
    return [west, min(latitudes), east, max(latitudes)]


def write(events: EventSet, file: IO[str]) -> None:
    """Write the events as GeoJSON, one feature a line so that two files can be compared."""
    whole = collection(events)
    features = whole.pop("features")
    head = json.dumps(whole, ensure_ascii=False, allow_nan=False)[:-1]
    file.write(f'{head}, "features": [')
    for n, feature in enumerate(features):
        file.write((",\n" if n else "\n") + json.dumps(feature, ensure_ascii=False, allow_nan=False))
    file.write("\n]}\n")
