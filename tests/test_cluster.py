"""The same work on a real Dask cluster, each of its parts a process of its own on loopback, one killed on the way."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from geomap.corpus import Job, Progress, build_corpus
from geomap.errors import UsageError
from geomap.store import query

if TYPE_CHECKING:
    from collections.abc import Iterator

TRIAL = Path(__file__).parent / "data" / "corpus"

pytest.importorskip("distributed")
pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning")  # Dask's own


@contextmanager
def started(*command: str) -> Iterator[subprocess.Popen[str]]:
    """Run a part of a cluster in a process group of its own, and end it with all its children."""
    environment = {**os.environ, "PYTHONPATH": str(TRIAL)}
    line = [sys.executable, "-m", "distributed.cli." + command[0], *command[1:]]
    process = subprocess.Popen(
        line, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    try:
        yield process
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def address_of(scheduler: subprocess.Popen[str]) -> str:
    """Return where a scheduler listens, as it says when it has begun."""
    assert scheduler.stderr is not None
    for line in scheduler.stderr:
        if found := re.search(r"Scheduler at:\s+(tcp://\S+)", line):
            return found.group(1)
    raise AssertionError("no scheduler began")


def worker(address: str) -> tuple[str, ...]:
    """Return the command of a worker."""
    return ("dask_worker", address, "--nthreads", "1", "--no-dashboard", "--no-nanny")


def test_a_cluster_loses_a_worker_and_no_document(tmp_path: Path) -> None:
    """With one of two workers killed at work, every document is there in the end, and once."""
    path = tmp_path / "a.jsonl"
    path.write_text("".join(json.dumps({"text": f"Homs {n}, killed {n % 9}"}) + "\n" for n in range(400)))
    with started("dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard") as scheduler:
        address = address_of(scheduler)
        with started(*worker(address)) as first, started(*worker(address)):
            killed: list[float] = []

            def kill_once(progress: Progress) -> None:
                if progress.documents > 50 and not killed:
                    killed.append(time.monotonic())
                    os.killpg(first.pid, signal.SIGKILL)

            from geomap.cluster import dask_backend

            job = Job(analyse="trial:analyse")
            done = build_corpus([path], tmp_path / "c", job=job, backend=dask_backend(address), on_progress=kill_once)

    assert killed
    assert done.documents == 400
    assert list(query(tmp_path / "c", "SELECT count(*), count(DISTINCT content) FROM documents")[1]) == [(400, 400)]


def test_no_scheduler_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Where nobody answers one is told how to start somebody."""
    from geomap import cluster

    monkeypatch.setattr(cluster, "WAIT", 1.0)
    (tmp_path / "a.txt").write_text("Homs")
    with pytest.raises(UsageError, match="Start one: dask scheduler"):
        build_corpus([tmp_path / "a.txt"], tmp_path / "c", backend=cluster.dask_backend("tcp://127.0.0.1:9"))
