"""`geomap draw`: events in, a map out."""

from __future__ import annotations

from pathlib import Path

import typer

from geomap.cli.common import Quiet, Title, status, tell
from geomap.cli.drawing import (
    Blur,
    Boundaries,
    Corrections,
    Events,
    Language,
    Layers,
    Theme,
    Tiles,
    blurred,
    corrected,
    loaded,
)
from geomap.cli.map import Output  # noqa: TC001 - typer reads the annotation


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
    """Draw events that were extracted before, or that others coded; several files on one map.

    Example: geomap extract seeds/syria-qusair-2013.txt --with-text | geomap draw - -o output/map.html
    """
    from geomap.map import save

    found = blurred(corrected(loaded(events, quiet=quiet), corrections, quiet=quiet), blur)
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
    raise typer.Exit(status(found))
