"""`geomap extract`: articles in, events out."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from geomap.cli.common import Columns, Finder, Geocode, Inputs, Published, Quiet, analysed, status, tell
from geomap.cli.drawing import Blur, Corrections, blurred, corrected, read_back
from geomap.errors import UsageError

Output = Annotated[str, typer.Option("--output", "-o", help="The file to write, or - for standard output.")]
Format = Annotated[
    str | None,
    typer.Option(
        "--format",
        "-f",
        metavar="NAME",
        help="jsonl, geojson, csv, acled, ucdp, hxl, ics, kml, kmz, gpkg, shapefile, geoparquet or xlsx; without it, "
        "by the file's ending, else jsonl.",
    ),
]
WithText = Annotated[bool, typer.Option("--with-text", help="Keep the articles' text in jsonl: a map quotes from it.")]


def extract_command(
    inputs: Inputs,
    output: Output = "-",
    format: Format = None,
    with_text: WithText = False,
    published: Published = None,
    column: Columns = None,
    finder: Finder = "crf",
    geocoder: Geocode = None,
    corrections: Corrections = None,
    blur: Blur = None,
    quiet: Quiet = False,
) -> None:
    """Write the events that articles report, for other tools and for geomap draw. A map or a corpus is read back.

    Example: geomap extract seeds/syria-qusair-2013.txt --published 2013-05-25 --format csv -o output/events.csv
    """
    from geomap.saved import choose, save

    choose(output, format)  # a wrong one is said before the reading
    if blur is not None and with_text:
        raise UsageError("The text names the places: --with-text does not go with --blur.")
    events = read_back(inputs) or analysed(
        inputs, published=published, finder=finder, geocoder=geocoder, columns=column, quiet=quiet
    )
    events = blurred(corrected(events, corrections, quiet=quiet), blur)
    save(events, output, format=format, with_text=with_text)
    tell(events, output if output != "-" else "standard output", quiet=quiet or not sys.stderr.isatty())
    raise typer.Exit(status(events))
