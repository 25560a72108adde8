"""Where an event word is only mentioned: what somebody condemned, what a report is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.events.predicates import is_past

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


def _is_object(sentence: Sentence, hit: Hit) -> bool:
    if sentence.lower[hit.last : hit.last + 1] in _PARTICULAR:
        return False  # "condemned the murder of a judge"
    before = sentence.lower[max(0, hit.first - 5) : hit.first]
    at = next((i for i in range(len(before) - 1, -1, -1) if before[i] in _SPEECH), None)
    return at is not None and bool(_THAT & set(before[at:]))
