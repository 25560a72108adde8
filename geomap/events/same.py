"""Whether a telling speaks again of an event told before in the text, and of which."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from geomap.events import places
from geomap.events.actors import ARMED
from geomap.events.kinds import DIPLOMACY, GENERIC, REMOTE, TERRITORY, alike, family
from geomap.events.lexicon import values
from geomap.events.scene import REACH
from geomap.events.share import is_execution

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gazetteer.place import Place
    from geomap.events.draft import Draft, Told
    from geomap.events.lexicon import Hit
    from geomap.events.numbers import Number
    from geomap.events.telling import Telling
    from geomap.model import Status, When, Where

_APART = frozenset("another separate separately second third elsewhere meanwhile earlier previous other".split())
_DEFINITE = frozenset("the this that these those".split())
_BACK = frozenset(
    "attack attacks assault raid blast explosion bombing shooting clash clashes fighting ambush "
    "incident killing killings "
    "massacre protest protests demonstration march rally strike strikes kidnapping abduction murder "
    "assassination battle "
    "talks meeting summit riot riots violence offensive shelling onslaught gunbattle".split()
)


def same(told: Telling, where: Where | None, when: When | None, before: Told, *, own: bool) -> Draft | None:
    """Return the event told before that this telling speaks of again, if there is one.

    `own` says whether its own sentence places it.
    """
    heads = _headlines(told, when, before.drafts)
    if _is_apart(told) or _indefinite_new(told):  # "Hours earlier, drones struck" may be what the headline tells too
        earlier = "earlier" in told.sentence.lower[:4]
        return next((d for d in heads if d.first.key == told.key), None) if earlier else None
    last = before.last
    if last is not None and _says_it_again(told, where, last) and _fits_day(when, last) and _fits_toll(told, last):
        return last
    if last is not None and not own and _goes_on(told, last) and _fits_day(when, last):
        return last
    if heads:
        return heads[0]
    kin = (d for k, of in before.by_kin.items() if _are_kin((told.key, told.judgement.status), k) for d in of)
    fitting = [d for d in kin if _fits(told, where, when, d, own=own) and _is_beside(told, d)]
    fitting.sort(key=lambda d: -d.number)
    particular = own and where is not None and places.rank(where.place) > 1
    if particular:
        there = next((d for d in fitting if d.where is not None and places.rank(d.where.place) > 1), None)
        if there is not None:
            return there
        fitting = [d for d in fitting if not d.own or _is_nearer(told, d)]
        loose = next((d for d in fitting if told.sentence.number - d.tellings[-1].sentence.number <= REACH), None)
        if loose is not None:
            return loose
    if fitting and _refers(told):  # "the shelling" is rather the shelling told before than the bomb told last
        return next((d for d in fitting if d.first.key == told.key), fitting[0])
    near = last is not None and told.sentence.number - last.tellings[-1].sentence.number <= 2
    return last if last is not None and near and not own and last in fitting else None


def _is_beside(told: Telling, draft: Draft) -> bool:
    """Say whether an event was told last in another sentence, of the same list item or of the text above the list."""
    last, item = draft.tellings[-1].sentence, told.sentence.item
    if last is told.sentence:  # a sentence splits what it tells on purpose
        return False
    return last.item in (item, 0 if item else draft.first.sentence.item)


def _fits(told: Telling, where: Where | None, when: When | None, draft: Draft, *, own: bool) -> bool:
    """Say whether nothing that a telling says speaks against its being an event of kin told before."""
    return (
        _fits_place(where, draft, own=own)
        and _fits_deed(told, draft)
        and (_fits_day(when, draft) or _is_bounded(told, when, draft))
        and _fits_toll(told, draft)
        and _fits_sides(told, draft)
        and _fits_names(told, draft)
        and not _is_abroad(told, draft)
    )


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
        and _fits_status(told, draft)
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
    if told.layer != draft.first.layer or not _fits_kind(told, draft) or not _fits_status(told, draft):
        return False
    if not _fits_day(when, draft):
        return False
    one = [c for c in told.counts if not c.cumulative]
    two = [c for c in draft.first.counts if not c.cumulative]
    same = any(c.harm == d.harm and _agree(c.number, d.number) for c in one for d in two)
    return same or ((not one or not two) and (_fits_names(told, draft) or _is_near(told, draft)))


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
        and _fits_status(told, draft)
    )


_BLOODLESS = frozenset("agreement transfer base group_change disrupted_weapons".split())
"""Kinds that nobody dies of: a toll told behind them is of something else."""


def _is_word_for(hit: Hit, draft: Draft) -> bool:
    """Say whether an event word can be of an event: "the fighting" of a battle, "the scuffle" of a protest."""
    key = draft.first.key
    crowd = family(key) == "demonstration" or key == "mob_violence"
    return hit.label in GENERIC or hit.label == key or (crowd and hit.label in _OF_A_CROWD)


_OF_A_CROWD = frozenset("mob_violence armed_clash violent_demonstration peaceful_protest protest_intervention".split())


def _agree(one: Number, two: Number) -> bool:
    """Say whether two figures can be of one toll: equal, or "dozens" and "more than 30"."""
    if one.best == two.best:
        return True
    low, high = sorted((one, two), key=lambda n: n.low)
    return low.high is None and low.low <= high.low <= FACTOR * max(low.low, 1)


FACTOR = 10
"""How many times an open figure ("dozens") may be surpassed by a closer one."""


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
        or (lower[max(0, h.first - 1)] in _DEFINITE and _is_word_for(h, draft))
        for h in told.anchors
    )


def _is_among(told: Telling) -> bool:
    """Say whether a telling is of some of those just told of: "a boy was among those shot dead"."""
    before = told.sentence.lower[max(0, told.anchor.first - 4) : told.anchor.first]
    return "among" in before and bool({"those", "the"} & set(before))


def _is_bounded(told: Telling, when: When | None, draft: Draft) -> bool:
    """Say whether a day only bounds what is told again: "by Saturday the fighting had killed 11"."""
    time, other = told.time, draft.when
    if time is None or when is None or when.first is None or other is None or other.first is None:
        return False
    at = min(told.sentence.at(time.span.start), len(told.sentence.lower) - 1)
    return told.sentence.lower[at] == "by" and other.first <= when.first and _refers(told)


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


def _refers(told: Telling) -> bool:
    """Say whether a telling points back: "the attack", "the blast"."""
    lower, days = told.sentence.lower, values("en", "days")
    return any(
        lower[h.last - 1] in _BACK
        and (
            any(w in _DEFINITE for w in lower[max(0, h.first - 2) : h.first])
            or (lower[max(0, h.first - 1)] == "'s" and lower[max(0, h.first - 2)] in days)  # "Friday's blast"
        )
        for h in told.anchors
    )


@cache
def _are_kin(one: tuple[str, Status], other: tuple[str, Status]) -> bool:
    """Say whether tellings of two kinds and statuses may be of one event."""
    (a, status), (b, other_status) = one, other
    return (a in DIPLOMACY) == (b in DIPLOMACY) and _are_alike(a, b) and _is_status_of(status, other_status)


def _fits_kind(told: Telling, draft: Draft) -> bool:
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


def _fits_status(told: Telling, draft: Draft) -> bool:
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


def _fits_day(when: When | None, draft: Draft) -> bool:
    other = draft.when
    if when is None or other is None or when.first is None or other.first is None:
        return True
    if other.span is None:  # only the document's day
        return True
    last, other_last = when.last or when.first, other.last or other.first
    return when.first <= other_last and other.first <= last


def _fits_names(told: Telling, draft: Draft) -> bool:
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


def _fits_sides(told: Telling, draft: Draft) -> bool:
    """Say whether the armed parties can be the same: two tellings that each name others are of two events."""
    did = {p.kind for p in told.parties if p.role == "source" and p.kind in ARMED}
    other = {p.kind for t in draft.tellings for p in t.parties if p.role == "source" and p.kind in ARMED}
    return not did or not other or bool(did & other) or _refers(told)


def _fits_toll(told: Telling, draft: Draft) -> bool:
    new = next((c.number for c in told.counts if c.harm == "killed" and not c.cumulative and not c.update), None)
    old = next((c.number for t in draft.tellings for c in t.counts if c.harm == "killed" and not c.cumulative), None)
    if new is None or old is None or new.best is None or old.best is None:
        return True
    vague = draft.first.sentence.number == 0 and _agree(new, old)
    return vague or new.best <= 2 * old.best
