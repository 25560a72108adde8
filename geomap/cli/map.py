"""`geomap map`: articles in, one HTML map out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from geomap.cli.common import (
    Columns,
    Finder,
    Geocode,
    Inputs,
    Published,
    Quiet,
    Title,
    analysed,
    day,
    gazetteer,
    require_some,
    status,
    tell,
)
from geomap.cli.drawing import Blur, Boundaries, Corrections, Language, Layers, Theme, Tiles, blurred, corrected

Output = Annotated[Path, typer.Option("--output", "-o", help="The HTML file to write.")]


def map_command(
    inputs: Inputs,
    output: Output = Path("output/map.html"),
    published: Published = None,
    column: Columns = None,
    finder: Finder = "crf",
    geocoder: Geocode = None,
    title: Title = None,
    layer: Layers = None,
    lang: Language = "en",
    theme: Theme = "auto",
    tiles: Tiles = None,
    boundaries: Boundaries = None,
    corrections: Corrections = None,
    blur: Blur = None,
    quiet: Quiet = False,
) -> None:
    """Draw the conflict events that articles report, as one HTML file that works offline.

    Example: geomap map seeds/syria-qusair-2013.txt --published 2013-05-25 -o output/map.html
    """
    from geomap.map import save

    day(published)  # a wrong one is said before anything is built
    places = gazetteer(quiet=quiet)
    found = analysed(
        inputs, published=published, finder=finder, geocoder=geocoder, columns=column, places=places, quiet=quiet
    )
    events = corrected(found, corrections, quiet=quiet)
    require_some(events)
    save(
        blurred(events, blur),
        output,
        title=title,
        layers=layer or (),
        language=lang,
        theme=theme,
        tiles=tiles,
        boundaries=boundaries,
        gazetteer=places.fingerprint,
    )
    tell(events, str(output), quiet=quiet)
    raise typer.Exit(status(events))
