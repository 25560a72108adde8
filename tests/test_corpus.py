"""A corpus is made once and wholly, whatever happens to the run that makes it."""

from __future__ import annotations

import json
import os
import random
import resource
import signal
import sqlite3
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from geomap.corpus import Job, Selection, build_corpus
from geomap.corpus.groups import last_grouped
from geomap.corpus.parts import part_folders
from geomap.errors import EmptyInput, MissingInput, OutputError, UnreadableInput, UsageError
from geomap.model import Document
from geomap.store import query, read

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap import corpus

TRIAL = Path(__file__).parent / "data" / "corpus"
JOB = Job(analyse="trial:analyse", seconds=1.0)
RUN = """
import sys
from pathlib import Path
from geomap import corpus
corpus.PART, corpus.BATCH = 40, 4
if __name__ == "__main__":
    done = corpus.build_corpus([sys.argv[1]], Path(sys.argv[2]), job=corpus.Job(analyse="trial:analyse"), workers=2)
    print(done.documents, done.skipped)
"""


@pytest.fixture(autouse=True)
def _trial(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let this process and its workers import the trial."""
    monkeypatch.syspath_prepend(str(TRIAL))


def write(path: Path, texts: Sequence[str], **fields: Any) -> Path:  # noqa: ANN401 - a record's own
    """Write texts as JSON lines."""
    path.write_text("".join(json.dumps({"text": text, **fields}) + "\n" for text in texts))
    return path


def many(path: Path, number: int) -> Path:
    """Write so many different texts."""
    return write(path, [f"Homs was shelled, part {n}: rockets killed {n % 7 + 1}." for n in range(number)])


def build(path: Path, folder: Path, **options: Any) -> corpus.Progress:  # noqa: ANN401 - those of build_corpus
    """Make a corpus in this process, unless told otherwise."""
    return build_corpus([path], folder, **{"job": JOB, "workers": 0, **options})


def rows(folder: Path, sql: str) -> list[tuple[Any, ...]]:
    """Return a query's rows."""
    return list(query(folder, sql)[1])


def test_everything_found_is_kept(tmp_path: Path) -> None:
    """Documents, places, events and failures are in the parts, and the manifest counts them."""
    done = build(write(tmp_path / "a.jsonl", ["Homs: killed 3", "RAISE"]), tmp_path / "c")

    assert (1, 1, 1) == (done.documents, done.events, done.failed)
    assert rows(tmp_path / "c", "SELECT place, killed, evidence FROM events") == [("Homs", 3, "Homs: killed 3")]
    assert rows(tmp_path / "c", "SELECT text, place_id, country FROM toponyms") == [("Homs", 169577, "SY")]
    assert rows(tmp_path / "c", "SELECT error FROM failures") == [("ValueError: asked to fail",)]
    manifest = json.loads((tmp_path / "c" / "manifest.json").read_text())
    assert (1, 1, 1, 1) == tuple(manifest[name] for name in ("parts", "documents", "events", "failures"))


def test_nothing_is_done_twice(tmp_path: Path) -> None:
    """A document seen before, by what it says and not by its name or white space, is skipped."""
    path = write(tmp_path / "a.jsonl", ["Homs one", "Homs two", "Homs  one\n"])
    first, second = build(path, tmp_path / "c"), build(path, tmp_path / "c")

    assert (2, 1) == (first.documents, first.skipped)
    assert (0, 3) == (second.documents, second.skipped)


def test_a_lost_index_is_made_again(tmp_path: Path) -> None:
    """The index of what is done is only an index: without it, or with a broken one, nothing is done twice."""
    path = many(tmp_path / "a.jsonl", 20)
    build(path, tmp_path / "c")
    for ruin in (Path.unlink, lambda index: index.write_bytes(b"no database" * 100)):
        for index in (tmp_path / "c").glob("seen.sqlite*"):
            ruin(index)
        assert build(path, tmp_path / "c").documents == 0
    assert rows(tmp_path / "c", "SELECT count(*), count(DISTINCT content) FROM documents") == [(20, 20)]


def test_two_texts_of_one_id_are_two_documents(tmp_path: Path) -> None:
    """An id used twice for different texts is told apart, so that no query confuses them."""
    build(write(tmp_path / "a.jsonl", ["Homs one", "Homs two"], id="7"), tmp_path / "c")
    names = [name for (name,) in rows(tmp_path / "c", "SELECT document FROM documents ORDER BY text")]

    assert names[0] == "7"
    assert names[1].startswith("7-")


def test_failures_are_tried_again_only_when_asked(tmp_path: Path) -> None:
    """A document that failed is done: it costs no time again, unless one asks for it."""
    path = write(tmp_path / "a.jsonl", ["RAISE", "Homs"])
    build(path, tmp_path / "c")

    assert build(path, tmp_path / "c").failed == 0
    assert build(path, tmp_path / "c", again=True).failed == 1


@pytest.mark.parametrize(
    ("selection", "documents"),
    [(Selection(limit=3), 3), (Selection(since=None, sample=0.0), 0), (Selection(sample=1.0), 40)],
)
def test_less_can_be_asked_for(selection: Selection, documents: int, tmp_path: Path) -> None:
    """A limit, and a share by content."""
    assert build(many(tmp_path / "a.jsonl", 40), tmp_path / "c", selection=selection).documents == documents


def test_a_sample_is_the_same_each_time(tmp_path: Path) -> None:
    """The share is by content: asking for the same share again adds nothing."""
    path = many(tmp_path / "a.jsonl", 60)
    first = build(path, tmp_path / "c", selection=Selection(sample=0.5)).documents

    assert 15 < first < 45
    assert build(path, tmp_path / "c", selection=Selection(sample=0.5)).documents == 0


def test_old_documents_can_be_left_out(tmp_path: Path) -> None:
    """Documents published before a day are left out; one that does not say is never too old."""
    path = tmp_path / "a.jsonl"
    path.write_text(
        '{"text": "Homs a", "date": "2013-05-24"}\n{"text": "Homs b", "date": "2013-05-25"}\n{"text": "Homs c"}\n'
    )
    build(path, tmp_path / "c", selection=Selection(since=date(2013, 5, 25)))

    assert rows(tmp_path / "c", "SELECT text FROM documents ORDER BY text") == [("Homs b",), ("Homs c",)]


def test_workers_share_the_work_and_bury_their_dead(tmp_path: Path) -> None:
    """A document that raises, kills its worker or never ends is a failure; all others are done."""
    texts = [f"Homs {n}" for n in range(60)]
    texts[7], texts[21], texts[40] = "RAISE 1", "DIE 2", "HANG 3"
    done = build(write(tmp_path / "a.jsonl", texts), tmp_path / "c", workers=2)
    errors = dict(rows(tmp_path / "c", "SELECT left(document, 0) || error, 1 FROM failures"))

    assert (57, 3) == (done.documents, done.failed)
    assert any("asked to fail" in error for error in errors)
    assert any("its worker died" in error for error in errors)
    assert any("took longer than 1 s" in error for error in errors)


def _run(path: Path, folder: Path) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": str(TRIAL)}
    script = folder.parent / "run.py"
    script.write_text(RUN)
    command = [sys.executable, str(script), str(path), str(folder)]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True, start_new_session=True)


