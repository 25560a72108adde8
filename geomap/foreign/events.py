"""Events in a text of another language: a trigger word, and in its sentence the place, day, number and parties.

One event a sentence, of the kind its words weigh up to. What a language's grammar tells beyond its words is left out.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from geomap.events.kinds import decide, family, kinds
from geomap.events.lexicon import Hit, Phrases, Word, words_of
from geomap.events.reading import dateline
from geomap.foreign.numbers import tolls_of
from geomap.language import language
from geomap.model import Actor, Event, Span, When, Where
from geomap.segment import sentences

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geomap.model import Document, Resolution, Status

REACH = 7
"""How many words before a trigger a word of status stands at most."""

_TABLES = ("triggers", "status", "tolls", "actors")
_STATUSES: tuple[tuple[str, Status], ...] = (
    ("denied", "denied"), ("historic", "historic"), ("threatened", "threatened"), ("attempted", "attempted"),
    ("hypothetical", "hypothetical"), ("planned", "planned"),
)  # fmt: skip
_ISO = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)\b")
_DAY_FIRST = re.compile(r"\b(\d{1,2})[./](\d{1,2})[./]((?:19|20)\d\d)\b")
_OPENING = re.compile(r"[^.!?\n]{2,60}?\s[-–—]{1,2}\s")
_SHORT = 2
_YEAR = re.compile(r"(?:19|20)\d\d")
_ARMED = frozenset(("State forces", "Rebel groups", "Political militias", "External/other forces", "Identity militias"))


class Line(NamedTuple):
    """A sentence, its words, and the phrases found in it by table."""

    span: Span
    words: tuple[Word, ...]
    hits: Mapping[str, tuple[Hit, ...]]


class Story(NamedTuple):
    """A document, the days its sentences name and where, and its language."""

    document: Document
    days: Sequence[tuple[int, When]]
    code: str


def extract(document: Document, resolutions: Sequence[Resolution], code: str) -> tuple[Event, ...]:
    """Return the events a document reports, in its order; the same thing told twice by its sentences is one."""
    found: list[Event] = []
    placed = [r for r in resolutions if r.place and r.mention.kind == "place"]
    before = next((r for r in placed if _is_town(r)), None)
    story = Story(document, _days(document, code), code)
    for span in sentences(document.text, document.article):
        line = _read(document.text, _undated(document.text, span, code), code)
        here = [r for r in placed if line.span.holds(r.mention.span)]
        event = _event(story, line, here, before)
        if found and _only_tolls(line):
            found[-1] = _with_tolls(found[-1], document, line, code)
        elif event is not None and not any(_same(event, other) for other in found):
            found.append(event)
        before = next((r for r in here if _is_town(r)), here[0] if here else before)
    return tuple(found)


def _is_town(resolution: Resolution) -> bool:
    return resolution.place is not None and resolution.place.feature.startswith("P.")


def _undated(text: str, span: Span, code: str) -> Span:
    """Return a sentence without the dateline it opens with, whose day and place are the desk's."""
    line = dateline(text, span)
    end = line.end if line is not None else 0
    opening = _OPENING.match(text, span.start, span.end)
    if opening and not end:
        first, *rest = opening.group().split()
        months = language(code).get("months", {})
        if (first.strip(",").isupper() and len(first) > _SHORT) or any(
            word.lower().strip(".,") in months for word in rest
        ):
            end = opening.end()
    return Span(end, span.end) if span.start < end < span.end else span


def _days(document: Document, code: str) -> list[tuple[int, When]]:
    """Return the days that a document's sentences name, each with where."""
    found = []
    for span in sentences(document.text, document.article):
        line = _read(document.text, _undated(document.text, span, code), code)
        named = _named_day(document.text, line, document.published, code)
        if named is not None and named.first is not None:
            found.append((span.start, named))
    return found


def _only_tolls(line: Line) -> bool:
    """Say whether a sentence tells no event of its own, but how many suffered from the one before."""
    return bool(line.hits["tolls"]) and {hit.label for hit in line.hits["triggers"]} <= {"casualty"}


def _with_tolls(event: Event, document: Document, line: Line, code: str) -> Event:
    """Add the tolls of a sentence that an event lacks."""
    if event.kind == "Diplomacy":
        return event
    day = _named_day(document.text, line, document.published, code)
    told = tolls_of(document.text, line.words, line.hits["tolls"], code, day)
    return replace(event, **{name: toll for name, toll in told.items() if getattr(event, name) is None})  # type: ignore[arg-type] # tolls by harm


