"""What one sentence tells of several places: a toll for each of them, or a row of places under one event word."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from geomap.events import places
from geomap.events.numbers import numbers
from geomap.model import ON_MAP

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.events.places import Site
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


_BOTH = frozenset("between linking connecting joining".split())
"""What stands before two places that something is between: "the road linking A and B"."""


def several(told: Telling) -> list[Telling]:
    """Split a telling over coordinated places ("on Goris, Sotk and Jermuk"); its toll stays with the first."""
    best = told.own
    if best is None or best.place is None or places.rank(best.place) < AREA or told.judgement.status not in ON_MAP:
        return [told]
    group = _row(told, best)
    if not 1 < len(group) <= MANY or _BOTH & set(told.sentence.lower[max(0, group[0].first - 3) : group[0].first]):
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


def _at(told: Telling, site: Site, sure: float, why: str) -> Telling:
    """Return a telling that is plainly at one of the places of its sentence."""
    return replace(told, sites=(replace(site, likelihood=sure, features=(), cue=why),))


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
        if last is not None and (not joined or ("and" not in links and _is_near(site, row))):
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
    """Split a telling with a toll for each of several places: "six people in Baghdad and two in Mosul"."""
    killed = [c for c in told.counts if c.harm == "killed" and not c.cumulative]
    towns = [s for s in told.sites if places.rank(s.place) >= AREA] if killed else []
    if len(towns) < 2:
        return [told]
    lower = told.sentence.lower
    towns.sort(key=lambda s: s.first)
    extra = [
        n
        for n in numbers(told.sentence, code)
        if n.first > killed[0].number.last and n.noun is None and lower[n.first - 1] in ("and", ",") and not n.subset
    ]
    owned = []
    for number in (killed[0].number, *extra):
        site = next(
            (s for s in towns if 0 < s.first - number.last <= REACH and lower[s.first - 1] in ("in", "at", "near")),
            None,
        )
        if site is not None:
            owned.append((number, site))
    if len({s.place.id for _, s in owned if s.place}) < 2:
        return [told]
    return [
        replace(_at(told, site, 0.95, "its own number stands beside it"), counts=(replace(killed[0], number=number),))
        for number, site in owned
    ]
