"""Mentions -> Resolutions: which of the places of a name is meant.

Each candidate is scored by a weighted sum of clues (`clues/`); a second pass knows what the first has settled. "None
of these" is an answer.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from geomap.model import Candidate, Resolution
from geomap.resolve.candidates import EARTH, kind
from geomap.resolve.clues import CLUES, Clue
from geomap.resolve.clues.words import is_far
from geomap.resolve.context import Context, Name, read_context

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gazetteer import Gazetteer
    from gazetteer.place import Place
    from geomap.model import Document, Mention
    from geomap.resolve.candidates import Choice

PASSES = 2
_ANCHORS = 60
_SHOWN = 6
_REASONS = 3
_LIKELY = 0.1
"""Share from which on a name may count as naming an area."""
NEAR = 25.0
"""Kilometres within which two candidates are one answer."""
RELUCTANCE = 2.5
"""How many times likelier "none of these" must be than the best answer, where the document names no country."""
_KNOWN = 100_000
"""People of a town that is known without its country."""
HOMES = 0.6
"""How much an armed group says of the country it is at home in, beside a country's name."""
_WEIGHTY = 0.15
"""Share from which on a candidate is an anchor on the map."""


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """What the ranker has learned: the weight of each clue, of "none of these", and how sure a sum of them is."""

    clues: Mapping[str, float]
    prior: Mapping[str, float]
    """Weights of the fixed clues alone, for the shares to begin with."""
    calibration: tuple[float, float, float] = (0.0, 1.0, 0.0)
    """Of the logistic curve that turns the resolver's and the recogniser's certainty into a share of right answers."""


@cache
def trained() -> Weights:
    """Return the weights that ship with geomap."""
    data = json.loads(files("geomap").joinpath("models", "resolver.json").read_text("utf-8"))
    return Weights(data["clues"], data["prior"], tuple(data["calibration"]))


def resolve(
    document: Document, mentions: Sequence[Mention], gazetteer: Gazetteer, *, weights: Weights | None = None
) -> tuple[Resolution, ...]:
    """Return where each mention is, in the order of the mentions, by the shipped weights or others."""
    weights = weights or trained()
    context, owner = read_context(document, mentions, gazetteer)
    scored = settled(context, weights)
    answers = [answer(name, context, weights, scores) for name, scores in zip(context.names, scored, strict=True)]
    return tuple(resolution(mention, *answers[owner[at]], weights) for at, mention in enumerate(mentions))


def settled(context: Context, weights: Weights) -> list[list[float]]:
    """Run the passes, and return the last one's sums for each choice of each name."""
    begin(context, weights)
    scored: list[list[float]] = []
    for _ in range(PASSES):
        scored = settle(context, weights)
    return scored


def resolution(
    mention: Mention, place: Place | None, sure: float, candidates: tuple[Candidate, ...], weights: Weights
) -> Resolution:
    """Return a mention's resolution, its confidence calibrated."""
    confidence = calibrated(sure, mention.confidence, weights) if place else sure
    return Resolution(mention, place, round(confidence, 4), candidates)


def calibrated(sure: float, found: float, weights: Weights) -> float:
    """Return the share of such answers that are right, by how sure the resolver and the recogniser are."""
    base, resolver, recogniser = weights.calibration
    return 1 / (1 + math.exp(-(base + resolver * logit(sure) + recogniser * logit(found))))


def logit(share: float) -> float:
    """Return the log odds of a share, which is kept off 0 and 1."""
    kept = min(0.999, max(0.001, share))
    return math.log(kept / (1 - kept))


def begin(context: Context, weights: Weights) -> None:
    """Let the shares say what the names mean where nothing is known of the document."""
    for name in context.names:
        name.believe(shares([_prior(choice, weights) for choice in name.choices]))


def settle(context: Context, weights: Weights) -> list[list[float]]:
    """Score every choice of every name by what is known so far, then let the shares say what is known."""
    tally(context)
    scored = [score(name, context, weights) for name in context.names]
    for name, scores in zip(context.names, scored, strict=True):
        name.believe(shares(scores))
    return scored


