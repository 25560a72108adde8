"""What the recogniser looks at: features of a token's word, of its neighbours, of the gazetteer and of the document.

Names themselves are never features: a word's letters count only where it is a common word. What is learned is how
places are spoken of, not which places a corpus spoke of.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from geomap.finders.clusters import clusters
from geomap.finders.lines import ARABIC, Line, may_name, table
from geomap.finders.names import known

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from gazetteer import Gazetteer
    from geomap.finders.names import Known

_JOINTS = frozenset("-–.'’&/ʻ‘") | {"'s", "’s"}
_WEEK = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december jan feb mar apr jun jul aug sep sept oct nov dec".split()
)


@cache
def first_names() -> frozenset[str]:
    """Return given names of the world, in small letters."""
    return frozenset(files("geomap.finders").joinpath("first_names.txt").read_text("utf-8").split())


@cache
def common_words() -> dict[str, str]:
    """Return common words, each with how often news writes it small: "0" nearly always, "1" mostly, "2" seldom."""
    text = files("geomap").joinpath("models", "words.tsv").read_text("utf-8")
    return dict(line.split("\t") for line in text.splitlines())


@dataclass(slots=True)
class Cues:
    """What the whole document says of a word, by its small letters: how often it stands after what."""

    located: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    personal: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    corporate: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    contained: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    seen: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    small: set[str] = field(default_factory=set)
    people: set[str] = field(default_factory=set)
    """Words that only a person is spoken of with: "X's father", "X herself", "nine-year-old X"."""
    sites: set[str] = field(default_factory=set)
    """Words that stand after "in", "near" and the like."""
    given: set[str] = field(default_factory=set)
    introduced: set[str] = field(default_factory=set)
    """Words of a full name: a given name, then these."""


@dataclass(frozen=True, slots=True)
class Island:
    """A run of tokens that may hold a name: what the recogniser reads at once. Half-open, tokens of one line."""

    line: Line
    first: int
    last: int


def islands(line: Line) -> Iterator[Island]:
    """Cut a line into its runs of capitalised words, with the joints and particles inside them."""
    start, end = None, 0
    for at, token in enumerate(line.tokens):
        if line.names[at]:
            if start is None:
                start = at
            elif any(not _bridge(line, n) for n in range(end, at)) or at - end > 3:  # noqa: PLR2004 - "of the", "'s"
                yield Island(line, start, end)
                start = at
            end = at + 1
        elif start is not None and at == end and (token.text[0].isdigit() or token.text in ".'’s"):
            end = at + 1
    if start is not None:
        yield Island(line, start, end)


def _bridge(line: Line, at: int) -> bool:
    word = line.tokens[at].text
    return word in _JOINTS or word in table("particle") or word[0].isdigit() or word.lower() in ARABIC


def read_cues(lines: Sequence[Line], gazetteer: Gazetteer) -> Cues:
    """Count, over the document, what stands beside each capitalised word."""
    cues = Cues()
    for line in lines:
        if not line.shouted:
            cues.small.update(word for word, name in zip(line.lower, line.names, strict=True) if not name)
        for at, name in enumerate(line.names):
            if name:
                _count(line, at, cues, gazetteer)
        for first, last in full_names(line, line.lower):
            cues.given.add(line.lower[first])
            for word in line.lower[first + 1 : last]:
                cues.personal[word] += 2
                cues.introduced.add(word)
    return cues


def _count(line: Line, at: int, cues: Cues, gazetteer: Gazetteer) -> None:
    """Count what stands beside one capitalised word."""
    lower, word = line.lower, line.lower[at]
    before = lower[at - 1] if at else ""
    after = lower[at + 1] if at + 1 < len(lower) else ""
    cues.seen[word] += 1
    if before in table("locative") or (before == "the" and at > 1 and lower[at - 2] in table("locative")):
        cues.located[word] += 1
    if before in _SITES:
        cues.sites.add(word)
    if before in table("title") or after in table("speech"):
        cues.personal[word] += 1
    if after in table("organisation") and line.names[at + 1]:
        cues.corporate[word] += 1
    if after in _SELF or (after in _GENITIVE and lower[at + 2 : at + 3] and lower[at + 2] in _KIN):
        cues.people.add(word)
    full = at + 1 < len(lower) and line.names[at + 1]
    if full and before == "old" and lower[max(0, at - 3) : at - 1] == ["year", "-"]:
        cues.people.add(word)
    if after == "," and at + 2 < len(lower) and line.names[at + 2]:
        area = known(gazetteer, line.words[at + 2])
        if area and area.band in ("country", "admin1") and not area.demonym:
            cues.contained[word] += 1


_SITES = frozenset("in at near outside around across throughout".split())
_SELF = frozenset({"himself", "herself"})
_GENITIVE = frozenset({"'s", "’s"})
_KIN = frozenset(
    "father mother parents husband wife son sons daughter daughters brother brothers sister sisters uncle aunt cousin "
    "boyfriend girlfriend fiance fiancee grandmother grandfather widow mom dad birthday".split()
)


def full_names(line: Line, lower: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield where a person stands by full name: a given name, and capitalised words and particles behind it."""
    at, total = 0, len(lower)
    while at < total:
        if line.names[at] and lower[at] in first_names() and not _begins_place(line, at):
            end = at + 1
            while end < total and (line.names[end] or lower[end] in _IN_NAMES) and end - at < 6:  # noqa: PLR2004
                end += 1
            while end > at + 1 and not line.names[end - 1]:
                end -= 1
            if end - at > 1 and not table("organisation") & {lower[end - 1]}:
                yield at, end
            at = end
        else:
            at += 1


