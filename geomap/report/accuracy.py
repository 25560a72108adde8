"""How good the program is, as its model cards measured it: a report quotes them, so that both say the same."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files

MEASURES: tuple[tuple[str, str, str], ...] = (
    (
        "TOPONYMS.md",
        "found, overlap F1",
        "places are found with an F1 (the balance of misses and false finds) of {range}",
    ),
    ("TOPONYMS.md", "placed within 161 km", "of the places named, {percent} are put within 161 km of where they are"),
    ("EVENTS.md", "events, recall", "of the events that texts tell of, {percent} are found"),
    ("EVENTS.md", "events, precision", "of the events found, {percent} are events of the text"),
)
"""The card, the row of its table, and how a report says it; a card or row that is not there is not quoted."""


@lru_cache(maxsize=1)
def accuracy() -> str:
    """Return what the cards measured on texts that the models never saw, in one sentence, or nothing."""
    told = [words for card, row, pattern in MEASURES if (words := _told(card, row, pattern))]
    return f"On news that its models never saw: {'; '.join(told)}." if told else ""


def _told(card: str, row: str, pattern: str) -> str:
    path = files("geomap.models").joinpath(card)
    if not path.is_file():
        return ""
    found = re.search(rf"^\| *{re.escape(row)} *\|(.+)\|\s*$", path.read_text(encoding="utf-8"), re.MULTILINE)
    figures = [float(cell) for cell in re.findall(r"\d\.\d+", found.group(1))] if found else []
    if not figures:
        return ""
    low, high = min(figures), max(figures)
    percent = f"{low:.0%}" if f"{low:.0%}" == f"{high:.0%}" else f"{100 * low:.0f}–{high:.0%}"
    return pattern.format(percent=percent, range=f"{low:.2f}" if low == high else f"{low:.2f}–{high:.2f}")
