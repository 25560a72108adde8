"""What a document says around its names: which mentions are one name, and what stands beside each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geomap.homes import homes
from geomap.model import Mention
from geomap.resolve.beside import (
    chains,
    in_dateline,
    is_adjective,
    is_apposition,
    is_inside,
    is_list,
    is_part,
    is_street,
    nouns,
)
from geomap.resolve.candidates import Choice, choices, contains, kind
from geomap.segment import sentences

if TYPE_CHECKING:
    from gazetteer import Gazetteer
    from geomap.model import Document

MOST = 24
"""Candidates weighed for a name, and as many again where the document names their country or area."""
_ADJECTIVE_REACH = 60
"""Characters between a country's adjective and the place it speaks of."""
_MATES = 7
"""Names before one in its sentence that stand beside it."""


@dataclass(slots=True)
class Name:
    """All mentions in a document that are taken for one place, and what the words beside them say."""

    text: str
    choices: tuple[Choice, ...]
    mentions: list[int] = field(default_factory=list)
    demonym: bool = False
    after: list[int] = field(default_factory=list)
    """Names that stand behind it as containers: "Tripoli, Lebanon"."""
    before: list[int] = field(default_factory=list)
    """Names that it contains in the same way."""
    inside: list[int] = field(default_factory=list)
    """Names behind it after "in"."""
    holders: dict[int, tuple[int, ...]] = field(default_factory=dict)
    """Of each name in `after` and `inside`, the choices that hold one of this name's."""
    adjectives: list[int] = field(default_factory=list)
    """Countries' names and adjectives that stand just before it: "Lebanese city of", "Syria's"."""
    beside: dict[int, float] = field(default_factory=dict)
    """Names in the same sentences, and how often."""
    led: dict[int, float] = field(default_factory=dict)
    """The country named last before each of its mentions, in its sentence or the one before, and how often."""
    fronted: dict[int, float] = field(default_factory=dict)
    """The area named last before each of its mentions in the same sentence, and how often: "In Sumy region, Esman"."""
    listed: list[int] = field(default_factory=list)
    """Names joined to it by commas or "and"."""
    noun: str = ""
    """The feature that a common noun beside it speaks of ("city", "province"): P, A.ADM1, A.ADM2, H, T, S, L."""
    dateline: bool = False
    street: bool = False
    """Whether it is a street's or a house's."""
    part: bool = False
    """Whether it is called a part of a town: a quarter, a bridge, a market."""
    split: bool = False
    """Whether the document has another place of the same name: then only the words right beside it tell."""
    shares: list[float] = field(default_factory=list)
    """The probability of each choice, so far."""
    around: list[tuple[tuple[float, float, float], float]] = field(default_factory=list)
    """Where the places of the same sentences are, as far as is known, and how likely each is."""
    countries: dict[str | None, float] = field(default_factory=dict)
    """Its shares by country."""
    areas: dict[str | None, float] = field(default_factory=dict)
    """Its shares by first-level area."""

    def believe(self, shares: list[float]) -> None:
        """Take over how likely each choice is."""
        self.shares, self.countries, self.areas = shares, {}, {}
        for choice, share in zip(self.choices, shares, strict=True):
            place = choice.place
            self.countries[place.country] = self.countries.get(place.country, 0.0) + share
            self.areas[place.admin1] = self.areas.get(place.admin1, 0.0) + share

    def doubt(self) -> None:
        """Hold all choices for equally likely."""
        self.believe([1 / len(self.choices) for _ in self.choices])


@dataclass(slots=True)
class Context:
    """What the document as a whole says: votes by country and first-level area, anchors on the map, the publisher."""

    names: list[Name]
    countries: dict[str, float] = field(default_factory=dict)
    areas: dict[str, float] = field(default_factory=dict)
    spoken: dict[str, float] = field(default_factory=dict)
    """Countries named outright, by name or adjective, and their share of such mentions."""
    named_areas: dict[str, list[tuple[float, int]]] = field(default_factory=dict)
    """First-level areas named outright: how likely, and by which name."""
    anchors: list[tuple[int, tuple[float, float, float], float]] = field(default_factory=list)
    home: str | None = None
    by_area: dict[str, float] = field(default_factory=dict)
    """Countries of which a first-level area is named outright, and how likely: Texas speaks of the United States."""
    main: str | None = None
    """The country in which more than half of the names lie."""
    total: float = 0.0
    around: dict[Choice, list[tuple[float, int, float]]] = field(default_factory=dict)
    """The anchors around a choice: the cosine of how far each is, its name, its weight; filled in as it is asked."""
    homes: Mapping[str, int] = field(default_factory=dict)
    """Countries at home in which the document names armed groups, and how often."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """A document's text, its mentions in order, where the sentence of each begins, and which holds which."""

    text: str
    inline: Sequence[Mention]
    begins: Sequence[int]
    behind: Mapping[int, list[int]]
    nouns: Sequence[str]

    def gap(self, at: int) -> str:
        """Return the text between a mention and the next."""
        return self.text[self.inline[at].span.end : self.inline[at + 1].span.start]