def _read(text: str, span: Span, code: str) -> Line:
    words = _whole_words(words_of(text, span), code)
    hits: dict[str, list[Hit]] = {table: [] for table in _TABLES}
    for hit in _phrases(code).find([word.lower for word in words]):
        table, _, label = hit.label.partition("\t")
        hits[table].append(Hit(hit.first, hit.last, label))
    return Line(span, words, {table: tuple(found) for table, found in hits.items()})


def _whole_words(words: Sequence[Word], code: str) -> tuple[Word, ...]:
    """Join what an apostrophe parts, in a language that writes it within words."""
    marks = language(code).get("within_words", "")
    joined: list[Word] = []
    for word in words:
        last = joined[-1] if joined else None
        open_end = last is not None and last.end == word.start
        if (
            last
            and open_end
            and marks
            and (word.text in marks or last.text[-1] in marks)
            and len(last.text + word.text) > 1
        ):
            joined[-1] = Word(last.start, word.end, last.text + word.text, last.lower + word.lower)
        else:
            joined.append(word)
    return tuple(joined)


@cache
def _phrases(code: str) -> Phrases:
    own = language(code)
    return Phrases({f"{table}\t{label}": listed for table in _TABLES for label, listed in own.get(table, {}).items()})


def _event(story: Story, line: Line, here: Sequence[Resolution], before: Resolution | None) -> Event | None:
    document, days, code = story
    key, anchor = _kind(line)
    if key is None or anchor is None or _negated(line, anchor):
        return None
    told = here or ([before] if before else [])
    where = _where(line, anchor, told, code)
    if where and not here:
        where = replace(where, span=None, precision=2, confidence=0.4)
    day = _when(line, document.published, days)
    kind = kinds()[key]
    trigger = _chars(line, anchor)
    event = Event(
        id="",
        kind=kind.kind,
        sub_kind=kind.name,
        status=_status(line, anchor),
        document=document.id,
        evidence=line.span,
        trigger=trigger,
        when=day,
        where=where,
        actors=_actors(document.text, line, anchor),
        confidence=0.5 if here else 0.35,
    )
    event = _with_tolls(event, document, line, code)
    from geomap.events import identity

    return replace(event, id=identity(event, document))


def _kind(line: Line) -> tuple[str | None, Hit | None]:
    """Return the kind that the triggers weigh up to, and the first trigger of its family."""
    points: dict[str, float] = {}
    hits = _outer(line.hits["triggers"])
    for hit in hits:
        points[hit.label] = points.get(hit.label, 0.0) + 1.0 + 0.5 * (hit.last - hit.first - 1)
    parties = {hit.label for hit in line.hits["actors"]}
    for loose, target in (("explosion", "remote_explosive"), ("assault", None), ("casualty", None)):
        if loose in points:
            weight = points.pop(loose) * 0.6
            chosen = target or ("armed_clash" if len(parties & _ARMED) > 1 else "attack")
            if loose != "casualty" or not points:
                points[chosen] = points.get(chosen, 0.0) + weight
    key = decide(points)
    if key is None:
        return None, None
    anchor = next((h for h in hits if h.label == key), None) or next(
        (h for h in hits if family(h.label) == family(key)), hits[0]
    )
    return key, anchor


def _outer(hits: Sequence[Hit]) -> list[Hit]:
    """Leave out hits inside longer ones, of whatever label."""
    return [
        h
        for h in hits
        if not any(o.first <= h.first and h.last <= o.last and (o.last - o.first) > (h.last - h.first) for o in hits)
    ]


def _negated(line: Line, anchor: Hit) -> bool:
    return any(h.label == "negated" and 0 <= anchor.first - h.last <= 1 for h in line.hits["status"])


def _status(line: Line, anchor: Hit) -> Status:
    for label, status in _STATUSES:
        for hit in line.hits["status"]:
            behind = label == "attempted" and 0 <= hit.first - anchor.last <= 1
            if hit.label == label and (behind or -1 <= anchor.first - hit.last <= REACH):
                return status
    near = any(h.label == "ongoing" and abs(h.first - anchor.first) <= REACH for h in line.hits["status"])
    return "ongoing" if near else "happened"


def _where(line: Line, anchor: Hit, places: Sequence[Resolution], code: str) -> Where | None:
    """Return the place the event word leans on: one after it, or with a word of place before it, and no country."""
    if not places:
        return None
    at = line.words[anchor.first].start
    locative = frozenset(language(code).get("locative", ()))

    def cost(resolution: Resolution) -> float:
        span, place = resolution.mention.span, resolution.place
        before = next((word.lower for word in reversed(line.words) if word.end <= span.start), "")
        wide = place is not None and place.feature.startswith(("A.PCL", "L.CONT", "L.RGN"))
        behind = 0 if span.start > at else 15
        return abs(span.start - at) / 4 + behind + (25 if wide else 0) - (12 if before in locative else 0)

    best = min(places, key=cost)
    place = best.place
    if place is None:
        return None
    wide = not place.feature.startswith(("P.", "S.", "T."))
    return Where(place, best.mention.span, 3 if wide else 1, place.radius_km, best.confidence)


