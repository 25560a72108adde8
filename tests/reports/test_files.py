"""Every file is opened again by a reader that is not ours."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from typing import TYPE_CHECKING

import pytest

from geomap.export import FORMATS, gis, hxl
from geomap.export.icon import png
from geomap.model import EventSet

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def content(name: str, events: EventSet) -> bytes:
    """Return the bytes a format writes."""
    if FORMATS[name].binary:
        raw = io.BytesIO()
        FORMATS[name].write(events, raw)
        return raw.getvalue()
    text = io.StringIO(newline="")
    FORMATS[name].write(events, text)
    return text.getvalue().encode()


@pytest.fixture
def saved(tmp_path: Path, events: EventSet) -> Callable[..., Path]:
    """Return a function that writes a format to a file and says where."""

    def save(name: str, given: EventSet = events) -> Path:
        path = tmp_path / f"events{FORMATS[name].suffix}"
        path.write_bytes(content(name, given))
        return path

    return save


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "jsonl"])
def test_same_events_same_bytes(name: str, events: EventSet) -> None:
    """Nothing in a file tells when it was made."""
    assert content(name, events) == content(name, events)


@pytest.mark.parametrize("name", [name for name, row in FORMATS.items() if row.binary])
@pytest.mark.parametrize("which", ["hostile", "none"])
def test_hard_events_make_a_file(name: str, which: str, hostile: EventSet) -> None:
    """Neither hostile names nor an empty set break a writer."""
    assert content(name, hostile if which == "hostile" else EventSet())


class TestGis:
    """GeoPackage, shapefile and GeoParquet, read by OGR and pandas."""

    def test_geopackage(self, saved: Callable[..., Path]) -> None:
        """OGR finds a layer of points in WGS 84, dates as dates, and a null point for an event without a place."""
        pyogrio = pytest.importorskip("pyogrio")
        info = pyogrio.read_info(saved("gpkg"), layer=gis.LAYER)
        table = pyogrio.read_dataframe(saved("gpkg"), layer=gis.LAYER)

        assert ("Point", "EPSG:4326", 6) == (info["geometry_type"], info["crs"], info["features"])
        assert table.geometry.iloc[0].coords[0] == (36.58, 34.51)
        assert table.geometry.iloc[5] is None
        assert table["start"].iloc[0].isoformat()[:10] == "2013-05-25"
        assert table["killed_best"].iloc[0] == 22

    def test_shapefile(self, saved: Callable[..., Path]) -> None:
        """OGR opens the zip; every name has ten letters, every text fits, Cyrillic and Arabic survive."""
        pyogrio = pytest.importorskip("pyogrio")
        table = pyogrio.read_dataframe(f"/vsizip/{saved('shapefile')}")

        assert len(table) == 5
        assert all(len(name) <= 10 for name in gis.SHAPE_NAMES.values())
        assert len(set(gis.SHAPE_NAMES.values())) == len(gis.SHAPE_NAMES)
        assert table["kill_best"].iloc[0] == 22
        assert table["start"].iloc[0] == "2013-05-25"
        assert table["sources"].iloc[0].endswith("wire")

    def test_shapefile_cuts_whole_letters(self) -> None:
        """A text too long for a cell loses its end, never half a letter."""
        cut = gis._cut("Ж" * 200)

        assert len(cut.encode()) <= 254
        assert cut == "Ж" * 125 + "…"

    def test_geoparquet(self, saved: Callable[..., Path]) -> None:
        """Pandas reads the columns and geopandas the points; the file says it is GeoParquet."""
        geopandas = pytest.importorskip("geopandas")
        parquet = pytest.importorskip("pyarrow.parquet")
        path = saved("geoparquet")

        assert b"geo" in parquet.read_schema(path).metadata
        assert geopandas.read_parquet(path).geometry.iloc[1].x == pytest.approx(35.84415)


class TestXlsx:
    """The workbook, read by openpyxl and pandas."""

    def test_types(self, saved: Callable[..., Path]) -> None:
        """A day is a day and a number a number; the header stays in sight."""
        openpyxl = pytest.importorskip("openpyxl")
        book = openpyxl.load_workbook(saved("xlsx"))
        sheet = book["Events"]
        first = dict(zip([c.value for c in sheet[1]], [c.value for c in sheet[2]], strict=True))

        assert ["Events", "Sources", "About"] == book.sheetnames
        assert first["start"].date() == date(2013, 5, 25)
        assert (first["killed_best"], first["latitude"], first["killed_high"]) == (22, 34.51, None)
        assert sheet.freeze_panes == "A2"

    def test_no_cell_is_a_formula(self, saved: Callable[..., Path], hostile: EventSet) -> None:
        """Nothing a text says runs in Excel."""
        openpyxl = pytest.importorskip("openpyxl")
        book = openpyxl.load_workbook(saved("xlsx", hostile))
        cells = [cell for sheet in book for line in sheet.iter_rows() for cell in line if isinstance(cell.value, str)]

        assert not [cell for cell in cells if cell.data_type == "f" or cell.value.lstrip().startswith(("=", "@", "+"))]

    def test_more_rows_than_a_sheet_holds(
        self, saved: Callable[..., Path], events: EventSet, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """What does not fit on one sheet goes on on the next."""
        openpyxl = pytest.importorskip("openpyxl")
        monkeypatch.setattr("geomap.export.xlsx._MOST_ROWS", 4)
        book = openpyxl.load_workbook(saved("xlsx", events))

        assert ["Events", "Events 2"] == book.sheetnames[:2]
        assert (book["Events"].max_row, book["Events 2"].max_row) == (5, 3)

    def test_pandas_reads_it(self, saved: Callable[..., Path]) -> None:
        """Pandas gets six events."""
        pandas = pytest.importorskip("pandas")
        pytest.importorskip("openpyxl")

        assert len(pandas.read_excel(saved("xlsx"))) == 6


class TestKml:
    """KML and KMZ, by the schema and by two readers."""

    def test_is_valid(self, saved: Callable[..., Path]) -> None:
        """The file follows OGC's schema of KML 2.2."""
        fastkml = pytest.importorskip("fastkml")
        validator = pytest.importorskip("fastkml.validator")

        assert validator.validate(file_to_validate=saved("kml"))
        assert fastkml

    def test_ogr_reads_points_and_folders(self, saved: Callable[..., Path]) -> None:
        """OGR sees a layer for each kind of event, and the points of it."""
        pyogrio = pytest.importorskip("pyogrio")
        layers = [name for name, _ in pyogrio.list_layers(saved("kml"))]

        assert ["Battles", "Explosions/Remote violence", "Protests", "Violence against civilians"] == sorted(layers)
        assert pyogrio.read_dataframe(saved("kml"), layer="Battles").geometry.iloc[0].x == pytest.approx(36.58)

    def test_time(self, saved: Callable[..., Path]) -> None:
        """A day is a TimeStamp, so that the time slider works."""
        assert "<TimeStamp>\n          <when>2013-05-25</when>" in saved("kml").read_text()

    def test_balloons_are_inert(self, saved: Callable[..., Path], hostile: EventSet) -> None:
        """Google Earth runs HTML in a balloon: a text's own markup is escaped twice."""
        text = saved("kml", hostile).read_text()

        assert "&amp;lt;script&amp;gt;" in text
        assert "<script" not in text

    def test_kmz_carries_its_symbols(self, saved: Callable[..., Path]) -> None:
        """The archive starts with the document, and every symbol it names is in it."""
        with zipfile.ZipFile(saved("kmz")) as archive:
            names = archive.namelist()
            document = archive.read("doc.kml").decode()

        assert names[0] == "doc.kml"
        assert len(names) == 5
        assert all(name in document for name in names[1:])

    def test_symbol_is_a_png(self) -> None:
        """An independent decoder reads a symbol: 48 pixels square, clear at the corner, coloured in the middle."""
        image = pytest.importorskip("PIL.Image").open(io.BytesIO(png("Protests")))

        assert image.size == (48, 48)
        assert image.getpixel((0, 0))[3] == 0
        assert image.getpixel((24, 24)) == (0x56, 0xB4, 0xE9, 255)


