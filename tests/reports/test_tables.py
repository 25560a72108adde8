"""Tables of events: geomap's own come back, and anybody's incident list becomes a map."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from geomap import importers
from geomap.cli import main
from geomap.errors import UnreadableInput
from geomap.export import jsonl
from geomap.export.flat import rows
from geomap.importers.made import NOWHERE
from geomap.saved import load, load_all, save

if TYPE_CHECKING:
    from geomap.model import EventSet

LIST = (
    "Date;Type;Village;Lat;Lon;Deaths;Details\n"
    '25/05/2013;shelling/artillery/missile attack;Qusair;"34,51";"36,58";3;"Three died; more were hurt."\n'
    ";Extortion;Homs;34.73;36.72;;\n"
    ";;;;;;\n"
    "04/05/2013;Protests;Homs;34.73;36.72;;\n"
    "26/05/2013;Protests;Homs;134.73;36.72;;\n"
)


@pytest.fixture(scope="module")
def border() -> EventSet:
    """Thirteen events of one article."""
    with (Path(__file__).parent.parent / "data" / "map" / "border.jsonl").open(encoding="utf-8") as lines:
        return jsonl.read(lines)


@pytest.mark.parametrize("suffix", ["csv", "geojson", "xlsx"])
def test_what_geomap_wrote_comes_back(border: EventSet, tmp_path: Path, suffix: str) -> None:
    """A table that geomap wrote gives the same cells when it is read and written again."""
    lost = {"document", "reports", "cumulative_killed"}
    elsewhere = {"date_text", "place_text"}  # words of another sentence than the evidence, which the table has not
    path = tmp_path / f"events.{suffix}"
    save(border, path)

    back = load(path)

    assert not back.failures
    for told, read in zip(rows(border), rows(back), strict=True):
        differ = {k: (told[k], read[k]) for k in told if k not in lost and told[k] != read[k]}
        assert not {k: v for k, v in differ.items() if not (k in elsewhere and v[1] is None)}


def test_an_incident_list_is_read() -> None:
    """Columns go by their usual names, in any land's separators; a type that is none of ACLED's keeps its word."""
    found = importers.parse(io.StringIO(LIST, newline=""), name="list.csv")
    shells, extortion = found.events

    assert (shells.kind, shells.sub_kind) == ("Explosions/Remote violence", "Shelling/artillery/missile attack")
    assert shells.when
    assert shells.when.first == date(2013, 5, 25)
    assert shells.where
    assert (shells.where.place.name, shells.where.place.latitude) == ("Qusair", 34.51)
    assert shells.killed
    assert shells.killed.best == 3
    assert shells.killed.span == NOWHERE
    assert found.documents[0].text == "Three died; more were hurt."
    assert (extortion.kind, extortion.when) == ("Extortion", None)
    assert [failure.source for failure in found.failures] == ["list.csv, row 5", "list.csv, row 6"]
    assert "may be 2013-05-04 or 2013-04-05" in found.failures[0].error


def test_two_lists_numbered_from_one_are_both_drawn(tmp_path: Path) -> None:
    """A row's number in a list is no id: another list has it too."""
    one, two = tmp_path / "one.csv", tmp_path / "two.csv"
    one.write_text("id,lat,lon,type\n1,13.2,12.1,Riots\n2,13.2,12.1,Riots\n", encoding="utf-8")
    two.write_text("id,lat,lon,type\n1,33.2,35.1,Protests\n", encoding="utf-8")

    assert len(load_all([one, two]).events) == 3


def test_a_spreadsheet_s_guard_is_taken_off() -> None:
    """A cell that was kept from being a formula reads as it was."""
    found = importers.parse(io.StringIO("lat,lon,notes\n1,2,'=SUM(A1)\n", newline=""))

    assert found.documents[0].text == "=SUM(A1)"


def test_geojson_of_lines_is_refused(tmp_path: Path) -> None:
    """What has no point for a feature says so."""
    path = tmp_path / "roads.geojson"
    line = {"type": "Feature", "geometry": {"type": "LineString", "coordinates": [[1, 2], [3, 4]]}, "properties": {}}
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [line]}))

    with pytest.raises(UnreadableInput, match="a LineString, not a Point"):
        load(path)


def test_several_files_are_one_map(border: EventSet, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """An incident list is drawn beside geomap's events; a row that cannot be read is told, and is a failure."""
    ours, theirs, page = tmp_path / "ours.jsonl", tmp_path / "list.csv", tmp_path / "map.html"
    save(border, ours, with_text=True)
    theirs.write_bytes(LIST.encode("cp1252"))

    status = main(["draw", str(ours), str(theirs), str(ours), "-o", str(page)])

    assert status == 1
    said = capfd.readouterr().err
    assert "list.csv, row 5" in said
    assert "from 1 article and 2 rows of tables" in said
    assert len(load_all([ours, theirs, ours]).events) == len(border.events) + 2
    assert len(load(page).events) == len(border.events) + 2


def test_hxl_s_tags_are_no_event(border: EventSet, tmp_path: Path) -> None:
    """The second line of a table with HXL's hashtags is skipped."""
    path = tmp_path / "events.csv"
    save(border, path, format="hxl")

    assert not load(path).failures
    assert len(load(path).events) > 5


def test_a_report_is_written_of_a_table(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """An incident list is a briefing's source; articles are told from it, and `map` says what to type instead."""
    path = tmp_path / "list.csv"
    path.write_text("date,lat,lon,type,notes\n2020-01-02,13.2,12.1,Riots,A made row\n", encoding="utf-8")
    report = tmp_path / "report.md"

    assert main(["report", str(path), "-o", str(report), "--no-figure"]) == 0
    assert "A made row" in report.read_text("utf-8")
    assert main(["map", str(path), "-o", str(tmp_path / "map.html")]) == 1
    assert f"geomap draw {path}" in capfd.readouterr().err


def test_articles_in_a_table_are_read_by_any_heading(tmp_path: Path) -> None:
    """Capitals and blanks in a heading matter not, and a column of another name is named."""
    article = "Shells killed four people in the Malian town of Kidal on Friday."
    usual, own = tmp_path / "usual.csv", tmp_path / "own.csv"
    usual.write_text(f"Headline,Date,Full Text\nA head,25.05.2013,{article}\n", encoding="utf-8")
    own.write_text(f"When,Meldung\n25.05.2013,{article}\n", encoding="utf-8")
    columns = ["--column", "text=Meldung", "--column", "published=When"]

    for arguments in ([str(usual)], [str(own), *columns]):
        assert main(["extract", *arguments, "-o", str(tmp_path / "out.csv")]) == 0
        assert [event.when and event.when.first for event in load(tmp_path / "out.csv").events] == [date(2013, 5, 24)]
