"""Whether it happened at all: the status of an event word, told by the words around it.

Order matters. What is denied or long past is neither planned nor feared; a threat is more than a plan. What stands
before an event word and governs it is read here; what a clause says of it afterwards, in `predicates`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.events.kinds import DEMONSTRATIONS, DIPLOMACY, VIOLENCE
from geomap.events.predicates import (
    Judgement,
    aside,
    disowned,
    is_past,
    is_progressive,
    looking_back,
    looms,
    miscarried,
    quote,
    same_clause,
    went_on,
    yet,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from geomap.events.lexicon import Hit
    from geomap.events.reading import Sentence
    from geomap.events.timewords import TimeWords

REACH = 9
"""How many words a cue governs to its right."""


def judge(sentence: Sentence, anchor: Hit, times: Sequence[TimeWords], published: date | None) -> Judgement:
    """Return the status of the event word `anchor` in its sentence."""
    for test in (_negated, _made_up, _denied, disowned, _historic, miscarried, _conditional, _governed, looms, yet):
        found = test(sentence, anchor, times, published)
        if found is not None:
            return found
    return _ongoing(sentence, anchor, times) or Judgement("happened")


def said_of(sentence: Sentence, doer: Hit) -> Judgement | None:
    """Return what is said of a party right behind it, as in "gunmen threatened to"."""
    for hit in sentence.hits["status"]:
        if doer.last <= hit.first <= doer.last + 2 and hit.label in ("threatened", "planned", "denied", "hypothetical"):
            return _as_meant(sentence, hit, doer)
    return None


def _before(sentence: Sentence, anchor: Hit, label: str, reach: int = REACH, *, clause: bool = True) -> Hit | None:
    """Return the nearest cue of a label that stands before the event word and governs it, or holds it."""
    found = None
    for hit in sentence.hits["status"]:
        if hit.label != label:
            continue
        inside = anchor.first <= hit.first and hit.last < anchor.last  # "ministers are to meet"
        holds = hit.first <= anchor.first < hit.last and hit.last - hit.first > 1  # "a bomb threat", "are due in"
        before = 0 <= anchor.first - hit.last <= reach and not _is_closed(sentence, hit, anchor)
        if not (inside or holds or before) or (clause and before and not same_clause(sentence, hit.last - 1, anchor)):
            continue
        found = hit
    return found


def _is_closed(sentence: Sentence, hit: Hit, anchor: Hit) -> bool:
    """Say whether the cue is of an aside that ends before the event word: "X, who had vowed to strike it, shelled"."""
    lower = sentence.lower
    opened = next((i for i in range(hit.first - 1, max(-1, hit.first - 6), -1) if lower[i] in _WHO), None)
    return opened is not None and opened > 0 and lower[opened - 1] == "," and "," in lower[hit.last : anchor.first]


_WHO = frozenset("who which whose".split())


def _negated(sentence: Sentence, anchor: Hit, _t: Sequence[TimeWords], _p: date | None) -> Judgement | None:
    if sentence.lower[0] in ("no", "none") and _RECORDED & set(sentence.lower[anchor.last :]):
        return Judgement("denied", sentence.words[0].text, negated=True)  # "no abduction for ransom was reported"
    hit = _before(sentence, anchor, "negated", 3)
    if hit is None or sentence.lower[hit.last : hit.last + 1] in (("only",), ("warning",), ("until",)):
        return None
    if sentence.lower[hit.first] == "no" and sentence.lower[hit.last : hit.last + 2] == ("one", "has"):
        return None
    return Judgement("denied", quote(sentence, hit), negated=True)


_RECORDED = frozenset("reported recorded registered documented".split())


def _made_up(sentence: Sentence, anchor: Hit, _t: Sequence[TimeWords], _p: date | None) -> Judgement | None:
    """A drill, a film or a novel tells of what never was, unless it counts its dead."""
    if anchor.label not in VIOLENCE and anchor.label not in DEMONSTRATIONS:
        return None
    for hit in sentence.hits["status"]:
        if hit.first >= anchor.first or hit.label not in ("mock", "drill", "fiction"):
            continue
        gap = anchor.first - hit.last
        near = gap <= MOCK if hit.label == "mock" else gap <= (DRILL if hit.label == "drill" else REACH)
        if near and (hit.label != "drill" or not sentence.hits["tolls"]):
            return Judgement("hypothetical", quote(sentence, hit), negated=True)
    return None


MOCK = 4
"""How many words behind "mock" or "simulating" are of it."""
DRILL = 14
"""How many words behind "during the exercise" are of it."""


def _denied(sentence: Sentence, anchor: Hit, times: Sequence[TimeWords], published: date | None) -> Judgement | None:
    hit = _before(sentence, anchor, "denied", 14, clause=False)
    if hit is None or any(w in (",", ";", "but") for w in sentence.lower[hit.last : anchor.first]):
        return None
    blame = sentence.lower[hit.last : hit.last + 4]
    if any(w in _BLAME for w in blame) and _is_dated(sentence, anchor, times, published):
        return None  # "denied being behind the bomb that killed seven people on Friday"
    return Judgement("denied", quote(sentence, hit))


_BLAME = frozenset("responsibility involvement behind role part blame complicity links connection involved".split())


def _is_dated(sentence: Sentence, anchor: Hit, times: Sequence[TimeWords], published: date | None) -> bool:
    """Say whether a day not long past stands behind an event word."""
    return any(
        t.first is not None and not t.is_history(published) and sentence.at(t.span.start) >= anchor.last for t in times
    )


def _historic(sentence: Sentence, anchor: Hit, times: Sequence[TimeWords], published: date | None) -> Judgement | None:
    clause = sentence.clauses[anchor.first]
    then = looking_back(sentence, times, published)
    if anchor.first in then:
        return Judgement("historic", sentence.words[then.start].text)
    for time in times:
        first = sentence.at(time.span.start)
        if first >= len(sentence.words) or not time.is_history(published):
            continue
        if abs(sentence.clauses[first] - clause) > 1 or _is_of_another(sentence, first, anchor, time):
            continue
        nearer = any(
            not t.is_history(published)
            and t.first
            and _gap(sentence, sentence.at(t.span.start), anchor) < _gap(sentence, first, anchor)
            for t in times
        )
        if not nearer and (not time.since or sentence.clauses[first] == clause):
            if time.since and (_continues(sentence) or _is_dated(sentence, anchor, times, published)):
                return None
            return Judgement("historic", _time_quote(sentence, time))
    for hit in sentence.hits["status"]:
        if hit.label == "historic" and _looks_back(sentence, hit, anchor, times, published):
            return Judgement("historic", quote(sentence, hit))
    return None


def _is_of_another(sentence: Sentence, first: int, anchor: Hit, time: TimeWords) -> bool:
    """Say whether a time is not the event word's: of a noun, of "the junta, which took power in May 2010", to come."""
    apart = aside(sentence, first)
    if (apart and anchor.first not in apart) or _is_of_a_noun(sentence, first, anchor):
        return True
    dated = any(w.isdigit() and len(w) == FOUR for w in _time_quote(sentence, time).split())
    ahead = first >= anchor.last and not dated
    return ahead and _before(sentence, anchor, "planned", REACH) is not None  # "are due in Lima in mid-November"


