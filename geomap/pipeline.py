"""The street: a document in, its places and events out. For one document or a million."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from geomap.model import Document, Event, EventSet, Failure, Mention, Resolution

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from gazetteer import Gazetteer
    from geomap.geocoder import Geocoder

DEFAULT_FINDER = "crf"


def analyse(
    document: Document, gazetteer: Gazetteer, *, finder: str = DEFAULT_FINDER, geocoder: Geocoder | None = None
) -> tuple[tuple[Resolution, ...], tuple[Event, ...]]:
    """Find and resolve the places a document names, and extract the events it reports.

    Raises `UsageError` for a finder that is not in the table. English has a recogniser and a grammar; other languages
    get as far as their words and the gazetteer's names carry. `geocoder` is asked about what is unsure. A very long
    text is read a stretch at a time.
    """
    from geomap.stretches import stretches

    resolutions: list[Resolution] = []
    events: list[Event] = []
    for stretch in stretches(document):
        found, told = _analyse(stretch, gazetteer, finder, geocoder)
        resolutions += found
        events += told
    return tuple(resolutions), tuple(events)


def _analyse(
    document: Document, gazetteer: Gazetteer, finder: str, geocoder: Geocoder | None
) -> tuple[tuple[Resolution, ...], tuple[Event, ...]]:
    from geomap import foreign
    from geomap.events import extract
    from geomap.resolve import resolve

    if foreign.is_foreign(document.language):
        return foreign.analyse(document, gazetteer)
    mentions = find(document, gazetteer, finder=finder)
    resolutions = resolve(document, mentions, gazetteer)
    if geocoder is not None:
        resolutions = geocoder.second(resolutions)
    return resolutions, extract(document, resolutions, gazetteer)


def find(document: Document, gazetteer: Gazetteer, *, finder: str = DEFAULT_FINDER) -> tuple[Mention, ...]:
    """Find the places a document names, with the recogniser of that name."""
    from geomap.errors import require
    from geomap.finders import FINDERS

    require(finder, FINDERS, "finder")
    return FINDERS[finder](document, gazetteer)


def read_text(
    text: str, *, published: date | None = None, title: str | None = None, finder: str = DEFAULT_FINDER
) -> EventSet:
    """Take one text down the whole street, over the built-in gazetteer. `published` dates its weekdays.

    Raises `UsageError` for bytes, for a day as text, and for a finder that is not in the table.
    """
    from gazetteer import open_gazetteer
    from geomap.errors import UsageError
    from geomap.readers import finish
    from geomap.readers.settings import text_id

    if not isinstance(text, str):
        raise UsageError(f"read_text takes a str, not {type(text).__name__}. For files: geomap.read_documents([path])")
    if published is not None and type(published) is not date:
        raise UsageError(f"published takes a datetime.date, such as date(2013, 5, 25), not {published!r}.")
    document = finish(Document(text_id(text), text, title=title, published=published, language=""))
    return run([document], open_gazetteer(), finder=finder)


def dated(document: Document) -> Document:
    """Return the document with the day it says it was published, where nobody else said."""
    from geomap.events.printed import published_in

    return document if document.published else replace(document, published=published_in(document))


def run(
    documents: Iterable[Document | Failure],
    gazetteer: Gazetteer,
    *,
    finder: str = DEFAULT_FINDER,
    geocoder: Geocoder | None = None,
    on_document: Callable[[Document | Failure], None] | None = None,
) -> EventSet:
    """Take documents down the street and merge the events they share.

    A document that fails becomes a `Failure`; the others go on. `on_document` is told of each as it is done.
    """
    from gazetteer import GazetteerError
    from geomap.errors import GeomapError
    from geomap.events.merge import merge

    done: dict[str, Document] = {}
    resolutions: dict[str, tuple[Resolution, ...]] = {}
    events: list[Event] = []
    failures: list[Failure] = []
    for document in documents:
        if isinstance(document, Failure):
            failures.append(replace(document, after=len(done)))
        elif document.id not in done:
            try:
                document = dated(document)  # noqa: PLW2901 - what is told of it is what was done
                resolutions[document.id], found = analyse(document, gazetteer, finder=finder, geocoder=geocoder)
            except (GeomapError, GazetteerError):
                raise
            except Exception as error:  # noqa: BLE001 - whatever is in one document never stops the other thousand
                why = f"failed on {type(error).__name__}: {error}"
                failures.append(Failure(document.source or document.id, why, after=len(done)))
                continue
            done[document.id] = document
            events += found
        if on_document is not None:
            on_document(document)
    return EventSet(tuple(done.values()), resolutions, merge(events, done), tuple(failures))
