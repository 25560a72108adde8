"""What a reader sees, in a real browser that opens the page from disk."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import folium
import pytest

from gazetteer.place import Place
from geomap.corrections import apply, load
from geomap.map import add_to, bundle, groups, save
from geomap.model import When, Where

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from geomap.model import EventSet
    from tests.browser.conftest import Opened, Opening

pytestmark = pytest.mark.browser


def counts(opened: Opened) -> str:
    """Return the words under the headline."""
    return str(opened.page.inner_text(".gm-counts"))


def rows(opened: Opened) -> int:
    """Return how many events the list says it holds."""
    first = opened.page.query_selector(".gm-item")
    return int(first.get_attribute("aria-setsize") or 0) if first else 0


def symbol_at(page: Page, longitude: float, latitude: float) -> tuple[float, float]:
    """Return where on the screen a point of the ground lies."""
    script = """([lon, lat]) => {
        const map = Object.values(window).find((v) => v instanceof L.Map);
        const box = map.getContainer().getBoundingClientRect();
        const at = map.latLngToContainerPoint([lat, lon]);
        return [box.x + at.x, box.y + at.y];
    }"""
    x, y = page.evaluate(script, [longitude, latitude])
    return x, y


def test_one_request_and_no_complaint(border: EventSet, open_map: Opening) -> None:
    """The page asks for itself and nothing else, and its console stays empty, whatever a reader does."""
    with open_map(border) as opened:
        opened.page.click(".gm-row >> nth=0")
        opened.page.click("text=Show in the article")
        opened.page.click(".gm-theme")
        opened.page.click("text=Play")
        opened.page.wait_for_timeout(600)

        assert [opened.path.as_uri()] == [url for url in opened.requests if not url.startswith("data:")]
        assert [] == opened.complaints


def test_headline_counts_the_conflict(border: EventSet, open_map: Opening) -> None:
    """The line under the title counts conflict events, deaths and days; talks and the placeless are told apart."""
    with open_map(border, title="A border town") as opened:
        assert "A border town" == opened.page.inner_text("h1")
        assert "A border town" == opened.page.title()
        assert re.match(r"9 of 11 events, 31 reported deaths, 2013-05-18 to 2013-05-25", counts(opened))
        assert "1 diplomatic event" in counts(opened)
        assert "1 without a place" in counts(opened)


def test_a_symbol_opens_its_evidence(border: EventSet, open_map: Opening) -> None:
    """A click on a symbol opens a dialog with the place, the day as written, the toll and the marked sentence."""
    with open_map(border) as opened:
        opened.page.mouse.click(*symbol_at(opened.page, 36.58029, 34.5078))
        dialog = opened.page.get_by_role("dialog")

        assert "Al Qusayr" in dialog.inner_text()
        assert "at least 22 killed" in dialog.inner_text()
        assert "Saturday" in dialog.inner_text()
        assert ["Al Qusayr"] == dialog.locator("mark.gm-m-place").all_inner_texts()
        assert ["fighting"] == dialog.locator("mark.gm-m-trigger").all_inner_texts()
        assert ["at least 22"] == dialog.locator("mark.gm-m-toll").all_inner_texts()


def test_events_of_one_place_are_one_ring(border: EventSet, open_map: Opening) -> None:
    """Two events in one town are one symbol, whose dialog holds both, folded."""
    with open_map(border) as opened:
        opened.page.mouse.click(*symbol_at(opened.page, 35.84415, 34.43352))

        assert 2 == opened.page.locator(".gm-fold").count()
        assert 1 == opened.page.locator(".gm-fold[open]").count()


def test_other_meanings_of_a_name_are_shown(border: EventSet, open_map: Opening) -> None:
    """An event in one Tripoli names the other that the word could have meant."""
    with open_map(border, fragment="#event=e04") as opened:
        opened.page.click(".gm-fold[open] .gm-others summary")

        assert "Libya" in opened.page.inner_text(".gm-fold[open] .gm-others")


def test_hidden_statuses_and_the_placeless_are_in_reach(border: EventSet, open_map: Opening) -> None:
    """What is planned, denied or long past starts hidden and can be shown; what has no place stands in the list."""
    with open_map(border) as opened:
        assert 10 == rows(opened)
        assert opened.page.get_by_text("No place given").count() >= 1
        opened.page.click(".gm-more summary")
        opened.page.get_by_label("denied").check()

        assert 11 == rows(opened)
        opened.page.get_by_label("historic").check()
        assert 12 == rows(opened)


def test_kinds_filter_and_count(border: EventSet, open_map: Opening) -> None:
    """Unticking a kind takes it from list, counts and map, and its own count stays to be read."""
    with open_map(border) as opened:
        row = opened.page.locator(".gm-check", has_text="Battles")
        row.locator("input").uncheck()

        assert "3" == row.locator(".gm-count").inner_text()
        assert "6 of 11 events" in counts(opened)
        opened.page.get_by_text("Show all again").click()
        assert "9 of 11 events" in counts(opened)


def test_search_finds_places_and_words(border: EventSet, open_map: Opening) -> None:
    """A search looks through places, actors and sentences, whatever the case and the marks on letters."""
    with open_map(border) as opened:
        for words, found in (("TRIPOLI", 2), ("envoy", 1), ("quşayr", 1), ("no such word", 0)):
            opened.page.fill(".gm-search", words)
            opened.page.wait_for_timeout(250)
            assert found == rows(opened), words

        assert "No event passes these filters" in opened.page.inner_text(".gm-list")


def test_actor_source_deaths_and_certainty_filter(border: EventSet, open_map: Opening) -> None:
    """Each of the further filters narrows the list."""
    with open_map(border) as opened:
        opened.page.click(".gm-more summary")
        opened.page.get_by_label("Deaths, at least").fill("6")
        opened.page.wait_for_timeout(300)
        assert 2 == rows(opened)
        opened.page.get_by_label("Deaths, at least").fill("")
        opened.page.get_by_label("Certainty, at least (%)").fill("90")
        opened.page.wait_for_timeout(300)
        assert 1 == rows(opened)
        opened.page.get_by_label("Certainty, at least (%)").fill("")
        opened.page.wait_for_timeout(300)
        opened.page.locator(".gm-field", has_text="Actor").locator("select").select_option("snipers")
        assert 1 == rows(opened)


def test_the_timeline_has_two_hands(border: EventSet, open_map: Opening) -> None:
    """Each hand of the timeline moves by key, says its day, and narrows list and counts; the histogram stays."""
    with open_map(border) as opened:
        first = opened.page.get_by_role("slider", name="First day shown")
        for _ in range(7):
            first.press("ArrowRight")

        assert "May 25, 2013" == first.get_attribute("aria-valuetext")
        assert 5 == rows(opened)
        first.press("Home")
        opened.page.get_by_role("slider", name="Last day shown").press("Home")
        assert "2013-05-18" in counts(opened)


def test_the_timeline_is_dragged(border: EventSet, open_map: Opening) -> None:
    """Dragging a hand with the mouse narrows what is shown."""
    with open_map(border) as opened:
        box = opened.page.locator(".gm-track").bounding_box()
        assert box
        opened.page.mouse.move(box["x"], box["y"] + 40)
        opened.page.mouse.down()
        opened.page.mouse.move(box["x"] + box["width"] * 0.8, box["y"] + 40, steps=6)
        opened.page.mouse.up()

        assert "2013-05-24" in opened.page.inner_text(".gm-range")
        assert 10 > rows(opened)


def test_play_runs_through_time(border: EventSet, open_map: Opening) -> None:
    """Playing starts at the first day and lets the days come."""
    with open_map(border) as opened:
        opened.page.click("text=Play")
        assert "2013-05-18 – 2013-05-18" == opened.page.inner_text(".gm-range").replace("\n", " ")
        opened.page.locator(".gm-range time", has_text=re.compile("2013-05-(19|2.)")).wait_for()


def test_a_view_can_be_linked(border: EventSet, open_map: Opening) -> None:
    """The address holds view, days, kinds, search and the event looked at, and a fresh page takes them up."""
    with open_map(border) as opened:
        opened.page.fill(".gm-search", "tripoli")
        opened.page.wait_for_timeout(250)
        opened.page.get_by_role("slider", name="First day shown").press("ArrowRight")
        opened.page.locator(".gm-check", has_text="Battles").locator("input").uncheck()
        opened.page.click(".gm-row >> nth=0")
        opened.page.wait_for_timeout(500)
        link = opened.page.evaluate("location.hash")
    assert "from=2013-05-19" in link
    assert "q=tripoli" in link

    with open_map(border, fragment=link) as opened:
        assert 1 == rows(opened)
        assert "tripoli" == opened.page.input_value(".gm-search")
        assert opened.page.get_by_role("dialog").is_visible()
        assert not opened.page.locator(".gm-check", has_text="Battles").locator("input").is_checked()
        assert link == opened.page.evaluate("location.hash")


def test_text_and_map_are_linked_both_ways(border: EventSet, open_map: Opening) -> None:
    """A click in the article opens the map's dialog; an event looked at is lit in the article; teasers are grey."""
    with open_map(border) as opened:
        opened.page.get_by_role("button", name="Article", exact=True).click()
        article = opened.page.locator(".gm-article")
        article.get_by_role("button", name="Hermel").click()
        assert "Baalbek-Hermel" in opened.page.get_by_role("dialog").inner_text()
        article.get_by_role("button", name="rockets").click()
        assert "4 wounded" in opened.page.get_by_role("dialog").inner_text()
        assert "Two rockets landed near Hermel" in "".join(article.locator(".gm-lit").all_inner_texts())
        assert "Subscribe to our newsletter" in article.locator(".gm-m-out").inner_text()


