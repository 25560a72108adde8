"""What one sentence tells of several places: a toll for each of them, or a row of places under one event word."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from geomap.events import places
from geomap.events.kinds import TERRITORY
from geomap.events.numbers import Number, numbers
from geomap.model import ON_MAP

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.events.lexicon import Hit
    from geomap.events.places import Site
    from geomap.events.reading import Sentence
    from geomap.events.telling import Telling
    from geomap.events.timewords import TimeWords

MANY = 5
"""More places than this in a row are a list, not the places of one event."""
BESIDE = 8.0
"""Kilometres within which two places are one."""
_SMALL = frozenset(
    "the in at on of near a town towns city village villages district districts province area areas settlement port "
    "camp capital border ancient nearby neighbouring neighboring".split()
)
AREA = 3
"""From which rank on a place can be one of several that share a toll out: a town or a small area."""
REACH = 4
"""How many words a number may stand from the place it is of."""


def several(told: Telling) -> list[Telling]:
    """Split a telling over coordinated places ("on Goris, Sotk and Jermuk"); its toll stays with the first."""
    best = told.own
    if best is None or best.place is None or places.rank(best.place) < AREA or told.judgement.status not in ON_MAP:
        return [told]
    group = _row(told, best)
    if not 1 < len(group) <= MANY or places.is_between(told.sentence, group[0].first):
        return [told]
    sites = [(replace(s, likelihood=max(s.likelihood, places.PLAUSIBLE)),) for s in group]
    return [replace(told, sites=s, counts=() if n else told.counts) for n, s in enumerate(sites)]


def by_days(told: Telling, times: Sequence[TimeWords]) -> list[Telling]:
    """Split a telling over places that each have a day of their own: "took A in late May and B on 4 June"."""
    if told.judgement.status not in (*ON_MAP, "historic"):
        return [told]
    at = [(told.sentence.at(t.span.start), t) for t in times if t.first is not None and not t.since]
    towns = [s for s in told.sites if s.resolution.mention.kind == "place" and places.rank(s.place) >= AREA]
    if len(towns) < 2 or len(at) < 2:
        return [told]
    towns.sort(key=lambda s: s.first)
    towns = [b for a, b in zip([None, *towns], towns, strict=False) if a is None or not _holds(told, a, b)]
    if len(towns) < 2:
        return [told]
    ends = [*(s.first for s in towns[1:]), len(told.sentence.words)]
    dated = [(s, [t for i, t in at if s.last <= i < end]) for s, end in zip(towns, ends, strict=True)]
    own = [(s, days[0]) for s, days in dated if len(days) == 1]
    if len(own) < 2 or len(own) != len(towns) or len({(t.first, t.last) for _, t in own}) < 2:
        return [told]
    if not all(_goes_on(told, a, b) for (_, a), (b, _) in pairwise(own)):
        return [told]
    return [
        replace(_at(told, site, 0.9, "its own day stands beside it"), time=time, counts=() if n else told.counts)
        for n, (site, time) in enumerate(own)
    ]


def executed(told: Telling) -> list[Telling]:
    """Split the taking of a place from the killing of captives told with it: "took A and executed 14 prisoners"."""
    hit = next((h for h in told.anchors if is_execution(told.sentence, h)), None)
    if told.key not in TERRITORY or hit is None or told.judgement.status not in ON_MAP:
        return [told]
    taking = tuple(h for h in told.anchors if h.label in TERRITORY)
    own = tuple(c for c in told.counts if c.word == hit.first)
    if not own or not taking:
        return [told]
    rest = tuple(c for c in told.counts if c not in own)
    took = replace(told, anchor=taking[0], anchors=tuple(h for h in told.anchors if h != hit), counts=rest)
    return [took, replace(told, key="attack", anchor=hit, anchors=(hit,), counts=own)]


def is_execution(sentence: Sentence, hit: Hit) -> bool:
    """Say whether an event word is of people killed in somebody's power."""
    return sentence.lower[hit.first].startswith(_EXECUTED)


_EXECUTED = ("execut", "behead", "massacr", "slaughter", "lynch", "murder")


def _at(told: Telling, site: Site, sure: float, why: str) -> Telling:
    """Return a telling that is plainly at one of the places of its sentence."""
    return replace(told, sites=(replace(site, likelihood=sure, features=(), cue=why),))


def _holds(told: Telling, town: Site, area: Site) -> bool:
    """Say whether a place is only told as what the one before it lies in: "Minova in Kalehe territory"."""
    between = told.sentence.lower[town.last : area.first]
    inside = places.linked(between) and any(w in ("in", "of") for w in between)
    return inside and places.rank(area.place) <= places.rank(town.place)


def _goes_on(told: Telling, time: TimeWords, site: Site) -> bool:
    """Say whether only "and" stands between the day of one place and the next place."""
    end = told.sentence.at(time.span.end - 1) + 1
    between = told.sentence.lower[end : site.first]
    return any(w in (",", "and") for w in between) and all(w in _SMALL or w in (",", "and", "then") for w in between)


