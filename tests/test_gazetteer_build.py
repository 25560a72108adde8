"""Building: the cache, GeoNames' dumps, a user's layers and the downloads, all on generated files."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import zipfile
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest

from gazetteer import Entry, Gazetteer, GazetteerError, Place, build, cache, open_gazetteer
from gazetteer.distil.shapes import pack, unpack
from gazetteer.download import download
from gazetteer.sources.geonames import Dump
from gazetteer.sources.layers import layer_entries

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def row(number: int, name: str, kind: str = "P.PPL", country: str = "SY", **said: str) -> str:
    """A line of GeoNames' published table."""
    one, code = kind.split(".")
    cells = [str(number), name, said.get("ascii", name), said.get("names", ""), said.get("lat", "34.5")]
    cells += [said.get("lon", "36.6"), one, code, country, "", said.get("a1", "11"), said.get("a2", ""), "", ""]
    return "\t".join([*cells, said.get("people", "0"), "", "500", "Asia/Damascus", "2026-01-01"])


DUMP = [
    row(1, "Homs", "A.ADM1", names="Hims,Homs Governorate"),
    row(2, 'Al "Buwaydah"', names="Buweida,BUW,البويضة", people="3000"),
    row(3, "Orontes", "H.STM", names="Nahr al Asi"),
    row(4, "Dabaa Airbase", "S.AIRB"),
    row(5, "Arjun", a2="170000"),
    row(173322, "Al Quşayr", people="41062"),
]


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    """A country's zip as GeoNames publishes it, with its readme."""
    path = tmp_path / "SY.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "The data format is tab-delimited text in utf8 encoding." * 100)
        archive.writestr("SY.txt", "\n".join(DUMP) + "\n")
    return path


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A cache folder of its own, and a core of one city, so that a build takes no time."""
    from gazetteer.sources import SOURCES

    homs = Entry(Place(9, "Homs", 34.73, 36.72, "SY", admin1="SY.11", source="cities"))
    monkeypatch.setenv("GEOMAP_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv("GEOMAP_GAZETTEER", raising=False)
    for name, source in SOURCES.items():
        found: partial[list[Entry]] = partial(list, [homs] if name == "cities" else [])
        monkeypatch.setitem(SOURCES, name, source._replace(entries=found))
    monkeypatch.setattr("gazetteer.sources.areas.shapes", list)
    return tmp_path / "cache"


def test_a_dump_is_read_as_published(dump: Path) -> None:
    """Quotes are letters, capitals are codes, the readme is no table, and classes narrow."""
    entries = list(Dump([dump]))
    villages = list(Dump([dump], classes={"P", "S.AIRB"}))

    assert [entry.place.name for entry in entries][1] == 'Al "Buwaydah"'
    assert ("BUW", "code") in entries[1].names
    assert ("البويضة", "exact") in entries[1].names
    assert entries[4].place.admin2 == "SY.11.170000"
    assert [entry.place.id for entry in villages] == [2, 4, 5, 173322]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("1\tHoms", "2 columns"),
        (row(1, "Homs", lat="north"), "could not convert"),
        (row(1, "Homs").replace("1\t", "x\t", 1), "line 1"),
    ],
)
def test_a_damaged_dump_names_its_line(line: str, said: str, tmp_path: Path) -> None:
    """A file of other columns is refused with the line that shows it."""
    path = tmp_path / "SY.txt"
    path.write_text(line + "\n", encoding="utf-8")

    with pytest.raises(GazetteerError, match=said):
        list(Dump([path]))


def test_a_dump_that_is_no_text_is_said_to_be_none(tmp_path: Path) -> None:
    """A picture, or a table in another encoding, is no traceback."""
    path = tmp_path / "SY.txt"
    path.write_bytes(b"1\t\x83\xff\n")

    with pytest.raises(GazetteerError, match="no UTF-8 text"):
        list(Dump([path]))


@pytest.mark.parametrize("content", [b"PK not a zip", b""])
def test_a_cut_zip_is_said_to_be_one(content: bytes, tmp_path: Path) -> None:
    """A download that broke off is named, not read as empty."""
    path = tmp_path / "SY.zip"
    path.write_bytes(content)

    with pytest.raises(GazetteerError, match="Download it again"):
        list(Dump([path]))


def test_a_build_from_dumps_is_opened_from_then_on(small: Path, dump: Path, tmp_path: Path) -> None:
    """Villages, alternate and historic names, hierarchy and feature names; the core's places stay; reset goes back."""
    with zipfile.ZipFile(tmp_path / "alternateNamesV2.zip", "w") as archive:
        names = ["1\t5\ten\tArjoun\t\t\t\t\t\t", "2\t5\t\tArgun Old\t\t\t\t1\t\t"]
        names += ["3\t5\tlink\thttps://x\t\t\t\t\t\t", "4\t77\ten\tNowhere\t\t\t\t\t\t"]
        archive.writestr("iso-languagecodes.txt", "ISO 639-3")
        archive.writestr("alternateNamesV2.txt", "\n".join(names))
    (tmp_path / "hierarchy.txt").write_text("1\t5\tADM\n", encoding="utf-8")
    (tmp_path / "featureCodes_en.txt").write_text("P.PPL\tpopulated place\ta city\n", encoding="utf-8")
    (tmp_path / "admin1CodesASCII.txt").write_text("SY.11\tHimş\tHims Area\t1\n", encoding="utf-8")
    helpers = ["alternateNamesV2.zip", "hierarchy.txt", "featureCodes_en.txt", "admin1CodesASCII.txt"]
    file = cache.build_geonames([dump, *(tmp_path / name for name in helpers)])
    gazetteer = open_gazetteer()

    assert gazetteer.path == file
    assert [match.place.id for match in gazetteer.lookup("Arjoun")] == [5]
    assert [match.how for match in gazetteer.lookup("Argun Old")] == ["historic"]
    assert gazetteer.lookup("Nowhere") == gazetteer.lookup("https://x") == []
    assert gazetteer.lookup("Hims Area")[0].place.id == 1
    assert [place.id for place in gazetteer.parents(5)] == [1]
    assert {match.place.source for match in gazetteer.lookup("Homs")} == {"cities", "geonames"}
    assert gazetteer.info()["dumps"].startswith("SY.zip:")
    assert cache.reset() == [file]
    assert open_gazetteer().info()["kind"] == "core"
    assert list(small.glob(".*")) == []