class TestIcs:
    """The calendar, read by icalendar."""

    def test_only_what_is_planned(self, saved: Callable[..., Path]) -> None:
        """One march is planned: a whole day, at its place, and not counted as busy."""
        icalendar = pytest.importorskip("icalendar")
        calendar = icalendar.Calendar.from_ical(saved("ics").read_bytes())
        found = calendar.walk("VEVENT")

        assert len(found) == 1
        assert (found[0].decoded("dtstart"), found[0].decoded("dtend")) == (date(2013, 5, 27), date(2013, 5, 28))
        assert str(found[0]["location"]) == "Suva, Central, FJ"
        assert not found[0].errors

    def test_lines_are_folded(self, saved: Callable[..., Path]) -> None:
        """No line is longer than 75 bytes, and every one ends in CRLF."""
        raw = saved("ics").read_bytes()

        assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
        assert b"\n" not in raw.replace(b"\r\n", b"")


class TestHxl:
    """The HXL file."""

    def test_second_row_is_hashtags(self, saved: Callable[..., Path]) -> None:
        """Every column has a hashtag."""
        header, tags, first, *_ = saved("hxl").read_text().splitlines()

        assert header.split(",") == list(hxl.TAGS)
        assert all(tag.startswith("#") for tag in tags.split(","))
        assert first.startswith("e1,")

    def test_libhxl_reads_it(self, saved: Callable[..., Path]) -> None:
        """The reference reader finds the hashtags and the dead."""
        reader = pytest.importorskip("hxl")
        with saved("hxl").open("rb") as file:
            data = reader.data(file)
            rows = list(data)

        assert len(rows) == 6
        assert rows[0].get("#affected+killed+num") == "22"
