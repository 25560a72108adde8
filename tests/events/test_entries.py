"""Entries of a live page and lines of a channel: each is told for itself."""

from __future__ import annotations

from datetime import date

import pytest

from geomap.events.reading import read
from geomap.model import Document

from .told import told

LIVE = """
17:20 Blast at a market
A car bomb exploded at a market in Mosul, killing four people.

15:05 Captives freed
Three captives were freed in Kirkuk after talks.

14:10 'Six dead' in the south
Jets bombed Idlib on Saturday.
"""


def test_an_hour_opens_an_entry_that_lasts_to_the_next() -> None:
    """What follows an hour's line is of its entry, through blank lines."""
    found = read(Document("a", LIVE))

    assert [s.item for s in found] == [1, 1, 2, 2, 3, 3]


def test_one_hour_is_no_live_page() -> None:
    """A line that happens to begin with an hour opens nothing."""
    text = "20:15 kick-off.\n\nThe town was quiet.\n"

    assert {s.item for s in read(Document("a", text))} == {0}


def test_a_picture_opens_a_line_of_its_own() -> None:
    """Channels begin each item with a picture instead of a bullet."""
    text = "🔴 Shells fell on Homs.\n🔥 A mine went off near Idlib.\n"

    assert [s.item for s in read(Document("a", text))] == [1, 2]


def test_a_toll_in_another_entry_is_of_another_event() -> None:
    """The dead of one entry are not those of the entry before it."""
    found = told("12:00 Mosul\nA car bomb exploded in Mosul, killing four people.\n\n11:00 Idlib\nNine people died.\n")

    assert found[0].killed is not None
    assert (found[0].killed.best, found[0].killed.high) == (4, 4)


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("overnight on March 3 to 4", date(2013, 3, 3), date(2013, 3, 4)),
        ("overnight on Wednesday", date(2013, 5, 22), date(2013, 5, 22)),
        ("overnight", date(2013, 5, 24), date(2013, 5, 24)),
    ],
)
def test_overnight_is_the_night_its_day_says(words: str, first: date, last: date) -> None:
    """A day beside "overnight" says which night; alone it is the last one."""
    (event,) = told(f"Jets bombed Idlib {words}, killing two people.")

    assert event.when is not None
    assert (first, last) == (event.when.first, event.when.last)


def test_nobody_dies_of_a_pact() -> None:
    """A toll told behind an agreement is of something else."""
    found = told("The two sides signed a truce in Geneva on Friday. Six people died.")

    assert [e.killed for e in found if e.kind == "Strategic developments"] == [None]
