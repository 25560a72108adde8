"""Where: which of the places a sentence names is the event's, and how near the words put it.

A softmax over the places of a sentence, and none of them, says which one an event word means; it was trained on
sentences in which people marked where a verb took place (`learn/events_places.py`; what it looks at is in `linking`).
"""

from __future__ import annotations

import json
import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from geomap.events.geography import contains, kilometres, precision_of, rank
from geomap.events.lexicon import CALENDAR
from geomap.events.linking import links
from geomap.events.named import MODIFIERS, Named, follow, linked, named, preposition
from geomap.events.passing import ROADS, is_aside, is_carried_to, nearer, road_ends
from geomap.model import Resolution, Where

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gazetteer.place import Place
    from geomap.events.lexicon import Hit
    from geomap.events.reading import Sentence
    from geomap.model import Span

__all__ = [
    "LIKELY", "OPENING", "PLAUSIBLE", "Site", "by_sentence", "contains", "follow", "inside", "kilometres", "linked",
    "opens", "precision_of", "preposition", "rank", "shares", "sites", "turned", "weights", "where",
]  # fmt: skip

LIKELY = 0.41
"""From which likelihood on a place is the event's: there precision and recall are the same."""

PLAUSIBLE = 0.3
"""From which likelihood on an event is put at a place: what else there is to go by is less likely still."""

TOWN = 0.5
"""How likely a finer place must be to outdo the area that its sentence opens with."""

OPENING = 0.92
"""How likely a place is that a sentence opens with: "On Friday, in Baghdad, ..."."""

_NEAR = frozenset(
    (
        "near outside around close vicinity outskirts countryside kilometers kilometres km miles between surroundings"
    ).split()
)
_STRONG = 25.0
"""More than this speaks for no place; it keeps the exponential finite."""


@dataclass(frozen=True, slots=True)
class Site:
    """A place named in a sentence and how likely it is an event's, by what speaks for and against it."""

    resolution: Resolution
    first: int
    last: int
    likelihood: float
    features: Sequence[str] = ()
    cue: str = ""
    """What alone makes it likely, in a reader's words."""

    @property
    def why(self) -> tuple[str, ...]:
        """Return what speaks most for and against it, in a reader's words."""
        return (*([self.cue] if self.cue else []), *_reasons(self.features))

    @property
    def place(self) -> Place | None:
        """Return the place, where it is known."""
        return self.resolution.place


@cache
def weights() -> Mapping[str, float]:
    """Return the weights of the linking model that ships with geomap."""
    data: dict[str, float] = json.loads(files("geomap").joinpath("models", "places.json").read_text("utf-8"))
    return data


def shares(features: Sequence[Sequence[str]], known: Mapping[str, float]) -> list[float]:
    """Return how likely each place is the event's, by what speaks for and against it; the rest is for none of them."""
    bias = known.get("bias", 0.0)
    totals = [bias + math.fsum([known.get(f, 0.0) for f in of]) for of in features]
    powers = [math.exp(min(t, _STRONG)) for t in totals]
    return [p / (1 + math.fsum(powers)) for p in powers]


def sites(sentence: Sentence, anchor: Hit, resolutions: Sequence[Resolution]) -> list[Site]:
    """Return the places of a sentence by how likely each is where the event word happened, likeliest first."""
    everyone = named(sentence, resolutions)
    word = anchor if anchor.last - anchor.first <= _PHRASE else anchor._replace(last=anchor.first + 1)
    features = links(sentence, word, everyone)
    likely = shares(features, weights())
    finest = max((rank(p.resolution.place) for p, s in zip(everyone, likely, strict=True) if s >= TOWN), default=0)
    passed, beside = _passed(sentence, anchor, everyone)
    found = []
    for place, of, share in zip(everyone, features, likely, strict=True):
        aside = place in passed or is_aside(sentence, place, anchor)
        likelihood = _OFFICIAL * share if aside else share
        likelihood = max(likelihood, TOWN) if place in beside else likelihood
        leads = likelihood < OPENING and place.cue == "found" and place.is_place and opens(sentence, place.first)
        leads = leads and rank(place.resolution.place) >= finest  # "In X province, soldiers clashed in Y town"
        found.append(
            Site(
                place.resolution,
                place.first,
                place.last,
                OPENING if leads else likelihood,
                of,
                _OPENS if leads else PASSED if place in passed else "",
            )
        )
    return sorted(_fronted(sentence, anchor, found), key=lambda s: -s.likelihood)


def _passed(sentence: Sentence, anchor: Hit, everyone: Sequence[Named]) -> tuple[list[Named], list[Named]]:
    """Return the places people were only brought to or that name a road, and the towns told beside such a road."""
    passed = [p for p in everyone if is_carried_to(sentence, anchor, p) or _is_border(sentence, p, everyone)]
    beside = []
    for ends in road_ends(sentence, everyone):
        town = nearer(sentence, everyone, ends)
        if town is not None:
            passed += ends
            beside.append(town)
    return passed, beside


def _is_border(sentence: Sentence, place: Named, everyone: Sequence[Named]) -> bool:
    """Say whether a country is only that beside whose border something was, in another: "in Beni, near the Ugandan"."""
    known = place.resolution.place
    if known is None or rank(known) != _LAND or follow(sentence, place.last) != "border":
        return False
    others = (p.resolution.place for p in everyone if p.is_place)
    return any(o is not None and rank(o) > _LAND and o.country not in (None, known.country) for o in others)


