"""The places a name may mean, each with where it stands among its rivals; what kind a place is, and what lies in it."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from gazetteer.names import key
from gazetteer.place import Match, Place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gazetteer import Gazetteer

ALL = 400
"""Bearers of a name that are looked at, the most populous first."""
_TWIN = 100.0
"""Kilometres between a town and the area of its name."""
_LARGE = 100_000
"""People of a place that is known by its article."""
EARTH = 6371.0
"""Kilometres from the centre of the Earth to its surface."""
_REACH = 40.0
"""Kilometres that a city reaches, and an area at the least."""


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """A candidate: the place, how the name matched it, and where it stands among its rivals. Itself and no other."""

    match: Match
    place: Place
    rank: int
    """Place by population among the candidates, from 0."""
    rivals: int
    lead: float
    """Decimal digits of population that the most populous rival of a settlement has more."""
    twin: bool
    """Whether a rival of another class (city, area) bears the same name close by."""
    vector: tuple[float, float, float]
    """Where it is on the unit sphere."""
    proper: bool = False
    """Whether the name is the place's own, not one of its others."""
    borrowed: bool = False
    """Whether a rival of its country, or a larger one, bears the name as its own, and its own is quite another."""
    namesake: bool = False
    """Whether its own country bears the name: the capital of Guatemala or Panama, a province of Mexico."""
    shaded: bool = False
    """Whether the capital of another country, ten times its size, bears the name: Rome in Georgia, Madrid."""


def kind(place: Place) -> str:
    """Return the coarse class of a place, by which clues and reports speak of it."""
    return _kind_of(place.feature)


@cache
def _kind_of(feature: str) -> str:
    letter, _, code = feature.partition(".")
    if letter == "A":
        if code.startswith(("PCL", "TERR")):
            return "country"
        return {"ADM1": "area1", "ADM1H": "area1", "ADM2": "area2", "ADM2H": "area2"}.get(code, "area3")
    if letter == "P":
        return {"PPLC": "capital", "PPLG": "capital", "PPLA": "seat", "PPLX": "quarter"}.get(code, "town")
    if letter == "L":
        return "continent" if code == "CONT" else "region"
    return {"H": "water", "T": "terrain"}.get(letter, "spot")


TOWNS = frozenset({"capital", "seat", "town"})


def contains(outer: Place, inner: Place) -> bool:
    """Say whether one place lies in another, as far as codes tell; where the inner has none, by distance."""
    if outer.id == inner.id:
        return False
    what, other = kind(outer), kind(inner)
    if what == "country":
        return outer.country is not None and outer.country == inner.country
    if what == "area1":
        return outer.admin1 is not None and outer.admin1 == inner.admin1 and other not in ("country", "area1")
    if what == "area2":
        return other != "area2" and _in_second_level(outer, inner, other)
    if what in TOWNS and other in ("quarter", "spot", "town"):
        return outer.population > inner.population and distance(outer, inner) < _REACH
    return False


def _in_second_level(outer: Place, inner: Place, other: str) -> bool:
    """Say whether a place lies in a second-level area: by its code, or near enough to it where it has none."""
    if outer.admin2 is not None and inner.admin2 is not None:
        return outer.admin2 == inner.admin2
    same = outer.country == inner.country and inner.admin1 in (None, outer.admin1)
    return same and other not in ("country", "area1") and distance(outer, inner) < max(outer.radius_km, _REACH)


def distance(one: Place, other: Place) -> float:
    """Return kilometres between two places."""
    return kilometres_of(unit(one), unit(other))


def unit(place: Place) -> tuple[float, float, float]:
    """Return a place's point on the unit sphere."""
    latitude, longitude = math.radians(place.latitude), math.radians(place.longitude)
    return math.cos(latitude) * math.cos(longitude), math.cos(latitude) * math.sin(longitude), math.sin(latitude)


def kilometres_of(a: tuple[float, float, float], b: tuple[float, float, float]) -> float:
    """Return kilometres between two points of the unit sphere."""
    return EARTH * math.acos(max(-1.0, min(1.0, a[0] * b[0] + a[1] * b[1] + a[2] * b[2])))


@lru_cache(maxsize=4_096)
def choices(
    gazetteer: Gazetteer,
    text: str,
    demonym: bool = False,  # noqa: FBT001, FBT002 - cached by position
    articled: bool = False,  # noqa: FBT001, FBT002 - cached by position
) -> tuple[Choice, ...]:
    """Return the candidates of a name, the most populous first.

    An adjective means what it is the adjective of. A name that stands behind "the" means first what is called so:
    the Gulf is no district of Papua New Guinea.
    """
    matches = gazetteer.lookup(text)
    if demonym:
        matches = [m for m in matches if m.how == "demonym"] or matches
    elif articled:
        called = [m for m in gazetteer.lookup(f"the {text}") if m.how == "exact"]
        matches = called if any(m.place.population >= _LARGE for m in called) else matches
    return choices_of(matches)


def choices_of(matches: Sequence[Match]) -> tuple[Choice, ...]:
    """Rank matches by population, and say of each where it stands among the others."""
    best: dict[int, Match] = {}
    for match in matches:
        best.setdefault(match.place.id, match)
    ranked = sorted(best.values(), key=_worth)[:ALL]
    top = max((m.place.population for m in ranked), default=0)
    vectors = [unit(m.place) for m in ranked]
    twins = _twins(ranked, vectors)
    proper = [m.name.casefold() == m.place.name.casefold() for m in ranked]
    owning = [rank for rank, own in enumerate(proper) if own and ranked[rank].how == "exact"]
    owners = {ranked[rank].place.country for rank in owning if ranked[rank].place.population}
    first = min(owning, default=len(ranked))
    lands = {ranked[rank].place.country for rank in owning if kind(ranked[rank].place) == "country"}
    capitals = [m.place for m in ranked if m.place.feature == "P.PPLC" and m.place.population >= _LARGE]
    return tuple(
        Choice(
            match,
            match.place,
            rank,
            len(best),
            math.log10(top + 1) - math.log10(match.place.population + 1) if match.place.feature[0] == "P" else 0.0,
            rank in twins,
            vectors[rank],
            proper[rank],
            borrowed=match.how == "exact"
            and key(match.name) not in key(match.place.name)
            and (rank > first or match.place.country in owners),
            namesake=match.place.country in lands and kind(match.place) != "country",
            shaded=any(_shades(capital, match.place) for capital in capitals),
        )
        for rank, match in enumerate(ranked)
    )


def _shades(capital: Place, place: Place) -> bool:
    """Say whether a capital abroad is ten times as large as a place."""
    return capital.country != place.country and capital.population >= _TIMES * max(place.population, 1)


_TIMES = 10


def _twins(ranked: Sequence[Match], vectors: Sequence[tuple[float, float, float]]) -> set[int]:
    """Return which of the rivals have one of another class close by, in the same country."""
    homes: dict[str | None, list[int]] = defaultdict(list)
    for at, match in enumerate(ranked):
        homes[match.place.country].append(at)
    return {
        at
        for group in homes.values()
        for at in group
        if any(
            ranked[n].place.feature[0] != ranked[at].place.feature[0] and kilometres_of(vectors[at], vectors[n]) < _TWIN
            for n in group
        )
    }


def _worth(match: Match) -> tuple[int, int, int]:
    what = kind(match.place)
    return (0 if what in ("country", "continent") else 1, -match.place.population, match.place.id)
