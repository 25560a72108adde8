"""Shapes and distances: the one file that knows shapely and geopy."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from shapely.geometry.base import BaseGeometry

Point = tuple[float, float]
"""Longitude, latitude."""
Box = tuple[float, float, float, float]
"""West, south, east, north."""


def distance_km(a: Point, b: Point) -> float:
    """Return the length of the shortest way over the ground between two points."""
    from geopy.distance import geodesic

    return float(geodesic((a[1], a[0]), (b[1], b[0])).kilometers)


def circle(centre: Point, radius_km: float, corners: int = 64) -> list[Point]:
    """Return a closed ring of points that lie `radius_km` from the centre over the ground."""
    from geopy.distance import geodesic

    step = 360 / corners
    way = geodesic(kilometers=radius_km)
    ring = [way.destination((centre[1], centre[0]), bearing=step * i) for i in range(corners)]
    points = [(float(p.longitude), float(p.latitude)) for p in ring]
    return [*points, points[0]]


def polygons(rings: Iterable[Sequence[Point]]) -> list[BaseGeometry]:
    """Build polygons from the rings of one shape, whose outer rings run clockwise as ESRI's do."""
    from shapely.geometry import LinearRing, Polygon

    outer: list[Polygon] = []
    holes: list[Sequence[Point]] = []
    for ring in rings:
        if LinearRing(ring).is_ccw:
            holes.append(ring)
        else:
            outer.append(Polygon(ring))
    return [_with_holes(shell, holes) for shell in outer]


def _with_holes(shell: BaseGeometry, holes: Sequence[Sequence[Point]]) -> BaseGeometry:
    from shapely.geometry import Point as Dot
    from shapely.geometry import Polygon

    west, south, east, north = shell.bounds
    near = [h for h in holes if west <= h[0][0] <= east and south <= h[0][1] <= north]
    inside = [h for h in near if shell.intersects(Dot(h[0]))]
    return Polygon(shell.exterior.coords, inside)  # type: ignore[attr-defined]  # a Polygon has one


def lines(parts: Iterable[Sequence[Point]]) -> BaseGeometry:
    """Build one geometry of many lines."""
    from shapely.geometry import MultiLineString

    return MultiLineString([p for p in parts if len(p) > 1])


def simplified(shape: BaseGeometry, tolerance: float) -> BaseGeometry:
    """Drop the corners that lie within `tolerance` degrees of the line without them."""
    return shape.simplify(tolerance, preserve_topology=True)


def clipped(shape: BaseGeometry, box: Box) -> BaseGeometry:
    """Cut a shape to a box."""
    from shapely import clip_by_rect, intersection, is_valid, make_valid
    from shapely.geometry import box as rectangle

    if shape.geom_type in {"LineString", "MultiLineString"}:
        return clip_by_rect(shape, *box)
    whole = shape if is_valid(shape) else make_valid(shape)
    return intersection(whole, rectangle(*box))


def rings(shape: BaseGeometry) -> Iterator[list[Point]]:
    """Yield every ring of every polygon in a shape, holes as well."""
    for part in getattr(shape, "geoms", [shape]):
        if part.geom_type == "Polygon" and not part.is_empty:
            yield [(x, y) for x, y in part.exterior.coords]
            yield from ([(x, y) for x, y in hole.coords] for hole in part.interiors)
        elif part.geom_type in {"MultiPolygon", "GeometryCollection"}:
            yield from rings(part)


def paths(shape: BaseGeometry) -> Iterator[list[Point]]:
    """Yield every line in a shape."""
    for part in getattr(shape, "geoms", [shape]):
        if part.geom_type in {"LineString", "LinearRing"} and not part.is_empty:
            yield [(x, y) for x, y in part.coords]
        elif part.geom_type in {"MultiLineString", "GeometryCollection"}:
            yield from paths(part)


def joined(shape: BaseGeometry) -> BaseGeometry:
    """Join lines that meet end to end."""
    from shapely import line_merge

    return line_merge(shape)


def pieces(shape: BaseGeometry, size: float) -> Iterator[BaseGeometry]:
    """Cut a shape into pieces no wider or higher than about `size` degrees, so that cutting those again is quick."""
    west, south, east, north = shape.bounds
    if max(east - west, north - south) <= size:
        yield shape
        return
    west, south, east, north = west - 1, south - 1, east + 1, north + 1  # a straight line's box has no width to clip to
    if east - west > north - south:
        middle = (west + east) / 2
        halves = [(west, south, middle, north), (middle, south, east, north)]
    else:
        middle = (south + north) / 2
        halves = [(west, south, east, middle), (west, middle, east, north)]
    for half in halves:
        part = clipped(shape, half)
        if not part.is_empty:
            yield from pieces(part, size)


def along(line: BaseGeometry, count: int = 15) -> list[Point]:
    """Return points spread evenly along a line."""
    dots = [line.interpolate((i + 0.5) / count, normalized=True) for i in range(count)]
    return [(dot.x, dot.y) for dot in dots]


def nearest(points: Iterable[Point], parts: Sequence[Sequence[Point]], within: float) -> list[int | None]:
    """Return for each point the number of the line nearest to it, or None where none is within so many degrees."""
    from shapely import STRtree
    from shapely.geometry import LineString
    from shapely.geometry import Point as Dot

    tree = STRtree([LineString(p) for p in parts])
    found = (tree.query_nearest(Dot(p), max_distance=within, all_matches=False) for p in points)
    return [int(hits[0]) if len(hits) else None for hits in found]


def faces(rings: Iterable[Sequence[Point]], cuts: Iterable[Sequence[Point]], box: Box) -> list[BaseGeometry]:
    """Return the pieces that lines cut the land into, within a box. `rings` are land's, outer ones clockwise."""
    from shapely import clip_by_rect, make_valid, union_all
    from shapely.geometry import LineString
    from shapely.ops import polygonize
    from shapely.prepared import prep

    whole = union_all([clip_by_rect(make_valid(shape), *box) for shape in polygons(rings)])
    if whole.is_empty:
        return []
    edges = [whole.boundary, *(clip_by_rect(LineString(cut), *box) for cut in cuts if len(cut) > 1)]
    on_land = prep(whole)
    return [face for face in polygonize(union_all(edges)) if on_land.contains(face.representative_point())]


def holders(points: Iterable[Point], shapes: Sequence[BaseGeometry]) -> list[int | None]:
    """Return for each point the number of the shape that holds it, or None."""
    from shapely import STRtree
    from shapely.geometry import Point as Dot

    tree = STRtree(shapes)
    found = (tree.query(Dot(point), predicate="within") for point in points)
    return [int(hits[0]) if len(hits) else None for hits in found]


def roomiest(shape: BaseGeometry, steps: int = 14) -> list[tuple[float, float, float]]:
    """Return points inside a shape, the farthest from its edge first: how far, x and y."""
    from shapely import contains_xy, distance, points, prepare

    west, south, east, north = shape.bounds
    prepare(shape)
    xs = [west + (east - west) * (i + 0.5) / steps for i in range(steps)]
    ys = [south + (north - south) * (i + 0.5) / steps for i in range(steps)]
    grid = [(x, y) for x in xs for y in ys]
    inside = [point for point, within in zip(grid, contains_xy(shape, grid), strict=True) if within]
    if not inside:
        return []
    room = distance(shape.boundary, points(inside))
    return sorted(((float(r), x, y) for r, (x, y) in zip(room, inside, strict=True)), reverse=True)
