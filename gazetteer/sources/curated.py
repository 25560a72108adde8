"""Our own table of the places that conflict news names and town lists lack."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazetteer.entry import Entry
from gazetteer.place import How, Place
from gazetteer.sources.countries import with_plurals
from gazetteer.sources.tables import rows, split

if TYPE_CHECKING:
    from collections.abc import Iterator


def entries() -> Iterator[Entry]:
    """Yield the places; one without a GeoNames id gets a negative id, its row's number in the table."""
    for row in rows("curated.tsv"):
        place = Place(
            id=int(row["id"]),
            name=row["name"],
            latitude=float(row["latitude"]),
            longitude=float(row["longitude"]),
            country=row["country"] or None,
            admin1=row["admin1"] or None,
            feature=row["feature"],
            population=int(row["weight"] or 0),
            radius_km=float(row["radius_km"]),
            source="curated",
        )
        names: list[tuple[str, How]] = [(code, "code") for code in split(row["codes"])]
        names += [(name, "exact") for name in split(row["names"])]
        names += [(name, "demonym") for name in with_plurals(split(row["demonyms"]))]
        yield Entry(place, tuple(names))
