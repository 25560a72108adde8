"""Events in a text of another language: a trigger word, and in its sentence the place, day, number and parties.

One event a part of a sentence, of the kind its words weigh up to. What a grammar tells beyond words is left out.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from geomap.events.actors import ARMED, fought
from geomap.events.kinds import decide, family, key_of, kinds
from geomap.foreign.days import ahead, days_of, is_past, named_day, when
from geomap.foreign.numbers import tolls_of
from geomap.foreign.parts import holds_another, is_country, is_town, parts
from geomap.foreign.reading import chars, is_organised, outer, read, undated
from geomap.foreign.retold import (
    headline,
    is_elsewhere,
    is_more_of,
    is_nearer,
    is_same,
    nearer,
    stronger,
    under_headline,
)
from geomap.foreign.status import is_blame_denied, is_negated, status_of
from geomap.language import words
from geomap.model import Actor, Event, When, Where
from geomap.segment import sentences

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from geomap.events.lexicon import Hit
    from geomap.foreign.reading import Line
    from geomap.model import Document, Resolution, Role, Span

_FIGHTERS = ARMED - {"State forces"}
_ONE_SIDED = frozenset(
    "attack casualty assault abduction remote_explosive explosion suicide_bomb sexual_violence looting".split()
)
"""What fighters do rather than bear, where nobody counts them."""


class Story(NamedTuple):
    """A document, its days and where they are named, the peoples it names, and triggers that only count victims."""

    document: Document
    days: Sequence[tuple[int, When]]
    peoples: Sequence[Span]
    loose: set[Span]


def extract(document: Document, resolutions: Sequence[Resolution], code: str) -> tuple[Event, ...]:
    """Return the events a document reports, in its order; the same thing told twice by its sentences is one."""
    placed = [r for r in resolutions if r.place and r.mention.kind != "demonym"]
    peoples = [r.mention.span for r in resolutions if r.mention.kind == "demonym"]
    before = next((r for r in placed if is_town(r)), None)
    spans = sentences(document.text, document.article)
    lines = [parts(read(document.text, undated(document.text, span, code), code), placed) for span in spans]
    story = Story(document, days_of(document, [part for line in lines for part in line]), peoples, set())
    head: list[Event] = []
    body: list[Event] = []
    title = headline(document)
    for span, line in zip(spans, lines, strict=True):
        told = head if not body and span.of(document.text).strip() in title else body
        for part in line:
            here = [r for r in placed if part.span.holds(r.mention.span)]
            event = _event(story, part, here, before, told)
            _add(told, event, story, part, here)
            struck = [r for r in here if event and event.where and r.mention.span == event.where.span]
            near = [*(r for r in struck if not is_country(r)), *(r for r in here if is_town(r))]
            before = next(iter(near), before or next(iter(here), None))
    return under_headline(head, body, story.loose)


def _add(told: list[Event], event: Event | None, story: Story, line: Line, here: Sequence[Resolution]) -> None:
    """Put what a sentence tells beside what was told before, or add its tolls to that."""
    if told and _only_tolls(line) and (event is None or not is_elsewhere(here, told[-1])):
        if not is_past(line, story.document.published):
            told[-1] = _with_tolls(told[-1], story.document, line)
        return
    if event is not None and event.status == "denied" and told and not here:
        return  # that what was told before is not so
    if event is None:
        if told and any(word.lower in words(line.code, "incident") for word in line.words):
            told[-1] = nearer(told[-1], here)
        return
    same = next((i for i, other in enumerate(told) if is_same(event, other)), None)
    loose = bool(told) and told[-1].trigger in story.loose
    named = bool(_spoken(line, here))
    further = bool(told) and is_more_of(event, told[-1], named=named, loose=loose)
    if same is None and told and (further or (not _only_tolls(line) and is_nearer(event, told[-1]))):
        same = len(told) - 1
        told[same] = nearer(told[same], here)
    if same is None:
        told.append(event)
    else:
        kept = stronger(told[same], event, loose=told[same].trigger in story.loose)
        told[same] = _with_tolls(kept, story.document, line)


def _only_tolls(line: Line) -> bool:
    """Say whether a sentence tells no event of its own, but how many suffered from the one before."""
    return bool(line.hits["tolls"]) and {hit.label for hit in line.hits["triggers"]} <= {"casualty"}


def _with_tolls(event: Event, document: Document, line: Line) -> Event:
    """Add the tolls of a sentence that an event lacks."""
    quiet = event.sub_kind == kinds()["peaceful_protest"].name
    if event.kind == "Diplomacy" or (quiet and not any(hit.label == "State forces" for hit in line.hits["actors"])):
        return event  # what a peaceful protest is about is not its toll
    day = named_day(document.text, line, document.published)
    told = tolls_of(document.text, line.words, line.hits["tolls"], line.code, day)
    return replace(event, **{name: toll for name, toll in told.items() if getattr(event, name) is None})  # type: ignore[arg-type] # tolls by harm


def _event(
    story: Story, line: Line, here: Sequence[Resolution], before: Resolution | None, told_before: Sequence[Event]
) -> Event | None:
    """Return what a sentence tells; of one that only counts who suffered, what the one before it told, elsewhere."""
    document, days, peoples, loose = story
    key, anchor = _kind(line)
    care = any(word.lower.startswith(tuple(words(line.code, "care"))) for word in line.words)
    if told_before and _only_tolls(line) and not care and (counted := outer(line.hits["tolls"])):
        last = key_of(told_before[-1].sub_kind)
        key, anchor = last if family(last) == "violence" else key, anchor or counted[0]
    fight = anchor is not None and anchor.label in {"clash", "scuffle"} and key == "armed_clash"
    if told_before and fight and not here and not ARMED & {hit.label for hit in line.hits["actors"]}:
        last = key_of(told_before[-1].sub_kind)
        key = last if family(last) == "demonstration" else key  # "deux morts dans les heurts" of a march
    if key is None or anchor is None or is_negated(line, anchor) or is_blame_denied(line):
        return None
    abroad = any((r.place and r.place.feature.startswith("A.PCL")) for r in here)
    if key == "appeal" and not (abroad or any(line.span.holds(p) for p in peoples) or _has_power(line)):
        return None  # a governor who bids people stay at home
    here = _spoken(line, here) or ([] if before else here)
    told = here or ([before] if before else [])
    if anchor.label == "casualty" or line.words[anchor.first].lower.startswith(tuple(words(line.code, "loose")) or "-"):
        loose.add(chars(line, anchor))
    where = _where(line, anchor, told)
    if where and not here:
        where = replace(where, span=None, precision=2, confidence=0.4)
    status = "historic" if is_past(line, document.published) else status_of(line, anchor)
    day = when(line, document.published, days)
    if status == "planned":
        day = ahead(day, document.published)
    kind = kinds()[key]
    event = Event(
        id="",
        kind=kind.kind,
        sub_kind=kind.name,
        status=status,
        document=document.id,
        evidence=line.span,
        trigger=chars(line, anchor),
        when=day,
        where=where,
        confidence=0.5 if here else 0.35,
    )
    event = _with_tolls(event, document, line)
    if anchor in line.hits["tolls"] and not (event.killed or event.wounded):
        return None
    event = _fought(replace(event, actors=_actors(document.text, line, anchor, event)))
    from geomap.events import identity

    return replace(event, id=identity(event, document))


def _fought(event: Event) -> Event:
    """Return an attack that only armed people bore as what it is, a clash."""
    clash, attack = (kinds()[key] for key in ("armed_clash", "attack"))
    if event.sub_kind != attack.name or not fought(event.actors):
        return event
    return replace(event, kind=clash.kind, sub_kind=clash.name)


def _kind(line: Line) -> tuple[str | None, Hit | None]:
    """Return the kind that the triggers weigh up to, and the first trigger of its family."""
    points: dict[str, float] = {}
    hits = outer(line.hits["triggers"])
    hits = [hit for hit in hits if not is_negated(line, hit)] or hits
    for hit in hits:
        points[hit.label] = points.get(hit.label, 0.0) + 1.0 + 0.5 * (hit.last - hit.first - 1)
    parties = {hit.label for hit in line.hits["actors"]}
    met = points.pop("clash", 0.0) + points.pop("scuffle", 0.0)
    if met:
        fight = _met(points, parties, hits)
        points[fight] = points.get(fight, 0.0) + met
        if fight == "violent_demonstration":
            points[fight] += points.pop("peaceful_protest", 0.0)
    _by_parties(points, parties)
    if {"arrests", "peaceful_protest"} <= points.keys() and "State forces" not in parties:
        points.pop("arrests")  # a march for those who were arrested
    for loose, target in (("explosion", "remote_explosive"), ("assault", None), ("casualty", None)):
        if loose in points:
            weight = points.pop(loose) * 0.6
            chosen = target or ("armed_clash" if len(parties & ARMED) > 1 else "attack")
            if loose != "casualty" or not points:
                points[chosen] = points.get(chosen, 0.0) + weight
    key = decide(points)
    if key is None:
        return None, None
    anchor = next((h for h in hits if h.label in (key, "clash", "scuffle")), None) or next(
        (h for h in hits if family(h.label) == family(key)), hits[0]
    )
    return key, anchor


def _by_parties(points: dict[str, float], parties: Collection[str]) -> None:
    """Move what a fight weighs to the kind that its parties make of it: fighters a battle, protesters a riot."""
    fighters = bool({"Rebel groups", "Political militias"} & set(parties))
    if "Protesters" in parties:
        fight = None if fighters else ("armed_clash", "violent_demonstration")
    else:
        fight = ("violent_demonstration", "armed_clash") if fighters and "State forces" in parties else None
    if fight is not None and fight[0] in points:
        points[fight[1]] = points.get(fight[1], 0.0) + points.pop(fight[0])


def _met(points: Mapping[str, float], parties: Collection[str], hits: Sequence[Hit]) -> str:
    """Return what a clash is, by who clashed: with fighters a battle, with protesters a riot, else by its word."""
    if _FIGHTERS & set(parties):
        return "armed_clash"
    protest = "peaceful_protest" in points or {"Protesters", "Rioters"} & set(parties)
    return "violent_demonstration" if protest or any(h.label == "scuffle" for h in hits) else "armed_clash"


def _spoken(line: Line, here: Sequence[Resolution]) -> list[Resolution]:
    """Leave out the places that only an office or an organisation is of."""
    return [r for r in here if not is_organised(line, r.mention.span)]


def _has_power(line: Line) -> bool:
    """Say whether a sentence names a body that speaks for states: "l'ONU"."""
    return any(word.lower in words(line.code, "powers") for word in line.words)


ORGANISED = 80
"""What a place costs, in letters' distance over four, that only names whose desk, cartel or embassy somebody is of."""

