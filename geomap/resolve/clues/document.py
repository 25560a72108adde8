"""What the document says: the countries and areas it speaks of, and the places around."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from geomap.resolve.candidates import EARTH, Choice, kind

if TYPE_CHECKING:
    from geomap.resolve.context import Context, Name


def country_talk(choice: Choice, name: Name, context: Context) -> float:
    """The share of the document's other names that lie in its country."""
    return _talk(context.countries, choice.place.country, name, context, name.countries)


def area_talk(choice: Choice, name: Name, context: Context) -> float:
    """The share of the document's other names that lie in its first-level area."""
    if choice.namesake:
        return 0.0
    return _talk(context.areas, choice.place.admin1, name, context, name.areas)


def spoken_country(choice: Choice, _name: Name, context: Context) -> float:
    """Its country is named outright in the document."""
    country = choice.place.country
    if country is None or kind(choice.place) == "country":
        return 0.0
    return math.sqrt(context.spoken.get(country, 0.0))


def unspoken_country(choice: Choice, _name: Name, context: Context) -> float:
    """Countries are named, its own is not, nor is an area of it, nor do most names lie in it."""
    country = choice.place.country
    if not context.spoken or country in (None, context.main) or country in context.spoken:
        return 0.0
    return 0.0 if kind(choice.place) == "country" else 1.0 - context.by_area.get(country or "", 0.0)


def stray(choice: Choice, name: Name, context: Context) -> float:
    """A small place, or one whose name matched loosely, in a country of which the document says nothing."""
    place = choice.place
    weak = choice.match.how in ("stripped", "skeleton", "fuzzy") or place.population < 20_000  # noqa: PLR2004 - a small town
    if not weak or not context.spoken or place.country in (None, context.main) or place.country in context.spoken:
        return 0.0
    return float(not name.after and kind(place) != "country")


def spoken_area(choice: Choice, name: Name, context: Context) -> float:
    """The first-level area it lies in is named outright in the document."""
    code = choice.place.admin1
    if code is None or kind(choice.place) in ("country", "area1"):
        return 0.0
    named = context.named_areas.get(code, ())
    return max((share for share, other in named if context.names[other] is not name), default=0.0)


def near_others(choice: Choice, name: Name, context: Context) -> float:
    """Other places of the document lie within 60 km."""
    return closeness(choice, name, context, 60.0)


def same_region(choice: Choice, name: Name, context: Context) -> float:
    """Other places of the document lie within 300 km."""
    return closeness(choice, name, context, 300.0)


def home(choice: Choice, _name: Name, context: Context) -> float:
    """It lies in the country of the publisher."""
    return float(context.home is not None and choice.place.country == context.home)


def _weight(name: Name) -> float:
    return math.sqrt(len(name.mentions))


def _talk(
    votes: dict[str, float],
    code: str | None,
    name: Name,
    context: Context,
    own: dict[str | None, float],
) -> float:
    """Return a code's share of the votes of all names but this one, whose `own` votes are left out."""
    if code is None or name.split:
        return 0.0
    weight = _weight(name)
    rest = context.total - weight
    return max(0.0, votes.get(code, 0.0) - weight * own.get(code, 0.0)) / rest if rest > 0 else 0.0


def closeness(choice: Choice, name: Name, context: Context, reach: float) -> float:
    """Return the weight of the anchors within reach, nearer ones more, as a share of a few.

    What is near a capital that bears its country's name speaks for the country as well.
    """
    if name.split or choice.namesake:
        return 0.0
    edge, names, total = math.cos(reach / EARTH), context.names, 0.0
    for near, owner, weight in _around(choice, context):
        if near > edge and names[owner] is not name:
            total += weight
    return total / (total + 1.0)


_WIDEST = 300.0
"""Kilometres within which an anchor is around a choice."""


def _around(choice: Choice, context: Context) -> list[tuple[float, int, float]]:
    """Return the anchors around a choice, found once for all that ask."""
    found = context.around.get(choice)
    if found is None:
        x, y, z = choice.vector
        edge = math.cos(_WIDEST / EARTH)
        found = context.around[choice] = [
            (near, owner, weight)
            for owner, (u, v, w), weight in context.anchors
            if (near := x * u + y * v + z * w) > edge
        ]
    return found
