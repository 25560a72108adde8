"""What a worker does: a batch of documents in, Arrow tables out. The same on one machine and on a cluster."""

from __future__ import annotations

import signal
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geomap.corpus.near import article_text, content_key, signature
from geomap.corpus.rows import TABLES, document_columns, event_columns, schema, toponym_columns
from geomap.pipeline import dated
from geomap.readers import finish

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from geomap.model import Document, Event, Resolution

    Analyse = Callable[[Document], tuple[Sequence[Resolution], Sequence[Event]]]


@dataclass(frozen=True, slots=True)
class Job:
    """What every worker is told: how places are found, where the gazetteer is, and what to keep.

    `analyse` names another function than the street's, as "module:function", for trials. `corrections` holds the JSON
    that maps' pages download, applied to each document they fit.
    """

    finder: str = "crf"
    gazetteer: str | None = None
    with_text: bool = True
    seconds: float = 60.0
    analyse: str | None = None
    corrections: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a batch: a table each as Arrow's stream of bytes, and how much of what it was."""

    tables: dict[str, bytes]
    documents: int = 0
    events: int = 0
    failed: int = 0


LENGTH = 100_000
"""Characters of a document that has `Job.seconds`; a longer one has as much more."""


class OverTimeError(Exception):
    """A document took longer than it may."""


def work(batch: Sequence[Document], job: Job) -> Result:
    """Analyse a batch. A document that fails is a row of failures, whatever went wrong."""
    analyse = prepare(job)
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in TABLES}
    for raw in batch:
        try:
            with _limited(seconds_of(raw, job)):
                _add(rows, dated(finish(raw)), analyse, job)
        except Exception as error:  # noqa: BLE001 - one document's trouble, whatever it is, never stops the rest
            rows["failures"].append(failure_columns(raw, f"{type(error).__name__}: {error}"))
    return result_of(rows)


def seconds_of(document: Document, job: Job) -> float:
    """Return how long a document may take."""
    return job.seconds * max(1.0, len(document.text) / LENGTH)


@lru_cache(maxsize=2)
def prepare(job: Job) -> Analyse:
    """Load what analysing needs, once in a process."""
    analyse = _analyse(job)
    return _correcting(analyse, job.corrections) if job.corrections else analyse


def _analyse(job: Job) -> Analyse:
    if job.analyse is not None:
        from importlib import import_module

        module, name = job.analyse.split(":")
        return getattr(import_module(module), name)  # type: ignore[no-any-return] # the caller's promise
    from gazetteer import open_gazetteer
    from geomap import pipeline
    from geomap.events.merge import merge

    gazetteer = open_gazetteer(Path(job.gazetteer) if job.gazetteer else None)

    def analyse(document: Document) -> tuple[Sequence[Resolution], Sequence[Event]]:
        resolutions, events = pipeline.analyse(document, gazetteer, finder=job.finder)
        return resolutions, merge(events, {document.id: document})  # what one article tells twice

    return analyse


def _correcting(analyse: Analyse, texts: tuple[str, ...]) -> Analyse:
    """Return an analysis that makes the corrections that fit a document."""
    from geomap.corrections import apply, parse
    from geomap.model import EventSet

    made = [correction for text in texts for correction in parse(text, name="corrections")]

    def corrected(document: Document) -> tuple[Sequence[Resolution], Sequence[Event]]:
        resolutions, events = analyse(document)
        fitting = [correction for correction in made if correction.word in document.text]
        if not fitting:
            return resolutions, events
        fixed, _ = apply(EventSet((document,), {document.id: tuple(resolutions)}, tuple(events)), fitting)
        return fixed.resolutions[document.id], fixed.events

    return corrected


def failure_columns(document: Document, error: str) -> dict[str, Any]:
    """Return the row of a document that failed."""
    return {
        "content": content_key(document.text),
        "document": document.id,
        "source": document.source,
        "error": error[:2000],
    }


def result_of(rows: dict[str, list[dict[str, Any]]]) -> Result:
    """Pack rows for the way to the process that writes them."""
    tables = {name: _packed(name, found) for name, found in rows.items() if found}
    return Result(tables, *(len(rows.get(name, ())) for name in ("documents", "events", "failures")))


def _add(rows: dict[str, list[dict[str, Any]]], document: Document, analyse: Analyse, job: Job) -> None:
    resolutions, events = analyse(document)
    content = content_key(document.text)
    sketch = signature(article_text(document))
    row = document_columns(document, resolutions, events, content=content, signature=sketch, with_text=job.with_text)
    toponyms = [toponym_columns(document, resolution) for resolution in resolutions]
    found = [event_columns(document, event) for event in events]
    rows["documents"].append(row)  # only now: a document is in whole or not at all
    rows["toponyms"] += toponyms
    rows["events"] += found


def _packed(table: str, rows: list[dict[str, Any]]) -> bytes:
    import pyarrow as pa

    sink = pa.BufferOutputStream()
    batch = pa.RecordBatch.from_pylist(rows, schema=schema(table))
    with pa.ipc.new_stream(sink, batch.schema) as stream:
        stream.write_batch(batch)
    return sink.getvalue().to_pybytes()  # type: ignore[no-any-return] # untyped library


@contextmanager
def _limited(seconds: float) -> Iterator[None]:
    """Raise `OverTimeError` inside when it takes longer, where the system can: a process' main thread, not Windows."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def over(_signal: int, _frame: object) -> None:
        raise OverTimeError(f"took longer than {seconds:.0f} s")

    before = signal.signal(signal.SIGALRM, over)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