def test_killed_at_any_moment_it_goes_on_where_it_was(tmp_path: Path) -> None:
    """Kill -9 at random moments, again and again: in the end each document is there, and once."""
    path, folder = many(tmp_path / "a.jsonl", 600), tmp_path / "c"
    moments = random.Random(5)  # noqa: S311 - a repeatable draw
    for _ in range(4):
        process = _run(path, folder)
        time.sleep(moments.uniform(0.5, 3.5))
        os.killpg(process.pid, signal.SIGKILL) if moments.random() < 0.5 else process.kill()
        process.communicate()
    process = _run(path, folder)
    process.communicate(timeout=120)

    assert process.returncode == 0
    counted = rows(folder, "SELECT count(*), count(DISTINCT content), count(DISTINCT document) FROM documents")
    assert counted == [(600, 600, 600)]
    assert rows(folder, "SELECT count(*), count(DISTINCT document) FROM events") == [(600, 600)]


def test_workers_do_not_outlive_a_killed_run(tmp_path: Path) -> None:
    """When the run is killed its workers end by themselves: nobody has to look for them."""
    process = _run(many(tmp_path / "a.jsonl", 5000), tmp_path / "c")
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    if not children.exists():
        process.kill()
        process.communicate()
        pytest.skip("this system does not list a process' children")
    found: list[str] = []
    for _ in range(100):
        found = children.read_text().split() or found
        if len(found) >= 2:
            break
        time.sleep(0.1)
    time.sleep(1.0)
    found = children.read_text().split()
    process.kill()
    process.communicate()
    for _ in range(100):
        alive = [child for child in found if "python" in _command(child)]
        if not alive:
            break
        time.sleep(0.1)

    assert len(found) >= 2
    assert not alive


def _command(process: str) -> str:
    try:
        return Path(f"/proc/{process}/cmdline").read_text()
    except OSError:
        return ""


def test_a_full_disk_loses_nothing(tmp_path: Path) -> None:
    """What cannot be written is said, what was is whole, and with room again the run is finished."""
    texts = [f"Homs {n}: " + " ".join(str(n * m) for m in range(99)) for n in range(300)]
    path, folder = write(tmp_path / "a.jsonl", texts), tmp_path / "c"
    build(path, folder, selection=Selection(limit=20))
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, before[1]))
    try:
        with pytest.raises(OutputError, match="start the same command again"):
            build(path, folder)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)

    assert rows(folder, "SELECT count(*) FROM documents") == [(20,)]
    build(path, folder)
    assert rows(folder, "SELECT count(*), count(DISTINCT content) FROM documents") == [(300, 300)]