def test_every_place_named_can_be_shown(border: EventSet, open_map: Opening) -> None:
    """The layer of all places that the text names starts hidden and can be ticked."""
    with open_map(border) as opened:
        opened.page.locator(".gm-check", has_text="Every place named").locator("input").check()
        opened.page.wait_for_timeout(200)
        opened.page.mouse.click(*symbol_at(opened.page, 37.16117, 36.20124))

        assert "Aleppo" in opened.page.get_by_role("dialog").inner_text()


def test_keyboard_alone(border: EventSet, open_map: Opening) -> None:
    """From the list by keys into the dialog; Escape goes back to where it was."""
    with open_map(border) as opened:
        opened.page.focus("#gm-list")
        opened.page.keyboard.press("ArrowDown")
        opened.page.wait_for_timeout(100)
        opened.page.keyboard.press("ArrowDown")
        opened.page.wait_for_timeout(100)
        opened.page.keyboard.press("Enter")
        assert "dialog" == opened.page.evaluate("document.activeElement.getAttribute('role')")
        opened.page.keyboard.press("Escape")

        assert not opened.page.locator(".gm-pop").is_visible()
        assert "1" == opened.page.evaluate("document.activeElement.closest('[data-at]')?.dataset.at")


def test_escape_closes_what_was_opened_last(border: EventSet, open_map: Opening) -> None:
    """First the popup, then the article beside the map, wherever the focus is; not while words are typed."""
    with open_map(border, context={"viewport": {"width": 1600, "height": 860}}) as opened:
        page = opened.page
        page.click(".gm-article .gm-m-trigger >> nth=0")
        page.focus(".gm-text")
        page.keyboard.press("Escape")
        assert not page.locator(".gm-pop").is_visible()
        assert page.locator(".gm-article").is_visible()
        page.keyboard.press("Escape")
        assert not page.locator(".gm-article").is_visible()
        page.get_by_role("button", name="Article", exact=True).click()
        page.fill(".gm-search", "x")
        page.keyboard.press("Escape")

        assert page.locator(".gm-article").is_visible()


