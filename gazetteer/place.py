"""What a place is, and what a name's candidate says of itself. Know this file and you know the gazetteer's answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

How = Literal["exact", "code", "demonym", "historic", "stripped", "skeleton", "fuzzy"]
"""How a name matched.

- `exact`: the same key (case, marks, hyphens, apostrophes folded)
- `code`: an upper-case code or abbreviation (US, UAE, N.Y.)
- `demonym`: an adjective or people's name for the place (Syrian, Kurdish)
- `historic`: a name no longer in use (Stalingrad)
- `stripped`: the same key once articles and generic nouns are gone (al-, Province, northern)
- `skeleton`: the same transliteration skeleton (Hodeidah, Hudaydah)
- `fuzzy`: within one or two letters
"""


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the gazetteer.

    `id` is the GeoNames id where there is one, and negative for a place of our own tables. `country` is ISO 3166-1
    alpha-2. `admin1` and `admin2` are GeoNames codes ("SY.11", "SY.11.173324"), whose names `Gazetteer.admin_name`
    knows; `admin1_name` is carried along since every reader wants it. `feature` is GeoNames' class and code ("P.PPL",
    "A.ADM1", "A.PCLI", "L.RGN", "H.SEA", "S.AIRB"). `radius_km` is how far from the point the place honestly reaches.
    """

    id: int
    name: str
    latitude: float
    longitude: float
    country: str | None = None
    admin1: str | None = None
    admin1_name: str | None = None
    admin2: str | None = None
    feature: str = "P.PPL"
    population: int = 0
    radius_km: float = 5.0
    source: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """A place that a name may mean, how the name matched, and which of the place's names it matched."""

    place: Place
    how: How
    name: str
