"""A mail: its text is the document, its attachments are read in turn."""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from email.utils import parseaddr
from io import BytesIO
from typing import TYPE_CHECKING

from geomap.day import read_day
from geomap.errors import EmptyInput
from geomap.readers.decode import read_bytes
from geomap.readers.pages import plain_text
from geomap.readers.settings import make_document
from geomap.readers.source import opened

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import EmailMessage

    from geomap.model import Document, Failure
    from geomap.readers.settings import Settings
    from geomap.readers.source import Source

_HEADER = re.compile(rb"(?:From |[A-Za-z][A-Za-z0-9-]{1,60}:)")
_TELLING = re.compile(
    rb"^(?:Message-ID|MIME-Version|Received|Return-Path|Delivered-To|Content-Type):", re.IGNORECASE | re.MULTILINE
)


def is_mail(head: bytes, name: str) -> bool:
    """Say whether it is a mail: it begins with headers, some of which only mail has."""
    headers = head.replace(b"\r\n", b"\n").partition(b"\n\n")[0]
    if not _HEADER.match(headers):
        return False
    return name.endswith(".eml") or (len(_TELLING.findall(headers)) > 1 and b"\nFrom:" in b"\n" + headers)


def read(source: Source, settings: Settings) -> Iterator[Document | Failure | Source]:
    """Read a mail. The day it was sent dates it; whoever sent it is its source."""
    message = message_from_bytes(read_bytes(source), policy=policy.default)
    subject = _header(message, "Subject")
    text = _text(message)
    attachments = [opened(f"{source.name}/{name}", BytesIO(data)) for name, data in _attached(message)]
    if not text.strip() and not attachments:
        raise EmptyInput(f"{source.name}: a mail without text.")
    if text.strip():
        name, address = parseaddr(_header(message, "From") or "")
        published = read_day(_header(message, "Date"))
        yield make_document(text, settings, title=subject, published=published, source=name or address or source.name)
    yield from attachments


def _header(message: EmailMessage, name: str) -> str | None:
    try:
        return str(message[name]) if message[name] is not None else None
    except (ValueError, IndexError, AttributeError, TypeError):  # damaged headers break the parser in many ways
        return None


def _text(message: EmailMessage) -> str:
    part = message.get_body(("plain", "html"))
    if part is None:
        return ""
    try:
        content = part.get_content()
    except (LookupError, ValueError):  # a charset nobody knows
        payload = part.get_payload(decode=True)
        content = payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""
    return plain_text(content) if part.get_content_type() == "text/html" else str(content)


def _attached(message: EmailMessage) -> Iterator[tuple[str, bytes]]:
    for number, part in enumerate(message.iter_attachments() if message.is_multipart() else (), 1):
        payload = part.get_payload(decode=True)
        if isinstance(payload, bytes) and part.get_content_maintype() in ("text", "application"):
            yield part.get_filename() or f"attachment-{number}", payload
