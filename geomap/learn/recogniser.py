"""Trains the recogniser: annotated documents -> labelled runs of tokens -> a CRF."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from geomap.finders.features import describe, islands, read_cues
from geomap.finders.lines import read_lines
from geomap.finders.names import known

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from gazetteer import Gazetteer
    from geomap.finders.features import Island
    from geomap.score.corpora import Annotated, Gold

Sequences = list[tuple[list[list[str | bytes]], list[str]]]
SETTINGS = {"c1": 0.8, "c2": 0.8, "max_iterations": 100, "feature.minfreq": 2, "feature.possible_transitions": True}


def sequences(annotated: Annotated, gazetteer: Gazetteer, *, demonyms: bool = False) -> Sequences:
    """Return the features and labels of every island of a document.

    With `demonyms`, those the gazetteer knows are labelled as well: the corpus does not mark them.
    """
    document = annotated.document
    lines = read_lines(document, gazetteer)
    cues = read_cues(lines, gazetteer)
    spans = label_spans(annotated.gold, gazetteer)
    return [
        (describe(island, cues, gazetteer), labels(island, spans, demonyms=demonyms))
        for line in lines
        for island in islands(line)
    ]


def label_spans(gold: Iterable[Gold], gazetteer: Gazetteer) -> dict[int, tuple[int, str]]:
    """Return, by first character, where each marked name ends and what it is."""
    return {g.span.start: (g.span.end, label_of(g, gazetteer)) for g in gold}


def label_of(gold: Gold, gazetteer: Gazetteer) -> str:
    """Return LOC, DEM for adjectives and peoples, or O for what is marked and no place."""
    if gold.type == "Homonym":
        return "O"
    answer = known(gazetteer, gold.text)
    return "DEM" if gold.demonym or (answer and answer.demonym) else "LOC"


def labels(island: Island, spans: dict[int, tuple[int, str]], *, demonyms: bool) -> list[str]:
    """Return the label of each token of an island."""
    line = island.line
    answer: list[str] = []
    until, kind = -1, "O"
    known_too = {h.first: h.last for h in line.hits if h.known.demonym} if demonyms else {}
    for at in range(island.first, island.last):
        token = line.tokens[at]
        if token.start in spans:
            until, kind = spans[token.start]
            answer.append("O" if kind == "O" else f"B-{kind}")
        elif token.start < until:
            answer.append("O" if kind == "O" else f"I-{kind}")
        elif at in known_too:
            until, kind = line.tokens[known_too[at] - 1].end, "DEM"
            answer.append("B-DEM")
        else:
            answer.append("O")
    return answer


def shouted(annotated: Annotated) -> Annotated:
    """Return a document all in upper case, where that moves no offset."""
    document = annotated.document
    text = "".join(c.upper() if len(c.upper()) == 1 else c for c in document.text)
    gold = tuple(replace(g, text=g.span.of(text)) for g in annotated.gold)
    return replace(annotated, document=replace(document, text=text), gold=gold)


def train(data: Iterable[Sequences], path: Path, **settings: Any) -> None:
    """Train a CRF on the documents' sequences and write it."""
    import pycrfsuite

    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False, params={**SETTINGS, **settings})
    for document in data:
        for features, answer in document:
            trainer.append(features, answer)
    trainer.train(str(path))
