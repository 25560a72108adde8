"""A small PNG of a kind's shape in its colour, drawn without a library, for files that carry their own symbols."""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING

from geomap.palette import OUTLINES, look

if TYPE_CHECKING:
    from collections.abc import Sequence

_SIDE, _FINE = 48, 3
_EDGE = 1.22  # the dark rim is the same shape, this much larger


def png(kind: str) -> bytes:
    """Return the symbol of a kind of event as a PNG of 48 pixels."""
    style = look(kind)
    fill = tuple(int(style.colour[n : n + 2], 16) for n in (1, 3, 5))
    inner = OUTLINES[style.shape]
    outer = [(x * _EDGE, y * _EDGE) for x, y in inner]
    rows = (
        b"\0" + b"".join(_pixel(column, row, inner, outer, fill) for column in range(_SIDE)) for row in range(_SIDE)
    )
    header = struct.pack(">IIBBBBB", _SIDE, _SIDE, 8, 6, 0, 0, 0)
    body = zlib.compress(b"".join(rows), 9)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def _pixel(
    column: int,
    row: int,
    inner: Sequence[tuple[float, float]],
    outer: Sequence[tuple[float, float]],
    fill: Sequence[int],
) -> bytes:
    """Mix the fill and the rim by how much of the pixel each covers."""
    filled = rimmed = 0
    for step in range(_FINE * _FINE):
        x = (column + (step % _FINE + 0.5) / _FINE) / _SIDE * 3.2 - 1.6
        y = 1.6 - (row + (step // _FINE + 0.5) / _FINE) / _SIDE * 3.2
        if _inside(x, y, outer):
            rimmed += 1
            filled += _inside(x, y, inner)
    if not rimmed:
        return b"\0\0\0\0"
    share = filled / rimmed
    return bytes((*(round(part * share + 30 * (1 - share)) for part in fill), rimmed * 255 // _FINE**2))


def _inside(x: float, y: float, corners: Sequence[tuple[float, float]]) -> bool:
    """Say whether a point lies in a polygon, by the crossings of a ray."""
    inside = False
    ax, ay = corners[-1]
    for bx, by in corners:
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            inside = not inside
        ax, ay = bx, by
    return inside
