"""The gazetteer file, built over a handful of places."""

from __future__ import annotations

import multiprocessing
import pickle
import sqlite3
from typing import TYPE_CHECKING

import pytest
import shapely

from gazetteer import Entry, Gazetteer, GazetteerError, Place, build
from gazetteer.boxes import MOST
from gazetteer.build import BATCH, insert, open_draft

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from gazetteer.place import How


def entry(number: int, name: str, at: tuple[float, float], *names: tuple[str, How], **said: object) -> Entry:
    """A place."""
    return Entry(Place(number, name, *at, **said), names)  # type: ignore[arg-type]  # keywords of a dataclass


TINY = {
    "countries": [
        entry(1, "Syria", (35, 38), ("Syrian", "demonym"), ("SYR", "code"), country="SY", feature="A.PCLI"),
        entry(2, "Lebanon", (33.8, 35.8), ("Lebanese", "demonym"), country="LB", feature="A.PCLI"),
        entry(3, "United States", (39.8, -98.5), ("US", "code"), ("American", "demonym"), country="US",
            feature="A.PCLI"),
        entry(4, "Mississippi", (32.75, -89.75), ("Miss.", "code"), country="US", admin1="US.MS", feature="A.ADM1"),
    ],
    "areas": [
        entry(11, "Homs", (34.5, 38), ("Homs Governorate", "exact"), country="SY", admin1="SY.11", feature="A.ADM1"),
        entry(12, "Idlib", (35.8, 36.7), country="SY", admin1="SY.12", feature="A.ADM1"),
        entry(13, "Qusayr District", (34.5, 36.6), country="SY", admin1="SY.11", admin2="SY.11.13", feature="A.ADM2"),
    ],
    "towns": [
        entry(
            21, "Al Quşayr", (34.51, 36.58), ("Qusair", "exact"), country="SY", admin1="SY.11", admin2="SY.11.13",
            population=41062,
        ),
        entry(22, "Tripoli", (32.89, 13.19), country="LY", population=1302947),
        entry(23, "Tripoli", (34.43, 35.84), country="LB", population=229398),
        entry(24, "Ma‘arrat an Nu‘mān", (35.64, 36.67), country="SY", admin1="SY.12", population=58000),
        entry(25, "Volgograd", (48.7, 44.5), ("Stalingrad", "historic"), country="RU", population=1000000),
        entry(26, "Us", (49.1, 1.97), country="FR", population=1248),
        entry(28, "Taveuni", (-16.8, 179.9), country="FJ"),
        entry(27, "Homs", (34.73, 36.72), country="SY", admin1="SY.11", population=775404),
    ],
}  # fmt: skip
SQUARE = [[[(36.0, 34.0), (39.0, 34.0), (39.0, 35.2), (36.0, 35.2), (36.0, 34.0)]]]


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gazetteer]:
    """The tiny gazetteer."""
    path = tmp_path_factory.mktemp("gazetteer") / "tiny.sqlite"
    build(path, TINY, aliases=[(21, [("Qussayr", "exact")]), (999, [("Nowhere", "exact")])], shapes=[("SY.11", SQUARE)])
    gazetteer = Gazetteer(path)
    yield gazetteer
    gazetteer.close()


def told(gazetteer: Gazetteer, name: str, **how: object) -> list[tuple[int, str]]:
    """Ids and ways of matching."""
    return [(match.place.id, match.how) for match in gazetteer.lookup(name, **how)]  # type: ignore[arg-type]  # keywords


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Qusair", [(21, "exact")]),
        ("QUSSAYR", [(21, "exact")]),
        ("Qusayr", [(21, "stripped"), (13, "stripped")]),
        ("al-Qusayr", [(21, "exact")]),
        ("Tripoli", [(22, "exact"), (23, "exact")]),
        ("Syrians", []),
        ("Syrian", [(1, "demonym")]),
        ("Stalingrad", [(25, "historic")]),
        ("SYR", [(1, "code")]),
        ("syr", []),
        ("U.S.", [(3, "code"), (26, "exact")]),
        ("Us", [(26, "exact")]),
        ("Miss.", [(4, "code")]),
        ("Miss", []),
        ("northern Syria", [(1, "stripped")]),
        ("Homs", [(27, "exact"), (11, "exact")]),
        ("Homs province", [(11, "stripped")]),
        ("Nowhere", []),
        ("", []),
        ("?!", []),
    ],
)
def test_names_find_places_and_say_how(tiny: Gazetteer, name: str, expected: list[tuple[int, str]]) -> None:
    """Every candidate says how its name matched, the surest way first, then the most populous."""
    assert told(tiny, name) == expected


