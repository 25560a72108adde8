"""What speaks for a candidate place: one small function a clue, each returning a number near 0 to 1.

A clue is given the choice (a candidate), the name it would answer, and the context of the document. Its weight stands
in `models/resolver.json`; `geomap explain` prints value times weight. To add one, write the function, add its row to
`CLUES`, and train again.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geomap.resolve.candidates import EARTH, Choice, contains, kind
from geomap.resolve.context import Context, Name

if TYPE_CHECKING:
    from gazetteer.place import Place


@dataclass(frozen=True, slots=True)
class Clue:
    """A clue's function, and the words by which a reader is told of it.

    `fixed` clues depend on the choice alone: their sum is computed once for a name and kept. A clue that `needs` a part
    of the name (its list, its noun) says nothing of a name without it.
    """

    value: Callable[[Choice, Name, Context], float]
    words: str
    fixed: bool = False
    needs: str = ""


# What the place itself is.


def exists(_choice: Choice, _name: Name, _context: Context) -> float:
    """It is there: what "none of these" is weighed against."""
    return 1.0


def population(choice: Choice, _name: Name, _context: Context) -> float:
    """Digits of its population, a seventh each."""
    return math.log10(choice.place.population + 1) / 7


def empty(choice: Choice, _name: Name, _context: Context) -> float:
    """A settlement without a known population."""
    return float(choice.place.population == 0 and choice.place.feature.startswith("P"))


def first(choice: Choice, _name: Name, _context: Context) -> float:
    """The most populous of its rivals."""
    return float(choice.rank == 0)


def behind(choice: Choice, _name: Name, _context: Context) -> float:
    """How many digits of population the most populous rival has more."""
    return min(choice.lead, 4.0) / 4


def alone(choice: Choice, _name: Name, _context: Context) -> float:
    """The only candidate."""
    return float(choice.rivals == 1)


def crowd(choice: Choice, _name: Name, _context: Context) -> float:
    """How many bear the name, in digits."""
    return math.log10(choice.rivals) / 2


def proper(choice: Choice, _name: Name, _context: Context) -> float:
    """The name is the place's own, not one of its others."""
    return float(choice.proper)


def borrowed(choice: Choice, _name: Name, _context: Context) -> float:
    """The name is not its own, and a place of its country or a larger one is called so."""
    return float(choice.borrowed)


def twin(choice: Choice, _name: Name, _context: Context) -> float:
    """A settlement whose area, or an area whose settlement, bears the same name."""
    return float(choice.twin)


def twin_area(choice: Choice, _name: Name, _context: Context) -> float:
    """An area whose settlement bears the same name."""
    return float(choice.twin and choice.place.feature.startswith("A"))


def _is_kind(*kinds: str) -> Callable[[Choice, Name, Context], float]:
    def clue(choice: Choice, _name: Name, _context: Context) -> float:
        return float(kind(choice.place) in kinds)

    clue.__doc__ = f"It is a {' or '.join(kinds)}."
    return clue


def _matched(how: str) -> Callable[[Choice, Name, Context], float]:
    def clue(choice: Choice, _name: Name, _context: Context) -> float:
        return float(choice.match.how == how)

    clue.__doc__ = f"The name matched as {how}."
    return clue


# What the words beside the name say.


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
    if not (name.street or name.noun.startswith("A")) or choice.place.feature[0] != "P" or not context.anchors:
        return 0.0
    return float(_closeness(choice, name, context, 160.0) == 0.0)


def beside_near(choice: Choice, name: Name, _context: Context) -> float:
    """Other places of its sentences lie within 60 km."""
    total = _reached(choice, name, _BESIDE)
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
    edge = math.cos(reach / 6371.0)
    x, y, z = choice.vector
    return math.fsum(weight for (u, v, w), weight in name.around if x * u + y * v + z * w > edge)


def dateline_town(choice: Choice, name: Name, _context: Context) -> float:
    """A town of size in a dateline."""
    return math.log10(choice.place.population + 1) / 7 if name.dateline and choice.place.feature[0] == "P" else 0.0


# What the document says.


def country_talk(choice: Choice, name: Name, context: Context) -> float:
    """The share of the document's other names that lie in its country."""
    return _talk(context.countries, choice.place.country, name, context, name.countries)


def area_talk(choice: Choice, name: Name, context: Context) -> float:
    """The share of the document's other names that lie in its first-level area."""
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


def large(choice: Choice, _name: Name, _context: Context) -> float:
    """A town of more than a hundred thousand people."""
    return float(choice.place.feature[0] == "P" and choice.place.population >= 100_000)  # noqa: PLR2004 - a large town