def _when(line: Line, published: date | None, days: Sequence[tuple[int, When]]) -> When:
    """Return the day a sentence names, or the last named before it, or the next, or about that of publication."""
    own = next((when for start, when in days if line.span.start <= start < line.span.end or _meets(when, line)), None)
    if own is not None:
        return own
    before = [when for start, when in days if start < line.span.start]
    carried = before[-1] if before else next((when for _, when in days), None)
    if carried is not None:
        return replace(carried, span=None, precision=2)
    return When(None, published, published, 2 if published else None)


def _meets(when: When, line: Line) -> bool:
    return when.span is not None and line.span.holds(when.span)


def _named_day(text: str, line: Line, published: date | None, code: str) -> When | None:
    """Return the first day a sentence names."""
    found = _digits_day(text, line) or _dated(line, published, code) or _relative(line, published, code)
    if found is None:
        return None
    span, day = found
    return When(span, day, day, 1 if day else None)


def _digits_day(text: str, line: Line) -> tuple[Span, date] | None:
    """Read 2024-05-13, and 13.05.2024 or 13/05/2024, whose day comes first in all these languages."""
    for pattern, order in ((_ISO, 1), (_DAY_FIRST, -1)):
        match = pattern.search(text, line.span.start, line.span.end)
        try:
            if match:
                return Span(*match.span()), date(*map(int, match.groups()[::order]))
        except ValueError:
            continue
    return None


def _dated(line: Line, published: date | None, code: str) -> tuple[Span, date | None] | None:
    """Read "2 сентября", "25 de mayo de 2013", "٤ أبريل": a number, perhaps a small word, a month, perhaps a year."""
    months: Mapping[str, int] = language(code).get("months", {})
    for i, word in enumerate(line.words):
        pair = f"{word.lower} {line.words[i + 1].lower}" if i + 1 < len(line.words) else ""
        month = months.get(word.lower) or months.get(pair)
        back = next((b for b in (1, 2) if i >= b and line.words[i - b].text.rstrip(".").isdecimal()), None)
        if month is None or back is None:
            continue
        ahead = next((w for w in line.words[i + 1 : i + 4] if _YEAR.fullmatch(w.text)), None)
        span = Span(line.words[i - back].start, (ahead or word).end)
        day = int(line.words[i - back].text.rstrip("."))
        if ahead is None and published is None:
            return span, None
        year = int(ahead.text) if ahead else published.year  # type: ignore[union-attr] # one of them is known
        try:
            found = date(year, month, day)
            if ahead is None and published and found > published + timedelta(days=15):
                found = date(year - 1, month, day)
        except ValueError:
            continue
        return span, found
    return None


def _relative(line: Line, published: date | None, code: str) -> tuple[Span, date | None] | None:
    own = language(code)
    days: Mapping[str, int] = own.get("days", {})
    shifts: Mapping[str, int] = own.get("relative", {})
    prefixes: Sequence[str] = own.get("locative_prefixes", ())
    for before, word in zip((None, *line.words), line.words, strict=False):
        lower = next((word.lower[len(p) :] for p in prefixes if word.lower[len(p) :] in days), word.lower)
        span = Span(word.start, word.end)
        if before and (pair := f"{before.lower} {lower}") in shifts:
            lower = pair
        elif before and lower in shifts and before.lower in own.get("no_day_after", ()):
            continue
        if lower in shifts:
            return span, published + timedelta(days=shifts[lower]) if published else None
        if lower in days:
            back = (published.weekday() - days[lower]) % 7 if published else 0
            return span, published - timedelta(days=back) if published else None
    return None


def _actors(text: str, line: Line, anchor: Hit) -> tuple[Actor, ...]:
    """Return the parties named: who stands before the event word did it, who stands after it bore it."""
    found: list[Actor] = []
    for hit in _outer(line.hits["actors"]):
        span = _chars(line, hit)
        role: Literal["source", "target"] = "source" if hit.first <= anchor.first else "target"
        name = span.of(text)
        if all(actor.name.casefold() != name.casefold() for actor in found):
            found.append(Actor(name, role, hit.label, span))
    return tuple(found[:6])


def _chars(line: Line, hit: Hit) -> Span:
    return Span(line.words[hit.first].start, line.words[hit.last - 1].end)


def _same(one: Event, other: Event) -> bool:
    def key(event: Event) -> tuple[Any, ...]:
        return event.sub_kind, event.where and event.where.place.id, event.when and event.when.first, event.status

    return key(one) == key(other)
