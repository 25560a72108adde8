"""A document's tellings held together: what is the same event again, where "the town" is, and on what day."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from geomap.events import places
from geomap.events.around import inherited
from geomap.events.draft import Draft, Told
from geomap.events.headings import days_of, title_day
from geomap.events.kinds import GENERIC
from geomap.events.same import same
from geomap.events.scene import scene_of, under_heading
from geomap.events.sums import without_sums
from geomap.events.whereabouts import whereabouts
from geomap.model import ON_MAP, Document, Resolution, When, Where

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from gazetteer import Gazetteer
    from geomap.events.openings import Openings
    from geomap.events.places import Site
    from geomap.events.reading import Sentence
    from geomap.events.telling import Telling


def drafts(
    document: Document,
    tellings: Sequence[Telling],
    sentences: Sequence[Sentence],
    resolutions: Sequence[Resolution],
    gazetteer: Gazetteer | None,
    published: date | None,
    openings: Openings,
) -> list[Draft]:
    """Return the events that the tellings of a document make up, in the order first told."""
    whole = replace(scene_of(document, sentences, resolutions, gazetteer, published), openings=openings)
    under = days_of(document, sentences, published)
    title = title_day(document, sentences, published)
    so_far = Told()
    found = so_far.drafts
    for now in tellings:
        told, scene = _looked_back(now, found), under_heading(whole, now.sentence)
        where, why, own = whereabouts(told, scene)
        when = _when(told, found)
        again = same(told, where, when, so_far, own=own)
        if again is not None:
            _joined(again, told, where, why, own=own, when=when)
            so_far.speak_of(again)
            continue
        if not _has_substance(told, own=own, where=where, when=when):
            continue
        if where is None or not own:
            where, why = inherited(told, where, why, found, scene)
        if when is None:
            when = scene.days.get(told.sentence.item) or _day_of(told, so_far, published, under)
            when = _under_title(when, title, told, so_far)
        so_far.add(Draft([told], where, why, when, own, len(found)))
    return without_sums(found)


def _looked_back(told: Telling, before: Sequence[Draft]) -> Telling:
    """Return what goes on from history told just before, with no day or place of its own, as history too."""
    last = before[-1].tellings[-1] if before else None
    if last is None or last.judgement.status != "historic" or told.judgement.status != "happened":
        return told
    one, two = last.sentence, told.sentence
    next_ = two.number - one.number == 1 and two.paragraph == one.paragraph and two.item == one.item
    spoken = any(h.label == "speech" for h in two.hits["status"])
    if not next_ or spoken or told.time is not None or (told.own and places.rank(told.own.place) > 1):
        return told
    return replace(told, judgement=last.judgement)


_CLEAR = 0.8
"""How likely conflict must be where nothing else than the event word speaks for it."""


def _has_substance(told: Telling, *, own: bool, where: Where | None, when: When | None) -> bool:
    """Say whether a telling has more than a word of violence: a place, a day, a toll, or a kind that is plain."""
    placed = own and where is not None and places.rank(where.place) > 1
    placed = placed or any(s.likelihood >= places.LIKELY and places.rank(s.place) > 1 for s in told.sites)
    dated = (when is not None and when.first is not None) or (told.time is not None and bool(told.time.after_event))
    hurt = any(c.number.low for c in told.counts)
    if placed or dated or hurt:
        return True
    if told.layer == "diplomacy":
        return False
    plain = told.shares.get(told.key, 0.0) >= _CLEAR / 2 and any(h.label not in GENERIC for h in told.anchors)
    somewhere = any(s.place is not None and s.likelihood >= _CLEAR for s in told.sites)
    return plain and told.conflict >= _CLEAR and (bool(told.parties) or somewhere)


def _when(told: Telling, before: Sequence[Draft]) -> When | None:
    """Return the day a telling names, "three days earlier" counted from the event told before."""
    time = told.time
    if time is None:
        return None
    if told.said and time.first is not None:  # it was said then, and was then or a little before
        return When(None, time.first, time.last, 2)
    base = _base(before) if time.after_event is not None else None
    if base is None or base.first is None or time.after_event is None:
        return time.when()
    try:
        day = base.first + timedelta(days=time.after_event)
    except OverflowError:
        return time.when()
    exact = base.precision if time.after_event in (0, 1) else None
    return When(time.span, day, day, exact or 2)


def _base(before: Sequence[Draft]) -> When | None:
    """Return the day that "two days later" counts from: the one told last, rather than one that only was printed."""
    dated = [d for d in before if d.when is not None and d.when.first is not None]
    told = [d for d in dated if d.when is not None and d.when.span is not None] or dated
    latest = max(told, key=lambda d: d.tellings[-1].sentence.number, default=None)
    return latest.when if latest is not None else None


def _under_title(when: When | None, title: When | None, told: Telling, before: Told) -> When | None:
    """Return the day of a list's title for what only has the day it was printed."""
    if title is None or when is None or when.span is not None:
        return when
    return replace(title, precision=2) if told.sentence.item or before.listed else when


def _day_of(told: Telling, before: Told, published: date | None, under: Mapping[int, When]) -> When | None:
    """Return the day a telling stands under or that of what was told just before, else the document's own, roughly."""
    if told.judgement.status not in ON_MAP:
        return None
    if told.sentence.number in under:
        return under[told.sentence.number]
    for draft in reversed(before.drafts[-2:]):
        last, when = draft.tellings[-1].sentence, draft.when
        if when is None or when.first is None or when.span is None or last.item != told.sentence.item:
            continue
        if published is not None and when.first > published:
            continue
        beside = told.sentence.number - last.number <= 1 and when.precision == 1
        if beside or last.paragraph == told.sentence.paragraph:
            if when.last is None or when.last == when.first:
                return when
            return When(when.span, when.last, when.last, when.precision)  # "on the second day of their push"
    if published is None:
        return None
    listed = told.sentence.item or before.listed  # items of a list share no day
    day = (None if listed else _only_day(before.drafts, published)) or published
    return When(None, day, day, 2)


_WEEK = timedelta(days=7)


def _only_day(before: Sequence[Draft], published: date) -> date | None:
    """Return the one day of the last week that a story has told of so far, where there is only one."""
    only: date | None = None
    for when in (d.when for d in before if d.when is not None and d.when.span is not None and d.when.precision == 1):
        if when.first is None or not timedelta(0) <= published - when.first <= _WEEK:
            continue
        if only not in (None, when.first):
            return None
        only = when.first
    return only


def _is_of_place(headline: Telling, lead: Telling) -> bool:
    """Say whether a place right before a headline's noun, "in Arbinda attack", is likelier than that of the lead."""
    own, words = headline.own, {h.first for h in headline.sentence.hits["triggers"]}
    if own is None or own.last not in words or own.resolution.mention.kind != "place":
        return False
    return lead.own is None or lead.own.likelihood < own.likelihood


def _joined(draft: Draft, told: Telling, where: Where | None, why: str | Site, *, own: bool, when: When | None) -> None:
    """Add a telling to an event, and take over what it says more closely."""
    draft.tellings.append(told)
    known = draft.where
    headline = draft.first.sentence.number == 0 and len(draft.tellings) == 2  # the headline and this
    better = where is not None and (
        known is None
        or not draft.own
        or places.rank(where.place) > places.rank(known.place)
        or (headline and places.rank(where.place) == places.rank(known.place) and not _is_of_place(draft.first, told))
    )
    if own and where is not None and better:
        draft.where, draft.why_where, draft.own = where, why, True
    if (
        when is not None
        and when.first is not None
        and (draft.when is None or draft.when.first is None or draft.when.span is None)
    ):
        draft.when = when
