"""One figure for each harm of an event, out of all that its sentences count."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geomap.events import tolls
from geomap.events.lexicon import values
from geomap.model import HARMS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geomap.events.harm import Count
    from geomap.events.reading import Sentence
    from geomap.model import Toll


def of_event(told: Iterable[tuple[Sentence, Sequence[Count]]], text: str) -> dict[str, Toll]:
    """Return an event's tolls: the first figure told, made one with later updates and rival claims."""
    found: dict[str, Toll] = {}
    for sentence, counts in told:
        for name, toll in of_sentence(sentence, counts, text).items():
            own = [c for c in counts if c.harm == name]
            known = found.get(name)
            if known is None or _is_closer(toll, known) or _is_outgrown(known, toll, sentence):
                found[name] = toll
            elif own and own[0].more:  # a toll over many events is counted under none of the harms
                found[name] = _added(found[name], toll)
            elif any(c.update for c in own):
                found[name] = _updated(found[name], toll)
    return found


def _is_closer(toll: Toll, known: Toll) -> bool:
    """Say whether a figure tells more than one known: any after none, "more than 30" after "dozens"."""
    if toll.best is None or toll.best < known.low:
        return False
    vague = _is_vague(known) and not _is_vague(toll)
    return known.best is None or (known.high is None and vague)


def _is_outgrown(known: Toll, toll: Toll, sentence: Sentence) -> bool:
    """Say whether the lead counts a headline's figure out: "more than 50" there is "at least 56" here."""
    return known.high is None and sentence.number <= _LEAD and known.low <= toll.low <= 2 * known.low


_LEAD = 2
"""Up to which sentence a text may still tell its headline in full."""


def _is_vague(toll: Toll) -> bool:
    return not values("en", "vague").keys().isdisjoint(toll.words.lower().split())


def of_sentence(sentence: Sentence, counts: Sequence[Count], text: str) -> dict[str, Toll]:
    """Return the tolls of one sentence: parts of one count added, rival claims as a range, a later figure last."""
    found: dict[str, Toll] = {}
    for harm in HARMS if counts else ():
        own = [c for c in counts if c.harm == harm and not c.both]
        earlier = [c for c in own if c.earlier]
        own = [c for c in own if not c.earlier] or own
        within = [c for c in own if not c.cumulative]
        background = [c for c in own if c.cumulative]
        if harm == "killed" and background:
            found["cumulative_killed"] = tolls.toll(sentence, background[0].number, text)
        if within:
            toll = _one(sentence, within, text)
            if harm == "displaced" and toll.best == 1:  # "a resident who had fled"
                continue
            low = min([toll.low, *(c.number.low for c in earlier)])
            found[harm] = replace(toll, low=low)
    return found


def _one(sentence: Sentence, counts: Sequence[Count], text: str) -> Toll:
    first = tolls.toll(sentence, counts[0].number, text)
    for count in counts[1:]:
        other = tolls.toll(sentence, count.number, text)
        if count.more:
            first = _added(first, other)
        elif count.update or "later" in sentence.lower[counts[0].word : count.word]:
            first = _updated(first, other)
        elif _rivals(sentence, counts[0], count):
            first = _range(first, other)
        elif _is_other_side(counts[0], count):
            first = _added(first, other)
        elif (other.best or 0) > (first.best or 0):
            first = other
    return first


_ARMED = frozenset(
    (
        "attackers attacker assailants assailant militants militant gunmen rebels insurgents terrorists bandits "
        "guerrillas bombers bomber"
    ).split()
)
"""Whose dead are told beside those of the other side."""


def _is_other_side(a: Count, b: Count) -> bool:
    """Say whether a second figure is of the other side's dead: "killed 17 residents, while 39 attackers died"."""
    return a.word != b.word and None not in (a.number.noun, b.number.noun) and (
        (a.number.noun in _ARMED) != (b.number.noun in _ARMED)
    )  # fmt: skip


_APART = frozenset((";", "while", "whereas", "but", "although", "though"))
"""What stands between the claims of two sides."""


def _rivals(sentence: Sentence, a: Count, b: Count) -> bool:
    """Say whether two figures are claims of two speakers."""
    first, last = sorted((a.word, b.word))
    spoken = [h.first for h in sentence.hits["status"] if h.label == "speech"]
    apart = any(w in _APART for w in sentence.lower[first:last])
    return (len(spoken) > 1 or apart) and any(first < s < last for s in spoken)


def _range(a: Toll, b: Toll) -> Toll:
    low = min(a.low, b.low)
    highs = [t.high if t.high is not None else t.best for t in (a, b)]
    high = max((h for h in highs if h is not None), default=None)
    return replace(a, low=low, high=high, best=low)


def _added(a: Toll, b: Toll) -> Toll:
    """Return a figure with another on top of it; the words are those of the first."""
    best = a.best + b.best if a.best is not None and b.best is not None else None
    high = a.high + b.high if a.high is not None and b.high is not None else None
    return replace(a, low=a.low + b.low, high=high, best=best)


def _updated(old: Toll, new: Toll) -> Toll:
    return replace(new, low=min(old.low, new.low))
