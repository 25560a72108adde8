"""The map's page, without a browser: what it holds, that it stands alone, and that it comes back."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import folium
import folium.plugins
import pytest

from gazetteer.place import Place
from geomap.errors import MissingAsset, MissingInput, UnreadableInput, UsageError
from geomap.export import jsonl
from geomap.map import LAYERS, add_to, basemap, bundle, data, draw, groups, names, read, save
from geomap.map.draw import box_of
from geomap.model import Document, Event, EventSet, Span, Toll, When, Where

DATA = Path(__file__).parent / "data" / "map"


@pytest.fixture(scope="module")
def border() -> EventSet:
    """Thirteen events of one article: every status, several kinds, one without a place, one without a day."""
    with (DATA / "border.jsonl").open(encoding="utf-8") as lines:
        return jsonl.read(lines)


def page(events: EventSet, **options: object) -> str:
    """Return the page drawn from events."""
    text: str = draw(events, **options).get_root().render()  # type: ignore[arg-type]  # options of draw
    return text


def test_what_is_drawn_is_a_folium_map(border: EventSet) -> None:
    """Folium users keep folium: any layer of theirs goes on top."""
    drawn = draw(border)
    folium.CircleMarker([34, 36], popup=folium.Popup("A note of ours")).add_to(drawn)
    folium.GeoJson({"type": "Point", "coordinates": [36.0, 34.0]}).add_to(drawn)

    assert isinstance(drawn, folium.Map)
    assert "A note of ours" in drawn.get_root().render()


def test_nothing_is_linked(border: EventSet) -> None:
    """No script, style sheet, picture or font is asked for: all stands in the file."""
    text = page(border)
    outside = re.sub(r"<script.*?</script>|<style.*?</style>", "", text, flags=re.DOTALL)

    assert "http" not in outside.replace("http-equiv", "")
    assert "jsdelivr" not in text
    assert re.search(r"default-src 'none'; img-src data: blob:; .*connect-src 'none'", text)


def test_an_unknown_asset_is_refused(border: EventSet) -> None:
    """A plug-in that would fetch its script is refused by name, and let in once its text is handed over."""
    drawn = draw(border)
    folium.plugins.MarkerCluster([[34, 36]]).add_to(drawn)  # type: ignore[no-untyped-call]  # folium's
    with pytest.raises(MissingAsset, match="markercluster"):
        drawn.get_root().render()

    plugin = folium.plugins.MarkerCluster
    assets = {url: "/* at hand */" for _, url in [*plugin.default_js, *plugin.default_css]}
    drawn = draw(border, assets=assets)
    plugin([[34, 36]]).add_to(drawn)  # type: ignore[no-untyped-call]  # folium's
    assert "/* at hand */" in drawn.get_root().render()


def test_two_builds_are_the_same_bytes(border: EventSet, tmp_path: Path) -> None:
    """The same events give the same page, in another process too."""
    save(border, tmp_path / "a.html", tiles="OpenStreetMap.Mapnik")
    code = (
        "import sys; from geomap.export import jsonl; from geomap.map import save; "
        "save(jsonl.read(open(sys.argv[1], encoding='utf-8')), sys.argv[2], tiles='OpenStreetMap.Mapnik')"
    )
    subprocess.run([sys.executable, "-c", code, str(DATA / "border.jsonl"), str(tmp_path / "b.html")], check=True)

    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()


def test_a_map_is_read_back(border: EventSet, tmp_path: Path) -> None:
    """The page gives back the very events it was drawn from."""
    save(border, tmp_path / "map.html")

    assert border == read(tmp_path / "map.html")


def test_a_large_map_keeps_the_sentences(border: EventSet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of texts too many to carry, the sentences that prove events stand where they stood."""
    monkeypatch.setattr(data, "FULL_TEXT", 10)
    save(border, tmp_path / "map.html")
    back = read(tmp_path / "map.html")

    assert border.events == back.events
    assert len(border.documents[0].text) == len(back.documents[0].text)
    for event in back.events:
        assert event.evidence.of(border.documents[0].text) == event.evidence.of(back.documents[0].text)
    assert "newsletter" not in back.documents[0].text


