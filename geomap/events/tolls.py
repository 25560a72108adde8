"""How many: the numbers of killed, wounded, abducted, arrested and displaced that a sentence gives.

A number counts only where a casualty word takes it: before a passive ("22 people were killed"), after an active
("killing 15 people"), or beside a noun ("a death toll of 9"). `victims` reads the people, `scope` whether a number is
of this event alone, `figures` makes one figure of all that an event's sentences say.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from geomap.events.numbers import NP_REACH, Number, persons
from geomap.events.reading import word_set
from geomap.events.scope import is_cumulative, is_earlier, is_elsewhere, is_on_top
from geomap.events.victims import ARTICLES, GOVERNS, Reader, Row, group_at, row_at, rows
from geomap.model import Span, Toll

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

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
_SINGULAR_BE = frozenset(("was", "is"))
_NONE = frozenset("no none nobody neither zero without".split())
_FIGURES = frozenset(("toll", "death toll"))
_MOVED = frozenset("revised raised lowered updated put brought increased corrected".split())
_DEEDS = frozenset(
    (
        "killing killings murder murders assassination assassinations massacre massacres execution executions "
        "beheading slaying slayings kidnapping kidnappings arrest detention abduction death deaths"
    ).split()
)
"""Nouns whose "of" takes who it was done to."""
_MANY_DEEDS = frozenset("massacre massacres killings executions".split())
_NAMED_DEEDS = frozenset(
    "murder assassination killing death execution kidnapping abduction arrest detention slaying".split()
)
"""Nouns that a name's "'s" goes before: "Perez's murder"."""
_BEFORE_ONLY = frozenset(
    (
        "dead died dies die dying dying fatality fatalities lives life slain bodies corpses perished "
        "perish hurt injuries casualties deaths succumbed fled flee"
    ).split()
)
_VERBLESS = frozenset("died dies die perish perished succumbed lost lose dying fled flee".split())
_PARTICIPLES = frozenset("slain shot gunned hurt beaten hacked stabbed taken blown rounded left held driven".split())
_SMALL = frozenset(
    "and or later then subsequently also , was were been being be brutally both afterwards often".split()
)
_THEM = frozenset(("them", "themselves"))
_INFINITIVES = frozenset(
    "kill murder assassinate wound injure kidnap abduct arrest massacre execute behead slaughter detain hurt".split()
)
_THOSE = frozenset("dead wounded injured hurt displaced abducted arrested detained killed evacuated".split())
_DID = frozenset("managed able went proceeded continued used led began".split())
"""What makes a fact of "to kill" after it."""


def counts(
    sentence: Sentence,
    code: str,
    taken: Sequence[Span] = (),
    causes: frozenset[int] = frozenset(),
    places: Collection[int] = (),
) -> list[Count]:
    """Return the tolls a sentence gives, in the order of their casualty words, those at the words `causes` left out.

    `taken` are the spans of its dates, `places` the words of its places.
    """
    hits = _outermost([h for h in sentence.hits["tolls"] if h.label in HARMS and h.first not in causes])
    if not hits:
        return _unhurt(sentence, ())
    reader = Reader(sentence, code, tuple(taken), frozenset(places))
    hits = [h for h in hits if not _is_unreal(reader, h) and not _is_adjective(reader, h)]
    found: list[Count] = []
    for n, hit in enumerate(hits):
        for number, update in _taken(reader, hits, n, found):
            if any(
                c.number.first == number.first and (c.harm == hit.label or c.word != hits[n - 1].first) for c in found
            ):
                continue
            if is_elsewhere(sentence, hit):
                continue
            harm: Harm = hit.label  # type: ignore[assignment]  # filtered to HARMS above
            earlier = update and is_earlier(sentence, hit)
            whole = not earlier and is_cumulative(sentence, hit, number, update=update)
            more = is_on_top(sentence, hit, number)
            found.append(Count(harm, number, hit.first, whole, update, earlier, _either(sentence, hits, n), more))
    return [*found, *_unhurt(sentence, found)]


def _outermost(hits: Sequence[Hit]) -> list[Hit]:
    """Leave out hits that overlap a longer one."""
    ordered = sorted(hits, key=lambda h: (h.first, -(h.last - h.first)))
    kept: list[Hit] = []
    for hit in ordered:
        if not kept or hit.first >= kept[-1].last:
            kept.append(hit)
    return kept


