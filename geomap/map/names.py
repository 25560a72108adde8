"""The names on the map: towns, countries, seas. From `assets/names.json.gz`, which `distil_names.py` writes."""

from __future__ import annotations

import gzip
import json
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.geometry import Box

ROOM = 2500
"""How many towns a page carries at most."""
GREAT = 600_000
"""People from which a town is on every page."""


@lru_cache(maxsize=1)
def _table() -> dict[str, Any]:
    data = files("geomap.map").joinpath("assets/names.json.gz").read_bytes()
    found: dict[str, Any] = json.loads(gzip.decompress(data))
    return found


def towns(box: Box | None) -> dict[str, list[Any]]:
    """Return the towns to name, the largest first: everywhere the great ones, all those in the box."""
    kept: list[Any] = []
    for town in _table()["towns"]:
        _name, longitude, latitude, people, capital = town
        inside = box is not None and _holds(box, longitude, latitude)
        if (people >= GREAT or capital or inside) and len(kept) < ROOM:
            kept.append(town)
    fields = ("name", "longitude", "latitude", "population", "capital")
    return {field: [town[i] for town in kept] for i, field in enumerate(fields)}


def _holds(box: Box, longitude: float, latitude: float) -> bool:
    west, south, east, north = box
    return south <= latitude <= north and (west <= longitude <= east or west <= longitude + 360 <= east)


def countries() -> Sequence[Sequence[Any]]:
    """Return the countries to name: ISO code, longitude, latitude, and the zooms between which there is room."""
    found: list[list[Any]] = _table()["countries"]
    return found


def seas(language: str) -> Sequence[Sequence[Any]]:
    """Return the seas to name in a language: name, longitude, latitude, and the zooms between which there is room."""
    return [[names.get(language, names["en"]), *rest] for names, *rest in _table()["seas"]]
