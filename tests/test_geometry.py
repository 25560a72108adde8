"""Shapes and distances, against what is known of the ground."""

from __future__ import annotations

import pytest
from shapely.geometry import LineString, box

from geomap import geometry


def test_distance_over_the_ground() -> None:
    """Beirut to Damascus is about 85 km; a degree of longitude is nothing at the pole."""
    assert 85 == pytest.approx(geometry.distance_km((35.50, 33.89), (36.29, 33.51)), abs=2)
    assert 0 == pytest.approx(geometry.distance_km((0, 90), (90, 90)), abs=0.1)


def test_circle_is_round_on_the_ground() -> None:
    """Every corner of a circle lies at its radius, far north as well."""
    ring = geometry.circle((20.0, 70.0), 50)

    assert ring[0] == ring[-1]
    assert all(50 == pytest.approx(geometry.distance_km((20.0, 70.0), point), abs=0.01) for point in ring)


def test_polygons_keep_their_holes() -> None:
    """A ring that runs the other way is a hole in the shape around it, not a shape."""
    outer = [(0.0, 0.0), (0.0, 9.0), (9.0, 9.0), (9.0, 0.0), (0.0, 0.0)]
    hole = [(1.0, 1.0), (3.0, 1.0), (3.0, 3.0), (1.0, 3.0), (1.0, 1.0)]
    (shape,) = geometry.polygons([outer, hole])

    assert 81 - 4 == shape.area


def test_pieces_are_small_and_lose_nothing() -> None:
    """Cut into pieces, a shape keeps its area, and a line its length."""
    pieces = list(geometry.pieces(box(0, 0, 33, 21), 5))
    assert all(max(p.bounds[2] - p.bounds[0], p.bounds[3] - p.bounds[1]) <= 5 for p in pieces)
    assert 33 * 21 == pytest.approx(sum(p.area for p in pieces))

    straight = LineString([(0, 0), (0, 30)])
    assert 30 == pytest.approx(sum(p.length for p in geometry.pieces(straight, 5)))