def test_guesses_need_a_country(tiny: Gazetteer) -> None:
    """Skeletons and near spellings match only when asked for, and only within the countries given."""
    assert told(tiny, "Maarat al-Numan") == []
    assert told(tiny, "Maarat al-Numan", loose=True) == []
    assert told(tiny, "Maarat al-Numan", loose=True, countries=["SY"]) == [(24, "skeleton")]
    assert told(tiny, "Maarat al-Numan", loose=True, countries=["LB"]) == []
    assert told(tiny, "Lebanom", loose=True, countries=["LB"]) == [(2, "fuzzy")]


def test_countries_narrow_a_lookup(tiny: Gazetteer) -> None:
    """Within Lebanon there is one Tripoli."""
    assert told(tiny, "Tripoli", countries={"LB"}) == [(23, "exact")]


def test_kinds_tell_cheaply_what_a_name_may_be(tiny: Gazetteer) -> None:
    """How it matches, feature class, largest population and how many, in one cached answer."""
    assert tiny.kinds("Tripoli") == (("exact", "P", 1302947, 2),)
    assert {how for how, *_ in tiny.kinds("US")} == {"code", "exact"}
    assert tiny.kinds("us") == (("exact", "P", 1248, 1),)
    assert tiny.kinds("government") == ()


def test_places_know_their_areas(tiny: Gazetteer) -> None:
    """A town carries its province's name; codes find areas, and areas their names."""
    town = tiny.get(21)

    assert town is not None
    assert town.admin1_name == "Homs"
    assert tiny.admin_name("SY.11") == "Homs"
    assert tiny.admin("SY.11.13") == tiny.get(13)
    assert [place.id for place in tiny.parents(21)] == [13, 11, 1]
    assert tiny.country("sy") == tiny.get(1)
    assert (tiny.get(5), tiny.admin("XX.1"), tiny.admin_name("XX.1"), tiny.country("XX")) == (None, None, None, None)
    assert tiny.names(21) == ["Al Quşayr", "Qusair", "Qussayr"]


def test_near_and_within(tiny: Gazetteer) -> None:
    """What lies near comes nearest first; a polygon gives what is inside it."""
    assert [place.id for place, _ in tiny.near(34.52, 36.58, 30)] == [21, 13, 27]
    assert tiny.near(0, 0, 10) == []
    assert [place.id for place, _ in tiny.near(-16.8, -179.9, 60)] == [28]
    assert [place.id for place in tiny.within(shapely.box(36.5, 34.4, 37, 34.8))] == [27, 21, 13]


def test_a_point_lies_in_its_country_and_area(tiny: Gazetteer) -> None:
    """Borders decide; where there are none the nearest town does; the sea is nobody's."""
    assert tiny.locate(34.6, 37) == ("SY", "SY.11")
    assert tiny.locate(35.65, 36.68) == ("SY", "SY.12")
    assert tiny.locate(0, -30) == (None, None)


def test_it_goes_through_pickles_and_other_processes(tiny: Gazetteer) -> None:
    """A gazetteer handed to another process opens its own connection there."""
    again = pickle.loads(pickle.dumps(tiny))  # noqa: S301 - our own
    assert told(again, "Qusair") == [(21, "exact")]
    again.close()
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        assert pool.apply(told, (tiny, "Qusair")) == [(21, "exact")]


@pytest.mark.parametrize("content", [b"", b"no database at all, just text", None])
def test_a_missing_or_damaged_file_is_an_error_with_a_remedy(content: bytes | None, tmp_path: Path) -> None:
    """Never "no results": the message says what to type."""
    path = tmp_path / "broken.sqlite"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(GazetteerError, match="geomap gazetteer build"):
        Gazetteer(path)


def test_another_schema_is_refused(tmp_path: Path) -> None:
    """A file of another version is named as such."""
    path = tmp_path / "old.sqlite"
    build(path, TINY)
    connection = sqlite3.connect(path)
    connection.execute("UPDATE meta SET value = '0' WHERE key = 'schema'")
    connection.commit()
    connection.close()

    with pytest.raises(GazetteerError, match="another version"):
        Gazetteer(path)


def broken(after: int) -> Iterator[Entry]:
    """A source that fails after so many places."""
    for number in range(after):
        yield entry(1000 + number, f"Place {number}", (10, 10), country="NG")
    raise RuntimeError


