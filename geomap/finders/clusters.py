"""Which words are used alike: a sorted table of hashed words and their clusters, read in one piece."""

from __future__ import annotations

import struct
import sys
from array import array
from bisect import bisect_left
from functools import cache
from importlib.resources import files
from zlib import crc32

_HEAD = struct.Struct("<4sI")


@cache
def _table() -> tuple[array[int], array[int], bytes]:
    data = files("geomap").joinpath("models", "clusters.bin").read_bytes()
    _, count = _HEAD.unpack_from(data)
    keys, fine = array("I"), array("H")
    middle, end = _HEAD.size + 4 * count, _HEAD.size + 6 * count
    keys.frombytes(data[_HEAD.size : middle])
    fine.frombytes(data[middle:end])
    if sys.byteorder == "big":
        keys.byteswap()
        fine.byteswap()
    return keys, fine, data[end:]


def clusters(word: str) -> tuple[int, int] | None:
    """Return the fine and the coarse cluster of a word, whatever its case; None if it is in no cluster."""
    keys, fine, coarse = _table()
    wanted = crc32(word.lower().encode())
    at = bisect_left(keys, wanted)
    if at == len(keys) or keys[at] != wanted:
        return None
    return fine[at], coarse[at]
