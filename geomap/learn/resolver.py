"""Trains the resolver: marked places -> clues of each candidate -> weights."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gazetteer.distance import distance_km
from geomap.finders.names import known
from geomap.model import Mention
from geomap.resolve.clues import CLUES
from geomap.resolve.context import Context, read_context
from geomap.resolve.rank import Weights, begin, logit, settle, tally
from geomap.score.measures import CITY, NEAR

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gazetteer import Gazetteer
    from gazetteer.place import Place
    from geomap.score.corpora import Annotated, Gold

SENSE = {
    "container": 3.0, "outside": -1.0, "in": 2.0, "adjective": 3.0, "other adjective": -1.5, "noun": 1.0,
    "other noun": -0.5, "spoken country": 1.0, "unspoken country": -0.5, "country talk": 1.0, "near": 1.0, "home": 0.5,
    "stray": -1.5, "far town": -1.5, "large": 1.0, "as historic": -1.5, "as skeleton": -3.0, "as fuzzy": -3.0,
    "area3": -1.5, "far quarter": -3.0, "borrowed": -1.0, "beside": 1.0, "led": 1.5, "fronted": 1.5,
    "namesake": -1.5, "shaded": -1.0,
}  # fmt: skip
"""Where weights begin, and stay where the annotated texts say little: "Lebanese city of" is rare and certain."""
LEAST = {"container": 6.0, "adjective": 3.0, "in": 3.5, "spoken area": 0.8, "noun": 1.5, "led": 1.5, "beside": 1.0,
    "spoken country": 0.0, "fronted": 1.0, "namesake": -1.5, "shaded": -0.5,
}  # fmt: skip
"""Weights that never fall lower: what the words right beside a name say comes before population."""
MOST = {
    "outside": -2.0,
    "other adjective": -0.5,
    "other noun": -1.5,
    "far town": -2.5,
    "far quarter": -3.0,
    "borrowed": -0.5,
    "namesake": -0.5,
    "shaded": -0.5,
}
"""Weights that never rise higher."""
FIXED = tuple(n for n, c in CLUES.items() if c.fixed)
ALL = tuple(CLUES)


@dataclass(slots=True)
class Lesson:
    """A document's context, and for each name how good each choice is: 1 right, 0 wrong."""

    context: Context
    right: list[list[float] | None]
    """None where the name says nothing: not located, or right answers that disagree."""
    weight: float = 1.0


def lesson(annotated: Annotated, gazetteer: Gazetteer, weight: float = 1.0) -> Lesson:
    """Read a document's marked names as the resolver will."""
    mentions = gold_mentions(annotated.gold, gazetteer)
    context, _ = read_context(annotated.document, mentions, gazetteer)
    right: list[list[float] | None] = []
    for name in context.names:
        marks = [annotated.gold[at] for at in name.mentions if annotated.gold[at].located]
        right.append(_right(name.choices, marks) if marks and name.choices else None)
    return Lesson(context, right, weight)


def gold_mentions(gold: Sequence[Gold], gazetteer: Gazetteer) -> list[Mention]:
    """Return marked names as a finder would hand them over."""
    return [Mention(g.span, g.text, "demonym" if is_demonym(g, gazetteer) else "place") for g in gold]


def is_demonym(gold: Gold, gazetteer: Gazetteer) -> bool:
    """Say whether a marked name is an adjective or a people."""
    answer = known(gazetteer, gold.text)
    return bool(gold.demonym or (answer and answer.demonym))


def _right(choices: Sequence[Any], marks: Sequence[Gold]) -> list[float]:
    """Return which choices are right by most of the marks: the same id, or else the nearest within reach."""
    total = [0.0] * len(choices)
    for mark in marks:
        exact = [float(mark.id is not None and c.place.id == mark.id) for c in choices]
        if not any(exact):
            far = [error(c.place, mark) for c in choices]
            limit = NEAR if min(far) <= NEAR else CITY
            exact = [float(f <= max(limit, c.place.radius_km)) for f, c in zip(far, choices, strict=True)]
        total = [a + b for a, b in zip(total, exact, strict=True)]
    return [float(t > len(marks) / 2) for t in total]


