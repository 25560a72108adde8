"""A sentence that tells of several towns is read in parts: "two died in Rubizhne, in Lysychansk five were wounded"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.events.lexicon import within
from geomap.foreign.reading import Line
from geomap.language import words
from geomap.model import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.model import Resolution

_MARKS = frozenset((",", ";", "،", "؛", "—", "–", "-"))
_ENDS = frozenset((",", ".", ";", ")", "،", "؛", ":", "»", '"'))


def is_town(resolution: Resolution) -> bool:
    """Say whether a mention is placed in a settlement."""
    return resolution.place is not None and resolution.place.feature.startswith("P.")


def is_country(resolution: Resolution) -> bool:
    """Say whether a mention is placed in a country."""
    return resolution.place is not None and resolution.place.feature.startswith("A.PCL")


def holds_another(line: Line, span: Span, places: Sequence[Resolution]) -> bool:
    """Say whether a place stands right behind another and only says where that lies: "à Djibo, au Burkina"."""
    ends = {r.mention.span.end for r in places if r.mention.span.end < span.start}
    if not ends:
        return False
    between = [word.lower for word in line.words if max(ends) <= word.start and word.end <= span.start]
    nouns = words(line.code, "place_nouns")
    small = words(line.code, "locative") | words(line.code, "owning") | words(line.code, "common") | nouns
    if not between or between[0] not in {",", "(", "،"}:
        return False
    spoken = any(word in nouns for word in between[1:])  # "en el sureño departamento de Puno"
    strange = sum(word not in small for word in between[1:])
    return strange <= (1 if spoken else 0)


def parts(line: Line, placed: Sequence[Resolution]) -> list[Line]:
    """Return a sentence's parts that each name a town and tell something of it; the whole where there are not two."""
    towns = [r for r in placed if is_town(r) and line.span.holds(r.mention.span)]
    if len({r.place.id for r in towns if r.place}) < 2:  # noqa: PLR2004 - two towns at least
        return [line]
    cuts = [0]
    for at in range(1, len(line.words) - 1):
        if not _is_joint(line, at):
            continue
        left, right = _part(line, cuts[-1], at), _part(line, at, len(line.words))
        opens = _opens(line, at, towns, placed) or _goes_on(left, right, line.words[at].text, towns)
        if opens and _tells(left, towns) and _tells(right, towns):
            cuts.append(at)
    if len(cuts) == 1:
        return [line]
    return [_part(line, first, last) for first, last in zip(cuts, [*cuts[1:], len(line.words)], strict=True)]


def _is_joint(line: Line, at: int) -> bool:
    word = line.words[at]
    return word.text in _MARKS or word.lower in words(line.code, "and") | words(line.code, "joint")


def _tells(line: Line, towns: Sequence[Resolution]) -> bool:
    """Say whether a part names a town and what happened there."""
    named = any(line.span.holds(r.mention.span) for r in towns)
    return named and bool(line.hits["triggers"] or line.hits["tolls"])


OPENS = 4
"""How many words stand at most between a joint and the town that the new part is about."""


def _opens(line: Line, at: int, towns: Sequence[Resolution], placed: Sequence[Resolution]) -> bool:
    """Say whether a part begins with its own town, which does not only say where the one before it lies."""
    here = [r.mention.span for r in towns if r.mention.span.start >= line.words[at].end]
    if not here:
        return False
    span = min(here)
    index = [i for i, word in enumerate(line.words) if word.end > span.start and word.start < span.end]
    if not index or index[0] - at > OPENS:
        return False
    before = line.words[index[0] - 1].lower
    prefixes = tuple(words(line.code, "locative_prefixes"))
    whole = line.words[index[0]].lower
    joined = bool(prefixes) and whole.startswith(prefixes) and line.words[index[0]].start < span.start
    follows = line.words[index[-1] + 1].text if index[-1] + 1 < len(line.words) else "."
    nested = holds_another(line, span, placed) and follows in _ENDS
    return (before in words(line.code, "locative") or joined) and not nested and follows not in _ENDS | {"("}


def _goes_on(left: Line, right: Line, joint: str, towns: Sequence[Resolution]) -> bool:
    """Say whether a clause of its own follows an "and": a number, a deed and another town than those before it."""
    if joint in _MARKS - {";", "؛"} or not right.hits["triggers"]:
        return False
    before = {r.place.id for r in towns if r.place and left.span.holds(r.mention.span)}
    after = [r for r in towns if r.place and right.span.holds(r.mention.span)]
    told = [hit for hit in left.hits["triggers"] if hit.label != "casualty"]
    return bool(told and after and before) and not before & {r.place.id for r in after if r.place}


def _part(line: Line, first: int, last: int) -> Line:
    """Return some words of a sentence as a line of its own."""
    start = line.span.start if first == 0 else line.words[first + (line.words[first].text in _MARKS)].start
    end = line.span.end if last == len(line.words) else line.words[last - 1].end
    return Line(Span(start, end), line.words[first:last], within(line.hits, first, last), line.code)