def test_deflated_data_comes_back(border: EventSet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Data beyond a megabyte is deflated, and read back all the same."""
    monkeypatch.setattr("geomap.map.page.LARGE", 100)
    save(border, tmp_path / "map.html")

    assert "Hermel" not in (tmp_path / "map.html").read_text(encoding="utf-8")
    assert border == read(tmp_path / "map.html")


def test_what_is_no_map_is_refused(tmp_path: Path) -> None:
    """A missing file, another's page and a damaged block each say what is wrong."""
    (tmp_path / "other.html").write_text("<!doctype html><p>Hello", encoding="utf-8")
    damaged = '<script type="application/json" id="events_00">{"format": "geomap map", "format_version": 1}</script>'
    (tmp_path / "damaged.html").write_text(damaged, encoding="utf-8")

    with pytest.raises(MissingInput, match=r"no\.html"):
        read(tmp_path / "no.html")
    with pytest.raises(UnreadableInput, match="no data of geomap's"):
        read(tmp_path / "other.html")
    with pytest.raises(UnreadableInput, match="damaged"):
        read(tmp_path / "damaged.html")


def test_provenance_is_in_the_page(border: EventSet) -> None:
    """The page says which version drew it, over which gazetteer, with which options, from which texts."""
    text = page(border, gazetteer="abc123", title="T")
    made = json.loads(re.findall(r'id="events_\w+">(.*?)</script>', text)[0])["provenance"]

    assert "abc123" == made["gazetteer"]
    assert "T" == made["options"]["title"]
    assert [["d1", "Example Wire"]] == [row[:2] for row in made["inputs"]]
    assert 64 == len(made["inputs"][0][2])


def test_news_is_no_template(border: EventSet) -> None:
    """Braces in a text are not read as Jinja's, which branca would do."""
    document = replace(border.documents[0], title="{{ 7 * 7 }}{% raw %}", text=border.documents[0].text + "{{ this }}")

    assert "{{ 7 * 7 }}{% raw %}" in page(replace(border, documents=(document,)))


def test_layers_decide_what_is_shown_first(border: EventSet) -> None:
    """A layer by name starts shown; an unknown one is told apart from those there are."""
    start = json.loads(re.findall(r'id="events_\w+">(.*?)</script>', page(border, layers=["unrealised"]))[0])["start"]

    assert "denied" in start["statuses"]
    assert "happened" not in start["statuses"]
    assert {"conflict", "diplomacy", "unrealised", "places"} <= set(LAYERS)
    with pytest.raises(UsageError, match="conflict, diplomacy"):
        draw(border, layers=["roads"])


@pytest.mark.parametrize(("option", "value"), [("language", "tlh"), ("theme", "pink"), ("tiles", "No.Such")])
def test_unknown_options_are_refused(border: EventSet, option: str, value: str) -> None:
    """Each option says what it would take."""
    with pytest.raises(UsageError, match=value):
        draw(border, **{option: value})  # type: ignore[arg-type]  # one option by name


def test_tiles_open_the_policy_for_their_host_alone(border: EventSet) -> None:
    """Raster tiles are fetched only when asked for, and from no other host than theirs."""
    text = page(border, tiles="OpenStreetMap.Mapnik")

    assert "img-src data: blob: https://tile.openstreetmap.org;" in text
    with pytest.raises(UsageError, match="key"):
        draw(border, tiles="MapBox")


def test_events_go_onto_a_map_of_ones_own(border: EventSet) -> None:
    """A user's own folium map takes the events as one layer, and keeps its own tiles."""
    own = folium.Map([34, 36], zoom_start=7)

    assert own is add_to(own, border)
    text = own.get_root().render()
    assert "geomapLayer(map_" in text
    assert "tile.openstreetmap.org" in text


def test_notebooks_get_a_sandboxed_frame(border: EventSet) -> None:
    """In a notebook the map is a frame with a title, a height and no rights it does not need."""
    text = draw(border, title="Tom & <Jerry>")._repr_html_()

    assert text.startswith('<iframe title="Tom &amp; &lt;Jerry&gt;" srcdoc="')
    assert 'sandbox="allow-scripts allow-downloads"' in text


def test_a_million_become_groups() -> None:
    """Events too many to draw one by one are summed by place, kind, status and month, and none is lost."""
    place = [Place(i, f"P{i}", i % 60, i % 170, "SY") for i in range(500)]
    when = [When(None, day, day, 1) for day in (date(2020, 1, 5), date(2020, 1, 9), date(2021, 3, 1))]
    span = Span(0, 1)
    events = tuple(
        Event(
            f"e{i}",
            "Battles",
            "Armed clash",
            "happened",
            "d",
            span,
            span,
            when[i % 3],
            Where(place[i % 500], None, 1, 2.0),
        )
        for i in range(3000)
    )
    columns = groups.columns(EventSet((Document("d", "x"),), {}, events))

    assert 3000 == sum(columns["events"]["weight"])
    assert 1000 == len(columns["events"]["weight"])
    assert {"events": 3000, "grid": 0.05} == columns["aggregated"]


def test_groups_are_not_read_back(border: EventSet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page of groups holds no single events, and says so instead of giving some."""
    monkeypatch.setattr(groups, "MANY", 3)
    save(border, tmp_path / "map.html")

    with pytest.raises(UnreadableInput, match="in groups"):
        read(tmp_path / "map.html")


@pytest.mark.parametrize("language", bundle.LANGUAGES)
def test_every_language_has_every_word(language: str) -> None:
    """Each language says all that English says, with the same blanks to fill, and the plural forms it needs."""
    english, other = bundle.words("en"), json.loads(bundle._own(f"words/{language}.json"))
    blanks = {key: set(re.findall(r"\{\w+\}", json.dumps(words))) for key, words in english.items()}

    assert set(english) <= set(other)
    for key, expected in blanks.items():
        assert set(re.findall(r"\{\w+\}", json.dumps(other[key]))) == expected, key


def test_the_ground_is_packed_and_unpacked() -> None:
    """What is packed comes back, to the grid's width."""
    layers = {"coast": [[(1.0, 2.0), (-3.5, 4.25), (179.99, -89.99)]], "land": [[(0.0, 0.0), (1.0, 0.0), (1.0, 1.0)]]}
    back = basemap.unpack(basemap.pack(layers, 0.01), 0.01)

    assert [] == back["lakes"]
    for (x, y), (a, b) in zip(layers["coast"][0], back["coast"][0], strict=True):
        assert (x, y) == pytest.approx((a, b), abs=0.005)


def test_the_ground_has_no_line_across_the_world() -> None:
    """Polygons are cut at 180 degrees: no coast or border runs from one edge to the other."""
    ground = basemap.unpack(basemap.world(), basemap.WORLD_STEP)

    for layer in ("coast", "borders", "disputed"):
        assert max(abs(a[0] - b[0]) for line in ground[layer] for a, b in pairwise(line)) < 30  # the 49th parallel
    assert 100 < len(ground["disputed"][0]) + len(ground["land"])


def test_cells_keep_to_the_budget() -> None:
    """The cells around events come first those with most events, and never exceed the budget."""
    crowd = [(36.5, 34.5)] * 50 + [(float(x), 48.0) for x in range(-170, 180, 5)]
    chosen = basemap.cells(crowd, budget=60_000)

    assert (43, 24) in chosen
    assert 60_000 >= sum(map(len, chosen.values()))


def test_names_leave_out_sections_of_cities() -> None:
    """Quarters of a town are not named beside it, and disputed entities are not named at all."""
    towns = names.towns((35.0, 33.0, 37.0, 35.0))

    assert "Beirut" in towns["name"]
    assert not [name for name in towns["name"] if "Bayr" in name]
    assert {"XK", "EH", "PS"}.isdisjoint(row[0] for row in names.countries())


def test_the_box_crosses_the_date_line_where_that_is_shorter() -> None:
    """Fiji and Samoa lie together, not at the two ends of the world."""
    west, _, east, _ = box_of([(178.4, -18.1), (-171.8, -13.8)]) or (0, 0, 0, 0)

    assert (175.4, 191.2) == pytest.approx((west, east))


def test_a_coarser_grid_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where groups are too many the grid grows coarser, and every event and death is still counted."""
    monkeypatch.setattr(groups, "GROUPS", 40)
    span = Span(0, 1)
    events = tuple(
        Event(
            f"e{i}", "Battles", "Armed clash", "happened", "d", span, span, None,
            Where(Place(i + 1, f"P{i}", i % 50 - 24.7, i % 70 - 34.3), None, 1, 2.0), killed=Toll(span, "2", 2, 2, 2),
        )
        for i in range(350)
    )  # fmt: skip
    columns = groups.columns(EventSet((Document("d", "x"),), {}, events))

    assert 350 == sum(columns["events"]["weight"])
    assert 700 == sum(row[6] for row in columns["tolls"]["killed"])
    assert 5.0 == columns["aggregated"]["grid"]
