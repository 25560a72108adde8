"""Where: which of the places a sentence names is the event's, and how near the words put it.

A linear model over what stands between an event word and a place's name says which place is meant; it was trained on
sentences in which people marked where a verb took place (`learn/events_places.py`).
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from gazetteer.distance import distance_km
from geomap.model import Resolution, Where

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gazetteer.place import Place
    from geomap.events.lexicon import Hit
    from geomap.events.reading import Sentence
    from geomap.model import Precision, Span

LIKELY = 0.3
"""From which likelihood on a place is the event's."""

OPENING = 0.92
"""How likely a place is that a sentence opens with: "On Friday, in Baghdad, ..."."""

_PREPOSITIONS = frozenset(
    "in at near on inside outside into across around throughout of over along to from off between against by for with "
    "through toward towards within above under via about than as and or behind beyond until during after before "
    "while when where that".split()
)
_PLACE_NOUNS = frozenset(
    "city town village province district region area suburb neighborhood neighbourhood capital state camp port county "
    "municipality governorate department island peninsula valley square sector enclave stronghold "
    "outskirts countryside "
    "hamlet community settlement street hills mountains forest desert border district's".split()
)
_DIRECTIONS = frozenset("north south east west northeast northwest southeast southwest".split())
_NEAR = frozenset(
    (
        "near outside around close vicinity outskirts countryside kilometers kilometres km miles between surroundings"
    ).split()
)
_MODIFIERS = frozenset(
    (
        "northern southern eastern western central northeastern northwestern southeastern southwestern "
        "upper lower north south east west downtown"
    ).split()
)


@dataclass(frozen=True, slots=True)
class Site:
    """A place named in a sentence and how likely it is an event's; `why` is in a reader's words."""

    resolution: Resolution
    first: int
    last: int
    likelihood: float
    why: tuple[str, ...] = ()

    @property
    def place(self) -> Place | None:
        """Return the place, where it is known."""
        return self.resolution.place


@cache
def weights() -> Mapping[str, float]:
    """Return the weights of the linking model that ships with geomap."""
    data: dict[str, float] = json.loads(files("geomap").joinpath("models", "places.json").read_text("utf-8"))
    return data


def sites(sentence: Sentence, anchor: Hit, resolutions: Sequence[Resolution]) -> list[Site]:
    """Return the places of a sentence by how likely each is where the event word happened, likeliest first."""
    spans = [_words(sentence, r) for r in resolutions]
    found = []
    for n, (resolution, (first, last)) in enumerate(zip(resolutions, spans, strict=True)):
        features = link_features(sentence, anchor, n, spans, resolutions)
        total = weights().get("bias", 0.0) + sum(weights().get(f, 0.0) for f in features)
        total -= 2.5 * ("speaks=True" in features)  # "analysts in London warned", "Moscow said"
        total -= 2.5 * (_owner(sentence, first) in _OFFICES)  # "the embassy of", "the president of"
        why = _reasons(features)
        likelihood = 1 / (1 + math.exp(-total))
        if likelihood < OPENING and opens(sentence, first):
            likelihood = OPENING
            why.insert(0, _OPENS)
        found.append(Site(resolution, first, last, likelihood, tuple(why)))
    return sorted(_fronted(sentence, anchor, found), key=lambda s: -s.likelihood)


_NEARER = 0.6
"""From which likelihood on a place beside the event word wins over one that the sentence opens with."""


def _fronted(sentence: Sentence, anchor: Hit, found: Sequence[Site]) -> list[Site]:
    """Let a place beside the event word win over the province opened with: "In Sokoto, the army said ... in Isa"."""
    near = max(
        (
            s.likelihood
            for s in found
            if s.first >= anchor.last
            and s.likelihood >= _NEARER
            and s.place is not None
            and sentence.clauses[s.first] == sentence.clauses[anchor.first]
            and preposition(sentence, s.first) in ("in", "at", "near")
        ),
        default=0.0,
    )
    kept = []
    for site in found:
        said = any(h.label == "speech" and site.last <= h.first < anchor.first for h in sentence.hits["status"])
        wide = near and said and site.why[:1] == (_OPENS,) and any(_is_around(site.place, s.place) for s in found)
        kept.append(replace(site, likelihood=min(site.likelihood, 0.4 * near)) if wide else site)
    return kept


