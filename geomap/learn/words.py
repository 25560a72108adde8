"""Counts how often news writes a word small: `python -m geomap.learn words CORPORA`."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

from geomap.model import Span
from geomap.segment import sentences, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

SOURCES = ("events_eventloc", "events_glocon_docs", "events_case2021_task2", "events_muc4_dev")
"""Corpora whose raw text is counted: none of those that the recogniser is measured on."""
LEAST = 3


def count(texts: Iterable[str]) -> dict[str, str]:
    """Return words seen small at least `LEAST` times, and the class of the share of their uses that are small."""
    small: Counter[str] = Counter()
    large: Counter[str] = Counter()
    for text in texts:
        for sentence in sentences(text, (Span(0, len(text)),)):
            words = [t.text for t in tokens(text, sentence)]
            if sum(w.isupper() for w in words) > len(words) / 2:
                continue
            for at, word in enumerate(words):
                if word.islower():
                    small[word] += 1
                elif at and word[0].isupper():
                    large[word.lower()] += 1
    shares = {w: n / (n + large[w]) for w, n in small.items() if n >= LEAST and w.isalpha() and len(w) < 20}  # noqa: PLR2004
    return {w: "0" if s >= 0.95 else "1" if s >= 0.5 else "2" for w, s in shares.items()}  # noqa: PLR2004


def raw_texts(corpora: Path) -> Iterable[str]:
    """Yield the texts that are counted."""
    for name in SOURCES:
        for line in (corpora / f"{name}.jsonl").read_text("utf-8").splitlines():
            row = json.loads(line)
            yield row.get("text_truecased") or row.get("text") or ""