def _is_unreal(reader: Reader, hit: Hit) -> bool:
    """Say whether a casualty word tells what did not happen: "threatened to kill", "was not hurt"."""
    lower = reader.sentence.lower
    before = lower[max(0, hit.first - 3) : hit.first]
    if lower[hit.first] == "wounds" and not (hit.first and hit.last in reader.at):
        return True
    if hit.last - hit.first == 1 and before[-1:] == ("the",) and lower[hit.last - 1] in _THOSE:
        return lower[hit.last : hit.last + 1] not in (("at",), ("to",))
    if before[-1:] == ("to",) and lower[hit.first] in _INFINITIVES:
        return not any(w in _DID for w in before)
    refused = any(w in ("not", "n't", "never", "nearly", "almost") for w in before[-2:])
    return refused and lower[hit.last - 1] != "of"


def _is_adjective(reader: Reader, hit: Hit) -> bool:
    """Say whether a casualty word stands before its noun: "the murdered men's houses", "six displaced people"."""
    lower = reader.sentence.lower
    if hit.last - hit.first > 1 or hit.last >= len(lower) or not lower[hit.first].endswith("ed") or not hit.first:
        return False
    if lower[hit.last] not in persons(reader.code) and hit.last not in reader.named:
        return False
    before = lower[hit.first - 1]
    return before in ARTICLES | {"of", "for", "with", "these", "those"} or hit.first - 1 in reader.at or (
        before == "and" and hit.first > 1 and lower[hit.first - 2] == ","
        and not (lower[max(0, hit.first - 3)].endswith("ed"))
    )  # fmt: skip


def _either(sentence: Sentence, hits: Sequence[Hit], n: int) -> bool:
    """Say whether a hit is one half of "killed or wounded"."""
    for other in (n - 1, n + 1):
        if 0 <= other < len(hits) and {hits[other].label, hits[n].label} == {"killed", "wounded"}:
            a, b = sorted((hits[n], hits[other]), key=lambda h: h.first)
            if sentence.lower[a.last : b.first] in (("or",), ("and", "or"), ("or", "were")):
                return True
    return False


_NOBODY = frozenset(("casualties", "casualty", "victims"))
"""What there were none of."""


def _unhurt(sentence: Sentence, found: Sequence[Count]) -> list[Count]:
    """Return a toll of nobody for "there were no casualties"."""
    lower = sentence.lower
    if _NOBODY.isdisjoint(lower):
        return []
    for i, word in enumerate(lower):
        back = lower[max(0, i - 3) : i]
        if word in _NOBODY and any(w in _NONE for w in back):
            if any(w in ("word", "details", "figures", "reports", "report", "information") for w in back):
                return []
            none = Number(i - 1, i + 1, 0, 0, 0)
            return [Count(h, none, i) for h in HARMS[:2] if not any(c.harm == h for c in found)]
    return []


def _taken(reader: Reader, hits: Sequence[Hit], n: int, found: Sequence[Count]) -> list[tuple[Number, bool]]:
    """Return the numbers that one casualty word takes, each with whether it updates an earlier one."""
    lower, hit = reader.sentence.lower, hits[n]
    word = " ".join(lower[hit.first : hit.last])
    left = hits[n - 1].last if n else 0
    right = hits[n + 1].first if n + 1 < len(hits) else len(lower)
    if word in _FIGURES or (word.endswith("figure") and _MOVED & set(lower[max(0, hit.first - 3) : hit.first + 1])):
        return [(number, True) for number in _reached(reader, hit.last)]
    if word.endswith("figure"):
        return []
    tallied = _tallied(reader, hit)
    if tallied is not None:
        return [(tallied, True)]
    if lower[max(0, hit.first - 2) : hit.first] == ("as", "many") and found:
        return [(replace(found[-1].number, first=hit.first - 2, last=hit.first), False)]
    noun = _by_noun(reader, hit, word, right)
    if noun is not None:
        return [(number, False) for number in noun]
    if _is_passive(reader, hit):
        shared = _shared(reader, hits, n, found)
        return [(number, False) for number in (shared or _before(reader, hit, left, right))]
    after = _after(reader, hit, word, right, found)
    if after is not None:
        return [(number, False) for number in after]
    verbless = lower[hit.first] in _VERBLESS
    return [(number, False) for number in _before(reader, hit, left, right, reduced=not verbless)]


