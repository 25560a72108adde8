"""`geomap report`: articles or events in, a briefing out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from geomap.cli.common import Finder, Published, Quiet, Title, analysed, require_some, say, status
from geomap.cli.drawing import Blur, Corrections, blurred, corrected
from geomap.files import STANDARD
from geomap.model import EventSet  # noqa: TC001 - typer reads annotations

_SNIFFED = 2000

Inputs = Annotated[
    list[str],
    typer.Argument(metavar="INPUT...", help="Articles; or events or a map of geomap's; - for events piped in."),
]
Output = Annotated[Path, typer.Option("--output", "-o", help="The report: .html, .docx, .md or .pdf.")]
Format = Annotated[str | None, typer.Option("--format", "-f", metavar="NAME", help="html, docx, md, pdf.")]
Most = Annotated[int, typer.Option(min=1, help="List so many events at most, those with the most dead.")]
NoFigure = Annotated[bool, typer.Option("--no-figure", help="Leave the map out.")]
Diplomacy = Annotated[bool, typer.Option("--diplomacy", help="Count talks, visits and appeals too.")]


def report_command(
    inputs: Inputs,
    output: Output = Path("output/report.html"),
    format: Format = None,
    title: Title = None,
    most: Most = 200,
    no_figure: NoFigure = False,
    diplomacy: Diplomacy = False,
    published: Published = None,
    finder: Finder = "crf",
    corrections: Corrections = None,
    blur: Blur = None,
    quiet: Quiet = False,
) -> None:
    """Write a briefing: map, tables by type and place, every incident with its evidence, method and sources.

    Example: geomap report seeds/jolo-cathedral-2019.txt -o output/report.html
    """
    from geomap.report import save

    events = told(inputs, published=published, finder=finder, quiet=quiet)
    require_some(events)
    events = blurred(corrected(events, corrections, quiet=quiet), blur)
    options = {"title": title, "most": most, "diplomacy": diplomacy}
    save(events, output, format=format, figure=not no_figure, on_note=lambda note: say(note, quiet=quiet), **options)
    say(str(output), quiet=quiet or str(output) == "-")
    raise typer.Exit(status(events))


def told(inputs: list[str], *, published: str | None, finder: str, quiet: bool) -> EventSet:
    """Return the events of one input that geomap wrote, or those that articles tell of."""
    from geomap.saved import load

    if len(inputs) == 1 and ours(inputs[0]):
        return load(inputs[0])
    return analysed(inputs, published=published, finder=finder, quiet=quiet)


def ours(name: str) -> bool:
    """Say whether an input holds events: standard input, a map, a corpus or a file of them; not a table of articles."""
    from geomap.importers import is_events
    from geomap.importers.files import is_geojson
    from geomap.saved import is_corpus

    if name == STANDARD or is_corpus(name):
        return True
    path = Path(name)
    if not path.is_file():
        return False
    with path.open("rb") as file:
        start = file.read(_SNIFFED).lstrip()
        file.seek(0)
        line = file.readline() if start[:1] == b"{" else b""
    if path.suffix.lower() in (".csv", ".tsv"):
        return is_events(start.decode("utf-8", "replace").split("\n", 1)[0])
    page = start.startswith(b"<!DOCTYPE html") and b"gm-root" in start
    return page or b'"toponyms":' in line or is_geojson(start.decode("utf-8", "replace")) or name.endswith(".xlsx")
