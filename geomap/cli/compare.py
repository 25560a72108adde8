"""`geomap compare`: our events beside another dataset's."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from geomap.cli.common import Quiet, Title, say
from geomap.cli.drawing import loaded
from geomap.errors import require

Ours = Annotated[str, typer.Argument(metavar="OURS", help="Events that geomap wrote, or - for standard input.")]
Theirs = Annotated[
    str, typer.Argument(metavar="THEIRS", help="The other events: a CSV of ACLED, UCDP GED or GDELT, or geomap's own.")
]
Output = Annotated[str, typer.Option("--output", "-o", help="The file to write, or - for standard output.")]
Format = Annotated[str, typer.Option("--format", "-f", metavar="NAME", help="text, csv or json.")]
MapOption = Annotated[Path | None, typer.Option("--map", help="Draw the comparison into this HTML file too.")]
Km = Annotated[float, typer.Option(min=0.1, help="How far apart two reports of one event may put it.")]
Days = Annotated[int, typer.Option(min=0, help="How many days apart.")]
Diplomacy = Annotated[bool, typer.Option("--diplomacy", help="Compare talks, visits and appeals too.")]


def compare_command(
    ours: Ours,
    theirs: Theirs,
    output: Output = "-",
    format: Format = "text",
    map: MapOption = None,
    km: Km = 50.0,
    days: Days = 1,
    diplomacy: Diplomacy = False,
    title: Title = None,
    quiet: Quiet = False,
) -> None:
    """Say which events both have, which one lacks, and where they differ; match them by kind, day and distance.

    Example: geomap compare output/events.jsonl output/acled.csv --map output/compare.html
    """
    from geomap.compare import compare
    from geomap.compare.show import FORMATS, save_map
    from geomap.files import written

    require(format, FORMATS, "format")
    mine, other = loaded([ours], quiet=quiet), loaded([theirs], quiet=quiet)
    found = compare(mine, other, km=km, days=days, diplomacy=diplomacy)
    with written(output) as file:
        FORMATS[format](found, file)
    if map is not None:
        save_map(found, mine, map, title=title)
        say(str(map), quiet=quiet)
    raise typer.Exit(1 if other.failures else 0)
