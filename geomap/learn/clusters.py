"""Groups words that are used alike, from a spaCy model's vectors: `python -m geomap.learn clusters en_core_web_md`.

The vectors themselves are not shipped, only which words fall together: what was learned of a word that the annotated
texts hold ("attacked") then serves for one they do not ("stormed").
"""

from __future__ import annotations

import struct
from array import array
from typing import TYPE_CHECKING, Any
from zlib import crc32

if TYPE_CHECKING:
    from pathlib import Path

FINE, COARSE = 512, 64
ROUNDS = 30
LONGEST = 18


def cluster(model: str, path: Path) -> int:
    """Cluster a spaCy model's words and write the table that `geomap.finders.clusters` reads; return its length."""
    import numpy as np
    import spacy

    vocab = spacy.load(model, exclude=["ner", "parser", "tagger", "lemmatizer", "attribute_ruler", "tok2vec"]).vocab
    vectors = vocab.vectors.data
    unit = vectors / (np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9)
    fine, coarse = kmeans(unit, FINE), kmeans(unit, COARSE)
    rows: dict[int, int] = {}
    for word in sorted({vocab.strings[key] for key in vocab.vectors.key2row if key in vocab.strings}):
        lower = word.lower()
        row = vocab.vectors.key2row.get(vocab.strings[lower])
        if row is not None and lower.isalpha() and 1 < len(lower) <= LONGEST:
            rows.setdefault(crc32(lower.encode()), row)
    keys = sorted(rows)
    path.write_bytes(
        struct.pack("<4sI", b"GMC1", len(keys))
        + array("I", keys).tobytes()
        + array("H", [int(fine[rows[k]]) for k in keys]).tobytes()
        + bytes(int(coarse[rows[k]]) for k in keys)
    )
    return len(keys)


def kmeans(points: Any, count: int, *, seed: int = 0) -> Any:
    """Return the cluster of each unit vector, by spherical k-means from `count` of them picked at random."""
    import numpy as np

    dice = np.random.default_rng(seed)
    centres = points[dice.choice(len(points), count, replace=False)]
    owner = np.zeros(len(points), dtype=int)
    for _ in range(ROUNDS):
        owner = (points @ centres.T).argmax(axis=1)
        for number in range(count):
            mine = points[owner == number]
            centre = mine.sum(axis=0) if len(mine) else points[dice.integers(len(points))]
            centres[number] = centre / (np.linalg.norm(centre) + 1e-9)
    return owner
