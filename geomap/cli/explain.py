"""`geomap explain`: why a name was put where it was."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from geomap.cli.common import Finder, Published, gazetteer
from geomap.errors import UnreadableInput, UsageError

if TYPE_CHECKING:
    from datetime import date

    from geomap.events.why import Explanation as Why
    from geomap.model import Document
    from geomap.resolve.explain import Explained, Explanation

COLUMNS = 5
QUOTED = 100


def explain_command(
    input: Annotated[str, typer.Argument(metavar="INPUT", help="An article: a file, a URL, or - for standard input.")],
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="The name as the article writes it; '' or nothing for all names.")
    ] = "",
    events: Annotated[
        bool, typer.Option("--events", help="Explain the events instead, or those at the place NAME.")
    ] = False,
    candidates: Annotated[int, typer.Option(min=1, help="How many candidates to show beside each other.")] = COLUMNS,
    json_: Annotated[bool, typer.Option("--json", help="Write every candidate and clue as JSON lines.")] = False,
    published: Published = None,
    finder: Finder = "crf",
) -> None:
    """Show each candidate of a name and what each clue added, or why each event has its kind, status, place and day.

    Example: geomap explain seeds/syria-qusair-2013.txt Tripoli
    """
    from geomap.cli.common import day
    from geomap.resolve.explain import as_dict

    when = day(published)
    if events:
        for told in explained_events(input, name, finder, when):
            show_event(told, as_json=json_)
        return
    found = explained(input, name, finder)
    if json_:
        sys.stdout.writelines(json.dumps(as_dict(e), ensure_ascii=False) + "\n" for _, e in found)
        return
    for document, explanation in found:
        show(document, explanation, candidates)


def explained(source: str, name: str, finder: str) -> list[tuple[Document, Explanation]]:
    """Return each document of an input with the explanations of a name in it."""
    from geomap.model import Failure
    from geomap.pipeline import find
    from geomap.readers import read_documents
    from geomap.resolve.explain import explain

    places = gazetteer()
    found: list[tuple[Document, Explanation]] = []
    others: list[str] = []
    for document in read_documents([source]):
        if isinstance(document, Failure):
            raise UnreadableInput(f"{document.source}: {document.error.removeprefix(f'{document.source}: ')}")
        mentions = find(document, places, finder=finder)
        found += [(document, e) for e in explain(document, mentions, name, places)]
        others += [m.text for m in mentions]
    if not found:
        known = ", ".join(dict.fromkeys(others)) or "none"
        raise UsageError(f"No place called {name!r} was found in {source}. The names found there: {known}.")
    return found


def explained_events(source: str, name: str, finder: str, published: date | None) -> list[Why]:
    """Return the events of an input with the reasons of each; those at a place of that name where one is given."""
    from dataclasses import replace

    from geomap.events.why import explain_events
    from geomap.model import Failure
    from geomap.pipeline import find
    from geomap.readers import read_documents
    from geomap.resolve import resolve

    places = gazetteer()
    found: list[Why] = []
    for document in read_documents([source]):
        if isinstance(document, Failure):
            raise UnreadableInput(f"{document.source}: {document.error.removeprefix(f'{document.source}: ')}")
        dated = replace(document, published=published) if published is not None else document
        found += explain_events(dated, resolve(dated, find(dated, places, finder=finder), places), places)
    at = [w for w in found if not name or (w.event.where and name.lower() in w.event.where.place.name.lower())]
    if not at:
        raise UsageError(f"No event{f' at {name!r}' if name else ''} was found in {source}.")
    return at


def show_event(why: Why, *, as_json: bool) -> None:
    """Print an event and its reasons, a line each, or as one line of JSON."""
    parts = ("kind", "status", "place", "day", "toll", "actors")
    event = why.event
    if as_json:
        row = {"id": event.id, "sub_kind": event.sub_kind, **{p: getattr(why, p) for p in parts}}
        sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
        return
    where = event.where.place.name if event.where else "no place"
    day = event.when.first.isoformat() if event.when and event.when.first else "no day"
    sys.stdout.write(f"{event.sub_kind}, {event.status}: {where}, {day} ({event.confidence:.0%} sure) [{event.id}]\n")
    for part in parts:
        for reason in getattr(why, part):
            sys.stdout.write(f"  {part}: {' '.join(reason.split())}\n")
    for other in why.other_places:
        sys.stdout.write(f"  not {other.name}: {other.likelihood:.0%} likely, {', '.join(other.why)}\n")


def show(document: Document, explanation: Explanation, most: int = COLUMNS) -> None:
    """Print the mentions, the answer, and a table: a row a clue, a column a candidate."""
    from rich.console import Console
    from rich.table import Table

    console = Console(width=None if sys.stdout.isatty() else 160, highlight=False)
    answer = explanation.resolutions[0]
    where = (
        described(answer.place) if answer.place else "none of the candidates" if explanation.candidates else "nowhere"
    )
    console.print(f"[bold]{explanation.name}[/bold]: {where} ({answer.confidence:.0%} sure)")
    for resolution in explanation.resolutions:
        start, end = resolution.mention.span.start, resolution.mention.span.end
        around = document.text[max(0, start - QUOTED // 2) : end + QUOTED // 2]
        console.print(f"  {start}: … {' '.join(around.split())} …", markup=False)
    if not explanation.candidates:
        console.print("  The gazetteer knows no place of that name.")
        return
    shown = explanation.candidates[:most]
    table = Table("clue", *(described(c.place) for c in shown), caption=_caption(explanation, len(shown)))
    clues = dict.fromkeys(w.clue for c in shown for w in c.clues)
    for clue in clues:
        words = next(w.words for c in shown for w in c.clues if w.clue == clue)
        table.add_row(f"{clue}: {words}", *(_cell(c, clue) for c in shown))
    table.add_section()
    table.add_row("sum", *(f"{c.total:.2f}" for c in shown))
    table.add_row("share", *(f"{c.share:.1%}" for c in shown))
    console.print(table)


def described(place: object) -> str:
    """Return a place as a table's head: name, area, country, feature, people."""
    from gazetteer.place import Place

    assert isinstance(place, Place)  # noqa: S101 - told to the type checker
    area = ", ".join(x for x in (place.admin1_name, place.country) if x and x != place.name)
    people = f", {place.population:,} people" if place.population else ""
    return f"{place.name} ({area}) {place.feature}{people}" if area else f"{place.name} {place.feature}{people}"


def _cell(candidate: Explained, clue: str) -> str:
    weighed = next((w for w in candidate.clues if w.clue == clue), None)
    return "" if weighed is None else f"{weighed.added:+.2f} = {weighed.value:.2f} × {weighed.weight:.2f}"


def _caption(explanation: Explanation, shown: int) -> str:
    rest = len(explanation.candidates) - shown
    more = f"; {rest} more candidates are not shown" if rest > 0 else ""
    return f"each cell: added = value × weight; none of these: {explanation.none:.1%}{more}"
