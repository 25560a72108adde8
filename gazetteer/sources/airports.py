"""Airports and air bases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazetteer.entry import Entry
from gazetteer.place import Place
from gazetteer.sources.tables import packed_rows, split

if TYPE_CHECKING:
    from collections.abc import Iterator

SHORTER = (
    (" International Airport", " airport"), (" International Airport", " International"), (" Air Base", " airbase"),
    (" Airbase", " air base"), (" Air Force Base", " AFB"), (" Air Base", " military airport"),
    (" Airport", " airfield"),
)  # fmt: skip
"""What papers write for an ending."""


def entries() -> Iterator[Entry]:
    """Yield the larger airports of the world and every military airfield."""
    for identity, feature, name, latitude, longitude, country, area, names in packed_rows("airports.tsv.xz"):
        place = Place(
            id=int(identity),
            name=name,
            latitude=float(latitude),
            longitude=float(longitude),
            country=country,
            admin1=area or None,
            feature=feature,
            radius_km=4.0,
            source="airports",
        )
        others = [
            *split(names),
            *(name.removesuffix(long) + short for long, short in SHORTER if name.endswith(long)),
        ]
        yield Entry(place, tuple((other, "exact") for other in others))
