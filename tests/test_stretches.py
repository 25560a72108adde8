"""A very long text is read in stretches whose offsets are the document's own."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from geomap.model import Document, Span
from geomap.stretches import LONGEST, stretches


def test_an_article_is_one_stretch() -> None:
    """What is no longer than articles are is left as it is."""
    document = Document("a", "Text. " * 1000, body=(Span(0, 30), Span(60, 90)))

    assert list(stretches(document)) == [document]


@given(st.lists(st.integers(1, 3 * LONGEST), min_size=1, max_size=4), st.sampled_from(["word ", "line\n", "x"]))
def test_stretches_are_the_body_in_pieces(lengths: list[int], unit: str) -> None:
    """Together they are the body, in order and without overlap, and none is longer than it should be."""
    text = unit * (sum(lengths) // len(unit) + 10)
    body, start = [], 0
    for length in lengths:
        body.append(Span(start, start + length))
        start += length
    pieces = [span for part in stretches(Document("a", text, body=tuple(body))) for span in part.body]

    assert "".join(span.of(text) for span in pieces) == text[:start]
    assert all(span.end - span.start <= LONGEST for span in pieces) or sum(lengths) <= LONGEST
    assert all(before.end <= after.start for before, after in itertools.pairwise(pieces))
