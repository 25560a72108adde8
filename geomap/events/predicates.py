"""What a clause says of an event word after naming it: that it failed, never was, may be, or is yet to come."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from geomap.events.reading import is_may
from geomap.model import Status

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from geomap.events.lexicon import Hit
    from geomap.events.reading import Sentence
    from geomap.events.timewords import TimeWords


@dataclass(frozen=True, slots=True)
class Judgement:
    """A status, and the words it rests on (empty for what simply happened)."""

    status: Status
    cue: str = ""
    negated: bool = False


def quote(sentence: Sentence, hit: Hit) -> str:
    """Return the words of a hit."""
    return " ".join(w.text for w in sentence.words[hit.first : hit.last])


def same_clause(sentence: Sentence, a: int, hit: Hit) -> bool:
    """Say whether no word from `a` to the hit opens another clause ("that" does not: "fear that rebels attack")."""
    low, high = sorted((a, hit.first))
    return not any(
        sentence.clauses[i] != sentence.clauses[i - 1] and sentence.lower[i] != "that" for i in range(low + 1, high + 1)
    )


_IRREGULAR = frozenset(
    "met held struck hit shot fell flew took fought blew broke drove overran left sent threw went won lost".split()
)


def is_past(sentence: Sentence, anchor: Hit) -> bool:
    """Say whether an event word is a past form: what it tells was done."""
    word = sentence.lower[anchor.first]
    return word.endswith("ed") or word in _IRREGULAR


def is_progressive(sentence: Sentence, anchor: Hit) -> bool:
    """Say whether an event word is going on as told: "are protesting", "has been pounding"."""
    if not sentence.lower[anchor.first].endswith("ing"):
        return False
    before = sentence.lower[max(0, anchor.first - 2) : anchor.first]
    return any(w in ("is", "are", "'re") for w in before) or before[-1:] == ("been",)


SUPERLATIVES = frozenset(
    "deadliest worst bloodiest biggest largest heaviest fiercest gravest costliest most first".split()
)
"""What ranks an event among others: "the deadliest attack since 2014" counts nothing since then."""

_WHO = frozenset("who which whose".split())


def aside(sentence: Sentence, at: int) -> range:
    """Return the words of ", which seized power in May," around a word; none where it stands in no such aside."""
    lower = sentence.lower
    if at >= len(lower):
        return range(0)
    opened = next((i for i in range(at - 1, 0, -1) if lower[i] in _WHO and lower[i - 1] == ","), None)
    if opened is None:
        return range(0)
    closed = next((i for i in range(opened + 1, len(lower)) if lower[i] == ","), len(lower))
    return range(opened, closed) if at < closed else range(0)


def looking_back(sentence: Sentence, times: Sequence[TimeWords], published: date | None) -> range:
    """Return the words that tell of a time of history: "since 2016, when 61 died", "since a 2016 raid that killed"."""
    lower = sentence.lower
    for time in times:
        if not time.is_history(published):
            continue
        at, end = sentence.at(time.span.start), sentence.at(time.span.end - 1) + 1
        if "when" in lower[end : end + 2]:
            return range(lower.index("when", end), len(lower))
        since = next((i for i in range(at, max(-1, at - SINCE), -1) if lower[i : i + 1] == ("since",)), None)
        if since is not None and {"that", "which"} & set(lower[end : end + THAT]):
            return range(since, len(lower))
    return range(0)


SINCE = 8
"""How many words "since" may stand before the year of what it counts from."""
THAT = 4
"""How many words behind that year may stand before what is told of it."""


_WENT_ON = frozenset(("ahead", "place", "peacefully", "smoothly"))


def went_on(sentence: Sentence, anchor: Hit) -> bool:
    """Say whether what was planned went ahead: "the planned march went ahead in", "took place"."""
    behind = sentence.lower[anchor.first : anchor.last + 4]
    return any(
        w in ("went", "took", "passed", "proceeded") and (b in _WENT_ON or b == "off") for w, b in pairwise(behind)
    )


def disowned(sentence: Sentence, anchor: Hit, _t: Sequence[TimeWords], _p: date | None) -> Judgement | None:
    """What is called untrue afterwards is denied: "reports of a coup are untrue", "the massacre never happened"."""
    for hit in sentence.hits["status"]:
        if hit.label == "untrue" and 0 <= hit.first - anchor.last <= DISOWNED:
            return Judgement("denied", quote(sentence, hit))
    return None


DISOWNED = 9
"""How far behind an event word it may be called untrue."""


def miscarried(sentence: Sentence, anchor: Hit, _t: Sequence[TimeWords], _p: date | None) -> Judgement | None:
    """What fails or is stopped afterwards was tried: "the bomb failed to explode", "rockets were intercepted"."""
    for hit in sentence.hits["status"]:
        if hit.label != "miscarried" or not 0 <= hit.first - anchor.last <= MISCARRIED:
            continue
        between = sentence.lower[anchor.last : hit.first]
        if same_clause(sentence, anchor.first, hit) and not {",", ";", "and", "but"} & set(between):
            return Judgement("attempted", quote(sentence, hit))
    return None


MISCARRIED = 8
"""How far behind an event word it may be said to have come to nothing."""

_MODALS = frozenset("could might may would".split())


def is_modal(sentence: Sentence, at: int) -> bool:
    """Say whether a word leaves open what it governs: "would", "may", but not the month of May."""
    return sentence.lower[at] in _MODALS and not is_may(sentence.words, at)


_EXPECTED = frozenset("possible likely unlikely imminent inevitable feared expected conceivable".split())
_INDEFINITE = frozenset("a an any further another more new such fresh possible potential future".split())
_OPEN = frozenset(("of", "on", "in", "at", "against", "by", "near", "over", "from", "the", "a", "an"))


def looms(sentence: Sentence, anchor: Hit, times: Sequence[TimeWords], published: date | None) -> Judgement | None:
    """A noun with "could" behind it only may be: "an assault on Mosul would", "how an attack might unfold"."""
    lower = sentence.lower
    if is_past_verb(sentence, anchor) or lower[anchor.first - 1 if anchor.first else 0] in ("the", "this", "that"):
        return None
    behind = lower[anchor.last : anchor.last + 7]
    said = next((b for a, b in pairwise(behind) if a in ("is", "are", "was", "were") and b in _EXPECTED), None)
    if said is not None:
        return Judgement("hypothetical", said)
    at = next((i for i in range(len(behind)) if is_modal(sentence, anchor.last + i)), None)
    if at is None or any(w in (",", ";", "and", "was", "were", "has", "had", "which", "who") for w in behind[:at]):
        return None
    if any(w.endswith("ed") for w in behind[:at]):
        return None
    before = lower[max(0, anchor.first - 2) : anchor.first]
    bare = not before or bool(_INDEFINITE & set(before)) or lower[anchor.last - 1].endswith("s")
    dated = any(t.first is not None and published is not None and t.first <= published for t in times)
    near = at <= 1 or (bool(behind[:at]) and behind[0] in _OPEN)
    return Judgement("hypothetical", behind[at]) if near and bare and not dated else None


def is_past_verb(sentence: Sentence, anchor: Hit) -> bool:
    """Say whether an event word is a verb of the past or a form in -ing."""
    return is_past(sentence, anchor) or sentence.lower[anchor.first].endswith("ing")


_AHEAD = frozenset("will would could may might is are should".split())
_SET = frozenset((("will", "be"), ("is", "scheduled"), ("are", "scheduled")))
_PLANNED = frozenset("planned proposed prospective upcoming scheduled".split())


_PUT_OFF = frozenset("postponed cancelled canceled rescheduled".split())
PUT_OFF = 12
"""How many words behind an event word it may be said to be put off."""
_QUOTES = frozenset("\"'“”‘’«»")


def yet(sentence: Sentence, anchor: Hit, _t: Sequence[TimeWords], _p: date | None) -> Judgement | None:
    """A clause right behind a noun may put it ahead: "the conference, which could convene", "talks proposed by"."""
    if went_on(sentence, anchor):
        return None
    behind = tuple(w for w in sentence.lower[anchor.last : anchor.last + 7] if w not in _QUOTES)[:6]
    for i, word in enumerate(behind[:-1]):
        if word in ("which", "that") and i <= 2 and behind[i + 1] in _AHEAD:
            return Judgement("planned", f"{word} {behind[i + 1]}")
    put_off = next((w for w in sentence.lower[anchor.last : anchor.last + PUT_OFF] if w in _PUT_OFF), None)
    if put_off is not None and not is_past_verb(sentence, anchor):
        return Judgement("planned", put_off)
    if behind[:1] and (behind[0] in _PLANNED or behind[:2] in _SET):
        return Judgement("planned", behind[0])
    before = sentence.lower[anchor.first - 1] if anchor.first else ""
    return Judgement("planned", before) if before in _PLANNED else None
