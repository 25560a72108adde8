"""A very long text in stretches that are each read as a document: what costs by the square of a length stays small."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geomap.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geomap.model import Document

LONGEST = 60_000
"""Characters read at once: the length of thirty articles."""


def stretches(document: Document) -> Iterator[Document]:
    """Yield a document as it is, or, when it is very long, once for each stretch of its article.

    A stretch has the whole text, so that offsets hold, and only its own part of the body.
    """
    if sum(span.end - span.start for span in document.article) <= LONGEST:
        yield document
        return
    body: list[Span] = []
    size = 0
    for span in document.article:
        for piece in _pieces(document.text, span):
            if body and size + piece.end - piece.start > LONGEST:
                yield replace(document, body=tuple(body))
                body, size = [], 0
            body.append(piece)
            size += piece.end - piece.start
    if body:
        yield replace(document, body=tuple(body))


def _pieces(text: str, span: Span) -> Iterator[Span]:
    """Cut a span at ends of paragraphs, or of lines, or of sentences, or, failing all, of words."""
    start = span.start
    while span.end - start > LONGEST:
        least, most = start + LONGEST // 2, start + LONGEST
        cuts = (text.rfind(mark, least, most) for mark in ("\n\n", "\n", ". ", " "))
        cut = next((found + 1 for found in cuts if found > 0), most)
        yield Span(start, cut)
        start = cut
    yield Span(start, span.end)