def tally(context: Context) -> None:
    """Count the votes of the names for countries and areas, and set the anchors."""
    context.countries, context.areas, context.spoken, context.anchors = {}, {}, {}, []
    context.named_areas, context.around = {}, {}
    context.total = 0.0
    spoken = 0.0
    for country, count in context.homes.items():
        weight = HOMES * math.sqrt(count)
        context.total += weight
        context.countries[country] = context.countries.get(country, 0.0) + weight
        context.spoken[country] = context.spoken.get(country, 0.0) + weight
        spoken += weight
    for at, name in enumerate(context.names):
        weight = math.sqrt(len(name.mentions))
        context.total += weight
        for choice, share in zip(name.choices, name.shares, strict=True):
            place = choice.place
            if place.country:
                context.countries[place.country] = context.countries.get(place.country, 0.0) + weight * share
            if place.admin1:
                context.areas[place.admin1] = context.areas.get(place.admin1, 0.0) + weight * share
            if place.admin1 and share > _LIKELY and kind(place) == "area1":
                context.named_areas[place.admin1] = sorted(
                    [*context.named_areas.get(place.admin1, ()), (share, at)], reverse=True
                )[:2]
            if place.country and place.feature.startswith("A.PC"):
                context.spoken[place.country] = context.spoken.get(place.country, 0.0) + weight * share
                spoken += weight * share
            elif share > _WEIGHTY and place.feature[0] != "L":
                context.anchors.append((at, choice.vector, weight * share))
    if spoken:
        context.spoken = {c: v / spoken for c, v in context.spoken.items()}
    context.anchors = sorted(context.anchors, key=lambda a: -a[2])[:_ANCHORS]
    _orient(context)


_HALF = 0.5
_WIDE = ("country", "area1")


def _orient(context: Context) -> None:
    """Say which country the document is of by its names, and where the places are that each name stands beside."""
    most = max(context.countries, key=context.countries.__getitem__, default=None)
    context.main = most if most and context.countries[most] > _HALF * context.total else None
    context.by_area = {}
    for area, named in context.named_areas.items():
        country = area.partition(".")[0]
        context.by_area[country] = max(context.by_area.get(country, 0.0), named[0][0])
    for name in context.names:
        name.around = [point for other in name.beside for point in _points(context.names[other])]


def _points(name: Name) -> list[tuple[tuple[float, float, float], float]]:
    """Return where a name's likely places are that are no countries and no regions, and how likely each is."""
    found = zip(name.choices, name.shares, strict=True)
    return [
        (c.vector, s) for c, s in found if s > _WEIGHTY and c.place.feature[0] != "L" and kind(c.place) not in _WIDE
    ]


def score(name: Name, context: Context, weights: Weights) -> list[float]:
    """Return the weighted sum of the clues for each choice."""
    moving = [(clue, w) for needs, clue, w in _moving(weights) if not needs or getattr(name, needs)]
    return [
        _fixed(choice, weights) + math.fsum(w * value for clue, w in moving if (value := clue(choice, name, context)))
        for choice in name.choices
    ]


@cache
def _moving(weights: Weights):  # type: ignore[no-untyped-def]  # noqa: ANN202
    return tuple((c.needs, c.value, weights.clues[n]) for n, c in CLUES.items() if not c.fixed and weights.clues.get(n))


_NOTHING = Context([])


@lru_cache(maxsize=16_384)
def _fixed(choice: Choice, weights: Weights) -> float:
    return _sum(choice, weights.clues)


@lru_cache(maxsize=16_384)
def _prior(choice: Choice, weights: Weights) -> float:
    return _sum(choice, weights.prior)


def _sum(choice: Choice, table: Mapping[str, float]) -> float:
    name = Name("", ())
    return math.fsum(table.get(n, 0.0) * c.value(choice, name, _NOTHING) for n, c in CLUES.items() if c.fixed)


def shares(scores: Sequence[float]) -> list[float]:
    """Turn sums into shares; what is left of 1 is "none of these", whose sum is 0."""
    if not scores:
        return []
    top = max(*scores, 0.0)
    powers = [math.exp(s - top) for s in scores]
    total = math.fsum(powers) + math.exp(-top)
    return [p / total for p in powers]


