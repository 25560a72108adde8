"""What speaks for and against a place as the one of an event word: the features of a linear model over places."""

from __future__ import annotations

from bisect import bisect_left
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from geomap.events import geography
from geomap.events.named import PREPOSITIONS, Named, follow, linked, preposition

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.events.lexicon import Hit
    from geomap.events.reading import Sentence
    from geomap.model import Resolution

_THERE = ("in", "at", "near", "outside", "inside", "around", "on", "of", "into")
_BE = frozenset("was were been be being is are".split())
_QUOTES = frozenset(("``", "“", '"'))
_FEATURES = (
    ("A.PCL", "country"),
    ("A.ADM1", "province"),
    ("A.", "area"),
    ("P.PPLC", "capital"),
    ("P.", "town"),
    ("L.", "region"),
    ("H.", "water"),
)


class Around(NamedTuple):
    """How the places of a sentence stand as an event word sees them: which there are, by number, peoples left out."""

    preps: Sequence[str]
    """The preposition that each stands after, a people too."""
    all: Sequence[int]
    there: frozenset[int]
    """Those that stand after a preposition of place."""
    after: Sequence[int]
    """Those behind the event word, the nearest first."""
    before: Sequence[int]
    """Those before it, the nearest first."""


class Link(NamedTuple):
    """One of the places of a sentence, seen from an event word."""

    sentence: Sentence
    anchor: Hit
    places: Sequence[Named]
    around: Around
    n: int
    place: Named
    """The place that is looked at."""
    prep: str
    """The preposition it stands after."""
    side: str
    """Whether it stands before or after the event word, or holds it."""
    between: tuple[int, int]
    """The words between it and the event word."""


def links(sentence: Sentence, anchor: Hit, places: Sequence[Named]) -> list[list[str]]:
    """Return for each of the places of a sentence what speaks for and against it as that of the event word."""
    preps = [preposition(sentence, p.first) for p in places]
    around = _around(anchor, places, preps)
    seen = [_link(sentence, anchor, places, around, n) for n in range(len(places))]
    return [[*_stands(link), *_is(link), *_among(link), *_verb(link), *_words(link)] for link in seen]


def _around(anchor: Hit, places: Sequence[Named], preps: Sequence[str]) -> Around:
    all_ = [n for n, p in enumerate(places) if p.is_place]
    there = frozenset(n for n in all_ if preps[n] in _THERE)
    after = [n for n in all_ if places[n].first >= anchor.last]
    before = [n for n in reversed(all_) if places[n].last <= anchor.first]
    return Around(preps, all_, there, after, before)


def _link(sentence: Sentence, anchor: Hit, places: Sequence[Named], around: Around, n: int) -> Link:
    place = places[n]
    if place.first >= anchor.last:
        side, between = "after", (anchor.last, place.first)
    else:
        side, between = "before" if place.last <= anchor.first else "inside", (place.last, anchor.first)
    return Link(sentence, anchor, places, around, n, place, around.preps[n], side, between)


_DISTANCES = (1, 3, 6, 10, 16, 99)
"""Up to how many words apart two words are told from those farther apart."""


def _stands(link: Link) -> list[str]:
    """How far apart they stand, and what stands between."""
    sentence, anchor, side, prep = link.sentence, link.anchor, link.side, link.prep
    lower = sentence.lower
    a, b = link.between
    distance = _DISTANCES[bisect_left(_DISTANCES, b - a, hi=len(_DISTANCES) - 1)]
    apart = sentence.clauses[link.place.first] - sentence.clauses[min(anchor.first, len(lower) - 1)]
    clauses = min(abs(apart), 2)
    commas = min(lower[a:b].count(","), 2)
    others = [p for p in link.places if p is not link.place and p.is_place]
    passed = min(sum([a <= p.first < b for p in others]), 2)
    verbs = min(sum([a <= h.first < b for h in sentence.hits["triggers"]]), 2)
    return [
        f"side={side}",
        f"{side}:d={distance}",
        f"{side}:clauses={clauses}",
        f"{side}:commas={commas}",
        f"{side}:between={passed}",
        f"{side}:verbs={verbs}",
        f"prep={prep}:clauses={clauses}",
        f"{side}:d={distance}:prep={prep}",
        f"{side}:clauses={clauses}:verbs={verbs}",
        f"{side}:between={passed}:d={distance}",
        f"alone={not others}",
        f"nearer={_nearer(link)}:{side}",
    ]


def _nearer(link: Link) -> int:
    """Return how many other event words stand nearer to the place, up to three."""
    place, anchor = link.place, link.anchor
    own = place.first - anchor.last if place.first >= anchor.last else anchor.first - place.last
    first, last = place.first, place.last
    other = [h for h in link.sentence.hits["triggers"] if h.first != anchor.first]
    return min(sum([(first - h.last if first >= h.last else h.first - last) < own for h in other]), 3)