def test_a_disk_that_is_full_when_events_are_merged_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the databases complain of is said like any full disk, nothing half done is left, the next run merges."""
    path, folder = many(tmp_path / "a.jsonl", 3), tmp_path / "c"

    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    with monkeypatch.context() as patched:
        patched.setattr("geomap.corpus.copies._gather", full)
        with pytest.raises(OutputError, match="disk is full"):
            build(path, folder)
    assert list((folder / "groups").iterdir()) == []

    build(path, folder)
    assert last_grouped(folder) == 1


def test_a_folder_that_cannot_be_written_is_said_at_once(tmp_path: Path) -> None:
    """Before any work is done one hears that its fruits could not be kept."""
    (tmp_path / "file").write_text("x")
    path = many(tmp_path / "a.jsonl", 3)

    with pytest.raises(OutputError, match="cannot be written to"):
        build(path, tmp_path / "file" / "c")
    if os.geteuid():
        (tmp_path / "locked").mkdir(mode=0o500)
        with pytest.raises(OutputError, match="cannot be written to"):
            build(path, tmp_path / "locked" / "c")


def test_one_run_at_a_time(tmp_path: Path) -> None:
    """Two runs in one folder would do everything twice: the second is turned away."""
    path = many(tmp_path / "a.jsonl", 3)

    def while_it_runs(_: corpus.Progress) -> None:
        with pytest.raises(OutputError, match="another geomap is at work"):
            build(path, tmp_path / "c")

    build(path, tmp_path / "c", on_progress=while_it_runs)


def test_another_finder_wants_another_folder(tmp_path: Path) -> None:
    """A corpus half of which was made in another way would compare badly with itself."""
    path = many(tmp_path / "a.jsonl", 3)
    build(path, tmp_path / "c")

    with pytest.raises(UsageError, match="made with finder = crf"):
        build(path, tmp_path / "c", job=Job(finder="gazetteer", analyse="trial:analyse"))


def test_half_a_part_is_none(tmp_path: Path) -> None:
    """What a killed run left half written is swept away, and never read."""
    path, folder = many(tmp_path / "a.jsonl", 3), tmp_path / "c"
    build(path, folder)
    (folder / "parts" / ".000002.1").mkdir()
    (folder / "parts" / ".000002.1" / "documents.parquet").write_bytes(b"half")
    (folder / ".spill").mkdir()
    (folder / ".spill" / "half").write_bytes(b"half")

    assert rows(folder, "SELECT count(*) FROM documents") == [(3,)]
    build(path, folder)
    assert [part.name for part in part_folders(folder)] == ["000001"]
    assert not (folder / "parts" / ".000002.1").exists()
    assert not (folder / ".spill").exists()


def test_the_share_read_is_known(tmp_path: Path) -> None:
    """Of files one knows how much is read, and so how long it will take."""
    seen: list[float | None] = []
    build(many(tmp_path / "a.jsonl", 200), tmp_path / "c", on_progress=lambda progress: seen.append(progress.share))

    assert seen[-1] == 1.0
    assert [share for share in seen if share] == sorted(share for share in seen if share)


def test_a_bad_input_is_an_error_as_everywhere(tmp_path: Path) -> None:
    """A missing file raises; a folder that holds no corpus is none."""
    with pytest.raises(MissingInput):
        build(tmp_path / "none.jsonl", tmp_path / "c")
    with pytest.raises(EmptyInput, match="no document"):
        query(tmp_path / "c", "SELECT 1")
    with pytest.raises(UnreadableInput, match="no corpus"):
        query(tmp_path, "SELECT 1")
    with pytest.raises(MissingInput, match="no such folder"):
        read(tmp_path / "nowhere")


def test_texts_need_not_be_kept(tmp_path: Path) -> None:
    """An archive that may not keep texts keeps what was found in them."""
    build(many(tmp_path / "a.jsonl", 3), tmp_path / "c", job=Job(analyse="trial:analyse", with_text=False))
    events = read(tmp_path / "c")

    assert rows(tmp_path / "c", "SELECT count(text) FROM documents") == [(0,)]
    assert [document.text for document in events.documents] == ["", "", ""]
    assert len(events.events) == 3


def test_a_document_is_read_back_as_it_was(tmp_path: Path) -> None:
    """A corpus gives maps and exports the documents, places and events it was made of."""
    build(many(tmp_path / "a.jsonl", 1), tmp_path / "c")
    events = read(tmp_path / "c")
    (document,), (event,) = events.documents, events.events

    assert isinstance(document, Document)
    assert event.evidence.of(document.text) == "Homs was shelled, part 0: rockets killed 1."
    assert event.killed is not None
    assert event.killed.best == 1
    assert events.resolutions[document.id][0].place is not None
