"""A watch takes in what is new, once, and keeps a map of it that is always whole."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from geomap.cli import main
from geomap.corpus import Job, Progress
from geomap.readers.settings import Settings
from geomap.store import query
from geomap.watch import Watch, take_in, watch

TRIAL = Path(__file__).parent / "data" / "corpus"
JOB = Job(analyse="trial:analyse")


@pytest.fixture(autouse=True)
def _trial(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let this process import the trial."""
    monkeypatch.syspath_prepend(str(TRIAL))


def put(path: Path, text: str, age: float = 60.0) -> None:
    """Write a file that was last changed so many seconds ago."""
    path.write_text(text)
    then = time.time() - age
    os.utime(path, (then, then))


def test_each_round_takes_in_what_is_new(tmp_path: Path) -> None:
    """A file is taken in once; one that changes is taken in again, as another text."""
    (tmp_path / "in").mkdir()
    watched = Watch([str(tmp_path / "in")], tmp_path / "c")
    notes: list[str] = []
    settings = Settings(note=notes.append)

    assert take_in(watched, job=JOB, settings=settings, workers=0) is None
    assert "folder without documents" in notes[0]
    put(tmp_path / "in" / "a.txt", "Homs one")
    first = take_in(watched, job=JOB, settings=settings, workers=0)
    assert take_in(watched, job=JOB, settings=settings, workers=0) is None
    put(tmp_path / "in" / "a.txt", "Homs two")
    second = take_in(watched, job=JOB, settings=settings, workers=0)
    assert first is not None
    assert second is not None
    assert (1, 1) == (first.documents, second.documents)
    assert list(query(tmp_path / "c", "SELECT count(*) FROM documents")[1]) == [(2,)]


def test_a_file_still_being_written_waits(tmp_path: Path) -> None:
    """A file that changed a moment ago may be half: it is left for the next round."""
    put(tmp_path / "a.txt", "Homs", age=0.0)
    watched = Watch([str(tmp_path / "a.txt")], tmp_path / "c")

    assert take_in(watched, job=JOB, settings=Settings(), workers=0) is None


def test_the_map_is_drawn_when_there_is_news(tmp_path: Path) -> None:
    """Rounds without news leave the map alone; a restarted watch that finds nothing new does too."""
    put(tmp_path / "a.txt", "Homs, killed 3")
    rounds: list[Progress] = []
    page = tmp_path / "map.html"
    for _ in range(2):
        watched = Watch([str(tmp_path / "a.txt")], tmp_path / "c", page)
        watch(watched, job=JOB, settings=Settings(), every=0.0, rounds=2, workers=0, on_round=rounds.append)
        drawn = page.stat().st_mtime_ns

    assert [progress.documents for progress in rounds] == [1, 0]
    assert "Homs, killed 3" in page.read_text(encoding="utf-8")
    assert drawn == page.stat().st_mtime_ns


def test_a_missing_input_is_told_to_cron(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A round that misses an input ends with 1; one whose folder is empty has nothing to do, and ends with 0."""
    (tmp_path / "empty").mkdir()

    assert main(["watch", str(tmp_path / "gone"), "-o", str(tmp_path / "c"), "--once"]) == 1
    assert "no such file or folder" in capsys.readouterr().err
    assert main(["watch", str(tmp_path / "empty"), "-o", str(tmp_path / "c"), "--once"]) == 0
