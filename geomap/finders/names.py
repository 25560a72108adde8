"""What the gazetteer says of a piece of text, in a few words: probed once for each name and kept."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gazetteer import Gazetteer
    from gazetteer.place import Match
    from geomap.segment import Token

Band = Literal["country", "admin1", "admin2", "region", "city6", "city5", "city4", "city3", "small", "other"]
"""The best that a name may mean: a country, an area, or a settlement by the digits of its population."""

_BANDS: tuple[Band, ...] = (
    "country", "region", "admin1", "city6", "city5", "admin2", "city4", "city3", "small", "other",
)  # fmt: skip
LONGEST = 6
"""Words of the longest name that is looked for."""


@dataclass(frozen=True, slots=True)
class Known:
    """What a name may mean at best, how many places bear it, and whether it is an adjective, people or code."""

    band: Band
    count: int
    demonym: bool = False
    code: bool = False
    stripped: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """Tokens `first` to `last`, half-open, that the gazetteer knows."""

    first: int
    last: int
    known: Known


def band(match: Match) -> Band:
    """Return the band of one place."""
    place = match.place
    kind, _, code = place.feature.partition(".")
    if kind == "A":
        if code.startswith("PCL") or code == "TERR":
            return "country"
        return "admin1" if code.startswith("ADM1") else "admin2"
    if kind == "P":
        return _city(place.population)
    return "region" if kind in "LHT" and code in _REGIONS else "other"


_REGIONS = frozenset("CONT RGN RGNE RGNH SEA OCN GULF STRT MTS DSRT PEN ISLS AREA VAL PLAT CST TERR".split())


_SIZES: tuple[tuple[int, Band], ...] = ((1_000_000, "city6"), (100_000, "city5"), (15_000, "city4"), (2_000, "city3"))


def _city(population: int) -> Band:
    return next((name for least, name in _SIZES if population >= least), "small")


@lru_cache(maxsize=16_384)
def known(gazetteer: Gazetteer, name: str) -> Known | None:
    """Say what the gazetteer knows of a name; None if nothing."""
    matches = gazetteer.lookup(name) if gazetteer.kinds(name) or " " in name else ()
    if not matches:
        return None
    bands = {band(match) for match in matches}
    hows = {match.how for match in matches}
    rival = max((m.place.population for m in matches if m.how in ("exact", "code")), default=-1)
    return Known(
        next(b for b in _BANDS if b in bands),
        len(matches),
        demonym="demonym" in hows and rival < _TOWN,
        code="code" in hows,
        stripped=hows == {"stripped"},
    )


_TOWN = 15_000
"""People of a place that is likelier meant than the adjective that is spelled like it."""


def hits(text: str, tokens: Sequence[Token], starts: Sequence[bool], gazetteer: Gazetteer) -> list[Hit]:
    """Return the longest names that the gazetteer knows, left to right, none of which overlap.

    `starts` says of each token whether a name may begin or end there.
    """
    found = []
    at, total = 0, len(tokens)
    while at < total:
        step = 1
        if starts[at]:
            for last in range(_reach(tokens, at), at, -1):
                if not starts[last - 1]:
                    continue
                answer = known(gazetteer, text[tokens[at].start : tokens[last - 1].end])
                if answer:
                    found.append(Hit(at, last, answer))
                    step = last - at
                    break
        at += step
    return found


def _reach(tokens: Sequence[Token], at: int) -> int:
    """Return where the longest name that begins at a token ends at most: no name goes on behind a bar or a colon."""
    most = min(len(tokens), at + LONGEST)
    return next((n for n in range(at + 1, most) if tokens[n].text in _BARS), most)


_BARS = frozenset("|;:()[]•·…")
