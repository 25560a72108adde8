"""A name found once is found everywhere it stands; what is plainly a person's or an organisation's name is not."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from geomap.finders.lines import is_other
from geomap.model import Mention, Span

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from geomap.finders.lines import Line
    from geomap.model import Document

SHARE = 0.34
"""Share of the places where a name stands that must be found before the others are taken as well."""

_SHORT = 3
"""Letters of a name that in capitals may be an abbreviation."""
LONGEST = 30
"""Tokens of the longest name looked for."""


def spread(document: Document, lines: Sequence[Line], found: Sequence[Mention]) -> list[Mention]:
    """Return the mentions found and those that follow from them, in order. Baku stands for BAKU too."""
    counts: Counter[str] = Counter()
    sure: dict[str, float] = {}
    forms: dict[str, str] = {}
    for mention in found:
        if mention.kind == "place":
            name = _same(mention.text)
            counts[name] += 1
            sure[name] = max(mention.confidence, sure.get(name, 0.0))
            forms[mention.text] = name
            if name != mention.text:
                forms[name] = name
    taken = {n for m in found for n in range(m.span.start, m.span.end)}
    standing: dict[str, list[Span]] = defaultdict(list)
    for text, span in _runs(document, lines, forms):
        standing[forms[text]].append(span)
    added = [
        Mention(span, span.of(document.text), "place", round(0.9 * sure[name], 4))
        for name, spans in standing.items()
        if counts[name] >= SHARE * len(spans)
        for span in spans
        if span.start not in taken and span.end - 1 not in taken
    ]
    return sorted([*found, *added], key=lambda m: m.span)


def _same(name: str) -> str:
    """Return the form that a name shares with itself in capitals; a short one may be an abbreviation."""
    return name.upper() if len(name) > _SHORT else name


def _runs(document: Document, lines: Sequence[Line], names: Collection[str]) -> Iterator[tuple[str, Span]]:
    """Yield where any of the names stands by itself: no other capitalised word right before or behind it."""
    longest = min(max((len(name.split()) for name in names), default=0) * 2 + 1, LONGEST)
    begins = {name.split()[0].split("-")[0] for name in names}
    heads = begins | {name.split("'")[0].split("’")[0] for name in begins}
    for line in lines:
        tokens = line.tokens
        for at in () if heads.isdisjoint(line.words) else range(len(tokens)):
            token = tokens[at]
            if token.text not in heads:
                continue
            for last in range(min(len(tokens), at + longest), at, -1):
                span = Span(token.start, tokens[last - 1].end)
                text = span.of(document.text)
                if text in names:
                    if not _joined(line, at, last) and not is_other(line, at, last, text):
                        yield text, span
                    break


def _joined(line: Line, first: int, last: int) -> bool:
    """Say whether a capitalised word touches the name on either side: then it is part of a longer one."""
    tokens = line.tokens
    before = first > 0 and line.names[first - 1] and tokens[first - 1].text[1:].islower()
    after = last < len(tokens) and line.names[last] and tokens[last].text[1:].islower()
    return not line.shouted and ((before and first > 1) or after)
