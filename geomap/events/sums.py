"""A lead that only adds up what its text tells in full: "17 killed in two attacks" is neither of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.events import places
from geomap.events.kinds import family

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gazetteer.place import Place
    from geomap.events.draft import Draft

_MANY = frozenset("two three four five six several twin separate multiple coordinated simultaneous 2 3 4 5 6".split())
_DEEDS = frozenset("attacks raids strikes blasts bombings ambushes assaults incidents explosions shootings".split())
LEAD = 2
"""The number of the last sentence that may tell a sum."""


def without_sums(found: Sequence[Draft]) -> list[Draft]:
    """Leave out the events of a lead that speaks of several attacks and whose dead are those of events told after."""
    return [d for n, d in enumerate(found) if not _is_sum(d, found[n + 1 :])]


def _is_sum(draft: Draft, after: Sequence[Draft]) -> bool:
    whole, tellings = _dead(draft), draft.tellings
    if not whole or tellings[-1].sentence.number > LEAD or not any(tells_many(t.sentence.lower) for t in tellings):
        return False
    alike = [d for d in after if d.own and _dead(d) and family(d.first.key) == family(draft.first.key)]
    parts = [_dead(d) for d in alike if places.rank(_place(d)) > 1 and d.first.judgement.status != "historic"]
    most = whole * _OVER if _is_open(draft) else whole  # "more than 70" are 74
    return any(whole <= sum(parts[:n]) <= most for n in range(2, len(parts) + 1))


_OVER = 1.15
"""How many times more than an open figure its parts may sum up to."""


def _is_open(draft: Draft) -> bool:
    """Say whether the first figure of an event is "more than" or "at least"."""
    told = (c.number for t in draft.tellings for c in t.counts if c.harm == "killed" and not c.cumulative)
    return next((n.high is None for n in told if n.best), False)


def _place(draft: Draft) -> Place | None:
    return draft.where.place if draft.where is not None else None


def _dead(draft: Draft) -> int:
    """Return how many an event's first figure says were killed."""
    told = (c.number.best for t in draft.tellings for c in t.counts if c.harm == "killed" and not c.cumulative)
    return next((n for n in told if n), 0)


def tells_many(lower: Sequence[str]) -> bool:
    """Say whether a sentence speaks of more than one attack: "two attacks", "separate overnight raids"."""
    return any(w in _DEEDS and not _MANY.isdisjoint(lower[max(0, i - 3) : i]) for i, w in enumerate(lower))
