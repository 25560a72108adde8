"""Places told once for what follows: a line's label ("Mwenga: ...", "B. GWOZA - ..."), and a heading of its own."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from geomap.events.geography import contains, rank
from geomap.events.named import MODIFIERS, PLACE_NOUNS
from geomap.model import Resolution

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.events.reading import Sentence
    from geomap.model import Document

_LINE = re.compile(r"[^\n]+")
_MARK = re.compile(r"[^\w\n]*(?:\(?[A-Za-z0-9]{1,2}[.)][ \t]+)?[^\w\n]*")
"""What may stand before a label: a bullet, "B." or "3)"."""
_LABELS = (
    re.compile(r"[^\n:]{2,60}?(?P<end>:(?=\s))"),
    re.compile(r"[^\n:]{2,60}?(?P<end>[ \t]{1,3}[-–—]{1,2}[ \t]{1,3}(?=\S))"),
)
_LETTERS = re.compile(r"\([A-Z]{2,6}\)")
"""An area's letters behind a town: "Kapoeta East (EES)"."""
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SMALL = (
    PLACE_NOUNS
    | MODIFIERS
    | frozenset(
        "and of the in la el al de du des region regions state states province provinces county territory prefecture "
        "department governorate district districts zone town city axis sector update situation area areas lga".split()
    )
)
LABELS = 2
"""How many lines that open with a place make a list."""
HEADING = 8
"""How many words a heading has at most."""


@dataclass(frozen=True, slots=True)
class Openings:
    """The places that lines are headed by: of each list item its label, of each sentence its heading."""

    labels: Mapping[int, Resolution]
    heads: Mapping[int, Resolution]


NOTHING = Openings({}, {})
"""What heads the sentences of plain prose."""


def opened(
    document: Document, sentences: Sequence[Sentence], resolutions: Sequence[Resolution]
) -> tuple[tuple[Sentence, ...], Openings]:
    """Return the sentences, a line that opens with a place's label made an item of its own, and what heads each."""
    known = [r for r in resolutions if r.mention.kind == "place" and r.place is not None]
    starts = [r.mention.span.start for r in known]
    lines, heading = [], None
    for line in _LINE.finditer(document.text):
        near = known[bisect_right(starts, line.start() - 1) : bisect_right(starts, line.end())]
        label = _label(document.text, line.start(), line.end(), near)
        if _is_heading(document.text, line.start(), line.end()):
            heading = _head(document.text, line.start(), line.end(), near)
        lines.append((line.start(), label, heading))
    if sum(label is not None for _, label, _ in lines) < LABELS:  # one alone is a dateline
        lines = [(start, None, heading) for start, _, heading in lines]
    return _told(sentences, lines)


def _told(
    sentences: Sequence[Sentence], lines: Sequence[tuple[int, Resolution | None, Resolution | None]]
) -> tuple[tuple[Sentence, ...], Openings]:
    """Give each sentence the item of its line, and the place that this or a heading is."""
    at = [start for start, _, _ in lines]
    own = max((s.item for s in sentences), default=0)
    items: dict[int, int] = {}
    labels: dict[int, Resolution] = {}
    heads: dict[int, Resolution] = {}
    found = []
    for s in sentences:
        line = bisect_right(at, max(s.span.end - 1, 0)) - 1
        item = s.item
        _, label, heading = lines[line] if line >= 0 else (0, None, None)
        if label is not None and rank(label.place) == 1:
            heading = label  # "Kenya: ..." heads all that its line tells, which may be much
        elif label is not None:
            item = s.item or items.setdefault(line, own + len(items) + 1)
            labels.setdefault(item, label)
        found.append(replace(s, item=item) if item != s.item else s)
        if heading is not None:
            heads[s.number] = heading
    return tuple(found), Openings(labels, heads)


def _label(text: str, start: int, end: int, near: Sequence[Resolution]) -> Resolution | None:
    """Return the place that a line opens with, where a colon or a dash stands behind it and nothing else before."""
    mark = _MARK.match(text, start, end)
    first = mark.end() if mark is not None else start
    for pattern in _LABELS:
        label = pattern.match(text, first, end)
        if label is not None and text[label.end() : end].strip():
            head = _head(text, first, label.start("end"), near)
            if head is not None:
                return head
    return None


def _is_heading(text: str, start: int, end: int) -> bool:
    """Say whether a line is a few words without an end: "NORTH KORDOFAN", "Needs and response"."""
    mark = _MARK.match(text, start, end)
    line = text[mark.end() if mark is not None else start : end].strip(" \t#*=:•-–—")
    words = line.split()
    return 0 < len(words) <= HEADING and line[:1].isupper() and line[-1:] not in '.!?;,…"”' and ":" not in line


def _head(text: str, start: int, end: int, near: Sequence[Resolution]) -> Resolution | None:
    """Return the finest of the places that are all a stretch of text says: "DRC – South Kivu"."""
    inside = [r for r in near if start <= r.mention.span.start and r.mention.span.end <= end]
    if not inside:
        return None
    left, at = [], start
    for r in inside:
        left.append(text[at : r.mention.span.start])
        at = max(at, r.mention.span.end)
    left.append(_LETTERS.sub("", text[at:end]))
    if any(w.lower() not in _SMALL for part in left for w in _WORD.findall(part)):
        return None
    best = inside[0]
    for r in inside[1:]:  # "Sudan - Bara" is Bara, "Memba, Nampula" is Memba
        if best.place is not None and r.place is not None and rank(r.place) > rank(best.place):
            best = r if contains(best.place, r.place) else best
    return best