def download(opened: Opened, name: str) -> bytes:
    """Choose an entry of the download menu and return the file."""
    opened.page.click(".gm-menu summary")
    with opened.page.expect_download() as waiting:
        opened.page.get_by_role("button", name=name).click()
    found: bytes = waiting.value.path().read_bytes()
    return found


def test_what_is_shown_is_exported(border: EventSet, open_map: Opening) -> None:
    """CSV and GeoJSON hold the events shown and no others; the picture is a PNG with title and credits."""
    with open_map(border) as opened:
        opened.page.fill(".gm-search", "tripoli")
        opened.page.wait_for_timeout(300)
        csv = download(opened, "CSV").decode("utf-8-sig").splitlines()
        found: dict[str, Any] = json.loads(download(opened, "GeoJSON"))
        picture = download(opened, "PNG")

    assert 3 == len(csv)
    assert csv[0].startswith("id,kind,sub_kind,status")
    assert ["e03", "e04"] == sorted(feature["id"] for feature in found["features"])
    assert [35.84415, 34.43352] == found["features"][0]["geometry"]["coordinates"]
    assert "Natural Earth" in found["attribution"]
    assert b"\x89PNG" == picture[:4]
    assert 30_000 < len(picture)


def test_share_gives_link_and_code(border: EventSet, open_map: Opening) -> None:
    """The share dialog offers this view's link and an iframe that may run scripts and download, and no more."""
    with open_map(border) as opened:
        opened.page.click("text=Share")
        link, code = opened.page.locator(".gm-dialog textarea").all()

        assert link.input_value().startswith(opened.path.as_uri() + "#view=")
        assert 'sandbox="allow-scripts allow-downloads"' in code.input_value()
        assert 'src="map.html#view=' in code.input_value()


