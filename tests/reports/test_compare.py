from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from gazetteer.place import Place
from geomap.compare import compare, lines, show
from geomap.model import Document, Event, EventSet, Span, Toll, When, Where

if TYPE_CHECKING:
    from pathlib import Path

DAY = date(2013, 5, 25)


def event(name: str, *, kind: str = "Battles", day: int = 0, north: float = 0.0, killed: int = 0) -> Event:
    """Return an event some days after the first and some degrees north of the point 34, 36."""
    when = When(None, DAY + timedelta(days=day), DAY + timedelta(days=day), 1)
    where = Where(Place(1, "Made", 34.0 + north, 36.0, "SY"), None, 1, 5.0)
    toll = Toll(Span(0, 1), str(killed), killed, killed, killed) if killed else None
    return Event(name, kind, kind, "happened", "d", Span(0, 0), Span(0, 0), when, where, killed=toll)


def made(*events: Event) -> EventSet:
    """Return a set of events."""
    return EventSet((Document("d", "", published=DAY),), {"d": ()}, events)


class TestMatching:
    """Which two events are one."""

    def test_near_and_of_one_family(self) -> None:
        """A shelling of theirs twenty kilometres and a day away is our battle."""
        found = compare(made(event("a")), made(event("b", kind="Explosions/Remote violence", day=1, north=0.18)))

        assert [(p.ours.id, p.theirs.id, p.days, p.same_kind) for p in found.both] == [("a", "b", 1, False)]
        assert found.both[0].km == pytest.approx(20, abs=0.1)

    @pytest.mark.parametrize("other", [{"day": 2}, {"north": 0.6}, {"kind": "Protests"}])
    def test_too_far_in_days_distance_or_kind(self, other: dict[str, object]) -> None:
        """Neither two days, nor sixty kilometres, nor a march is our battle."""
        found = compare(made(event("a"), event("z", day=9)), made(event("b", **other), event("y", day=9)))  # type: ignore[arg-type] # by name

        assert [p.ours.id for p in found.both] == ["z"]
        assert [e.id for e in found.only_theirs] == ["b"]

    def test_one_to_one_the_nearest_first(self) -> None:
        """Of two of theirs the nearer is taken, and the other stays missing in ours."""
        found = compare(made(event("a")), made(event("far", north=0.3), event("near", north=0.01)))

        assert [p.theirs.id for p in found.both] == ["near"]
        assert [e.id for e in found.only_theirs] == ["far"]

    def test_a_province_matches_what_lies_in_it(self) -> None:
        """An event known only to be in a province is not far from a town in it."""
        vague = event("a")
        assert vague.where
        vague = replace(vague, where=replace(vague.where, precision=3, radius_km=120.0))

        assert compare(made(vague), made(event("b", north=1.2))).both

    def test_what_cannot_be_compared_is_counted(self) -> None:
        """Events without place or day, and those outside the days that both cover, lower no score."""
        bare = replace(event("bare"), where=None)
        found = compare(made(event("a"), bare), made(event("b"), event("later", day=400)))

        assert (found.skipped, found.outside, len(found.only_theirs)) == (1, 1, 0)

    def test_order_of_input_does_not_matter(self) -> None:
        """The same events in another order give the same pairs."""
        ours, theirs = (
            [event(f"a{n}", north=n / 50) for n in range(5)],
            [event(f"b{n}", north=n / 45) for n in range(5)],
        )

        assert compare(made(*ours), made(*theirs)) == compare(made(*ours[::-1]), made(*theirs[::-1]))

    def test_date_line(self) -> None:
        """Two sides of the 180th meridian are near."""
        pair = []
        for name, longitude in (("a", 179.95), ("b", -179.95)):
            one = event(name)
            assert one.where
            pair.append(made(replace(one, where=replace(one.where, place=Place(1, "Made", 0.0, longitude)))))

        assert compare(*pair).both[0].km == pytest.approx(11.1, abs=0.1)


@pytest.fixture
def pair() -> tuple[EventSet, EventSet]:
    """Three of ours and three of theirs, two of them the same."""
    ours = made(event("a", killed=5), event("b", day=1, north=1), event("c", day=2, north=2))
    theirs = made(event("x", killed=9), event("y", day=1, north=1.1), event("=z", day=2, north=3, killed=40))
    return ours, theirs


class TestShown:
    """How it is told."""

    def test_numbers(self, pair: tuple[EventSet, EventSet]) -> None:
        """The sum says how much of theirs we found."""
        last = lines(compare(*pair))[-1]

        assert (last.both, last.only_ours, last.only_theirs) == (2, 1, 1)
        assert last.found == pytest.approx(2 / 3)

    def test_text(self, pair: tuple[EventSet, EventSet]) -> None:
        """The text has the numbers, how well what matches agrees, and what is missing."""
        file = io.StringIO()
        show.write_text(compare(*pair), file)
        text = file.getvalue()

        assert "67%" in text
        assert "of 50% the reported dead agree" in text
        assert "40 killed" in text

    def test_csv_and_json(self, pair: tuple[EventSet, EventSet]) -> None:
        """Both forms have a row for each event, formulas defused in CSV."""
        table, data = io.StringIO(newline=""), io.StringIO()
        show.write_csv(compare(*pair), table)
        show.write_json(compare(*pair), data)
        rows = list(csv.DictReader(io.StringIO(table.getvalue(), newline="")))

        assert [row["found"] for row in rows] == ["both", "both", "only ours", "only theirs"]
        assert rows[3]["their_id"] == "'=z"
        assert len(json.loads(data.getvalue())["events"]) == 4

    def test_map(self, pair: tuple[EventSet, EventSet], tmp_path: Path) -> None:
        """The map has a layer of each part, and is the same file each time."""
        found = compare(*pair)
        show.save_map(found, pair[0], tmp_path / "one.html")
        show.save_map(found, pair[0], tmp_path / "two.html")
        page = (tmp_path / "one.html").read_text()

        assert page == (tmp_path / "two.html").read_text()
        assert all(words in page for words in ("In both (2)", "Only in ours (1)", "Only in theirs (1)"))
