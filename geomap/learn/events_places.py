"""Train the linking of event words to places, written to `models/places.json`.

    python -m geomap.learn.events_places EVENTLOC.jsonl      trains on four fifths, measures on the fifth held out
    python -m geomap.learn.events_places EVENTLOC.jsonl -n   only measures

The corpus: sentences, a verb, and the spans where people say it took place (A. Halterman's event_location, MIT). The
fifth held out is told by a hash of the sentence, so that no sentence stands on both sides.
"""

from __future__ import annotations

import json
import math
import sys
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geomap.events.lexicon import Hit
from geomap.events.places import LIKELY, link_features
from geomap.events.reading import read
from geomap.model import Document, Mention, Resolution, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from geomap.events.reading import Sentence

BOUND = 2.0
MIN = 4
SMALLEST = 0.02


def is_held_out(text: str) -> bool:
    """Say whether a sentence is of the fifth that is never trained on."""
    return blake2b(text.encode(), digest_size=2).digest()[0] % 5 == 0


def cases(path: Path) -> Iterator[tuple[Sentence, Hit, list[Resolution], list[Span]]]:
    """Yield each verb with its sentence, the places found in it, and where people say it took place."""
    from gazetteer import open_gazetteer
    from geomap.pipeline import find
    from geomap.resolve import resolve

    gazetteer = open_gazetteer()
    known: dict[str, tuple[Resolution, ...]] = {}
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        document = Document(row["doc_id"], row["text"])
        if document.text not in known:
            known[document.text] = resolve(document, find(document, gazetteer), gazetteer)
        event = row["events"][0]
        found = anchored(document, Span(*event["trigger_span"]))
        if found is not None:
            gold = [Span(*s) for s in event["location_spans"]]
            yield (*found, [r for r in known[document.text] if found[0].span.holds(r.mention.span)], gold)


def anchored(document: Document, verb: Span) -> tuple[Sentence, Hit] | None:
    """Return the sentence a verb stands in, and its words as a hit."""
    for sentence in read(document):
        if sentence.span.holds(verb):
            first = sentence.at(verb.start)
            if first < len(sentence.words):
                return sentence, Hit(first, first + 1, "verb")
    return None


def examples(path: Path, *, held: bool) -> tuple[list[list[str]], list[int]]:
    """Return the features of each verb and place, and whether it is the verb's; gold that was not found is added."""
    rows, labels = [], []
    for sentence, anchor, resolutions, gold in cases(path):
        if is_held_out(sentence.span.of(" " * sentence.span.start) + str(sentence.lower)) is not held:
            continue
        for features, label in _pairs(sentence, anchor, resolutions, gold):
            rows.append(features)
            labels.append(label)
    return rows, labels


def _pairs(
    sentence: Sentence, anchor: Hit, resolutions: Sequence[Resolution], gold: Sequence[Span]
) -> Iterator[tuple[list[str], int]]:
    missed = [
        Resolution(Mention(g, "", "place"))
        for g in gold
        if not any(r.mention.span.meets(g) for r in resolutions) and sentence.span.holds(g)
    ]
    everyone = sorted([*resolutions, *missed], key=lambda r: r.mention.span)
    spans = []
    for r in everyone:
        first = min(sentence.at(r.mention.span.start), len(sentence.words) - 1)
        spans.append((first, max(sentence.at(r.mention.span.end - 1) + 1, first + 1)))
    for n, r in enumerate(everyone):
        label = int(any(r.mention.span.meets(g) for g in gold))
        yield link_features(sentence, anchor, n, spans, everyone), label


def train(rows: Sequence[Sequence[str]], labels: Sequence[int]) -> dict[str, float]:
    """Return the weight of each feature: logistic regression under an L2 bound."""
    import numpy as np
    from scipy.optimize import minimize

    counts: dict[str, int] = {}
    for row in rows:
        for feature in row:
            counts[feature] = counts.get(feature, 0) + 1
    names = sorted(f for f, n in counts.items() if n > MIN)
    column = {f: i for i, f in enumerate(names)}
    x = np.zeros((len(rows), len(names) + 1), dtype=np.float32)
    x[:, -1] = 1
    for i, row in enumerate(rows):
        x[i, [column[f] for f in row if f in column]] = 1
    y = np.array(labels, dtype=np.float32)

    def loss(w: Any) -> tuple[float, Any]:
        p = 1 / (1 + np.exp(-(x @ w)))
        value = -(y * np.log(p + 1e-9) + (1 - y) * np.log(1 - p + 1e-9)).sum() + 0.5 * BOUND * (w[:-1] ** 2).sum()
        gradient = x.T @ (p - y) + BOUND * np.append(w[:-1], 0)
        return float(value), gradient.astype(np.float64)

    found = minimize(loss, np.zeros(len(names) + 1), jac=True, method="L-BFGS-B", options={"maxiter": 200})
    return {f: round(float(v), 3) for f, v in zip([*names, "bias"], found.x, strict=True) if abs(v) >= SMALLEST}


def measured(weights: Mapping[str, float], rows: Sequence[Sequence[str]], labels: Sequence[int]) -> tuple[float, float]:
    """Return precision and recall of the places that are likely enough to be an event's."""
    bound = math.log(LIKELY / (1 - LIKELY))
    said = [weights.get("bias", 0.0) + sum(weights.get(f, 0.0) for f in row) >= bound for row in rows]
    right = sum(s and bool(label) for s, label in zip(said, labels, strict=True))
    return right / max(sum(said), 1), right / max(sum(labels), 1)


def main() -> None:
    """Train on four fifths and write the model, unless `-n` asks only for the figures; measure on the fifth."""
    corpus = Path(sys.argv[1])
    weights = train(*examples(corpus, held=False))
    precision, recall = measured(weights, *examples(corpus, held=True))
    sys.stdout.write(f"held out: precision {precision:.3f}, recall {recall:.3f}\n")
    if "-n" not in sys.argv:
        path = Path(__file__).parent.parent / "models" / "places.json"
        path.write_text(json.dumps(weights, separators=(",", ":"), sort_keys=True) + "\n", "utf-8")
        sys.stdout.write(f"wrote {path.name}, {path.stat().st_size // 1024} kB\n")


if __name__ == "__main__":
    main()
