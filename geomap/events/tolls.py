"""How many: the numbers of killed, wounded, abducted, arrested and displaced that a sentence gives.

A number counts only where a casualty word takes it: before a passive ("22 people were killed"), after an active
("killing 15 people"), or beside a noun ("a death toll of 9"). Dates, ages, measures and things are no tolls; "including
five children" is part of a number already told; a toll over a whole war or year is cumulative.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from geomap.events.lexicon import pairs
from geomap.events.numbers import NP_REACH, Number, numbers, persons, stops
from geomap.events.reading import word_set
from geomap.events.victims import listed, listed_before
from geomap.model import Span, Toll

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.events.lexicon import Hit
    from geomap.events.reading import Sentence

Harm = Literal["killed", "wounded", "abducted", "arrested", "displaced"]
HARMS: tuple[Harm, ...] = ("killed", "wounded", "abducted", "arrested", "displaced")


@dataclass(frozen=True, slots=True)
class Count:
    """A toll a sentence gives, the casualty word that takes it, and the reach it is said of."""

    harm: Harm
    number: Number
    word: int
    cumulative: bool = False
    update: bool = False
    earlier: bool = False
    """Whether it is a figure that a later one replaces ("an earlier toll of seven")."""
    both: bool = False
    """Whether it is of "killed or wounded" together, so of neither."""
    more: bool = False
    """Whether it comes on top of another figure ("his driver was also killed")."""


_BE = frozenset("was were been being be is are got".split())


def _named_after(sentence: Sentence, i: int) -> list[Number]:
    """Read a name as one person: "the assassination of Jecar Neghme"."""
    words = sentence.words
    size = len(words)
    last = i
    while last < size and words[last].text[:1].isupper():
        last += 1
    if last - i < 2 or (last < size and words[last].lower == "'s"):
        return []
    return [Number(i, last, 1, 1, 1, "person")]


_MOVED = frozenset("revised raised lowered updated put brought increased corrected".split())
_DEEDS = frozenset(
    (
        "killing killings murder murders assassination massacre execution beheading slaying kidnapping "
        "arrest detention abduction"
    ).split()
)
_BEFORE_ONLY = frozenset(
    (
        "dead died dies die dying dying fatality fatalities lives life slain bodies corpses perished "
        "perish hurt injuries casualties deaths"
    ).split()
)


def counts(
    sentence: Sentence, code: str, taken: Sequence[Span] = (), causes: frozenset[int] = frozenset()
) -> list[Count]:
    """Return the tolls a sentence gives, in the order of their casualty words, those at the words `causes` left out."""
    hits = _outermost([h for h in sentence.hits["tolls"] if h.label in HARMS and h.first not in causes])
    if not hits:
        return []
    known = numbers(sentence, code, taken)
    found: list[Count] = []
    used: set[int] = set()
    for n, hit in enumerate(hits):
        left = hits[n - 1].last if n else 0
        right = hits[n + 1].first if n + 1 < len(hits) else len(sentence.words)
        for number, update in _taken(sentence, hit, known, left, right, code):
            if number.first in used:
                continue
            used.add(number.first)
            harm: Harm = hit.label  # type: ignore[assignment]  # filtered to HARMS above
            both = _either(sentence, hits, n)
            earlier = update and any(w in _EARLIER for w in sentence.lower[max(0, hit.first - 3) : hit.first])
            whole = not earlier and _is_cumulative(sentence, hit, number, update=update)
            more = "also" in sentence.lower[max(0, hit.first - 2) : hit.first]
            found.append(Count(harm, number, hit.first, whole, update, earlier, both, more))
    return found


def _outermost(hits: Sequence[Hit]) -> list[Hit]:
    """Leave out hits that overlap a longer one."""
    ordered = sorted(hits, key=lambda h: (h.first, -(h.last - h.first)))
    kept: list[Hit] = []
    for hit in ordered:
        if not kept or hit.first >= kept[-1].last:
            kept.append(hit)
    return kept


def _either(sentence: Sentence, hits: Sequence[Hit], n: int) -> bool:
    """Say whether a hit is one half of "killed or wounded"."""
    for other in (n - 1, n + 1):
        if 0 <= other < len(hits) and hits[other].label != hits[n].label:
            a, b = sorted((hits[n], hits[other]), key=lambda h: h.first)
            if sentence.lower[a.last : b.first] == ("or",):
                return True
    return False


def _taken(
    sentence: Sentence, hit: Hit, known: Sequence[Number], left: int, right: int, code: str
) -> list[tuple[Number, bool]]:
    """Return the numbers that one casualty word takes, each with whether it updates an earlier one."""
    lower = sentence.lower
    word = " ".join(lower[hit.first : hit.last])
    if word in ("toll", "death toll"):
        return [(n, True) for n in _reached(sentence, hit, known)]
    if word.endswith("figure"):
        moved = any(w in _MOVED for w in lower[max(0, hit.first - 3) : hit.first + 1])
        return [(n, True) for n in _reached(sentence, hit, known)] if moved else []
    if word in _DEEDS and hit.last < len(lower) and lower[hit.last] == "of":
        after = _np_after(sentence, hit.last + 1, known, right, code)
        several = listed(sentence, hit.last + 1, min(right, len(lower)), code)
        return [(n, False) for n in after or several or _named_after(sentence, hit.last + 1)]
    if word in ("bodies", "body") and hit.last < len(lower) and lower[hit.last] == "of":
        named = listed(sentence, hit.last + 1, min(right, len(lower)), code)
        return [(n, False) for n in _np_after(sentence, hit.last + 1, known, right, code) or named]
    if (
        word in ("death", "deaths", "loss of", "lives of")
        and hit.last < len(lower)
        and (lower[hit.last] == "of" or word.endswith(" of"))
    ):
        after = _np_after(sentence, hit.last + (lower[hit.last] == "of"), known, right, code)
        if after or word != "deaths":
            return [(n, False) for n in after]
    if word.endswith(" lives") and word.startswith("claim"):
        return [(n, False) for n in known if hit.first < n.first < hit.last][:1]
    if word == "claimed":
        return []
    if word.startswith(("lost his", "lost her", "lost their")):
        return [(n, False) for n in _np_before(sentence, hit, known, left, right, code)]
    if word in ("lost", "losing") and not _np_after(sentence, hit.last, known, right, code, strict=True):
        return []
    if _is_passive(sentence, hit, code):
        return [(n, False) for n in _np_before(sentence, hit, known, left, right, code)]
    after = _np_after(sentence, hit.last, known, right, code) if word not in _BEFORE_ONLY else []
    if after:
        return [(n, False) for n in after]
    follows = lower[hit.last] if hit.last < len(lower) else ""
    if word not in _BEFORE_ONLY and follows in ("a", "an"):  # "shot dead a 60-year-old administrator"
        return [(Number(hit.last, min(hit.last + 3, len(lower)), 1, 1, 1, "person"), False)]
    if word not in _BEFORE_ONLY and follows in ("the", "his", "her", "their", "its", "him", "them"):
        return []
    return [(n, False) for n in _np_before(sentence, hit, known, left, right, code, reduced=True)]


def _reached(sentence: Sentence, hit: Hit, known: Sequence[Number]) -> list[Number]:
    """Return the number a toll reached: "toll rose to 14", "a death toll of nine", "the toll stands at 30"."""
    after = [n for n in known if hit.last <= n.first <= hit.last + 14 and not n.subset]
    led = [
        n
        for n in after
        if sentence.lower[n.first - 1]
        in ("to", "at", "of", "reached", "reaches", "hit", "is", "was", "topped", "exceeded", "passed")
    ]
    return led[-1:] or after[:1]


def _is_passive(sentence: Sentence, hit: Hit, code: str) -> bool:
    """Say whether the casualty word tells of what stands before it."""
    lower = sentence.lower
    word = lower[hit.first]
    if word in _BEFORE_ONLY:
        return True
    if not (
        word.endswith("ed")
        or word in ("slain", "shot", "gunned", "hurt", "beaten", "hacked", "stabbed", "taken", "blown", "rounded")
    ):
        return False
    back = lower[max(0, hit.first - 5) : hit.first]
    be = word_set(code, "be") & _BE
    return any(w in be for w in back)


def _clause_start(sentence: Sentence, at: int) -> int:
    """Return the word where the clause of word `at` begins."""
    clause = sentence.clauses[at]
    while at and sentence.clauses[at - 1] == clause:
        at -= 1
    return at


_LINKS = frozenset(("and", ",", "with", "or"))
_WITH = (("along", "with"), ("together", "with"), ("as", "well", "as"))


def _np_after(
    sentence: Sentence, start: int, known: Sequence[Number], right: int, code: str, *, strict: bool = False
) -> list[Number]:
    """Return the numbers of the object that begins at word `start`, coordinated ones summed."""
    lower, size = sentence.lower, len(sentence.lower)
    if start < size and lower[start] in (",", "and", ";", ":"):  # "two killed, five injured"
        return []
    i = start
    while i < min(start + 3, size) and lower[i] in (
        "a",
        "an",
        "the",
        "about",
        "around",
        "some",
        "approximately",
        "another",
        "reportedly",
        "as",
        "many",
        "up",
        "to",
        "estimated",
        "over",
        "roughly",
        "all",
        "possibly",
        "off",
        "what",
        "appeared",
    ):
        if any(n.first <= i < n.last for n in known) or (lower[i] in ("a", "an", "the") and not strict):
            break
        i += 1
    first = next((n for n in known if n.first <= i < n.last or n.first == i), None)
    if first is None and start < size:
        first = next((n for n in known if start <= n.first <= i + 1 and not n.subset), None)
    if first is None:
        one = None if strict else _one_at(sentence, start, code)
        if one is None:
            return []
        first = one
    return [_summed(sentence, first, known, right, code)]


def _one_at(sentence: Sentence, i: int, code: str) -> Number | None:
    """Read a noun phrase without a number at word `i`: "a judge", "the driver" are one, "villagers" some."""
    lower, size = sentence.lower, len(sentence.lower)
    people, ends = persons(code), stops(code)
    if i >= size:
        return None
    alone = i + 1 >= size or lower[i + 1] in ends
    if lower[i] == "one" or lower[i] == "him" or (lower[i] == "her" and alone):
        return Number(i, i + 1, 1, 1, 1, "person") if lower[i] != "one" else None
    noun = None
    for j in range(i, min(i + NP_REACH, size)):
        if lower[j] in ends or lower[j] == "'s":
            break
        if lower[j] in people:
            noun = j
        elif noun is not None:  # "a member of the military": the first noun counts
            break
    if noun is None:
        return None
    head = lower[noun]
    if _is_plural(head):
        return Number(i, noun + 1, 2, None, None, head)
    if lower[i] in ("a", "an", "the", "his", "her", "their", "its") or sentence.words[i].text[:1].isupper():
        return Number(i, noun + 1, 1, 1, 1, head)
    return None


_PLURALS = frozenset("people men women children troops police policemen servicemen gunmen personnel staff".split())
_COLLECTIVE = frozenset(
    (
        "police military army crowd family group gang mob navy militia air force population regime "
        "battalion brigade crew"
    ).split()
)


def _is_plural(noun: str) -> bool:
    return (
        noun in _PLURALS
        or noun in _COLLECTIVE
        or (noun.endswith("s") and not noun.endswith("ss"))
        or noun.endswith("men")
    )


def _summed(sentence: Sentence, first: Number, known: Sequence[Number], right: int, code: str) -> Number:
    """Add the numbers coordinated with the first: "eight soldiers, two policemen and a child"."""
    total = first
    lower = sentence.lower
    while True:
        gap = _noun_end(sentence, total, code)
        nxt = next((n for n in known if gap <= n.first <= gap + 2 and n.first < right), None)
        link = gap
        long = next((len(p) for p in _WITH if lower[link : link + len(p)] == p), 0)
        if link >= len(lower) or (lower[link] not in _LINKS and not long):
            break
        at = link + (long or 1)
        if at < len(lower) and lower[at] in ("and", "also", "her", "his", "another", "as"):
            at += 1
        if nxt is None or nxt.first < at - 1 or nxt.first > at + 1:
            nxt = _one_at(sentence, at, code)
            if nxt is not None and (nxt.best != 1 or lower[nxt.first] not in ("a", "an", "his", "her", "their")):
                nxt = None
        if nxt is None or nxt.subset or nxt.first >= right or nxt.noun is None:
            break
        if _noun_end(sentence, nxt, code) >= right and right < len(
            lower
        ):  # that number belongs to the next casualty word
            break
        total = Number(
            total.first,
            nxt.last,
            total.low + nxt.low,
            total.high + nxt.high if total.high is not None and nxt.high is not None else None,
            total.best + nxt.best if total.best is not None and nxt.best is not None else None,
            total.noun,
        )
    return total


def _noun_end(sentence: Sentence, number: Number, code: str) -> int:
    """Return where the noun phrase of a number ends."""
    lower, ends, people = sentence.lower, stops(code), persons(code)
    j = number.last
    seen = j
    while j < min(number.last + NP_REACH, len(lower)) and lower[j] not in ends:
        j += 1
        if lower[j - 1] in people:
            seen = j
    return j if j > number.last or seen == number.last else seen


def _np_before(
    sentence: Sentence, hit: Hit, known: Sequence[Number], left: int, right: int, code: str, *, reduced: bool = False
) -> list[Number]:
    """Return the numbers of the subject that stands before a casualty word."""
    start = _clause_start(sentence, hit.first)
    if start and hit.first - start < 4 and sentence.lower[start] in ("who", "which", "that"):
        one = _one_who(sentence, start, code)
        if one is not None:
            return [one]
        start = _clause_start(sentence, start - 1)
    start = max(start, left)
    before = [n for n in known if start <= n.first < hit.first and not n.subset]
    before = [n for n in before if n.noun is not None or n.last >= hit.first - 3 or not reduced]
    if reduced:
        before = [n for n in before if hit.first - n.last <= NP_REACH]
    if len(before) == 1 and sentence.lower[before[0].first : before[0].first + 2] == ("one", "of"):
        be = next((i for i in range(hit.first - 1, start, -1) if sentence.lower[i] in _BE), hit.first)
        several = listed_before(sentence, start, be, code)  # "his driver and one of his guards"
        if several:
            return several
    if before:
        group = _coordinated(sentence, before)
        with_after = _summed_with(sentence, hit, known, right, code)
        total = group[0]
        for number in [*group[1:], *with_after]:
            total = Number(
                total.first, number.last, total.low + number.low,
                total.high + number.high if total.high is not None and number.high is not None else None,
                total.best + number.best if total.best is not None and number.best is not None else None,
                total.noun,
            )  # fmt: skip
        ones = _ones_after(sentence, total, hit, code)
        return [replace(total, low=total.low + ones, best=total.best + ones if total.best is not None else None,
                        high=total.high + ones if total.high is not None else None)]  # fmt: skip
    if reduced:
        return []
    return _subject(sentence, hit, start, known, right, code)


def _one_who(sentence: Sentence, pronoun: int, code: str) -> Number | None:
    """Return the one person a relative clause tells of: "six hundred mourners followed a man who died"."""
    lower, noun = sentence.lower, pronoun - 1
    if lower[noun] not in persons(code) or _is_plural(lower[noun]):
        return None
    article = next((i for i in range(noun - 1, max(noun - 4, -1), -1) if lower[i] in ("a", "an", "another")), None)
    return None if article is None else Number(article, pronoun, 1, 1, 1, lower[noun])


def _ones_after(sentence: Sentence, number: Number, hit: Hit, code: str) -> int:
    """Count the "and a civilian" between a number's noun and the casualty word."""
    lower, count = sentence.lower, 0
    for i in range(number.last, hit.first - 1):
        if lower[i] in ("and", ",") and lower[i + 1] in ("a", "an"):
            one = _one_at(sentence, i + 1, code)
            count += one is not None and one.best == 1 and one.last <= hit.first
    return count