def _is(link: Link) -> list[str]:
    """What the place is, and how it is named."""
    sentence, place, side, prep = link.sentence, link.place, link.side, link.prep
    kind, feature = place.resolution.mention.kind, _feature(place.resolution)
    speech = [h.first for h in sentence.hits["status"] if h.label == "speech"]
    told = prep in ("in", "from", "at") and any(place.first - 6 <= i < place.first for i in speech)
    return [
        f"prep={prep}",
        f"{side}:prep={prep}",
        f"follow={follow(sentence, place.last)}",
        f"kind={kind}",
        f"{kind}:prep={prep}",
        f"feature={feature}",
        f"feature={feature}:prep={prep}",
        f"opens={place.first <= 3 and prep in ('in', 'at', 'near', 'on')}",
        f"speaks={any(place.last <= i <= place.last + 1 for i in speech)}",
        f"told={told}",
        f"cue={place.cue}",
        f"cue={place.cue}:prep={prep}",
        f"cue={place.cue}:{side}",
    ]


def _feature(resolution: Resolution) -> str:
    place = resolution.place
    if place is None:
        return "unknown"
    return _feature_of(place.feature)


@cache
def _feature_of(feature: str) -> str:
    return next((name for code, name in _FEATURES if feature.startswith(code)), "other")


def _among(link: Link) -> list[str]:
    """How it stands among the other places: which of them in order, and whether it lies in one or holds one."""
    side, place, n = link.side, link.place, link.n
    _, all_, there, after, before = link.around
    nest, name = _nest(link), place.resolution.mention.text.lower()
    again = any(p is not place and p.resolution.mention.text.lower() == name for p in link.places)
    found = [
        f"chain={_chain(link)}",
        f"nest={nest}",
        f"nest={nest}:prep={link.prep}",
        f"nest={nest}:{side}",
        f"again={again}",
    ]
    if not place.is_place:
        return found
    for way, order in (("after", after), ("before", before)):
        if n in order:
            found.append(f"nth:{way}={min(order.index(n), 3)}")
            if n in there:
                found.append(f"nthloc:{way}={min([m for m in order if m in there].index(n), 3)}")
    is_there = n in there
    return [
        *found,
        f"nplaces={min(len(all_), 5)}",
        f"nloc={min(len(there), 4)}:isloc={is_there}",
        f"locafter={not there.isdisjoint(after)}:{side}:isloc={is_there}",
    ]


def _nest(link: Link) -> str:
    """Say whether the place lies in another that the sentence names, or holds one."""
    own, held = link.place.resolution.place, False
    if own is None:
        return "free"
    for other in link.places:
        place = other.resolution.place
        if not other.is_place or place is None or place.id == own.id:
            continue
        if geography.contains(own, place) and geography.rank(place) >= geography.rank(own):
            return "holds"
        held = held or geography.contains(place, own)
    return "held" if held else "free"


def _chain(link: Link) -> str:
    """Say how a name stands to its neighbours: "Sadr City, Baghdad" or "Karrada district of Baghdad"."""
    lower, n, places = link.sentence.lower, link.n, link.places
    holds = n > 0 and linked(lower[places[n - 1].last : places[n].first])
    held = n + 1 < len(places) and linked(lower[places[n].last : places[n + 1].first])
    return "middle" if holds and held else "container" if holds else "contained" if held else "no"


def _verb(link: Link) -> list[str]:
    """What the event word is, and whether it is in the passive."""
    lower, side, at = link.sentence.lower, link.side, link.anchor.first
    word, stem = lower[at], _stem(lower[at])
    passive = not _BE.isdisjoint(lower[max(0, at - 3) : at])
    governed = "none" if link.prep in ("none", "start") else "some"
    return [
        f"verb={word}",
        f"verb={word}:{side}",
        f"stem={stem}:{side}",
        f"stem={stem}:prep={link.prep}",
        f"passive={passive}:{side}:prep={link.prep}",
        f"stem={stem}:passive={passive}:{side}:prep={governed}",
        f"v-1={lower[at - 1] if at else '^'}:{side}",
        f"v+1={lower[link.anchor.last] if link.anchor.last < len(lower) else '$'}:{side}",
        f"quote={sum([w in _QUOTES for w in lower[:at]]) % 2}",
    ]


def _stem(word: str) -> str:
    """Return a word without its ending, roughly."""
    ending = next((e for e in ("ing", "ed", "es", "s") if word.endswith(e) and len(word) - len(e) > 3), "")
    return word.removesuffix(ending)[:7]


def _words(link: Link) -> list[str]:
    """The words around the name, and those between it and the event word."""
    lower, place, side = link.sentence.lower, link.place, link.side
    first, last = link.between
    next_ = lower[place.last] if place.last < len(lower) else "$"
    share = (last if side != "after" else place.first) / max(len(lower), 1)
    return [
        f"head={_head(lower, place.first)}",
        f"rest={'early' if share < 0.25 else 'late' if share > 0.7 else 'middle'}",
        f"p-1={lower[place.first - 1] if place.first else '^'}",
        f"p-2={' '.join(lower[max(0, place.first - 2) : place.first])}",
        f"n+1={next_}",
        f"n+1:{side}={next_}",
        *sorted({f"{side}:word={w}" for w in lower[max(first, last - 12) : last]}),
    ]


def _head(lower: Sequence[str], first: int) -> str:
    """Return the word that the preposition before a name hangs on: "attack in", "ambassador to"."""
    i = first - 1
    while i > 0 and lower[i] not in PREPOSITIONS:
        if first - i > 5:
            return "none"
        i -= 1
    return f"{lower[i - 1]} {lower[i]}" if i > 0 else "start"
