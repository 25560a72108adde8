"""Days told once for what follows: the heading of a day's list, and the day that opens a paragraph or an item."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geomap.events.dates import time_words
from geomap.model import Span

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from geomap.events.reading import Sentence
    from geomap.model import Document, When

LEAD = 8
"""How many words a sentence has at most that only says where and when: "Kidal, 23 May."."""
_LETTER = re.compile(r"[^\W\d_]")


def days_of(document: Document, sentences: Sequence[Sentence], published: date | None) -> dict[int, When]:
    """Return the day that each sentence stands under, by its number, where a heading or an opening says one."""
    found: dict[int, When] = {}
    heading: When | None = None
    lead: tuple[tuple[int, int], When] | None = None
    for s in sentences:
        block = (s.paragraph, s.item)
        if lead is not None and lead[0] != block:
            lead = None
        day = _heading(document, s, published)
        if day is not None:  # the article's own date line heads no list
            heading = day if s.number or day.first != published else None
        elif len(s.words) <= LEAD and not s.hits["triggers"]:
            told = time_words(document.text, s.body, published, code=document.language)
            if told and told[0].first is not None and told[0].precision == 1:
                lead = (block, told[0].when())
        under = lead[1] if lead is not None else heading
        if under is not None:
            found[s.number] = under
    return found


def _heading(document: Document, sentence: Sentence, published: date | None) -> When | None:
    """Return the day where the first line of a sentence is nothing else."""
    body = sentence.body
    line, _, rest = document.text[body.start : body.end].partition("\n")
    if len(sentence.words) > LEAD and not rest:
        return None
    span = Span(body.start, body.start + len(line))
    told = time_words(document.text, span, published, code=document.language)
    if len(told) != 1 or told[0].first is None or told[0].precision != 1:
        return None
    left = line[: told[0].span.start - span.start] + line[told[0].span.end - span.start :]
    return None if _LETTER.search(left) else told[0].when()


def title_day(document: Document, sentences: Sequence[Sentence], published: date | None) -> When | None:
    """Return the day that a list's title says it is of, where that is one of the week before: "Field notes, 2 Feb"."""
    if not sentences or published is None or sentences[0].number or len(sentences[0].words) > 2 * LEAD:
        return None
    if sentences[0].hits["triggers"]:
        return None
    told = time_words(document.text, sentences[0].body, published, code=document.language)
    first = told[0].first if len(told) == 1 and told[0].precision == 1 else None
    return told[0].when() if first is not None and 0 <= (published - first).days <= _WEEK else None


_WEEK = 7
