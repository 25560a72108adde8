"""The finder without a model: names the gazetteer knows, where the words beside them speak of a place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.finders.lines import Line, read_lines, table
from geomap.model import Mention, Span

if TYPE_CHECKING:
    from gazetteer import Gazetteer
    from geomap.finders.names import Hit
    from geomap.model import Document

_PLAIN = frozenset({"country", "region", "admin1", "city6", "city5"})
"""What is a place unless the words beside it say otherwise; the rest needs a word that speaks of a place."""
_COMMON = frozenset(
    "of can man march may most police union reading nice split bath goes mobile will june july monday tuesday "
    "wednesday thursday friday saturday sunday january february april august september october november december the "
    "a an i he she we they it but and in on at to for so no us as is was new god lord general army university "
    "college".split()
)


def find(document: Document, gazetteer: Gazetteer) -> tuple[Mention, ...]:
    """Return the places and demonyms of a document's article."""
    return tuple(
        _mention(document, line, hit)
        for line in read_lines(document, gazetteer)
        for hit in line.hits
        if _likely(line, hit)
    )


def _mention(document: Document, line: Line, hit: Hit) -> Mention:
    span = Span(line.tokens[hit.first].start, line.tokens[hit.last - 1].end)
    return Mention(span, span.of(document.text), "demonym" if hit.known.demonym else "place", 0.8)


def _likely(line: Line, hit: Hit) -> bool:
    """Say whether a name the gazetteer knows is one here: by its kind, and by the words beside it."""
    words = line.lower
    name, alone = words[hit.first], hit.last - hit.first == 1
    before = words[hit.first - 1] if hit.first else ""
    after = words[hit.last] if hit.last < len(words) else ""
    if _never(line, hit) or (after in table("organisation") and line.names[hit.last]) or name in table("group"):
        return False
    if hit.known.demonym:
        return True
    spoken = before in table("locative") or before in table("place_noun") or after in table("place_noun")
    if before == "of" and hit.first > 1:
        spoken = spoken or words[hit.first - 2] in table("place_noun")
    person = before in table("title") or (hit.first > 0 and line.names[hit.first - 1] and not line.shouted)
    if person and not spoken:
        return False
    return spoken or hit.known.band in _PLAIN or (not alone and not hit.known.stripped)


def _never(line: Line, hit: Hit) -> bool:
    """Say whether it is a common word, or a code that is not written as one."""
    first = line.tokens[hit.first].text
    common = hit.last - hit.first == 1 and (first.lower() in _COMMON or len(first) == 1)
    return (common and not hit.known.code) or (hit.known.code and not first.isupper())
