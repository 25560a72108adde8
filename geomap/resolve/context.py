"""What a document says around its names: which stand beside which, and which places each may mean."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from gazetteer.place import Match, Place
from geomap.model import Mention
from geomap.segment import sentences

if TYPE_CHECKING:
    from gazetteer import Gazetteer
    from geomap.model import Document, Span

MOST = 24
"""Candidates weighed for a name, and as many again where the document names their country or area."""
ALL = 120
_CONTAINER = re.compile(r",\s{1,2}|\s?\(")
_INSIDE = re.compile(
    r"(?:,\s(?:an?|the)\s(?:[\w-]+\s){1,3}?|,?\s)(?:in|of)\s(?:the\s)?"
    r"(?:(?:north|south|east|west|centre|center|heart|far|\w+ern|central|rural)[\w-]*\s(?:of\s)?){0,2}(?:\w+\sof\s)?(?:the\s)?"
)
_LIST = re.compile(r"(?:,\s(?:and\s|or\s)?|\s(?:and|or)\s)(?:the\s)?")
_BEFORE_NOUN = re.compile(r"(\w+)\s+of\s+(?:the\s+)?$")
_APPOSED = re.compile(r"(\w+)\s+$")
_AFTER_NOUN = re.compile(r"\s+(\w+)")
_DATELINE = re.compile(r"[^a-z]{2,60}(?:\([^)]{2,40}\))?\s*(?::-|:|–|—|--|-)\s")
_APPOSITION = re.compile(r",\s(?:a|an|the)\s(?:[\w-]+\s){0,2}")
_WORD = re.compile(r"[\w-]+")
_TWIN = 100.0
"""Kilometres between a town and the area of its name."""
_LARGE = 100_000
"""People of a place that is known by its article."""
_JOINT = 40
"""Characters that a list's joint, or "in the north of", may have."""
_LINE = 60
"""Characters within which a dateline's place stands."""
_ADJECTIVE_REACH = 60
"""Characters between a country's adjective and the place it speaks of."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A candidate: the place, how the name matched it, and where it stands among its rivals."""

    match: Match
    place: Place
    rank: int
    """Place by population among the candidates, from 0."""
    rivals: int
    lead: float
    """Decimal digits of population that the most populous rival of a settlement has more."""
    twin: bool
    """Whether a rival of another class (city, area) bears the same name close by."""
    vector: tuple[float, float, float]
    """Where it is on the unit sphere."""


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
    adjectives: list[int] = field(default_factory=list)
    """Countries' names and adjectives that stand just before it: "Lebanese city of", "Syria's"."""
    beside: dict[int, float] = field(default_factory=dict)
    """Names in the same sentences, and how often."""
    listed: list[int] = field(default_factory=list)
    """Names joined to it by commas or "and"."""
    noun: str = ""
    """The feature that a common noun beside it speaks of ("city", "province"): P, A.ADM1, A.ADM2, H, T, S, L."""
    dateline: bool = False
    split: bool = False
    """Whether the document has another place of the same name: then only the words right beside it tell."""
    shares: list[float] = field(default_factory=list)
    """The probability of each choice, so far."""


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
    total: float = 0.0


def kind(place: Place) -> str:
    """Return the coarse class of a place, by which clues and reports speak of it."""
    return _kind_of(place.feature)


@cache
def _kind_of(feature: str) -> str:
    letter, _, code = feature.partition(".")
    if letter == "A":
        if code.startswith(("PCL", "TERR")):
            return "country"
        return {"ADM1": "area1", "ADM1H": "area1", "ADM2": "area2", "ADM2H": "area2"}.get(code, "area3")
    if letter == "P":
        return {"PPLC": "capital", "PPLA": "seat", "PPLX": "quarter"}.get(code, "town")
    if letter == "L":
        return "continent" if code == "CONT" else "region"
    return {"H": "water", "T": "terrain"}.get(letter, "spot")


