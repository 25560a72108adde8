"""Many documents: read as they come, analysed by workers, kept as Parquet; begun again where it was cut off."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from geomap.corpus.groups import group_events
from geomap.corpus.near import content_key
from geomap.corpus.parts import (
    Part,
    locked,
    part_folders,
    part_summary,
    read_manifest,
    sweep,
    write_manifest,
)
from geomap.corpus.rows import TABLES, require_libraries
from geomap.corpus.seen import Seen
from geomap.corpus.work import Job, Result, result_of
from geomap.corpus.workers import inline, processes
from geomap.errors import UsageError
from geomap.model import Document, Failure
from geomap.readers import read_raw
from geomap.readers.meter import Meter
from geomap.readers.settings import Settings

__all__ = ["Job", "Progress", "Selection", "build_corpus"]

BATCH = 16
BATCH_SIZE = 256 * 1024
PART = 10_000
PART_SIZE = 256 * 1024 * 1024
PART_SECONDS = 60.0
"""A part is written when it holds so many documents or bytes, or so long after the last: what a kill may cost."""

Backend = Callable[[Iterator[Sequence[Document]], Job], Generator[Result]]


@dataclass(frozen=True, slots=True)
class Selection:
    """Which of the documents to take: so many, those not older than a day, a share of them by content."""

    limit: int | None = None
    since: date | None = None
    sample: float | None = None

    def wants(self, document: Document, content: int) -> bool:
        """Say whether a document is asked for. One without a date is never too old."""
        if self.since and document.published and document.published < self.since:
            return False
        return self.sample is None or (content & 0xFFFFFFFF) < self.sample * 2**32


@dataclass(slots=True)
class Progress:
    """How far a run has come. `skipped` were done before, or not asked for; `share` is of the input, if known."""

    documents: int = 0
    events: int = 0
    failed: int = 0
    skipped: int = 0
    share: float | None = None
    started: float = field(default_factory=time.monotonic)

    @property
    def rate(self) -> float:
        """Documents a second, so far."""
        return (self.documents + self.failed) / max(1e-9, time.monotonic() - self.started)

    @property
    def left(self) -> float | None:
        """Seconds left, if what is to come is like what was."""
        if not self.share:
            return None
        return (time.monotonic() - self.started) * (1 - self.share) / self.share


def build_corpus(  # noqa: PLR0913 - what a run is told
    inputs: Sequence[str | Path],
    folder: Path,
    *,
    job: Job | None = None,
    settings: Settings | None = None,
    selection: Selection | None = None,
    workers: int | None = None,
    backend: Backend | None = None,
    again: bool = False,
    on_progress: Callable[[Progress], None] | None = None,
) -> Progress:
    """Analyse documents into a corpus folder, going on where an earlier run stopped.

    Args:
        inputs: what `read_documents` takes.
        folder: where the parts go; made if it is missing.
        job: how documents are analysed.
        settings: how inputs are read.
        selection: which of them to take.
        workers: processes; 0 works in this one, None takes one a core.
        backend: works elsewhere than on this machine; see `geomap.cluster`.
        again: whether documents that failed before are tried again.
        on_progress: called after each batch.
    """
    job, settings, selection = job or Job(), settings or Settings(), selection or Selection()
    number = _cores() if workers is None else workers
    if backend is None:
        backend = inline if number == 0 else lambda batches, what: processes(batches, what, number)
    progress = Progress()
    require_libraries()
    with locked(folder):
        sweep(folder)
        _check_manifest(folder, job)
        with closing(Seen(folder, again=again)) as seen:
            run = _Run(folder, seen, progress, on_progress, Part(folder))
            meter = Meter(inputs)
            documents = run.choose(read_raw(inputs, replace(settings, meter=meter)), selection)
            try:
                with closing(backend(_batches(documents), job)) as results:
                    for result in results:
                        progress.share = meter.share()
                        run.take(result)
            finally:
                run.flush()
        group_events(folder)
        _write_totals(folder)
    return progress


@dataclass(slots=True)
class _Run:
    """A run under way: what came of documents and is not yet in a part."""

    folder: Path
    seen: Seen
    progress: Progress
    tell: Callable[[Progress], None] | None
    part: Part
    written: float = field(default_factory=time.monotonic)

    def choose(self, found: Iterable[Document | Failure], selection: Selection) -> Iterator[Document]:
        """Yield the documents that are asked for and not done yet; what could not be read is taken down."""
        taken = 0
        for item in found:
            if selection.limit is not None and taken >= selection.limit:
                return
            if isinstance(item, Failure):
                self._fail(item)
                continue
            content = content_key(item.text)
            name = self.seen.claim(content, item.id) if selection.wants(item, content) else None
            if name is None:
                self.progress.skipped += 1
                continue
            taken += 1
            yield item if name == item.id else replace(item, id=name)

    def take(self, result: Result) -> None:
        """Take a result in, and write a part when it is time."""
        self.part.add(result)
        self.progress.documents += result.documents
        self.progress.events += result.events
        self.progress.failed += result.failed
        late = time.monotonic() - self.written > PART_SECONDS
        if late or self.part.documents >= PART or self.part.size >= PART_SIZE:
            self.flush()
        if self.tell is not None:
            self.tell(self.progress)

    def flush(self) -> None:
        """Write what there is."""
        if self.part.documents:
            self.seen.settle(self.part.close())
            self.part = Part(self.folder)
        self.written = time.monotonic()

    def _fail(self, failure: Failure) -> None:
        key = content_key(f"{failure.source}\n{failure.error}")
        if self.seen.claim(key, f"failure {key}") is None:
            self.progress.skipped += 1
            return
        row = {"content": key, "document": None, "source": failure.source, "error": failure.error}
        self.take(result_of({"failures": [row]}))


def _batches(documents: Iterable[Document]) -> Iterator[list[Document]]:
    """Gather documents, few enough that a long one does not keep others waiting."""
    batch: list[Document] = []
    size = 0
    for document in documents:
        batch.append(document)
        size += len(document.text)
        if len(batch) >= BATCH or size >= BATCH_SIZE:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _check_manifest(folder: Path, job: Job) -> None:
    """Write down what makes the corpus, or see that an earlier run was told the same."""
    from geomap import __version__

    manifest = read_manifest(folder)
    if manifest is None:
        write_manifest(folder, {"geomap": __version__, "finder": job.finder, "text": job.with_text})
        return
    for name, wanted in (("finder", job.finder), ("text", job.with_text)):
        if manifest.get(name) != wanted:
            raise UsageError(
                f"{folder} was made with {name} = {manifest.get(name)}, and this asks for {wanted}. "
                f"Ask for the same, or name a new folder with -o."
            )


def _write_totals(folder: Path) -> None:
    manifest = read_manifest(folder) or {}
    summaries = [part_summary(part) for part in part_folders(folder)]
    totals = {name: sum(summary.get(name, 0) for summary in summaries) for name in TABLES}
    write_manifest(folder, {**manifest, "parts": len(summaries), **totals})


def _cores() -> int:
    import os

    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