def _is_around(wide: Place | None, near: Place | None) -> bool:
    """Say whether a place is or heads the province that another lies in."""
    if wide is None or near is None or wide.id == near.id or wide.country != near.country:
        return False
    return contains(wide, near) or (
        wide.admin1 is not None and wide.admin1 == near.admin1 and wide.feature.startswith(("P.PPLA", "A.ADM1"))
    )


_OPENS = "the sentence opens with it"
_OFFICES = frozenset(
    "embassy embassies consulate ambassador president minister government citizen citizens king republic army people "
    "nationals university bank church archbishop bishop".split()
)


def _owner(sentence: Sentence, first: int) -> str:
    """Return the noun before "of" and a place's name: "the embassy of", "the president of"."""
    lower = sentence.lower
    at = first - 2 if first > 1 and lower[first - 1] == "the" else first - 1
    return lower[at - 1] if at > 0 and lower[at] == "of" else ""


def opens(sentence: Sentence, first: int) -> bool:
    """Say whether a sentence opens with a place: only a date and a preposition before, a comma or bracket behind."""
    if first > 14 or preposition(sentence, first) not in ("in", "at", "near", "around", "on", "outside"):
        return False
    named = (h for table in ("actors", "groups", "triggers") for h in sentence.hits[table])
    if any(h.first < first for h in named) or any(
        h.label == "speech" and h.first < first for h in sentence.hits["status"]
    ):
        return False
    return any(w in (",", "(") for w in sentence.lower[first : first + 7]) and "(" not in sentence.lower[:first]


def _words(sentence: Sentence, resolution: Resolution) -> tuple[int, int]:
    first = sentence.at(resolution.mention.span.start)
    last = sentence.at(resolution.mention.span.end - 1) + 1
    size = len(sentence.words)
    return min(first, size - 1), min(max(last, first + 1), size)


def link_features(
    sentence: Sentence,
    anchor: Hit,
    n: int,
    spans: Sequence[tuple[int, int]],
    resolutions: Sequence[Resolution],
) -> list[str]:
    """Return what speaks for and against the `n`th place as the place of the event word."""
    lower = sentence.lower
    first, last = spans[n]
    resolution = resolutions[n]
    after = first >= anchor.last
    side = "after" if after else "before" if last <= anchor.first else "inside"
    a, b = (anchor.last, first) if after else (last, anchor.first)
    gap = max(b - a, 0)
    distance = next(str(top) for top in (1, 3, 6, 10, 16, 99) if gap <= top or top == 99)
    prep = preposition(sentence, first)
    clauses = min(abs(sentence.clauses[first] - sentence.clauses[min(anchor.first, len(lower) - 1)]), 2)
    commas = min(lower[a:b].count(","), 2)
    others = [m for m in range(len(spans)) if m != n and resolutions[m].mention.kind == "place"]
    between = sum(a <= spans[m][0] < b for m in others)
    chain = _chain(lower, n, spans)
    behind = follow(sentence, last)
    kind = resolution.mention.kind
    feature = _feature(resolution)
    speech = any(h.label == "speech" and last <= h.first <= last + 1 for h in sentence.hits["status"])
    told = prep in ("in", "from", "at") and any(
        h.label == "speech" and first - 6 <= h.first < first for h in sentence.hits["status"]
    )  # fmt: skip
    verbs = sum(a <= h.first < b for h in sentence.hits["triggers"])
    return [
        f"side={side}",
        f"{side}:d={distance}",
        f"prep={prep}",
        f"{side}:prep={prep}",
        f"{side}:clauses={clauses}",
        f"{side}:commas={commas}",
        f"{side}:between={min(between, 2)}",
        f"alone={not others}",
        f"chain={chain}",
        f"follow={behind}",
        f"kind={kind}",
        f"{kind}:prep={prep}",
        f"feature={feature}",
        f"feature={feature}:prep={prep}",
        f"opens={first <= 3 and prep in ('in', 'at', 'near', 'on')}",
        f"speaks={speech}",
        f"told={told}",
        f"{side}:verbs={min(verbs, 2)}",
        f"prep={prep}:clauses={clauses}",
        f"{side}:d={distance}:prep={prep}",
        f"{side}:clauses={clauses}:verbs={min(verbs, 2)}",
        f"{side}:between={min(between, 2)}:d={distance}",
        f"head={_head(lower, first)}",
        f"verb={lower[anchor.first]}",
        f"verb={lower[anchor.first]}:{side}",
        f"rest={_rest(lower, b if not after else first)}",
        *{f"{side}:word={lower[i]}" for i in range(max(a, b - 12), b)},
    ]


