"""Whatever sentences stand side by side, the street gets through."""

from __future__ import annotations

import json
import random
from datetime import date
from pathlib import Path

import pytest

from gazetteer import open_gazetteer
from geomap.model import Document
from geomap.pipeline import analyse
from geomap.readers import finish

GOLD = Path(__file__).parents[1] / "data" / "gold" / "gold.jsonl"


@pytest.mark.parametrize("seed", range(8))
def test_articles_of_shuffled_sentences_are_analysed(seed: int) -> None:
    """Sentences of all dispatches, drawn at random into forty articles, give places and events and no error."""
    rows = [json.loads(line) for line in GOLD.read_text("utf-8").splitlines()]
    sentences = [s.strip() + "." for row in rows for s in row["text"].replace("\n", " ").split(". ") if len(s) < 400]
    draw = random.Random(seed)  # noqa: S311 - a repeatable draw
    gazetteer = open_gazetteer()

    for number in range(40):
        text = " ".join(["KABUL, Afghanistan (Wire) -", *draw.sample(sentences, 14)])
        resolutions, events = analyse(finish(Document(str(number), text, published=date(2016, 3, 4))), gazetteer)

        assert resolutions
        assert all(event.evidence.of(text) for event in events)