def _reached(reader: Reader, start: int) -> list[Number]:
    """Return the number a toll reached: "toll rose to 14", "a death toll of nine", "the toll stands at 30"."""
    lower = reader.sentence.lower
    after = [n for n in reader.numbers if start <= n.first <= start + 16 and not n.subset]
    led = [n for n in after if n.first and lower[n.first - 1] in _LEADS]
    known = [n for n in led if n.noun is not None] or led
    return (led[-1:] if len(known) > 1 or not known else known) or [n for n in after if n.first - start <= NP_REACH][:1]


_LEADS = frozenset("to at of reached reaches hit is was topped exceeded passed".split())


def _tallied(reader: Reader, hit: Hit) -> Number | None:
    """Return the number of "the number of people killed rose to 52", "to 31 the number of dead", "the dead at 21"."""
    lower = reader.sentence.lower
    back = lower[max(0, hit.first - 6) : hit.first]
    if "number" in back and "of" in back:
        at = hit.first - len(back) + back.index("number")
        before = [n for n in reader.numbers if n.last in (at - 1, at) and n.first and lower[n.first - 1] == "to"]
        after = [
            n for n in reader.numbers if hit.last <= n.first <= hit.last + 14 and lower[n.first - 1] in ("to", "at")
        ]
        return next(iter(before or after[-1:]), None)
    if lower[hit.last - 1] in ("dead", "deaths", "killed") and lower[hit.last : hit.last + 1] in (("at",), ("to",)):
        return reader.at.get(hit.last + 1)
    return None


def _by_noun(reader: Reader, hit: Hit, word: str, right: int) -> list[Number] | None:
    """Return whom a noun of killing takes ("the murder of X", "X's murder"); None where the word is none."""
    lower = reader.sentence.lower
    if hit.last - hit.first > 2 and word.endswith(("to death", "their homes")):  # "shot the gunman to death"
        inside = row_at(reader, hit.first + 1, hit.last)
        return [inside.number] if inside is not None else None
    if (
        word.endswith(" lives")
        and word.startswith(("claim", "took", "cost"))
        and lower[hit.last : hit.last + 1] != ("of",)
    ):
        return [n for n in reader.numbers if hit.first < n.first < hit.last][:1]
    of = _of_at(reader, hit)
    if word.endswith(" of") or (
        of is not None and (word in _DEEDS or word in ("bodies", "body") or word.endswith("lives"))
    ):
        row = row_at(
            reader,
            hit.last if word.endswith(" of") else of or hit.last,
            right,
            alone=word not in _MANY_DEEDS,
            before=True,
        )
        if row is None or (word == "deaths" and row.number.best is None):
            return [] if word not in ("killing", "body", "bodies") else None
        return [row.number]
    if word in ("claimed", "claims"):
        return []
    if word in ("deaths", "fatalities", "injuries", "fatality") and _NONE & set(
        lower[max(0, hit.first - 2) : hit.first]
    ):
        return [Number(hit.first, hit.last, 0, 0, 0)]
    if word in _NAMED_DEEDS and hit.first and lower[hit.first - 1] == "'s":
        return _owner(reader, hit.first - 1)
    return None


def _of_at(reader: Reader, hit: Hit) -> int | None:
    """Return the word after the "of" of a noun, a day between them left out: "the assassination on 22 March of X"."""
    lower, i = reader.sentence.lower, hit.last
    dated = {k for k in range(len(lower)) for s in reader.taken if s.start <= reader.sentence.words[k].start < s.end}
    while i < min(hit.last + 6, len(lower)) and (
        i in dated or lower[i] in ("on", "last", "in", "this", "week", "earlier")
    ):
        if lower[i] == "in" and i + 1 not in dated:
            break
        i += 1
    return i + 1 if i < len(lower) - 1 and lower[i] == "of" else None


def _owner(reader: Reader, clitic: int) -> list[Number]:
    """Return the one whose murder it is: "Perez's", "the mayor's"."""
    first = clitic
    while first - 1 in reader.named:
        first -= 1
    if first < clitic:
        return [Number(first, clitic, 1, 1, 1, "person")]
    for i in range(max(0, clitic - 4), clitic):
        if reader.sentence.lower[i] in ARTICLES:
            found = group_at(reader, i)
            return [found[0]] if found is not None and found[0].best == 1 and found[0].last == clitic else []
    return []


