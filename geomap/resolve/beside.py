"""What the words beside a name say: its common noun, its country's adjective, the places it is in, and its list."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geomap.dateline import dateline
from geomap.model import Span
from geomap.resolve.candidates import contains, kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.model import Mention
    from geomap.resolve.candidates import Choice

LIST = re.compile(r"(?:,\s(?:and\s|or\s)?|\s(?:and|or)\s)(?:the\s)?")
"""What joins the members of a list."""
JOINT = 40
"""Characters that a list's joint, or "in the north of", may have."""
_LINE = 60
"""Characters within which a dateline's place stands."""
_LARGEST = 24
"""Candidates of an outer name, the most populous first, that may hold an inner one."""
_CHAIN = 3
"""Areas behind a name: "Bisha, Gash Barka, Eritrea"."""

_SINGULAR = {
    "P": "city town village hamlet settlement capital suburb municipality township neighborhood neighbourhood",
    "A.ADM1": "province governorate state oblast region prefecture",
    "A.ADM2": "county district department raion subdistrict locality territory woreda cercle commune tehsil upazila",
    "H": "river lake sea gulf bay strait ocean",
    "T": "island mountain mount peninsula valley desert",
    "S": "airport airbase base camp hospital crossing",
}
_IRREGULAR = {"city": "cities", "county": "counties", "municipality": "municipalities", "territory": "territories",
              "locality": "localities", "valley": "valleys", "bay": "bays", "parish": "parishes"}  # fmt: skip
_PLURALS = {_IRREGULAR.get(word, f"{word}s"): feature for feature, words in _SINGULAR.items() for word in words.split()}
_ONES = {word: feature for feature, words in _SINGULAR.items() for word in words.split()} | {"parish": "A.ADM2"}
NOUNS: dict[str, str] = {**_PLURALS, **_ONES}
"""Common nouns beside a name, and the GeoNames feature each speaks of."""

_NOUN = "(?:" + "|".join(sorted(NOUNS, key=lambda noun: (-len(noun), noun))) + ")"
_WHERE = (
    r"(?:(?:north|south|east|west|centre|center|heart|far|\w+ern|central|rural)[\w-]*\s(?:of\s)?){0,2}"
    r"(?:\w+\sof\s)?(?:the\s)?"
)
_CONTAINER = re.compile(
    rf"(?:\s{_NOUN})?(?:,\s{{1,2}}|\s?\()(?:(?:in|of)\s(?:the\s)?)?(?:(?:the\s)?{_NOUN}\sof\s)?|"
    rf"\s{_NOUN}\s(?:of|in)\s(?:the\s)?(?:{_NOUN}\sof\s)?",
    re.IGNORECASE,
)
"""Between a place and the one that holds it: "Qusair, Homs", "Merida (Badajoz)", "Rubkona town in Unity"."""
_BARE = re.compile(r",\s{1,2}")
_INSIDE = re.compile(rf"(?:,\s(?:an?|the)\s(?:[\w-]+\s){{1,3}}?|,?\s)(?:in|of)\s(?:the\s)?{_WHERE}")
_POSSESSIVE = re.compile(r"['’]s\s(?:[a-z-]+\s){0,3}(?:of\s)?")
_BEFORE_NOUN = re.compile(r"\b(\w+)\s+of\s+(?:the\s+)?$")
_APPOSED = re.compile(r"\b(\w+)\s+$")
_AFTER_NOUN = re.compile(r"\s+(\w+)")
_APPOSITION = re.compile(r",\s(?:a|an|the)\s(?:[\w-]+\s){0,2}")
_WORD = re.compile(r"[\w-]+")
_OF_BOTH = re.compile(rf"\b({_NOUN})\s+of\s+(?:the\s+)?$", re.IGNORECASE)


