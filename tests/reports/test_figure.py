from __future__ import annotations

import io
import itertools
import json
import time
import warnings
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.place import Place
from geomap import figure
from geomap.errors import EmptyInput, UsageError
from geomap.export.facts import count
from geomap.figure import chart_map, frame, ground, labels, multiples, summary, symbols
from geomap.figure.frame import Rect
from geomap.figure.marks import fitted, marks, radius
from geomap.figure.options import Options
from geomap.figure.paper import SIZES, sheet
from geomap.figure.projection import RADIUS, Azimuthal, EqualEarth
from geomap.model import Document, Event, EventSet, Span, Toll, When, Where
from geomap.palette import OUTLINES, Growth, growth, kinds

if TYPE_CHECKING:
    from pathlib import Path

TOWNS = (
    ("Homs", 34.73, 36.71), ("Aleppo", 36.20, 37.16), ("Latakia", 35.53, 35.79), ("Damascus", 33.51, 36.29),
    ("Beirut", 33.89, 35.49), ("Ar Raqqah", 35.95, 39.01), ("Tripoli", 34.43, 35.84), ("Idlib", 35.93, 36.63),
    ("Deir ez-Zor", 35.34, 40.14), ("Hama", 35.13, 36.75), ("Daraa", 32.62, 36.10), ("Al Qusayr", 34.51, 36.58),
)  # fmt: skip
DAY = date(2013, 3, 28)


def event(number: int, name: str, latitude: float, longitude: float, deaths: int = 0, precision: int = 1) -> Event:  # noqa: PLR0913, PLR0917 - a table's columns
    """Return an event at a place, its kind and day by its number."""
    kind = list(kinds())[number % 6]
    toll = Toll(Span(0, 1), str(deaths), deaths, deaths + 2, deaths) if deaths else None
    feature = "A.ADM1" if precision == 3 else "P.PPL"
    place = Place(number + 1, name, latitude, longitude, "SY", feature=feature)
    day = DAY + timedelta(days=number % 56)
    where = Where(place, Span(0, 1), precision, 25.0 if precision == 2 else 5.0)  # type: ignore[arg-type] # 1 to 3
    return Event(
        f"f{number}", kind, kind, "happened", "d", Span(0, 9), Span(0, 4), When(None, day, day, 1), where, killed=toll
    )


def made(events: list[Event]) -> EventSet:
    """Return a set of events of one document."""
    return EventSet((Document("d", "A made text.", published=DAY),), {"d": ()}, tuple(events))


@pytest.fixture(scope="module")
def many() -> EventSet:
    """Two hundred events at a dozen towns and around them."""
    towns = itertools.cycle(TOWNS)
    return made(
        [
            event(
                n,
                name,
                lat + (n % 5) * 0.07,
                lon + (n % 3) * 0.09,
                (n * 7) % 43 if n % 3 == 0 else 0,
                precision=1 + n % 2,
            )
            for n, (name, lat, lon) in zip(range(200), towns, strict=False)
        ]
    )


def picture(events: EventSet, suffix: str = ".png", **options: Any) -> bytes:  # noqa: ANN401 - passed on
    """Return the bytes of a picture."""
    file = io.BytesIO()
    figure.write(figure.draw(events, **options), file, suffix, dpi=72)
    return file.getvalue()


def words(events: EventSet, **options: Any) -> list[str]:  # noqa: ANN401 - passed on
    """Return all words of a picture."""
    return [text.get_text() for axes in figure.draw(events, **options).axes for text in axes.texts]


@pytest.mark.parametrize("suffix", figure.PICTURES)
def test_same_events_same_bytes(suffix: str, events: EventSet) -> None:
    """A picture drawn twice is the same file."""
    assert picture(events, suffix) == picture(events, suffix)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("chart", figure.CHARTS)
def test_every_chart_in_every_size(chart: str, size: str, events: EventSet) -> None:
    """All charts can be drawn of a handful of events, in colour and in grey, with the credit that is due."""
    written = " ".join(words(events, chart=chart, size=size, grey=size == "column"))

    assert "GeoNames, CC BY" in written


def test_two_hundred_events_are_quick(many: EventSet) -> None:
    """A picture of 200 events takes less than four seconds of the processor, once the libraries are loaded."""
    figure.draw(many)
    start = time.process_time()
    picture(many)

    assert time.process_time() - start < 4


def test_labels_do_not_collide(many: EventSet) -> None:
    """No name lies on another name or on a symbol that is not its own."""
    drawn = figure.draw(many)
    names = [t for t in drawn.axes[0].texts if t.get_path_effects()]
    boxes = [t.get_window_extent() for t in names]
    overlaps = [
        (a.get_text(), b.get_text())
        for (a, box), (b, other) in itertools.combinations(zip(names, boxes, strict=True), 2)
        if box.shrunk(0.94, 0.6).overlaps(other.shrunk(0.94, 0.6))
    ]

    assert len(names) > 15
    assert not overlaps


