"""What an article is about as a whole: a match report kills nobody, and a war bulletin's short lines tell of war."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geomap.events.actors import ARMED
from geomap.events.kinds import family
from geomap.events.lexicon import covered

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.events.reading import Sentence

SPORT = 0.25
"""From which share of sentences with words of sport on an article is a match report."""
SEVERAL = 2
"""From how many sentences on words of sport, or of war, are no accident."""
TERSE = 16
"""How many words a line of a bulletin has at most."""
BULLETIN = 0.3
"""From which share of terse lines with words of war on an article is a bulletin."""


@dataclass(frozen=True, slots=True)
class Climate:
    """What the sentences of an article have in common."""

    sport: bool = False
    bulletin: bool = False
    """Whether much of it is short lines with words of war in them."""


NOTHING = Climate()
"""An article about nothing in particular."""


def climate(sentences: Sequence[Sentence]) -> Climate:
    """Return what an article is about, by the words of all its sentences."""
    if not sentences:
        return NOTHING
    sport = sum(any(h.label == "sport" for h in s.hits["unrelated"]) for s in sentences)
    terse = sum(is_terse(s) and is_violent(s) for s in sentences)
    return Climate(
        sport >= SEVERAL and sport / len(sentences) >= SPORT, terse > SEVERAL and terse / len(sentences) >= BULLETIN
    )


def is_terse(sentence: Sentence) -> bool:
    """Say whether a sentence is no longer than a line of a bulletin."""
    return len(sentence.words) <= TERSE


def is_violent(sentence: Sentence) -> bool:
    """Say whether a sentence has an event word of violence, and none of other news."""
    return any(family(h.label) == "violence" for h in sentence.hits["triggers"]) and not sentence.hits["unrelated"]


_PARTIES = ARMED | {"Rioters", "Protesters"}


def has_party(sentence: Sentence) -> bool:
    """Say whether a sentence names police, an armed group, rioters or protesters."""
    sport = covered([h for h in sentence.hits["unrelated"] if h.label == "sport"])  # strikers of a club
    return any(
        h.label in _PARTIES and h.first not in sport for table in ("actors", "groups") for h in sentence.hits[table]
    )


__all__ = ["NOTHING", "Climate", "climate", "has_party", "is_terse", "is_violent"]