def _coordinated(sentence: Sentence, before: Sequence[Number]) -> list[Number]:
    """Keep the last number and those joined to it; drop what stands apart by other verbs."""
    group = [before[-1]]
    for number in reversed(before[:-1]):
        between = sentence.lower[number.last : group[0].first]
        if len(between) <= NP_REACH and any(w in ("and", ",") for w in between) and not any(w in _BE for w in between):
            group.insert(0, number)
        else:
            break
    return group


def _summed_with(sentence: Sentence, hit: Hit, known: Sequence[Number], right: int, code: str) -> list[Number]:
    """Return the numbers of "along with her two sons" after the casualty word."""
    lower = sentence.lower
    for i in range(hit.last, min(hit.last + 9, right, len(lower) - 1)):
        if lower[i] in ("along", "together") and lower[i + 1] == "with":
            found = [n for n in known if i + 2 <= n.first <= i + 3]
            if found:
                return found[:1]
            one = _one_at(sentence, i + 2, code)
            if one is None:
                return _named_after(sentence, i + 2)
            return [one] if one.best == 1 else []
    return []


_NOT_NAMES = frozenset(
    "the a an he she it they this that these those there his her its their and but one no in on at".split()
)
_SINGULAR_BE = frozenset(("was", "is"))


def _subject(sentence: Sentence, hit: Hit, start: int, known: Sequence[Number], right: int, code: str) -> list[Number]:
    """Read a subject without a number: "the widow was shot dead" is one, "villagers were killed" some."""
    lower = sentence.lower
    be = next((i for i in range(hit.first - 1, max(start, hit.first - 6) - 1, -1) if lower[i] in _BE), None)
    verb_like = lower[hit.first] in ("died", "dies", "perished")
    if be is None and not verb_like:
        return []
    end = be if be is not None else hit.first
    if lower[be if be is not None else hit.first] not in _SINGULAR_BE:
        several = listed_before(sentence, start, end, code)
        if several:
            return several
    end = _before_apposition(sentence, start, end)
    people = persons(code)
    nouns = [i for i in range(max(start, end - 14), end) if lower[i] in people]
    named = [
        i
        for i in range(max(start, end - 4), end)
        if sentence.words[i].text[:1].isupper() and sentence.words[i].text.isalpha() and lower[i] not in _NOT_NAMES
    ]
    if lower[hit.first] in ("blown", "lost", "claimed", "burned", "burnt"):
        named = []
    if be is not None and lower[be] in _SINGULAR_BE and be > start and lower[be - 1] in ("he", "she"):
        return [Number(be - 1, be, 1, 1, 1, "person")]
    if not nouns and not (named and (be is None or lower[be] in _SINGULAR_BE)):
        return []
    if any(w in ("no", "none", "nobody") for w in lower[max(start, end - 6) : end]):
        return [Number(max(start, end - 1), end, 0, 0, 0)]
    at = (nouns or named)[-1]
    single = (be is not None and lower[be] in _SINGULAR_BE) or (be is None and not _is_plural(lower[at]))
    if not single:
        return [Number(at, at + 1, 2, None, None, lower[at])]
    total = Number(_name_start(sentence, at, start), at + 1, 1, 1, 1, lower[at])
    for number in _summed_with(sentence, hit, known, right, code):
        if number.best is not None and number.high is not None:
            total = Number(total.first, number.last, 1 + number.low, 1 + number.high, 1 + number.best, total.noun)
    return [total]


