"""Processes on this machine. One that dies takes its document with it, and nothing else."""

from __future__ import annotations

import gc
import multiprocessing
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from typing import TYPE_CHECKING

from geomap.corpus.work import Job, Result, failure_columns, prepare, result_of, seconds_of, work
from geomap.errors import GeomapError
from geomap.model import Document

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator


GRACE = 30.0
"""Seconds beyond its own limits before a worker that does not answer is ended."""

_START = 300.0

_LITTER = 20_000
"""Objects made and not freed after which Python looks for cycles. Articles leave hardly any, and with Python's own 700
a fourteenth of the work was looking through the models and the remembered names for them."""


@dataclass(slots=True)
class _Worker:
    process: SpawnProcess
    pipe: Connection
    batch: Sequence[Document] = ()
    deadline: float = field(default_factory=lambda: time.monotonic() + _START)
    ready: bool = False


def inline(batches: Iterator[Sequence[Document]], job: Job) -> Generator[Result]:
    """Work in this process: for trials, and for what is too little to start others for."""
    for batch in batches:
        yield work(batch, job)


def processes(batches: Iterator[Sequence[Document]], job: Job, number: int) -> Generator[Result]:
    """Work in so many processes, and yield results as they come. No more is read than they are given."""
    again: deque[Sequence[Document]] = deque()
    workers = [_start(job) for _ in range(number)]
    idle: list[_Worker] = []
    try:
        while True:
            while idle and (batch := again.popleft() if again else next(batches, None)):
                _give(idle.pop(), batch, job)
            if len(idle) == len(workers):
                return
            for worker in _answering(workers, idle):
                answer = _answer(worker)
                if answer is None:
                    yield from _bury(worker, again)
                    workers.remove(worker)
                    workers.append(_start(job))
                    continue
                idle.append(worker)
                if isinstance(answer, Result):
                    yield answer
    finally:
        for worker in workers:
            worker.pipe.close()
            worker.process.terminate()
        for worker in workers:
            worker.process.join()


def _start(job: Job) -> _Worker:
    # Spawned, not forked: a forked worker would hold its sisters' pipes open and outlive a killed parent.
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs, job), daemon=True)
    process.start()
    theirs.close()
    return _Worker(process, ours)


def _serve(pipe: Connection, job: Job) -> None:
    """Be a worker: until the pipe closes, which it does when the parent dies, however it dies."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what Ctrl-C means
    gc.set_threshold(_LITTER)
    try:
        prepare(job)
        pipe.send("ready")
        while True:
            pipe.send(work(pipe.recv(), job))
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return
    except Exception as error:  # noqa: BLE001 - said by the parent, once, not by each worker
        pipe.send(error if isinstance(error, GeomapError) else RuntimeError(f"{type(error).__name__}: {error}"))


def _give(worker: _Worker, batch: Sequence[Document], job: Job) -> None:
    worker.batch = batch
    worker.deadline = time.monotonic() + sum(seconds_of(document, job) for document in batch) + GRACE
    try:
        worker.pipe.send(batch)
    except OSError:  # it died while it had nothing to do: its silence will be heard
        worker.deadline = 0.0


def _answering(workers: list[_Worker], idle: list[_Worker]) -> list[_Worker]:
    busy = [worker for worker in workers if worker not in idle]
    ready = wait([worker.pipe for worker in busy], timeout=1.0)
    now = time.monotonic()
    return [worker for worker in busy if worker.pipe in ready or now > worker.deadline]


def _answer(worker: _Worker) -> Result | str | None:
    """Return what a worker says, or None when it is dead or stuck."""
    if not worker.pipe.poll():
        return None
    try:
        answer = worker.pipe.recv()
    except (EOFError, OSError):
        return None
    if isinstance(answer, Exception):
        raise answer
    worker.ready = True
    worker.batch = ()
    return answer  # type: ignore[no-any-return] # a pipe carries anything; _serve sends these


def _bury(worker: _Worker, again: deque[Sequence[Document]]) -> Iterator[Result]:
    """End a worker for good. Its batch is tried again one by one, to find the document that did it."""
    worker.process.kill()
    worker.process.join()
    worker.pipe.close()
    if not worker.ready:
        raise RuntimeError(f"A worker died before it was ready (exit status {worker.process.exitcode}).")
    if len(worker.batch) == 1:
        why = "stuck" if worker.process.exitcode is None else f"ended by signal {-(worker.process.exitcode or 0)}"
        error = f"its worker died ({why}): out of memory, or a fault in a library"
        yield result_of({"failures": [failure_columns(worker.batch[0], error)]})
    else:
        again.extend([document] for document in worker.batch)