def _begins_place(line: Line, at: int) -> bool:
    """Say whether a word begins a place's whole name of several words: Sheikh Radwan, Umm al-Fahm."""
    hit = line.inside.get(at)
    return hit is not None and hit.first == at and hit.last - at > 1 and not hit.known.stripped


_IN_NAMES = frozenset(". - al el bin ibn ben abu van von der de la da dos di du".split())


@lru_cache(maxsize=16_384)
def shape(word: str) -> str:
    """Return the form of a word: X small and capital letters, d digits, runs shortened."""
    if word.islower():
        return "x"
    if word.isdigit():
        return f"d{min(len(word), 4)}"
    if word.isupper():
        return "X" if len(word) == 1 else f"XX{min(len(word), 5)}"
    out = ""
    for c in word:
        s = "X" if c.isupper() else "x" if c.islower() else "d" if c.isdigit() else c if c in ".-'’" else "o"
        if not out.endswith(s):
            out += s
    return out[:8]


_FLAGS = ("locative", "assault", "place_noun", "organisation", "title", "speech", "group", "particle", "compass")


@lru_cache(maxsize=16_384)
def word_atoms(word: str, shouted: bool) -> tuple[str, ...]:  # noqa: FBT001
    """Return what a word alone says, wherever it stands."""
    lower = word.lower()
    commonness = common_words().get(lower)
    atoms = ["s=" + ("SHOUT" if shouted and word.isalpha() else shape(word))]
    if commonness in ("0", "1") or not word[0].isalpha():
        atoms.append("w=" + ("0" if word[0].isdigit() else lower))
    atoms.append("c=" + (commonness or "-"))
    atoms += [f"l={flag}" for flag in _FLAGS if lower in table(flag)]
    alike = clusters(lower)
    atoms += [f"k={alike[0]}", f"K={alike[1]}"] if alike else ["k=none"]
    if lower in first_names():
        atoms.append("l=first")
    if lower in _WEEK:
        atoms.append("l=week")
    return tuple(atoms)


@lru_cache(maxsize=16_384)
def affixes(word: str) -> tuple[bytes, ...]:
    """Return the endings and beginning of a word, as the recogniser reads them."""
    lower = word.lower()
    found = (f"e2={lower[-2:]}", f"e3={lower[-3:]}", f"e4={lower[-4:]}", f"b3={lower[:3]}", f"n={min(len(word), 12)}")
    return tuple(atom.encode() for atom in found)


def gazetteer_atoms(answer: Known | None, *, width: int = 1) -> tuple[str, ...]:
    """Return what the gazetteer's answer says."""
    if answer is None:
        return ("g=none",)
    crowd = "1" if answer.count == 1 else "2" if answer.count < 4 else "4" if answer.count < 10 else "9"  # noqa: PLR2004
    atoms = [f"g={answer.band}", f"gw={min(width, 3)}", f"gn={crowd}"]
    if answer.demonym:
        atoms.append("g=demonym")
    if answer.code:
        atoms.append("g=code")
    if answer.stripped:
        atoms.append("g=stripped")
    return tuple(atoms)


_OFFSETS = (0, -2, -1, 1, 2)
"""How many tokens away the words stand that a token is seen with."""


@lru_cache(maxsize=16_384)
def _seen(word: str, shouted: bool) -> Mapping[int, tuple[bytes, ...]]:  # noqa: FBT001
    """Return the atoms of a word by how many tokens away it stands, as the recogniser reads them."""
    atoms = word_atoms(word, shouted)
    return {offset: tuple(f"{offset}{atom}".encode() for atom in atoms) for offset in _OFFSETS}