@pytest.mark.parametrize("sandbox", ["allow-scripts allow-downloads", "allow-scripts"])
def test_embedded_pages_work(border: EventSet, open_map: Opening, sandbox: str, tmp_path: Path) -> None:
    """Two maps in one page, in sandboxes without an origin of their own, both come up."""
    with open_map(border) as opened:
        frame = f'<iframe src="map.html" sandbox="{sandbox}" width="700" height="500"></iframe>'
        (tmp_path / "host.html").write_text(f"<!doctype html>{frame}{frame}", encoding="utf-8")
        opened.page.goto((tmp_path / "host.html").as_uri())
        for place in opened.page.frames[1:]:
            place.wait_for_selector("html[data-ready]")

        assert 3 == len(opened.page.frames)
        assert not [text for text in opened.complaints if text.startswith("error")]


def test_phones_do_not_scroll_sideways(border: EventSet, open_map: Opening) -> None:
    """At 390 pixels all is there, under each other, the buttons in one row; the dialog is a sheet at the map's foot."""
    with open_map(border, context={"viewport": {"width": 390, "height": 844}, "has_touch": True}) as opened:
        tools = [box for tool in opened.page.locator(".gm-tools > *:visible").all() if (box := tool.bounding_box())]
        assert 390 >= opened.page.evaluate("document.documentElement.scrollWidth")
        assert len({box["y"] for box in tools}) == 1
        opened.page.locator(".gm-row").first.click()
        assert opened.page.locator(".gm-pop.gm-sheet").is_visible()


def test_right_to_left(border: EventSet, open_map: Opening) -> None:
    """In Arabic the page runs from right to left: the list is on the left, the map keeps its own direction."""
    with open_map(border, language="ar") as opened:
        side, stage = opened.page.locator(".gm-side").bounding_box(), opened.page.locator(".gm-stage").bounding_box()
        assert side
        assert stage

        assert side["x"] < stage["x"]
        assert "rtl" == opened.page.evaluate("document.documentElement.dir")
        assert "ltr" == opened.page.get_attribute(".folium-map", "dir")
        assert "معارك" in opened.page.inner_text(".gm-filters")