def answer(
    name: Name, context: Context, weights: Weights, scores: Sequence[float]
) -> tuple[Place | None, float, tuple[Candidate, ...]]:
    """Return the place, how sure it is, and the candidates in order, each with its reasons."""
    order, sure = decide(name, scores)
    candidates = tuple(
        Candidate(name.choices[at].place, round(name.shares[at], 4), reasons(name.choices[at], name, context, weights))
        for at in order[:_SHOWN]
    )
    none = 1.0 - math.fsum(name.shares)
    if not order or none > _reluctance(name.choices[order[0]].place, context) * sure:
        return None, round(none if order else 0.0, 4), candidates
    if _is_elsewhere(name.choices[order[0]], name, context):
        return None, round(1.0 - sure, 4), candidates
    return name.choices[order[0]].place, round(sure, 4), candidates


def _is_elsewhere(choice: Choice, name: Name, context: Context) -> bool:
    """Say whether a street, a house or a quarter only bears the name of a town that is far away, or in another country.

    "Bombay Bazaar" is not in Bombay where nothing is near it, nor "the Madrid quarter" of a story of Colombia in Spain.
    """
    home = choice.place.country
    abroad = context.main is not None and home != context.main and home not in context.spoken
    return (name.street or (name.part and abroad)) and is_far(choice, name, context)


def _reluctance(place: Place, context: Context) -> float:
    """Say how hard it is to answer "none": never in a country the document names or is of, at even odds in others.

    A large town is known wherever it is: "a university in Ghent" in a story of Ethiopia is Ghent.
    """
    if place.country in context.spoken or (place.country and place.country == context.main):
        return math.inf
    known = not context.spoken or place.country is None or place.population >= _KNOWN
    return RELUCTANCE if known else 1.0


def decide(name: Name, scores: Sequence[float]) -> tuple[list[int], float]:
    """Order the choices, and say how sure the first is.

    Candidates that stand in one spot, such as a town and its district, add up: the spot with the largest sum wins, and
    in it the likeliest candidate.
    """
    if not scores:
        return [], 0.0
    order = sorted(range(len(scores)), key=lambda at: -scores[at])
    front = order[:_SHOWN]
    sums = {
        at: math.fsum(
            name.shares[other] for other in front if other == at or _is_one_spot(name.choices[at], name.choices[other])
        )
        for at in front
    }
    best = max(front, key=lambda at: (round(sums[at], 3), scores[at]))
    spot = [at for at in front if _is_one_spot(name.choices[at], name.choices[best])]
    winner = max([best, *spot], key=lambda at: scores[at])
    return [winner, *(at for at in order if at != winner)], sums[best]


_SPOT = math.cos(NEAR / EARTH)


def _is_one_spot(one: Choice, other: Choice) -> bool:
    """Say whether two candidates are near enough to be one answer."""
    (x, y, z), (u, v, w) = one.vector, other.vector
    return x * u + y * v + z * w > _SPOT


def reasons(choice: Choice, name: Name, context: Context, weights: Weights) -> tuple[str, ...]:
    """Return the words of the clues that speak loudest for a choice."""
    told = [
        (weight * clue.value(choice, name, context), clue.words)
        for clue, weight in _speaking(weights)
        if not clue.needs or getattr(name, clue.needs)
    ]
    told += _told(choice, weights)
    return tuple(words for value, words in sorted(told, reverse=True)[:_REASONS] if value > 0)


@cache
def _speaking(weights: Weights) -> tuple[tuple[Clue, float], ...]:
    """Return the clues of the words around a name that may speak for a choice, with their weights."""
    return tuple((c, weights.clues[n]) for n, c in CLUES.items() if not c.fixed and weights.clues.get(n, 0.0) > 0)


@lru_cache(maxsize=16_384)
def _told(choice: Choice, weights: Weights) -> tuple[tuple[float, str], ...]:
    """Return what speaks for a choice by itself, with how much."""
    name = Name("", ())
    told = [(weights.clues.get(n, 0.0) * c.value(choice, name, _NOTHING), c.words) for n, c in CLUES.items() if c.fixed]
    return tuple(sorted((t for t in told if t[0] > 0), reverse=True)[:_REASONS])
