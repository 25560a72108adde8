"""Tokens and sentences."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.model import Span
from geomap.segment import sentences, tokens


def cut(text: str) -> list[str]:
    """Return the sentences of a text."""
    return [s.of(text) for s in sentences(text, [Span(0, len(text))])]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Shells fell. Two died.", ["Shells fell.", "Two died."]),
        ("Gen. Aoun met Mr. Hariri in Beirut. They talked.", ["Gen. Aoun met Mr. Hariri in Beirut.", "They talked."]),
        ("The U.S. Army left. The U.N. stayed.", ["The U.S. Army left.", "The U.N. stayed."]),
        ("He went to the U.S. The talks failed.", ["He went to the U.S.", "The talks failed."]),
        ("It fell at 3.30 p.m. on Friday. No one died.", ["It fell at 3.30 p.m. on Friday.", "No one died."]),
        ("“We lost two men.” He left.", ["“We lost two men.”", "He left."]),
        ("Headline here\n\nBody here.", ["Headline here", "Body here."]),
        ("J. Smith of St. Louis spoke.", ["J. Smith of St. Louis spoke."]),
        ("Incidents:\n- one in Gao\n- two in Kidal", ["Incidents:", "- one in Gao", "- two in Kidal"]),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, expected: list[str]) -> None:
    """Full stops of abbreviations and initials end nothing; blank lines and list items do."""
    assert expected == cut(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Fire in Haifa\nSirens sounded across the city of Haifa and its suburbs this morning.",
            ["Fire in Haifa", "Sirens sounded across the city of Haifa and its suburbs this morning."],
        ),
        (
            "Air defence works near Lubny\n🔹 Two dead in Gao",
            ["Air defence works near Lubny", "🔹 Two dead in Gao"],
        ),
        (
            "Nobody claimed the attack on the bridge that leads to the port\n13:10 Gao: a shell fell",
            ["Nobody claimed the attack on the bridge that leads to the port", "13:10 Gao: a shell fell"],
        ),
        ("1. GENERAL. Calm.\na. One mine was found.", ["1. GENERAL.", "Calm.", "a. One mine was found."]),
        (
            "The army said that it had taken the town of\nKidal after a week in which more than forty\nMalians died.",
            ["The army said that it had taken the town of\nKidal after a week in which more than forty\nMalians died."],
        ),
    ],
    ids=["headline", "emoji", "clock", "numbered", "filled"],
)
def test_a_line_that_stops_short_is_a_sentence(text: str, expected: list[str]) -> None:
    """Headlines, chats and live pages end lines without a full stop; the lines of a mail are only as wide as it is."""
    assert expected == cut(text)


def test_tokens_keep_numbers_abbreviations_and_clitics_apart() -> None:
    """80,000 is one token, U.S. is one, and ’s stands alone."""
    text = "Assad’s men killed 80,000 in the U.S. on the 25th."

    assert ["Assad", "’s", "men", "killed", "80,000", "in", "the", "U.S.", "on", "the", "25th", "."] == [
        t.text for t in tokens(text)
    ]


@given(st.text(max_size=300))
def test_offsets_quote_the_text(text: str) -> None:
    """A token's or sentence's offsets give back its string, in order, without overlap."""
    found = tokens(text)
    cuts = sentences(text, [Span(0, len(text))])

    assert all(text[t.start : t.end] == t.text for t in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(a.end <= b.start for a, b in pairwise(cuts))
    assert all(s.of(text) == s.of(text).strip() for s in cuts)