def test_a_build_that_fails_leaves_nothing_and_keeps_the_old(tmp_path: Path) -> None:
    """The file is whole or not there, and what was there before stays."""
    path = tmp_path / "g.sqlite"
    build(path, TINY)
    before = path.read_bytes()

    with pytest.raises(RuntimeError):
        build(path, {"broken": broken(5)})

    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_build_that_was_cut_off_goes_on(tmp_path: Path) -> None:
    """What was read is not lost: the next build reads on from the last full batch, and ends the same."""
    path = tmp_path / "g.sqlite"
    with pytest.raises(RuntimeError):
        build(path, {"many": broken(BATCH + 5)}, facts={"dumps": "x"}, resume=True)
    draft = tmp_path / ".g.sqlite.part"
    connection = open_draft(draft, tmp_path / ".g.sqlite.part.names", journal=True)
    read = connection.execute("SELECT count FROM done WHERE stage = 'many'").fetchone()[0]
    connection.close()

    whole = [entry(1000 + number, f"Place {number}", (10, 10), country="NG") for number in range(BATCH + 10)]
    build(path, {"many": whole}, facts={"dumps": "x"}, resume=True)

    gazetteer = Gazetteer(path)
    assert read == BATCH
    assert gazetteer.info()["count: "] == str(BATCH + 10)
    assert told(gazetteer, f"Place {BATCH + 9}") == [(1000 + BATCH + 9, "exact")]
    assert list(tmp_path.iterdir()) == [path]
    gazetteer.close()


def test_the_earlier_source_wins_and_names_add_up(tmp_path: Path) -> None:
    """Two sources of one id give one place, the earlier's, with the names of both."""
    path = tmp_path / "g.sqlite"
    build(path, {"a": [entry(1, "Kyiv", (50.45, 30.52))], "b": [entry(1, "Kiev", (0, 0))]})
    gazetteer = Gazetteer(path)

    assert [match.place.latitude for match in gazetteer.lookup("Kiev")] == [50.45]
    assert gazetteer.lookup("Kiev")[0].place.name == "Kyiv"
    gazetteer.close()


def test_a_users_place_is_put_in_and_wins_ties(tmp_path: Path) -> None:
    """Places added later stand first among those of a name."""
    path = tmp_path / "g.sqlite"
    build(path, TINY)
    insert(path, [entry(-5, "Tripoli", (34.4, 35.8), country="LB", source="layer:mine")])
    gazetteer = Gazetteer(path)

    assert told(gazetteer, "Tripoli")[0] == (-5, "exact")
    assert gazetteer.near(34.4, 35.8, 1)[0][0].id == -5
    gazetteer.close()


@pytest.mark.parametrize("count", [0, 1, MOST, MOST + 1, MOST**2 + 1])
def test_the_packed_tree_is_one_of_sqlite(count: int, tmp_path: Path) -> None:
    """SQLite finds no fault with the R*Tree that is written in its stead, and can put places in and take them out."""
    path = tmp_path / "g.sqlite"
    points = [(number * 37 % 179 - 89.5, number * 101 % 359 - 179.12345) for number in range(count)]
    build(path, {"some": [entry(1 + number, f"Place {number}", point) for number, point in enumerate(points)]})
    insert(path, [entry(-5, "Mine", (10.5, 20.25))])
    connection = sqlite3.connect(path)
    checked = connection.execute("SELECT rtreecheck('place_box')").fetchone()[0]
    held = connection.execute("SELECT count(*) FROM place_box").fetchone()[0]
    connection.close()
    gazetteer = Gazetteer(path)

    assert checked == "ok"
    assert held == count + 1
    assert gazetteer.near(10.5, 20.25, 1)[0][0].id == -5
    for number, (latitude, longitude) in list(enumerate(points))[::97]:
        assert 1 + number in {place.id for place, _ in gazetteer.near(latitude, longitude, 0.1)}
    gazetteer.close()


def test_more_names_go_on_where_they_were_cut_off(tmp_path: Path) -> None:
    """Alternate names are read batch by batch too, and a stage that is whole is not read again."""
    path = tmp_path / "g.sqlite"

    def cut(after: int) -> Iterator[tuple[int, list[tuple[str, How]]]]:
        for number in range(after):
            yield 1, [(f"Name {number}", "exact")]
        raise RuntimeError

    with pytest.raises(RuntimeError):
        build(path, {"one": [entry(1, "Kyiv", (50.45, 30.52))]}, aliases=cut(BATCH + 5), facts={"a": "b"}, resume=True)
    whole = [(1, [(f"Name {number}", "exact")]) for number in range(BATCH + 10)]
    build(path, {"one": broken(0)}, aliases=whole, facts={"a": "b"}, resume=True)  # type: ignore[arg-type]  # literals
    gazetteer = Gazetteer(path)

    assert len(gazetteer.names(1)) == BATCH + 11
    assert gazetteer.lookup(f"Name {BATCH + 9}")[0].place.id == 1
    gazetteer.close()
