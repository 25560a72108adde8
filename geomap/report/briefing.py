"""What a briefing says, before it is HTML, Word or Markdown."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from geomap.export import facts
from geomap.export.cells import clean
from geomap.export.countries import country
from geomap.figure import summary
from geomap.model import ON_MAP, Document, Event, EventSet, Span, Toll
from geomap.palette import in_order
from geomap.report.accuracy import accuracy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

Part = Literal["", "place", "trigger", "toll"]
_TOLLS = {
    "killed": "Killed",
    "wounded": "Wounded",
    "abducted": "Abducted",
    "arrested": "Arrested",
    "displaced": "Displaced",
}
_NO_DAY = "Day not told"
_MOST_ROWS = 15


@dataclass(frozen=True, slots=True)
class Table:
    """A table: the first column is words, the others numbers."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Incident:
    """One event as it is listed. `quote` is cut where a word is marked: each piece, and what it is."""

    day: str
    place: str
    kind: str
    sub_kind: str
    status: str
    details: tuple[tuple[str, str], ...]
    quote: tuple[tuple[str, Part], ...]
    source: str
    url: str | None
    also: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Briefing:
    """A briefing, part by part in the order of reading."""

    title: str
    subtitle: str
    lead: tuple[str, ...]
    tables: tuple[Table, ...]
    incidents: tuple[Incident, ...]
    others: tuple[Incident, ...]
    left_out: int
    method: tuple[str, ...]
    sources: tuple[tuple[str, str | None], ...]
    attribution: str


def brief(events: EventSet, *, title: str | None = None, diplomacy: bool = False, most: int = 200) -> Briefing:
    """Put a briefing together; it lists the `most` events with the most dead, in order of time."""
    texts = facts.documents(events)
    chosen = summary.conflict(events, diplomacy=diplomacy)
    listed = sorted(chosen, key=_weight)[:most]
    rest = [event for event in events.events if event not in chosen and event.status not in ON_MAP]
    return Briefing(
        title or summary.title(chosen),
        summary.subtitle(chosen),
        tuple(_lead(chosen, events)),
        tuple(table for table in (_by_kind(chosen), _by_place(chosen)) if table.rows),
        tuple(_incident(event, texts) for event in sorted(listed, key=_moment)),
        tuple(_incident(event, texts) for event in sorted(rest, key=_moment)[:most]),
        len(chosen) - len(listed),
        tuple(_method(events)),
        tuple(dict.fromkeys((_name(document), _link(document)) for document in events.documents)),
        summary.ATTRIBUTION,
    )


def _weight(event: Event) -> tuple[int, float, str]:
    return -(facts.count(event.killed) or 0), -event.confidence, event.id


def _moment(event: Event) -> tuple[bool, str, str, str]:
    day = event.when.first if event.when else None
    return day is None, day.isoformat() if day else "", place_of(event), event.id


def _lead(chosen: Sequence[Event], events: EventSet) -> Iterable[str]:
    told = summary.counted(len(events.documents), "document")
    if not chosen:
        yield f"{told.capitalize()} told of no conflict event that took place."
        return
    low, best, high = bounds(chosen)
    deaths = "" if not high else f" and {figures(low, best, high)} reported dead"
    tell = "tells" if len(events.documents) == 1 else "tell"
    yield f"{told[0].upper()}{told[1:]} {tell} of {summary.counted(len(chosen), 'conflict event')}{deaths}."
    kinds = Counter(event.kind for event in chosen).most_common(2)
    yield f"Most are {' and '.join(f'{kind.lower()} ({number})' for kind, number in kinds)}."
    worst = min(chosen, key=_weight)
    if facts.count(worst.killed):
        where = f" in {place_of(worst)}" if worst.where else ""
        day = "" if day_of(worst) == _NO_DAY else f", {day_of(worst)}"
        yield f"The deadliest is {worst.sub_kind.lower()}{where}{day}: {toll_words(worst.killed)} killed."


def bounds(events: Iterable[Event]) -> tuple[int, int, int]:
    """Add up the lowest, best and highest figures of the dead; an open end counts as the best figure."""
    low = best = high = 0
    for event in events:
        if event.killed:
            figure = facts.count(event.killed) or 0
            low, best = low + min(event.killed.low, figure), best + figure
            high += max(event.killed.high or 0, figure)
    return low, best, high


def figures(low: int, best: int, high: int) -> str:
    """Return "22", or "22 (20–25)" where the figures differ."""
    return f"{best:,}" if low == high else f"{best:,} ({low:,}–{high:,})"


def toll_words(toll: Toll | None) -> str:
    """Return a toll in figures: "22", "22 or more", "16–25"."""
    if toll is None:
        return ""
    if toll.high is None:
        return f"{toll.low:,} or more"
    return f"{toll.low:,}" if toll.low == toll.high else f"{toll.low:,}–{toll.high:,}"


def _by_kind(events: Sequence[Event]) -> Table:
    kinds = in_order({event.kind for event in events})
    rows = [_row(kind, [event for event in events if event.kind == kind]) for kind in kinds]
    if len(rows) > 1:
        rows.append(_row("All", events))
    return Table("Events by type", ("Type", "Events", "Killed", "Wounded"), tuple(rows))


