"""Web pages: the article out of the HTML, with its title, day and site."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from geomap.day import read_day
from geomap.errors import EmptyInput, UnreadableInput
from geomap.readers.decode import read_bytes
from geomap.readers.settings import make_document
from geomap.readers.source import first_tag

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geomap.model import Document
    from geomap.readers.settings import Settings
    from geomap.readers.source import Source

PAGE_LIMIT = 20 * 1024 * 1024
"""The largest page that is taken apart; the parser builds a tree many times its size."""

_TAGS = (b"<!doctype html", b"<html", b"<head", b"<body", b"<article", b"<div", b"<p>", b"<p ")


def is_html(head: bytes, name: str) -> bool:
    """Say whether it is an HTML page, by its first tag or its name."""
    if first_tag(head).startswith(_TAGS):
        return True
    return name.endswith((".html", ".htm", ".xhtml")) and b"<" in head


def read(source: Source, settings: Settings) -> Iterator[Document]:
    """Read the article of a page; a page that holds none is refused."""
    from trafilatura import bare_extraction

    page = read_bytes(source, PAGE_LIMIT)
    try:
        found = bare_extraction(page, url=source.address, include_comments=False, with_metadata=True)
    except (ValueError, RecursionError, MemoryError) as error:
        raise UnreadableInput(f"{source.name}: this page cannot be taken apart ({error}).") from error
    if found is None or isinstance(found, dict) or not (found.text or "").strip():
        raise EmptyInput(f"{source.name}: no article was found in this page. Save its text as a .txt file instead.")
    address = source.address or found.url
    yield make_document(
        found.text or "",
        settings,
        title=found.title,
        published=read_day(found.date),
        guessed=True,
        source=found.sitename or (urlsplit(address).hostname if address else None) or source.name,
    )


def plain_text(html: str) -> str:
    """Return the text of a piece of HTML (a feed's summary, a mail), its paragraphs kept apart."""
    from lxml import etree
    from lxml import html as lxml_html

    if "<" not in html and "&" not in html:
        return html.strip()
    try:
        tree = lxml_html.fromstring(html)
    except (etree.LxmlError, ValueError, AssertionError):
        return html.strip()
    pieces: list[str] = []
    _collect(tree, pieces)
    lines = (" ".join(line.split()) for line in "".join(pieces).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


_BLOCKS = frozenset("p div section article li ul ol table tr h1 h2 h3 h4 h5 h6 blockquote pre".split())
_UNSEEN = frozenset("script style head title noscript template iframe".split())


def _collect(tree: object, pieces: list[str]) -> None:
    """Gather the text of a tree without recursion: mail comes nested deeper than Python's stack."""
    from lxml import etree

    skipped = 0
    for event, node in etree.iterwalk(tree, events=("start", "end", "comment")):
        tag = node.tag if isinstance(node.tag, str) else ""
        if event == "start":
            skipped += tag in _UNSEEN
            pieces.append("\n\n" if tag in _BLOCKS else "\n" if tag == "br" else "")
            pieces.append("" if skipped else node.text or "")
            continue
        if event == "end":
            skipped -= tag in _UNSEEN
            pieces.append("\n\n" if tag in _BLOCKS else "")
        pieces.append("" if skipped else node.tail or "")
