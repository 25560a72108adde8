"""Plain text and Markdown: the whole file is one document."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geomap.readers.decode import decode_all, is_binary
from geomap.readers.settings import make_document

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geomap.model import Document
    from geomap.readers.settings import Settings
    from geomap.readers.source import Source

_HEADING = re.compile(r"\s{0,80}# ([^\n]{1,300})")


def read(source: Source, settings: Settings) -> Iterator[Document]:
    """Read a text file. Its text stays as it is, Markdown's marks too, so that offsets hold."""
    text = decode_all(source, settings)
    heading = _HEADING.match(text)
    title = heading.group(1).strip() if heading else None
    yield make_document(text, settings, title=title, source=source.address or source.name)


def is_text(head: bytes, _name: str) -> bool:
    """Say whether it may be text: whatever is not binary, and no XML, whose tags would be read as words."""
    return not is_binary(head) and not head.lstrip().startswith(b"<?xml")
