"""How well near-identical articles are found, on synthetic articles whose copies are known.

    python tests/bench/copies.py [ARTICLES]

Copies have a new opening, words changed here and there, paragraphs cut or added. Decoys share no more than the
background that a newsroom repeats from one day's story to the next.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

from geomap.corpus.near import content_key, signature
from geomap.corpus.parts import Part, write_manifest
from geomap.corpus.work import result_of

WORDS = [
    f"{a}{b}{c}"
    for a in "bdfgklmnprst"
    for b in ("a", "e", "i", "o", "un", "er")
    for c in ("ka", "lo", "mi", "res", "t")
]


def paragraph(rng: random.Random, words: int) -> list[str]:
    """Return a paragraph of words, a few of which are frequent as in any language."""
    return [WORDS[min(int(rng.paretovariate(0.4)) - 1, len(WORDS) - 1)] for _ in range(words)]


def articles(number: int, rng: random.Random) -> list[tuple[str, date, int]]:
    """Return (text, day, story) of so many articles, about two in five of them copies."""
    found: list[tuple[str, date, int]] = []
    background: list[list[str]] = []
    story = 0
    while len(found) < number:
        story += 1
        if story % 50 == 1:
            background = [paragraph(rng, 50) for _ in range(4)]
        own = [paragraph(rng, rng.randrange(30, 60)) for _ in range(5)]
        whole = own + rng.sample(background, rng.randrange(0, 3))
        day = date(2024, 1, 1) + timedelta(story // 20)
        found.append((_told(whole), day, story))
        for _ in range(rng.choice((0, 0, 0, 1, 1, 3))):
            copy = _told(_edited(whole, rng))
            found.append((copy, day + timedelta(rng.randrange(3)), story))
    rng.shuffle(found)
    return found[:number]


def _edited(paragraphs: list[list[str]], rng: random.Random) -> list[list[str]]:
    kept = list(paragraphs)
    for _ in range(rng.randrange(0, 3)):
        del kept[rng.randrange(1, len(kept))]
    if rng.random() < 0.5:
        kept.append(paragraph(rng, 40))
    kept[0] = paragraph(rng, 25)
    return [[word if rng.random() > 0.02 else rng.choice(WORDS) for word in words] for words in kept]


def _told(paragraphs: list[list[str]]) -> str:
    return "\n\n".join(" ".join(words) for words in paragraphs)


def measure(number: int) -> tuple[float, float, float]:
    """Return pairwise precision and recall, and the seconds that finding them took."""
    from geomap.corpus.groups import group_events
    from geomap.store import query

    told = articles(number, random.Random(11))  # noqa: S311 - a repeatable draw, no secret
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_manifest(folder, {"geomap": "trial"})
        part = Part(folder)
        for place, (text, day, _) in enumerate(told):
            row = {"document": str(place), "content": content_key(text), "published": day, "signature": signature(text)}
            part.add(result_of({"documents": [{**row, "text": text, "line": "{}"}]}))
        part.close()
        started = time.perf_counter()
        group_events(folder)
        seconds = time.perf_counter() - started
        found = dict(query(folder, "SELECT document, coalesce(original, document) FROM documents")[1])
    given = [(found[str(place)], story) for place, (_, _, story) in enumerate(told)]
    both, names, truths = Counter(given), Counter(n for n, _ in given), Counter(t for _, t in given)
    together = _pairs(list(both.values()))
    return together / max(1, _pairs(list(names.values()))), together / _pairs(list(truths.values())), seconds


def _pairs(sizes: list[int]) -> int:
    return sum(size * (size - 1) // 2 for size in sizes)


if __name__ == "__main__":
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 5000
    precision, recall, seconds = measure(number)
    print(f"{number:,} articles: pairwise precision {precision:.3f}, recall {recall:.3f}, {seconds:.1f} s")