@pytest.mark.parametrize("language", ["en", "fr", "es", "ar", "uk"])
def test_no_word_is_missing(border: EventSet, open_map: Opening, language: str) -> None:
    """In each language every word of the interface is said in it: no key stands in for its words."""
    with open_map(border, language=language) as opened:
        opened.page.locator(".gm-row").first.click()
        text = opened.page.inner_text("body")

        assert [] == opened.complaints
        assert not re.search(r"\{\w+\}", text)
        if language != "en":
            assert "Search" not in text


def test_print_style(border: EventSet, open_map: Opening) -> None:
    """On paper stand title, map, legend and the whole list, and no button."""
    with open_map(border) as opened:
        opened.page.evaluate("dispatchEvent(new Event('beforeprint'))")
        opened.page.emulate_media(media="print")

        assert 10 == opened.page.locator(".gm-row").count()
        assert not opened.page.locator(".gm-tools").is_visible()
        assert opened.page.locator(".gm-stage").is_visible()
        assert opened.page.locator(".gm-row").last.is_visible()


def test_no_events_say_so(border: EventSet, open_map: Opening) -> None:
    """A text without conflict gives a page that says so, over a map of the world."""
    with open_map(replace(border, events=())) as opened:
        assert "No conflict event was found" in opened.page.inner_text(".gm-banner")
        assert [] == opened.complaints


def test_corrections_collect_and_download(border: EventSet, open_map: Opening) -> None:
    """What a reader says is wrong changes the page at once, and comes down as the file that geomap applies."""
    with open_map(border) as opened:
        page = opened.page
        page.locator('.gm-row:has(b:text-is("Attack"))').click()
        page.locator(".gm-fold[open]").get_by_role("button", name="Something wrong?").click()
        page.get_by_label("Tripoli, Tripoli District, Libya").check()
        page.get_by_label("First day", exact=True).fill("2013-05-23")
        page.get_by_label("Last day", exact=True).fill("2013-05-23")
        page.get_by_role("button", name="Save").click()
        page.locator(".gm-row", has_text="Two rockets").click()
        page.get_by_role("dialog").get_by_role("button", name="Something wrong?").click()
        page.get_by_label("This is no such event").check()
        page.get_by_role("button", name="Save").click()

        assert "8 of 10 events" in counts(opened)
        page.get_by_role("button", name="2 corrections").click()
        with page.expect_download() as waiting:
            page.get_by_role("button", name="Download 2 corrections").click()
        fixed, warnings = apply(border, load(waiting.value.path()))
        page.reload()
        page.wait_for_selector("html[data-ready]")
        assert "8 of 10 events" in counts(opened)
        page.get_by_role("button", name="2 corrections").click()
        page.get_by_role("button", name="Take back").last.click()
        assert "9 of 11 events" in counts(opened)
        page.get_by_role("button", name="Take back").click()
        assert not page.locator(".gm-fixes").is_visible()

    attack = next(event for event in fixed.events if event.id == "e04")
    assert () == warnings
    assert "e05" not in {event.id for event in fixed.events}
    assert "LY" == attack.where.place.country if attack.where else None
    assert date(2013, 5, 23) == attack.when.first if attack.when else None


def test_a_pin_is_put_on_the_map(border: EventSet, open_map: Opening) -> None:
    """Pointing on the map fills in the form; the event then lies there."""
    with open_map(border, fragment="#event=e05") as opened:
        page = opened.page
        page.get_by_role("dialog").get_by_role("button", name="Something wrong?").click()
        page.get_by_role("button", name="Point on the map").click()
        page.mouse.click(*symbol_at(opened.page, 36.2, 34.6))
        assert "34.6" == page.get_by_label("Latitude").input_value()[:4]
        page.get_by_role("button", name="Save").click()
        page.mouse.click(*symbol_at(opened.page, 36.2, 34.6))

        assert "4 wounded" in page.get_by_role("dialog").inner_text()


