"""The served page in a real browser, over the real street."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest

from geomap.serve.street import street

from .conftest import ARTICLE, SETTINGS, served

sync_api = pytest.importorskip("playwright.sync_api")

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

SEED = Path(__file__).parents[2] / "seeds" / "syria-qusair-2013.txt"
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser(chromium: Browser) -> Browser:
    """The browser, patient: a busy machine is slow, and not wrong."""
    sync_api.expect.set_options(timeout=60_000)
    return chromium


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A page over the real street."""
    with served(made=street) as address:
        yield address


@pytest.fixture
def tab(browser: Browser, address: str) -> Iterator[Page]:
    """The page opened; what its console complains of fails the test."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    complaints: list[str] = []
    page.set_default_timeout(60_000)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(address)
    page.wait_for_selector("#format option", state="attached")
    yield page
    page.close()
    assert [] == complaints


def draw(tab: Page, text: str) -> str:
    """Paste, draw, and return the summary."""
    tab.fill("#text", text)
    tab.fill("#published", "2013-05-25")
    tab.click("#go")
    return summary(tab)


def choose(tab: Page, name: str, data: bytes) -> None:
    """Choose a file in the form."""
    tab.set_input_files("#files", {"name": name, "mimeType": "application/octet-stream", "buffer": data})


def summary(tab: Page) -> str:
    """Wait for a result, and return what it says."""
    tab.wait_for_selector("#result:not([hidden])", timeout=60_000)
    sync_api.expect(tab.locator("#work")).to_be_hidden()
    return tab.inner_text("#summary")


def test_paste_and_see_the_map(tab: Page) -> None:
    """An article pasted is on the map: its events in the frame, its count above, the focus on the count."""
    said = draw(tab, SEED.read_text("utf-8"))
    frame = tab.frame_locator("#map")

    assert "on the map" in said
    assert "from 1 article" in said
    frame.locator("canvas").first.wait_for(timeout=20_000)
    assert "summary" == tab.evaluate("document.activeElement.id")


def test_files_chosen_and_dropped_are_read_together(tab: Page) -> None:
    """Two ways to add files, one order."""
    choose(tab, "a.txt", ARTICLE.encode())
    tab.evaluate(
        """(text) => { const data = new DataTransfer(); data.items.add(new File([text], "b.txt"));
        window.dispatchEvent(new DragEvent("dragenter", {dataTransfer: data}));
        window.dispatchEvent(new DragEvent("drop", {dataTransfer: data, cancelable: true})); }""",
        ARTICLE + " It was the second day.",
    )

    assert "2 files: a.txt, b.txt" == tab.inner_text("#chosen")
    tab.click("#go")
    assert "from 2 articles" in summary(tab)
    assert tab.is_hidden("#drop")


def test_events_and_map_are_saved(tab: Page) -> None:
    """The links give files, named for what they are."""
    draw(tab, ARTICLE)
    tab.select_option("#format", "csv")
    with tab.expect_download() as events:
        tab.click("#export")
    with tab.expect_download() as page:
        tab.click("#save")

    assert "events.csv" == events.value.suggested_filename
    assert "Aleppo" in Path(events.value.path()).read_text("utf-8")
    assert "map.html" == page.value.suggested_filename
    assert "<!doctype html" in Path(page.value.path()).read_text("utf-8")[:50].lower()


def test_a_correction_made_on_the_map_is_applied(tab: Page) -> None:
    """Reject an event in the frame, apply, and it is gone from the next map."""
    assert "1 event on the map" in draw(tab, ARTICLE)
    frame = tab.frame_locator("#map")
    frame.locator(".gm-row").first.click()
    frame.get_by_role("button", name="Something wrong?").first.click()
    frame.locator("dialog input[type=checkbox]").first.check()
    frame.locator("dialog button[type=submit]").click()
    tab.wait_for_selector("#apply:not([hidden])")
    tab.click("#apply")
    sync_api.expect(tab.locator("#summary")).to_contain_text("0 events on the map")

    assert tab.is_hidden("#apply")
    assert 2 == tab.locator("#list button").count()
    tab.locator("#list button").last.click()
    sync_api.expect(tab.locator("#summary")).to_contain_text("1 event on the map")


def test_what_is_wrong_is_said(tab: Page) -> None:
    """Nothing to read, a bad file and an undated article are each named where they are seen and heard."""
    tab.click("#go")
    assert "Paste an article" in tab.inner_text("#error")
    choose(tab, "x.bin", bytes(range(256)) * 9)
    tab.click("#go")
    sync_api.expect(tab.locator("#error")).to_contain_text("x.bin")
    tab.fill("#text", ARTICLE)
    tab.click("#go")
    summary(tab)

    assert "No article gives its date" in tab.inner_text("#failures")
    assert "x.bin" in tab.inner_text("#failures")


def test_the_keyboard_alone_will_do(tab: Page) -> None:
    """Tab to the text, type, Ctrl+Enter draws; every control is reached."""
    tab.keyboard.press("Tab")
    assert "text" == tab.evaluate("document.activeElement.id")
    tab.keyboard.insert_text(ARTICLE)
    tab.keyboard.press("Control+Enter")

    assert "event" in summary(tab)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_stands_in_the_way_of_a_reader(tab: Page, scheme: Literal["light", "dark"]) -> None:
    """axe-core finds no violation, before and after a map is drawn, in both colours."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    tab.emulate_media(color_scheme=scheme)
    before = axe.run(tab, options={"iframes": False})
    draw(tab, ARTICLE)
    after = axe.run(tab, context="main", options={"iframes": False})

    assert (0, 0) == (before.violations_count, after.violations_count), (
        before.generate_report() + after.generate_report()
    )


def test_a_phone_scrolls_one_way_only(tab: Page) -> None:
    """At 390 pixels nothing sticks out sideways."""
    tab.set_viewport_size({"width": 390, "height": 844})
    draw(tab, ARTICLE)

    assert tab.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_map_cannot_ask_the_server(browser: Browser) -> None:
    """A script in a map's page, as bad as it may be, is held in a sandbox: framed, and opened alone."""
    with served() as address:
        page = browser.new_page()
        page.goto(address)
        page.wait_for_selector("#format option", state="attached")
        page.fill("#text", ARTICLE)
        page.click("#go")
        summary(page)
        page.wait_for_timeout(300)
        framed = page.frames[-1].evaluate("document.title")
        page.goto(f"{address}{page.get_attribute('#whole', 'href')}")
        page.wait_for_timeout(300)

        assert ("held", "held") == (framed, page.title())
        page.close()


def test_the_token_opens_the_page(browser: Browser) -> None:
    """In the address it is taken and wiped away; typed wrong it is refused; typed right it opens."""
    with served(replace(SETTINGS, token="s3cret"), loopback=False) as address:  # noqa: S106 - a test's own
        page = browser.new_page()
        page.goto(f"{address}/#token=s3cret")
        page.wait_for_selector("#order:not([hidden])")
        page.wait_for_selector("#format option", state="attached")

        assert f"{address}/" == page.url
        assert [] == page.evaluate("[document.cookie].filter(Boolean)")
        page.context.clear_cookies()
        page.goto(address)
        page.fill("#token", "guess")
        page.click("#login button")
        sync_api.expect(page.locator("#login-error")).to_contain_text("not the token")
        page.fill("#token", "s3cret")
        page.click("#login button")
        page.wait_for_selector("#order:not([hidden])")
        page.close()
