"""The same work on a real Dask cluster, each of its parts a process of its own on loopback, one killed on the way."""

from __future__ import annotations

import ast
import json
import os
import re
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

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


GUIDE = Path(__file__).parents[1] / "geomap" / "docs" / "how-to" / "cluster.md"


def blocks(kind: str) -> list[str]:
    """Return the guide's code of a language."""
    return re.findall(rf"^```{kind}\n(.*?)^```", GUIDE.read_text("utf-8"), re.MULTILINE | re.DOTALL)


def manifests() -> dict[tuple[str, str], dict[str, Any]]:
    """Return the guide's Kubernetes objects by kind and name."""
    yaml = pytest.importorskip("yaml")
    found = [document for block in blocks("yaml") for document in yaml.safe_load_all(block)]
    return {(each["kind"], each["metadata"]["name"]): each for each in found}


def command_of(manifest: dict[str, Any]) -> list[str]:
    """Return what the one container of an object runs."""
    (container,) = manifest["spec"]["template"]["spec"]["containers"]
    return list(map(str, container["command"]))


def test_the_manifests_fit_each_other() -> None:
    """Selectors find the pods they are meant for, its port is the scheduler's, all ask the service."""
    found = manifests()
    scheduler, workers = found["Deployment", "geomap-scheduler"], found["Deployment", "geomap-workers"]
    service, job = found["Service", "geomap-scheduler"], found["Job", "geomap-corpus"]
    port = service["spec"]["ports"][0]["targetPort"]

    for deployment in (scheduler, workers):
        assert deployment["apiVersion"] == "apps/v1"
        assert deployment["spec"]["selector"]["matchLabels"] == deployment["spec"]["template"]["metadata"]["labels"]
    assert service["spec"]["selector"] == scheduler["spec"]["selector"]["matchLabels"]
    assert str(port) in command_of(scheduler)
    for asking in (workers, job):
        assert f"tcp://{service['metadata']['name']}:{port}" in command_of(asking)
    pod = job["spec"]["template"]["spec"]
    assert {mount["name"] for mount in pod["containers"][0]["volumeMounts"]} == {
        each["name"] for each in pod["volumes"]
    }
    assert pod["restartPolicy"] in ("OnFailure", "Never")


def test_what_the_containers_run_makes_a_corpus(tmp_path: Path) -> None:
    """The manifests' own command lines, the names of the cluster's network and volume exchanged for this machine's."""
    found = manifests()
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "a.txt").write_text("Shells killed three people in Homs on 25 May 2013, residents said.")
    line = command_of(found["Deployment", "geomap-scheduler"])
    with started(*_dask(line, **{"8786": "0"}), "--host", "127.0.0.1") as scheduler:
        here = {"tcp://geomap-scheduler:8786": address_of(scheduler)}
        with started(*_dask(command_of(found["Deployment", "geomap-workers"]), **here)):
            places = {"/data/articles": str(tmp_path / "articles"), "/data/corpus": str(tmp_path / "corpus")}
            job = [{**here, **places}.get(word, word) for word in command_of(found["Job", "geomap-corpus"])]
            done = subprocess.run(
                [sys.executable, "-m", *job], capture_output=True, text=True, timeout=120, check=False
            )

    assert done.returncode == 0, done.stderr
    assert "1 documents" in done.stderr


def _dask(line: list[str], **exchanged: str) -> list[str]:
    """Return a container's `dask` command as `started` takes it."""
    dask, verb, *rest = line
    assert dask == "dask"
    return [f"dask_{verb}", *(exchanged.get(word, word) for word in rest)]


def test_the_batch_script_starts_workers(tmp_path: Path) -> None:
    """`workers.sbatch` is a shell script that SLURM hands its number of cores: run so, its workers do the work."""
    (script,) = blocks("bash")
    (tmp_path / "workers.sbatch").write_text(script)
    assert len(re.findall(r"^#SBATCH --\S+", script, re.MULTILINE)) == script.count("#SBATCH")
    _works(tmp_path, ["bash", str(tmp_path / "workers.sbatch")], {"SLURM_CPUS_PER_TASK": "1"})


def test_the_job_script_of_dask_jobqueue_starts_workers(tmp_path: Path) -> None:
    """What the guide's lines ask SLURM for has a thread a worker, and run as a script it is a worker that works."""
    jobqueue = pytest.importorskip("dask_jobqueue")
    call = next(line for block in blocks("python") for line in block.splitlines() if "SLURMCluster(" in line)
    options = {word.arg: ast.literal_eval(word.value) for word in ast.parse(call).body[0].value.keywords}  # type: ignore[attr-defined] # an assignment of a call
    options["scheduler_options"] = {"dashboard_address": ":0"}
    with jobqueue.SLURMCluster(**options) as cluster:
        asked = cluster.job_script()
    with jobqueue.SLURMCluster(**{**options, "cores": 1, "processes": 1, "memory": "1GB"}) as cluster:
        one = cluster.job_script()

    assert "--nthreads 1 " in asked
    assert f"--nworkers {options['processes']} " in asked
    assert f"#SBATCH --cpus-per-task={options['cores']}" in asked
    (tmp_path / "job.sh").write_text(re.sub(r"tcp://\S+", '"$1"', one))
    _works(tmp_path, ["bash", str(tmp_path / "job.sh")], {})


def _works(folder: Path, command: list[str], environment: dict[str, str]) -> None:
    """See that a script, given a scheduler's address, starts a worker that does documents."""
    from geomap.cluster import dask_backend

    path = folder / "a.jsonl"
    path.write_text("".join(json.dumps({"text": f"Homs {n}, killed {n % 9}"}) + "\n" for n in range(20)))
    environment = {**os.environ, "PYTHONPATH": str(TRIAL), **environment}
    environment["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    with started("dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard") as scheduler:
        address = address_of(scheduler)
        script = subprocess.Popen(
            [*command, address], env=environment, stderr=subprocess.DEVNULL, start_new_session=True
        )
        try:
            done = build_corpus([path], folder / "c", job=Job(analyse="trial:analyse"), backend=dask_backend(address))
        finally:
            os.killpg(script.pid, signal.SIGKILL)
            script.wait()

    assert done.documents == 20
