"""Trains both models on every corpus but one, measures on that one, then trains what is shipped on all of them."""

from __future__ import annotations

import json
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from geomap.finders import crf
from geomap.learn import recogniser, resolver, silver
from geomap.learn.data import CORPORA, OWN
from geomap.score.toponyms import Judged, judge

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from gazetteer import Gazetteer
    from geomap.learn.recogniser import Sequences
    from geomap.learn.resolver import Lesson
    from geomap.resolve.rank import Weights
    from geomap.score.corpora import Annotated

TESTS = (*CORPORA, "own held out")
UNMARKED = frozenset({"geovirus"})
"""Corpora that leave demonyms unmarked."""
FIRST = 60
"""Iterations of the model that only completes the half-taught sentences."""
SHOUTED = 4
"""One of our own passages in so many is read a second time in capitals."""


def sequences_of(data: Mapping[str, Sequence[Annotated]], gazetteer: Gazetteer) -> dict[str, list[Sequences]]:
    """Return what the recogniser learns from each corpus; of our own passages, some again in capitals."""
    return {
        name: [
            recogniser.sequences(a, gazetteer, demonyms=name in UNMARKED)
            for a in [*docs, *map(recogniser.shouted, docs[::SHOUTED] if name == "own" else ())]
        ]
        for name, docs in data.items()
        if name != TESTS[-1]
    }


def lessons_of(data: Mapping[str, Sequence[Annotated]], gazetteer: Gazetteer) -> dict[str, list[Lesson]]:
    """Return what the resolver learns from each corpus."""
    return {
        name: [resolver.lesson(a, gazetteer, CORPORA.get(name, OWN)) for a in docs]
        for name, docs in data.items()
        if name != TESTS[-1]
    }


def without(parts: Mapping[str, list[object]], test: str) -> list[object]:
    """Return the documents of every corpus but the tested one."""
    return [document for name, documents in parts.items() if name != test for document in documents]


def teach(gold: Sequence[Sequences], raw: Sequence[silver.Sentence], gazetteer: Gazetteer, path: Path) -> None:
    """Train a recogniser on what is annotated, let it complete the half-taught sentences, and train it on both."""
    recogniser.train(gold, path, max_iterations=FIRST)
    tagger = crf.open_tagger(str(path))
    completed = [recogniser.sequences(a, gazetteer) for a in silver.label(raw, gazetteer, tagger)]
    recogniser.train([*gold, *completed], path)


def cross(
    data: Mapping[str, Sequence[Annotated]],
    sequences: Mapping[str, list[Sequences]],
    lessons: Mapping[str, list[Lesson]],
    raw: Sequence[silver.Sentence],
    gazetteer: Gazetteer,
) -> dict[str, list[Judged]]:
    """Return how each corpus was judged by models that never saw it."""
    judged = {}
    with tempfile.TemporaryDirectory() as folder:
        for test in TESTS:
            path = Path(folder) / "held-out.crfsuite"
            teach(without(sequences, test), raw, gazetteer, path)  # type: ignore[arg-type]  # of one kind by its keys
            weights = resolver.learn(without(lessons, test))  # type: ignore[arg-type]  # of one kind by its keys
            finder = partial(crf.find, tagger=crf.open_tagger(str(path)))
            judged[test] = [judge(a, gazetteer, finder, weights) for a in data[test]]
    return judged


def curve(judged: Mapping[str, Sequence[Judged]]) -> tuple[float, float, float]:
    """Return the calibration that fits the answers of models on corpora they never saw."""
    pairs = [pair for documents in judged.values() for one in documents for pair in one.sure]
    return resolver.calibrate(pairs)


def write_weights(weights: Weights, calibration: Iterable[float], path: Path) -> None:
    """Write the resolver's weights as JSON."""
    table = {"clues": dict(weights.clues), "prior": dict(weights.prior), "calibration": list(calibration)}
    path.write_text(json.dumps(table, indent=1) + "\n", "utf-8")