_PHRASE = 4
"""A longer event phrase holds other words in it ("gathered in Montgomery to rally"): its first word counts."""
_OFFICIAL = 0.03
"""What is left of the likelihood of a place that is only the home of an office, or of somebody who speaks."""


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
    if not near:
        return [*found]
    kept = []
    for site in found:
        said = any(h.label == "speech" and site.last <= h.first < anchor.first for h in sentence.hits["status"])
        wide = said and site.cue == _OPENS and any(_is_around(site.place, s.place) for s in found)
        kept.append(replace(site, likelihood=min(site.likelihood, 0.4 * near)) if wide else site)
    return kept


def _is_around(wide: Place | None, near: Place | None) -> bool:
    """Say whether a place is or heads the province that another lies in."""
    if wide is None or near is None or wide.id == near.id or wide.country != near.country:
        return False
    return contains(wide, near) or (
        wide.admin1 is not None and wide.admin1 == near.admin1 and wide.feature.startswith(("P.PPLA", "A.ADM1"))
    )


def turned(sentence: Sentence, found: Sequence[Site]) -> list[Site]:
    """Let the place that was left or passed win over the one ahead: "withdrew from Sake towards Goma"."""
    ahead = [s for s in found if preposition(sentence, s.first) in _AHEAD]
    there = [s for s in found if rank(s.place) > _LAND and _is_left(sentence, s.first)]
    if not ahead or not there:
        return [*found]
    best = max(there, key=lambda s: s.likelihood)
    most = max(s.likelihood for s in ahead)
    if most <= best.likelihood or best.likelihood < _LEFT:
        return [*found]
    less = {id(s): replace(s, likelihood=_OFFICIAL * s.likelihood) for s in ahead}
    more = replace(best, likelihood=most, cue="the other place only lies ahead")
    return sorted((more if s is best else less.get(id(s), s) for s in found), key=lambda s: -s.likelihood)


def _is_left(sentence: Sentence, first: int) -> bool:
    """Say whether somebody was at a place that a sentence goes on from: "from A", "Gao: rebels now hold"."""
    opens = not any(w[0].isalnum() for w in sentence.lower[:first])
    return opens or preposition(sentence, first) in _LEFT_AT


_LEFT_AT = frozenset(("from", "in", "at", "near"))
_AHEAD = frozenset(("towards", "toward"))
_LAND = 1
"""The rank of a country."""
_LEFT = 0.03
"""From which likelihood on a place beside one that lies ahead is the event's."""
_OPENS = "the sentence opens with it"
PASSED = "people were only brought to it, or it names a road"


def is_between(sentence: Sentence, first: int) -> bool:
    """Say whether two names from here on are ends of one place: "between", "the road linking", "on the border of"."""
    lower = sentence.lower
    at = first - 2 if first > 1 and lower[first - 1] == "the" else first - 1
    if at < 0:
        return False
    return lower[at] in _ENDS or (at > 0 and lower[at] == "of" and lower[at - 1] in ("border", "boundary", "frontier"))


_ENDS = frozenset("between linking connecting joining".split())


def opens(sentence: Sentence, first: int) -> bool:
    """Say whether a sentence opens with a place: only a date and a preposition before, a comma or bracket behind."""
    lower = sentence.lower
    at = next((i for i in range(first - 1, max(-1, first - 8), -1) if lower[i] in _THERE), None)
    if at is None or preposition(sentence, first) not in _THERE:
        return False
    if not all(w in _TIME or w[:1].isdigit() or not w[0].isalnum() for w in lower[:at] if w not in _THERE):
        return False
    return any(w in (",", "(") for w in lower[first : first + 7]) and "(" not in lower[:first]


_THERE = frozenset(("in", "at", "near", "around", "on", "outside"))
_TIME = CALENDAR | frozenset(
    "early late earlier later morning afternoon evening night noon midnight dawn dusk the same day of next following "
    "last this week month year and also meanwhile separately elsewhere today yesterday overnight about between from to "
    "until am pm gmt local time hours a.m. p.m. approximately likely reportedly".split()
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
    near = near or (prep in ("on", "along") and not ROADS.isdisjoint(lower[site.last : site.last + 3]))
    border = follow(sentence, site.last) == "border"
    away = _away(lower[max(0, site.first - 7) : site.first])
    precision, radius = precision_of(place, near=near or away > 0, part=bool(back) and back[-1] in MODIFIERS)
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


def by_sentence(sentences: Sequence[Sentence], resolutions: Sequence[Resolution]) -> list[list[Resolution]]:
    """Return the resolutions that stand in each of the sentences, which follow each other in a text."""
    starts = [s.span.start for s in sentences]
    found: list[list[Resolution]] = [[] for _ in sentences]
    for r in resolutions:
        n = bisect_right(starts, r.mention.span.start) - 1
        if n >= 0 and r.mention.span.end <= sentences[n].span.end:
            found[n].append(r)
    return found


def inside(span: Span, resolutions: Sequence[Resolution]) -> list[Resolution]:
    """Return the resolutions that stand in a sentence."""
    start, end = span.start, span.end
    return [r for r in resolutions if start <= r.mention.span.start and r.mention.span.end <= end]