@pytest.mark.parametrize("name", ["دمشق", "Харків", "Donetsk’ $x_1$ 100%", "ירושלים"])
def test_names_of_other_scripts(name: str) -> None:
    """Arabic, Cyrillic and Hebrew names have their letters, and a dollar sign is no mathematics."""
    events = made([event(1, name, 33.5, 36.3)])
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        from geomap.figure.paper import sheet as blank

        paper = blank(SIZES["page"])
        paper.text(10, 10, name)
        paper.figure.savefig(io.BytesIO())

    assert name in words(events)
    assert not [w for w in seen if "missing" in str(w.message)]


def test_arabic_is_joined() -> None:
    """Arabic letters join: a word is not as wide as its letters apart."""
    features = pytest.importorskip("matplotlib.ft2font")
    if not hasattr(features, "__libraqm_version__"):
        pytest.skip("this matplotlib shapes no Arabic")
    paper = sheet(SIZES["page"])

    assert paper.measure("ممم", size=9) != pytest.approx(3 * paper.measure("م", size=9), rel=0.05)


def test_grey_has_no_colour(many: EventSet) -> None:
    """A picture in grey is grey to the last dot."""
    image = pytest.importorskip("PIL.Image").open(io.BytesIO(picture(many, grey=True))).convert("RGB")
    red, green, blue = (np.asarray(channel, int) for channel in image.split())

    assert abs(red - green).max() <= 1
    assert abs(red - blue).max() <= 1


def test_shapes_differ_and_weigh_alike() -> None:
    """Every kind has a shape of its own, and those of the conflict layers are of about one area."""
    shapes = [look.shape for look in kinds().values()]

    def area(corners: tuple[tuple[float, float], ...]) -> float:
        x, y = np.array(corners).T
        return abs(float(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1)))) / 2

    areas = [area(OUTLINES[shape]) for shape in shapes if shape != "dot"]

    assert len(set(shapes)) == len(shapes)
    assert max(areas) < 2.2 * min(areas)


class TestFrame:
    """What a map shows."""

    def test_far_event_is_left_out_and_said(self, many: EventSet) -> None:
        """One event across the ocean does not make a dot of all the others; the picture says that it is not shown."""
        events = replace(many, events=(*many.events, event(500, "New York", 40.71, -74.0)))
        written = " ".join(words(events))

        assert "1 outside the frame" in written
        assert "New York" not in written

    def test_a_region_does_not_decide(self) -> None:
        """An event known only to be in a region leaves the frame to those whose place is known."""
        kept = frame.seen(marks([event(1, "Homs", 34.7, 36.7), event(2, "Syria", 50.0, 60.0, precision=3)]))

        assert [mark.name for mark in kept] == ["Homs"]

    def test_date_line(self) -> None:
        """Two sides of the 180th meridian are near each other."""
        around = frame.fit([(178.4, -18.1), (-175.2, -21.1)], frame.Rect(0, 0, 400, 300))

        assert around.width_km < 1300
        assert len(around.boxes()) == 2

    def test_box(self) -> None:
        """A box that is asked for is what is shown."""
        shown = chart_map.framed([], frame.Rect(0, 0, 400, 400), (35.0, 32.0, 43.0, 38.0))
        west, south, east, north = shown.boxes()[0]

        assert west <= 35.1
        assert east >= 42.9
        assert south <= 32.1
        assert north >= 37.9

    @pytest.mark.parametrize("box", [(35, 40, 43, 32), (35, 32, 431, 38)])
    def test_impossible_box(self, box: tuple[float, float, float, float]) -> None:
        """A box that is none is refused with what would be right."""
        with pytest.raises(UsageError, match="west,south,east,north"):
            chart_map.framed([], frame.Rect(0, 0, 400, 400), box)

    def test_world(self) -> None:
        """Events on all continents make a map of the world, without a scale bar that could only lie."""
        events = made([event(n, f"P{n}", 10.0 * n - 40, 50.0 * n - 170) for n in range(7)])

        assert not [word for word in words(events) if word.endswith(" km")]


@given(st.floats(-180, 180), st.floats(-85, 85), st.floats(-60, 60), st.floats(-60, 60))
def test_azimuthal_goes_there_and_back(longitude: float, latitude: float, east: float, north: float) -> None:
    """What is projected is found again, wherever the middle is."""
    projection = Azimuthal(longitude, latitude)
    x, y = projection.forward(np.array([longitude + east]), np.array([max(min(latitude + north, 89), -89)]))
    back = projection.forward(*projection.inverse(x, y))

    assert np.allclose([x, y], back, atol=1e-3)


