"""How a paragraph of an agency or a paper opens."""

from __future__ import annotations

import pytest

from geomap.dateline import dateline
from geomap.model import Span


@pytest.mark.parametrize(
    ("line", "rest"),
    [
        ("MAPUTO, March 3 (Reuters) - Gunmen burned two farms.", "Gunmen burned two farms."),
        ("KINDU, DRC — The militia left.", "The militia left."),
        ("LEBANON, Ohio (AP) — A barn burned.", "A barn burned."),
        ("HANOI/VIENTIANE: Police met on Monday.", "Police met on Monday."),
        ("QUETTA: A blast hit a bus.", "A blast hit a bus."),
        ("By JO BLACK, AMMAN, Jan. 4 - Trucks crossed.", "Trucks crossed."),
        ("Nablus, West Bank - Soldiers shot a man in Nablus.", "Soldiers shot a man in Nablus."),
    ],
)
def test_a_dateline_ends_where_the_story_begins(line: str, rest: str) -> None:
    """Town and land, day, agency and dash: what follows is the story."""
    found = dateline(line, Span(0, len(line)))

    assert found is not None
    assert rest == line[found.end :]


@pytest.mark.parametrize(
    "line",
    [
        "Herat: three shops burned.",
        "UN - The council met.",
        "Rebels - about forty of them - left Kindu.",
        "The road to Quetta, 90 km long, was cut.",
        "At 10:30, HERAT: three shops burned.",
        "",
    ],
)
def test_a_sentence_is_no_dateline(line: str) -> None:
    """Without a day or an agency the town stands in capitals, at the very beginning."""
    assert dateline(line, Span(0, len(line))) is None
