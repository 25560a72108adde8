"""The verbs figure, report, embed and compare, as typed."""

from __future__ import annotations

import io
import re
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from geomap.cli import main
from geomap.export import FORMATS, jsonl
from geomap.map import save as save_map
from geomap.saved import save

if TYPE_CHECKING:
    from geomap.model import EventSet

VERBS = ("figure", "report", "embed", "compare")
ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, events: EventSet) -> Path:
    """A folder with what the examples speak of: events, a map, another dataset, and the sample articles."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")
    (tmp_path / "seeds").symlink_to(ROOT / "seeds")
    (tmp_path / "output").mkdir()
    with (tmp_path / "output" / "events.jsonl").open("w", encoding="utf-8") as file:
        jsonl.write(events, file, with_text=True)
    save(events, tmp_path / "output" / "acled.csv", format="acled")
    save_map(events, tmp_path / "output" / "map.html")
    return tmp_path


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("verb", VERBS)
def test_the_example_of_help_runs(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What help shows can be typed. Of a pipe the last command is, with events on standard input."""
    pytest.importorskip("matplotlib")
    main([verb, "--help"])
    text = " ".join(re.sub(r"[│╭╮╰╯─]", " ", capsys.readouterr().out).split())
    found = re.search(r"Example: (geomap .+?(?:--size column|--as quarto|compare\.html|report\.html))", text)
    assert found, text
    last = shlex.split(found.group(1).split("|")[-1])[1:]
    if "-" in last:
        last[last.index("-")] = "output/events.jsonl"

    assert main(last) == 0


@pytest.mark.parametrize("ending", ["svg", "png", "pdf"])
def test_figure_writes_what_the_ending_says(ending: str, here: Path) -> None:
    """Each kind of picture starts as such files start."""
    pytest.importorskip("matplotlib")
    starts = {"svg": b"<?xml", "png": b"\x89PNG", "pdf": b"%PDF"}

    assert main(["figure", "output/events.jsonl", "-o", f"a.{ending}", "--dpi", "72"]) == 0
    assert (here / f"a.{ending}").read_bytes().startswith(starts[ending])


def test_figure_by_and_box(here: Path) -> None:
    """Small multiples and a box are asked for by their options."""
    pytest.importorskip("matplotlib")

    assert main(["figure", "output/events.jsonl", "-o", "a.svg", "--by", "kind", "--box", "34,32,38,36"]) == 0
    assert (here / "a.svg").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ["figure", "output/events.jsonl", "-o", "a.svg", "--box", "1,2"],
        ["figure", "output/events.jsonl", "-o", "a.svg", "--chart", "pie"],
        ["figure", "output/events.jsonl", "-o", "a.txt"],
        ["report", "output/events.jsonl", "-o", "a.odt"],
        ["embed", "output/map.html", "--as", "blog"],
        ["compare", "output/events.jsonl", "output/acled.csv", "--format", "xml"],
    ],
)
def test_wrong_questions_are_told_apart(arguments: list[str], here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What cannot be asked ends with 2 and a message of one line, and writes nothing."""
    assert main(arguments) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1
    assert not (here / "a.svg").exists()


def test_report_reads_events_and_maps(here: Path) -> None:
    """Events and maps that geomap wrote are taken as they are; nothing is read again."""
    for name in ("events.jsonl", "map.html"):
        assert main(["report", f"output/{name}", "-o", "report.html", "--no-figure", "--title", "A title"]) == 0

        page = (here / "report.html").read_text()

        assert "<h1>A title</h1>" in page
        assert "Al Qusayr" in page


def test_report_takes_a_pipe(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    """Events come in by standard input, and the report goes out by standard output."""
    monkeypatch.setattr(sys, "stdin", io.StringIO((here / "output" / "events.jsonl").read_text()))

    assert main(["report", "-", "-o", "-", "--format", "md", "--no-figure"]) == 0
    assert capsysbinary.readouterr().out.startswith(b"# ")


@pytest.mark.usefixtures("here")
def test_embed_talks_to_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    """What is pasted is on standard output alone."""
    assert main(["embed", "output/map.html"]) == 0

    told = capsys.readouterr()

    assert told.out.startswith("<iframe ")
    assert "script-src" in told.err


@pytest.mark.usefixtures("here")
def test_compare_says_what_both_have(capsys: pytest.CaptureFixture[str]) -> None:
    """Held against itself in another format, every event that could be compared is found."""
    assert main(["compare", "output/events.jsonl", "output/acled.csv"]) == 0
    assert re.search(r"All +2 +0 +0 +100%", capsys.readouterr().out)


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_written_by_its_ending(name: str, here: Path, events: EventSet) -> None:
    """A format's ending alone chooses it."""
    if FORMATS[name].extra:
        pytest.importorskip("pyogrio")
    save(events, here / f"all{FORMATS[name].suffix}")

    assert (here / f"all{FORMATS[name].suffix}").stat().st_size


def test_help_names_every_format(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Whoever asks how events are written is told of all formats."""
    monkeypatch.setenv("COLUMNS", "200")
    main(["extract", "--help"])
    told = capsys.readouterr().out

    assert all(name in told for name in FORMATS)


def test_figure_takes_borders_and_blur(here: Path) -> None:
    """One's own borders are drawn and credited; blurred places lose their names."""
    pytest.importorskip("matplotlib")
    line = '{"type":"LineString","coordinates":[[35,33],[38,36]]}'
    feature = f'{{"type":"Feature","properties":{{"disputed":true}},"geometry":{line}}}'
    (here / "borders.geojson").write_text(f'{{"type":"FeatureCollection","features":[{feature}]}}')
    arguments = ["figure", "output/events.jsonl", "-o", "a.svg", "--boundaries", "borders.geojson", "--blur", "20"]

    assert main(arguments) == 0
    assert (here / "a.svg").exists()
