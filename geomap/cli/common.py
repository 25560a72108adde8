"""What the verbs share: their options, reading inputs, progress and what is said at the end."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from geomap.day import DAY_AS, no_day, read_day
from geomap.errors import EmptyInput, UsageError, require

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from gazetteer import Gazetteer
    from geomap.geocoder import Geocoder
    from geomap.model import EventSet, Failure

Inputs = Annotated[
    list[str], typer.Argument(metavar="INPUT...", help="Articles: files, folders, URLs, or - for standard input.")
]
Published = Annotated[
    str | None,
    typer.Option(metavar="DATE", help="The day the articles were published, as 2013-05-25, where they do not say."),
]
Columns = Annotated[
    list[str] | None,
    typer.Option(
        "--column", metavar="WHAT=NAME", help="A table's column: text=body, published=day, title=, id=, source=."
    ),
]
Finder = Annotated[str, typer.Option(metavar="NAME", help="How places are found: crf, gazetteer or spacy.")]
Geocode = Annotated[
    str | None,
    typer.Option(
        "--geocoder",
        metavar="NAME",
        help="Ask online about names the gazetteer lacks: nominatim, photon, geonames=USER, or nominatim=URL.",
    ),
]
Title = Annotated[str | None, typer.Option(help="The map's title.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but errors.")]


def day(text: str | None) -> date | None:
    """Read an option's date. Raises `UsageError`, too, where it may be two days."""
    if text is None:
        return None
    found = read_day(text)
    if found is None:
        raise UsageError(f"{text!r} {no_day(text)}. Type it as {DAY_AS}.")
    return found


def columns_of(pairs: Sequence[str]) -> Mapping[str, str]:
    """Read options such as text=body. Raises `UsageError`."""
    from geomap.readers.records import FIELDS

    columns: dict[str, str] = {}
    for pair in pairs:
        what, _, name = pair.partition("=")
        if what not in FIELDS or not name:
            raise UsageError(
                f"--column {pair}: not one of {', '.join(FIELDS)} and a name. Right is: --column text=body"
            )
        columns[what] = name
    return columns


def say(text: str, *, quiet: bool = False) -> None:
    """Tell the user something, on standard error."""
    if not quiet:
        typer.echo(text, err=True)


@contextmanager
def progress(what: str, *, quiet: bool = False) -> Iterator[Callable[[str, float], None]]:
    """Show a bar on a terminal; give a function to call with what is being done and the share done, 0 to 1."""
    if quiet or not sys.stderr.isatty():
        yield lambda _what, _share: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=1.0)
        yield lambda doing, share: bar.update(task, description=doing or what, completed=share)


def gazetteer(*, quiet: bool = False) -> Gazetteer:
    """Open the gazetteer, building it first where it is missing or old."""
    from gazetteer import open_gazetteer

    with progress("Building the gazetteer (once)", quiet=quiet) as show:
        return open_gazetteer(progress=show)


def second_opinion(told: str | None, *, quiet: bool = False) -> Geocoder | None:
    """Open the geocoder that was named, with a word about what its owners ask."""
    if told is None:
        return None
    from geomap.geocoder import POLICY, open_geocoder

    say(POLICY, quiet=quiet)
    return open_geocoder(told)


def analysed(
    inputs: Sequence[str],
    *,
    published: str | None,
    finder: str,
    geocoder: str | None = None,
    columns: Sequence[str] | None = None,
    places: Gazetteer | None = None,
    quiet: bool = False,
) -> EventSet:
    """Read the inputs and take them down the street; `places` is the gazetteer where it is open already.

    Raises `InputError` where nothing at all could be read.
    """
    from geomap.model import Document
    from geomap.pipeline import run
    from geomap.readers import read_documents
    from geomap.saved import is_corpus

    dated, called = day(published), columns_of(columns or ())
    done = copies = 0
    seen: set[str] = set()

    def count(item: Document | Failure) -> None:
        nonlocal done, copies
        done += 1
        if isinstance(item, Document):
            copies += item.id in seen
            seen.add(item.id)
        show(f"{done} read", 0.0)

    if dated and dated > date.today():  # noqa: DTZ011 - the user's own calendar
        say(f"geomap: --published {dated} is a day to come; is that right?", quiet=quiet)

    def note(text: str) -> None:
        say(f"geomap: {text}", quiet=quiet)

    for name in filter(is_corpus, inputs):
        raise UsageError(f"{name} is a corpus, whose articles were read before. To draw it, type: geomap draw {name}")
    second = second_opinion(geocoder, quiet=quiet)
    found = places or gazetteer(quiet=quiet)
    with progress("Reading", quiet=quiet) as show:
        documents = read_documents(inputs, published=dated, columns=called, on_note=note)
        events = run(documents, found, finder=finder, geocoder=second, on_document=count)
    if copies:
        say(f"geomap: {_count(copies, 'input')} had the very text of another and counted once.", quiet=quiet)
    for failure in events.failures:
        say(f"geomap: {failure.source}: {failure.error.removeprefix(f'{failure.source}: ')}")
    if not events.documents and not events.failures:
        raise EmptyInput("There was nothing to read. Name an article: geomap map ARTICLE.txt")
    return events


_ROW_MARKS = ("acled:", "ucdp:", "gdelt:", "table:")
"""How the ids begin that importers give to a row's words."""

GIVE_A_DAY = "Give one: --published 2013-05-25"


def tell(events: EventSet, where: str, *, quiet: bool = False, undated: str = GIVE_A_DAY) -> None:
    """Say what was found and where it went; `undated` is what to do about articles without a date."""
    shown = sum(event.on_map for event in events.events)
    rest = len(events.events) - shown
    rows = sum(document.id.startswith(_ROW_MARKS) for document in events.documents)
    articles = len(events.documents) - rows
    told = [_count(articles, "article")] if articles or not rows else []
    told += [_count(rows, "row of tables")] if rows else []
    say(f"{where}: {_count(shown, 'event')} on the map, {rest} more listed, from {' and '.join(told)}", quiet=quiet)
    if events.documents and not any(d.published for d in events.documents):
        say(f"No article gives its date, so no event has a day. {undated}", quiet=quiet)


def _count(number: int, what: str) -> str:
    first, _, rest = what.partition(" ")
    return f"{number} {what}" if number == 1 else f"{number} {first}s {rest}".rstrip()


def require_finder(name: str) -> None:
    """Raise `UsageError` for a finder that is not in the table, before anything is begun."""
    from geomap.finders import FINDERS

    require(name, FINDERS, "finder")


def require_some(events: EventSet) -> None:
    """Raise `EmptyInput` where every input failed: what was drawn before is not replaced by an empty page."""
    if not events.documents:
        raise EmptyInput("Nothing could be read, so nothing was written.")


def status(events: EventSet) -> int:
    """Return the exit status: 1 where an input failed."""
    return 1 if events.failures else 0
