"""Places that a sentence only passes through: where casualties are carried, and the ends of a road."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from geomap.events.geography import rank
from geomap.events.named import preposition

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.events.lexicon import Hit
    from geomap.events.named import Named
    from geomap.events.reading import Sentence

_CARRIED = frozenset(
    "flown airlifted evacuated casevaced medevaced transferred rushed brought transported hospitalised hospitalized "
    "admitted repatriated referred ferried moved taken conveyed".split()
)
"""How those who were hurt come to a hospital, or those who were seized to a prison."""
_CARE = frozenset("hospital hospitals clinic morgue mortuary treatment wounds injuries".split())
_BASES = frozenset("base bases barracks garrison camp".split())
_CUSTODY = frozenset("jail prison barracks police station".split())
_TREATED = frozenset("treated treatment hospitalised hospitalized recovering died dies succumbed buried".split())
_REACH = 8
"""How many words before a place's name the carrying is told."""


def is_carried_to(sentence: Sentence, anchor: Hit, place: Named) -> bool:
    """Say whether people were only brought to a place: "flown to Camp Bastion", "died in a hospital in Gao"."""
    if anchor.first > place.last and sentence.clauses[anchor.first] != sentence.clauses[place.first]:
        return False  # "were taken to Goma, where gunmen shot them"
    return is_destination(sentence, place.first)


def is_destination(sentence: Sentence, first: int) -> bool:
    """Say whether the words before a place's name tell that the hurt, the dead or the seized were brought there."""
    lower = sentence.lower
    if (first and lower[first - 1] == "from") or lower[max(0, first - 2) : first] == ("from", "the"):
        return not _BASES.isdisjoint(lower[first + 1 : first + 3])  # "troops from the Fataki base intervened"
    start = max(0, first - _REACH)
    back = lower[start:first]
    to = len(back) - 1 - back[::-1].index("to") if "to" in back else -1
    if to > 0 and len(back) - to <= _NOUNS and any(w in _CARRIED for w in back[max(0, to - 5) : to]):
        held = not _CUSTODY.isdisjoint(lower[first + 1 : first + 3])  # "to the Yola jail": they were seized around it
        return not held and not any(start + to < h.first < first for h in sentence.hits["triggers"])
    return (
        not _TREATED.isdisjoint(back)
        and not _CARE.isdisjoint(back)
        and _CARE.isdisjoint(lower[first + 1 : first + 3])  # "at the Keysaney hospital": of the same town
        and preposition(sentence, first) in ("in", "at", "to")
    )


_NOUNS = 6
"""Up to how many words stand between "to" and the name: "to the district hospital in"."""

ROADS = frozenset("road highway axis route corridor motorway railway expressway roads".split())
"""What is named by its two ends."""
_JOINS = frozenset(((), ("-",), ("–",), ("to",), ("and",)))


def road_ends(sentence: Sentence, places: Sequence[Named]) -> list[tuple[Named, Named]]:
    """Return the pairs of places that only name a road: "the Bama-Banki road", "the road between Gao and Ansongo"."""
    lower = sentence.lower
    found = []
    for a, b in pairwise(p for p in places if p.is_place and rank(p.resolution.place) > 1):
        link, back = lower[a.last : b.first], lower[max(0, a.first - 4) : a.first]
        behind = lower[b.last : b.last + 1]
        named = link in _JOINS and bool(behind) and behind[0] in ROADS
        told = link in (("to",), ("and",), ("with",)) and not ROADS.isdisjoint(back)
        if named or told:
            found.append((a, b))
    return found


def nearer(sentence: Sentence, places: Sequence[Named], ends: Sequence[Named]) -> Named | None:
    """Return the town by which a sentence tells where on a road something was: "15 km from Ippy", "near Konduga"."""
    found = (
        p
        for p in places
        if p not in ends
        and p.is_place
        and rank(p.resolution.place) >= _TOWN
        and p.first > min(e.first for e in ends)
        and (preposition(sentence, p.first) in ("near", "at", "in", "outside", "around") or _away(sentence, p.first))
    )
    return next(found, None)


_TOWN = 3
"""The rank of a town or a small area."""


FAR = 30
"""Kilometres from a town beyond which something that is told by its distance is not "in the town"."""


def is_far_from(sentence: Sentence, first: int) -> bool:
    """Say whether a town is only what something far is measured from: "60 km from the city of Bukavu"."""
    back = sentence.lower[max(0, first - 8) : first]
    for i, word in enumerate(back[1:], start=1):
        if word.startswith(("km", "kilomet", "mile")) and back[i - 1].isdigit():
            return int(back[i - 1]) >= FAR and any(w in ("from", "of") for w in back[i:])
    return False


def _away(sentence: Sentence, first: int) -> bool:
    """Say whether a distance from a place is told: "15 kilometres from", "10 km north of"."""
    return any(w.startswith(("km", "kilomet", "mile")) for w in sentence.lower[max(0, first - 4) : first])
