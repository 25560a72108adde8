"""PDF and Word files."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

from geomap.errors import EmptyInput, UnreadableInput
from geomap.readers.decode import read_bytes
from geomap.readers.settings import TEXT_LIMIT, make_document
from geomap.readers.source import DAMAGED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geomap.model import Document
    from geomap.readers.settings import Settings
    from geomap.readers.source import Source

_FILE_LIMIT = 200 * 1024 * 1024
_PAGES = 5000
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BROKEN_WORD = re.compile(r"(?<=[^\W\d_])[-\u00ad]\n(?=[^\W\d_A-Z])")


def is_pdf(head: bytes, _name: str) -> bool:
    """Say whether it is a PDF; some begin with a little rubbish."""
    return b"%PDF-" in head[:1024]


def is_docx(head: bytes, name: str) -> bool:
    """Say whether it is a Word file: a zip that holds word/."""
    return head.startswith(b"PK\x03\x04") and (name.endswith(".docx") or b"word/" in head)


def read_pdf(source: Source, settings: Settings) -> Iterator[Document]:
    """Read the text of a PDF's pages. Words broken at a line's end are joined; its own dates are not the article's."""
    from pypdf import PdfReader

    try:
        reader = PdfReader(BytesIO(read_bytes(source, _FILE_LIMIT)))
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableInput(f"{source.name}: locked with a password. Save an unlocked copy.")  # noqa: TRY301 - one refusal, told apart below
        title = reader.metadata.title if reader.metadata else None
        text = _pages_text(reader.pages, source.name)
    except UnreadableInput:
        raise
    except Exception as error:
        raise UnreadableInput(f"{source.name}: a damaged PDF ({type(error).__name__}: {error}).") from error
    if not text.strip():
        raise EmptyInput(
            f"{source.name}: a PDF without text, a scan perhaps. Run text recognition (OCR) over it first."
        )
    yield make_document(text, settings, title=title, source=source.address or source.name)


def read_docx(source: Source, settings: Settings) -> Iterator[Document]:
    """Read the paragraphs of a Word file, tables and footnotes of the main part included."""
    from defusedxml.ElementTree import fromstring

    try:
        with zipfile.ZipFile(BytesIO(read_bytes(source, _FILE_LIMIT))) as archive:
            root = fromstring(_member(archive, "word/document.xml", source.name))
            title = _core_title(archive, source.name)
    except UnreadableInput:
        raise
    except (SyntaxError, *DAMAGED) as error:
        raise UnreadableInput(f"{source.name}: a damaged Word file ({error}).") from error
    text = "\n\n".join(filter(str.strip, map(_paragraph, root.iter(f"{_W}p"))))
    if not text.strip():
        raise EmptyInput(f"{source.name}: a Word file without text.")
    yield make_document(text, settings, title=title, source=source.address or source.name)


def _pages_text(pages: object, name: str) -> str:
    parts: list[str] = []
    size = 0
    for number, page in enumerate(pages):  # type: ignore[arg-type, var-annotated] # pypdf's sequence that is no Sequence
        text = page.extract_text()
        size += len(text)
        if number >= _PAGES or size > TEXT_LIMIT:
            raise UnreadableInput(
                f"{name}: more than {_PAGES} pages, or {TEXT_LIMIT // 2**20} MB of text. Cut it first."
            )
        parts.append(_BROKEN_WORD.sub("", text))
    return "\n\n".join(parts)


def _member(archive: zipfile.ZipFile, member: str, name: str) -> bytes:
    with archive.open(member) as file:
        data = file.read(TEXT_LIMIT + 1)
    if len(data) > TEXT_LIMIT:
        raise UnreadableInput(f"{name}: more than {TEXT_LIMIT // 2**20} MB in one document. Cut it into articles.")
    return data


def _core_title(archive: zipfile.ZipFile, name: str) -> str | None:
    from defusedxml.ElementTree import fromstring

    if "docProps/core.xml" not in archive.namelist():
        return None
    title = fromstring(_member(archive, "docProps/core.xml", name)).find("{http://purl.org/dc/elements/1.1/}title")
    return title.text if title is not None else None


def _paragraph(paragraph: object) -> str:
    marks = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
    nodes = paragraph.iter()  # type: ignore[attr-defined] # an Element, whichever parser made it
    return "".join((node.text or "") if node.tag == f"{_W}t" else marks.get(node.tag, "") for node in nodes)