FRAME = 22
"""What a place gains that a sentence opens with."""

OPENING = 3
"""How many words stand before such a place at most."""

NESTED = 15
"""What a place costs that only says where the one before it lies: "en Tacueyó, municipio de Toribío"."""


def _has_suffix(line: Line, span: Span) -> bool:
    """Say whether an ending that says where, or a noun of place, stands behind a name: "Cizre ilçesinde"."""
    behind = [word.lower for word in line.words if word.start >= span.end][:2]
    marked = len(behind) > 1 and behind[0] in words(line.code, "suffix_marks")
    return (marked and behind[1] in words(line.code, "locative_suffixes")) or (
        bool(behind) and behind[0] in words(line.code, "place_nouns_after")
    )


def _is_frame(line: Line, span: Span) -> bool:
    return sum(word.end <= span.start for word in line.words if word.text[0].isalpha()) <= OPENING


def _where(line: Line, anchor: Hit, places: Sequence[Resolution]) -> Where | None:
    """Return the place the event word leans on: one after it, or with a word of place before it, and no country."""
    if not places:
        return None
    at = line.words[anchor.first].start
    prefixes = tuple(words(line.code, "locative_prefixes"))
    locative, owning = (words(line.code, table) for table in ("locative", "owning"))

    def cost(resolution: Resolution) -> float:
        span, place = resolution.mention.span, resolution.place
        *_, noun, before = ("", "", *(word.lower for word in line.words if word.end <= span.start))
        feature = place.feature if place else ""
        wide = 40 if feature.startswith(("A.PCL", "L.CONT", "L.RGN")) else 12 if feature == "A.ADM1" else 0
        behind = 0 if span.start > at else 15
        owned = before in owning and noun not in locative  # "attaque de Djibo", but "dans la ville de Djibo"
        written = next((w for w in line.words if w.start < span.start < w.end), None)  # Arabic's "in" is joined
        joined = written is not None and bool(prefixes) and written.lower.startswith(prefixes)
        joined = joined or _has_suffix(line, span)
        spoken = 4 if owned else 12 if joined or before in locative | owning else 0
        apart = (ORGANISED if is_organised(line, span) else 0) + (NESTED if holds_another(line, span, places) else 0)
        frame = FRAME if spoken and not wide and _is_frame(line, span) else 0  # "En Machala, tres policías"
        return abs(span.start - at) / 4 + behind + wide - spoken + apart - frame

    best = min(places, key=cost)
    place = best.place
    if place is None:
        return None
    wide = not place.feature.startswith(("P.", "S.", "T."))
    return Where(place, best.mention.span, 3 if wide else 1, place.radius_km, best.confidence)