def _role(words: Sequence[str], at: int) -> str:
    """Return in a word what a neighbour is, for pairing with the gazetteer's answer."""
    return role(words[at]) if 0 <= at < len(words) else "edge"


@lru_cache(maxsize=16_384)
def role(text: str) -> str:
    """Return what a word is to the name beside it: the first table it stands in, or how it is written."""
    word = text.lower()
    for flag in _FLAGS:
        if word in table(flag):
            return flag
    if word in first_names():
        return "first"
    if may_name(text):
        return "name"
    return word if word in ",.()-–:;'’s" else "other"


def describe(island: Island, cues: Cues, gazetteer: Gazetteer) -> list[list[str | bytes]]:
    """Return the features of each token of an island. Those of the words are bytes: read as they are, and kept."""
    line = island.line
    words = line.words
    shared: list[str | bytes] = ["bias", *_of_island(island)]
    around = {
        n: _seen(words[n], line.shouted) for n in range(max(island.first - 2, 0), min(island.last + 2, len(words)))
    }
    described = []
    for at in range(island.first, island.last):
        word = words[at]
        features = [*shared, *around[at][0], *affixes(word)]
        for offset in _OFFSETS[1:]:
            near = around.get(at + offset)
            features += near[offset] if near is not None else (f"{offset}edge",)
        features += _of_gazetteer(line, at, gazetteer)
        features += _of_document(line.lower[at], cues)
        if at == 0:
            features.append("begins")
        if at + 3 < len(words) and words[at + 1] == "," and words[at + 3] == "," and words[at + 2].isdigit():
            features.append("aged" if len(words[at + 2]) < 3 else "dated")  # noqa: PLR2004 - an age has two digits
        if line.dateline and line.tokens[at].end <= line.dateline.end:
            features.append("dateline")
        features.append(f"place={min(at - island.first, 3)}")
        features.append(f"left={min(island.last - at - 1, 3)}")
        described.append(features)
    return described


def _of_island(island: Island) -> list[str]:
    """Say how the run of names begins and ends."""
    first, last = island.line.lower[island.first], island.line.lower[island.last - 1]
    features = [f"length={min(island.last - island.first, 6)}"]
    features += [f"from:{flag}" for flag in _FLAGS if first in table(flag)]
    features += [f"till:{flag}" for flag in _FLAGS if last in table(flag)]
    if first in first_names():
        features.append("from:first")
    if island.line.shouted:
        features.append("shouted")
    if island.line.titled:
        features.append("titled")
    return features


def _of_gazetteer(line: Line, at: int, gazetteer: Gazetteer) -> list[str]:
    """Say what the gazetteer knows of the token, of the longest name it is part of, and of what stands beside that."""
    words, inside = line.words, line.inside
    features = []
    single = known(gazetteer, words[at]) if line.names[at] else None
    if line.names[at]:
        features += [f"1{atom}" for atom in gazetteer_atoms(single)]
    hit = inside.get(at)
    if hit:
        part = "B" if at == hit.first else "I"
        atoms = gazetteer_atoms(hit.known, width=hit.last - hit.first)
        features += [f"h{part}{atom}" for atom in atoms]
        before, after = _role(words, hit.first - 1), _role(words, hit.last)
        features.append(f"{part}<{before}|{atoms[0]}")
        features.append(f"{part}>{after}|{atoms[0]}")
        features.append(f"{part}<{before}>{after}")
        if hit.last + 1 < len(words) and words[hit.last] == "," and hit.last + 1 in inside:
            features.append(f"{part},{inside[hit.last + 1].known.band}")
        if hit.first > 1 and words[hit.first - 1] == "," and hit.first - 2 in inside:
            features.append(f"{part}after,{inside[hit.first - 2].known.band}")
    else:
        features += ["h=none", f"<{_role(words, at - 1)}>{_role(words, at + 1)}"]
    for offset in (-1, 1):
        near = inside.get(at + offset)
        if near and near is not hit:
            features.append(f"{offset}h={near.known.band}{'d' if near.known.demonym else ''}")
    return features


def _of_document(word: str, cues: Cues) -> list[str]:
    """Say what the document says of the word elsewhere."""
    features = [f"seen={min(cues.seen.get(word, 0), 4)}"]
    for name in ("located", "personal", "corporate", "contained"):
        counts: dict[str, int] = getattr(cues, name)
        n = counts.get(word, 0)
        if n:
            features.append(f"d:{name}={min(n, 2)}")
    if word in cues.small:
        features.append("d:small")
    if word in cues.given:
        features.append("d:given" if word in cues.located else "d:given only")
    if word in cues.introduced:
        features.append("d:introduced")
    return features
