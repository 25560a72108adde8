"""Polygons in few bytes: integer steps of a thousandth of a degree, as variable-length numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

STEPS = 1000
"""Steps to a degree."""

MORE = 128
"""Set in a byte that is not a number's last."""

Ring = list[tuple[float, float]]
Polygons = list[list[Ring]]
"""Each polygon is its closed rings, the outer first."""


def _varint(number: int) -> bytes:
    number = (number << 1) ^ (number >> 63)
    out = bytearray()
    while number >= MORE:
        out.append(number & (MORE - 1) | MORE)
        number >>= 7
    out.append(number)
    return bytes(out)


def pack(shapes: Iterable[tuple[str, Any]]) -> bytes:
    """Encode pairs of a code and a shapely (multi)polygon."""
    out = bytearray()
    for code, shape in shapes:
        polygons = list(getattr(shape, "geoms", [shape]))
        rings = [[ring.coords for ring in (polygon.exterior, *polygon.interiors)] for polygon in polygons]
        label = code.encode()
        out += bytes([len(label)]) + label + _varint(len(rings))
        for polygon in rings:
            out += _varint(len(polygon))
            for ring in polygon:
                steps = [(round(x * STEPS), round(y * STEPS)) for x, y in ring[:-1]]
                out += _varint(len(steps))
                last = (0, 0)
                for x, y in steps:
                    out += _varint(x - last[0]) + _varint(y - last[1])
                    last = (x, y)
    return bytes(out)


def unpack(data: bytes) -> Iterator[tuple[str, Polygons]]:
    """Decode into pairs of a code and polygons."""
    at = 0

    def number() -> int:
        nonlocal at
        value = shift = 0
        while True:
            byte = data[at]
            at += 1
            value |= (byte & (MORE - 1)) << shift
            shift += 7
            if byte < MORE:
                return (value >> 1) ^ -(value & 1)

    def ring() -> Ring:
        x = y = 0
        points = []
        for _ in range(number()):
            x += number()
            y += number()
            points.append((x / STEPS, y / STEPS))
        return [*points, points[0]]

    while at < len(data):
        size = data[at]
        code = data[at + 1 : at + 1 + size].decode()
        at += 1 + size
        yield code, [[ring() for _ in range(number())] for _ in range(number())]
