"""First- and second-level areas of the world, from the distilled table, and the first level's polygons."""

from __future__ import annotations

import lzma
from typing import TYPE_CHECKING

from gazetteer.distil.shapes import unpack
from gazetteer.entry import Entry
from gazetteer.names import is_code
from gazetteer.place import Place
from gazetteer.sources.tables import DATA, packed_rows, rows, split

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazetteer.distil.shapes import Polygons

RAION = "кий район"
_LETTERS = "a b v h g d e ie zh z y i i i k l m n o p r s t u f kh ts ch sh shch iu ia".split()
UKRAINIAN = {**dict(zip("абвгґдеєжзиіїйклмнопрстуфхцчшщюя", _LETTERS, strict=True)), "ь": "", "’": "", "'": ""}
"""How Ukraine writes its letters in Latin ones since 2010."""


def entries() -> Iterator[Entry]:
    """Yield the areas; some are called as the English press does, some lie where GeoNames puts them, not midway."""
    fixes = {row["code"]: row for row in rows("area_fixes.tsv")}
    for code, identity, name, latitude, longitude, radius, people, names in packed_rows("areas.tsv.xz"):
        first = ".".join(code.split(".")[:2])
        fix = fixes.get(code, {})
        second = code if code.count(".") > 1 else None
        place = Place(
            id=int(identity),
            name=fix.get("name") or name,
            latitude=float(fix.get("latitude") or latitude),
            longitude=float(fix.get("longitude") or longitude),
            country=code[:2],
            admin1=first,
            admin2=second,
            feature="A.ADM2" if second else "A.ADM1",
            population=int(people),
            radius_km=float(radius),
            source="areas",
        )
        others = [name, *split(names)]
        if place.country == "UA":
            others += romanised(others)
        yield Entry(
            place,
            tuple((other, "code" if other.endswith(".") or is_code(other) else "exact") for other in others),
        )


def former() -> Iterator[Entry]:
    """Yield areas that are no longer of the first level, as A.ADM1H: Katanga, Hedmark, Kenya's Rift Valley."""
    for country, identity, name, latitude, longitude, radius, _, names in packed_rows("former_areas.tsv.xz"):
        place = Place(
            id=int(identity),
            name=name,
            latitude=float(latitude),
            longitude=float(longitude),
            country=country,
            feature="A.ADM1H",
            radius_km=float(radius),
            source="former areas",
        )
        yield Entry(place, tuple((other, "exact") for other in split(names)))


def romanised(names: list[str]) -> Iterator[str]:
    """Yield Ukrainian raions as their government writes them in Latin letters: Bakhmutskyi raion."""
    for name in names:
        if name.casefold().endswith(RAION):
            letters = name[: -len(" район")].replace("зг", "zgh").replace("Зг", "Zgh")
            yield "".join(UKRAINIAN.get(letter.lower(), letter) for letter in letters).capitalize() + " raion"


def shapes() -> Iterator[tuple[str, Polygons]]:
    """Yield a code (of a first-level area, or of a country where that is all we know) and its polygons."""
    with (DATA / "areas.shapes.xz").open("rb") as raw:
        yield from unpack(lzma.decompress(raw.read()))