def contains(outer: Place, inner: Place) -> bool:
    """Say whether one place lies in another, as far as codes tell."""
    if outer.id == inner.id:
        return False
    what = kind(outer)
    if what == "country":
        return outer.country is not None and outer.country == inner.country
    if what == "area1":
        return outer.admin1 is not None and outer.admin1 == inner.admin1 and kind(inner) != "country"
    if what == "area2":
        return outer.admin2 is not None and outer.admin2 == inner.admin2
    if what in ("capital", "seat", "town") and kind(inner) in ("quarter", "spot", "town"):
        return outer.population > inner.population and distance(outer, inner) < 40  # noqa: PLR2004 - a city's reach
    return False


def distance(one: Place, other: Place) -> float:
    """Return kilometres between two places."""
    return kilometres_of(unit(one), unit(other))


def unit(place: Place) -> tuple[float, float, float]:
    """Return a place's point on the unit sphere."""
    latitude, longitude = math.radians(place.latitude), math.radians(place.longitude)
    return math.cos(latitude) * math.cos(longitude), math.cos(latitude) * math.sin(longitude), math.sin(latitude)


def kilometres_of(a: tuple[float, float, float], b: tuple[float, float, float]) -> float:
    """Return kilometres between two points of the unit sphere."""
    return 6371.0 * math.acos(max(-1.0, min(1.0, a[0] * b[0] + a[1] * b[1] + a[2] * b[2])))


NOUNS: dict[str, str] = {
    **dict.fromkeys(
        "city town village hamlet settlement capital suburb municipality township neighborhood neighbourhood".split(),
        "P",
    ),
    **dict.fromkeys("province governorate state oblast region prefecture".split(), "A.ADM1"),
    **dict.fromkeys("county district parish department raion subdistrict".split(), "A.ADM2"),
    **dict.fromkeys("river lake sea gulf bay strait ocean".split(), "H"),
    **dict.fromkeys("island mountain mountains mount peninsula valley desert".split(), "T"),
    **dict.fromkeys("airport airbase base camp hospital crossing".split(), "S"),
}
"""Common nouns beside a name, and the GeoNames feature each speaks of."""


def read_context(
    document: Document, mentions: Sequence[Mention], gazetteer: Gazetteer
) -> tuple[Context, dict[int, int]]:
    """Gather the mentions into names, and what stands around each; say which name each mention belongs to.

    Mentions of one text are one name, unless different places are named right behind them ("Tripoli, Lebanon" and
    "Tripoli, Libya"): then there is a name for each, and a bare mention goes with the one before it.
    """
    order = sorted(range(len(mentions)), key=lambda at: mentions[at].span)
    inline = [mentions[at] for at in order]
    articled = {m.text for m in inline if document.text[max(0, m.span.start - 4) : m.span.start].lower() == "the "}
    found = [choices(gazetteer, m.text, m.kind == "demonym", m.text in articled) for m in inline]
    behind = _containers(document.text, inline, found)
    found = _weighed(found)
    variants: dict[str, dict[str, int]] = {}
    for at, outer in behind.items():
        variants.setdefault(inline[at].text.casefold(), {}).setdefault(inline[outer].text.casefold(), at)
    names: list[Name] = []
    index: dict[tuple[str, str], int] = {}
    latest: dict[str, str] = {}
    owner: list[int] = []
    for at, mention in enumerate(inline):
        text = mention.text.casefold()
        told = variants.get(text, {})
        which = ""
        if len(told) > 1:
            which = inline[behind[at]].text.casefold() if at in behind else latest.get(text, next(iter(told)))
            latest[text] = which
        known = index.setdefault((text, which), len(names))
        if known == len(names):
            names.append(Name(mention.text, found[at], demonym=mention.kind == "demonym", split=len(told) > 1))
        names[known].mentions.append(order[at])
        owner.append(known)
    context = Context(names, home=home_country(document.source))
    for at, outer in behind.items():
        names[owner[at]].after.append(owner[outer])
        names[owner[outer]].before.append(owner[at])
    _read_neighbours(document, _Reading(document.text, inline, owner, names))
    for name in names:
        name.shares = [1 / len(name.choices)] * len(name.choices) if name.choices else []
    return context, {order[at]: name for at, name in enumerate(owner)}