def _is_passive(reader: Reader, hit: Hit) -> bool:
    """Say whether the casualty word tells of what stands before it."""
    lower = reader.sentence.lower
    word = lower[hit.first]
    if word in _BEFORE_ONLY:
        return True
    if not word.endswith("ed") and word not in _PARTICIPLES:
        return False
    be = word_set(reader.code, "be") & _BE
    back = range(max(0, hit.first - 5), hit.first)
    return any(lower[i] in be and reader.sentence.words[i].text != "IS" for i in back)  # IS is a group


def _shared(reader: Reader, hits: Sequence[Hit], n: int, found: Sequence[Count]) -> list[Number]:
    """Return the subject a passive shares with the one before it: "were abducted and later killed"."""
    if not n or not found or found[-1].word != hits[n - 1].first or found[-1].harm == hits[n].label:
        return []
    between = reader.sentence.lower[hits[n - 1].last : hits[n].first]
    return [found[-1].number] if between and all(w in _SMALL or w.endswith("ly") for w in between) else []


def _after(reader: Reader, hit: Hit, word: str, right: int, found: Sequence[Count]) -> list[Number] | None:
    """Return the object of a casualty word; nothing where it has one that is no people, None where it has none."""
    lower, at = reader.sentence.lower, hit.last
    follows = lower[at] if at < len(lower) else ""
    aside = next((j for j in range(at + 1, min(at + 6, right)) if lower[j] == ","), None) if follows == "," else None
    if aside is not None and lower[at + 1] in ("at", "in", "on") and lower[aside + 1 : aside + 2] != ("and",):
        row = row_at(reader, aside + 1, right)  # "murdered, at gunpoint, a soldier"
        if row is not None:
            return [row.number]
    if follows in (",", "and", ";", ".", "", "in", "by") or (
        follows == ":" and hit.first
    ):  # "two killed, five injured"
        return [] if word in ("lost", "losing") else None
    if follows == ":" and at + 1 in reader.at and hit.first == 0:  # "Killed: 4"
        return [reader.at[at + 1]]
    if follows == "no" or lower[at : at + 1] == ("nobody",):
        return [Number(at, at + 1, 0, 0, 0)]
    if follows in _THEM and found:
        return [replace(found[-1].number, first=at, last=at + 1)] if found[-1].harm != hit.label else []
    row = row_at(reader, at, right)
    if word in ("lost", "losing"):
        return [row.number] if row is not None and row.number.best and row.number.first in reader.at else []
    if row is not None:
        return [row.number]
    if follows in ("a", "an") and not word.startswith(
        ("seiz", "evacuat", "lost")
    ):  # "shot dead a 60-year-old administrator"
        return [Number(at, min(at + 3, len(lower)), 1, 1, 1, "person")]
    return [] if follows in ("the", "his", "her", "their", "its") else None


def _before(reader: Reader, hit: Hit, left: int, right: int, *, reduced: bool = False) -> list[Number]:
    """Return the subject that stands before a casualty word."""
    sentence, lower = reader.sentence, reader.sentence.lower
    start, relative = _clause_start(sentence, hit.first), False
    opening = start
    if start and hit.first - start < 4 and lower[start] in ("who", "which", "that", "whom"):
        end = hit.first
        if not any(i in reader.at for i in range(start, end)):  # but "the raid, in which four died"
            relative = True
            end, start = start, max(min(left, start), _clause_start(sentence, start - 1))
    else:
        start = max(start, left)
        back = range(hit.first - 1, max(start, hit.first - 6) - 1, -1)
        end = next((i for i in back if lower[i] in _BE), hit.first)
    be = lower[end] if not relative and end < hit.first else ""
    if be and end > start and lower[end - 1] == "there":  # "there are two people hurt"
        start, end = end + 1, hit.first
    elif (
        be
        and opening
        and lower[opening] in ("who", "which")
        and lower[opening - 1] not in GOVERNS  # "an attack in which his driver was killed" has its own subject
        and (lower[end - 1] == "," or end - opening > 3)
    ):
        # "Castellar, who was kidnapped on 5 January, was found dead"
        start, end = _clause_start(sentence, opening - 1), opening
    if not relative and any(w in _NONE and lower[i + 1] not in ("fewer", "less") for i, w in _back(lower, start, end)):
        return [Number(max(start, end - 1), end, 0, 0, 0)]
    if ("how", "many") in zip(lower[start:end], lower[start + 1 : end + 1], strict=False):
        return []
    rows_ = [r for r in rows(reader, start, end) if not r.number.subset]
    row = _subject(reader, rows_, hit, end, reduced=reduced and not be, relative=relative)
    if row is None:
        return []
    number = row.number
    if be in _SINGULAR_BE and len(row.items) > 1 and row.items[-1].best == 1:
        number = row.items[-1]  # "attacked the mayor and his driver was killed"
    if relative and be in _SINGULAR_BE and number.best is None:
        return []
    return [_with(reader, number, hit, right)]


