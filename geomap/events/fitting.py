"""What speaks against a telling's being of an event told before: kind, status, place, day, toll, sides and names."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from geomap.events import places
from geomap.events.actors import ARMED
from geomap.events.geography import PROVINCE
from geomap.events.kinds import DIPLOMACY, TERRITORY, alike, family
from geomap.events.lexicon import values
from geomap.events.share import is_execution
from geomap.events.sums import tells_many

if TYPE_CHECKING:
    from gazetteer.place import Place
    from geomap.events.draft import Draft
    from geomap.events.numbers import Number
    from geomap.events.telling import Telling
    from geomap.model import Status, When, Where

DEFINITE = frozenset("the this that these those".split())
_BACK = frozenset(
    "attack attacks assault raid blast explosion bombing shooting clash clashes fighting ambush "
    "incident killing killings "
    "massacre protest protests demonstration march rally strike strikes kidnapping abduction murder "
    "assassination battle "
    "talks meeting summit riot riots violence offensive shelling onslaught gunbattle".split()
)


def fits(told: Telling, where: Where | None, when: When | None, draft: Draft, *, own: bool) -> bool:
    """Say whether nothing that a telling says speaks against its being an event told before."""
    return (
        are_kin((told.key, told.judgement.status), (draft.first.key, draft.first.judgement.status))
        and _fits_place(where, draft, own=own)
        and _fits_deed(told, draft)
        and (fits_day(when, draft) or _is_bounded(told, when, draft))
        and fits_toll(told, draft)
        and _fits_sides(told, draft)
        and (fits_names(told, draft) or _says_where(told, where, draft))
        and not _is_abroad(told, draft)
    )


def refers(told: Telling) -> bool:
    """Say whether a telling points back: "the attack", "the blast"."""
    lower, days = told.sentence.lower, values("en", "days")
    return any(
        lower[h.last - 1] in _BACK
        and (
            any(w in DEFINITE for w in lower[max(0, h.first - 2) : h.first])
            or (lower[max(0, h.first - 1)] == "'s" and lower[max(0, h.first - 2)] in days)  # "Friday's blast"
        )
        for h in told.anchors
    )


def _is_bounded(told: Telling, when: When | None, draft: Draft) -> bool:
    """Say whether a day only bounds what is told again: "by Saturday the fighting had killed 11"."""
    time, other = told.time, draft.when
    if time is None or when is None or when.first is None or other is None or other.first is None:
        return False
    at = min(told.sentence.at(time.span.start), len(told.sentence.lower) - 1)
    return told.sentence.lower[at] == "by" and other.first <= when.first and refers(told)


@cache
def are_kin(one: tuple[str, Status], other: tuple[str, Status]) -> bool:
    """Say whether tellings of two kinds and statuses may be of one event."""
    (a, status), (b, other_status) = one, other
    return (a in DIPLOMACY) == (b in DIPLOMACY) and _are_alike(a, b) and _is_status_of(status, other_status)


def fits_kind(told: Telling, draft: Draft) -> bool:
    """Say whether a telling and an event can be of one kind."""
    return _are_alike(told.key, draft.first.key)


def _are_alike(a: str, b: str) -> bool:
    if a == b or alike(a, b):
        return True
    loose = {"demonstration", "mob_violence", "arrests", "looting"}
    return (family(a) in loose and family(b) in loose) or (a == "arrests" and family(b) == "demonstration")


def _fits_deed(told: Telling, draft: Draft) -> bool:
    """Say whether a telling is not of captives killed after the draft's town was taken."""
    if draft.first.key not in TERRITORY or told.key != "attack" or not _executes(told):
        return True
    return any(_executes(t) for t in draft.tellings)


def _executes(told: Telling) -> bool:
    return any(is_execution(told.sentence, h) for h in told.anchors)


def fits_status(told: Telling, draft: Draft) -> bool:
    """Say whether they are of one status: what goes on has happened."""
    return _is_status_of(told.judgement.status, draft.first.judgement.status)