FOUR = 4
"""The figures of a year."""


def _gap(sentence: Sentence, at: int, anchor: Hit) -> int:
    """Return how many words a time stands from an event word; one beyond a comma is far."""
    low, high = sorted((at, anchor.first))
    return high - low + ASIDE * ("," in sentence.lower[low:high])


ASIDE = 20
"""How many words more a time is away that stands beyond a comma: "who led it in 1985 after a siege, died on Friday"."""


def _is_of_a_noun(sentence: Sentence, first: int, anchor: Hit) -> bool:
    """Say whether a year is of some noun before the event word: "a veteran of the 1982 war was shot dead"."""
    between = sentence.lower[first + 1 : anchor.first]
    return anchor.first > first and sentence.lower[first - 1] in ("the", "of", "a") and bool(_FINITE & set(between[1:]))


def _looks_back(sentence: Sentence, hit: Hit, anchor: Hit, times: Sequence[TimeWords], published: date | None) -> bool:
    """Say whether a word of memory or trial is about the event word: before it and not cut off, or said of it."""
    if hit.first <= anchor.first < hit.last:
        return True
    lower = sentence.lower
    if hit.first > anchor.first:  # "the killers were sentenced", but not "arrested two men accused of"
        said = hit.first > anchor.last and lower[hit.first - 1] in _SAID_OF
        return same_clause(sentence, anchor.first, hit) and (said or lower[hit.first] not in _HELD)
    if not same_clause(sentence, hit.last - 1, anchor):
        return False
    between = lower[hit.last : anchor.first]
    broken = bool(_FINITE & set(between)) or "," in between
    return not (broken and is_past(sentence, anchor) and _is_dated(sentence, anchor, times, published))