def test_events_across_the_date_line_lie_together(border: EventSet, open_map: Opening) -> None:
    """Fiji and Samoa are shown as the neighbours they are, whatever their longitudes say."""
    fiji = Place(1, "Suva", -18.14, 178.44, "FJ")
    samoa = Place(2, "Apia", -13.83, -171.77, "WS")
    events = tuple(
        replace(event, where=Where(place, None, 1, 2.0))
        for event, place in zip(border.events, (fiji, samoa), strict=False)
    )
    with open_map(replace(border, events=events)) as opened:
        opened.page.locator(".gm-row").first.click()
        opened.page.wait_for_timeout(500)
        zoom = float(opened.page.evaluate("location.hash.match(/view=([\\d.]+)/)[1]"))

        assert 4 < zoom


def test_the_events_go_onto_a_folium_map_of_ones_own(border: EventSet, chromium: Browser, tmp_path: Path) -> None:
    """On an ordinary folium map, whose scripts come from the net, our layer draws and opens its dialog."""
    own = folium.Map([34.5, 36.3], zoom_start=8, tiles=None)
    add_to(own, border)
    own.save(tmp_path / "own.html")
    page = chromium.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.route("https://**", lambda route: route.fulfill(body=""))
    page.route("**/leaflet.js", lambda route: route.fulfill(body=bundle.asset(bundle.LEAFLET_JS)))
    page.route("**/leaflet.css", lambda route: route.fulfill(body=bundle.asset(bundle.LEAFLET_CSS)))
    page.goto((tmp_path / "own.html").as_uri())
    page.wait_for_selector(".gm-canvas", state="attached")
    page.wait_for_timeout(300)
    page.mouse.click(*symbol_at(page, 36.58029, 34.5078))

    assert "at least 22 killed" in page.get_by_role("dialog").inner_text()
    assert [] == complaints
    page.close()


def test_tiles_are_fetched_from_their_host_alone(border: EventSet, open_map: Opening) -> None:
    """With raster tiles the page asks their host for pictures and nothing else; without the net the ground shows."""
    with open_map(border, tiles="OpenStreetMap.Mapnik") as opened:
        opened.page.wait_for_timeout(500)
        hosts = {url.split("/")[2] for url in opened.requests if url.startswith("http")}

        assert {"tile.openstreetmap.org"} == hosts
        assert opened.page.locator(".gm-canvas").count() == 2


