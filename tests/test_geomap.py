"""The names that `geomap` itself offers."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

import geomap
from geomap.errors import UsageError


def test_the_stable_names_are_sorted_and_there() -> None:
    """What `__all__` promises can be had, those that load late too."""
    assert sorted(geomap.__all__) == geomap.__all__
    assert all(hasattr(geomap, name) for name in geomap.__all__)


def test_one_text_goes_down_the_whole_street() -> None:
    """A sentence in, an event with its place and day out."""
    text = "Shells killed four people in the Malian town of Kidal on Friday, the army said."

    (event,) = geomap.read_text(text, published=date(2013, 5, 25)).events

    assert event.where is not None
    assert event.when is not None
    assert event.killed is not None
    assert ("Kidal", date(2013, 5, 24), 4) == (event.where.place.name, event.when.first, event.killed.best)


@pytest.mark.parametrize("day", ["2013-05-25", datetime(2013, 5, 25)])  # noqa: DTZ001 - the wrong thing on purpose
def test_a_day_that_is_no_date_is_refused(day: Any) -> None:  # noqa: ANN401 - the wrong thing on purpose
    """A text in place of a date would be carried along and break far from where it was given."""
    with pytest.raises(UsageError, match=r"date\(2013, 5, 25\)"):
        geomap.read_text("Shells fell on Kidal on Friday.", published=day)


def test_bytes_are_refused() -> None:
    """What is read from a file as bytes has readers that know its encoding."""
    wrong: Any = b"Shells fell on Kidal."
    with pytest.raises(UsageError, match="not bytes"):
        geomap.read_text(wrong)