@given(st.floats(-180, 180), st.floats(-89, 89))
def test_equal_earth_goes_there_and_back(longitude: float, latitude: float) -> None:
    """The same of the projection of the world."""
    projection = EqualEarth(0.0)
    back = projection.inverse(*projection.forward(np.array([longitude]), np.array([latitude])))

    assert np.allclose([longitude, latitude], np.ravel(back), atol=1e-6)


def test_a_kilometre_is_a_kilometre() -> None:
    """Near the middle of a map its scale is true."""
    x, y = Azimuthal(37.0, 35.0).forward(np.array([37.0]), np.array([36.0]))

    assert float(np.hypot(x, y)[0]) == pytest.approx(RADIUS * np.pi / 180, rel=1e-4)


class TestSymbols:
    """What stands at a place."""

    def test_area_grows_with_deaths(self) -> None:
        """Four times the deaths make a symbol of twice the radius."""
        grows = Growth(1, 1, 2, 1000)

        assert radius(grows, 400) == pytest.approx(2 * radius(grows, 100), rel=0.01)

    def test_the_deadliest_is_the_largest(self) -> None:
        """Where a toll would pass the bound all symbols grow more slowly: no two tolls look the same."""
        found = marks([event(1, "A", 34, 36, 5000), event(2, "B", 35, 37, 1000)])
        grows = fitted(growth(), found)

        assert radius(grows, 5000) > radius(grows, 1000)

    def test_covering_places_become_one(self) -> None:
        """Two places whose symbols would cover each other are one ring, which says that it holds another."""
        found = marks([event(1, "Homs", 34.73, 36.71), event(2, "Near", 34.74, 36.72), event(3, "Far", 36.2, 37.1)])
        around = frame.fit([(36, 34), (38, 37)], frame.Rect(0, 0, 300, 300))
        placed = symbols.symbols(found, around, growth())

        assert sorted(s.mark.label for s in placed) == ["Far", "Homs +1"]

    def test_no_death_is_lost(self, many: EventSet) -> None:
        """Drawing places as one changes neither the number of events nor of dead."""
        found = marks(many.events)
        around = frame.fit([(36, 32), (41, 37)], frame.Rect(0, 0, 200, 200), margin=2)
        placed = symbols.symbols(found, around, growth())

        assert sum(s.mark.deaths for s in placed) == sum(count(e.killed) or 0 for e in many.events)
        assert sum(len(s.mark.events) for s in placed) == 200


class TestLegend:
    """What is beside the map."""

    def test_a_country_stands_beside_the_map(self) -> None:
        """An event known only to be in a country has no point: the legend names the country and its dead."""
        somewhere = event(2, "Syria", 35.0, 38.0, 7)
        assert somewhere.where
        country = replace(somewhere.where.place, feature="A.PCLI")
        somewhere = replace(somewhere, where=replace(somewhere.where, place=country))
        written = words(made([event(1, "Homs", 34.7, 36.7), somewhere]))

        assert written.index("Syria") > written.index("Somewhere in")
        assert "7 dead" in written

    def test_numbers_by_type(self, many: EventSet) -> None:
        """The numbers beside the types add up to all events."""
        written = words(many)
        start = written.index("Type of event")
        numbers = [int(word) for word in written[start : start + 26] if word.isdigit()]

        assert sum(numbers[:6]) == 200

    def test_when(self, many: EventSet) -> None:
        """A small chart says when events were."""
        few = replace(many, events=tuple(e for e in many.events if e.kind in {"Battles", "Protests"}))

        assert any(word.startswith("Events a ") for word in words(few))