_FINITE = frozenset("was were had has have did".split())
_SAID_OF = frozenset("was were been is are be went goes go being".split())
_HELD = frozenset("accused charged convicted indicted wanted".split())


def _continues(sentence: Sentence) -> bool:
    return any(h.label == "ongoing" for h in sentence.hits["status"])


def _conditional(sentence: Sentence, anchor: Hit, _t: Sequence[TimeWords], _p: date | None) -> Judgement | None:
    """An "if" makes its own clause hypothetical, and a main clause in "could" or "would" with it."""
    lower = sentence.lower
    if lower[0] == "had" and "would" in lower:  # "Had rebels attacked, hundreds would have died"
        return Judgement("hypothetical", "had ... would")
    for hit in sentence.hits["status"]:
        if lower[hit.first] not in ("if", "unless", "whether") or hit.first > anchor.first:
            continue
        comma = next((i for i in range(hit.last, len(lower)) if lower[i] == ","), len(lower))
        if anchor.first <= comma or _MODAL & set(lower[comma:]):
            return Judgement("hypothetical", quote(sentence, hit))
    return None


_MODAL = frozenset("would could might may will".split())
_VAIN = frozenset("prevent stop avert avoid halt protect quell end".split())


def _governed(sentence: Sentence, anchor: Hit, _t: Sequence[TimeWords], _p: date | None) -> Judgement | None:
    """Plans, threats, tries and fears govern what follows them in their clause; the nearest says most."""
    best: tuple[int, int, int, Judgement] | None = None
    for order, (label, reach) in enumerate(
        (("threatened", 10), ("attempted", 6), ("hypothetical", 10), ("planned", 8))
    ):
        hit = _before(sentence, anchor, label, reach)
        if hit is None or _is_broken(sentence, hit, anchor) or _is_idle(sentence, hit, anchor):
            continue
        judgement = _as_meant(sentence, hit, anchor)
        if judgement is not None and (best is None or (-hit.last, hit.first, order) < best[:3]):
            best = (-hit.last, hit.first, order, judgement)
    return best[3] if best else None


def _as_meant(sentence: Sentence, hit: Hit, anchor: Hit) -> Judgement | None:
    """Return what a cue makes of an event word: "will" of violence is a threat, a vow to march a plan."""
    cue, words = quote(sentence, hit), sentence.lower
    label = hit.label
    maybe = any(w in ("may", "might", "could") for w in words[max(0, hit.first - 2) : hit.first])
    if label == "planned" and maybe:  # "may be planning to bomb"
        return Judgement("hypothetical", cue)
    if label == "threatened" and not words[hit.first].startswith(("threat", "warn")):
        peaceful = anchor.label in DEMONSTRATIONS or anchor.label in DIPLOMACY
        return Judgement("planned" if peaceful else "threatened", cue)
    if words[hit.last - 1] == "would":
        return _would(sentence, hit, anchor, cue)
    if label == "planned" and words[hit.last - 1] in ("will", "'ll") and _is_bloody(sentence, anchor):
        return Judgement("threatened", cue)
    if label == "attempted" and words[hit.first].startswith(("shot", "shoot")) and _MANNED & set(words[hit.last :][:4]):
        return None  # who brings down a helicopter has done what he tried
    return Judgement(label, cue)  # type: ignore[arg-type]  # the labels are statuses