def _weighed(found: Sequence[tuple[Choice, ...]]) -> list[tuple[Choice, ...]]:
    """Keep of each name its largest candidates, and of the smaller those in a country or area the document may name."""
    if all(len(rivals) <= MOST for rivals in found):
        return list(found)
    likeliest = [rivals[0].place for rivals in found if rivals]
    outer = {p.country if kind(p) == "country" else p.admin1 for p in likeliest if kind(p) in ("country", "area1")}
    return [
        rivals
        if len(rivals) <= MOST
        else (
            *rivals[:MOST],
            *[c for c in rivals[MOST:] if c.place.country in outer or c.place.admin1 in outer][:MOST],
        )
        for rivals in found
    ]


def _containers(text: str, inline: Sequence[Mention], found: Sequence[tuple[Choice, ...]]) -> dict[int, int]:
    """Return which mention stands behind which as its container: "Qusair, Homs province" or "Paris (France)"."""
    behind: dict[int, int] = {}
    for at in range(len(inline) - 1):
        gap = text[inline[at].span.end : inline[at + 1].span.start]
        if len(gap) < 4 and _CONTAINER.fullmatch(gap) and _may_contain(found[at + 1], found[at]):  # noqa: PLR2004
            behind[at] = at + 1
    return behind


def _may_contain(outers: tuple[Choice, ...], inners: tuple[Choice, ...]) -> bool:
    """Say whether some candidate of the one name holds one of the other; "Russia, U.S." is a list, not a village."""
    if any(kind(i.place) in ("country", "continent") for i in inners):
        return False
    return any(
        kind(o.place) in ("country", "area1", "area2") and contains(o.place, i.place)
        for o in outers
        for i in inners
        if o.match.how != "demonym"
    )


@dataclass(frozen=True, slots=True)
class _Reading:
    """A document's text, its mentions in order, which name each belongs to, and the names."""

    text: str
    inline: Sequence[Mention]
    owner: Sequence[int]
    names: list[Name]

    def name(self, at: int) -> Name:
        """Return the name of a mention."""
        return self.names[self.owner[at]]

    def gap(self, at: int) -> str:
        """Return the text between a mention and the next."""
        return self.text[self.inline[at].span.end : self.inline[at + 1].span.start]


def _read_neighbours(document: Document, reading: _Reading) -> None:
    """Fill in what stands beside each name: nouns, adjectives, lists, sentence mates, datelines."""
    cut = sentences(document.text, document.article)
    sentence = 0
    members: list[int] = []
    for at, mention in enumerate(reading.inline):
        span, name = mention.span, reading.name(at)
        while sentence < len(cut) and cut[sentence].end <= span.start:
            sentence += 1
            members = []
        begin = cut[sentence].start if sentence < len(cut) else span.start
        name.noun = name.noun or noun_beside(document.text, span, begin)
        name.dateline = name.dateline or _in_dateline(document.text, begin, span)
        if at:
            _join(reading, at)
        _read_adjectives(reading, at, begin)
        mine = reading.owner[at]
        for other in members:
            if other != mine:
                name.beside[other] = name.beside.get(other, 0.0) + 1.0
                mate = reading.names[other].beside
                mate[mine] = mate.get(mine, 0.0) + 1.0
        members = [*members[-7:], mine]


