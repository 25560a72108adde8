"""What the words beside the name say: what it lies in, what it is called, what its sentence names."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from geomap.resolve.candidates import EARTH, Choice, contains, kind
from geomap.resolve.clues.document import closeness

if TYPE_CHECKING:
    from gazetteer.place import Place
    from geomap.resolve.context import Context, Name


def named_container(choice: Choice, name: Name, context: Context) -> float:
    """It lies in the place named right behind it: "Tripoli, Lebanon"."""
    return _inside(choice.place, name, name.after, context)


def outside_container(choice: Choice, name: Name, context: Context) -> float:
    """It does not lie in the place named right behind it."""
    return 1.0 - _inside(choice.place, name, name.after, context) if name.after else 0.0


def in_container(choice: Choice, name: Name, context: Context) -> float:
    """It lies in the place named behind "in": "Qusair in Homs province"."""
    return _inside(choice.place, name, name.inside, context)


def holds_named(choice: Choice, name: Name, context: Context) -> float:
    """It contains the place it is named behind: the Lebanon of "Tripoli, Lebanon"."""
    return max((_held(context.names[other], choice.place) for other in name.before), default=0.0)


def adjective(choice: Choice, name: Name, context: Context) -> float:
    """The country named just before it is its own: "the Lebanese city of Tripoli"."""
    return _same_country(choice.place, name.adjectives[:1], context)


def other_adjective(choice: Choice, name: Name, context: Context) -> float:
    """The country named just before it is another."""
    return 1.0 - _same_country(choice.place, name.adjectives[:1], context) if name.adjectives else 0.0


def same_sentence(choice: Choice, name: Name, context: Context) -> float:
    """The names of its sentences lie in its country."""
    total, country = math.fsum(name.beside.values()), choice.place.country
    if not total or name.split or country is None:
        return 0.0
    return math.fsum(n * context.names[o].countries.get(country, 0.0) for o, n in name.beside.items()) / total


def led_by(choice: Choice, name: Name, context: Context) -> float:
    """It lies in the country that was named last before it."""
    country = choice.place.country
    total = math.fsum(name.led.values())
    if not total or country is None or kind(choice.place) == "country":
        return 0.0
    return math.fsum(n * context.names[o].countries.get(country, 0.0) for o, n in name.led.items()) / total


def fronted(choice: Choice, name: Name, context: Context) -> float:
    """It lies in the area that was named last before it in its sentence."""
    area = choice.place.admin1
    total = math.fsum(name.fronted.values())
    if not total or area is None or kind(choice.place) in ("country", "area1"):
        return 0.0
    return math.fsum(n * context.names[o].areas.get(area, 0.0) for o, n in name.fronted.items()) / total


def listed_with(choice: Choice, name: Name, context: Context) -> float:
    """The names it is listed with are of its kind and country."""
    if not name.listed:
        return 0.0
    same = 0.0
    for other in name.listed:
        for rival, share in _likely(context.names[other]):
            alike = _rough(rival.place) == _rough(choice.place)
            near = rival.place.country == choice.place.country or _rough(choice.place) == "country"
            same += share * alike * (1.0 if near else 0.3)
    return same / len(name.listed)


def said_kind(choice: Choice, name: Name, _context: Context) -> float:
    """The common noun beside it names its kind: "city of", "province"."""
    return float(bool(name.noun) and choice.place.feature.startswith(name.noun))


def other_kind(choice: Choice, name: Name, _context: Context) -> float:
    """The common noun beside it names another kind; half, if it is an area or quarter of another rank."""
    feature = choice.place.feature
    if not name.noun or feature.startswith(name.noun):
        return 0.0
    return 0.5 if name.noun[0] == "A" and (feature[0] == "A" or feature == "P.PPLX") else 1.0


def far_town(choice: Choice, name: Name, context: Context) -> float:
    """A town called a district, or whose name a street bears, and no other place of the document within 160 km."""
    return float((name.street or name.noun.startswith("A")) and is_far(choice, name, context))


def is_far(choice: Choice, name: Name, context: Context) -> bool:
    """Say whether it is a town, and no other place of the document is within 160 km."""
    if choice.place.feature[0] != "P" or not context.anchors:
        return False
    return closeness(choice, name, context, 160.0) == 0.0


def beside_near(choice: Choice, name: Name, _context: Context) -> float:
    """Other places of its sentences lie within 60 km."""
    total = 0.0 if choice.namesake else _reached(choice, name, _BESIDE)
    return total / (total + 1.0)


def far_quarter(choice: Choice, name: Name, _context: Context) -> float:
    """A quarter, or a town called a district, in a sentence that names towns, none of which is within 60 km."""
    district = kind(choice.place) == "quarter" or (name.noun == "A.ADM2" and choice.place.feature[0] == "P")
    if not district or not name.around or name.split:
        return 0.0
    return float(_reached(choice, name, _BESIDE) == 0.0)


_BESIDE = 60.0
"""Kilometres within which towns of one sentence are neighbours."""


def _reached(choice: Choice, name: Name, reach: float) -> float:
    """Return the weight of the places of its sentences within reach."""
    edge = math.cos(reach / EARTH)
    x, y, z = choice.vector
    return math.fsum(weight for (u, v, w), weight in name.around if x * u + y * v + z * w > edge)


def dateline_town(choice: Choice, name: Name, _context: Context) -> float:
    """A town of size in a dateline."""
    return math.log10(choice.place.population + 1) / 7 if name.dateline and choice.place.feature[0] == "P" else 0.0


_COUNTS = 0.1
"""The share from which a rival's meaning may count."""


def _likely(name: Name) -> list[tuple[Choice, float]]:
    return [(c, s) for c, s in zip(name.choices, name.shares, strict=True) if s > _COUNTS]


def _inside(place: Place, name: Name, outers: list[int], context: Context) -> float:
    """Return how likely the outer names are ones that hold the place, among those that hold any of the inner name's.

    In "Salamá, Colón", only the Colóns with a Salamá inside count. Raipur in another state lies in one of the two that
    "Raipur, Rajasthan, India" names.
    """
    found = []
    for other in dict.fromkeys(outers):
        outer = context.names[other]
        able = [(outer.choices[n].place, outer.shares[n]) for n in name.holders.get(other, ())]
        total = math.fsum(share for _, share in able)
        if total:
            found.append(math.fsum(share for holder, share in able if contains(holder, place)) / total)
    return math.fsum(found) / len(found) if found else 0.0


def _held(inner: Name, outer: Place) -> float:
    """Return the share of a name's candidates that lie in a place."""
    return math.fsum(share for rival, share in _likely(inner) if contains(outer, rival.place))


def _rough(place: Place) -> str:
    return "country" if kind(place) == "country" else "area" if place.feature[0] == "A" else place.feature[0]


def _same_country(place: Place, others: list[int], context: Context) -> float:
    if place.country is None or kind(place) == "country":
        return 0.0
    return max((context.names[o].countries.get(place.country, 0.0) for o in others), default=0.0)
