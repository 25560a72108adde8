"""What every reader is told, and the two ways a piece of text becomes a `Document`."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from geomap.model import Document
from geomap.readers.meter import Meter

TEXT_LIMIT = 20 * 1024 * 1024
"""The largest single text, in bytes. A book has about one million; beyond this it is a dump, to be cut first."""

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def silent(_note: str) -> None:
    """Take a note and drop it."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user asked of all readers.

    `published` dates documents that do not say their own day, and replaces a day that was only guessed. `language`
    overrules the detector. `columns` says which column of a table holds what: {"text": "body", "published": "day"}.
    `fetch` allows URLs to be fetched, `follow` the pages a feed links to, `private` those on the user's own network.
    `meter` is told what is read. `depth` counts archives within archives.
    """

    published: date | None = None
    language: str | None = None
    note: Callable[[str], None] = silent
    columns: Mapping[str, str] = field(default_factory=dict)
    fetch: bool = True
    follow: bool = False
    private: bool = False
    meter: Meter | None = None
    depth: int = 0

    def deeper(self) -> Settings:
        """Return the settings for what lies inside an archive: nothing in there is fetched."""
        return replace(self, depth=self.depth + 1, fetch=False)


def make_document(  # noqa: PLR0913 - a document has as many properties
    text: str,
    settings: Settings,
    *,
    id: str | None = None,  # noqa: A002 - the property's name
    title: str | None = None,
    published: date | None = None,
    guessed: bool = False,
    source: str | None = None,
    language: str | None = None,
) -> Document:
    """Make a document, its body not yet found and its language "" where nobody told it.

    A day that was `guessed` (from a page's markup) gives way to the one the user named; a day that a record states
    does not.
    """
    if max(text, default="") >= "\ud800" and _LONE_SURROGATE.search(text):
        text = _LONE_SURROGATE.sub("\ufffd", text)  # one character for one: offsets stay
    day = (settings.published or published) if guessed else (published or settings.published)
    return Document(
        id=id or text_id(text),
        text=text,
        title=title or None,
        published=day,
        language=settings.language or language or "",
        source=source,
    )


def text_id(text: str) -> str:
    """Return the id of a text that was given none: the first 12 hex digits of its SHA-256."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:12]
