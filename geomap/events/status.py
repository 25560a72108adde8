"""Whether it happened at all: the status of an event word, told by the words around it.

Order matters. What is denied or long past is neither planned nor feared; a threat is more than a plan.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geomap.model import Status

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from geomap.events.dates import TimeWords
    from geomap.events.lexicon import Hit
    from geomap.events.reading import Sentence

REACH = 9
"""How many words a cue governs to its right."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """A status, and the words it rests on (empty for what simply happened)."""

    status: Status
    cue: str = ""
    negated: bool = False


def judge(sentence: Sentence, anchor: Hit, times: Sequence[TimeWords], published: date | None) -> Judgement:
    """Return the status of the event word `anchor` in its sentence."""
    for test in (_negated, _denied, _historic, _conditional, _governed, _yet, _ongoing):
        found = test(sentence, anchor, times, published)
        if found is not None:
            return found
    return Judgement("happened")


def _quote(sentence: Sentence, hit: Hit) -> str:
    return " ".join(w.text for w in sentence.words[hit.first : hit.last])


def _before(sentence: Sentence, anchor: Hit, label: str, reach: int = REACH, *, clause: bool = True) -> Hit | None:
    """Return the nearest cue of a label that stands before the event word and governs it."""
    found = None
    for hit in sentence.hits["status"]:
        inside = (
            anchor.first <= hit.first and hit.last < anchor.last
        )  # "ministers are to meet", "intercepted a missile"
        if hit.label != label or not (inside or 0 <= anchor.first - hit.last <= reach):
            continue
        if clause and not _same_clause(sentence, hit.first, anchor.first):
            continue
        found = hit
    return found


def _same_clause(sentence: Sentence, a: int, b: int) -> bool:
    """Say whether no word between opens another clause ("that" does not: "fear that rebels will attack")."""
    return not any(
        sentence.clauses[i] != sentence.clauses[i - 1] and sentence.lower[i] != "that" for i in range(a + 1, b + 1)
    )


def _negated(sentence: Sentence, anchor: Hit, _t: Sequence[TimeWords], _p: date | None) -> Judgement | None:
    hit = _before(sentence, anchor, "negated", 3)
    if hit is None or sentence.lower[hit.last : hit.last + 1] == ("only",):
        return None
    if sentence.lower[hit.first] == "no" and sentence.lower[hit.last : hit.last + 2] == ("one", "has"):
        return None
    return Judgement("denied", _quote(sentence, hit), negated=True)


def _denied(sentence: Sentence, anchor: Hit, _t: Sequence[TimeWords], _p: date | None) -> Judgement | None:
    hit = _before(sentence, anchor, "denied", 14, clause=False)
    if hit is None or any(w in (",", ";", "but") for w in sentence.lower[hit.last : anchor.first]):
        return None
    return Judgement("denied", _quote(sentence, hit))


_BACKWARD = frozenset(("anniversary", "commemorate", "sentenced", "trial", "convicted", "tribunal", "memorial"))


def _historic(sentence: Sentence, anchor: Hit, times: Sequence[TimeWords], published: date | None) -> Judgement | None:
    clause = sentence.clauses[anchor.first]
    for time in times:
        first = sentence.at(time.span.start)
        if first < len(sentence.words) and abs(sentence.clauses[first] - clause) <= 1 and time.is_history(published):
            nearer = any(
                not t.is_history(published)
                and t.first
                and abs(sentence.at(t.span.start) - anchor.first) < abs(first - anchor.first)
                for t in times
            )
            if not nearer and (not time.since or sentence.clauses[first] == clause):
                return (
                    None if time.since and _continues(sentence) else Judgement("historic", _time_quote(sentence, time))
                )
    for hit in sentence.hits["status"]:
        if hit.label == "historic" and _same_clause(sentence, *sorted((hit.first, anchor.first))):
            return Judgement("historic", _quote(sentence, hit))
    return None


def _continues(sentence: Sentence) -> bool:
    return any(h.label == "ongoing" for h in sentence.hits["status"])


def _conditional(sentence: Sentence, anchor: Hit, _t: Sequence[TimeWords], _p: date | None) -> Judgement | None:
    """An "if" makes its own clause hypothetical, and a main clause in "could" or "would" with it."""
    if sentence.lower[0] == "had" and "would" in sentence.lower:  # "Had rebels attacked, hundreds would have died"
        return Judgement("hypothetical", "had ... would")
    for hit in sentence.hits["status"]:
        if sentence.lower[hit.first] not in ("if", "unless", "whether") or hit.first > anchor.first:
            continue
        comma = next((i for i in range(hit.last, len(sentence.lower)) if sentence.lower[i] == ","), len(sentence.lower))
        if anchor.first <= comma:
            return Judgement("hypothetical", _quote(sentence, hit))
    return None


def _governed(sentence: Sentence, anchor: Hit, _t: Sequence[TimeWords], _p: date | None) -> Judgement | None:
    """Plans, threats, tries and fears govern what follows them in their clause; the nearest says most."""
    best: tuple[int, int, Judgement] | None = None
    for order, (label, reach) in enumerate(
        (("threatened", 10), ("attempted", 6), ("hypothetical", 10), ("planned", 8))
    ):
        hit = _before(sentence, anchor, label, reach)
        if hit is None or _is_noun_of_past(sentence, hit, anchor):
            continue
        judgement = Judgement(label, _quote(sentence, hit))  # type: ignore[arg-type]  # the labels are statuses
        if best is None or (-hit.first, order) < best[:2]:
            best = (-hit.first, order, judgement)
    return best[2] if best else None


_FINITE = frozenset("was were had has have did".split())


def _is_noun_of_past(sentence: Sentence, hit: Hit, anchor: Hit) -> bool:
    """Say whether a finite past verb or a comma-and-verb between cue and event word breaks the hold of the cue."""
    between = sentence.lower[hit.last : anchor.first]
    return any(w in _FINITE for w in between) or ("and" in between and sentence.lower[anchor.first].endswith("ed"))


_AHEAD = frozenset("will would could may might is are should".split())
_SET = frozenset((("will", "be"), ("is", "scheduled"), ("are", "scheduled")))
_PLANNED = frozenset("planned proposed prospective upcoming scheduled".split())


def said_of(sentence: Sentence, doer: Hit) -> Judgement | None:
    """Return what is said of a party right behind it, as in "gunmen threatened to"."""
    for hit in sentence.hits["status"]:
        if doer.last <= hit.first <= doer.last + 2 and hit.label in ("threatened", "planned", "denied", "hypothetical"):
            return Judgement(hit.label, _quote(sentence, hit))  # type: ignore[arg-type]  # the labels are statuses
    return None


def _yet(sentence: Sentence, anchor: Hit, _t: Sequence[TimeWords], _p: date | None) -> Judgement | None:
    """A clause right behind a noun may put it ahead: "the conference, which could convene", "talks proposed by"."""
    behind = sentence.lower[anchor.last : anchor.last + 6]
    for i, word in enumerate(behind[:-1]):
        if word in ("which", "that") and i <= 2 and behind[i + 1] in _AHEAD:
            return Judgement("planned", f"{word} {behind[i + 1]}")
    if behind[:1] and (behind[0] in _PLANNED or behind[:2] in _SET):
        return Judgement("planned", behind[0])
    before = sentence.lower[anchor.first - 1] if anchor.first else ""
    return Judgement("planned", before) if before in _PLANNED else None


def _ongoing(sentence: Sentence, anchor: Hit, _t: Sequence[TimeWords], _p: date | None) -> Judgement | None:
    hit = _before(sentence, anchor, "ongoing", 4)
    if hit is not None and sentence.lower[anchor.first].endswith("ing"):
        return Judgement("ongoing", _quote(sentence, hit))
    after = sentence.lower[anchor.last : anchor.last + 3]
    if any(w in ("continued", "continues", "continue", "raged", "raging", "rages", "ongoing") for w in after):
        return Judgement("ongoing", " ".join(after))
    return None


def _time_quote(sentence: Sentence, time: TimeWords) -> str:
    """Return the words of a time."""
    return " ".join(w.text for w in sentence.words if time.span.start <= w.start < time.span.end)