def read_context(
    document: Document, mentions: Sequence[Mention], gazetteer: Gazetteer
) -> tuple[Context, dict[int, int]]:
    """Gather the mentions into names, and what stands around each; say which name each mention belongs to."""
    order = sorted(range(len(mentions)), key=lambda at: mentions[at].span)
    inline = [mentions[at] for at in order]
    text = document.text
    articled = {m.text for m in inline if text[max(0, m.span.start - 4) : m.span.start].lower() == "the "}
    found = [choices(gazetteer, m.text, m.kind == "demonym", m.text in articled) for m in inline]
    behind = chains(text, inline, found)
    begins = _begins(document, inline)
    reading = _Reading(text, inline, begins, behind, nouns(text, inline, begins))
    names, owner = _gather(reading, _weighed(found, behind))
    for at, mine in enumerate(owner):
        names[mine].mentions.append(order[at])
    for at in range(len(inline)):
        _read_neighbours(reading, at, names, owner)
    _read_mates(reading, names, owner)
    _read_leaders(reading, names, owner)
    _read_areas(reading, names, owner)
    for name in names:
        name.holders = {o: _able(names[o], name) for o in {*name.after, *name.inside}}
        name.doubt()
    groups = Counter(group.country for group in homes(text, document.article))
    context = Context(names, home=home_country(document.source), homes=groups)
    return context, {order[at]: mine for at, mine in enumerate(owner)}


def _begins(document: Document, inline: Sequence[Mention]) -> list[int]:
    """Return where the sentence of each mention begins."""
    cut = sentences(document.text, document.article)
    found, sentence = [], 0
    for mention in inline:
        while sentence < len(cut) and cut[sentence].end <= mention.span.start:
            sentence += 1
        found.append(cut[sentence].start if sentence < len(cut) else mention.span.start)
    return found


def _gather(reading: _Reading, found: Sequence[tuple[Choice, ...]]) -> tuple[list[Name], list[int]]:
    """Gather the mentions of one text into one name, and say which name each belongs to.

    Different places named right behind them make several ("Tripoli, Lebanon" and "Tripoli, Libya"): a bare mention goes
    with the one before it. So does a noun, where a town and an area bear the name ("Kherson" and "Kherson oblast").
    """
    variants: dict[str, dict[str, int]] = {}
    for at, outers in reading.behind.items():
        inner, outer = reading.inline[at].text.casefold(), reading.inline[outers[0]].text.casefold()
        variants.setdefault(inner, {}).setdefault(outer, at)
    names: list[Name] = []
    index: dict[tuple[str, str, bool], int] = {}
    latest: dict[str, str] = {}
    owner: list[int] = []
    for at, mention in enumerate(reading.inline):
        text = mention.text.casefold()
        told = variants.get(text, {})
        which = ""
        if len(told) > 1:
            mine = reading.behind.get(at)
            which = reading.inline[mine[0]].text.casefold() if mine else latest.get(text, next(iter(told)))
            latest[text] = which
        area = reading.nouns[at].startswith("A") and _is_both(found[at])
        known = index.setdefault((text, which, area), len(names))
        if known == len(names):
            names.append(Name(mention.text, found[at], demonym=mention.kind == "demonym", split=len(told) > 1))
        owner.append(known)
    return names, owner


def _is_both(rivals: Sequence[Choice]) -> bool:
    """Say whether a town and an area of the name lie in one spot."""
    return any(c.twin and c.place.feature[0] == "A" for c in rivals[:MOST])


def _weighed(found: Sequence[tuple[Choice, ...]], behind: Mapping[int, list[int]]) -> list[tuple[Choice, ...]]:
    """Keep of each name its largest candidates, and of the smaller those in a country or area the document may name."""
    if all(len(rivals) <= MOST for rivals in found):
        return list(found)
    likeliest = [rivals[0].place for rivals in found if rivals]
    outer = {p.country if kind(p) == "country" else p.admin1 for p in likeliest if kind(p) in ("country", "area1")}
    kept = []
    for at, rivals in enumerate(found):
        rest = rivals[MOST:]
        holders = [o.place for n in behind.get(at, ()) for o in found[n][:MOST]]
        held = [c for c in rest if any(contains(o, c.place) for o in holders)][:MOST] if rest else []
        named = [c for c in rest if c.place.country in outer or c.place.admin1 in outer][:MOST]
        kept.append((*rivals[:MOST], *dict.fromkeys([*held, *named])))
    return kept


def _able(outer: Name, inner: Name) -> tuple[int, ...]:
    """Return which choices of the outer name hold one of the inner's."""
    return tuple(n for n, o in enumerate(outer.choices) if any(contains(o.place, i.place) for i in inner.choices))


