"""Train the kind model: a linear model over the words and phrases of a text, written to `models/kinds.json`.

    python -m geomap.learn.events_kinds CASE.jsonl     trains on our own sentences and on those of CASE 2021 task 2
    python -m geomap.learn.events_kinds CASE.jsonl -n  only measures, by five folds

Our own sentences are `events_kinds.tsv` and those of `tests/data/training/events.jsonl` that are not held out.
Softmax regression with an L2 bound, full batches: repeatable to the digit.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from geomap.events.kinds import DIPLOMACY, kinds, text_features
from geomap.events.reading import read
from geomap.model import Document

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

BOUND = 0.5
STEPS = 250
NOTHING = 2.3
"""How much more an example of no conflict counts: a false event costs an analyst more than one that is missed."""
SMALLEST = 0.06
"""Weights nearer to nothing than this are not kept."""

Example: TypeAlias = "tuple[Mapping[str, float], str]"


def own() -> list[Example]:
    """Return our own sentences and their kinds."""
    lines = files("geomap").joinpath("learn", "events_kinds.tsv").read_text("utf-8").splitlines()
    found: list[Example] = [(example(text), _merged(key)) for key, text in (line.split("\t") for line in lines)]
    labelled = Path(__file__).parent.parent.parent / "tests" / "data" / "training" / "events.jsonl"
    keys = {kind.name: key for key, kind in kinds().items()}
    for row in map(json.loads, labelled.read_text("utf-8").splitlines()):
        if not row["held_out"]:
            key = "diplomacy" if row["kind"] == "Diplomacy" else keys.get(row["sub_kind"] or "", "none")
            found.append((example(row["text"]), key))
    return found


def case(path: Path) -> list[Example]:
    """Return the snippets of CASE 2021 task 2 and their kinds; what ACLED does not code is none."""
    keys = {kind.name: key for key, kind in kinds().items()}
    found: list[Example] = []
    for row in map(json.loads, path.read_text("utf-8").splitlines()):
        event = row["events"][0]
        label = keys[event["sub_type"]] if event["in_acled"] else "diplomacy" if event["label"] == "DIPLO" else "none"
        found.append((example(row["text"]), label))
    return found


def example(text: str) -> dict[str, float]:
    """Return the features of a text, all its sentences together."""
    return text_features(read(Document("", text)))


def _merged(key: str) -> str:
    return "diplomacy" if key in DIPLOMACY else key


def train(examples: Sequence[Example]) -> dict[str, dict[str, float]]:
    """Return the weight of each feature for each kind."""
    import numpy as np

    counts = Counter(f for features, _ in examples for f in features)
    names = sorted(f for f, n in counts.items() if n > 1)
    column = {f: i for i, f in enumerate(names)}
    labels = sorted({label for _, label in examples})
    x = np.zeros((len(examples), len(names) + 1))
    y = np.zeros((len(examples), len(labels)))
    x[:, -1] = 1
    for i, (features, label) in enumerate(examples):
        y[i, labels.index(label)] = NOTHING if label in ("none", "diplomacy") else 1.0
        for feature, value in features.items():
            if feature in column:
                x[i, column[feature]] = value
    w = _descended(x, y)
    rows = [*names, "bias"]
    return {
        f: kept
        for f, values in zip(rows, w, strict=True)
        if (kept := {k: round(float(v), 2) for k, v in zip(labels, values, strict=True) if abs(v) >= SMALLEST})
    }


def _descended(x: Any, y: Any) -> Any:
    """Return the weights that fit best under the bound, by L-BFGS."""
    import numpy as np
    from scipy.optimize import minimize
    from scipy.sparse import csr_matrix

    shape = (x.shape[1], y.shape[1])
    x, turned = csr_matrix(x), csr_matrix(x.T)
    weight = y.sum(axis=1, keepdims=True)

    def loss(flat: Any) -> tuple[float, Any]:
        w = flat.reshape(shape)
        z = x @ w
        z -= z.max(axis=1, keepdims=True)
        p = np.exp(z)
        p /= p.sum(axis=1, keepdims=True)
        bound = w.copy()
        bound[-1] = 0
        value = -(weight[:, 0] * np.log((p * (y > 0)).sum(axis=1) + 1e-12)).sum() + 0.5 * BOUND * (bound**2).sum()
        return value, (turned @ (p * weight - y) + BOUND * bound).ravel()

    found = minimize(loss, np.zeros(shape).ravel(), jac=True, method="L-BFGS-B", options={"maxiter": STEPS})
    return found.x.reshape(shape)


def decided(weights: Mapping[str, Mapping[str, float]], features: Mapping[str, float]) -> str:
    """Return the kind that weighs most."""
    total: Counter[str] = Counter()
    for feature, value in {**features, "bias": 1.0}.items():
        for label, weight in weights.get(feature, {}).items():
            total[label] += value * weight  # type: ignore[assignment]  # Counter's values are floats here
    return max(total, key=lambda label: total[label])


def folds(examples: Sequence[Example], extra: Sequence[Example], n: int = 5) -> list[tuple[str, str]]:
    """Return (gold, answer) of each example, by a model that has not seen it."""
    order = sorted(range(len(examples)), key=lambda i: (examples[i][1], i))
    answers = []
    for fold in range(n):
        held = {i for at, i in enumerate(order) if at % n == fold}
        weights = train([*(e for i, e in enumerate(examples) if i not in held), *extra])
        answers += [(examples[i][1], decided(weights, examples[i][0])) for i in sorted(held)]
    return answers


def weighted_f1(pairs: Sequence[tuple[str, str]]) -> float:
    """Return the F1 of ACLED's kinds, weighted by how often each is in the gold."""
    pairs = [p for p in pairs if p[0] not in ("none", "diplomacy")]
    total = 0.0
    for key, n in Counter(gold for gold, _ in pairs).items():
        right = sum(g == a == key for g, a in pairs)
        total += n * 2 * right / (n + sum(a == key for _, a in pairs))
    return total / len(pairs)


def main() -> None:
    """Measure by folds, or train on all and write the model."""
    examples, extra = case(Path(sys.argv[1])), own()
    if "-n" in sys.argv:
        pairs = folds(examples, extra)
        others = [answer in ("none", "diplomacy") for gold, answer in pairs if gold in ("none", "diplomacy")]
        sys.stdout.write(f"weighted F1 {weighted_f1(pairs):.3f}, others rejected {sum(others) / len(others):.3f}\n")
    else:
        path = Path(__file__).parent.parent / "models" / "kinds.json"
        path.write_text(json.dumps(train([*examples, *extra]), separators=(",", ":"), sort_keys=True) + "\n", "utf-8")
        sys.stdout.write(f"wrote {path.name}, {path.stat().st_size // 1024} kB\n")


if __name__ == "__main__":
    main()
