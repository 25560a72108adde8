"""`geomap watch`: feeds and folders taken in as they grow, and a map of them kept fresh."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geomap.cli.common import Finder, Quiet, Title, gazetteer, say
from geomap.cli.corpus import stoppable, told

if TYPE_CHECKING:
    from geomap.corpus import Progress

Inputs = Annotated[list[str], typer.Argument(metavar="FEED|FOLDER...", help="Feeds' URLs, folders, globs or files.")]
Folder = Annotated[Path, typer.Option("--output", "-o", metavar="DIR", help="The corpus folder; made if missing.")]
Map = Annotated[Path | None, typer.Option("--map", metavar="FILE", help="A map to draw anew whenever there is news.")]
Every = Annotated[float, typer.Option(min=1.0, metavar="SECONDS", help="How long to wait between rounds.")]
Once = Annotated[bool, typer.Option("--once", help="One round and out, for cron.")]
Days = Annotated[int | None, typer.Option(min=1, metavar="N", help="Map only what was published in the last N days.")]
Follow = Annotated[bool, typer.Option("--follow", help="Fetch the pages that feeds link to.")]


def watch_command(
    inputs: Inputs,
    output: Folder,
    map: Map = None,
    every: Every = 900.0,
    once: Once = False,
    days: Days = None,
    follow: Follow = False,
    finder: Finder = "crf",
    title: Title = None,
    quiet: Quiet = False,
) -> None:
    """Take in what is new in feeds and folders, again and again, and keep a map of it fresh.

    Example: geomap watch seeds -o output/watched --map output/watched.html --once
    """
    from geomap.corpus import Job
    from geomap.readers.settings import Settings
    from geomap.watch import Watch, watch

    def say_round(progress: Progress) -> None:
        if progress.documents or progress.failed:
            say(f"{output}: {told(progress)}", quiet=quiet)

    settings = Settings(note=lambda note: say(f"geomap: {note}", quiet=quiet), follow=follow)
    watched = Watch(inputs, output, map, days, title)
    gazetteer(quiet=quiet)
    with stoppable():
        watch(
            watched,
            job=Job(finder=finder),
            settings=settings,
            every=every,
            rounds=1 if once else None,
            on_round=say_round,
        )
    raise typer.Exit(1 if watched.failed else 0)
