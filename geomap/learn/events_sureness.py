"""Fit how sure of an event to be: the weights `events.SURENESS` and `events.BIAS`, printed to be written there.

    python -m geomap.learn.events_sureness    fits on our own sentences and dispatches, and tries it on those held out

An event is right where its kind is of the same family, it is on the map or off it as told, and its place is the one
told or within 161 km. The kinds were trained on some of the same sentences, so that right and wrong are drawn nearer
to each other before fitting. No weight may fall below nothing: what speaks for an event never makes it less sure.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gazetteer.distance import distance_km
from geomap.events.assemble import drafted, event, signs
from geomap.model import ARMED_KINDS, ON_MAP, Document, Span
from geomap.pipeline import find
from geomap.resolve import resolve
from geomap.score.measures import CITY

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from gazetteer import Gazetteer
    from geomap.model import Event

    Row = Mapping[str, Any]

DATA = Path(__file__).parent.parent.parent / "tests" / "data"
RIGHT, WRONG = 0.92, 0.04
"""What right and wrong are drawn to."""
UNREST = frozenset(("Protests", "Riots", "Violence against civilians"))

Case = tuple[dict[str, float], bool]


def cases(gazetteer: Gazetteer, *, held_out: bool) -> Iterator[Case]:
    """Yield what speaks for each event of conflict, and whether it is right."""
    for path in (DATA / "training" / "events.jsonl", DATA / "gold" / "gold.jsonl"):
        for row in map(json.loads, path.read_text("utf-8").splitlines()):
            if row["held_out"] == held_out:
                yield from _of(row, gazetteer)


def _of(row: Row, gazetteer: Gazetteer) -> Iterator[Case]:
    from geomap.body import find_body

    day = _day(row["published"])
    whole = "events" in row
    body = find_body(row["text"]) if whole else ()
    document = Document(row["id"], row["text"], published=day, body=body)
    resolutions = resolve(document, find(document, gazetteer), gazetteer)
    for draft in drafted(document, resolutions, gazetteer, day):
        found = event(draft, document)
        if found.kind != "Diplomacy":
            yield signs(draft), any(_is(gold, found) for gold in row["events"]) if whole else _tells(row, found)


def _day(text: str | None) -> date | None:
    from datetime import date

    return date.fromisoformat(text) if text else None


def _alike(row: Row, found: Event) -> bool:
    both = {row["kind"], found.kind}
    return len(both) == 1 or both <= ARMED_KINDS or both <= UNREST


def _is(gold: Row, found: Event) -> bool:
    """Say whether an event is an annotated one of a dispatch, at its place."""
    told = (found.evidence, *(report.evidence for report in found.also))
    if not _alike(gold, found) or not any(s.meets(Span(*gold["evidence"])) for s in told):
        return False
    place, where = gold["place"], found.where
    if not place:
        return True
    return (
        where is not None
        and distance_km(place["lat"], place["lon"], where.place.latitude, where.place.longitude) <= CITY
    )


def _tells(row: Row, found: Event) -> bool:
    """Say whether an event is what a labelled sentence tells, at the place it names."""
    if row["kind"] is None or not _alike(row, found) or (found.status in ON_MAP) != (row["status"] in ON_MAP):
        return False
    if not row["place"]:
        return True
    start = row["text"].find(row["place"])
    span = found.where.span if found.where else None
    return span is not None and span.meets(Span(start, start + len(row["place"])))


def fit(known: Sequence[Case]) -> dict[str, float]:
    """Return the weights, none below nothing, and the bias, by logistic regression."""
    import numpy as np
    from scipy.optimize import minimize

    names = list(known[0][0])
    x = np.array([[*values.values(), 1.0] for values, _ in known])
    y = np.array([RIGHT if right else WRONG for _, right in known])

    def loss(w: Any) -> tuple[float, Any]:
        p = 1 / (1 + np.exp(-x @ w))
        bound = np.append(w[:-1], 0)
        return float(-(y * np.log(p) + (1 - y) * np.log(1 - p)).sum() + 0.5 * (bound**2).sum()), x.T @ (p - y) + bound

    bounds = [(0, None)] * len(names) + [(None, None)]
    found = minimize(loss, np.zeros(len(names) + 1), jac=True, method="L-BFGS-B", bounds=bounds)
    return {name: round(float(w), 2) for name, w in zip([*names, "bias"], found.x, strict=True)}


def reliability(weights: Mapping[str, float], known: Sequence[Case]) -> list[tuple[float, int, float]]:
    """Return, for each tenth, how sure its events are said to be, how many they are, and how many are right."""
    import numpy as np

    p = np.array([1 / (1 + np.exp(-weights["bias"] - sum(weights[n] * v for n, v in s.items()))) for s, _ in known])
    right = np.array([r for _, r in known], dtype=float)
    tenths = [(p * 10).astype(int) == n for n in range(10)]
    return [(float(p[t].mean()), int(t.sum()), float(right[t].mean())) for t in tenths if t.any()]


def main() -> None:
    """Fit, print the weights, and how many of the held-out events are right by how sure they are said to be."""
    from gazetteer import open_gazetteer

    gazetteer = open_gazetteer()
    weights = fit(list(cases(gazetteer, held_out=False)))
    sys.stdout.write("".join(f"{name:12} {weight:6.2f}\n" for name, weight in weights.items()))
    for said, n, right in reliability(weights, list(cases(gazetteer, held_out=True))):
        sys.stdout.write(f"said {said:.2f}, right {right:.2f} of {n}\n")


if __name__ == "__main__":
    main()