def test_a_build_needs_a_table_of_places(tmp_path: Path) -> None:
    """Asked wrongly, it says what to give."""
    (tmp_path / "hierarchy.txt").write_text("1\t2\tADM\n", encoding="utf-8")

    with pytest.raises(GazetteerError, match="allCountries"):
        cache.build_geonames([tmp_path / "hierarchy.txt"])
    with pytest.raises(GazetteerError, match="--download XX"):
        cache.build_geonames([tmp_path / "XX.zip"])


CSV = "name,lat,lon,country,names\nDabaa,34.57,36.56,SY,Al-Dabaa|Daba'a\nHoms,34.73,36.7,SY,\n"


@pytest.mark.usefixtures("small")
def test_a_users_layer_wins_ties_and_survives_builds(tmp_path: Path) -> None:
    """Added places come first among those of a name, are replaced by a file of the same name, and outlive a build."""
    path = tmp_path / "mine.csv"
    path.write_text(CSV, encoding="utf-8")

    assert cache.add_layer(path) == 2
    first = open_gazetteer()
    assert first.lookup("Homs")[0].place.source == "layer:mine"
    assert first.lookup("Daba'a")[0].place.name == "Dabaa"

    path.write_text(CSV.replace("Dabaa", "Dabaa Village"), encoding="utf-8")
    cache.add_layer(path)
    again = open_gazetteer()
    assert again.fingerprint != first.fingerprint
    assert again.lookup("Dabaa Village")


