"""The learned kinds: what a sentence's words speak for."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest

from geomap.events.kinds import likely, model, text_features
from geomap.events.reading import read
from geomap.model import Document


@pytest.mark.parametrize(
    "text",
    [
        "Gunmen killed nine farmers near Zamfara on Tuesday, and police fired tear gas at marchers in the capital.",
        "The cabinet met to speak of next year's harvest.",
        "!",
    ],
)
def test_weights_are_added_exactly(text: str) -> None:
    """What features speak for each kind is added without loss, so that every Python gives the same bytes."""
    sentence = read(Document("", text))[0]
    labels, weights = model()
    features = {**text_features([sentence]), "bias": 1.0}
    known = {name: {k: Fraction(str(v)) for k, v in weights.get(name, {}).items()} for name in features}
    told = {
        label: float(sum(Fraction(str(value)) * known[name].get(label, 0) for name, value in features.items()))
        for label in labels
    }
    powers = {label: math.exp(value - max(told.values())) for label, value in told.items()}
    whole = math.fsum(powers.values())

    assert {label: power / whole for label, power in powers.items()} == likely(sentence)