def chains(text: str, inline: Sequence[Mention], found: Sequence[tuple[Choice, ...]]) -> dict[int, list[int]]:
    """Return which mentions stand behind which as what holds it, the nearest first.

    "Qusair, Homs province", "Merida (Badajoz)", "Kalaiya city (Bara district)", "Rubkona town in Unity state", and
    "Hadhramaut's Shibam", whose order is the other way round.
    """
    behind: dict[int, list[int]] = {}
    for at in range(len(inline) - 1, -1, -1):
        for outer in range(at + 1, min(at + 1 + _CHAIN, len(inline))):
            joint = text[inline[outer - 1].span.end : inline[outer].span.start]
            if len(joint) > JOINT or not _CONTAINER.fullmatch(joint):
                break
            if inline[outer].text == inline[at].text:
                break
            if _listed(text, inline, found, outer, joint) or not may_contain(found[outer], found[at]):
                if found[outer] and not _noun_after(text, inline[outer].span):
                    break
                continue
            behind.setdefault(at, []).append(outer)
        if at and at not in behind:
            joint = text[inline[at - 1].span.end : inline[at].span.start]
            if len(joint) < JOINT and _POSSESSIVE.fullmatch(joint) and may_contain(found[at - 1], found[at]):
                behind[at] = [at - 1]
    return behind


def _listed(text: str, inline: Sequence[Mention], found: Sequence[tuple[Choice, ...]], outer: int, joint: str) -> bool:
    """Say whether a comma goes on to "and": "Odesa, Kherson and Mykolaiv" are three, "Homs, Syria and" is one."""
    if outer + 1 >= len(inline) or not _BARE.fullmatch(joint):
        return False
    if _is_holder(found[outer], found[outer - 1]):
        return False
    gap = text[inline[outer].span.end : inline[outer + 1].span.start]
    return len(gap) < JOINT and LIST.fullmatch(gap) is not None and gap.strip() != ","


def _is_holder(outers: Sequence[Choice], inners: Sequence[Choice]) -> bool:
    """Say whether what stands behind a town is plainly a country, or an area that no town bears the name of.

    "Portland, Oregon, and Memphis, Tennessee" are two places, "Odesa, Kherson and Mykolaiv" three.
    """
    what = kind(outers[0].place) if outers else ""
    if what != "area1" or not inners or outers[0].twin:
        return what == "country"
    return inners[0].place.feature[0] == "P" and any(contains(outers[0].place, i.place) for i in inners[:_LARGEST])


def may_contain(outers: Sequence[Choice], inners: Sequence[Choice]) -> bool:
    """Say whether some candidate of the one name holds one of the other.

    "Russia, U.S." is a list, not a village; "Palestine, Texas" is a town, though the name is first a country's.
    """
    land = any(kind(i.place) in ("country", "continent") for i in inners[:1])
    wide = ("area1", "area2") if land else ("country", "area1", "area2")
    return any(
        kind(o.place) in wide and contains(o.place, i.place)
        for o in outers[:_LARGEST]
        for i in inners
        if o.match.how != "demonym" and (not land or (i.place.feature[0] == "P" and i.place.population > 0))
    )


def is_inside(joint: str) -> bool:
    """Say whether the words between two names put the one in the other: " in the north of ", ", a town in "."""
    return len(joint) <= JOINT and _INSIDE.fullmatch(joint) is not None


def is_list(joint: str) -> bool:
    """Say whether the words between two names make them members of one list."""
    return len(joint) <= JOINT and LIST.fullmatch(joint) is not None


def is_apposition(joint: str) -> bool:
    """Say whether a people's name follows in apposition: "Jarabulus, a Syrian town"."""
    return len(joint) < JOINT and _APPOSITION.fullmatch(joint) is not None


def is_adjective(joined: str, *, adjectival: bool) -> bool:
    """Say whether the words between a country and a name make the one the other's: "Lebanese city of", "Syria's"."""
    if not adjectival and not joined.startswith(("'s ", "’s ")):
        return False
    words = _WORD.findall(joined.removeprefix("'s").removeprefix("’s"))
    if not words or words[-1] == "and":
        return not words and joined.strip() in ("", "'s", "’s")
    if any(c in ".;:!?()" for c in joined):
        return False
    bare = [w for w in words if w not in ("of", "the", "a", "and", "in")]
    return (bool(bare) and bare[-1].lower() in NOUNS and words[-1] not in ("in", "and")) or all(
        w.endswith(("ern", "th", "st", "tral")) for w in bare
    )