@pytest.mark.usefixtures("small")
def test_a_layer_is_put_into_a_build_from_dumps(dump: Path, tmp_path: Path) -> None:
    """There the file is extended, not built anew."""
    cache.build_geonames([dump])
    path = tmp_path / "mine.csv"
    path.write_text(CSV, encoding="utf-8")
    cache.add_layer(path)

    found = open_gazetteer()
    assert found.info()["kind"] == "geonames"
    assert found.lookup("Homs")[0].place.source == "layer:mine"


def test_geojson_areas_get_a_point_inside_and_a_reach(tmp_path: Path) -> None:
    """A boundary file's polygon becomes a place that reaches to its corners; HDX' columns are known."""
    square = {"type": "Polygon", "coordinates": [[[36, 34], [37, 34], [37, 35], [36, 35], [36, 34]]]}
    features = [{"type": "Feature", "properties": {"ADM2_EN": "Al-Qusayr"}, "geometry": square}]
    path = tmp_path / "areas.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    (entry,) = layer_entries(path)

    assert entry.place.name == "Al-Qusayr"
    assert (entry.place.latitude, entry.place.longitude) == (34.5, 36.5)
    assert 70 < entry.place.radius_km < 75


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.csv", "place,where\nx,y\n", "no latitude and no longitude"),
        ("a.csv", "name,lat,lon\nX,91,0\n", "line 2: 91.0, 0.0 is no latitude"),
        ("a.csv", "name,lat,lon\nX,north,0\n", "line 2"),
        ("a.geojson", "{}", "no GeoJSON"),
        ("a.geojson", "{", "is no geojson"),
        ("a.geojson", '{"features": [{"properties": {"name": "X"}, "geometry": {"type": "Blob"}}]}', "feature 1"),
        ("a.xlsx", "", "a layer is one of"),
    ],
)
def test_a_wrong_layer_is_told_where_and_why(name: str, text: str, said: str, tmp_path: Path) -> None:
    """The line or feature and what it lacks stand in the message."""
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")

    with pytest.raises(GazetteerError, match=said):
        list(layer_entries(path))


def test_two_processes_build_once(tmp_path: Path) -> None:
    """The second waits for the first and opens what it built."""
    code = (
        "import sys, time; from pathlib import Path; from gazetteer import cache, Entry, Place;"
        "from gazetteer.sources import SOURCES;"
        "import gazetteer.sources.areas as areas; areas.shapes = lambda: [];"
        "SOURCES.update({n: s._replace(entries=lambda: []) for n, s in SOURCES.items()});"
        "old = cache.build_core;"
        "cache.build_core = lambda *a: (print('built'), time.sleep(1), old(*a));"
        "print(len(cache.open_gazetteer().info()) > 3)"
    )
    env = {"GEOMAP_CACHE": str(tmp_path), "PATH": "", "PYTHONPATH": ":".join(sys.path)}
    both = [
        subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, env=env) for _ in range(2)
    ]
    said = "".join(process.communicate(timeout=60)[0] for process in both)

    assert said.count("built") == 1
    assert said.count("True") == 2


def test_a_folder_that_cannot_be_written_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The message names the folder and the way out."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("GEOMAP_CACHE", str(tmp_path / "file" / "cache"))
    monkeypatch.delenv("GEOMAP_GAZETTEER", raising=False)

    with pytest.raises(GazetteerError, match="GEOMAP_CACHE"):
        open_gazetteer()


def test_a_named_file_is_opened_as_it_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """`path` and GEOMAP_GAZETTEER name a file; a missing one is an error."""
    path = tmp_path / "mine.sqlite"
    build(path, {"one": [Entry(Place(1, "Homs", 34.7, 36.7))]})
    monkeypatch.setenv("GEOMAP_GAZETTEER", str(path))

    assert open_gazetteer().path == path
    assert isinstance(open_gazetteer(path), Gazetteer)
    with pytest.raises(GazetteerError, match="There is no gazetteer"):
        open_gazetteer(tmp_path / "other.sqlite")


