"""A page served on loopback over a short street: real readers, and a made-up way to find events."""

from __future__ import annotations

import html
import json
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from gazetteer import Place
from geomap.errors import UsageError
from geomap.model import Document, Event, EventSet, Failure, Span, Where
from geomap.serve import ServeSettings, open_socket
from geomap.serve.desk import Street
from geomap.serve.street import street as real_street

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

SETTINGS = ServeSettings(rate=10_000, burst=10_000)
ALEPPO = Place(id=170063, name="Aleppo", latitude=36.2, longitude=37.16, country="SY")
ARTICLE = "ALEPPO - Four people were killed by shelling in Aleppo on Saturday."


def _run(documents: Iterable[Document | Failure], on_document: Callable[[object], None]) -> EventSet:
    """Find one event in each document that names Aleppo; a document that says "slow" takes a while."""
    read: list[Document] = []
    failures: list[Failure] = []
    events: list[Event] = []
    for item in documents:
        if isinstance(item, Failure):
            failures.append(item)
            continue
        if "slow" in item.text:
            time.sleep(0.3)
        if "crash" in item.text:
            raise RuntimeError("boom")
        read.append(item)
        at = item.text.find("Aleppo")
        if at >= 0:
            span = Span(at, at + 6)
            where = Where(ALEPPO, span, 1, 5.0)
            kind, sub_kind = "Explosions/Remote violence", "Shelling/artillery/missile attack"
            events.append(Event(item.id, kind, sub_kind, "happened", item.id, span, span, where=where))
        on_document(item)
    return EventSet(tuple(read), {}, tuple(events), tuple(failures))


def _correct(events: EventSet, corrections: str) -> tuple[EventSet, tuple[str, ...]]:
    """Reject the events named; the real corrections have tests of their own."""
    wanted = json.loads(corrections)
    if set(wanted) != {"reject"}:
        raise UsageError("These are no corrections.")
    kept = tuple(e for e in events.events if e.id not in wanted["reject"])
    unknown = tuple(f"There is no {name}." for name in wanted["reject"] if name not in {e.id for e in events.events})
    return EventSet(events.documents, events.resolutions, kept, events.failures), unknown


def _draw(events: EventSet, title: str | None) -> str:
    """Draw a page that tries to reach the server it came from."""
    tries = "fetch('/api').then(() => document.title = 'escaped', () => document.title = 'held');"
    heading = html.escape(title or "")
    return f"<!doctype html><title>map</title><h1>{heading}</h1><p>{len(events.events)}<script>{tries}</script>"


def short_street(settings: ServeSettings) -> Street:
    """Return a street without a gazetteer."""
    return Street(read=real_street(settings).read, run=_run, correct=_correct, draw=_draw)


@contextmanager
def served(
    settings: ServeSettings = SETTINGS,
    *,
    loopback: bool = True,
    made: Callable[[ServeSettings], Street] = short_street,
) -> Iterator[str]:
    """Serve a street, the short one unless another is named, and give the page's address."""
    uvicorn = pytest.importorskip("uvicorn")
    from geomap.serve.app import make_app

    bound = open_socket("127.0.0.1", 0)
    app = make_app(settings, made(settings), loopback=loopback)
    server = uvicorn.Server(uvicorn.Config(app, access_log=False, log_level="error", ws="none", server_header=False))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{bound.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(timeout=15)
        bound.close()


@pytest.fixture(scope="session")
def page() -> Iterator[str]:
    """The address of a page that all tests share."""
    with served() as address:
        yield address
