"""`geomap corpus`: many documents, kept in a folder that any verb takes and that goes on where it stopped."""

from __future__ import annotations

import signal
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geomap.cli.common import Columns, Finder, Published, Quiet, columns_of, day, gazetteer, require_finder, say
from geomap.cli.drawing import Corrections, read_corrections

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from geomap.corpus import Progress

Inputs = Annotated[
    list[str],
    typer.Argument(
        metavar="INPUT...",
        help="Files, folders, globs, URLs or feeds, of any format geomap reads; - for standard input.",
    ),
]
Folder = Annotated[Path, typer.Option("--output", "-o", metavar="DIR", help="The corpus folder; made if missing.")]
Workers = Annotated[int | None, typer.Option(min=0, metavar="N", help="Processes; one a core unless said.")]
Cluster = Annotated[str | None, typer.Option(metavar="ADDRESS", help="A Dask scheduler to work on: tcp://host:8786.")]
Limit = Annotated[int | None, typer.Option(min=1, metavar="N", help="Take so many documents and stop.")]
Since = Annotated[str | None, typer.Option(metavar="DATE", help="Leave out documents published before this day.")]
Sample = Annotated[float | None, typer.Option(min=0.0, max=1.0, metavar="SHARE", help="Take this share: 0.01 is 1 %.")]
Language = Annotated[
    str | None, typer.Option(metavar="CODE", help="The documents' language, where it is not to be told: en, fr, de.")
]
WithoutText = Annotated[bool, typer.Option("--without-text", help="Keep what was found, not the articles' text.")]
Follow = Annotated[bool, typer.Option("--follow", help="Fetch the pages a feed links to.")]
Retry = Annotated[bool, typer.Option("--retry", help="Try documents that failed before once more.")]
Seconds = Annotated[float, typer.Option(min=1.0, metavar="SECONDS", help="How long one document may take.")]


def corpus_command(
    inputs: Inputs,
    output: Folder,
    workers: Workers = None,
    cluster: Cluster = None,
    limit: Limit = None,
    since: Since = None,
    sample: Sample = None,
    column: Columns = None,
    published: Published = None,
    language: Language = None,
    finder: Finder = "crf",
    without_text: WithoutText = False,
    follow: Follow = False,
    retry: Retry = False,
    seconds: Seconds = 60.0,
    corrections: Corrections = None,
    quiet: Quiet = False,
) -> None:
    """Take many documents down the street into a folder of Parquet, and go on where an earlier run stopped.

    Example: geomap corpus seeds -o output/corpus --published 2013-05-25
    """
    from geomap.corpus import Job, Selection, build_corpus
    from geomap.readers.detection import require_language
    from geomap.readers.settings import Settings

    settings = Settings(
        day(published),
        language,
        note=lambda note: say(f"geomap: {note}", quiet=quiet),
        columns=columns_of(column or ()),
        follow=follow,
    )
    require_finder(finder)
    if language is not None:
        require_language(language)
    selection = Selection(limit, day(since), sample)
    backend = None
    if cluster is not None:
        from geomap.cluster import dask_backend

        backend = dask_backend(cluster)
    else:
        gazetteer(quiet=quiet)  # built here, once, and not by each worker
    made = read_corrections(corrections)
    job = Job(finder=finder, with_text=not without_text, seconds=seconds, corrections=made)
    with stoppable(), _shown(quiet=quiet) as show:
        done = build_corpus(
            inputs,
            output,
            job=job,
            settings=settings,
            selection=selection,
            workers=workers,
            backend=backend,
            again=retry,
            on_progress=show,
        )
    say(f"{output}: {told(done)}", quiet=quiet)
    raise typer.Exit(1 if done.failed else 0)


@contextmanager
def stoppable() -> Iterator[None]:
    """Let a polite kill, as job schedulers send it, write what is done, like Ctrl-C."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def _shown(*, quiet: bool) -> Iterator[Callable[[Progress], None] | None]:
    """Show how far it is: a bar on a terminal, a line a minute in a log."""
    if quiet:
        yield None
    elif sys.stderr.isatty():
        from rich.console import Console
        from rich.progress import Progress as Bar

        with Bar(console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task("Reading", total=None)
            yield lambda progress: bar.update(
                task,
                total=1.0 if progress.share else None,
                completed=progress.share or 0.0,
                description=told(progress),
            )
    else:
        yield _each_minute()


def _each_minute() -> Callable[[Progress], None]:
    last = time.monotonic()

    def show(progress: Progress) -> None:
        nonlocal last
        if time.monotonic() - last >= 60:  # noqa: PLR2004 - seconds
            last = time.monotonic()
            say(told(progress))

    return show


def told(progress: Progress) -> str:
    """Say how far a run is, in a line."""
    parts = [f"{progress.documents:,} documents, {progress.events:,} events, {progress.rate:.0f}/s"]
    parts += [f"{progress.failed:,} failed"] * bool(progress.failed)
    parts += [f"{progress.skipped:,} skipped"] * bool(progress.skipped)
    left = progress.left
    parts += [f"{left / 60:.0f} min left" if left and left > 90 else f"{left or 0:.0f} s left"] * bool(left)  # noqa: PLR2004
    return ", ".join(parts)
