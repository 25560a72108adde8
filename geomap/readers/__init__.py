"""Files and pages to Documents: one function a format, told apart by what is in them.

A reader yields documents, failures, and, where its format holds other files (an archive), further sources.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from geomap.errors import EmptyInput, InputError, UnreadableInput
from geomap.foreign import is_known
from geomap.model import Document, Failure
from geomap.readers import archives, feeds, mail, office, pages, plain, records, rtf, tables
from geomap.readers.detection import require_language
from geomap.readers.opening import Opener, openers
from geomap.readers.settings import Settings, silent
from geomap.readers.source import Source

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from pathlib import Path

__all__ = ["READERS", "Reader", "finish", "read_documents", "read_raw", "read_source"]


@dataclass(frozen=True, slots=True)
class Reader:
    """A row of the table: how to read a format, how to know it by its first bytes and name, and what it is."""

    read: Callable[[Source, Settings], Iterator[Document | Failure | Source]]
    knows: Callable[[bytes, str], bool]
    about: str


_OLD_OFFICE = b"\xd0\xcf\x11\xe0"  # how Microsoft's compound files begin

READERS: dict[str, Reader] = {
    "pdf": Reader(office.read_pdf, office.is_pdf, "PDF with text in it"),
    "docx": Reader(office.read_docx, office.is_docx, "Word"),
    "rtf": Reader(rtf.read, rtf.is_rtf, "rich text, as news archives export it"),
    "parquet": Reader(tables.read_parquet, tables.is_parquet, "a Parquet table with a column of texts"),
    "warc": Reader(archives.read_warc, archives.is_warc, "a web archive"),
    "zip": Reader(archives.read_zip, archives.is_zip, "a zip of any of these"),
    "gz": Reader(archives.read_gz, archives.is_gz, "any of these, gzipped"),
    "feed": Reader(feeds.read, feeds.is_feed, "RSS or Atom, one document an entry"),
    "html": Reader(pages.read, pages.is_html, "a web page, of which the article is read"),
    "mail": Reader(mail.read, mail.is_mail, "a mail and its attachments"),
    "csv": Reader(tables.read_csv, tables.is_csv, "a table with a column of texts, .csv or .tsv"),
    "jsonl": Reader(records.read_lines, records.is_lines, "one JSON object a line, with its text"),
    "json": Reader(records.read_array, records.is_array, "a JSON list of the same objects, or one of them"),
    "text": Reader(plain.read, plain.is_text, "plain text or Markdown, one document a file"),
}
"""The formats, in the order they are tried: the first that knows the bytes reads them."""


def read_documents(  # noqa: PLR0913 - what a user may say about inputs
    inputs: Sequence[str | Path],
    *,
    published: date | None = None,
    language: str | None = None,
    on_note: Callable[[str], None] | None = None,
    columns: Mapping[str, str] | None = None,
    fetch: bool = True,
    follow: bool = False,
    private: bool = False,
) -> Iterator[Document | Failure]:
    """Read documents from files, folders, globs, URLs and standard input ("-"), body found and language told.

    Documents come as they are read: memory does not grow with their number. A document that cannot be read is a
    `Failure` in its place. Where the only input gives nothing at all, its `InputError` is raised instead.

    Args:
        inputs: paths, folders, globs, URLs, or "-".
        published: the day of documents that do not say theirs.
        language: their language, where the detector should not decide.
        on_note: called with a line on what was done to an input that was not as it should be.
        columns: which column of a table holds what, such as {"text": "body"}.
        fetch: whether URLs may be fetched.
        follow: whether the pages that a feed links to are fetched and read in place of its summaries.
        private: whether pages on the user's own network may be fetched.
    """
    if language is not None:
        require_language(language)
    settings = Settings(published, language, on_note or silent, dict(columns or {}), fetch, follow, private)
    for item in read_raw(inputs, settings):
        if isinstance(item, Document):
            document = finish(item)
            if not is_known(document.language):
                settings.note(
                    f"{document.source}: in a language geomap has no words of ({document.language}). Its places are "
                    f"found by the gazetteer's names, its events are not."
                )
            yield document
        else:
            yield item


def read_raw(inputs: Sequence[str | Path], settings: Settings) -> Iterator[Document | Failure]:
    """Read documents as `read_documents` does, but leave what costs time, `finish`, to a worker."""
    for item in inputs:
        try:
            opens = list(islice(openers(str(item)), 2)) if len(inputs) == 1 else []
            if len(opens) == 1:  # a single file: what is wrong with it is what is wrong
                yield from _read_whole(opens[0], settings)
                continue
            for opener in openers(str(item)):
                yield from _read_or_fail(opener, settings)
        except InputError as error:
            if len(inputs) == 1:
                raise
            yield Failure(str(item), str(error))


def finish(document: Document) -> Document:
    """Find the body and headline of a document that was read raw, and tell its language."""
    from geomap.body import find_body, find_title
    from geomap.readers.detection import detect

    body = document.body or find_body(document.text)
    article = " ".join(span.of(document.text) for span in body) or document.text
    title = document.title or find_title(document.text, body)
    return replace(document, body=body, title=title, language=document.language or detect(article))


def _read_whole(opener: Opener, settings: Settings) -> Iterator[Document | Failure]:
    source = opener.open(settings)
    with closing(source.file):
        yield from read_source(source, settings)
        if settings.meter is not None:
            settings.meter.leave()


def _read_or_fail(opener: Opener, settings: Settings) -> Iterator[Document | Failure]:
    try:
        yield from _read_whole(opener, settings)
    except InputError as error:
        yield Failure(opener.name, str(error))


def read_source(source: Source, settings: Settings) -> Iterator[Document | Failure]:
    """Read a source in the format its bytes show; what an archive holds is read in turn, and may fail in turn."""
    inner = settings.deeper()
    for found in reader_of(source).read(source, settings):
        if not isinstance(found, Source):
            yield found
            continue
        try:
            yield from read_source(found, inner)
        except InputError as error:
            yield Failure(found.name, str(error))


def reader_of(source: Source) -> Reader:
    """Return the first reader that knows the source's bytes."""
    if not source.head:
        raise EmptyInput(f"{source.name}: empty. There is no text in it to map.")
    for reader in READERS.values():
        if reader.knows(source.head, source.name.lower()):
            return reader
    if source.head.startswith(_OLD_OFFICE):
        raise UnreadableInput(f"{source.name}: an old Word, Excel or Outlook file. Save it as .docx, .csv or .eml.")
    raise UnreadableInput(f"{source.name}: in no format geomap reads ({', '.join(READERS)}).")
