"""Why an event is what it is said to be: kind, status, place, day, toll and parties, each with what speaks for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geomap.events.assemble import drafted, event
from geomap.events.kinds import kinds
from geomap.events.printed import published_in
from geomap.model import Event

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gazetteer import Gazetteer
    from geomap.events.draft import Draft
    from geomap.events.places import Site
    from geomap.events.telling import Telling
    from geomap.model import Document, Resolution


@dataclass(frozen=True, slots=True)
class Rejected:
    """A place of the sentence that was not taken: its name, how likely it was, and what spoke for and against it."""

    name: str
    likelihood: float
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """An event and the reasons of each of its parts, in words a reader understands."""

    event: Event
    kind: tuple[str, ...]
    status: tuple[str, ...]
    place: tuple[str, ...]
    day: tuple[str, ...]
    toll: tuple[str, ...]
    actors: tuple[str, ...]
    other_places: tuple[Rejected, ...] = ()


def explain_events(
    document: Document, resolutions: Sequence[Resolution], gazetteer: Gazetteer | None
) -> tuple[Explanation, ...]:
    """Return each event of a document with its reasons, in the order `geomap.events.extract` gives them."""
    published = published_in(document)
    return tuple(
        _explained(draft, event(draft, document), document)
        for draft in drafted(document, resolutions, gazetteer, published)
    )


def _explained(draft: Draft, found: Event, document: Document) -> Explanation:
    main = draft.main
    return Explanation(
        found,
        _kind(draft, found),
        _status(main),
        (_where(draft.why_where) or "no place is told, and none could be taken over",),
        _day(found, document),
        _toll(draft, document),
        tuple(f"{a.name}: {a.role}, {a.kind}" for a in found.actors),
        tuple(_rejected(s) for s in main.sites if found.where is None or s.resolution.mention.span != found.where.span),
    )


def _kind(draft: Draft, found: Event) -> tuple[str, ...]:
    book, main = kinds(), draft.main
    words = ", ".join(
        f"{' '.join(main.sentence.lower[h.first : h.last])!r} ({_named(h.label)})" for h in main.anchors[:6]
    )
    ranked = sorted(((v, k) for k, v in main.shares.items()), reverse=True)[:3]
    shares = ", ".join(f"{book[k].name if k in book else k} {v:.0%}" for v, k in ranked)
    told = [f"its event words: {words}", f"the sentence reads as: {shares}"]
    if len(draft.tellings) > 1:
        told.append(f"told in {len(draft.tellings)} sentences, together {found.sub_kind}")
    return tuple(told)


def _named(label: str) -> str:
    book = kinds()
    return book[label].name if label in book else f"any {label}"


def _where(why: str | Site) -> str:
    if isinstance(why, str):
        return why
    return f"{why.resolution.mention.text!r} in its own sentence: {', '.join(why.why) or 'the likeliest'}"


def _status(main: Telling) -> tuple[str, ...]:
    cue = main.judgement.cue
    return (f"{cue!r} before or about it" if cue else "told as a fact, without condition, plan or denial",)


def _day(found: Event, document: Document) -> tuple[str, ...]:
    when = found.when
    if when is None:
        return ("no day is told",)
    if when.span is None:
        return ("no day is told: about the day of the document",)
    words = when.span.of(document.text)
    if when.first is None:
        return (f"{words!r}, which cannot be dated without a publication date",)
    return (f"{words!r}, read against the publication date where it needs one",)


def _toll(draft: Draft, document: Document) -> tuple[str, ...]:
    found = []
    for told in draft.tellings:
        for count in told.counts:
            words = told.sentence.span_of(count.number.first, count.number.last).of(document.text)
            scope = (
                "of more than this event" if count.cumulative else "a later figure" if count.update else "of this event"
            )
            both = " (killed or wounded: not counted)" if count.both else ""
            found.append(f"{words!r} {count.harm}, by {told.sentence.words[count.word].text!r}, {scope}{both}")
    return tuple(found) or ("no number of victims is told",)


def _rejected(site: Site) -> Rejected:
    return Rejected(site.resolution.mention.text, round(site.likelihood, 3), site.why)
