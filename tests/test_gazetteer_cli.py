"""`geomap gazetteer`: what its verbs print and where."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest

from gazetteer import Entry, Place, build
from geomap.cli import main

if TYPE_CHECKING:
    from pathlib import Path

PLACES = [
    Entry(Place(1, "Syria", 35, 38, "SY", feature="A.PCLI")),
    Entry(Place(2, "Homs", 34.5, 38, "SY", admin1="SY.11", feature="A.ADM1")),
    Entry(Place(3, "Al Quşayr", 34.51, 36.58, "SY", admin1="SY.11", population=41062), (("Qusair", "exact"),)),
    Entry(Place(4, "Tripoli", 32.89, 13.19, "LY", population=1302947)),
    Entry(Place(5, "Tripoli", 34.43, 35.84, "LB", population=229398)),
    Entry(Place(6, "Lebanon", 33.8, 35.8, "LB", feature="A.PCLI")),
]


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A gazetteer of six places, in a folder of its own."""
    path = tmp_path / "small.sqlite"
    build(path, {"some": PLACES}, facts={"fingerprint": "abc"})
    monkeypatch.setenv("GEOMAP_GAZETTEER", str(path))
    monkeypatch.setenv("GEOMAP_CACHE", str(tmp_path / "cache"))
    return path


def test_lookup_prints_a_table_for_pipes(capsys: pytest.CaptureFixture[str]) -> None:
    """Tab separated, a head, and how each name matched."""
    assert main(["gazetteer", "lookup", "Qusair"]) == 0

    head, line = capsys.readouterr().out.splitlines()
    assert head.split("\t")[:5] == ["name", "id", "country", "area", "feature"]
    assert line.split("\t") == [
        "Al Quşayr",
        "3",
        "SY",
        "Homs",
        "P.PPL",
        "41,062",
        "34.5100",
        "36.5800",
        "exact: Qusair",
    ]


def test_lookup_narrows_by_country_and_guesses(capsys: pytest.CaptureFixture[str]) -> None:
    """--country chooses among Tripolis, and finds a spelling that is near."""
    assert main(["gazetteer", "lookup", "Tripoli", "--country", "lb"]) == 0
    assert capsys.readouterr().out.splitlines()[1].split("\t")[1] == "5"
    assert main(["gazetteer", "lookup", "Qosayr", "--country", "SY"]) == 0
    assert "skeleton" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["lookup", "Xyzzy"], "No place is called"),
        (["lookup", "Homs", "--country", "ZZ"], "no country's code"),
        (["near", "91", "0"], "or equal to 90"),
        (["build", "--classes", "Q"], "no class"),
        (["build", "--classes", "P"], "name one, --geonames"),
    ],
)
def test_asked_wrongly_it_says_what_is_right(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit status 2, and the way out on standard error."""
    assert main(["gazetteer", *arguments]) == 2
    assert said in capsys.readouterr().err


def test_near_says_what_holds_a_point(capsys: pytest.CaptureFixture[str]) -> None:
    """The nearest first with its kilometres; negative degrees are no options."""
    assert main(["gazetteer", "near", "34.5", "36.6", "--km", "10"]) == 0

    captured = capsys.readouterr()
    assert captured.out.splitlines()[1].split("\t")[:2] == ["2.1", "Al Quşayr"]
    assert "Homs, Syria" in captured.err
    assert main(["gazetteer", "near", "-10", "-30"]) == 0
    assert "no country" in capsys.readouterr().err


def test_info_says_what_and_whose(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Path, fingerprint, layers with their licences."""
    assert main(["gazetteer", "info"]) == 0

    said = capsys.readouterr().out
    assert str(small) in said
    assert "abc" in said
    assert "CC BY 4.0 (GeoNames)" in said


def test_a_damaged_gazetteer_is_an_error(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit status 1 and what to type, never an empty table."""
    small.write_bytes(small.read_bytes()[:1000] + b"\0" * 5000)

    assert main(["gazetteer", "lookup", "Homs"]) == 1
    assert "geomap gazetteer build" in capsys.readouterr().err


def test_a_table_that_is_gone_is_an_error(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that opens but lacks its names is damaged too."""
    connection = sqlite3.connect(small)
    connection.execute("DROP TABLE name")
    connection.commit()
    connection.close()

    assert main(["gazetteer", "lookup", "Homs"]) == 1
    assert "damaged" in capsys.readouterr().err


def test_every_verb_has_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    """Help ends with something to type."""
    for verb in ("lookup", "near", "info", "build", "add"):
        assert main(["gazetteer", verb, "--help"]) == 0
        assert f"Example: geomap gazetteer {verb}" in " ".join(capsys.readouterr().out.split())
