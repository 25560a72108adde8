"""The library calls behind the page: the same that the command line makes."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

from geomap.errors import InputError
from geomap.model import Document, EventSet, Failure
from geomap.serve.desk import Order, Street

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from geomap.serve.settings import ServeSettings

PASTED = "pasted text"


def street(settings: ServeSettings) -> Street:
    """Return the real street. The gazetteer is opened with the first order."""
    return Street(
        read=lambda order: list(_read(order, fetch=settings.fetch)),
        run=lambda documents, on_document: _run(documents, on_document, settings.finder),
        correct=_correct,
        draw=_draw,
    )


def _read(order: Order, *, fetch: bool) -> Iterator[Document | Failure]:
    """Read an order's files and pages; a text that came twice under one id keeps its place once."""
    from geomap.readers import finish, read_documents, read_source
    from geomap.readers.settings import Settings
    from geomap.readers.source import opened

    settings = Settings(published=order.published, fetch=False)
    for name, data in order.files:
        try:
            for item in read_source(opened(name, BytesIO(data)), settings):
                yield finish(_named(item, name)) if isinstance(item, Document) else item
        except InputError as error:
            yield Failure(name, str(error))
    for address in order.addresses:
        try:
            yield from read_documents([address], published=order.published, fetch=fetch, private=False)
        except InputError as error:
            yield Failure(address, str(error))


def _named(document: Document, name: str) -> Document:
    return replace(document, source=None) if document.source == name == PASTED else document


def _run(documents: Iterable[Document | Failure], on_document: Callable[[object], None], finder: str) -> EventSet:
    from gazetteer import open_gazetteer
    from geomap.pipeline import run

    return run(documents, open_gazetteer(), finder=finder, on_document=on_document)


def _correct(events: EventSet, corrections: str) -> tuple[EventSet, tuple[str, ...]]:
    from geomap.corrections import apply, parse

    return apply(events, parse(corrections, name="What was sent"))


def _draw(events: EventSet, title: str | None) -> str:
    from geomap.map import draw

    return str(draw(events, title=title).get_root().render())