def _before_apposition(sentence: Sentence, start: int, end: int) -> int:
    """Return where a subject ends before what is said of it between commas: "Nadir, a founder of al-Shabaab, was"."""
    lower = sentence.lower
    if end - 1 <= start or lower[end - 1] != ",":
        return end
    opening = [i for i in range(start + 1, end - 1) if lower[i] == ","]
    return opening[0] if len(opening) == 1 else end - 1


def _name_start(sentence: Sentence, at: int, start: int) -> int:
    """Return the word where the name or the "another" of a victim begins."""
    words, first = sentence.words, at
    if any(w.text[1:].islower() for w in words[start:at]):  # not all capitals
        while first > start and words[first - 1].text[:1].isupper() and words[first - 1].lower not in _NOT_NAMES:
            first -= 1
    return first - 1 if first > start and words[first - 1].lower == "another" else first


_CUMULATIVE_SUBJECT = frozenset(
    "war conflict uprising revolt insurgency violence unrest fighting crisis rebellion campaign".split()
)


_SPANS = frozenset("weeks months years decades".split())
_IN_ALL = frozenset(("in all", "in total", "so far", "to date", "since then", "all told"))
_PERIODS = frozenset(("hour", "day", "week", "month", "year"))
"""What stands before "earlier" where it tells a day: "three days earlier, rebels killed"."""
_EARLIER = frozenset("earlier previous initial first".split())
_BRINGS = frozenset("bringing bring brings brought taking raising".split())