def noun_beside(text: str, span: Span, begin: int = 0) -> str:
    """Return the feature that a common noun beside a name speaks of: "city of X", "X province"; "" if there is none."""
    own = span.of(text).lower().split()
    if len(own) > 1 and (own[0] in NOUNS or own[-1] in NOUNS):
        return NOUNS[own[0] if own[0] in NOUNS else own[-1]]
    before = text[max(begin, span.start - 30) : span.start]
    of = _BEFORE_NOUN.search(before) or _APPOSED.search(before)
    if of and of.group(1).lower() in NOUNS:
        return NOUNS[of.group(1).lower()]
    return NOUNS.get(_noun_after(text, span), "")


_STREETS = frozenset(
    "street road avenue boulevard lane bazaar bazar chowk market hotel colony square mosque mall plaza restaurant "
    "cinema stadium".split()
)
_PARTS = _STREETS | frozenset(
    "neighborhood neighbourhood suburb suburbs quarter barrio canton hamlet garrison barracks sector district ward "
    "farm ranch hacienda bridge roundabout gate".split()
)
"""What may bear the name of a far town: streets and houses, which capitals tell, and the parts of a town or an area."""


def is_street(text: str, span: Span) -> bool:
    """Say whether a name is a street's or a house's, which may bear that of a far town: Bombay Bazaar, Lahore Hotel."""
    if span.of(text).split()[-1].lower() in _STREETS:
        return True
    after = _AFTER_NOUN.match(text, span.end, span.end + 20)
    return after is not None and after.group(1)[0].isupper() and after.group(1).lower() in _STREETS


def is_part(text: str, span: Span, begin: int = 0) -> bool:
    """Say whether the words beside a name make it a part of a town or area: "San Telmo quarter", "ward of Lourdes"."""
    after = _AFTER_NOUN.match(text, span.end, span.end + 20)
    before = _BEFORE_NOUN.search(text[max(begin, span.start - 30) : span.start])
    return any(found is not None and found.group(1).lower() in _PARTS for found in (after, before))


def _noun_after(text: str, span: Span) -> str:
    after = _AFTER_NOUN.match(text, span.end, span.end + 20)
    noun = after.group(1).lower() if after else ""
    return noun if noun in NOUNS else ""


def nouns(text: str, inline: Sequence[Mention], begins: Sequence[int]) -> list[str]:
    """Return for each mention the feature its common noun speaks of; a plural speaks of the whole list.

    "Odesa, Kherson and Mykolaiv oblasts" are three areas, as are "the provinces of Anbar and Nineveh".
    """
    found = [noun_beside(text, m.span, begin) for m, begin in zip(inline, begins, strict=True)]
    first = 0
    for at in range(1, len(inline) + 1):
        if at < len(inline) and is_list(text[inline[at - 1].span.end : inline[at].span.start]):
            continue
        if at - first > 1:
            shared = _shared(text, inline[first].span, inline[at - 1].span)
            found[first:at] = [shared or noun for noun in found[first:at]]
        first = at
    return found


def _shared(text: str, first: Span, last: Span) -> str:
    """Return the feature of a plural noun that a list of names stands with."""
    after = _noun_after(text, last)
    before = _OF_BOTH.search(text[max(0, first.start - 30) : first.start])
    noun = after or (before.group(1).lower() if before else "")
    return _PLURALS.get(noun, "")


def in_dateline(text: str, begin: int, span: Span) -> bool:
    """Say whether a mention stands in the dateline that its sentence begins with."""
    if span.start - begin > _LINE:
        return False
    found = dateline(text, Span(begin, begin + 2 * _LINE))
    return found is not None and span.end <= found.end
