"""What a toll is of: this event, a war or a year as a whole, an event before, or so many more than were told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.events.kinds import DIPLOMACY
from geomap.events.lexicon import pairs
from geomap.events.predicates import SUPERLATIVES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.events.lexicon import Hit
    from geomap.events.numbers import Number
    from geomap.events.reading import Sentence

WARS = frozenset(
    "war conflict uprising revolt insurgency violence unrest fighting crisis rebellion campaign offensive".split()
)
"""What goes on for months: what it has killed is no event's toll."""
_SPANS = frozenset("weeks months years decades".split())
_WHOLE = frozenset(("to date", "since then", "this year", "that year", "last year", "this month", "so far this"))
_PERIODS = frozenset(("hour", "day", "week", "month", "year"))
"""What stands before "earlier" where it tells a day: "three days earlier, rebels killed"."""
_EARLIER = frozenset("earlier previous initial first".split())
_BRINGS = frozenset("bringing bring brings brought taking raising pushing takes raises".split())
_LATE = frozenset("died dies die succumbed bodies body recovered found third fourth fifth wounds injuries".split())
"""What tells that a toll grew without a new deed: "two more died, bringing the toll to 31"."""
_SINCE = ("after", "since", "following")


def is_earlier(sentence: Sentence, hit: Hit) -> bool:
    """Say whether a figure is one that a later one replaces: "an earlier toll of seven"."""
    return any(w in _EARLIER for w in sentence.lower[max(0, hit.first - 3) : hit.first])


def is_elsewhere(sentence: Sentence, hit: Hit) -> bool:
    """Say whether a toll is that of an event before this: "it came a week after gunmen killed 19"."""
    lower, clause = sentence.lower, sentence.clauses[hit.first]
    start = next(i for i, c in enumerate(sentence.clauses) if c == clause)
    if {"reprisal", "retaliation", "revenge", "avenge"} & set(lower[max(0, hit.first - 5) : hit.first]):
        return True
    told = any(h.last <= start and h.label not in DIPLOMACY for h in sentence.hits["triggers"])
    if not start or lower[start] not in _SINCE or hit.first == start or not told or lower[start + 1] == "the":
        return False
    before = lower[start - 1]
    return start > 1 and (before.rstrip("s") in _PERIODS or before in ("came", "comes", "come"))


def is_on_top(sentence: Sentence, hit: Hit, number: Number) -> bool:
    """Say whether a toll is of others than were counted before: "another two died", "his driver was also killed"."""
    lower = sentence.lower
    if "also" in lower[max(0, hit.first - 2) : hit.first]:
        return True
    around = lower[max(0, number.first - 2) : number.first + 1] + lower[number.last : number.last + 1]
    if (
        any(w in ("another", "further", "additional", "more") for w in around)
        and lower[max(0, number.first - 1)] != "than"
    ):
        return "than" not in lower[number.first : number.last]
    behind = lower[number.last : number.last + 4]
    if lower[hit.first] in ("lost", "losing") and "killed" in lower[: hit.first]:
        return not any(h.label == "speech" for h in sentence.hits["status"])  # "killed 14 rebels and lost two men"
    return behind[:1] == ("of",) and any(w in ("wounded", "injured") for w in behind)


def is_cumulative(sentence: Sentence, hit: Hit, number: Number, *, update: bool) -> bool:
    """Say whether a number is of more than one event: a war, a year, "bringing the toll to 45"."""
    lower = sentence.lower
    first, last = min(hit.first, number.first), max(hit.last, number.last)
    around = lower[first : next((i for i in range(last, min(last + 12, len(lower))) if lower[i] in _BRINGS), last + 12)]
    if _WHOLE & set(pairs(around)) and "earlier" not in around:
        return True
    behind = lower[hit.last : hit.last + 9]
    if any(w in _SPANS and {"in", "over"} & set(behind[:i]) for i, w in enumerate(behind)):
        return True
    before = [
        i
        for i in range(max(0, first - 4), hit.first)
        if lower[i] in ("previous", "earlier") and not (i and lower[i - 1].rstrip("s") in _PERIODS)
    ]
    if before and not update:
        return True
    if _since(sentence, hit):
        return True
    bringing = bool(_BRINGS & set(lower[max(0, first - 7) : first + 1]))
    if bringing and (update or any(w in ("total", "number", "toll") for w in lower[max(0, first - 6) : last + 4])):
        return not _LATE & set(lower[:first])
    perfect = any(w in ("has", "have", "had") for w in lower[max(0, first - 4) : hit.first])
    if _is_of_war(lower[max(0, hit.first - 12) : hit.first]):
        return True
    whole = any(lower[i] in WARS for i in range(max(0, hit.first - 9), hit.first)) or (
        behind[:2] in (("in", "the"), ("during", "the")) and behind[2:3] in (("war",), ("conflict",))
    )
    return perfect and whole and hit.label != "displaced"


def _is_of_war(before: Sequence[str]) -> bool:
    """Say whether a toll stands in a relative clause of a war's: "the war, in which 10,000 died"."""
    return any(w in ("war", "conflict") and {"in", "which"} <= set(before[i + 1 : i + 4]) for i, w in enumerate(before))


_HOURS = frozenset("hour hours day night".split())


def _is_bulletin(behind: Sequence[str]) -> bool:
    """Say whether a span is a bulletin's own: "over the past 24 hours", "in the last two days", not "two weeks"."""
    return bool(_HOURS & set(behind)) or ("days" in behind and behind[0] in ("two", "three", "2", "3"))


RANKED = 6
"""How many words before "since" may say that something is only ranked by it."""


def _since(sentence: Sentence, hit: Hit) -> bool:
    """Say whether the clause of a casualty word, or the next, tells a span up to today: "since the war began"."""
    lower, clause = sentence.lower, sentence.clauses[hit.first]
    return any(
        h.label == "since"
        and (clause <= sentence.clauses[h.first] <= clause + 1 or (not h.first and lower[0] == "since"))
        and lower[h.first : h.last] not in (("in", "total"), ("altogether",), ("overall",))
        and not _is_bulletin(lower[h.last : h.last + 3])
        and not (lower[h.first] == "since" and SUPERLATIVES & set(lower[max(0, h.first - RANKED) : h.first]))
        and not _BRINGS & set(lower[min(hit.first, h.first) : max(hit.first, h.first)])
        for h in sentence.hits["status"]
    )
