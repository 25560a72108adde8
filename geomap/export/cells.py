"""Text that is safe to put in a cell: untrusted news must not become a formula, nor break the file it is written to."""

from __future__ import annotations

import re

Cell = str | int | float | None
"""What a cell of a table may hold."""

_STARTS_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]")
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """Take out the characters that XML, UTF-8 or a spreadsheet refuse: controls and half surrogates."""
    return _FORBIDDEN.sub("�", text)


def quote(text: str) -> str:
    """Put a quotation on one line, cleaned."""
    return " ".join(clean(text).split())


def defuse(cell: Cell) -> Cell:
    """Keep a spreadsheet from running a cell's text: what could start a formula gets an apostrophe before it.

    Numbers are left alone: only text can hold a formula.
    """
    if isinstance(cell, str) and _STARTS_FORMULA.match(cell):
        return f"'{cell}"
    return cell
