"""The desk: orders wait in line, one worker takes them down the street, and results are kept for a while.

Nothing is written to disk. An `Order` is what was asked, a `Job` is how far it is; both are frozen, and the desk
replaces a job by its successor under a lock.
"""

from __future__ import annotations

import gzip
import queue
import secrets
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from gazetteer.errors import GazetteerError
from geomap.errors import EmptyInput, GeomapError
from geomap.model import Document, EventSet, Failure

if TYPE_CHECKING:
    from geomap.serve.settings import ServeSettings

State = Literal["waiting", "reading", "drawing", "done", "failed"]
STATES: tuple[State, ...] = ("waiting", "reading", "drawing", "done", "failed")


@dataclass(frozen=True, slots=True)
class Order:
    """What was asked: texts and files by name, web addresses, and what is known about all of them."""

    files: tuple[tuple[str, bytes], ...] = ()
    addresses: tuple[str, ...] = ()
    published: date | None = None
    title: str | None = None
    corrections: str | None = None
    of: EventSet | None = None
    """Events found before, when only corrections are to be applied."""


@dataclass(frozen=True, slots=True)
class Job:
    """An order and how far it is. `notes` say which corrections fitted nothing any more."""

    id: str
    order: Order
    state: State = "waiting"
    read: int = 0
    total: int | None = None
    error: str | None = None
    notes: tuple[str, ...] = ()
    events: EventSet | None = None
    page: bytes | None = None
    """The map's HTML, gzipped."""
    since: float = 0.0

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.state in ("done", "failed")


@dataclass(frozen=True, slots=True)
class Street:
    """The library calls that the desk makes, so that a test can put a short street in."""

    read: Callable[[Order], list[Document | Failure]]
    run: Callable[[Iterable[Document | Failure], Callable[[object], None]], EventSet]
    correct: Callable[[EventSet, str], tuple[EventSet, tuple[str, ...]]]
    draw: Callable[[EventSet, str | None], str]


class Full(Exception):
    """Too many orders wait."""


class _Dropped(Exception):
    """The job being worked on was taken back."""


class Desk:
    """Takes orders, works them off one by one in a thread of its own, and answers how far each is."""

    def __init__(self, street: Street, settings: ServeSettings) -> None:
        self._street = street
        self._settings = settings
        self._jobs: dict[str, Job] = {}
        self._line: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._work, name="geomap-desk", daemon=True)

    def start(self) -> None:
        """Begin to work."""
        self._thread.start()

    def stop(self) -> None:
        """Take every order back and wait for the worker to notice."""
        with self._lock:
            self._jobs.clear()
        self._line.put(None)
        self._thread.join(timeout=10)

    def submit(self, order: Order) -> Job:
        """Put an order in line. Raises `Full`."""
        job = Job(secrets.token_urlsafe(12), order, since=time.monotonic())
        with self._lock:
            self._forget()
            if sum(not j.is_over for j in self._jobs.values()) >= self._settings.waiting:
                raise Full
            self._jobs[job.id] = job
        self._line.put(job.id)
        return job

    def get(self, name: str) -> Job | None:
        """Return the job of that id, or None where there is none, or no longer."""
        with self._lock:
            return self._jobs.get(name)

    def drop(self, name: str) -> bool:
        """Take an order back, or forget its result. Say whether there was one."""
        with self._lock:
            return self._jobs.pop(name, None) is not None

    def before(self, name: str) -> int:
        """Return how many orders come first."""
        with self._lock:
            ahead = 0
            for job in self._jobs.values():
                if job.id == name:
                    break
                ahead += not job.is_over
            return ahead

    def _forget(self) -> None:
        """Forget what is old, and the oldest of too many; what is not yet done stays."""
        over = [job for job in self._jobs.values() if job.is_over]
        now = time.monotonic()
        for i, job in enumerate(over):
            if len(over) - i >= self._settings.kept or now - job.since > self._settings.seconds:
                del self._jobs[job.id]

    def _work(self) -> None:
        while (name := self._line.get()) is not None:
            try:
                self._do(name)
            except _Dropped:
                continue
            except (GeomapError, GazetteerError) as error:
                self._end(name, str(error))
            except Exception as error:  # noqa: BLE001 - one bad order must not close the desk
                self._end(name, f"geomap failed on this input ({type(error).__name__}). Please report it.")

    def _end(self, name: str, error: str) -> None:
        with self._lock:
            if name in self._jobs:
                self._jobs[name] = replace(self._jobs[name], state="failed", error=error, order=Order())

    def _change(self, name: str, **changes: Any) -> Job:  # noqa: ANN401 - fields of a Job
        with self._lock:
            if name not in self._jobs:
                raise _Dropped
            self._jobs[name] = replace(self._jobs[name], **changes)
            return self._jobs[name]

    def _do(self, name: str) -> None:
        order = self._change(name, state="reading").order
        found = order.of if order.of is not None else self._find(name, order)
        events, notes = self._street.correct(found, order.corrections) if order.corrections else (found, ())
        self._change(name, state="drawing", notes=notes)
        page = gzip.compress(self._street.draw(events, order.title).encode(), compresslevel=6, mtime=0)
        self._change(
            name, state="done", events=events, page=page, order=Order(title=order.title), since=time.monotonic()
        )

    def _find(self, name: str, order: Order) -> EventSet:
        documents = self._street.read(order)
        read = 0
        self._change(name, total=len(documents))

        def count(_: object) -> None:
            nonlocal read
            read += 1
            self._change(name, read=read)

        events = self._street.run(documents, count)
        if not events.documents:
            raise EmptyInput(_why(events.failures))
        return events


def _why(failures: tuple[Failure, ...]) -> str:
    if not failures:
        return "There was nothing to read. Paste an article or drop a file."
    return " ".join(
        failure.error if failure.source in failure.error else f"{failure.source}: {failure.error}"
        for failure in failures[:5]
    )
