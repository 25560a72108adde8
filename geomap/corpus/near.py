"""Which articles are nearly the same: signatures of their word sequences (MinHash), compared in bands."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING
from zlib import crc32

if TYPE_CHECKING:
    from geomap.model import Document

PERMUTATIONS = 64
BANDS = 16
"""Bands of four rows each: articles that share half their sequences meet in one at 64 % odds, four fifths 99.9 %."""

SEQUENCE = 4
"""Words in a sequence. Shorter ones are shared by chance, longer ones die with every edited word."""

_WORD = re.compile(r"\w+")


def content_key(text: str) -> int:
    """Return a key of what a text says, white space aside: 64 bits, signed as databases like them."""
    digest = hashlib.sha256(" ".join(text.split()).encode("utf-8", "replace")).digest()
    return int.from_bytes(digest[:8], "big", signed=True)


def sequences(text: str) -> set[bytes]:
    """Return the sequences of words a text is made of, case aside."""
    words = [match.group() for match in _WORD.finditer(text.casefold())]
    if len(words) < SEQUENCE:
        return {" ".join(words).encode("utf-8", "replace")}
    return {" ".join(words[i : i + SEQUENCE]).encode("utf-8", "replace") for i in range(len(words) - SEQUENCE + 1)}


def article_text(document: Document, limit: int = 100_000) -> str:
    """Return the article without the page around it, which outlets differ in; no more than a signature needs."""
    return " ".join(span.of(document.text) for span in document.article)[:limit]


def signature(text: str) -> bytes:
    """Return the MinHash signature of a text: 32 bits a permutation."""
    from datasketch import MinHash

    sketch = MinHash(num_perm=PERMUTATIONS, hashfunc=crc32)
    sketch.update_batch(sequences(text))
    return bytes(sketch.hashvalues.astype("<u4").tobytes())


def likeness(one: set[bytes], other: set[bytes]) -> float:
    """Return how alike two texts are: the share of the shorter one's sequences that the other has too."""
    return len(one & other) / max(1, min(len(one), len(other)))


def estimate(one: bytes, other: bytes) -> float:
    """Return how alike two signatures say their texts are: the share of all sequences that both have."""
    import numpy as np

    return float(np.mean(np.frombuffer(one, "<u4") == np.frombuffer(other, "<u4")))