def _is_status_of(a: Status, b: Status) -> bool:
    return a == b or {a, b} == {"happened", "ongoing"}


def _fits_place(where: Where | None, draft: Draft, *, own: bool) -> bool:
    if where is None or draft.where is None or not own:
        return True
    a, b = where.place, draft.where.place
    return a.country == b.country and (places.contains(a, b) or places.contains(b, a))


def _is_abroad(told: Telling, draft: Draft) -> bool:
    """Say whether a telling is plainly of another country than an event told before."""
    here = next((s.place for s in told.sites if s.place is not None and s.likelihood >= PLAIN), None)
    there = draft.where.place if draft.where is not None else None
    return (
        here is not None
        and there is not None
        and None not in (here.country, there.country)
        and (here.country != there.country)
    )


PLAIN = 0.8
"""From which likelihood on a place of a sentence says in which country its event was."""


def fits_day(when: When | None, draft: Draft) -> bool:
    """Say whether their days can be one."""
    other = draft.when
    if when is None or other is None or when.first is None or other.first is None:
        return True
    if other.span is None:  # only the document's day
        return True
    last, other_last = when.last or when.first, other.last or other.first
    return when.first <= other_last and other.first <= last


def fits_names(told: Telling, draft: Draft) -> bool:
    """Say whether the places two tellings name can be one: names that share nothing, one in the other's, are of two."""
    one, two = _names(told), {n: p for t in draft.tellings for n, p in _names(t).items()}
    if not one or not two or one.keys() & two.keys():
        return True
    return any(
        a is not None and b is not None and (places.contains(a, b) or places.contains(b, a))
        for a in one.values()
        for b in two.values()
    )


NAMED = 0.3
"""From which likelihood on a place is held against another telling's."""


def _names(told: Telling) -> dict[str, Place | None]:
    """Return the names of places that a telling plainly happened at, known or not."""
    return {
        s.resolution.mention.text.lower(): s.place
        for s in told.sites
        if s.likelihood >= NAMED and s.resolution.mention.kind == "place" and places.rank(s.place) != 1
    }


def _says_where(told: Telling, where: Where | None, draft: Draft) -> bool:
    """Say whether a telling only says where in a province it was: "The attack happened in a hamlet of the district"."""
    wide = draft.where.place if draft.where is not None else None
    inside = where is not None and wide is not None and places.rank(wide) == PROVINCE
    return inside and where is not None and wide is not None and places.contains(wide, where.place) and refers(told)


def _fits_sides(told: Telling, draft: Draft) -> bool:
    """Say whether the armed parties can be the same: two tellings that each name others are of two events."""
    did = {p.kind for p in told.parties if p.role == "source" and p.kind in ARMED}
    other = {p.kind for t in draft.tellings for p in t.parties if p.role == "source" and p.kind in ARMED}
    return not did or not other or bool(did & other) or refers(told)


def fits_toll(told: Telling, draft: Draft) -> bool:
    """Say whether a toll can be that of an event: no more than twice it."""
    new = next((c.number for c in told.counts if c.harm == "killed" and not c.cumulative and not c.update), None)
    old = next((c.number for t in draft.tellings for c in t.counts if c.harm == "killed" and not c.cumulative), None)
    if new is None or old is None or new.best is None or old.best is None:
        return True
    if new.best < old.best and any(tells_many(t.sentence.lower) for t in draft.tellings):
        return False  # one of the several attacks that a lead adds up
    vague = draft.first.sentence.number == 0 and agree(new, old)
    return vague or new.best <= 2 * old.best


def agree(one: Number, two: Number) -> bool:
    """Say whether two figures can be of one toll: equal, or "dozens" and "more than 30"."""
    if one.best == two.best:
        return True
    low, high = sorted((one, two), key=lambda n: n.low)
    return low.high is None and low.low <= high.low <= FACTOR * max(low.low, 1)


FACTOR = 10
"""How many times an open figure ("dozens") may be surpassed by a closer one."""