class TestGround:
    """The map under the events."""

    def test_countries_are_named_within_their_borders(self) -> None:
        """In a frame of Syria and Lebanon, each country's name finds room inside it."""
        around = frame.fit([(35.0, 32.5), (42.0, 37.0)], frame.Rect(0, 0, 400, 300))
        spots = ground.countries(ground.ground(around))
        for code, (longitude, latitude) in {"SY": (38.5, 35.0), "LB": (35.9, 33.95), "JO": (37.0, 32.0)}.items():
            x, y = around.point(longitude, latitude)

            assert min((a - x) ** 2 + (b - y) ** 2 for _, a, b in spots[code]) < 60**2

    def test_a_straight_border_crosses_a_small_frame(self) -> None:
        """A border without a corner inside the frame is drawn across it; what lies beside the frame is not."""
        around = frame.fit([(27.2, 21.9), (27.6, 22.1)], frame.Rect(0, 0, 100, 100))
        lines = ground.ground(around).layers["borders"]

        assert any(min(x for x, _ in line) <= 0 and max(x for x, _ in line) >= 100 for line in lines)

    def test_areas_are_cut_to_the_frame(self) -> None:
        """A file holds no more of the land than is seen, and the land under the frame is whole."""
        around = frame.fit([(38.0, 34.5), (39.0, 35.5)], frame.Rect(10, 10, 100, 100))
        land = ground.ground(around).layers["land"]

        assert all(5 <= x <= 115 and 5 <= y <= 115 for ring in land for x, y in ring)
        assert ground.land_share(around) == 1

    def test_seas_and_capitals(self) -> None:
        """Damascus leads the towns of its frame."""
        around = frame.fit([(35.0, 32.5), (42.0, 37.0)], frame.Rect(0, 0, 400, 300))

        assert "Damascus" in [town.name for town, _, _ in ground.towns_within(around)[:6]]

    def test_borders_of_ones_own(self, tmp_path: Path) -> None:
        """A file of borders takes the place of Natural Earth's, in the picture and in its credits."""
        file = tmp_path / "mine.geojson"
        line = {"type": "LineString", "coordinates": [[35, 34], [38, 35]]}
        parts = [{"type": "Feature", "properties": {"disputed": odd}, "geometry": line} for odd in (True, False)]
        file.write_text(json.dumps({"type": "FeatureCollection", "features": parts}))
        layers = ground.ground(frame.fit([(35, 33), (38, 36)], frame.Rect(0, 0, 99, 99)), boundaries=file).layers

        assert (len(layers["borders"]), len(layers["disputed"])) == (1, 1)
        assert "Boundaries: mine.geojson." in " ".join(words(made([event(1, "Homs", 34.7, 36.7)]), boundaries=file))


class TestWords:
    """What a picture says."""

    def test_counts(self, events: EventSet) -> None:
        """The subtitle counts what took place; what did not is said not to be shown."""
        written = " ".join(words(events))

        assert "3 events, 22 reported deaths, 24–25 May 2013" in written
        assert "2 planned, threatened, denied or long past" in written

    @pytest.mark.parametrize(
        ("days", "said"),
        [
            ((date(2013, 5, 25),), "25 May 2013"),
            ((date(2013, 5, 24), date(2013, 5, 25)), "24–25 May 2013"),
            ((date(2013, 3, 24), date(2013, 5, 25)), "24 March to 25 May 2013"),
            ((date(2012, 12, 24), date(2013, 1, 2)), "24 December 2012 to 2 January 2013"),
        ],
    )
    def test_period(self, days: tuple[date, ...], said: str) -> None:
        """A period is named as briefly as it can be."""
        assert summary.period(days) == said


class TestMultiples:
    """The same map many times."""

    def test_weeks_between_are_not_left_out(self) -> None:
        """A week without events has its map, empty."""
        held = multiples.groups([event(0, "A", 34, 36), event(21, "B", 35, 37)], "week")

        assert [len(part) for part in held.values()] == [1, 0, 0, 1]

    def test_too_many(self, many: EventSet) -> None:
        """More maps than can be read are refused, with a way out."""
        with pytest.raises(UsageError, match="--by week"):
            figure.draw(many, chart="multiples", by="day")

    def test_by_kind(self, many: EventSet) -> None:
        """One map for each kind that there is."""
        assert set(multiples.groups(many.events, "kind")) == {e.kind for e in many.events}


@pytest.mark.parametrize("chart", figure.CHARTS)
def test_nothing_to_draw_is_said(chart: str) -> None:
    """No event, no picture, but a reason."""
    with pytest.raises(EmptyInput):
        figure.draw(EventSet(), chart=chart)


def test_what_is_unknown_is_refused(events: EventSet, tmp_path: Path) -> None:
    """A chart, size or ending that there is not names those that there are."""
    with pytest.raises(UsageError, match="map, multiples"):
        figure.draw(events, chart="pie")
    with pytest.raises(UsageError, match="column, page"):
        figure.draw(events, size="poster")
    with pytest.raises(UsageError, match="svg, png, pdf"):
        figure.save(events, tmp_path / "map.bmp")


def test_options_have_one_home() -> None:
    """Options are defined once, and each has a default."""
    assert Options() == Options(size="page")


def test_a_country_is_named_once_in_the_bars() -> None:
    """A toll told of a whole country stands under its name, not under its name twice."""
    somewhere = made([event(1, "Syria", 35.0, 38.0, 22, precision=3), event(2, "Homs", 34.73, 36.71, 4)])
    drawn = words(somewhere, chart="places")

    assert {"Syria", "Homs, Syria"} <= set(drawn)
    assert "Syria, Syria" not in drawn


def test_a_town_under_a_country_s_name_is_left_out() -> None:
    """A town whose dot the words of a larger name cover is not named beside them."""
    room = labels.Room(Rect(0, 0, 100, 100), rects=[Rect(40, 40, 30, 8)], discs=[(10, 10, 5)])

    assert room.covers(50, 39, 2)
    assert room.covers(14, 10, 2)
    assert not room.covers(50, 30, 2)
