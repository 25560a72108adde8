"""What an article is about as a whole: a match report kills nobody, and a war bulletin's short lines tell of war."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geomap.events.actors import ARMED
from geomap.events.kinds import REMOTE, family
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
MOST = 0.6
"""From which share of its sentences of violence on an article is of one weapon."""
BULLETIN = 0.3
"""From which share of terse lines with words of war on an article is a bulletin."""


@dataclass(frozen=True, slots=True)
class Climate:
    """What the sentences of an article have in common."""

    sport: bool = False
    bulletin: bool = False
    """Whether much of it is short lines with words of war in them."""
    means: str = ""
    """The weapon that most of it tells of: in a night's report of drones, "hits" are theirs."""


NOTHING = Climate()
"""An article about nothing in particular."""


def climate(sentences: Sequence[Sentence]) -> Climate:
    """Return what an article is about, by the words of all its sentences."""
    if not sentences:
        return NOTHING
    sport = sum(is_sport(s) for s in sentences)
    terse = sum(is_terse(s) and is_violent(s) for s in sentences)
    return Climate(
        sport >= SEVERAL and sport / len(sentences) >= SPORT,
        terse > SEVERAL and terse / len(sentences) >= BULLETIN,
        _means(sentences),
    )


def _means(sentences: Sequence[Sentence]) -> str:
    """Return the kind of weapon that most sentences with an event word of violence tell of, none where none is."""
    told = [{h.label for h in s.hits["triggers"] if h.label in REMOTE} for s in sentences if is_violent(s)]
    counted = Counter(label for labels in told for label in labels)
    label, times = counted.most_common(1)[0] if counted else ("", 0)
    return label if times >= SEVERAL and times / len(told) >= MOST else ""


def is_sport(sentence: Sentence) -> bool:
    """Say whether a sentence has words of sport, or the score of a match: "won 81-77 at"."""
    if any(h.label == "sport" for h in sentence.hits["unrelated"]):
        return True
    lower = sentence.lower
    return any(
        lower[i].isdigit()
        and lower[i + 1].isdigit()
        and sentence.words[i + 1].start == sentence.words[i].end + 1
        and (lower[i + 2 : i + 3] in _BEHIND_A_SCORE)
        for i in range(len(lower) - 1)
    ) and bool(_WON & set(lower))


_BEHIND_A_SCORE = frozenset(((), *((w,) for w in ", . ; on at to in over against and as by after".split())))
_WON = frozenset(
    "won win wins beat beats beating defeated rout routed routs lead led trailed drew draw victory defeat hammered "
    "crushed thrashed edged thumped stunned downed toppled swept bury buried".split()
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
