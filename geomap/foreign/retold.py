"""What a text of another language tells twice: a headline and its lead, an attack and what is said of it further on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from geomap.events.geography import kilometres
from geomap.events.kinds import GROWN, family, key_of, kinds
from geomap.foreign.parts import is_town
from geomap.model import ARMED_KINDS, HARMS, Where

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from geomap.model import Document, Event, Resolution, Span

NEAR_KM = 40
"""How far apart two names for where one thing happened may lie: a village, and the town it is near."""

BESIDE_KM = 5
"""How far from where one thing happened a town lies at least that counts its own dead."""

MANY = 3
"""So many dead in a headline and in its text are the same ones, wherever each says it was."""

LONG = 170
"""How many letters a headline has at most."""


def headline(document: Document) -> str:
    """Return the headline: the document's own, or a first line without a full stop that text follows."""
    text = document.text[document.article[0].start :].strip() if document.article else ""
    line, _, rest = text.partition("\n")
    line = line.strip()
    plain = bool(rest.strip()) and len(line) <= LONG and not line.endswith((".", "!", "?", "؟", ":", ","))
    return " ".join(filter(None, (document.title, line if plain else "")))


def is_nearer(event: Event, last: Event) -> bool:
    """Say whether an event is what was told of its whole country or region before, in a town now."""
    if event.where is None or last.where is None or event.where.span is None:
        return False
    town, wide = event.where.place, last.where.place
    same = event.sub_kind == last.sub_kind and event.status == last.status and not _differ(event, last)
    return same and town.feature.startswith("P.") and wide.feature.startswith("A.") and town.country == wide.country


def _same_day(one: Event, other: Event) -> bool:
    return one.when is not None and other.when is not None and one.when.first == other.when.first


def _differ(one: Event, other: Event) -> bool:
    """Say whether two events count one harm otherwise."""
    pairs = [(getattr(one, toll), getattr(other, toll)) for toll in HARMS]
    return any(a is not None and b is not None and a.best != b.best for a, b in pairs)


def is_same(one: Event, other: Event) -> bool:
    """Say whether two sentences tell of one sub-kind, place, day and status."""

    def key(event: Event) -> tuple[Any, ...]:
        return event.sub_kind, event.where and event.where.place.id, event.when and event.when.first, event.status

    return key(one) == key(other) and not _differ(one, other)


def is_elsewhere(here: Sequence[Resolution], event: Event) -> bool:
    """Say whether a sentence names a town that is not near where an event was."""
    towns = [r.place for r in here if r.place and is_town(r)]
    if event.where is None:
        return False
    place = event.where.place
    areas = [r.place for r in here if r.place and r.place.feature.startswith("A.ADM")]
    if not towns:
        return bool(areas) and place.admin1 is not None and all(area.admin1 != place.admin1 for area in areas)
    return all(
        town.id != place.id and kilometres(town, place) > BESIDE_KM for town in towns
    ) or not place.feature.startswith("P.")


def is_more_of(event: Event, last: Event, *, named: bool, loose: bool = False) -> bool:
    """Say whether a sentence without place, day and toll of its own speaks on of the event told last."""
    if key_of(event.sub_kind) == "arrests" and family(key_of(last.sub_kind)) == "demonstration":
        return not named
    alike = family(key_of(event.sub_kind)) == family(key_of(last.sub_kind)) and key_of(event.sub_kind) not in {
        "abduction",
        "arrests",
    }
    burnt = key_of(event.sub_kind) == "looting" and (
        last.kind in ARMED_KINDS or family(key_of(last.sub_kind)) == "demonstration"
    )
    own_day = event.when is not None and event.when.span is not None and not (loose or _same_day(event, last))
    return (
        (alike or burnt)
        and event.status in {"happened", last.status}
        and not (named or own_day or _differ(event, last))
    )


def stronger(event: Event, more: Event, *, loose: bool = False) -> Event:
    """Return an event as a later sentence makes it: a demonstration dispersed, or what it was that only took lives."""
    one, other = key_of(event.sub_kind), key_of(more.sub_kind)
    graded = {one, other} <= set(GROWN) and GROWN.index(other) > GROWN.index(one)
    if other == "looting" and one in GROWN[:2]:
        riot = kinds()[GROWN[2]]
        return replace(event, kind=riot.kind, sub_kind=riot.name)
    graded = graded or (one == "remote_explosive" and other == "suicide_bomb")
    if event.status == more.status and (graded or (loose and other != one)):
        dated = loose and more.when is not None and more.when.span is not None
        return replace(event, kind=more.kind, sub_kind=more.sub_kind, when=more.when if dated else event.when)
    return event


def nearer(event: Event, here: Sequence[Resolution]) -> Event:
    """Return an event that was told of a whole region where a later sentence says it was: "the incident was near"."""
    if event.where is None or event.where.place.feature.startswith("P."):
        return event
    town = next((r for r in here if is_town(r) and r.place and r.place.country == event.where.place.country), None)
    if town is None or town.place is None:
        return event
    return replace(event, where=Where(town.place, town.mention.span, 1, town.place.radius_km, town.confidence))


def under_headline(head: Sequence[Event], body: Sequence[Event], loose: Collection[Span]) -> tuple[Event, ...]:
    """Leave out what a headline tells where the text tells it again, but keep what only the headline counts."""
    left, found = [], list(body)
    for event in head:
        again = next((i for i, other in enumerate(found) if _retold(event, other, loose=event.trigger in loose)), None)
        if again is None:
            left.append(event)
        else:
            lacking = {toll: getattr(event, toll) for toll in HARMS if getattr(found[again], toll) is None}
            found[again] = stronger(replace(found[again], **lacking), event)
    return (*left, *found)


def _retold(head: Event, event: Event, *, loose: bool) -> bool:
    """Say whether an event may be the one a headline tells, of as many killed as far as both count."""
    one, other = head.killed, event.killed
    known = one is not None and other is not None
    equal = one is not None and other is not None and one.best == other.best
    key = key_of(head.sub_kind)
    alike = head.sub_kind == event.sub_kind or family(key) == family(key_of(event.sub_kind)) != key
    alike = alike or equal or (loose and event.kind not in {"Diplomacy", "Protests"})
    if not alike or head.status != event.status:
        return False
    counted = not known or equal or (one is not None and one.high is None)
    if head.where is None or event.where is None:
        return counted
    a, b = head.where.place, event.where.place
    wide = a.country == b.country and not a.feature.startswith("P.")
    near = a.id == b.id or kilometres(a, b) <= NEAR_KM
    many = equal and one is not None and (one.best or 0) >= MANY and a.country == b.country
    return counted and (near or wide or many)
