"""Pages are fetched politely and never from inside the user's network; every request here stays on loopback."""

from __future__ import annotations

import gzip
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, ClassVar

import pytest

from geomap.errors import MissingInput, UnreadableInput
from geomap.model import Document
from geomap.readers import read_documents, web
from geomap.readers.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

TEXT = b"Shells killed five people in the city of Homs on Saturday, doctors said."


class Site(BaseHTTPRequestHandler):
    """A small site: a table of answers by path, and a list of what was asked for."""

    pages: ClassVar[dict[str, tuple[int, dict[str, str], bytes]]] = {}
    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        """Answer from the table."""
        self.asked.append(self.path)
        status, headers, body = self.pages.get(self.path, (404, {}, b"none"))
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Serve `Site.pages` on loopback, without a pause between requests."""
    Site.pages, Site.asked = {}, []
    web._robots.cache_clear()
    monkeypatch.setattr(web, "PAUSE", 0.0)
    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def fetched(address: str) -> Document:
    """Read one page of the user's own network."""
    (found,) = read_documents([address], private=True)
    assert isinstance(found, Document)
    return found


def test_a_page_is_fetched_and_read(site: str) -> None:
    """A URL is an input like a file, told apart by what comes; it is packed where the site packs it."""
    Site.pages["/a"] = (200, {"Content-Type": "text/plain"}, TEXT)
    Site.pages["/b"] = (200, {"Content-Encoding": "gzip"}, gzip.compress(TEXT))

    assert fetched(f"{site}/a").text == TEXT.decode() == fetched(f"{site}/b").text
    assert Site.asked[0] == "/robots.txt"


PRIVATE = ("127.0.0.1", "localhost", "[::1]", "10.0.0.1", "169.254.169.254", "0.0.0.0", "[::ffff:127.0.0.1]")  # noqa: S104 - to be refused


@pytest.mark.parametrize("host", PRIVATE)
def test_private_networks_are_not_touched(host: str) -> None:
    """An address inside the user's network is refused before a connection is made, however it is written."""
    with pytest.raises(UnreadableInput, match=r"private network|cannot be fetched") as refused:
        web.fetch(f"http://{host}/secret", Settings())
    assert str(refused.value).startswith(f"http://{host}/secret: ")  # the page asked for, not the site's rules
    assert "Save the page" in str(refused.value)


def test_a_redirect_into_the_network_is_not_followed(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each hop is checked like the first: a public page cannot send geomap to a private one."""
    Site.pages["/a"] = (302, {"Location": "http://10.0.0.1/secret"}, b"")
    monkeypatch.setattr(web, "_is_public", lambda ip: ip == "127.0.0.1")

    with pytest.raises(UnreadableInput, match="private network"):
        web.fetch(f"{site}/a", Settings())


def test_redirects_come_to_an_end(site: str) -> None:
    """A few redirects are followed, a circle of them is not."""
    Site.pages |= {"/a": (301, {"Location": "/b"}, b""), "/b": (200, {}, TEXT), "/c": (302, {"Location": "/c"}, b"")}

    assert fetched(f"{site}/a").text == TEXT.decode()
    with pytest.raises(UnreadableInput, match="more than 5 redirects"):
        fetched(f"{site}/c")


def test_only_the_web_is_fetched(site: str) -> None:
    """A page cannot redirect to a file of the user's."""
    Site.pages["/a"] = (302, {"Location": "file:///etc/passwd"}, b"")

    with pytest.raises(UnreadableInput, match="not a web address"):
        fetched(f"{site}/a")


def test_robots_are_obeyed(site: str) -> None:
    """What robots.txt forbids is not asked for; a site that cannot say is left alone."""
    Site.pages |= {"/robots.txt": (200, {}, b"User-agent: *\nDisallow: /private"), "/private": (200, {}, TEXT)}

    with pytest.raises(UnreadableInput, match=r"robots\.txt"):
        fetched(f"{site}/private")
    assert "/private" not in Site.asked
    web._robots.cache_clear()
    Site.pages["/robots.txt"] = (503, {}, b"")
    with pytest.raises(UnreadableInput, match=r"robots\.txt"):
        fetched(f"{site}/other")


def test_sizes_and_times_have_limits(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page too large, unpacked or not, and one too slow are let go."""
    Site.pages |= {
        "/large": (200, {}, b"a" * 3000),
        "/bomb": (200, {"Content-Encoding": "gzip"}, gzip.compress(b"a" * 3_000_000)),
        "/slow": (200, {}, TEXT),
    }
    monkeypatch.setattr(web, "SIZE_LIMIT", 2000)
    for path in ("/large", "/bomb"):
        with pytest.raises(UnreadableInput, match="more than"):
            fetched(site + path)
    monkeypatch.setattr(web, "SECONDS", -1.0)
    web._robots.cache_clear()
    with pytest.raises(UnreadableInput, match=r"longer than|cannot be fetched"):
        fetched(f"{site}/slow")


def test_a_missing_page_and_a_broken_site_are_told_apart(site: str) -> None:
    """A page that is not there is missing; a site in trouble is worth another try."""
    Site.pages["/broken"] = (500, {}, b"")

    with pytest.raises(MissingInput, match="no such page"):
        fetched(f"{site}/none")
    with pytest.raises(UnreadableInput, match="status 500"):
        fetched(f"{site}/broken")


def test_a_feed_is_followed_only_when_asked(site: str) -> None:
    """A feed gives its own words; with `follow` the pages it links to, and its words where they cannot be had."""
    item = "<item><title>{0}</title><link>{1}/{0}</link><description>It was hit</description></item>"
    items = item.format("Homs", site) + item.format("Aleppo", site)
    feed = f"<rss version='2.0'><channel><title>Wire</title>{items}</channel></rss>"
    Site.pages |= {"/feed": (200, {}, feed.encode()), "/Homs": (200, {}, TEXT)}
    told = [d.text for d in read_documents([f"{site}/feed"], private=True) if isinstance(d, Document)]

    assert told == ["Homs\n\nIt was hit", "Aleppo\n\nIt was hit"]
    assert "/Homs" not in Site.asked
    followed = [d.text for d in read_documents([f"{site}/feed"], private=True, follow=True) if isinstance(d, Document)]
    assert followed == [TEXT.decode(), "Aleppo\n\nIt was hit"]


def test_what_an_archive_holds_fetches_nothing(site: str) -> None:
    """A feed inside an archive cannot make geomap fetch: its links are words."""
    feed = f"<rss version='2.0'><channel><item><title>A</title><link>{site}/page</link></item></channel></rss>"
    Site.pages["/feed.gz"] = (200, {}, gzip.compress(feed.encode()))

    list(read_documents([f"{site}/feed.gz"], private=True, follow=True))

    assert "/page" not in Site.asked