def test_borders_of_ones_own(border: EventSet, open_map: Opening, tmp_path: Path) -> None:
    """A file of borders takes the place of Natural Earth's."""
    line = {"type": "LineString", "coordinates": [[35, 33], [37, 36]]}
    feature = {"type": "Feature", "geometry": line, "properties": {"disputed": True}}
    (tmp_path / "borders.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    with open_map(border, boundaries=tmp_path / "borders.geojson") as opened:
        assert [] == opened.complaints


def test_days_long_ago_are_days(border: EventSet, open_map: Opening) -> None:
    """The timeline holds for days before 1970 and on either side of a billion seconds, and for the year 800."""
    days = (date(800, 12, 25), date(1914, 7, 28), date(1969, 12, 31), date(2001, 9, 8), date(2001, 9, 9))
    shown = [event for event in border.events if event.status == "happened"]
    events = tuple(replace(e, when=When(None, day, day, 1)) for e, day in zip(shown, days, strict=False))
    with open_map(replace(border, events=events)) as opened:
        opened.page.get_by_role("slider", name="First day shown").press("End")
        assert "2001-09-09 – 2001-09-09" == opened.page.inner_text(".gm-range").replace("\n", " ")
        assert 1 == rows(opened)
        opened.page.get_by_role("slider", name="First day shown").press("Home")
        opened.page.get_by_role("slider", name="Last day shown").press("Home")
        assert "0800-12-25 – 0800-12-25" == opened.page.inner_text(".gm-range").replace("\n", " ")
        assert [] == opened.complaints


def test_texts_that_were_not_kept(border: EventSet, open_map: Opening) -> None:
    """Without the articles' text the map shows all that is known, says what is missing, and offers no article."""
    bare = replace(border, documents=tuple(replace(document, text="") for document in border.documents))
    with open_map(bare, fragment="#event=e01") as opened:
        assert "at least 22 killed" in opened.page.get_by_role("dialog").inner_text()
        assert "The text was not kept." in opened.page.get_by_role("dialog").inner_text()
        assert 0 == opened.page.get_by_role("button", name="Article", exact=True).count()
        assert [] == opened.complaints


def test_groups_say_that_they_are_groups(border: EventSet, open_map: Opening, monkeypatch: pytest.MonkeyPatch) -> None:
    """Events too many to draw one by one come as groups, with a clear word about it, and can be filtered too."""
    monkeypatch.setattr(groups, "MANY", 3)
    with open_map(border) as opened:
        assert "12 events, drawn together" in opened.page.inner_text(".gm-banner")
        assert "8 of 10 events" in counts(opened)
        opened.page.locator(".gm-check", has_text="Battles").locator("input").uncheck()
        assert "5 of 10 events" in counts(opened)
        opened.page.mouse.click(*symbol_at(opened.page, 28.95, 41.014))
        assert "Istanbul" in opened.page.get_by_role("dialog").inner_text()
        assert [] == opened.complaints


def test_enter_opens_what_was_found(border: EventSet, open_map: Opening) -> None:
    """Typing a place and Enter is enough to read what happened there."""
    with open_map(border) as opened:
        opened.page.fill(".gm-search", "hermel")
        opened.page.keyboard.press("Enter")

        assert "4 wounded" in opened.page.get_by_role("dialog").inner_text()


def test_a_damaged_file_says_so(border: EventSet, open_map: Opening, tmp_path: Path) -> None:
    """A page cut off by a bad copy says so instead of staying blank; without scripts a word stands in its place."""
    save(border, tmp_path / "whole.html")
    text = (tmp_path / "whole.html").read_text(encoding="utf-8")
    (tmp_path / "damaged.html").write_text(text.replace('{"format":', '{"format"'), encoding="utf-8")
    with open_map(tmp_path / "whole.html") as opened:
        opened.page.goto((tmp_path / "damaged.html").as_uri())
        assert "the file is damaged" in opened.page.get_by_role("alert").inner_text()
    with open_map(tmp_path / "whole.html", ready="noscript", context={"java_script_enabled": False}) as opened:
        assert "needs JavaScript" in opened.page.inner_text("body")


def test_all_events_come_back_into_sight(border: EventSet, open_map: Opening) -> None:
    """Wherever a reader has gone, one button, by mouse or by keys, shows all that the filters leave."""
    with open_map(border) as opened:
        view = "() => Object.values(window).find((v) => v instanceof L.Map).getBounds().toBBoxString()"
        away = "() => Object.values(window).find((v) => v instanceof L.Map).setView([-30, 140], 6, {animate: false})"
        opened.page.click(".gm-fit")
        seen = opened.page.evaluate(view)
        opened.page.evaluate(away)
        assert seen != opened.page.evaluate(view)
        opened.page.press(".gm-fit", "Space")

        west, south, east, north = map(float, seen.split(","))
        assert seen == opened.page.evaluate(view)
        assert west < 36 < east
        assert south < 36 < north
        assert "Show all events" == opened.page.get_attribute(".gm-fit", "aria-label")
        assert not opened.complaints