def _by_place(events: Sequence[Event]) -> Table:
    places: dict[str, list[Event]] = {}
    for event in events:
        if event.where:
            places.setdefault(place_of(event), []).append(event)
    ranked = sorted(places.items(), key=lambda item: (-bounds(item[1])[1], -len(item[1]), item[0]))
    rows = [_row(name, held) for name, held in ranked[:_MOST_ROWS]]
    rest = [event for _, held in ranked[_MOST_ROWS:] for event in held]
    if rest:
        rows.append(_row(f"{len(ranked) - _MOST_ROWS} other places", rest))
    return Table("Events by place", ("Place", "Events", "Killed", "Wounded"), tuple(rows))


def _row(name: str, events: Sequence[Event]) -> tuple[str, ...]:
    wounded = sum(facts.count(event.wounded) or 0 for event in events)
    low, best, high = bounds(events)
    return name, f"{len(events):,}", figures(low, best, high) if high else "–", f"{wounded:,}" if wounded else "–"


def place_of(event: Event) -> str:
    """Return an event's place with its area and country."""
    if event.where is None:
        return "Place not told"
    place, land = event.where.place, country(event.where.place.country)
    names = [clean(place.name), place.admin1_name, land.name if land else place.country]
    return ", ".join(dict.fromkeys(name for name in names if name))


def day_of(event: Event) -> str:
    """Return an event's day or days in words."""
    if event.when is None or event.when.first is None:
        return _NO_DAY
    return summary.period([event.when.first, event.when.last or event.when.first])


def _incident(event: Event, texts: Mapping[str, Document]) -> Incident:
    document = texts.get(event.document)
    others = [texts[r.document] for r in event.also if r.document in texts and r.document != event.document]
    return Incident(
        day_of(event),
        place_of(event),
        event.kind,
        event.sub_kind,
        event.status,
        tuple(_details(event, document)),
        quoted(event, document),
        _name(document) if document else "",
        _link(document) if document else None,
        tuple(dict.fromkeys(_name(other) for other in others)),
    )


def _details(event: Event, document: Document | None) -> Iterable[tuple[str, str]]:
    for name, title in _TOLLS.items():
        toll = getattr(event, name)
        if toll:
            words = clean(toll.words)
            told = toll_words(toll)
            yield title, told if words in (told, str(toll.low)) else f"{told} (“{words}”)"
    if event.cumulative_killed:
        yield "Killed so far", f"{toll_words(event.cumulative_killed)}, over more than this event"
    for role, title in (("source", "By"), ("target", "Against"), ("other", "Involved")):
        names = dict.fromkeys(f"{clean(a.name)} ({a.kind})" for a in event.actors if a.role == role)
        if names:
            yield title, "; ".join(names)
    if event.where:
        near = {1: "the place itself", 2: "near it", 3: "known only as a region"}[event.where.precision]
        yield "Place", f"{near}, within {event.where.radius_km:,.0f} km"
    if event.when and (words_ := facts.text_at(document, event.when.span)):
        yield "Day as written", f"“{words_}”"
    yield "Confidence", f"{event.confidence:.0%}"


def quoted(event: Event, document: Document | None) -> tuple[tuple[str, Part], ...]:
    """Cut the evidence at the words it rests on. Empty where the text was not kept."""
    if document is None or not event.evidence.of(document.text).strip():
        return ()
    marked: list[tuple[Span, Part]] = [(event.trigger, "trigger")]
    marked += [(toll.span, "toll") for name in _TOLLS if (toll := getattr(event, name))]
    if event.where and event.where.span:
        marked.append((event.where.span, "place"))
    pieces: list[tuple[str, Part]] = []
    at = event.evidence.start
    for span, part in sorted(marked):
        if span.start >= at and span.end <= event.evidence.end:
            pieces += [(document.text[at : span.start], ""), (span.of(document.text), part)]
            at = span.end
    pieces.append((document.text[at : event.evidence.end], ""))
    return tuple((_spaced(words), part) for words, part in pieces if words)


def _spaced(words: str) -> str:
    """Bring white space to single spaces, those at the ends too: pieces are put together again."""
    inner = " ".join(clean(words).split())
    before, after = words[:1].isspace(), words[-1:].isspace()
    return f"{' ' * before}{inner}{' ' * (after and bool(inner))}" if inner else " "


def _name(document: Document) -> str:
    title, source = document.title, document.source
    names = [clean(name) for name in (title, source) if name and not _is_link(name)]
    day = summary.named(document.published) if document.published else ""
    return ", ".join(filter(None, [*dict.fromkeys(names), day])) or clean(document.source or document.id)


def _link(document: Document) -> str | None:
    return clean(document.source) if document.source and _is_link(document.source) else None


_is_link: Callable[[str], bool] = lambda text: text.startswith(("http://", "https://"))  # noqa: E731 - one expression


def _method(events: EventSet) -> Iterable[str]:
    yield (
        "A program read these events out of the texts, without a person's judgement: it finds the places that a text "
        "names, looks them up in a gazetteer, and takes for an event what a sentence says took place. Each event "
        "quotes its sentence; the words it rests on are marked. Read the sentence before you rely on the event."
    )
    yield (
        "Days are reckoned from the day of publication, and are missing where it is not known. Tolls are as the texts "
        "report them: the lowest and the highest figure where they differ, and a toll over a longer time never counts "
        "as one event's. Reports of one event by several texts are listed once. Confidence is the program's own."
    )
    yield (
        "What no text told is not here, and what texts told wrongly is wrong here. A place's point is a gazetteer's, "
        "and says nothing about where in a town something happened. Borders on the map take no side."
    )
    if measured := accuracy():
        yield f"{measured} The figures are the lowest and the highest over several collections of annotated texts."
    if events.failures:
        yield f"{summary.counted(len(events.failures), 'input')} could not be read."
