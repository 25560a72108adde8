"""The names that `geomap` itself offers."""

from __future__ import annotations

from datetime import date

import geomap


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
