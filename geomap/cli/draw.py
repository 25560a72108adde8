"""`geomap draw`: events in, a map out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from geomap.cli.common import Quiet, Title, tell
from geomap.cli.drawing import Blur, Boundaries, Corrections, Language, Layers, Theme, Tiles, blurred, corrected
from geomap.cli.map import Output  # noqa: TC001 - typer reads the annotation

Events = Annotated[
    str, typer.Argument(metavar="EVENTS", help="What geomap extract wrote (jsonl), or - for standard input.")
]


def draw_command(
    events: Events,
    output: Output = Path("output/map.html"),
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
    """Draw events that were extracted before.

    Example: geomap extract seeds/syria-qusair-2013.txt --with-text | geomap draw - -o output/map.html
    """
    from geomap.map import save
    from geomap.saved import load

    found = blurred(corrected(load(events), corrections, quiet=quiet), blur)
    save(
        found,
        output,
        title=title,
        layers=layer or (),
        language=lang,
        theme=theme,
        tiles=tiles,
        boundaries=boundaries,
    )
    tell(found, str(output), quiet=quiet, undated="Extract again with one: geomap extract --published 2013-05-25 ...")
    raise typer.Exit(0)
