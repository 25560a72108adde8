"""Which articles are nearly the same: signatures of their word sequences (MinHash), compared in bands."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geomap.model import Document

PERMUTATIONS = 96
BANDS = 32
"""Bands of three rows each: articles that share half their sequences meet in one with 98 % odds, two fifths 88 %."""

SEQUENCE = 4
"""Words in a sequence. Shorter ones are shared by chance, longer ones die with every edited word."""

_WORD = re.compile(r"\w+")


def content_key(text: str) -> int:
    """Return a key of what a text says, white space aside: 64 bits, signed as databases like them."""
    digest = hashlib.sha256(" ".join(text.split()).encode("utf-8", "replace")).digest()
    return int.from_bytes(digest[:8], "big", signed=True)


def sequences(text: str) -> set[bytes]:
    """Return the sequences of words a text is made of, case aside."""
    words = " ".join(_WORD.findall(text.casefold())).encode("utf-8", "replace").split(b" ")
    if len(words) < SEQUENCE:
        return {b" ".join(words)}
    return set(map(b" ".join, zip(*(words[i:] for i in range(SEQUENCE)), strict=False)))


def article_text(document: Document, limit: int = 100_000) -> str:
    """Return the article without the page around it, which outlets differ in; no more than a signature needs."""
    return " ".join(span.of(document.text) for span in document.article)[:limit]


def signature(text: str) -> bytes:
    """Return the MinHash signature of a text: 32 bits a permutation, the same on every machine and version."""
    hashes = np.fromiter(map(crc32, sequences(text)), np.uint64)
    factors, terms = _permutations()
    mixed = (hashes[:, None] * factors + terms) >> np.uint64(32)
    return bytes(mixed.min(axis=0).astype("<u4").tobytes())


def likeness(one: set[bytes], other: set[bytes]) -> float:
    """Return how alike two texts are: the share of the shorter one's sequences that the other has too."""
    return len(one & other) / max(1, min(len(one), len(other)))


def estimate(one: bytes, other: bytes) -> float:
    """Return how alike two signatures say their texts are: the share of all sequences that both have."""
    return float(np.count_nonzero(np.frombuffer(one, "<u4") == np.frombuffer(other, "<u4"))) / PERMUTATIONS


@cache
def _permutations() -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Return the odd factors and the terms that permute hashes, drawn once and for all from a hash of their number."""
    drawn = [hashlib.sha256(f"permutation {i}".encode()).digest() for i in range(PERMUTATIONS)]
    factors = np.array([int.from_bytes(digest[:8], "big") | 1 for digest in drawn], np.uint64)
    return factors, np.array([int.from_bytes(digest[8:16], "big") for digest in drawn], np.uint64)
