"""Places that a sentence only names beside what it tells: of a road's ends, a hospital, an embassy, of talks."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from geomap.events.geography import rank
from geomap.events.kinds import DIPLOMACY
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


def is_aside(sentence: Sentence, place: Named, anchor: Hit) -> bool:
    """Say whether a name is of an office's home, of who speaks, of a coast's sea, or of where people only met."""
    lower = sentence.lower
    if _owner(sentence, place.first) in _OFFICES or _speaks(sentence, place):
        return True
    behind = lower[place.last] if place.last < len(lower) else ""
    known = place.resolution.place
    if is_mission(sentence, place.first, place.last) or (behind in _SHORES and known and known.feature[0] == "H"):
        return True
    if anchor.label in DIPLOMACY:
        return False
    return met(sentence, place.first) or _is_of_person(lower, place.first, anchor.first)


_RELATIVE = frozenset(("who", "which", "whose", "whom"))


def _is_of_person(lower: Sequence[str], place: int, anchor: int) -> bool:
    """Say whether a place stands in a relative clause that a comma ends: "the banker, who lives in Rome, was shot"."""
    if "," not in lower[place:anchor]:
        return False
    opened = next((i for i in range(place - 1, 0, -1) if lower[i] in _RELATIVE and lower[i - 1] == ","), None)
    return opened is not None and "," not in lower[opened:place]


def is_mission(sentence: Sentence, first: int, last: int) -> bool:
    """Say whether a name is of whose embassy it is: "the embassies of China and Cuba", "the French ambassador"."""
    return _owner(sentence, first) in _MISSIONS or sentence.lower[last : last + 1] in _BEFORE_MISSIONS


_MISSIONS = frozenset("embassy embassies consulate consulates ambassador ambassadors".split())
_BEFORE_MISSIONS = frozenset((word,) for word in _MISSIONS)
_SHORES = frozenset("coast coastline shore shores side fleet squadron oil gas pipeline port ports region strip".split())
"""What bears the name of a sea and is not on it: "the Black Sea coast", "the Pacific pipeline"."""


def _speaks(sentence: Sentence, place: Named) -> bool:
    """Say whether a place only says something, or somebody says it from there: "Moscow said", "reports from Kabul"."""
    lower = sentence.lower
    speech = [h for h in sentence.hits["status"] if h.label == "speech"]
    if lower[place.last : place.last + 1] and lower[place.last] in _BLAMES:
        return True
    if place.first > 1 and lower[place.first - 1] in ("in", "at") and lower[place.first - 2] in _COURTS:
        return True
    if lower[place.first - 1] in ("in", "at", "of") and _is_ward(lower[max(0, place.first - BED) : place.first]):
        return True
    said_from = lower[place.first - 1] == "from" and any(h.last == place.first - 1 for h in speech)
    return said_from or any(place.last <= h.first <= place.last + 1 for h in speech)


BED = 9
"""How many words before a place may say that somebody lies there in hospital."""


def _is_ward(before: Sequence[str]) -> bool:
    """Say whether the wounded are only treated at a place: "is treated at a hospital in Peshawar"."""
    return not _WARDS.isdisjoint(before) and not _BEDRIDDEN.isdisjoint(before)


_WARDS = frozenset("hospital hospitals clinic clinics infirmary".split())
_BEDRIDDEN = frozenset(
    "treated treatment taken rushed carried airlifted flown lies lay lying recovering recovers transferred "
    "hospitalised hospitalized died dying evacuated brought admitted moved".split()
)


_COURTS = frozenset(("court", "courts", "tribunal"))
"""Who sits in a place and deals with what was done elsewhere."""
_BLAMES = frozenset("blames blamed accuses accused says said".split())
_OFFICES = frozenset(
    "embassy embassies consulate consulates mission representation ambassador "
    "president minister government citizen citizens king republic army people "
    "nationals leader leaders authorities delegation university bank church archbishop bishop".split()
)


def _owner(sentence: Sentence, first: int) -> str:
    """Return the noun before "of" and a place's name: "the embassy of", "the president of"."""
    lower = sentence.lower
    at = first - 2 if first > 1 and lower[first - 1] == "the" else first - 1
    if at > 0 and lower[at] in ("and", ","):  # "the embassies of China and the Soviet Union"
        at = next((i for i in range(at - 1, max(0, at - _JOINED), -1) if lower[i] == "of"), at)
    return lower[at - 1] if at > 0 and lower[at] == "of" else ""


_JOINED = 6
"""Words before a name within which the office of several countries is looked for."""


_MEETINGS = frozenset(
    "talks negotiations negotiation dialogue summit conference meeting meetings forum session exile asylum".split()
)
_BETWEEN = 4
"""Words that may stand between a meeting and where it is held: "talks being held in"."""


def met(sentence: Sentence, first: int) -> bool:
    """Say whether people only met, or live in exile, at a place: "the talks being held in Oslo, Norway"."""
    lower, at = sentence.lower, first - 1
    while at > 0 and (lower[at] in (",", "the") or sentence.words[at].text[:1].isupper()):
        at -= 1
    if at < 1 or lower[at] != "in":
        return False
    noun = next((i for i in range(at - 1, max(-1, at - 1 - _BETWEEN), -1) if lower[i] in _MEETINGS), None)
    if noun is None or "," in lower[noun:at]:
        return False
    return "at" not in lower[max(0, noun - 3) : noun]  # "a bomb went off at the talks in"


def is_of_talks(sentence: Sentence, first: int) -> bool:
    """Say whether a place is plainly that of talks told beside it: "as leaders met in Istanbul, forces attacked"."""
    return any(h.label in DIPLOMACY and 0 <= first - h.last <= 1 for h in sentence.hits["triggers"])
