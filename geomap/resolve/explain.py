"""Why a name was put where it was: every candidate, every clue, its value, its weight and what it added."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gazetteer.place import Place
from geomap.model import Resolution
from geomap.resolve.clues import CLUES
from geomap.resolve.context import read_context
from geomap.resolve.rank import Weights, answer, decide, resolution, settled, trained

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gazetteer import Gazetteer
    from geomap.model import Document, Mention
    from geomap.resolve.context import Context, Name


@dataclass(frozen=True, slots=True)
class Weighed:
    """A clue's name and words, its value for a candidate, its weight, and their product: what it added."""

    clue: str
    words: str
    value: float
    weight: float

    @property
    def added(self) -> float:
        """Value times weight."""
        return self.value * self.weight


@dataclass(frozen=True, slots=True)
class Explained:
    """A candidate: how the name matched it, its clues that are not nought, and its share of the certainty."""

    place: Place
    how: str
    share: float
    clues: tuple[Weighed, ...]

    @property
    def total(self) -> float:
        """The sum of what the clues added; "none of these" has 0."""
        return math.fsum(clue.added for clue in self.clues)


@dataclass(frozen=True, slots=True)
class Explanation:
    """A name of a document: where it stands, what it was taken for, and every candidate, likeliest first."""

    name: str
    resolutions: tuple[Resolution, ...]
    candidates: tuple[Explained, ...]
    none: float
    """The share of "none of these"."""


def explain(
    document: Document, mentions: Sequence[Mention], name: str, gazetteer: Gazetteer, *, weights: Weights | None = None
) -> list[Explanation]:
    """Explain each of the names of a document that are spelled like `name`; all of them if it is empty."""
    from gazetteer.names import key

    weights = weights or trained()
    context, owner = read_context(document, mentions, gazetteer)
    scored = settled(context, weights)
    found = []
    for at, entry in enumerate(context.names):
        if name and key(entry.text) != key(name):
            continue
        order, _ = decide(entry, scored[at])
        given = answer(entry, context, weights, scored[at])
        found.append(
            Explanation(
                entry.text,
                tuple(resolution(m, *given, weights) for n, m in enumerate(mentions) if owner[n] == at),
                tuple(_explained(entry, choice, context, weights) for choice in order),
                round(max(0.0, 1.0 - math.fsum(entry.shares)), 4),
            )
        )
    return found


def _explained(name: Name, choice: int, context: Context, weights: Weights) -> Explained:
    candidate = name.choices[choice]
    clues = [
        Weighed(
            clue, CLUES[clue].words, round(CLUES[clue].value(candidate, name, context), 4), weights.clues.get(clue, 0.0)
        )
        for clue in CLUES
    ]
    kept = sorted((c for c in clues if c.added), key=lambda c: -abs(c.added))
    return Explained(candidate.place, candidate.match.how, round(name.shares[choice], 4), tuple(kept))


def as_dict(explanation: Explanation) -> dict[str, Any]:
    """Return an explanation as JSON takes it."""
    spans = [(r.mention.span, r.confidence) for r in explanation.resolutions]
    place = explanation.resolutions[0].place if explanation.resolutions else None
    return {
        "name": explanation.name,
        "mentions": [{"start": span.start, "end": span.end, "confidence": sure} for span, sure in spans],
        "place": place.id if place else None,
        "none": explanation.none,
        "candidates": [
            {
                "id": c.place.id, "name": c.place.name, "country": c.place.country, "admin1": c.place.admin1_name,
                "feature": c.place.feature, "population": c.place.population, "matched": c.how, "share": c.share,
                "clues": [
                    {"clue": w.clue, "words": w.words, "value": w.value, "weight": w.weight, "added": round(w.added, 4)}
                    for w in c.clues
                ],
            }
            for c in explanation.candidates
        ],
    }  # fmt: skip
