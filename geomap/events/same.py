"""Whether a telling speaks again of an event told before in the text, and of which."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.events import places
from geomap.events.fitting import (
    DEFINITE,
    agree,
    are_kin,
    fits,
    fits_day,
    fits_kind,
    fits_names,
    fits_status,
    fits_toll,
    refers,
)  # fmt: skip
from geomap.events.kinds import GENERIC, REMOTE, family
from geomap.events.scene import REACH

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.events.draft import Draft, Told
    from geomap.events.lexicon import Hit
    from geomap.events.telling import Telling
    from geomap.model import When, Where

_APART = frozenset("another separate separately second third elsewhere meanwhile earlier previous other".split())


def same(told: Telling, where: Where | None, when: When | None, before: Told, *, own: bool) -> Draft | None:
    """Return the event told before that this telling speaks of again, if there is one.

    `own` says whether its own sentence places it.
    """
    heads = _headlines(told, when, before.drafts)
    if _is_apart(told) or _indefinite_new(told):  # "Hours earlier, drones struck" may be what the headline tells too
        earlier = "earlier" in told.sentence.lower[:4]
        return next((d for d in heads if d.first.key == told.key), None) if earlier else None
    last = before.last
    if last is not None and _says_it_again(told, where, last) and fits_day(when, last) and fits_toll(told, last):
        return last
    if last is not None and not own and _goes_on(told, last) and fits_day(when, last):
        return last
    if heads:
        return heads[0]
    particular = own and where is not None and places.rank(where.place) > 1
    if not particular and not refers(told):
        near = last is not None and told.sentence.number - last.tellings[-1].sentence.number <= 2
        return last if last is not None and near and not own and _fitting(told, where, when, [last], own=own) else None
    fitting = _fitting(told, where, when, _kin(told, before), own=own)
    if particular:
        there = next((d for d in fitting if d.where is not None and places.rank(d.where.place) > 1), None)
        if there is not None:
            return there
        fitting = [d for d in fitting if not d.own or _is_nearer(told, d)]
        loose = next((d for d in fitting if told.sentence.number - d.tellings[-1].sentence.number <= REACH), None)
        if loose is not None:
            return loose
    if fitting and refers(told):  # "the shelling" is rather the shelling told before than the bomb told last
        return next((d for d in fitting if d.first.key == told.key), fitting[0])
    return None


def _kin(told: Telling, before: Told) -> list[Draft]:
    """Return the events told so far that are of kin with a telling, by kind and status."""
    own = told.key, told.judgement.status
    return [d for kin, drafts in before.by_kin.items() if are_kin(own, kin) for d in drafts]


def _fitting(
    told: Telling, where: Where | None, when: When | None, before: Sequence[Draft], *, own: bool
) -> list[Draft]:
    """Return those of some events that a telling may be of again, the last first."""
    land = where.place.country if where is not None and own else None
    found = [
        d
        for d in before
        if (land is None or d.where is None or d.where.place.country == land)
        and _is_beside(told, d)
        and fits(told, where, when, d, own=own)
    ]
    return sorted(found, key=lambda d: -d.number)


def _is_beside(told: Telling, draft: Draft) -> bool:
    """Say whether an event was told last in another sentence, of the same list item or of the text above the list."""
    last, item = draft.tellings[-1].sentence, told.sentence.item
    if last is told.sentence:  # a sentence splits what it tells on purpose
        return False
    return last.item in (item, 0 if item else draft.first.sentence.item)


def _says_it_again(told: Telling, where: Where | None, draft: Draft) -> bool:
    """Say whether the next sentence of an entry tells the same kind of the same place: a heading, then in full."""
    before = draft.tellings[-1].sentence
    return (
        told.sentence.number - before.number == 1
        and told.sentence.item == before.item > 0
        and told.key == draft.first.key
        and where is not None
        and draft.where is not None
        and where.place.id == draft.where.place.id
        and fits_status(told, draft)
    )


def _is_apart(told: Telling) -> bool:
    """Say whether a sentence opens with what sets it apart: "Elsewhere", "In another attack", but not "Two others"."""
    opening, first = told.sentence.lower[:4], told.counts[0].number.first if told.counts else -1
    others = (
        all(h.label == "casualty" for h in told.anchors)
        and first >= 0
        and first + 1 < len(opening)
        and opening[first + 1] == "other"
    )
    return opening[:1] == ("also",) or any(w in _APART for w in opening if w != "other" or not others)


def _headlines(told: Telling, when: When | None, before: Sequence[Draft]) -> list[Draft]:
    """Return the events that a headline told and one of the first sentences tells in full, the last first."""
    if not 0 < told.sentence.number <= LEAD:  # what its own sentence adds is no headline's
        return []
    return [d for d in reversed(before) if _is_headline(d) and _tells_headline(told, when, d)]


LEAD = 2
"""The number of the last sentence that may tell in full what the headline does."""


def _is_headline(draft: Draft) -> bool:
    """Say whether an event is so far told in the headline alone."""
    line = draft.first.sentence
    return line.number == 0 and len(draft.tellings) == 1 and line.lower[-1:] not in ((".",), ("!",))


def _tells_headline(told: Telling, when: When | None, draft: Draft) -> bool:
    """Say whether a telling is what the headline says: of one family of kind, and its figures the same."""
    if told.layer != draft.first.layer or not fits_kind(told, draft) or not fits_status(told, draft):
        return False
    if not fits_day(when, draft):
        return False
    one = [c for c in told.counts if not c.cumulative]
    two = [c for c in draft.first.counts if not c.cumulative]
    same = any(c.harm == d.harm and agree(c.number, d.number) for c in one for d in two)
    return same or ((not one or not two) and (fits_names(told, draft) or _is_near(told, draft)))


NEAR = 60.0
"""Kilometres within which a headline's town and the lead's village are of one event."""


def _is_near(told: Telling, draft: Draft) -> bool:
    """Say whether a telling is placed in the neighbourhood of where the headline is."""
    here, there = told.own.place if told.own else None, draft.where.place if draft.where else None
    return here is not None and there is not None and places.kilometres(here, there) <= NEAR


def _goes_on(told: Telling, draft: Draft) -> bool:
    """Say whether a telling only adds a toll ("One fatality.") to what the sentence before it told."""
    near = told.sentence.number - draft.tellings[-1].sentence.number
    return (
        near == 1
        and (_is_toll(told, draft) or _is_among(told))
        and told.layer == draft.first.layer
        and told.sentence.item == draft.tellings[-1].sentence.item
        and draft.first.key not in _BLOODLESS
        and fits_status(told, draft)
    )


_BLOODLESS = frozenset("agreement transfer base group_change disrupted_weapons".split())
"""Kinds that nobody dies of: a toll told behind them is of something else."""


def _is_word_for(hit: Hit, draft: Draft) -> bool:
    """Say whether an event word can be of an event: "the fighting" of a battle, "the scuffle" of a protest."""
    key = draft.first.key
    crowd = family(key) == "demonstration" or key == "mob_violence"
    return hit.label in GENERIC or hit.label == key or (crowd and hit.label in _OF_A_CROWD)


_OF_A_CROWD = frozenset("mob_violence armed_clash violent_demonstration peaceful_protest protest_intervention".split())


def _is_toll(told: Telling, draft: Draft) -> bool:
    """Say whether a telling says only how many of an event: "Nine were shot dead", "15 were hurt in the scuffle"."""
    if all(h.label == "casualty" for h in told.anchors):
        return True
    if not told.counts or any(a.role == "source" and a.kind != "Civilians" for a in told.parties):
        return False
    lower = told.sentence.lower
    return all(
        h.label == "casualty"
        or lower[h.first] == "shot"
        or (lower[max(0, h.first - 1)] in DEFINITE and _is_word_for(h, draft))
        for h in told.anchors
    )


def _is_among(told: Telling) -> bool:
    """Say whether a telling is of some of those just told of: "a boy was among those shot dead"."""
    before = told.sentence.lower[max(0, told.anchor.first - 4) : told.anchor.first]
    return "among" in before and bool({"those", "the"} & set(before))


def _is_nearer(told: Telling, draft: Draft) -> bool:
    """Say whether a telling puts nearer what was just told of a whole country: its toll is about the same."""
    if draft.where is None or places.rank(draft.where.place) > 1:
        return False
    dead = [next((c.number.best for c in t.counts if c.harm == "killed"), None) for t in (told, draft.first)]
    one, two = dead
    return bool(one) and bool(two) and max(one or 0, two or 0) * 2 <= 3 * min(one or 0, two or 0)


def _indefinite_new(told: Telling) -> bool:
    """Say whether a telling brings in something new: "another attack", "a second blast"."""
    lower = told.sentence.lower
    i = told.anchor.first
    if told.key in ARMED_DEEDS and i and "also" in lower[max(0, i - 2) : i] and told.sentence.lower[i].endswith("ed"):
        return True  # "the gunmen also ambushed a patrol"
    if lower[i] in _HARMED:
        return False  # "two other people were killed" by the same bomb
    return any(
        w in ("another", "second", "third", "separate", "new", "fresh", "similar", "other")
        for w in lower[max(0, i - 3) : i]
    )


_HARMED = frozenset("killed died dead wounded injured hurt".split())

ARMED_DEEDS = REMOTE | {"armed_clash"}
"""Kinds that, told with "also", are another event and no more of the same."""
