"""The same work on a Dask cluster: batches go to its workers, results come back to the one process that writes.

Each worker needs geomap installed and one thread (`dask worker ADDRESS --nthreads 1 --nworkers auto`); it opens its own
gazetteer. A worker that dies has its batches done by others; a document that kills or blocks them is given up.
"""

from __future__ import annotations

import queue
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from geomap.corpus.work import Job, Result, failure_columns, result_of, seconds_of, work
from geomap.errors import OutputError, UsageError
from geomap.extras import extra
from geomap.model import Document

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from geomap.corpus import Backend

AHEAD = 3
"""Batches under way for each thread of the cluster: one at work, two on their way."""

WAIT = 60.0
"""Seconds to wait for a first worker."""

ALONE = 600.0
"""Seconds without any worker before the run gives up; a scheduler of jobs may take its time to start new ones."""

GRACE = 60.0
_LOOK = 5.0


@dataclass(slots=True)
class _Cluster:
    """A run on a cluster: what is under way there, and what is to be given out again."""

    client: Any
    job: Job
    room: int = 0
    looked: float = 0.0
    seen: float = field(default_factory=time.monotonic)
    under_way: dict[str, tuple[Any, Sequence[Document], float]] = field(default_factory=dict)
    again: deque[Sequence[Document]] = field(default_factory=deque)
    done: queue.SimpleQueue[Any] = field(default_factory=queue.SimpleQueue)


def dask_backend(address: str) -> Backend:
    """Return a way to work on the cluster whose scheduler is at `address`."""
    _distributed()  # missing it is said before anything is begun

    def backend(batches: Iterator[Sequence[Document]], job: Job) -> Generator[Result]:
        with _client(address) as client:
            yield from _results(_Cluster(client, job), batches)

    return backend


def _results(cluster: _Cluster, batches: Iterator[Sequence[Document]]) -> Generator[Result]:
    while True:
        if time.monotonic() - cluster.looked > _LOOK:
            _look(cluster)
            yield from _overdue(cluster)
        while len(cluster.under_way) < max(1, cluster.room):
            batch = cluster.again.popleft() if cluster.again else next(batches, None)
            if batch is None:
                break
            _give(cluster, batch)
        if not cluster.under_way:
            return
        try:
            future = cluster.done.get(timeout=_LOOK)
        except queue.Empty:
            continue
        if future.key in cluster.under_way:
            yield from _outcome(cluster, future)


def _give(cluster: _Cluster, batch: Sequence[Document]) -> None:
    future = cluster.client.submit(work, list(batch), cluster.job, pure=False)
    limit = AHEAD * (sum(seconds_of(document, cluster.job) for document in batch) + GRACE)
    cluster.under_way[future.key] = (future, batch, time.monotonic() + limit)
    future.add_done_callback(cluster.done.put)


def _look(cluster: _Cluster) -> None:
    """See how many threads the cluster has by now: workers come and go."""
    cluster.looked = time.monotonic()
    cluster.room = AHEAD * sum(cluster.client.nthreads().values())
    if cluster.room:
        cluster.seen = cluster.looked
    elif cluster.looked - cluster.seen > ALONE:
        raise OutputError(
            "The cluster has lost all its workers. What is done is kept: start some, and the same command."
        )


def _overdue(cluster: _Cluster) -> Generator[Result]:
    """Take back batches whose worker is stuck, and have its nanny, where it has one, start it anew."""
    now = time.monotonic()
    late = {key: batch for key, (_, batch, deadline) in cluster.under_way.items() if now > deadline}
    if not late or not cluster.room:
        return
    stuck = [worker for worker, keys in cluster.client.processing().items() if late.keys() & set(map(str, keys))]
    for key, batch in late.items():
        future, *_ = cluster.under_way.pop(key)
        future.cancel()
        yield from _give_up(cluster, batch, f"its worker was stuck for longer than {cluster.job.seconds:.0f} s")
    try:
        cluster.client.restart_workers(stuck, raise_for_error=False)
    except (ValueError, OSError, TimeoutError):  # started without a nanny: it is lost until it is free again
        return


def _outcome(cluster: _Cluster, future: Any) -> Generator[Result]:  # noqa: ANN401 - hardly typed library
    _, batch, _ = cluster.under_way.pop(future.key)
    if future.status == "finished":
        yield future.result()
        return
    error = future.exception() if future.status == "error" else RuntimeError(f"A task was {future.status}.")
    if not isinstance(error, _distributed().KilledWorker):
        raise error
    why = "the workers it was given to died: out of memory, or a fault in a library"
    yield from _give_up(cluster, batch, why)


def _give_up(cluster: _Cluster, batch: Sequence[Document], why: str) -> Generator[Result]:
    """Give up a document; of several, find out first which it is."""
    if len(batch) > 1:
        cluster.again.extend([document] for document in batch)
    else:
        yield result_of({"failures": [failure_columns(batch[0], why)]})


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
