"""What is trained on: the annotated corpora, each with its weight, and the project's own sentences."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from geomap.score.corpora import read_corpus

if TYPE_CHECKING:
    from geomap.score.corpora import Annotated

CORPORA = {"lgl": 0.5, "trnews": 1.5, "gwn": 1.5, "geovirus": 1.0}
"""Each corpus, and what a name in it weighs for the resolver: world news before the local news of one country."""
OWN = 1.5
UNTAUGHT = "theatres"
"""Passages that only measure: with them both models do worse on local papers, and no better elsewhere."""
OWN_PATH = Path(__file__).parents[2] / "tests" / "data" / "training" / "toponyms.jsonl"


def read_all(folder: Path) -> dict[str, list[Annotated]]:
    """Return the documents of each corpus, and under "own" and "own held out" the project's own sentences."""
    found = {name: read_corpus(folder / f"{name}.jsonl") for name in CORPORA}
    own = read_corpus(OWN_PATH)
    return {
        **found,
        "own": [a for a in own if not a.held_out and not a.document.id.startswith(UNTAUGHT)],
        "own held out": [a for a in own if a.held_out],
    }
