"""Which numbers a casualty word takes: a toll's own, those beside a noun ("the murder of"), a passive's, a verb's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.events.actors import PASSIVE
from geomap.events.numbers import NP_REACH, Number
from geomap.events.people import ARTICLES, Reader, group_at
from geomap.events.reading import word_set
from geomap.events.subjects import NONE, PARTICIPLES, after_verb, before_verb
from geomap.events.victims import row_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.events.harm import Count
    from geomap.events.lexicon import Hit

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
        "dead died dies die dying fatality fatalities lives life slain bodies corpses perished "
        "perish hurt injuries casualties deaths succumbed fled flee"
    ).split()
)
_VERBLESS = frozenset("died dies die perish perished succumbed lost lose dying fled flee".split())
_SMALL = frozenset(
    "and or later then subsequently also , was were been being be brutally both afterwards often".split()
)


def numbers_of(reader: Reader, hits: Sequence[Hit], n: int, found: Sequence[Count]) -> list[tuple[Number, bool]]:
    """Return the numbers that one casualty word takes, each with whether it updates an earlier one."""
    lower, hit = reader.sentence.lower, hits[n]
    word = " ".join(lower[hit.first : hit.last])
    left = hits[n - 1].last if n else 0
    right = hits[n + 1].first if n + 1 < len(hits) else len(lower)
    if word in _LETTERS:
        return [(number, False) for number in _beside(reader, hit)]
    if word in _FIGURES or (word.endswith("figure") and _MOVED & set(lower[max(0, hit.first - 3) : hit.first + 1])):
        return [(number, True) for number in _reached(reader, hit.last)]
    if word.endswith("figure"):
        return []
    tallied = _tallied(reader, hit)
    if tallied is not None:
        return [(tallied, True)]
    if lower[max(0, hit.first - 2) : hit.first] == ("as", "many") and found:
        return [(found[-1].number._replace(first=hit.first - 2, last=hit.first), False)]
    noun = _by_noun(reader, hit, word, right)
    if noun is not None:
        return [(number, False) for number in noun]
    if _is_passive(reader, hit):
        shared = _shared(reader, hits, n, found)
        return [(number, False) for number in (shared or before_verb(reader, hit, left, right))]
    after = after_verb(reader, hit, word, right, found)
    if after is not None:
        return [(number, False) for number in after]
    verbless = lower[hit.first] in _VERBLESS
    return [(number, False) for number in before_verb(reader, hit, left, right, reduced=not verbless)]


_LETTERS = frozenset(("kia", "wia"))
"""What a military report writes for killed and wounded in action."""


def _beside(reader: Reader, hit: Hit) -> list[Number]:
    """Return the number that stands before, or behind a colon after: "2 x own troops KIA", "WIA: 5"."""
    before = [n for n in reader.numbers if 0 <= hit.first - n.last <= _COUNTED]
    after = [n for n in reader.numbers if n.first == hit.last + 1 and reader.sentence.lower[hit.last] == ":"]
    return after[:1] or before[-1:]


_COUNTED = 3
"""How many words may stand between a number and "KIA"."""


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
    if word in ("deaths", "fatalities", "injuries", "fatality") and NONE & set(
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
    if not word.endswith("ed") and word not in PARTICIPLES:
        return False
    be = word_set(reader.code, "be") & PASSIVE
    back = range(max(0, hit.first - 5), hit.first)
    return any(lower[i] in be and reader.sentence.words[i].text != "IS" for i in back)  # IS is a group


def _shared(reader: Reader, hits: Sequence[Hit], n: int, found: Sequence[Count]) -> list[Number]:
    """Return the subject a passive shares with the one before it: "were abducted and later killed"."""
    if not n or not found or found[-1].word != hits[n - 1].first or found[-1].harm == hits[n].label:
        return []
    between = reader.sentence.lower[hits[n - 1].last : hits[n].first]
    return [found[-1].number] if between and all(w in _SMALL or w.endswith("ly") for w in between) else []
