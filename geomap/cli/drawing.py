"""The options that every map and every correction takes, and what they are turned into."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geomap.cli.common import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.model import EventSet

Corrections = Annotated[
    list[Path] | None,
    typer.Option(metavar="FILE", help="Corrections downloaded from a map's page, applied anew. May be given again."),
]
Layers = Annotated[
    list[str] | None,
    typer.Option(
        "--layer",
        metavar="NAME",
        help="Shown at first: conflict, diplomacy, unrealised, places. May be given again; by default the first two.",
    ),
]
Language = Annotated[str, typer.Option("--lang", metavar="CODE", help="The page's language: en, fr, es, ar or uk.")]
Theme = Annotated[str, typer.Option(metavar="NAME", help="auto, light or dark; auto follows the reader's system.")]
Tiles = Annotated[
    str | None,
    typer.Option(
        metavar="NAME", help="Raster tiles from the net, such as OpenStreetMap.Mapnik. Else it works offline."
    ),
]
Boundaries = Annotated[
    Path | None, typer.Option(metavar="FILE", help="A GeoJSON file of borders to draw instead of Natural Earth's.")
]

Blur = Annotated[
    float | None,
    typer.Option(
        metavar="KM",
        help="Publish points only to within so many kilometres, without texts and place names that would tell.",
    ),
]


Events = Annotated[
    list[str],
    typer.Argument(
        metavar="EVENTS...",
        help="What geomap extract wrote, a map, ACLED's or UCDP's CSV, or a table of points as CSV, GeoJSON or xlsx; "
        "- for standard input.",
    ),
]

TOLD_FAILURES = 10
"""So many rows that could not be read are told one by one."""


def loaded(names: Sequence[str], *, quiet: bool = False) -> EventSet:
    """Read files of events into one set, and say which rows could not be read. Raises `InputError`."""
    from geomap.saved import load_all

    events = load_all(names)
    for failure in events.failures[:TOLD_FAILURES]:
        say(f"geomap: {failure.source}: {failure.error.removeprefix(f'{failure.source}: ')}", quiet=quiet)
    if len(events.failures) > TOLD_FAILURES:
        say(f"geomap: and {len(events.failures) - TOLD_FAILURES} more that could not be read", quiet=quiet)
    return events


def blurred(events: EventSet, km: float | None) -> EventSet:
    """Make points coarse where that was asked for."""
    if km is None:
        return events
    from geomap.blur import blur

    return blur(events, km)


def corrected(events: EventSet, files: Sequence[Path] | None, *, quiet: bool = False) -> EventSet:
    """Apply the corrections in files, in order, and say which of them fit nothing any more."""
    if not files:
        return events
    from geomap.corrections import apply, load

    for path in files:
        events, warnings = apply(events, load(path))
        for warning in warnings:
            say(f"geomap: {path}: {warning}", quiet=quiet)
    return events


def read_corrections(files: Sequence[Path] | None) -> tuple[str, ...]:
    """Return the text of files of corrections, once each is known to be one. Raises `InputError`."""
    from geomap.corrections import load

    for path in files or ():
        load(path)
    return tuple(path.read_text(encoding="utf-8") for path in files or ())


def read_back(inputs: Sequence[str]) -> EventSet | None:
    """Return the events of a map's page or a corpus folder, where that is the one input."""
    from geomap.map.back import is_map
    from geomap.saved import is_corpus, load

    return load(inputs[0]) if len(inputs) == 1 and (is_map(inputs[0]) or is_corpus(inputs[0])) else None