def _read_neighbours(reading: _Reading, at: int, names: list[Name], owner: Sequence[int]) -> None:
    """Fill in what stands right beside a mention: its noun, its containers, its list, its country's adjective."""
    name = names[owner[at]]
    name.noun = name.noun or reading.nouns[at]
    name.street = name.street or is_street(reading.text, reading.inline[at].span)
    name.part = name.part or is_part(reading.text, reading.inline[at].span, reading.begins[at])
    name.dateline = name.dateline or in_dateline(reading.text, reading.begins[at], reading.inline[at].span)
    for outer in reading.behind.get(at, ()):
        if owner[outer] != owner[at]:
            name.after.append(owner[outer])
            names[owner[outer]].before.append(owner[at])
    if at and owner[at] != owner[at - 1]:
        joint, left = reading.gap(at - 1), names[owner[at - 1]]
        if is_list(joint) and owner[at] not in left.after:
            name.listed.append(owner[at - 1])
            left.listed.append(owner[at])
        elif is_inside(joint) and owner[at] not in left.after:
            left.inside.append(owner[at])
            name.before.append(owner[at - 1])
    _read_adjectives(reading, at, names, owner)


def _read_adjectives(reading: _Reading, at: int, names: list[Name], owner: Sequence[int]) -> None:
    """Note the country whose adjective or name stands right before a mention, or behind it in apposition."""
    span, name = reading.inline[at].span, names[owner[at]]
    for back in range(at - 1, max(-1, at - 4), -1):
        mention = reading.inline[back]
        if mention.span.end < reading.begins[at] or span.start - mention.span.end > _ADJECTIVE_REACH:
            break
        if owner[back] != owner[at] and any(kind(c.place) == "country" for c in names[owner[back]].choices):
            if is_adjective(reading.text[mention.span.end : span.start], adjectival=mention.kind == "demonym"):
                name.adjectives.append(owner[back])
            break
    if at + 1 < len(reading.inline) and reading.inline[at + 1].kind == "demonym" and is_apposition(reading.gap(at)):
        name.adjectives.append(owner[at + 1])


def _read_mates(reading: _Reading, names: list[Name], owner: Sequence[int]) -> None:
    """Count how often names stand in one sentence."""
    members: list[int] = []
    for at, mine in enumerate(owner):
        if at and reading.begins[at] != reading.begins[at - 1]:
            members = []
        for other in members:
            if other != mine:
                for a, b in ((mine, other), (other, mine)):
                    names[a].beside[b] = names[a].beside.get(b, 0.0) + 1.0
        members = [*members[-_MATES:], mine]


def _read_leaders(reading: _Reading, names: list[Name], owner: Sequence[int]) -> None:
    """Note which country was named last before each mention: "In Honduras, 24 people died in Trujillo"."""
    country, told = -1, -1
    for at, mine in enumerate(owner):
        if _is_country(names[mine].choices):
            country, told = mine, reading.begins[at]
        elif country >= 0 and _follows(reading, at, told):
            names[mine].led[country] = names[mine].led.get(country, 0.0) + 1.0


def _read_areas(reading: _Reading, names: list[Name], owner: Sequence[int]) -> None:
    """Note which area was named last before each mention of a sentence, where the words beside it call it an area."""
    area, told = -1, -1
    for at, mine in enumerate(owner):
        if reading.begins[at] != told:
            area, told = -1, reading.begins[at]
        if reading.nouns[at] == "A.ADM1" or _is_area(names[mine].choices):
            area = mine
        elif area not in (-1, mine) and at not in reading.behind:
            names[mine].fronted[area] = names[mine].fronted.get(area, 0.0) + 1.0


def _is_area(rivals: Sequence[Choice]) -> bool:
    """Say whether a name is plainly a first-level area's: Rakhine is, Kharkiv is not."""
    return bool(rivals) and kind(rivals[0].place) == "area1" and not rivals[0].twin


def _is_country(rivals: Sequence[Choice]) -> bool:
    """Say whether a name is plainly a country's: Peru is, Georgia is not."""
    if not rivals or kind(rivals[0].place) != "country":
        return False
    first = rivals[0].place
    return all(c.place.country == first.country or _RIVAL * c.place.population < first.population for c in rivals)


_RIVAL = 10
"""How many times more people a country must have than a place abroad that bears its name."""


def _follows(reading: _Reading, at: int, told: int) -> bool:
    """Say whether a mention stands in the sentence that begins at `told`, or in the next that names a place."""
    begin = reading.begins[at]
    if begin == told:
        return True
    back = at - 1
    while back >= 0 and reading.begins[back] == begin:
        back -= 1
    return back >= 0 and reading.begins[back] == told


_TOP_LEVEL = {"uk": "GB"}


def home_country(source: str | None) -> str | None:
    """Return the country of a publisher's address, where its last part is a country's: "dawn.com.pk" is PK."""
    if not source:
        return None
    host = re.sub(r"^\w+://", "", source.strip().lower()).split("/")[0].split(":")[0]
    last = host.rpartition(".")[2]
    if "." not in host or len(last) != 2 or last in ("tv", "io", "co", "me", "fm", "ai"):  # noqa: PLR2004 - a country's code
        return None
    return _TOP_LEVEL.get(last, last.upper())
