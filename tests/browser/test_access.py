"""axe-core finds no violation, at desktop and phone width, light and dark, whatever is open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from geomap.model import EventSet
    from tests.browser.conftest import Opened, Opening

pytestmark = pytest.mark.browser

SIZES = {"desktop": (1360, 860), "phone": (390, 844)}


def violations(opened: Opened) -> list[str]:
    """Run axe-core on the page as it stands and name what it finds."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs axe-playwright-python")
    found: dict[str, Any] = axe.Axe().run(opened.page).response
    return [f"{v['id']}: {node['html'][:160]}" for v in found["violations"] for node in v["nodes"]]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_violation(border: EventSet, open_map: Opening, size: str, scheme: str) -> None:
    """The page, its dialog, its further filters, the article, the form and the share dialog pass all of axe's rules."""
    width, height = SIZES[size]
    context = {"viewport": {"width": width, "height": height}, "color_scheme": scheme, "bypass_csp": True}
    with open_map(border, context=context) as opened:
        page = opened.page
        assert [] == violations(opened)
        page.locator(".gm-row").first.click()
        page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
        assert [] == violations(opened)
        page.keyboard.press("Escape")
        page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = false; })")
        page.get_by_role("button", name="Article", exact=True).click()
        assert [] == violations(opened)
        page.locator(".gm-article .gm-m-trigger").first.click()
        page.get_by_role("dialog").get_by_role("button", name="Something wrong?").first.click()
        assert [] == violations(opened)
        page.keyboard.press("Escape")
        page.get_by_role("button", name="Share").click()
        assert [] == violations(opened)


def test_counts_are_announced(border: EventSet, open_map: Opening) -> None:
    """A screen reader hears the new counts once a filter has settled."""
    with open_map(border) as opened:
        opened.page.fill(".gm-search", "tripoli")
        opened.page.get_by_role("status").get_by_text("2 of 11 events").wait_for(state="attached")


def test_shapes_alone_tell_kinds_apart(border: EventSet, open_map: Opening) -> None:
    """No two kinds share a symbol's outline: the map reads without colour."""
    with open_map(border) as opened:
        badges = opened.page.locator(".gm-filters .gm-check > .gm-badge").all()
        outlines = [badge.evaluate("(b) => b.firstChild.outerHTML.replace(/fill=.*/, '')") for badge in badges]

        assert 7 == len(set(outlines))