def spoken_area(choice: Choice, name: Name, context: Context) -> float:
    """The first-level area it lies in is named outright in the document."""
    code = choice.place.admin1
    if code is None or kind(choice.place) in ("country", "area1"):
        return 0.0
    named = context.named_areas.get(code, ())
    return max((share for share, other in named if context.names[other] is not name), default=0.0)


def near_others(choice: Choice, name: Name, context: Context) -> float:
    """Other places of the document lie within 60 km."""
    return _closeness(choice, name, context, 60.0)


def same_region(choice: Choice, name: Name, context: Context) -> float:
    """Other places of the document lie within 300 km."""
    return _closeness(choice, name, context, 300.0)


def home(choice: Choice, _name: Name, context: Context) -> float:
    """It lies in the country of the publisher."""
    return float(context.home is not None and choice.place.country == context.home)


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


def _closeness(choice: Choice, name: Name, context: Context, reach: float) -> float:
    """Return the weight of the anchors within reach, nearer ones more, as a share of a few."""
    if name.split:
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


def _clue(
    function: Callable[[Choice, Name, Context], float], words: str, *, fixed: bool = False, needs: str = ""
) -> Clue:
    return Clue(function, words, fixed, needs)


CLUES: dict[str, Clue] = {
    "exists": _clue(exists, "it bears the name", fixed=True),
    "population": _clue(population, "its population", fixed=True),
    "empty": _clue(empty, "no known population", fixed=True),
    "large": _clue(large, "a large town", fixed=True),
    "first": _clue(first, "the most populous of that name", fixed=True),
    "behind": _clue(behind, "a larger place bears the name", fixed=True),
    "alone": _clue(alone, "the only place of that name", fixed=True),
    "crowd": _clue(crowd, "many places bear the name", fixed=True),
    "proper": _clue(proper, "it is its main name", fixed=True),
    "borrowed": _clue(borrowed, "another place bears the name as its own", fixed=True),
    "twin": _clue(twin, "a town and its area share the name", fixed=True),
    "twin area": _clue(twin_area, "an area with a town of the same name", fixed=True),
    **{
        k: _clue(_is_kind(k), words, fixed=True)
        for k, words in {
            "country": "a country",
            "area1": "a first-level area",
            "area2": "a second-level area",
            "area3": "a small administrative area",
            "capital": "a capital",
            "seat": "the seat of an area",
            "town": "a settlement",
            "quarter": "a quarter of a town",
            "continent": "a continent",
            "region": "a region",
            "water": "a water",
            "terrain": "a mountain, island or the like",
            "spot": "a building or facility",
        }.items()
    },
    **{
        f"as {how}": _clue(_matched(how), f"the name matched as {how}", fixed=True)
        for how in ("code", "demonym", "historic", "stripped", "skeleton", "fuzzy")
    },
    "container": _clue(named_container, "it lies in the place named behind it", needs="after"),
    "outside": _clue(outside_container, "it does not lie in the place named behind it", needs="after"),
    "in": _clue(in_container, "it lies in the place named after it", needs="inside"),
    "holds": _clue(holds_named, "it contains the place named before it", needs="before"),
    "adjective": _clue(adjective, "the country named just before it", needs="adjectives"),
    "other adjective": _clue(other_adjective, "another country is named just before it", needs="adjectives"),
    "sentence": _clue(same_sentence, "the names of its sentence lie in its country", needs="beside"),
    "led": _clue(led_by, "its country was named last", needs="led"),
    "listed": _clue(listed_with, "it is listed with places like it", needs="listed"),
    "noun": _clue(said_kind, "the word beside it says what it is", needs="noun"),
    "other noun": _clue(other_kind, "the word beside it says it is something else", needs="noun"),
    "far town": _clue(far_town, "a town called a district or street, far from the rest"),
    "beside": _clue(beside_near, "places of its sentence are near by", needs="around"),
    "far quarter": _clue(far_quarter, "a quarter far from the towns of its sentence", needs="around"),
    "dateline": _clue(dateline_town, "a town of that size in a dateline", needs="dateline"),
    "country talk": _clue(country_talk, "the document speaks of its country"),
    "area talk": _clue(area_talk, "the document speaks of its area"),
    "spoken country": _clue(spoken_country, "its country is named"),
    "unspoken country": _clue(unspoken_country, "other countries are named, its own is not"),
    "stray": _clue(stray, "a small place far from what the document speaks of"),
    "spoken area": _clue(spoken_area, "its area is named"),
    "near": _clue(near_others, "other places of the document are near by"),
    "same region": _clue(same_region, "other places of the document are in the same region"),
    "home": _clue(home, "the publisher's country"),
}
"""Every clue, by the name its weight goes by."""
