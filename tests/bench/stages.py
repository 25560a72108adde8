"""What each stage costs for an article of 325 words, warm, in processor time.

    python tests/bench/stages.py [DOCUMENTS...]

Reads the gold dispatches of the project, or your documents, over and over, and scales by their words. Dispatches tell
more events than other news does, and extracting costs by the event: how many there are is said first.
"""

from __future__ import annotations

import json
import sys
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from gazetteer import open_gazetteer
from geomap.events import extract
from geomap.map.draw import draw
from geomap.model import Document, EventSet
from geomap.pipeline import find, run
from geomap.readers import finish, read_documents
from geomap.resolve import resolve

if TYPE_CHECKING:
    from collections.abc import Callable

GOLD = Path(__file__).parent.parent / "data" / "gold" / "gold.jsonl"
WORDS = 325
ROUNDS = 5


def cost(stage: Callable[[], object], words: int) -> float:
    """Return the milliseconds of processor time that a stage takes for 325 words, the best of some rounds."""
    best = float("inf")
    for _ in range(ROUNDS):
        start = time.process_time()
        stage()
        best = min(best, time.process_time() - start)
    return best * 1000 * WORDS / words


def _dispatches() -> list[Document]:
    rows = [json.loads(line) for line in GOLD.read_text("utf-8").splitlines()]
    days = [r["published"] and date.fromisoformat(r["published"]) for r in rows]
    return [Document(r["id"], r["text"], published=day) for r, day in zip(rows, days, strict=True)]


def main() -> None:
    """Print the table."""
    raw = [d for d in read_documents(sys.argv[1:]) if isinstance(d, Document)] or _dispatches()
    gazetteer = open_gazetteer()
    documents = [finish(d) for d in raw]
    words = sum(len(d.text.split()) for d in documents)
    mentions = [find(d, gazetteer) for d in documents]
    resolved = [resolve(d, m, gazetteer) for d, m in zip(documents, mentions, strict=True)]
    events = run(documents, gazetteer)
    one = EventSet((documents[0],), {}, tuple(e for e in events.events if e.document == documents[0].id))
    stages: dict[str, Callable[[], object]] = {
        "read: body, language": lambda: [finish(d) for d in raw],
        "find": lambda: [find(d, gazetteer) for d in documents],
        "resolve": lambda: [resolve(d, m, gazetteer) for d, m in zip(documents, mentions, strict=True)],
        "extract": lambda: [extract(d, r, gazetteer) for d, r in zip(documents, resolved, strict=True)],
    }
    print(f"{len(documents)} documents of {words / len(documents):.0f} words, ", end="")
    print(f"{len(events.events) * WORDS / words:.1f} events in {WORDS} words")
    for name, stage in stages.items():
        print(f"| {name:<22} | {cost(stage, words):6.1f} ms |")
    print(f"| {'draw one map':<22} | {cost(lambda: draw(one).get_root().render(), WORDS):6.1f} ms |")


if __name__ == "__main__":
    main()