def _would(sentence: Sentence, hit: Hit, anchor: Hit, cue: str) -> Judgement:
    """Read "would": said of oneself it is a plan, or, of violence, a threat; else it only might be."""
    words = sentence.lower
    spoken = any(h.label == "speech" and h.last <= hit.first <= h.last + 8 for h in sentence.hits["status"])
    pronoun = any(w in ("it", "they", "he", "she", "we", "forces", "troops", "jets") for w in words[: hit.first][-2:])
    if hit.label == "threatened":
        return Judgement("threatened", cue)
    if spoken and pronoun and words[hit.last : hit.last + 1] != ("have",):
        return Judgement("threatened" if _is_bloody(sentence, anchor) else "planned", cue)
    return Judgement("hypothetical", cue)


def _is_bloody(sentence: Sentence, anchor: Hit) -> bool:
    return anchor.label in _BLOODY or sentence.lower[anchor.first] in ("attack", "kill", "burn", "take")


_BLOODY = frozenset("air_strike shelling remote_explosive suicide_bomb attack chemical grenade assault looting".split())
_MANNED = frozenset("helicopter helicopters plane planes jet jets aircraft warplane warplanes airliner fighter".split())


def _is_broken(sentence: Sentence, hit: Hit, anchor: Hit) -> bool:
    """Say whether the hold of a cue ends before the event word: at a finite verb, at "and" with a past form."""
    between = sentence.lower[hit.last : anchor.first]
    if any(w in _FINITE for w in between) or ("and" in between and sentence.lower[anchor.first].endswith("ed")):
        return True
    wants_infinitive = sentence.lower[hit.last - 1] in _BASE or between[:1] == ("to",)
    past = is_past(sentence, anchor) and sentence.lower[anchor.first] != "hit"
    return wants_infinitive and bool(between) and past and not _BE & set(between)  # "threatened to kill him shot him"


_BASE = frozenset("to should could would might may will".split())
_BE = frozenset("be been being have get".split())


def _is_idle(sentence: Sentence, hit: Hit, anchor: Hit) -> bool:
    """Say whether a cue says nothing of the event: "failed to prevent", a march that was planned and went ahead."""
    lower = sentence.lower
    if hit.label == "attempted" and lower[hit.last : hit.last + 1] and lower[hit.last] in _VAIN:
        return True
    if (
        hit.label == "hypothetical"
        and lower[hit.first] in _VAIN
        and lower[max(0, hit.first - 2)] in ("failed", "unable")
    ):
        return True
    return hit.label == "planned" and went_on(sentence, anchor)


def _ongoing(sentence: Sentence, anchor: Hit, times: Sequence[TimeWords]) -> Judgement | None:
    hit = _before(sentence, anchor, "ongoing", 4)
    if hit is not None and sentence.lower[anchor.first].endswith("ing"):
        return Judgement("ongoing", quote(sentence, hit))
    after = sentence.lower[anchor.last : anchor.last + 3]
    if any(w in ("continued", "continues", "continue", "raged", "raging", "rages", "ongoing") for w in after):
        return Judgement("ongoing", " ".join(after))
    if is_progressive(sentence, anchor):
        return Judgement("ongoing", sentence.lower[anchor.first])
    running = next((t for t in times if t.running), None)
    if running is not None:
        at = min(sentence.at(running.span.start), len(sentence.words) - 1)
        if sentence.clauses[at] == sentence.clauses[anchor.first]:
            return Judgement("ongoing", _time_quote(sentence, running))
    return None


def _time_quote(sentence: Sentence, time: TimeWords) -> str:
    """Return the words of a time."""
    return " ".join(w.text for w in sentence.words if time.span.start <= w.start < time.span.end)