def _join(reading: _Reading, at: int) -> None:
    """Note that a mention is listed with the one before it, or follows it behind "in"."""
    mine, others = reading.owner[at], reading.owner[at - 1]
    gap = reading.gap(at - 1)
    if mine == others or len(gap) > _JOINT:
        return
    if _LIST.fullmatch(gap) and mine not in reading.name(at - 1).after:
        reading.name(at).listed.append(others)
        reading.name(at - 1).listed.append(mine)
    elif _INSIDE.fullmatch(gap):
        reading.name(at - 1).inside.append(mine)
        reading.name(at).before.append(others)


def _read_adjectives(reading: _Reading, at: int, begin: int) -> None:
    """Note the country whose adjective or name stands right before a mention, or behind it in apposition."""
    span, name, text = reading.inline[at].span, reading.name(at), reading.text
    for back in range(at - 1, max(-1, at - 4), -1):
        mention = reading.inline[back]
        if mention.span.end < begin or span.start - mention.span.end > _ADJECTIVE_REACH:
            break
        if reading.owner[back] != reading.owner[at] and any(
            kind(c.place) == "country" for c in reading.name(back).choices
        ):
            if _adjective(text[mention.span.end : span.start], adjectival=mention.kind == "demonym"):
                name.adjectives.append(reading.owner[back])
            break
    if at + 1 < len(reading.inline) and reading.inline[at + 1].kind == "demonym":
        gap = reading.gap(at)
        if len(gap) < _JOINT and _APPOSITION.fullmatch(gap):
            name.adjectives.append(reading.owner[at + 1])


def _adjective(joined: str, *, adjectival: bool) -> bool:
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
    after = _AFTER_NOUN.match(text, span.end, span.end + 20)
    return NOUNS.get(after.group(1).lower(), "") if after else ""


def _in_dateline(text: str, begin: int, span: Span) -> bool:
    if span.start - begin > _LINE:
        return False
    found = _DATELINE.match(text, begin, begin + 2 * _LINE)
    return found is not None and span.end <= found.end()


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


@lru_cache(maxsize=100_000)
def choices(
    gazetteer: Gazetteer,
    text: str,
    demonym: bool = False,  # noqa: FBT001, FBT002 - cached by position
    articled: bool = False,  # noqa: FBT001, FBT002 - cached by position
) -> tuple[Choice, ...]:
    """Return the candidates of a name, the most populous first.

    An adjective means what it is the adjective of. A name that stands behind "the" means first what is called so:
    the Gulf is no district of Papua New Guinea.
    """
    matches = gazetteer.lookup(text)
    if demonym:
        matches = [m for m in matches if m.how == "demonym"] or matches
    elif articled:
        called = [m for m in gazetteer.lookup(f"the {text}") if m.how == "exact"]
        matches = called if any(m.place.population >= _LARGE for m in called) else matches
    return choices_of(matches)


def choices_of(matches: Sequence[Match]) -> tuple[Choice, ...]:
    """Rank matches by population, and say of each where it stands among the others."""
    best: dict[int, Match] = {}
    for match in matches:
        best.setdefault(match.place.id, match)
    ranked = sorted(best.values(), key=_worth)[:ALL]
    top = max((m.place.population for m in ranked), default=0)
    vectors = [unit(m.place) for m in ranked]
    return tuple(
        Choice(
            match,
            match.place,
            rank,
            len(best),
            math.log10(top + 1) - math.log10(match.place.population + 1) if match.place.feature[0] == "P" else 0.0,
            _has_twin(rank, ranked, vectors),
            vectors[rank],
        )
        for rank, match in enumerate(ranked)
    )


def _has_twin(at: int, ranked: Sequence[Match], vectors: Sequence[tuple[float, float, float]]) -> bool:
    mine = ranked[at].place
    return any(
        other.place.feature[0] != mine.feature[0]
        and other.place.country == mine.country
        and kilometres_of(vectors[at], vectors[n]) < _TWIN
        for n, other in enumerate(ranked)
    )


def _worth(match: Match) -> tuple[int, int, int]:
    what = kind(match.place)
    return (0 if what in ("country", "continent") else 1, -match.place.population, match.place.id)
