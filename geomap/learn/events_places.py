"""Train the linking of event words to places, written to `models/places.json`.

    python -m geomap.learn.events_places EVENTLOC.jsonl      trains on four fifths, measures on the fifth held out
    python -m geomap.learn.events_places EVENTLOC.jsonl -n   only measures

The corpus: sentences, a verb, and the spans where people say it took place (A. Halterman's event_location, MIT). The
fifth held out is told by a hash of the text, here and in `geomap score`. The same inputs give the same bytes.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geomap.events.lexicon import Hit
from geomap.events.linking import links
from geomap.events.named import named
from geomap.events.places import LIKELY, shares
from geomap.events.reading import read
from geomap.model import Document, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geomap.events.reading import Sentence
    from geomap.model import Resolution

BOUND = 2.0
MIN = 4
SMALLEST = 0.05


@dataclass(frozen=True, slots=True)
class Case:
    """An event word in its sentence: the features of each place named, and which of them people say is its place."""

    features: Sequence[Sequence[str]]
    right: Sequence[bool]
    placed: bool
    """Whether people say a place at all, named here or not."""


def is_held_out(text: str) -> bool:
    """Say whether a sentence is of the fifth that is never trained on."""
    return blake2b(text.encode(), digest_size=2).digest()[0] % 5 == 0


def anchored(document: Document, verb: Span) -> tuple[Sentence, Hit] | None:
    """Return the sentence a verb stands in, and its words as a hit."""
    for sentence in read(document):
        if sentence.span.holds(verb):
            first = sentence.at(verb.start)
            if first < len(sentence.words):
                return sentence, Hit(first, first + 1, "verb")
    return None


def cases(path: Path, *, held: bool) -> Iterator[Case]:
    """Yield the verbs of the fifth held out, or of the other four."""
    from gazetteer import open_gazetteer
    from geomap.pipeline import find
    from geomap.resolve import resolve

    gazetteer = open_gazetteer()
    known: dict[str, tuple[Resolution, ...]] = {}
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        if is_held_out(row["text"]) is not held:
            continue
        document = Document(row["doc_id"], row["text"])
        if document.text not in known:
            known[document.text] = resolve(document, find(document, gazetteer), gazetteer)
        event = row["events"][0]
        found = anchored(document, Span(*event["trigger_span"]))
        if found is not None:
            inside = [r for r in known[document.text] if found[0].span.holds(r.mention.span)]
            yield case(*found, inside, [Span(*s) for s in event["location_spans"]])


def case(sentence: Sentence, anchor: Hit, resolutions: Sequence[Resolution], gold: Sequence[Span]) -> Case:
    """Return a verb as the model sees it."""
    places = named(sentence, resolutions)
    right = [any(p.resolution.mention.span.meets(g) for g in gold) for p in places]
    return Case(links(sentence, anchor, places), right, bool(gold))


def train(examples: Sequence[Case]) -> dict[str, float]:
    """Return the weight of each feature: a softmax over the places of a verb and none of them, under an L2 bound."""
    import numpy as np
    from scipy.optimize import minimize

    with_places = [e for e in examples if e.features]
    x, names = _matrix([f for e in with_places for f in e.features])
    turned = x.T.tocsr()
    group = np.repeat(np.arange(len(with_places)), [len(e.features) for e in with_places])
    right = np.array([r for e in with_places for r in e.right], dtype=float)
    any_right = np.bincount(group, right) > 0

    def loss(w: Any) -> tuple[float, Any]:
        powers = np.exp(np.clip(x @ w, -30, 30))
        whole = 1 + np.bincount(group, powers)
        hit = np.where(any_right, np.bincount(group, powers * right), 1.0)
        wanted = np.where(any_right[group], powers * right / hit[group], 0.0)
        bounded = np.append(w[:-1], 0.0)
        value = (np.log(whole) - np.log(hit)).sum() + 0.5 * BOUND * (bounded**2).sum()
        return float(value), turned @ (powers / whole[group] - wanted) + BOUND * bounded

    found = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 150})
    return {f: round(float(v), 2) for f, v in zip(names, found.x, strict=True) if abs(v) >= SMALLEST}


def _matrix(rows: Sequence[Sequence[str]]) -> tuple[Any, list[str]]:
    """Return the features that are not rare as a sparse matrix with the names of its columns, "bias" the last."""
    import numpy as np
    from scipy.sparse import csr_matrix

    counts: dict[str, int] = {}
    for row in rows:
        for feature in row:
            counts[feature] = counts.get(feature, 0) + 1
    names = [*sorted(f for f, n in counts.items() if n > MIN), "bias"]
    column = {f: i for i, f in enumerate(names)}
    cells = [(n, column[f]) for n, row in enumerate(rows) for f in [*row, "bias"] if f in column]
    at = np.array(cells).T
    return csr_matrix((np.ones(len(cells)), (at[0], at[1])), shape=(len(rows), len(names))), names


def measured(examples: Sequence[Case], weights: dict[str, float]) -> tuple[float, float]:
    """Return precision and recall of the likeliest places, where they are likely enough to be the event's."""
    said = right = 0
    for example in examples:
        likely = shares(example.features, weights)
        best = max(range(len(likely)), key=likely.__getitem__, default=None)
        if best is not None and likely[best] >= LIKELY:
            said += 1
            right += example.right[best]
    return right / max(said, 1), right / max(sum(e.placed for e in examples), 1)


def main() -> None:
    """Train on four fifths and write the model, unless `-n` asks only for the figures; measure on the fifth."""
    corpus = Path(sys.argv[1])
    weights = train(list(cases(corpus, held=False)))
    precision, recall = measured(list(cases(corpus, held=True)), weights)
    sys.stdout.write(f"held out: precision {precision:.3f}, recall {recall:.3f}\n")
    if "-n" not in sys.argv:
        path = Path(__file__).parent.parent / "models" / "places.json"
        path.write_text(json.dumps(weights, separators=(",", ":"), sort_keys=True) + "\n", "utf-8")
        sys.stdout.write(f"wrote {path.name}, {path.stat().st_size // 1024} kB\n")


if __name__ == "__main__":
    main()
