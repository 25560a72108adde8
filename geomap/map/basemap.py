"""The ground under the events: coast, lakes, borders, first-level areas. Natural Earth, in a compact file of our own.

`assets/base.bin` holds the world at a small scale and, cell by cell of `CELL` degrees, the same at a large one. Both
were drawn from the same lines (Natural Earth 1:10m), so that coast and borders meet; `distil.py` writes the file.
A block is deflated; inside, each layer is a count of parts, each part a count of points, then zigzag varint steps.
"""

from __future__ import annotations

import json
import struct
import zlib
from collections import Counter
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geomap.errors import MissingInput, UnreadableInput

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from geomap.geometry import Box, Point

LAYERS = ("land", "lakes", "coast", "borders", "disputed", "areas")
"""The layers of a block, in order: two of polygons' rings, four of lines."""
CELL = 5
"""The width of a cell, in degrees."""
WORLD_STEP, CELL_STEP = 0.01, 0.0025
"""The grids that coordinates are rounded to, in degrees."""
BUDGET = 600_000
"""How many bytes of cells a page carries at most."""

Lines = list[list["Point"]]


def pack(layers: Mapping[str, Sequence[Sequence[Point]]], step: float) -> bytes:
    """Write the layers of one block."""
    out = bytearray()
    for layer in LAYERS:
        parts = [_rounded(part, step) for part in layers.get(layer, ())]
        parts = [part for part in parts if len(part) > 1]
        _put(out, len(parts))
        for part in parts:
            _put(out, len(part))
            x = y = 0
            for a, b in part:
                _put(out, _zigzag(a - x))
                _put(out, _zigzag(b - y))
                x, y = a, b
    return zlib.compress(bytes(out), 9)


def unpack(block: bytes, step: float) -> dict[str, Lines]:
    """Read what `pack` wrote."""
    numbers = iter(_numbers(zlib.decompress(block)))
    layers: dict[str, Lines] = {}
    for layer in LAYERS:
        layers[layer] = []
        for _ in range(next(numbers)):
            x = y = 0
            part: list[Point] = []
            for _ in range(next(numbers)):
                x += _unzigzag(next(numbers))
                y += _unzigzag(next(numbers))
                part.append((x * step, y * step))
            layers[layer].append(part)
    return layers


def write(world: bytes, cells: Mapping[tuple[int, int], bytes]) -> bytes:
    """Join the blocks into one file: a length, an index in JSON, the blocks."""
    names = sorted(cells)
    index = {"world": len(world), "cells": [[x, y, len(cells[x, y])] for x, y in names]}
    head = json.dumps(index, separators=(",", ":")).encode()
    return struct.pack("<I", len(head)) + head + world + b"".join(cells[name] for name in names)


@lru_cache(maxsize=1)
def _file() -> tuple[bytes, dict[tuple[int, int], bytes]]:
    data = files("geomap.map").joinpath("assets/base.bin").read_bytes()
    (size,) = struct.unpack_from("<I", data)
    index = json.loads(data[4 : 4 + size])
    at = 4 + size + index["world"]
    world = data[4 + size : at]
    cells = {}
    for x, y, length in index["cells"]:
        cells[x, y] = data[at : at + length]
        at += length
    return world, cells


def world() -> bytes:
    """Return the block of the whole world."""
    return _file()[0]


def cells(points: Iterable[Point], budget: int = BUDGET) -> dict[tuple[int, int], bytes]:
    """Return the blocks of the cells around the points: the fullest first, until the budget is spent."""
    homes = Counter((int((x + 180) % 360 // CELL), int((y + 90) // CELL)) for x, y in points)
    weights: Counter[tuple[int, int]] = Counter()
    for (x, y), count in homes.items():
        for dx in (-1, 0, 1):
            for dy in (-1, 0, 1):
                weights[(x + dx) % (360 // CELL), y + dy] += count * (1 if dx or dy else 100)
    stored = _file()[1]
    chosen: dict[tuple[int, int], bytes] = {}
    for key in sorted(weights, key=lambda k: (-weights[k], k)):
        block = stored.get(key)
        if block is not None and len(block) <= budget:
            chosen[key] = block
            budget -= len(block)
    return dict(sorted(chosen.items()))


def boundaries(path: Path | str) -> bytes:
    """Pack a user's borders: the lines and outlines of a GeoJSON file. Raises `InputError`."""
    try:
        found = json.loads(Path(path).read_text(encoding="utf-8"))
        layers: dict[str, Lines] = {"borders": [], "disputed": []}
        for feature in found["features"]:
            disputed = bool((feature.get("properties") or {}).get("disputed"))
            layers["disputed" if disputed else "borders"].extend(_lines(feature["geometry"]))
        return pack(layers, CELL_STEP)
    except FileNotFoundError:
        raise MissingInput(
            f"There is no file {path}. Name a GeoJSON file of lines: --boundaries borders.geojson"
        ) from None
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise UnreadableInput(f"{path} is no GeoJSON file of lines ({error}).") from error


def _lines(geometry: Mapping[str, Any]) -> Lines:
    """Return the lines of a geometry, as points of longitude and latitude."""
    depth = {"LineString": 0, "MultiLineString": 1, "Polygon": 1, "MultiPolygon": 2}[geometry["type"]]
    parts = [geometry["coordinates"]]
    for _ in range(depth):
        parts = [inner for part in parts for inner in part]
    return [[(float(point[0]), float(point[1])) for point in part] for part in parts]


def ground(box: Box, *, close: bool = True) -> dict[str, Lines]:
    """Return the layers of a box as lines of longitude and latitude, for those who draw without a browser.

    Polygons of neighbouring cells overlap by a hair, so that no seam shows between them when they are filled.
    """
    if not close:
        return unpack(world(), WORLD_STEP)
    west, south, east, north = box
    found: dict[str, Lines] = {layer: [] for layer in LAYERS}
    for (x, y), block in _file()[1].items():
        left, bottom = x * CELL - 180, y * CELL - 90
        if left < east and left + CELL > west and bottom < north and bottom + CELL > south:
            for layer, parts in unpack(block, CELL_STEP).items():
                found[layer].extend(parts)
    return found


def _rounded(part: Sequence[Point], step: float) -> list[tuple[int, int]]:
    """Round to the grid, and drop what then falls on its predecessor."""
    kept: list[tuple[int, int]] = []
    for x, y in part:
        point = round(x / step), round(y / step)
        if not kept or kept[-1] != point:
            kept.append(point)
    return kept


def _zigzag(n: int) -> int:
    return n << 1 if n >= 0 else (-n << 1) - 1


def _unzigzag(n: int) -> int:
    return n >> 1 if not n & 1 else -((n + 1) >> 1)


def _put(out: bytearray, n: int) -> None:
    while n > 127:  # noqa: PLR2004 - seven bits a byte
        out.append(n & 127 | 128)
        n >>= 7
    out.append(n)


def _numbers(data: bytes) -> Iterable[int]:
    value = shift = 0
    for byte in data:
        value |= (byte & 127) << shift
        if byte & 128:
            shift += 7
        else:
            yield value
            value = shift = 0