def _back(lower: Sequence[str], start: int, end: int) -> list[tuple[int, str]]:
    """Return the few words before one, with where they stand."""
    return [(i, lower[i]) for i in range(max(start, end - 6), end) if i + 1 < len(lower)]


def _subject(reader: Reader, found: Sequence[Row], hit: Hit, end: int, *, reduced: bool, relative: bool) -> Row | None:
    """Choose the row that a casualty word is said of: the last that hangs on nothing else, or the one before it."""
    lower = reader.sentence.lower
    if not found:
        return None
    last = found[-1]
    if relative:
        if len(found) > 1 and last.first > found[-2].last + 1 and _is_some_of(reader, found[-2].last, last.first):
            return found[-2]  # "six priests, five of them Spaniards, who were killed"
        return last if end - last.last <= 1 or lower[last.last] == "," else None
    if reduced:
        counted = last.number.best is not None and last.number.first in reader.at
        behind = max(last.last, last.number.last)
        close = hit.first - behind <= 3 and not GOVERNS & set(lower[behind : hit.first])
        return last if close and (counted or (lower[hit.first] == "dead" and last.last == hit.first)) else None
    if end and lower[end - 1] == ",":  # "sixteen people, women for the most part, were beaten to death"
        opening = next((i for i in range(end - 2, -1, -1) if lower[i] == ","), 0)
        found = [r for r in found if r.first <= opening] or found
    free = [r for r in found if not r.governor]
    if not free:
        numbered = [r for r in found if r.number.first in reader.at and end - r.last <= 1]
        return numbered[-1] if numbered else None
    row = free[-1]
    between = lower[row.last : end]
    if row.last in reader.verbs and between and between[0] not in _PARTICIPLES:
        return None
    bodiless = lower[hit.first] in ("blown", "lost", "claimed", "burned", "burnt", "seized", "taken", "held", "left")
    if bodiless and between and row.number.first not in reader.at:
        return None
    return row


def _is_some_of(reader: Reader, start: int, end: int) -> bool:
    """Say whether words between commas tell what some of those before them are: ", five of them"."""
    lower = reader.sentence.lower
    return lower[start] == "," and any(lower[i : i + 2] in (("of", "them"), ("of", "whom")) for i in range(start, end))


def _with(reader: Reader, number: Number, hit: Hit, right: int) -> Number:
    """Add the "along with her two sons" that follows a casualty word."""
    lower = reader.sentence.lower
    for i in range(hit.last, min(hit.last + 9, right, len(lower) - 1)):
        link = 3 if lower[i : i + 3] == ("as", "well", "as") else 2 if lower[i + 1] == "with" else 0
        if link and lower[i] in ("along", "together", "as"):
            row = row_at(reader, i + link, right, alone=True)
            if row is None or row.number.best is None or number.best is None:
                return number
            high = None if number.high is None or row.number.high is None else number.high + row.number.high
            return Number(
                number.first,
                row.number.last,
                number.low + row.number.low,
                high,
                number.best + row.number.best,
                number.noun,
            )
    return number


def _clause_start(sentence: Sentence, at: int) -> int:
    """Return the word where the clause of word `at` begins."""
    clause = sentence.clauses[at]
    while at and sentence.clauses[at - 1] == clause:
        at -= 1
    return at


_LONGEST = 9
"""Words that a toll quotes at most."""


def toll(sentence: Sentence, number: Number, text: str) -> Toll:
    """Return a number as the model has it."""
    span = sentence.span_of(number.first, min(number.last, number.first + _LONGEST))
    return Toll(span, span.of(text), number.low, number.high, number.best)
