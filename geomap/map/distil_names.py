"""Turns the gazetteer and `assets/seas.tsv` into `assets/names.json.gz`, the names on the map. Run by hand:

    python -m geomap.map.distil_names GAZETTEER

GAZETTEER is the SQLite file that `geomap gazetteer info` names.
"""  # noqa: D415 - the first line leads on to the command

from __future__ import annotations

import csv
import gzip
import json
import math
import sqlite3
import sys
import unicodedata
from importlib.resources import files
from pathlib import Path
from typing import Any

from geomap.map.bundle import scene

TOWNS = 14_000
ROOM = 95
"""Pixels a country must be wide for its name to stand in it."""
UNNAMED = frozenset({"EH", "PS", "XK"})
"""Entities whose standing is disputed are not named unless an event is there."""


def plain(name: str, country: str) -> str:
    """Write a name as a newspaper does: without the dots and strokes of scholars' transliteration."""
    if country not in scene()["plain"]:
        return name
    letters = unicodedata.normalize("NFD", name.replace("’", "'").replace("‘", "'"))
    return unicodedata.normalize("NFC", "".join(c for c in letters if not unicodedata.combining(c)))


def towns(gazetteer: sqlite3.Connection) -> list[list[Any]]:
    """Return the largest towns, and every capital: sections of towns and places that are no more are left out."""
    rows = gazetteer.execute(
        "SELECT name, longitude, latitude, population, feature, country FROM place WHERE feature LIKE 'P.%' "
        "AND feature NOT IN ('P.PPLX', 'P.PPLH', 'P.PPLQ', 'P.PPLW') ORDER BY population DESC, id LIMIT 40000"
    )
    found: list[list[Any]] = []
    seen: set[tuple[float, float]] = set()
    for name, longitude, latitude, people, feature, country in rows:
        spot = round(longitude, 1), round(latitude, 1)
        if spot in seen or (len(found) >= TOWNS and feature != "P.PPLC"):
            continue
        seen.add(spot)
        found.append([plain(name, country), round(longitude, 3), round(latitude, 3), people, int(feature == "P.PPLC")])
    return found


def countries(gazetteer: sqlite3.Connection) -> list[list[Any]]:
    """Return the countries by ISO code, and the zooms between which their names have room."""
    rows = gazetteer.execute(
        "SELECT country, longitude, latitude, radius FROM place WHERE feature IN "
        "('A.PCLI', 'A.PCL', 'A.PCLD', 'A.PCLF', 'A.PCLS', 'A.TERR') AND country IS NOT NULL ORDER BY radius DESC, id"
    )
    found: dict[str, list[Any]] = {}
    for code, longitude, latitude, radius in rows:
        if code in UNNAMED or code in found:
            continue
        width = 2 * radius / 40075 * 256 / math.cos(math.radians(latitude))
        start = max(2.0, math.log2(ROOM / width))
        found[code] = [code, round(longitude, 2), round(latitude, 2), round(start, 1), round(max(start + 2.5, 7), 1)]
    return list(found.values())


def seas() -> list[list[Any]]:
    """Return the seas with their name in each language."""
    text = files("geomap.map").joinpath("assets/seas.tsv").read_text(encoding="utf-8")
    rows = csv.DictReader((line for line in text.splitlines() if not line.startswith("#")), delimiter="\t")
    return [
        [{key: row[key] for key in row if len(key) == 2}, *(float(row[k]) for k in ("lon", "lat", "from", "to"))]  # noqa: PLR2004
        for row in rows
    ]


def main(path: Path) -> None:
    """Read the gazetteer and write the names."""
    gazetteer = sqlite3.connect(path)
    table = {"towns": towns(gazetteer), "countries": countries(gazetteer), "seas": seas()}
    data = json.dumps(table, ensure_ascii=False, separators=(",", ":")).encode()
    target = Path(str(files("geomap.map").joinpath("assets/names.json.gz")))
    target.write_bytes(gzip.compress(data, 9, mtime=0))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
