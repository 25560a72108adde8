"""A reader corrects how many were killed and wounded, and the page and the file both say so."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from geomap.corrections import apply, parse
from geomap.map import save
from geomap.map.back import read

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from geomap.model import EventSet
    from tests.browser.conftest import Opening

pytestmark = pytest.mark.browser


def fix(page: Page, text: str) -> None:
    """Open the form that corrects the event whose row holds a text."""
    page.locator(".gm-row", has_text=text).click()
    page.get_by_role("dialog").get_by_role("button", name="Something wrong?").click()


def downloaded(page: Page) -> str:
    """Return the file of corrections that comes down."""
    page.locator(".gm-fixes").click()
    with page.expect_download() as waiting:
        page.locator(".gm-dialog .gm-main-act").click()
    return waiting.value.path().read_text("utf-8")


def bounds(events: EventSet, name: str) -> tuple[Any, Any]:
    """Return the bounds of the dead and the wounded of an event."""
    found = next(event for event in events.events if event.id == name)
    return tuple((t.low, t.high) if t else None for t in (found.killed, found.wounded))  # type: ignore[return-value]


def test_a_toll_is_corrected(border: EventSet, open_map: Opening) -> None:
    """Six become nine at least, and two wounded are added: in the headline, in the popup and in the file alike."""
    with open_map(border) as opened:
        page = opened.page
        assert "31 reported deaths" in page.inner_text(".gm-counts")
        fix(page, "Shelling hit the old quarter")
        page.get_by_label("Killed, at least").fill("9")
        assert "9" == page.get_by_label("Killed, at most").input_value()
        page.get_by_label("Killed, at most").fill("")
        page.get_by_label("Wounded, at least").fill("2")
        page.get_by_role("button", name="Save").click()

        assert "34 reported deaths" in page.inner_text(".gm-counts")
        assert "at least 9 killed · 2 wounded" in page.locator(".gm-row", has_text="Shelling hit").inner_text()
        fixed, warnings = apply(border, parse(downloaded(page), name="the file"))
        page.get_by_role("button", name="Take back").click()
        assert "31 reported deaths" in page.inner_text(".gm-counts")

    shelled = next(event.id for event in border.events if event.killed and event.killed.low == 6)
    assert () == warnings
    assert ((9, None), (2, 2)) == bounds(fixed, shelled)


def test_a_toll_is_taken_away(border: EventSet, open_map: Opening, tmp_path: Path) -> None:
    """Both fields emptied is no toll; a page drawn from the corrected events holds none either."""
    with open_map(border) as opened:
        fix(opened.page, "Two rockets")
        opened.page.get_by_label("Wounded, at least").fill("")
        assert not opened.page.get_by_label("Wounded, at most").input_value()
        opened.page.get_by_role("button", name="Save").click()
        text = downloaded(opened.page)
    fixed, _ = apply(border, parse(text, name="the file"))
    save(fixed, tmp_path / "again.html")

    assert {"wounded": None} == json.loads(text)["corrections"][0]["change"]
    assert (None, None) == bounds(read(tmp_path / "again.html"), "e05")
    assert (None, None) == bounds(fixed, "e05")


def test_a_toll_upside_down_is_not_taken(border: EventSet, open_map: Opening) -> None:
    """At most fewer than at least: the form says so and stays open."""
    with open_map(border) as opened:
        page = opened.page
        fix(page, "Two rockets")
        page.get_by_label("Killed, at least").fill("9")
        page.get_by_label("Killed, at most").fill("3")
        page.get_by_role("button", name="Save").click()

        assert page.locator(".gm-dialog").is_visible()
        assert "The second number is the smaller one." == page.get_by_label("Killed, at most").evaluate(
            "field => field.validationMessage"
        )
        assert not page.locator(".gm-fixes").is_visible()
