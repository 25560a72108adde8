"""What can be asked of a figure."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from geomap.geometry import Box


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """The options of every chart; those that mean nothing to a chart are ignored by it.

    `size` is column, page or slide. Title and subtitle are made from the events where they are not given. `grey` is
    for print without colour, `diplomacy` counts talks and visits too. Maps heed `box` (west, south, east, north; else
    what holds the events, but for a few far off) and `labels` (name towns and countries); small multiples heed `by`
    (kind, day, week, month or year). `boundaries` is a GeoJSON file of lines, drawn as borders instead of Natural
    Earth's; those with the property `disputed` are dashed.
    """

    size: str = "page"
    title: str | None = None
    subtitle: str | None = None
    grey: bool = False
    diplomacy: bool = False
    box: Box | None = None
    labels: bool = True
    by: str = "week"
    boundaries: Path | str | None = None
