from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from geomap import embed
from geomap.errors import MissingInput, UnreadableInput, UsageError

if TYPE_CHECKING:
    from pathlib import Path

PAGE = (
    '<!DOCTYPE html>\n<html><head><title>Clashes &amp; "talks" [north]</title></head><body><p>it\'s</p></body></html>'
)


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """A file that stands for a map."""
    path = tmp_path / "my map.html"
    path.write_text(PAGE)
    return path


def frames(snippet: str) -> list[dict[str, str | None]]:
    """Return the attributes of each frame in a snippet."""

    class Finder(HTMLParser):
        found: list[dict[str, str | None]]

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            if tag == "iframe":
                self.found.append(dict(attrs))

    finder = Finder()
    finder.found = []
    finder.feed(snippet)
    return finder.found


@pytest.mark.parametrize("kind", embed.KINDS)
def test_every_kind_has_one_guarded_frame(kind: str, page: Path) -> None:
    """Whatever the page, the frame is sandboxed, titled, loaded when it is seen, and as wide as the page."""
    (frame,) = frames(embed.embed(page, kind))

    assert frame["sandbox"] == embed.SANDBOX
    assert "allow-same-origin" not in embed.SANDBOX
    assert frame["title"] == 'Clashes & "talks" [north]'
    assert (frame["loading"], frame["width"], frame["height"]) == ("lazy", "100%", "640")
    assert frame.get("src", "my%20map.html") == "my%20map.html"


def test_srcdoc_holds_the_whole_page(page: Path) -> None:
    """The attribute gives the page back letter by letter."""
    assert frames(embed.embed(page, "srcdoc"))[0]["srcdoc"] == PAGE


def test_markdown_leaves_a_link(page: Path) -> None:
    """Where frames are taken out a link stays, and the title cannot break it."""
    assert embed.embed(page, "markdown").endswith('[Clashes & "talks" \\[north\\]](<my%20map.html>)\n')


def test_sphinx_indents_every_line(page: Path) -> None:
    """All that follows the directive belongs to it."""
    head, empty, *lines = embed.embed(page, "sphinx").splitlines()

    assert (head, empty) == (".. raw:: html", "")
    assert all(line.startswith("   ") for line in lines)


def test_no_blank_line_ends_a_block_of_html(page: Path) -> None:
    """Markdown ends a block of HTML at a blank line: there is none inside."""
    assert "\n\n" not in embed.embed(page, "mkdocs")


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "a b.html"])
def test_dangerous_addresses_are_refused(url: str, page: Path) -> None:
    """Only a path or an address of http will do."""
    with pytest.raises(UsageError, match="--url"):
        embed.embed(page, url=url)


def test_what_is_no_map_is_refused(tmp_path: Path, page: Path) -> None:
    """A missing file, a file that is no page, and an unknown kind say what would be right."""
    other = tmp_path / "notes.txt"
    other.write_text("notes")

    with pytest.raises(MissingInput):
        embed.embed(tmp_path / "none.html")
    with pytest.raises(UnreadableInput):
        embed.embed(other)
    with pytest.raises(UsageError, match="src, srcdoc"):
        embed.embed(page, "blog")
