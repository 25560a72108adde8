"""RSS and Atom: one document an entry."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Any

from geomap.errors import EmptyInput, UnreadableInput
from geomap.model import Document, Failure
from geomap.readers.decode import read_bytes
from geomap.readers.pages import PAGE_LIMIT, plain_text
from geomap.readers.settings import make_document
from geomap.readers.source import first_tag

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geomap.readers.settings import Settings
    from geomap.readers.source import Source


def is_feed(head: bytes, _name: str) -> bool:
    """Say whether its root is one of a feed."""
    return first_tag(head).startswith((b"<rss", b"<feed", b"<rdf:rdf", b"<!doctype rss"))


def read(source: Source, settings: Settings) -> Iterator[Document | Failure | Source]:
    """Read the entries of a feed; with `follow`, the pages they link to."""
    import feedparser

    feed = feedparser.parse(BytesIO(read_bytes(source, PAGE_LIMIT)))
    if feed.bozo and not feed.entries:
        raise UnreadableInput(f"{source.name}: a damaged feed: {feed.get('bozo_exception')}.")
    if not feed.entries:
        raise EmptyInput(f"{source.name}: a feed without entries.")
    outlet = feed.feed.get("title") or source.name
    for number, entry in enumerate(feed.entries, 1):
        yield _followed(entry, settings) or _from_entry(entry, f"{source.name}#{number}", outlet, settings)


def _followed(entry: Any, settings: Settings) -> Source | None:  # noqa: ANN401 - feedparser's own dictionary
    """Fetch the page of an entry, where that was asked for and works."""
    link = entry.get("link")
    if not (settings.follow and settings.fetch and link):
        return None
    from geomap.errors import InputError
    from geomap.readers.web import fetch

    try:
        return fetch(link, settings)
    except InputError as error:
        settings.note(f"{error} The feed's own words are read instead.")
        return None


def _from_entry(entry: Any, where: str, outlet: str, settings: Settings) -> Document | Failure:  # noqa: ANN401 - as above
    html = max((part.get("value") or "" for part in entry.get("content", ())), key=len, default="")
    text = plain_text(html or entry.get("summary") or "")
    title = plain_text(entry.get("title") or "")
    if not text and not title:
        return Failure(where, "an entry without text")
    moment = entry.get("published_parsed") or entry.get("updated_parsed")
    return make_document(
        text if text.startswith(title) else f"{title}\n\n{text}".strip(),
        settings,
        title=title,
        published=date(*moment[:3]) if moment else None,
        source=outlet,
    )
