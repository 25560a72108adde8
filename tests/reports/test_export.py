from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.export import FORMATS, acled, countries, flat, geojson, ucdp
from geomap.export.cells import defuse
from geomap.model import EventSet

if TYPE_CHECKING:
    from collections.abc import Callable


def written(name: str, events: EventSet) -> str:
    """Return what a text format writes."""
    file = io.StringIO(newline="")
    FORMATS[name].write(events, file)
    return file.getvalue()


def table(name: str, events: EventSet) -> list[dict[str, str]]:
    """Return what a CSV format writes, read back."""
    return list(csv.DictReader(io.StringIO(written(name, events), newline="")))


@pytest.mark.parametrize("name", FORMATS)
def test_row_of_the_table_is_complete(name: str) -> None:
    """Each format goes by its own name, has a suffix and says what it is for."""
    row = FORMATS[name]

    assert name == row.name
    assert row.suffix.startswith(".")
    assert row.description


@pytest.mark.parametrize("name", [name for name, row in FORMATS.items() if not row.binary and name != "jsonl"])
def test_no_events_is_a_valid_file(name: str) -> None:
    """An empty set writes a file, not an error; one of lines has none."""
    assert isinstance(written(name, EventSet()), str)


class TestCsv:
    """The CSV that spreadsheets and R load."""

    def test_holds_every_event_and_column(self, events: EventSet) -> None:
        """Every event is a row, whatever its status, and every row has all columns."""
        rows = table("csv", events)

        assert [row["id"] for row in rows] == ["e1", "e2", "e3", "e4", "e5", "e6"]
        assert all(list(flat.COLUMNS) == list(row) for row in rows)

    def test_says_what_is_known_and_no_more(self, events: EventSet) -> None:
        """A toll without upper bound has an empty high; an event without place or day has empty cells."""
        first, *_, last = table("csv", events)

        assert tuple(first[f"killed_{p}"] for p in ("low", "high", "best", "words")) == ("22", "", "22", "more than 22")
        assert first["evidence"].startswith("Government troops clashed")
        assert first["sources"] == "https://example.org/one?a=1&b=2; wire"
        assert (last["latitude"], last["start"], last["killed_best"], last["evidence"]) == ("", "", "", "")

    def test_a_background_toll_is_no_event_toll(self, events: EventSet) -> None:
        """The dead of the whole war stand in their own column."""
        row = table("csv", events)[4]

        assert (row["killed_best"], row["cumulative_killed"]) == ("", "80000")

    @pytest.mark.parametrize("name", ["csv", "acled", "ucdp"])
    def test_no_cell_starts_a_formula(self, name: str, hostile: EventSet) -> None:
        """Untrusted text that a spreadsheet would run is written behind an apostrophe."""
        cells = [value for row in table(name, hostile) for value in row.values()]

        assert cells
        assert not [value for value in cells if value.lstrip().startswith(("=", "@", "+", "＝"))]
        assert "'=1+1" in cells

    def test_numbers_are_not_defused(self) -> None:
        """A negative longitude stays a number."""
        assert defuse(-18.1) == -18.1


class TestGeojson:
    """RFC 7946."""

    def test_follows_the_rfc(self, events: EventSet, valid_geojson: Callable[[Any], None]) -> None:
        """Positions are longitude first, there is no crs, and an event without a place has a null geometry."""
        data = json.loads(written("geojson", events))

        valid_geojson(data)
        assert data["features"][0]["geometry"]["coordinates"] == [36.58, 34.51]
        assert data["features"][5]["geometry"] is None

    def test_box_crosses_the_date_line(self) -> None:
        """Of Fiji's two sides the box is the narrow one: west is greater than east."""
        assert geojson._box([[178.4, -18.0], [-179.9, -16.0]]) == [178.4, -18.0, -179.9, -16.0]

    def test_half_surrogates_are_replaced(self, hostile: EventSet) -> None:
        """Text that is no Unicode still makes a file that is UTF-8."""
        assert written("geojson", hostile).encode()


class TestAcled:
    """ACLED's 31 columns."""

    def test_columns(self, events: EventSet) -> None:
        """There are 31, in ACLED's order."""
        rows = table("acled", events)

        assert len(acled.COLUMNS) == 31
        assert list(rows[0]) == acled.COLUMNS

    def test_only_what_happened_somewhere(self, events: EventSet) -> None:
        """Planned and denied events, diplomacy and events without a place are no rows."""
        assert [row["event_id_cnty"] for row in table("acled", events)] == ["SYR-e1", "LBN-e2", "SYR-e5"]

    def test_a_row(self, events: EventSet) -> None:
        """Actors get ACLED's labels, the country its ISO number and region, and the row its machine-coded tag."""
        row = table("acled", events)[0]

        assert (
            row["inter1"], row["inter2"], row["interaction"],
        ) == ("State forces", "Rebel group", "State forces-Rebel group")  # fmt: skip
        assert (
            row["iso"], row["region"], row["country"], row["admin1"], row["geo_precision"],
        ) == ("760", "Middle East", "Syria", "Homs", "2")  # fmt: skip
        assert (row["fatalities"], row["disorder_type"], row["event_date"]) == (
            "22",
            "Political violence",
            "2013-05-25",
        )
        assert "machine-coded" in row["tags"]

    def test_no_toll_is_no_deaths(self, events: EventSet) -> None:
        """ACLED's fatalities is never empty."""
        assert table("acled", events)[1]["fatalities"] == "0"


class TestUcdp:
    """UCDP GED's columns."""

    def test_a_row(self, events: EventSet) -> None:
        """State against rebels is state-based; the text's lower bound is low, and best where no other is told."""
        row = table("ucdp", events)[0]

        assert list(row) == ucdp.COLUMNS
        assert (row["type_of_violence"], row["where_prec"], row["date_prec"]) == ("1", "2", "1")
        assert (row["best"], row["low"], row["high"], row["deaths_unknown"]) == ("22", "22", "22", "22")
        assert row["geom_wkt"] == "POINT (36.58 34.51)"
        assert int(row["id"]) < 2**52
        assert row["source_article"].endswith("; machine-coded: geomap")

    def test_a_country_is_precision_six(self, events: EventSet) -> None:
        """An event known only to be in a country says so."""
        assert table("ucdp", events)[2]["where_prec"] == "6"


@given(st.text())
def test_no_text_is_a_formula(text: str) -> None:
    """Whatever a text is, its cell starts no formula, and a text that could start none is left as it is."""
    cell = defuse(text)
    start = str(cell).lstrip()[:1]

    assert start not in set("=+-@＝＋－＠")
    assert cell in {text, f"'{text}"}


def test_every_country_has_a_region() -> None:
    """No country of the gazetteer is left out of ACLED's regions, or counted in two."""
    codes = [code for members in countries.REGIONS.values() for code in members.split()]

    assert len(codes) == len(set(codes))
    assert not {c.iso2 for c in countries._countries().values() if not c.region} - {"AN", "CS"}


@pytest.mark.parametrize(("name", "code"), [("Syria", "SY"), ("Myanmar (Burma)", "MM"), ("840", "US"), ("UKR", "UA")])
def test_country_by_other_names(name: str, code: str) -> None:
    """UCDP's names, ISO numbers and alpha-3 codes find their country."""
    found = countries.by_name(name)

    assert found
    assert found.iso2 == code