def _row(told: Telling, best: Site) -> list[Site]:
    """Return the places that stand in a row with the likeliest one, joined by commas and "and"."""
    ordered = sorted((s for s in told.sites if places.rank(s.place) >= AREA), key=lambda s: s.first)
    row: list[Site] = []
    for site in ordered:
        last = row[-1] if row else None
        if last is not None and site.first < last.last:
            continue
        between = () if last is None else told.sentence.lower[last.last : site.first]
        links = tuple(w for w in between if w not in _SMALL)
        joined = links in ((",",), ("and",), (",", "and")) and not _is_held(told, between, site)
        holds = links == (",",) and last is not None and places.rank(site.place) < places.rank(last.place)
        if last is not None and (not joined or holds or ("and" not in links and _is_near(site, row))):
            if best in row:
                break
            row = []
        row.append(site)
    return row if best in row else [best]


def _is_held(told: Telling, between: Sequence[str], site: Site) -> bool:
    """Say whether a place is what the one before it lies in: "at Imlili, in neighbouring Dakhla", no row of two."""
    behind = told.sentence.lower[site.last : site.last + REACH]
    return between[:2] == (",", "in") and "and" not in behind


def _is_near(site: Site, group: Sequence[Site]) -> bool:
    """Say whether a place is in or beside one of a group: "Karrada, Baghdad" is one place."""
    return any(
        s.place is not None
        and site.place is not None
        and (
            places.contains(s.place, site.place)
            or places.contains(site.place, s.place)
            or places.kilometres(s.place, site.place) < BESIDE
        )
        for s in group
    )


def shared_out(told: Telling, code: str) -> list[Telling]:
    """Split a telling with a toll for each of several places: "six people in Baghdad and two in Mosul".

    A whole told before its parts is theirs together: "eight killed: three in A and five in B", "in A (3) and B (5)".
    """
    killed = [c for c in told.counts if c.harm == "killed" and not c.cumulative]
    towns = [s for s in told.sites if _can_share(s)] if killed else []
    if len(towns) < 2:
        return [told]
    towns.sort(key=lambda s: s.first)
    whole = killed[0].number
    owned = _owned(told, towns, whole, code)
    parts = [(n, s) for n, s in owned if n is not whole]
    if len(parts) > 1 and math.fsum(n.best or 0 for n, _ in parts) == whole.best:
        owned = parts
    if len(parts) < 2 and any(n.subset for n, _ in parts):
        return [told]  # "killed five in Gao, including two at its market"
    if len({s.resolution.mention.text for _, s in owned}) < 2 or not any(s.place for _, s in owned):
        return [told]
    known = next(s for _, s in owned if s.place)
    shared = []
    for number, site in owned:
        at = _at(told, site, 0.95, "its own number stands beside it")
        if site.place is None:  # around the place told with it
            at = replace(at, sites=(*at.sites, replace(known, likelihood=0.04)))
        shared.append(replace(at, counts=(replace(killed[0], number=number),)))
    return shared


def _can_share(site: Site) -> bool:
    """Say whether a toll can be shared out to a place: a town or small area, or a name of one that nobody knows."""
    return site.resolution.mention.kind == "place" and (site.place is None or places.rank(site.place) >= AREA)


def _owned(told: Telling, towns: Sequence[Site], whole: Number, code: str) -> list[tuple[Number, Site]]:
    """Return the numbers that each stand beside a place: "three in Gao", "12 of them in Bama", "Gao (5)"."""
    lower = told.sentence.lower
    found = []
    extra = [n for n in numbers(told.sentence, code) if n.first > whole.last and n.noun is None]
    extra = [n for n in extra if lower[n.first - 1] in _OPENS_PART]
    for number in (whole, *extra):
        site = next((s for s in towns if _is_beside(lower, number, s)), None)
        if site is not None:
            found.append((number, site))
    for site in towns:
        at = site.last + 1
        if (
            lower[site.last : at] == ("(",)
            and lower[at : at + 1]
            and lower[at].isdigit()
            and lower[at + 1 : at + 2] == (")",)
        ):
            n = int(lower[at])
            found.append((Number(at, at + 1, n, n, n), site))
    return found


_OPENS_PART = frozenset(("and", ",", ":", "(", "including", "with", "least", "another"))
"""What stands before a part of a toll."""


def _is_beside(lower: Sequence[str], number: Number, site: Site) -> bool:
    """Say whether nothing but a few words without a break stand between a number and "in" a place."""
    between = lower[number.last : site.first]
    return (
        0 < len(between) <= REACH
        and between[-1] in ("in", "at", "near", "from")
        and not any(w in (",", ":", ";", "(") or w[0].isdigit() for w in between)
    )