def calibrate(pairs: Sequence[tuple[float, float, bool]]) -> tuple[float, float, float]:
    """Return the logistic curve over (resolver's certainty, recogniser's, right) that fits answers best."""
    import numpy as np
    from scipy.optimize import minimize

    values = np.array([[1.0, logit(sure), logit(found)] for sure, found, _ in pairs])
    right = np.array([float(r) for _, _, r in pairs])

    def loss(w: Any) -> tuple[float, Any]:
        sums = values @ w
        chance = 1 / (1 + np.exp(-sums))
        return float(np.logaddexp(0, sums).sum() - right @ sums), values.T @ (chance - right)

    base, resolver, recogniser = minimize(loss, np.array([0.0, 1.0, 0.0]), jac=True, method="L-BFGS-B").x
    return round(float(base), 4), round(float(resolver), 4), round(float(recogniser), 4)


def error(place: Place | None, mark: Gold) -> float:
    """Return how many kilometres an answer is off; the right id is never off."""
    if place is None or mark.latitude is None or mark.longitude is None:
        return 20_039.0
    if mark.id is not None and place.id == mark.id:
        return 0.0
    return distance_km(place.latitude, place.longitude, mark.latitude, mark.longitude)


def rows(lessons: Sequence[Lesson], names: Sequence[str]) -> list[tuple[Any, Any, float]]:
    """Return for each name the values of the clues of its choices, which are right, and its weight."""
    import numpy as np

    found = []
    for taught in lessons:
        for name, right in zip(taught.context.names, taught.right, strict=True):
            if right is None:
                continue
            values = [[CLUES[n].value(choice, name, taught.context) for n in names] for choice in name.choices]
            found.append((np.array(values), np.array(right), taught.weight * len(name.mentions) ** 0.5))
    return found


def fit(data: Sequence[tuple[Any, Any, float]], names: Sequence[str], *, l2: float = 1.0) -> dict[str, float]:
    """Return the weights, not far from sense, under which the right choices have the largest shares."""
    import numpy as np
    from scipy.optimize import minimize

    values = np.concatenate([v for v, _, _ in data])
    right = np.concatenate([r for _, r, _ in data])
    sizes = np.array([len(r) for _, r, _ in data])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    weight = np.array([w for _, _, w in data])
    nothing = np.add.reduceat(right, starts) == 0
    sense = np.array([SENSE.get(n, 0.0) for n in names])
    owner = np.repeat(np.arange(len(sizes)), sizes)

    def loss(w: Any) -> tuple[float, Any]:
        sums = np.clip(values @ w, -50, 50)
        powers = np.exp(sums)
        total = np.add.reduceat(powers, starts) + 1.0
        good = np.add.reduceat(powers * right, starts) + nothing
        share = powers / total[owner]
        target = powers * right / good[owner]
        gradient = values.T @ ((share - target) * weight[owner])
        off = w - sense
        return float(-(weight * np.log(good / total)).sum() + l2 / 2 * off @ off), gradient + l2 * off

    start = np.array([min(max(SENSE.get(n, 0.0), LEAST.get(n, -np.inf)), MOST.get(n, np.inf)) for n in names])
    bounds = [(LEAST.get(n), MOST.get(n)) for n in names]
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 500})
    return {n: round(float(x), 4) for n, x in zip(names, found.x, strict=True)}


def learn(lessons: Sequence[Lesson], *, rounds: int = 3, l2: float = 1.0) -> Weights:
    """Fit the prior, then the clues in the light of what the round before has settled."""
    for taught in lessons:
        for name in taught.context.names:
            name.doubt()
    weights = Weights({}, fit(rows(lessons, FIXED), FIXED, l2=l2))
    for number in range(rounds):
        for taught in lessons:
            begin(taught.context, weights)
            if number:
                settle(taught.context, weights)
            tally(taught.context)
        weights = Weights(fit(rows(lessons, ALL), ALL, l2=l2), weights.prior)
    return weights