def _is_cumulative(sentence: Sentence, hit: Hit, number: Number, *, update: bool) -> bool:
    """Say whether a number is of more than one event: a war, a year, "bringing the toll to 45"."""
    lower = sentence.lower
    clause = sentence.clauses[hit.first]
    since = any(
        h.label == "since"
        and clause <= sentence.clauses[h.first] <= clause + 1
        and not _BRINGS & set(lower[min(hit.first, h.first) : max(hit.first, h.first)])
        for h in sentence.hits["status"]
    )
    if _IN_ALL & set(pairs(lower[number.first : hit.first + 12])):
        return True
    behind = lower[hit.last : hit.last + 9]
    if any(w in _SPANS and {"in", "over"} & set(behind[:i]) for i, w in enumerate(behind)):
        return True
    if (
        any(
            w in ("previous", "earlier") and not (i and lower[i - 1].rstrip("s") in _PERIODS)
            for i, w in enumerate(lower[: hit.first])
            if i >= min(hit.first, number.first) - 4
        )
        and not update
    ):
        return True
    perfect = any(w in ("has", "have", "had") for w in lower[max(0, hit.first - 3) : hit.first])
    whole = any(lower[i] in _CUMULATIVE_SUBJECT for i in range(max(0, hit.first - 9), hit.first))
    start = min(hit.first, number.first)
    bringing = bool(_BRINGS & set(lower[max(0, start - 7) : start]))
    if bringing and (
        update or any(w in ("total", "number", "toll") for w in lower[max(0, start - 6) : number.last + 4])
    ):
        return True
    return since or (perfect and whole)


_LONGEST = 9
"""Words that a toll quotes at most."""


def toll(sentence: Sentence, number: Number, text: str) -> Toll:
    """Return a number as the model has it."""
    span = sentence.span_of(number.first, min(number.last, number.first + _LONGEST))
    return Toll(span, span.of(text), number.low, number.high, number.best)
