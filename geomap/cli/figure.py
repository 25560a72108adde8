"""`geomap figure`: events in, a picture for print out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geomap.cli.common import Quiet, Title, say
from geomap.cli.drawing import Blur, Boundaries, Corrections, Events, blurred, corrected, loaded
from geomap.errors import UsageError

if TYPE_CHECKING:
    from geomap.geometry import Box

Output = Annotated[Path, typer.Option("--output", "-o", help="The picture: .svg, .png or .pdf.")]
Format = Annotated[
    str | None, typer.Option("--format", "-f", metavar="NAME", help="svg, png or pdf; else by the ending.")
]
Chart = Annotated[
    str, typer.Option("--chart", metavar="NAME", help="map, multiples, timeline, or places (bars of deaths).")
]
By = Annotated[str | None, typer.Option(metavar="NAME", help="Small multiples by kind, day, week, month or year.")]
Size = Annotated[str, typer.Option(metavar="NAME", help="column (89 mm), page (183 mm) or slide (16:9).")]
Grey = Annotated[bool, typer.Option("--grey", help="For print without colour.")]
BoxOption = Annotated[
    str | None, typer.Option("--box", metavar="W,S,E,N", help="What to show, in degrees; else what holds the events.")
]
NoLabels = Annotated[bool, typer.Option("--no-labels", help="Name no towns and countries.")]
Diplomacy = Annotated[bool, typer.Option("--diplomacy", help="Count talks, visits and appeals too.")]
Subtitle = Annotated[str | None, typer.Option(help="The line under the title; else the numbers and days.")]
Dpi = Annotated[int, typer.Option(min=36, max=1200, help="Dots an inch, of a PNG.")]


def figure_command(
    events: Events,
    output: Output = Path("output/figure.svg"),
    format: Format = None,
    chart: Chart = "map",
    by: By = None,
    size: Size = "page",
    grey: Grey = False,
    box: BoxOption = None,
    no_labels: NoLabels = False,
    diplomacy: Diplomacy = False,
    title: Title = None,
    subtitle: Subtitle = None,
    dpi: Dpi = 300,
    boundaries: Boundaries = None,
    corrections: Corrections = None,
    blur: Blur = None,
    quiet: Quiet = False,
) -> None:
    """Draw a picture for print: a map, small multiples, a timeline, or bars of deaths by place.

    Example: geomap extract seeds/syria-qusair-2013.txt --with-text | geomap figure - -o output/figure.png --size column
    """
    from geomap.figure import save

    options = {"size": size, "grey": grey, "diplomacy": diplomacy, "title": title, "subtitle": subtitle}
    maps = {"box": degrees(box), "labels": not no_labels, "by": by or "week", "boundaries": boundaries}
    chart = "multiples" if by else chart
    found = blurred(corrected(loaded(events, quiet=quiet), corrections, quiet=quiet), blur)
    save(found, output, format=format, chart=chart, dpi=dpi, **options, **maps)
    say(str(output), quiet=quiet or str(output) == "-")
    raise typer.Exit(0)


def degrees(box: str | None) -> Box | None:
    """Read an option's box. Raises `UsageError`."""
    if box is None:
        return None
    try:
        west, south, east, north = (float(part) for part in box.split(","))
    except ValueError:
        raise UsageError(f"{box!r} is not a box. Type west,south,east,north: --box 35.5,32.2,42.4,37.4") from None
    return west, south, east, north