def test_shapes_are_packed_to_a_hundred_metres() -> None:
    """Polygons with holes come back as they went, to a thousandth of a degree."""
    import shapely

    shape = shapely.Polygon([(0, 0), (10, 0), (10, 10), (0, 10)], [[(2, 2), (4, 2), (4, 4.1234)]])
    ((code, polygons),) = unpack(pack([("SY.11", shape)]))

    assert code == "SY.11"
    assert polygons[0][1] == [(2.0, 2.0), (4.0, 2.0), (4.0, 4.123), (2.0, 2.0)]


BODY = bytes(range(256)) * 400


class Publisher(ThreadingHTTPServer):
    """Serves one dump, and misbehaves as told: cuts connections, lies about sizes, ignores ranges, fails."""

    def __init__(self, way: str) -> None:
        super().__init__(("127.0.0.1", 0), Serving)
        self.way = way
        self.ranges: list[str | None] = []


class Serving(BaseHTTPRequestHandler):
    """One answer of the publisher."""

    server: Publisher

    def do_GET(self) -> None:
        """Answer in the publisher's way."""
        asked = self.headers["Range"]
        self.server.ranges.append(asked)
        first = len(self.server.ranges) == 1
        if self.path != "/SY.zip" or self.server.way == "missing":
            return self.send_error(404)
        if self.server.way == "failing":
            return self.send_error(503)
        start = int(asked[6:-1]) if asked and self.server.way != "rangeless" else 0
        rest = BODY[start:]
        self.send_response(206 if start else 200)
        said = len(rest) + (1000 if self.server.way == "lying" else 0)
        self.send_header("Content-Length", str(said))
        if start:
            whole = len(BODY) + (1000 if self.server.way == "lying" else 0)
            self.send_header("Content-Range", f"bytes {start}-{len(BODY) - 1}/{whole}")
        self.end_headers()
        self.wfile.write(rest[:50_000] if first and self.server.way in {"cutting", "rangeless"} else rest)
        return None

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def publisher(request: pytest.FixtureRequest) -> Iterator[tuple[Publisher, str]]:
    """A publisher on loopback that misbehaves as the test says."""
    server = Publisher(request.param)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server, f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("publisher", ["plain", "cutting", "rangeless"], indirect=True)
def test_a_download_is_whole_even_if_it_was_cut(publisher: tuple[Publisher, str], tmp_path: Path) -> None:
    """A cut connection is gone on with where the publisher allows it, and begun anew where not."""
    server, url = publisher
    path = download("SY.zip", tmp_path, publisher=url, wait=lambda _: None)

    assert path.read_bytes() == BODY
    if server.way != "plain":
        assert server.ranges == [None, "bytes=50000-"]
    assert download("SY.zip", tmp_path, publisher=url) == path
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("publisher", "said"),
    [("missing", "There is no"), ("failing", "could not be fetched"), ("lying", "could not be fetched")],
    indirect=["publisher"],
)
def test_a_download_that_cannot_be_is_said(publisher: tuple[Publisher, str], said: str, tmp_path: Path) -> None:
    """Nothing half fetched ever bears the dump's name."""
    with pytest.raises(GazetteerError, match=said):
        download("SY.zip", tmp_path, publisher=publisher[1], wait=lambda _: None)

    assert not (tmp_path / "SY.zip").exists()


@pytest.mark.parametrize("name", ["../SY.zip", ".ssh", "a/b.zip", ""])
def test_only_a_dumps_name_is_fetched(name: str, tmp_path: Path) -> None:
    """A name never leads out of the folder."""
    with pytest.raises(GazetteerError, match="no dump"):
        download(name, tmp_path)
