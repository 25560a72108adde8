"""A report's page in a real browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geomap import report

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

    from geomap.model import EventSet

pytestmark = pytest.mark.browser


@pytest.fixture
def page_file(border: EventSet, tmp_path: Path) -> Path:
    """A report with its figure."""
    pytest.importorskip("matplotlib")
    report.save(border, tmp_path / "report.html")
    return tmp_path / "report.html"


def test_one_request_and_no_complaint(page_file: Path, chromium: Browser) -> None:
    """The page is one file, its policy stands in nothing's way, and a phone need not scroll sideways."""
    page = chromium.new_page(viewport={"width": 390, "height": 800})
    asked: list[str] = []
    told: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: told.append(message.text))
    page.goto(page_file.as_uri())

    assert [url for url in asked if not url.startswith("data:")] == [page_file.as_uri()]
    assert not told
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.evaluate("document.images[0].naturalWidth") > 1000
    page.close()


def test_axe_finds_nothing(page_file: Path, chromium: Browser) -> None:
    """The usual checks of accessibility find no fault."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    page = chromium.new_page(viewport={"width": 1000, "height": 900})
    page.goto(page_file.as_uri())
    found = axe.Axe().run(page).response["violations"]
    page.close()

    assert not [(one["id"], [node["html"] for node in one["nodes"]][:3]) for one in found]