def _head(lower: Sequence[str], first: int) -> str:
    """Return the word that the preposition before a name hangs on: "attack in", "ambassador to"."""
    i = first - 1
    while i > 0 and lower[i] not in _PREPOSITIONS:
        if first - i > 5:
            return "none"
        i -= 1
    return f"{lower[i - 1]} {lower[i]}" if i > 0 else "start"


def _rest(lower: Sequence[str], at: int) -> str:
    """Say whether the name stands early, in the middle or late in its sentence."""
    share = at / max(len(lower), 1)
    return "early" if share < 0.25 else "late" if share > 0.7 else "middle"


def preposition(sentence: Sentence, first: int) -> str:
    """Return the preposition that governs a place's name, "none" where there is none; "direction of" for "north of"."""
    lower, words = sentence.lower, sentence.words
    for i in range(first - 1, max(-1, first - 8), -1):
        word = lower[i]
        if word in _PREPOSITIONS:
            if word == "of" and i and lower[i - 1] in _PLACE_NOUNS:
                continue
            if word == "of" and i and lower[i - 1] in _DIRECTIONS:
                return "direction of"
            return word
        if not (
            word in ("the", "a", "'s", ",", "its", "their", "this", "(", "-")
            or word in _PLACE_NOUNS
            or word in _MODIFIERS
            or words[i].text[:1].isupper()
            or word.endswith(("ern", "held", "controlled", "hit"))
        ):
            return "none" if i < first - 1 else f"w:{word}" if word in ("said", "told", "bound") else "none"
    return "start" if first <= 1 else "none"


def _chain(lower: Sequence[str], n: int, spans: Sequence[tuple[int, int]]) -> str:
    """Say how a name stands to its neighbours: "Sadr City, Baghdad" or "Karrada district of Baghdad"."""
    first, last = spans[n]
    before = next((s for s in reversed(spans[:n])), None)
    behind = next((s for s in spans[n + 1 :]), None)
    holds = before is not None and linked(lower[before[1] : first])
    held = behind is not None and linked(lower[last : behind[0]])
    return "middle" if holds and held else "container" if holds else "contained" if held else "no"


def linked(between: Sequence[str]) -> bool:
    """Say whether nothing but "in the eastern province of" stands between two names."""
    return len(between) <= 5 and all(
        w in (",", "in", "of", "the", "'s", "(", "-") or w in _PLACE_NOUNS or w in _MODIFIERS for w in between
    )


def follow(sentence: Sentence, last: int) -> str:
    """Say what follows a name: its owner's mark, a party, a border, or nothing of note."""
    if last >= len(sentence.lower):
        return "end"
    word = sentence.lower[last]
    if word == "'s":
        return "owner"
    if word in ("border", "borders", "frontier", "boundary"):
        return "border"
    if word in _PLACE_NOUNS or sentence.lower[last + 1 : last + 2] == ("camp",):
        return "noun"
    if word in ("based", "backed", "led", "born", "bound", "controlled"):
        return "adjective"
    if any(h.first == last for table in ("actors", "groups") for h in sentence.hits[table]):
        return "party"
    if sentence.words[last].text[:1].isupper():
        return "name"
    return "mark" if not word[0].isalnum() else "word"


def _feature(resolution: Resolution) -> str:
    place = resolution.place
    if place is None:
        return "unknown"
    feature = place.feature
    return next((name for code, name in _FEATURES if feature.startswith(code)), "other")


