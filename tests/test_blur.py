"""Points made coarse, and everything that would undo it taken out."""

from __future__ import annotations

import io
from math import cos, hypot, radians
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer import Place
from geomap.blur import KM_PER_DEGREE, blur, snap
from geomap.cli import main
from geomap.errors import UsageError
from geomap.export import jsonl
from geomap.map import draw
from geomap.model import Actor, Document, Event, EventSet, Mention, Resolution, Span, Where

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "Gunmen attacked the shelter in Brekna, residents of Brekna said."
VILLAGE = Place(id=7, name="Brekna", latitude=34.1234, longitude=36.5678, country="SY", admin1_name="Homs")
COUNTRY = Place(id=8, name="Syria", latitude=35.0, longitude=38.0, country="SY", feature="A.PCLI", radius_km=300.0)


def events(place: Place) -> EventSet:
    """Return one event at a place that its text, title and actor name."""
    event = Event(
        "e1", "Violence against civilians", "Attack", "happened", "d", Span(0, 64), Span(7, 15),
        where=Where(place, Span(31, 37), 1, place.radius_km),
        actors=(Actor("residents of Brekna", "target", "Civilians", Span(39, 58)),),
    )  # fmt: skip
    document = Document("d", TEXT, title="Attack in Brekna", source="The Ledger")
    return EventSet((document,), {"d": (Resolution(Mention(Span(31, 37), "Brekna"), place, 0.9),)}, (event,))


def test_nothing_that_is_written_names_the_place_or_its_point() -> None:
    """Not the export, not the map's page: no name, no number, no coordinate, no sentence."""
    blurred = blur(events(VILLAGE), 20)
    file = io.StringIO()
    jsonl.write(blurred, file, with_text=True)

    for written in (file.getvalue(), str(draw(blurred, assets={}).get_root().render())):
        assert "Brekna" not in written
        assert "34.12" not in written
        assert "Gunmen" not in written


def test_what_is_left_is_what_an_analyst_counts() -> None:
    """Kind, source, region, country and the radius stay, and the precision says so."""
    (event,) = blur(events(VILLAGE), 20).events

    assert event.where is not None
    assert ("Attack", "Homs", "SY", 20, 2) == (
        event.sub_kind,
        event.where.place.admin1_name,
        event.where.place.country,
        event.where.radius_km,
        event.where.precision,
    )
    assert "The Ledger" == blur(events(VILLAGE), 20).documents[0].source


def test_a_place_that_is_wider_already_stays() -> None:
    """A country is no secret."""
    (event,) = blur(events(COUNTRY), 20).events

    assert event.where is not None
    assert COUNTRY == event.where.place


@given(st.floats(-90, 90), st.floats(-180, 180), st.sampled_from([1.0, 10.0, 25.0, 100.0, 500.0]))
def test_a_point_stays_within_the_distance(latitude: float, longitude: float, km: float) -> None:
    """The square's middle is no farther off than its radius says, at the poles and the date line too, and stays."""
    row, column = snap(latitude, longitude, km)
    across = min(abs(column - longitude), 360 - abs(column - longitude)) * cos(radians(latitude))

    assert hypot(row - latitude, across) * KM_PER_DEGREE <= km
    assert -90 <= row <= 90
    assert -180 <= column <= 180
    assert snap(latitude, longitude, km) == (row, column)


def test_neighbours_become_one_point() -> None:
    """Averaging many events of one village gives the square's middle and no more."""
    assert 1 == len({snap(33.9 + i / 1000, 36.6 + i / 1000, 50) for i in range(20)})


@pytest.mark.parametrize("km", [0.0, -5.0, float("nan"), float("inf"), 501.0])
def test_a_distance_that_is_none_is_refused(km: float) -> None:
    """The message names one that is."""
    with pytest.raises(UsageError, match="--blur 20"):
        blur(events(VILLAGE), km)


def test_the_verbs_take_it(tmp_path: Path) -> None:
    """`--blur` goes with map, extract and draw, and not with the text."""
    article, out = tmp_path / "a.txt", tmp_path / "e.jsonl"
    article.write_text("Shells killed four people in Tripoli, the Libyan capital, on Saturday, medics said.\n")

    assert 0 == main(["extract", str(article), "--blur", "20", "-o", str(out), "-q"])
    assert 2 == main(["extract", str(article), "--blur", "20", "--with-text", "-o", str(out)])
    assert 0 == main(["map", str(article), "--blur", "20", "-o", str(tmp_path / "m.html"), "-q"])
    assert 0 == main(["draw", str(out), "--blur", "30", "-o", str(tmp_path / "n.html"), "-q"])
    assert "Tripoli" not in out.read_text("utf-8")
