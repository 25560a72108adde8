"""Where an event word is only mentioned: what somebody condemned, what a report is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.events.predicates import SUPERLATIVES, is_past

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.events.lexicon import Hit
    from geomap.events.reading import Sentence

_REPORTS = frozenset(
    "assessment update overview report bulletin review monitor sitrep digest summary brief briefing tracker analysis "
    "roundup snapshot newsletter".split()
)
_SPEECH = frozenset(
    "condemn condemns condemned condemning deplored denounced denouncing denounces investigate investigating "
    "probe probing decried lamented mourned regretted discuss discussed discussing review reviewed assess".split()
)
_THAT = frozenset("the this that these those such".split())
_PARTICULAR = frozenset((w,) for w in "of on in at near against that which by when where".split())
TITLE = 24
"""How many words a title has at most."""


def is_title(sentence: Sentence) -> bool:
    """Say whether a sentence is the title of a report, and tells nothing: "Weekly review of unrest in Mali"."""
    if sentence.number or len(sentence.words) > TITLE or not _REPORTS & set(sentence.lower):
        return False
    if sentence.hits["tolls"] or sentence.lower[-1] == ".":
        return False
    return not any(is_past(sentence, h) for h in sentence.hits["triggers"])


def is_mentioned(sentence: Sentence, anchors: Sequence[Hit]) -> bool:
    """Say whether all event words of a sentence are what somebody spoke of: "the president condemned the attack"."""
    return bool(anchors) and all(_is_object(sentence, h) for h in anchors)


_CALLED = frozenset(
    "called calls calling described describes describing labelled labeled branded dubbed termed deemed hailed".split()
)
SAID_OF = 12
"""How many words behind "called" may be of what somebody calls something."""


def _is_called(sentence: Sentence, hit: Hit) -> bool:
    """Say whether an event word is of what somebody gave a name: "called the raid a crime", not "called a strike"."""
    start = next(
        (i for i in range(hit.first - 1, max(-1, hit.first - SAID_OF), -1) if sentence.lower[i] in _CALLED), None
    )
    if start is None or sentence.clauses[start] != sentence.clauses[hit.first]:
        return False
    object_ = sentence.lower[start + 1]
    named = object_ in _THAT or object_ in ("it", "them", "him", "her", "what", "such")
    return named and not is_past(sentence, hit)


_IT = frozenset("it this that these".split())
_RANKS = SUPERLATIVES | {"latest", "second", "third"}


def _is_ranked(sentence: Sentence, hit: Hit) -> bool:
    """Say whether an event word only ranks what was told before: "It was the deadliest attack since 2014"."""
    lower = sentence.lower
    return (
        lower[0] in _IT
        and lower[1:2] in (("was",), ("is",), ("were",), ("are",))
        and bool(_RANKS & set(lower[2:6]))
        and hit.first <= RANKED
    )


RANKED = 10
"""Up to which word an event word is of what "It was the deadliest" says."""


def _is_timed(sentence: Sentence, hit: Hit) -> bool:
    """Say whether an event word only says when what was told before came: "The attack came two days after talks in"."""
    lower, end = sentence.lower, hit.last
    if lower[max(0, hit.first - 1)] not in _THAT or hit.first > 2:
        return False
    if lower[end : end + 1] == (",",):
        end = next((i + 1 for i in range(end + 1, len(lower)) if lower[i] == ","), len(lower))
    return lower[end : end + 1] in (("came",), ("comes",)) and bool(_BEFORE_AFTER & set(lower[end : end + 6]))


_BEFORE_AFTER = frozenset("after as before amid despite ahead".split())


def _is_object(sentence: Sentence, hit: Hit) -> bool:
    if _is_called(sentence, hit) or _is_ranked(sentence, hit) or _is_timed(sentence, hit):
        return True
    if sentence.lower[hit.last : hit.last + 1] in _PARTICULAR:
        return False  # "condemned the murder of a judge"
    before = sentence.lower[max(0, hit.first - 5) : hit.first]
    at = next((i for i in range(len(before) - 1, -1, -1) if before[i] in _SPEECH), None)
    return at is not None and bool(_THAT & set(before[at:]))
