"""Maps inside other pages, in a real browser."""

from __future__ import annotations

import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest

from geomap.embed import embed, policy
from geomap.map import save

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from geomap.model import EventSet

pytestmark = pytest.mark.browser


class Handler(SimpleHTTPRequestHandler):
    """Serves a folder; pages called strict come with a policy that allows nothing but what embed says it needs."""

    def end_headers(self) -> None:
        """Send the policy with the rest."""
        if self.path.startswith("/strict"):
            self.send_header("Content-Security-Policy", f"default-src 'none'; {policy()}")
        super().end_headers()

    def log_message(self, *_: Any) -> None:  # noqa: ANN401 - the server's own signature
        """Keep still."""


@pytest.fixture
def site(tmp_path: Path, border: EventSet) -> Iterator[tuple[str, Path]]:
    """A web site on loopback with two maps."""
    for name in ("one", "two"):
        save(border, tmp_path / f"{name}.html", title=f"Map {name}")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(tmp_path)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", tmp_path
    server.shutdown()
    server.server_close()


def host(folder: Path, name: str, kind: str) -> None:
    """Write a page with both maps."""
    snippets = "\n".join(embed(folder / f"{part}.html", kind) for part in ("one", "two"))
    (folder / f"{name}.html").write_text(f"<!DOCTYPE html><meta charset=utf-8><title>Host</title>{snippets}")


def opened(browser: Browser, address: str, width: int = 1000) -> tuple[Page, list[str]]:
    """Open an address and wait until both maps have drawn; return the page and its complaints."""
    page = browser.new_page(viewport={"width": width, "height": 900})
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(address)
    for index in (0, 1):
        frame = page.locator("iframe").nth(index)
        frame.scroll_into_view_if_needed()
        frame.content_frame.locator("canvas").first.wait_for(timeout=20_000)
    return page, complaints


@pytest.mark.parametrize(("name", "kind"), [("strict", "src"), ("free", "srcdoc"), ("free", "src")])
def test_two_maps_on_one_page(name: str, kind: str, site: tuple[str, Path], chromium: Browser) -> None:
    """Two maps run side by side, under a strict policy too, and neither breaks the other nor the page."""
    address, folder = site
    host(folder, name, kind)
    page, complaints = opened(chromium, f"{address}/{name}.html")

    assert page.title() == "Host"
    assert not complaints
    page.close()


def test_host_follows_the_maps_height(site: tuple[str, Path], chromium: Browser) -> None:
    """On a narrow page the map is higher than its frame: it says so, and the page makes room under a strict policy."""
    address, folder = site
    host(folder, "strict", "src")
    page, _ = opened(chromium, f"{address}/strict.html", width=420)
    page.wait_for_function("document.querySelector('iframe').height !== '640'", timeout=10_000)

    assert page.evaluate("[...document.querySelectorAll('iframe')].every(f => f.height > 640)")
    page.close()


def test_corrections_can_be_saved(site: tuple[str, Path], chromium: Browser) -> None:
    """A form within an embedded map is heard: without leave, the browser would swallow what a reader corrects."""
    address, folder = site
    host(folder, "strict", "src")
    page, _ = opened(chromium, f"{address}/strict.html")
    heard = page.frames[1].evaluate(
        """() => new Promise(tell => {
            const form = document.createElement("form");
            form.addEventListener("submit", event => { event.preventDefault(); tell(true); });
            document.body.append(form);
            form.requestSubmit();
            setTimeout(() => tell(false), 2000);
        })"""
    )

    assert heard
    page.close()


def test_the_map_cannot_reach_its_host(site: tuple[str, Path], chromium: Browser) -> None:
    """The frame has an origin of its own: it sees neither the page nor its storage."""
    address, folder = site
    host(folder, "free", "src")
    page, _ = opened(chromium, f"{address}/free.html")
    frame = page.frames[1]

    assert (
        frame.evaluate("(() => { try { return parent.document.title } catch (e) { return 'closed' } })()") == "closed"
    )
    page.close()
