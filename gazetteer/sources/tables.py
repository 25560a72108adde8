"""Reads the committed tables of `gazetteer/data`."""

from __future__ import annotations

import csv
import io
import lzma
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable

DATA: Traversable = resources.files("gazetteer") / "data"


def rows(name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a table with a header, lines that start with # left out."""
    text = (DATA / name).read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if line and not line.startswith("#"))
    return csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


def packed_rows(name: str) -> Iterator[list[str]]:
    """Yield the rows of a compressed table, which has no header."""
    with (DATA / name).open("rb") as raw, lzma.open(raw) as file:
        for line in io.TextIOWrapper(file, encoding="utf-8", newline="\n"):
            yield line.rstrip("\n").split("\t")


def split(cell: str | None) -> list[str]:
    """Return the parts of a cell that holds several, divided by bars."""
    return [part for part in (cell or "").split("|") if part]
