"""Which names are a person's, by what stands beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.finders.features import first_names
from geomap.finders.lines import table

if TYPE_CHECKING:
    from geomap.finders.features import Cues
    from geomap.finders.lines import Line
    from geomap.finders.names import Known


def is_person(line: Line, first: int, last: int, cues: Cues, answer: Known | None = None) -> bool:
    """Say whether a name is a person's: spoken of as one and never as where something is, or half of who speaks.

    "Paris Hilton said": a capitalised word behind it that is no office or organisation, and a word of speech.
    """
    if _is_introduced(line, first, last, cues) and (last - first == 1 or answer is None or answer.stripped):
        return True
    if last - first > 1:
        return False
    word = line.lower[first]
    if word in cues.people and word not in cues.sites:
        return True
    if last + 1 >= len(line.lower) or not line.names[last] or line.lower[last + 1] not in table("speech"):
        return False
    return not any(line.lower[last] in table(kind) for kind in ("title", "organisation", "place_noun", "group"))


_ARTICLES = frozenset("a an the his her their".split())
_REACH = 5
"""Words of an apposition within which what a person is must stand."""


def _is_introduced(line: Line, first: int, last: int, cues: Cues) -> bool:
    """Say whether a given name, with what follows it, is told to be somebody: "Georgia Hill, a nurse from"."""
    lower = line.lower
    if lower[first] not in first_names() or lower[first] in cues.sites or lower[last : last + 1] != [","]:
        return False
    if lower[last + 1 : last + 2] and lower[last + 1] not in _ARTICLES:
        return False
    for at in range(last + 2, min(last + 2 + _REACH, len(lower))):
        if lower[at] in ",.;:":
            return False
        if lower[at] in table("somebody"):
            return not line.names[at]
    return False
