"""How a paragraph of a news agency or a paper opens: where from, when, which agency."""

from __future__ import annotations

import re

from geomap.model import Span

_CAPITALS = r"[A-Z][A-Z.'’ -]{2,40}"
_DATELINE = re.compile(
    r"(?:By [^,\n]{3,60}, )?"
    rf"(?P<place>{_CAPITALS}(?:/{_CAPITALS})?(?:, ?[A-Z][A-Za-z.'’ -]{{2,30}})?"
    r"|[A-Z][\w.'’-]+(?: [A-Za-z][\w.'’-]+){0,3}(?: \([^)\n]{2,30}\))?)"
    r"(?P<date>,? [^()\n:]{0,30}?\d{1,4})?"
    r"(?: ?\((?P<agency>[^)\n]{2,60})\))?"
    r"(?:\s*(?:--|—|–|:-|(?P<colon>:)(?=\s)|-(?!\w))(?!\d)|(?<=\))(?=\s+[A-Z\"“]))\s*(?:\[[^\]\n]{2,80}\]\s*)*"
)
_TOWN_AND_LAND = re.compile(
    r"[A-Z][\w.'’-]{1,30}(?: [A-Z][\w.'’-]{1,30}){0,2}, [A-Z][\w.'’-]{1,30}(?: [A-Z][\w.'’-]{1,30}){0,2}"
    r"(?: [-–] | ?(?:--|—) ?)(?=[A-Z\"“])"
)
"""What may be a dateline in plain letters without a date: "Jenin, West Bank - "."""
_ELSEWHERE = re.compile(
    r"\b(?:in|at|near|on|outside)(?: the)? (?!(?:Jan|Feb|Mar|Apr|May|Ju[nl]|Aug|Sep|Oct|Nov|Dec)|\w+day\b)[A-Z]"
)
"""How a sentence goes on to name the place it speaks of."""
_SHORT = 3
"""Letters of an abbreviation that opens a paragraph: "UN - "."""


def dateline(text: str, span: Span) -> Span | None:
    """Return the dateline a paragraph opens with, None where there is none.

    "BEIRUT, May 24 (AFP) -", "BANGKOK/PHNOM PENH:", "Jenin, West Bank - " before a sentence that names its own place.
    Without a date or an agency, and before a colon, the town stands in capitals.
    """
    plain_line = _TOWN_AND_LAND.match(text, span.start, span.end)
    if plain_line is not None and _ELSEWHERE.search(text, plain_line.end(), span.end):
        return Span(span.start, plain_line.end())
    found = _DATELINE.match(text, span.start, span.end)
    if found is None:
        return None
    town = found.group("place").partition(",")[0]
    told = (found.group("agency") or found.group("date")) and not found.group("colon")
    return Span(span.start, found.end()) if told or (town.isupper() and len(town) > _SHORT) else None