def _actors(text: str, line: Line, anchor: Hit, event: Event) -> tuple[Actor, ...]:
    """Return the parties named, each once, in their order."""
    ends = {toll.span.end for toll in (event.killed, event.wounded, event.abducted, event.arrested) if toll}
    counted = frozenset(i for i, word in enumerate(line.words) if word.end in ends)
    found: list[Actor] = []
    for hit in outer(line.hits["actors"]):
        span = chars(line, hit)
        name = span.of(text)
        if all(actor.name.casefold() != name.casefold() for actor in found):
            found.append(Actor(name, _role(line, anchor, hit, counted), hit.label, span))
    return tuple(found[:6])


SUFFERS, BLAMED = 3, 5
"""How many words a word of harm stands behind those who bore it at most, "civils ont été tués", and a word of blame
before whom it is laid on, "attribuée à des jihadistes"."""


def _role(line: Line, anchor: Hit, party: Hit, counted: frozenset[int]) -> Role:
    """Return who did it: who stands before the event word or is blamed; who is counted, or stands after it, bore it."""
    back = [word.lower for word in line.words[max(0, party.first - BLAMED) : party.first]]
    blame = tuple(words(line.code, "blame"))
    if back and (back[-1] in words(line.code, "agent") or (blame and any(word.startswith(blame) for word in back))):
        return "source"
    if anchor.label in ("clash", "scuffle") and party.label in ARMED:
        return "other"
    first = party.first - 1
    while first not in counted and first >= 0 and line.words[first].lower in words(line.code, "members"):
        first -= 1
    near = any(0 <= hit.first - party.last <= SUFFERS for hit in line.hits["tolls"])
    told_first = words(line.code, "verb_first") and 0 <= party.first - anchor.last <= 1
    if told_first and first not in counted and party.label in ARMED:
        return "source"  # Arabic tells the deed first: "اختطف مسلحون"
    if first in counted or party.first in counted or (party.label == "Civilians" and near):
        return "target"
    preys = party.label in _FIGHTERS and anchor.label in _ONE_SIDED  # "une attaque des ADF"
    return "source" if party.first <= anchor.first or preys else "target"
