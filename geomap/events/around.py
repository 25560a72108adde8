"""Where a telling is whose sentence names no place: with what was told before, where the text is about."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from operator import itemgetter
from typing import TYPE_CHECKING

from geomap.events import places
from geomap.events.kinds import DIPLOMACY, family
from geomap.events.passing import is_mission
from geomap.events.scene import again, country_of
from geomap.events.stake import staked
from geomap.events.whereabouts import is_reporter, unknown, weak

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gazetteer.place import Place
    from geomap.events.draft import Draft
    from geomap.events.places import Site
    from geomap.events.scene import Scene
    from geomap.events.telling import Telling
    from geomap.model import Where

Found = tuple["Where", str]

_INSIDE = frozenset(("in", "across", "throughout", "of", "inside", "into"))
"""What stands before a country where something was, not before one that did it or sent it."""
_NEAR = 3
"""How many sentences behind an event another may be told that is where it was."""


def inherited(
    told: Telling, where: Where | None, why: str | Site, before: Sequence[Draft], scene: Scene
) -> tuple[Where | None, str | Site]:
    """Return a place from around the sentence: the event just told, the last town named, or the country at stake."""
    if told.key in DIPLOMACY:
        return where, why
    land = _land(told)
    country = staked(told.sentence, scene, [s.resolution for s in told.sites])
    elsewhere = unknown(told, scene) is not None  # where it names a place of its own, it is not at another's
    return (
        (None if elsewhere else _just_told(told, before, scene))
        or _lead(told, scene)
        or _faint(told, scene)
        or _headed(told, scene)
        or _main_town(told, scene, country)
        or (None if elsewhere else _last_town(told, scene, land, country))
        or _spoken_of(land)
        or _only_town(told, scene, country)
        or _region(told, scene, country)
        or _dateline(told, scene, country)
        or _home(told, scene, country)
        or (where, why)
    )


def _just_told(told: Telling, before: Sequence[Draft], scene: Scene) -> Found | None:
    """Return the place of a conflict of the same family told just before."""
    last = next((d for d in reversed(before) if d.first.layer == "conflict" and d.where is not None), None)
    if last is None or last.where is None or last.tellings[-1].sentence.item != told.sentence.item:
        return None  # what one list item tells is not where the next one is
    heads = scene.openings.heads
    if heads.get(told.sentence.number) is not heads.get(last.tellings[-1].sentence.number):
        return None
    near = told.sentence.number - last.tellings[-1].sentence.number <= _NEAR
    if not near or places.rank(last.where.place) < 2 or family(last.first.key) != family(told.key):
        return None
    sure = round(0.6 * last.where.confidence, 3)
    return replace(last.where, confidence=sure), "the place of the event told just before"


def _lead(told: Telling, scene: Scene) -> Found | None:
    lead = scene.openings.labels.get(told.sentence.item) or scene.leads.get(told.sentence.item)
    if lead is None or lead.place is None:
        return None
    return again(lead.place, lead.mention.span, lead.confidence), "the place its list item opens with"


def _headed(told: Telling, scene: Scene) -> Found | None:
    """Return the place of the label or the heading that a sentence stands under."""
    head = scene.head
    if head is None or head.place is None or places.rank(head.place) < 2:
        return None
    site = unknown(told, scene)
    where = again(head.place, site.resolution.mention.span if site is not None else head.mention.span, head.confidence)
    return where, "the place its lines are headed by"


def _faint(told: Telling, scene: Scene) -> Found | None:
    site = weak(told, scene)
    if site is None or site.place is None:
        return None
    where = places.where(told.sentence, site, site.place)
    return where, "named in its sentence, though not plainly as its place"


def _land(told: Telling) -> Site | None:
    """Return the country that a sentence says something is in; adjectives are of parties and victims."""
    return next(
        (
            s
            for s in told.sites
            if s.place is not None
            and s.resolution.mention.kind == "place"
            and places.rank(s.place) == 1
            and s.place.country is not None
            and not is_reporter(s, told)
            and not is_mission(told.sentence, s.first, s.last)
            and places.preposition(told.sentence, s.first) in _INSIDE
        ),
        None,
    )


def _last_town(told: Telling, scene: Scene, land: Site | None, country: str | None) -> Found | None:
    """Return the town named just before, unless the sentence or the document speaks of another country."""
    back = 0 if told.sentence.item else 2
    near = scene.towns_in(told.sentence.number - back, told.sentence.number)
    town = near[-1] if near else None
    if town is None or town.place is None:
        return None
    country = land.place.country if land is not None and land.place is not None else country
    if country is not None and country != town.place.country:
        return None
    where = again(town.place, town.mention.span)
    return replace(where, confidence=round(0.45 * town.confidence, 3)), "the town named just before"


_CITY = frozenset(
    "parliament airport palace ministry avenue street square boulevard stadium downtown assembly senate".split()
)
"""What a text that is about one city need not say the city of."""


def _main_town(told: Telling, scene: Scene, country: str | None) -> Found | None:
    """Return the town a text names most, for what was at "parliament" or on "the road to the airport"."""
    if told.sentence.item or not _CITY & set(told.sentence.lower):
        return None
    counted: dict[int, float] = {}
    known = {}
    for number, r in scene.towns:
        if number > told.sentence.number:
            break
        if r.place is not None and r.place.country == country:
            known[r.place.id] = r.place
            counted[r.place.id] = counted.get(r.place.id, 0.0) + (1.5 if number == 0 else 1.0)
    line = scene.dateline
    if line is not None and line.country == country:
        known[line.id] = line
        counted[line.id] = counted.get(line.id, 0.0) + 2.0
    if not counted:
        return None
    best = max(counted, key=lambda n: counted[n])
    return _about(known[best], told, 0.7)


def _only_town(told: Telling, scene: Scene, country: str | None) -> Found | None:
    """Return the town that a text has named alone so far, or far more than any other."""
    near = scene.before(told.sentence.number + 1)
    if not near or told.sentence.item:
        return None
    town, times = scene.main_towns[near - 1]
    if town.country != country or times < _MOSTLY * near:
        return None
    return _about(town, told, 0.5)


_MOSTLY = 0.6
"""Which share of the towns a text names one must have, to be what it is about."""


def _about(town: Place, told: Telling, sure: float) -> Found:
    return replace(again(town, told.sentence.span, sure), span=None, precision=2), "the town its text is about"


def _spoken_of(land: Site | None) -> Found | None:
    if land is None or land.place is None:
        return None
    where = again(land.place, land.resolution.mention.span)
    return replace(where, precision=3, confidence=0.5), "the country its sentence speaks of"


def _region(told: Telling, scene: Scene, country: str | None) -> Found | None:
    """Return the province that a sentence or the one before it in its paragraph speaks of."""
    here = told.sentence
    first = max(here.number - 1, scene.firsts.get(here.item, 0) if here.item else 0)
    start, end = (bisect_left(scene.regions, n, key=itemgetter(0)) for n in (first, here.number + 1))
    near = [r for _, part, r in scene.regions[start:end] if part == here.paragraph]
    found = next((r for r in reversed(near) if r.place is not None and r.place.country == country), None)
    if found is None or found.place is None:
        return None
    where = again(found.place, found.mention.span, found.confidence)
    return replace(where, precision=3, confidence=round(0.6 * where.confidence, 3)), "the province its lines speak of"


def _dateline(told: Telling, scene: Scene, country: str | None) -> Found | None:
    line = scene.dateline
    if line is None or scene.towns or (country is not None and line.country != country):
        return None
    where = again(line, told.sentence.span)
    radius = max(line.radius_km, 25.0)
    wide = replace(where, span=None, precision=2, radius_km=radius, confidence=0.35)
    return wide, "the dateline, since no other town is named"


def _home(told: Telling, scene: Scene, country: str | None) -> Found | None:
    home = scene.home
    if home is not None and country != home.country and scene.gazetteer is not None and country is not None:
        other = country_of(scene.gazetteer, country)
        if other is not None:
            wide = replace(again(other, told.sentence.span), span=None, precision=3, confidence=0.4)
            return wide, "the country whose forces or land its sentence names"
    if home is None:
        return None
    site = unknown(told, scene)
    span = site.resolution.mention.span if site is not None else None
    where = again(home, told.sentence.span)
    return replace(where, span=span, precision=3, confidence=0.4), "the country the document is about"