_FEATURES = (
    ("A.PCL", "country"),
    ("A.ADM1", "province"),
    ("A.", "area"),
    ("P.PPLC", "capital"),
    ("P.", "town"),
    ("L.", "region"),
    ("H.", "water"),
)


def _reasons(features: Sequence[str]) -> list[str]:
    """Return the features that speak most, with their weights, in order."""
    ranked = sorted(((weights().get(f, 0.0), f) for f in features), key=lambda p: -abs(p[0]))
    return [f"{feature} ({weight:+.1f})" for weight, feature in ranked[:4] if abs(weight) >= 0.3]


def where(sentence: Sentence, site: Site, place: Place, *, likelihood: float | None = None) -> Where:
    """Return the place as the model has it, with the precision the words around it mean."""
    lower = sentence.lower
    prep = preposition(sentence, site.first)
    back = lower[max(0, site.first - 5) : site.first]
    near = prep in ("near", "outside", "around", "direction of", "towards", "toward") or any(w in _NEAR for w in back)
    border = follow(sentence, site.last) == "border"
    away = _away(lower[max(0, site.first - 7) : site.first])
    precision, radius = precision_of(place, near=near or away > 0, part=bool(back) and back[-1] in _MODIFIERS)
    radius = max(radius, 1.2 * away)
    if border:
        precision = 3
    sure = (site.likelihood if likelihood is None else likelihood) * max(site.resolution.confidence, 0.05)
    return Where(place, site.resolution.mention.span, precision, radius, round(min(sure, 1.0), 3))


def _away(back: Sequence[str]) -> float:
    """Return how many kilometres from a place the words before it put the event ("110 km southwest of"), else 0."""
    for i, word in enumerate(back[:-1]):
        after = back[i + 1]
        if (
            word.replace(",", "").isdigit()
            and after.startswith(("km", "kilomet", "mile"))
            and back[-1] in ("of", "from")
        ):
            return float(word.replace(",", "")) * (1.609 if after.startswith("mile") else 1.0)
    return 0.0


def precision_of(place: Place, *, near: bool = False, part: bool = False) -> tuple[Precision, float]:
    """Return ACLED's geo_precision and the radius for a place, and for what lies near it."""
    feature = place.feature
    if feature.startswith(("A.PCL", "A.ADM1", "L.RGN", "L.CONT", "H.")):
        return 3, place.radius_km
    if feature.startswith(("A.", "L.")):
        return 2, place.radius_km
    if near:
        return 2, max(place.radius_km, 15.0)
    if part and feature.startswith("A."):
        return 3, place.radius_km
    return 1, place.radius_km


def inside(span: Span, resolutions: Sequence[Resolution]) -> list[Resolution]:
    """Return the resolutions that stand in a sentence."""
    return [r for r in resolutions if span.holds(r.mention.span)]


def contains(outer: Place, inner: Place) -> bool:
    """Say whether one place lies in the other as far as their codes tell."""
    if outer.id == inner.id or outer.country != inner.country:
        return outer.id == inner.id
    if outer.feature.startswith("A.PCL"):
        return True
    if outer.feature.startswith("A.ADM1"):
        return outer.admin1 is not None and outer.admin1 == inner.admin1
    if outer.feature.startswith("A.ADM2"):
        return outer.admin2 is not None and outer.admin2 == inner.admin2
    if outer.admin1 and inner.admin1 and outer.admin1 != inner.admin1:
        return False
    return kilometres(outer, inner) <= outer.radius_km


def kilometres(a: Place, b: Place) -> float:
    """Return the great-circle distance of two places."""
    return distance_km(a.latitude, a.longitude, b.latitude, b.longitude)


def rank(place: Place | None) -> int:
    """Return how particular a place is: 0 none, 1 a country, 2 a province or region, 3 a smaller area, 4 a town."""
    if place is None:
        return 0
    feature = place.feature
    if feature.startswith(("A.PCL", "L.CONT")):
        return 1
    if feature.startswith(("A.ADM1", "L.", "H.")):
        return 2
    return 3 if feature.startswith("A.") else 4
