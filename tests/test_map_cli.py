"""The options that maps and corrections take on the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from geomap.cli import main
from geomap.map import read

BORDER = str(Path(__file__).parent / "data" / "map" / "border.jsonl")


def run(*words: str) -> int:
    """Run the command and return its exit status."""
    return main([*words])


def test_a_map_takes_its_options(tmp_path: Path) -> None:
    """Title, layer, language, theme and tiles reach the page."""
    page = tmp_path / "map.html"
    words = ["--title", "Сутички", "--layer", "unrealised", "--lang", "uk", "--theme", "dark"]
    assert 0 == run("draw", BORDER, "-o", str(page), *words, "--tiles", "OpenStreetMap.Mapnik")
    text = page.read_text(encoding="utf-8")

    assert '<html class="gm-root" lang="uk" dir="ltr" data-theme="dark">' in text
    assert "<title>Сутички</title>" in text
    assert "https://tile.openstreetmap.org" in text
    assert '"layers":["unrealised"]' in text


def test_corrections_are_applied_and_misfits_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file of corrections changes what is drawn, and one that fits nothing is named on standard error."""
    rocket = {
        "what": "event",
        "quote": "Two rockets landed near Hermel",
        "trigger": "rockets",
        "change": {"reject": True},
    }
    lost = {"what": "event", "quote": "Nobody said this.", "trigger": "said", "change": {"reject": True}}
    found = {"format": "geomap corrections", "version": 1, "corrections": [rocket, lost]}
    (tmp_path / "c.json").write_text(json.dumps(found), encoding="utf-8")
    assert 0 == run("draw", BORDER, "-o", str(tmp_path / "map.html"), "--corrections", str(tmp_path / "c.json"))

    assert "e05" not in {event.id for event in read(tmp_path / "map.html").events}
    assert "fits no event any more: 'said'" in capsys.readouterr().err


def test_a_page_is_read_back(tmp_path: Path) -> None:
    """`geomap extract map.html` gives the events of the page, without the articles."""
    assert 0 == run("draw", BORDER, "-o", str(tmp_path / "map.html"))
    assert 0 == run("extract", str(tmp_path / "map.html"), "--with-text", "-o", str(tmp_path / "again.jsonl"))

    assert Path(BORDER).read_text(encoding="utf-8") == (tmp_path / "again.jsonl").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "words",
    [
        ["--lang", "xx"],
        ["--theme", "pink"],
        ["--layer", "roads"],
        ["--tiles", "Nobody"],
        ["--boundaries", "no.geojson"],
    ],
)
def test_wrong_options_are_told(words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is asked wrongly ends with a word that helps, and no file."""
    assert 0 != run("draw", BORDER, "-o", str(tmp_path / "map.html"), *words)

    assert words[1] in capsys.readouterr().err
    assert not (tmp_path / "map.html").exists()


def test_a_slip_in_the_year_is_told(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """A day that has not come yet is taken, since clocks are wrong too, and asked about."""
    article = tmp_path / "a.txt"
    article.write_text("Shells killed four people in Kidal, Mali.", encoding="utf-8")

    assert 0 == run("map", str(article), "--published", "2919-12-28", "-o", str(tmp_path / "map.html"))
    assert "2919-12-28 is a day to come" in capfd.readouterr().err


def test_a_folder_of_articles_is_no_events(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Who draws events, and names a folder of articles, is told what to type."""
    (tmp_path / "a.txt").write_text("Shells killed four people in Kidal, Mali.", encoding="utf-8")

    assert 1 == run("figure", str(tmp_path), "-o", str(tmp_path / "figure.svg"))
    assert f"geomap map {tmp_path}" in capfd.readouterr().err


def test_copies_are_told(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Of inputs with one text, one counts, and the user is told of the others."""
    for name in "abc":
        (tmp_path / f"{name}.txt").write_text("Shells killed four people in Kidal, Mali.", encoding="utf-8")

    assert main(["map", str(tmp_path), "-o", str(tmp_path / "map.html")]) == 0
    said = capfd.readouterr().err
    assert "2 inputs had the very text of another" in said
    assert "from 1 article" in said


def test_a_map_opens_the_gazetteer_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the articles are read with is what the page names: one gazetteer, opened once."""
    import gazetteer

    opened, open_one = [], gazetteer.open_gazetteer

    def counted(**options: Any) -> gazetteer.Gazetteer:  # noqa: ANN401 - those of the function it stands for
        opened.append(1)
        return open_one(**options)

    monkeypatch.setattr(gazetteer, "open_gazetteer", counted)
    article = tmp_path / "a.txt"
    article.write_text("Shells killed four people in Kidal, Mali.", encoding="utf-8")

    assert 0 == run("map", str(article), "-o", str(tmp_path / "map.html"))
    assert [1] == opened
