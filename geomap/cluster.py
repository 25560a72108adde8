"""The same work on a Dask cluster: batches go to its workers, results come back to the one process that writes.

Each worker needs geomap installed and one thread (`dask worker ADDRESS --nthreads 1 --nworkers auto`); it opens its own
gazetteer. A worker that dies has its batches done by others; a document that kills three is given up.
"""

from __future__ import annotations

import time
from collections import deque
from typing import TYPE_CHECKING, Any

from geomap.corpus.work import Job, Result, failure_columns, result_of, work
from geomap.errors import UsageError
from geomap.extras import extra

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence

    from geomap.corpus import Backend
    from geomap.model import Document

AHEAD = 3
"""Batches under way for each thread of the cluster: one at work, two on their way."""

WAIT = 60.0
"""Seconds to wait for a first worker."""

_RECOUNT = 5.0


def dask_backend(address: str) -> Backend:
    """Return a way to work on the cluster whose scheduler is at `address`."""
    _distributed()  # missing it is said before anything is begun

    def backend(batches: Iterator[Sequence[Document]], job: Job) -> Generator[Result]:
        return _on_cluster(address, batches, job)

    return backend


def _on_cluster(address: str, batches: Iterator[Sequence[Document]], job: Job) -> Generator[Result]:
    distributed = _distributed()
    with _client(address) as client:
        under_way: dict[str, Sequence[Document]] = {}
        again: deque[Sequence[Document]] = deque()
        done = distributed.as_completed(with_results=True, raise_errors=False)
        room, counted = 0, 0.0
        while True:
            if time.monotonic() - counted > _RECOUNT:  # workers come and go
                room, counted = AHEAD * sum(client.nthreads().values()), time.monotonic()
            while len(under_way) < max(1, room) and (batch := again.popleft() if again else next(batches, None)):
                future = client.submit(work, list(batch), job, pure=False)
                under_way[future.key] = batch
                done.add(future)
            if not under_way:
                return
            future, outcome = next(done)
            batch = under_way.pop(future.key)
            if future.status == "finished":
                yield outcome
            elif isinstance(error := _error_of(outcome), distributed.KilledWorker) and len(batch) > 1:
                again.extend([document] for document in batch)
            elif isinstance(error, distributed.KilledWorker):
                why = "the workers it was given to died: out of memory, or a fault in a library"
                yield result_of({"failures": [failure_columns(batch[0], why)]})
            else:
                raise error


def _distributed() -> Any:  # noqa: ANN401 - hardly typed library
    with extra("cluster", "--cluster"):
        import distributed
    return distributed


def _client(address: str) -> Any:  # noqa: ANN401 - hardly typed library
    try:
        client = _distributed().Client(address, timeout=WAIT / 2, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        raise UsageError(f"No Dask scheduler answers at {address} ({error}). Start one: dask scheduler") from error
    try:
        client.wait_for_workers(1, timeout=WAIT)
    except TimeoutError:
        client.close()
        raise UsageError(
            f"The scheduler at {address} has no worker. Start some with: dask worker {address} --nthreads 1"
        ) from None
    return client


def _error_of(outcome: object) -> BaseException:
    """Return the exception in what a failed task gives: itself, or with its type and traceback around it."""
    found = outcome[1] if isinstance(outcome, tuple) else outcome
    return found if isinstance(found, BaseException) else RuntimeError(f"A task was lost: {outcome}")
