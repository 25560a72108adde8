"""Every stage takes time in proportion to its input, however odd the input is."""

from __future__ import annotations

import time
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

import pytest

from gazetteer import Gazetteer, open_gazetteer
from geomap.body import find_body, find_title
from geomap.events import extract
from geomap.events.reading import read
from geomap.finders import FINDERS
from geomap.model import Document, Span
from geomap.pipeline import find
from geomap.readers import finish
from geomap.resolve import resolve
from geomap.segment import sentences, tokens

if TYPE_CHECKING:
    from collections.abc import Callable

SHORT, TIMES = 4_000, 4
ALLOWED, SLACK = 9.0, 0.2
"""Four times the text may take nine times the time and a little: a quadratic stage takes sixteen times."""

BITS = (
    "a", " ", "\n", "\n\n", "\t", "A.B.", "1,", "1 and ", "(", "-", "— ", "Monday ", "between 1 and ", "Mr. ",
    "killed ",
    "Aleppo ", "Aleppo, ", "'s", "\u200f", "<a ", "“", "of the ", "over the past ", "5 May ", "A", "AB ", "AB, ",
    "By A, ", "U.S. ", "the town of ", "killed 5 people in Aleppo. ", "killed 5 people in Aleppo and ", "twenty ",
    "Al-", "x.y", "http://a.b/", "…", " .", "ب ", "中", "\x00", "Related News\n", "PARIS (AP) - \n",
)  # fmt: skip


@cache
def _gazetteer() -> Gazetteer:
    return open_gazetteer()


def _document(text: str) -> Document:
    return Document("x", text, published=date(2013, 5, 25))


STAGES: dict[str, Callable[[str], object]] = {
    "body": find_body,
    "title": lambda text: find_title(text, find_body(text)),
    "tokens": tokens,
    "sentences": lambda text: sentences(text, (Span(0, len(text)),)),
    "finish": lambda text: finish(Document("x", text, language="")),
    "reading": lambda text: read(_document(text)),
    "crf": lambda text: FINDERS["crf"](_document(text), _gazetteer()),
    "gazetteer": lambda text: FINDERS["gazetteer"](_document(text), _gazetteer()),
    "resolve": lambda text: resolve(_document(text), find(_document(text), _gazetteer()), _gazetteer()),
    "extract": lambda text: extract(_document(text), (), _gazetteer()),
}


@pytest.mark.parametrize("stage", STAGES)
def test_time_grows_with_the_text_and_no_faster(stage: str) -> None:
    """A fragment repeated to four times the length takes about four times as long."""
    slow = [said for bit in BITS if (said := _growth(STAGES[stage], bit))]

    assert [] == slow


def _growth(run: Callable[[str], object], bit: str) -> str | None:
    """Return what is wrong, after a second try, since a machine may be busy."""
    said = None
    for _ in range(2):
        short, long = (_seconds(run, (bit * (n // len(bit) + 1))[:n]) for n in (SHORT, SHORT * TIMES))
        if long <= ALLOWED * short + SLACK:
            return None
        said = f"{bit!r}: {short:.2f} s for {SHORT} characters, {long:.2f} s for {SHORT * TIMES}"
    return said


def _seconds(run: Callable[[str], object], text: str) -> float:
    begun = time.process_time()
    run(text)
    return time.process_time() - begun
