"""What speaks for a candidate place: one small function a clue, each returning a number near 0 to 1.

A clue is given the choice (a candidate), the name it would answer, and the context of the document. Its weight stands
in `models/resolver.json`; `geomap explain` prints value times weight. To add one, write the function, add its row to
`CLUES`, and train again.

place       what the place itself is
words       what the words beside the name say
document    what the document says
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from geomap.resolve.candidates import Choice
from geomap.resolve.clues import document, place, words
from geomap.resolve.context import Context, Name


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


def _clue(
    function: Callable[[Choice, Name, Context], float], words: str, *, fixed: bool = False, needs: str = ""
) -> Clue:
    return Clue(function, words, fixed, needs)


CLUES: dict[str, Clue] = {
    "exists": _clue(place.exists, "it bears the name", fixed=True),
    "population": _clue(place.population, "its population", fixed=True),
    "empty": _clue(place.empty, "no known population", fixed=True),
    "large": _clue(place.large, "a large town", fixed=True),
    "first": _clue(place.first, "the most populous of that name", fixed=True),
    "behind": _clue(place.behind, "a larger place bears the name", fixed=True),
    "alone": _clue(place.alone, "the only place of that name", fixed=True),
    "crowd": _clue(place.crowd, "many places bear the name", fixed=True),
    "proper": _clue(place.proper, "it is its main name", fixed=True),
    "borrowed": _clue(place.borrowed, "another place bears the name as its own", fixed=True),
    "namesake": _clue(place.namesake, "its country bears the name"),
    "shaded": _clue(place.shaded, "a far larger capital abroad bears the name", fixed=True),
    "twin": _clue(place.twin, "a town and its area share the name", fixed=True),
    "twin area": _clue(place.twin_area, "an area with a town of the same name", fixed=True),
    **{
        k: _clue(place.is_kind(k), said, fixed=True)
        for k, said in {
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
        f"as {how}": _clue(place.matched(how), f"the name matched as {how}", fixed=True)
        for how in ("code", "demonym", "historic", "stripped", "skeleton", "fuzzy")
    },
    "container": _clue(words.named_container, "it lies in the place named behind it", needs="after"),
    "outside": _clue(words.outside_container, "it does not lie in the place named behind it", needs="after"),
    "in": _clue(words.in_container, "it lies in the place named after it", needs="inside"),
    "holds": _clue(words.holds_named, "it contains the place named before it", needs="before"),
    "adjective": _clue(words.adjective, "the country named just before it", needs="adjectives"),
    "other adjective": _clue(words.other_adjective, "another country is named just before it", needs="adjectives"),
    "sentence": _clue(words.same_sentence, "the names of its sentence lie in its country", needs="beside"),
    "led": _clue(words.led_by, "its country was named last", needs="led"),
    "fronted": _clue(words.fronted, "its area was named last in its sentence", needs="fronted"),
    "listed": _clue(words.listed_with, "it is listed with places like it", needs="listed"),
    "noun": _clue(words.said_kind, "the word beside it says what it is", needs="noun"),
    "other noun": _clue(words.other_kind, "the word beside it says it is something else", needs="noun"),
    "far town": _clue(words.far_town, "a town called a district or street, far from the rest"),
    "beside": _clue(words.beside_near, "places of its sentence are near by", needs="around"),
    "far quarter": _clue(words.far_quarter, "a quarter far from the towns of its sentence", needs="around"),
    "dateline": _clue(words.dateline_town, "a town of that size in a dateline", needs="dateline"),
    "country talk": _clue(document.country_talk, "the document speaks of its country"),
    "area talk": _clue(document.area_talk, "the document speaks of its area"),
    "spoken country": _clue(document.spoken_country, "its country is named"),
    "unspoken country": _clue(document.unspoken_country, "other countries are named, its own is not"),
    "stray": _clue(document.stray, "a small place far from what the document speaks of"),
    "spoken area": _clue(document.spoken_area, "its area is named"),
    "near": _clue(document.near_others, "other places of the document are near by"),
    "same region": _clue(document.same_region, "other places of the document are in the same region"),
    "home": _clue(document.home, "the publisher's country"),
}
"""Every clue, by the name its weight goes by."""
