"""Events over time as a picture, a colour a kind. Needs `figure`."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from geomap.corpus.stats import by_time_and_kind
from geomap.errors import EmptyInput, UsageError
from geomap.extras import extra
from geomap.files import written
from geomap.palette import in_order, look

if TYPE_CHECKING:
    from pathlib import Path

UNITS = {"week": 7, "month": 30, "year": 365}
BARS = 160
"""Bars a chart holds: beyond them the next larger unit is taken, and in the end only the latest are drawn."""

_EPOCH = date(1970, 1, 1).toordinal()
ENDINGS = (".svg", ".png", ".pdf")


def require_ending(path: Path) -> None:
    """Raise `UsageError` for an ending that is no picture's."""
    if path.suffix.lower() not in ENDINGS:
        raise UsageError(f"{path} has no ending of a picture. Choose one of: {', '.join(ENDINGS)}.")


def save_trend(folder: Path, path: Path) -> None:
    """Draw the events of each week as stacked bars, of each month or year where there are too many weeks.

    Raises `UsageError` for an ending that is no picture's.
    """
    with extra("figure", "A chart"):
        from matplotlib.figure import Figure

    require_ending(path)
    unit, found = _fitting(folder)
    numbers = {(day, kind): number for day, kind, number in found}
    days = sorted({day for day, _, _ in found})
    figure = Figure(figsize=(7.2, 3.2), layout="constrained")
    axes = figure.add_subplot()
    below = [0] * len(days)
    for kind in in_order({kind for _, kind, _ in found}):
        heights = [numbers.get((day, kind), 0) for day in days]
        axes.bar(
            [day.toordinal() - _EPOCH for day in days],  # matplotlib's own count of days
            heights,
            width=0.9 * UNITS[unit],
            bottom=below,
            color=look(kind).colour,
            label=kind,
            align="edge",
        )
        below = [low + height for low, height in zip(below, heights, strict=True)]
    axes.xaxis_date()
    axes.set_ylabel(f"events a {unit}")
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False, fontsize="small")
    with written(path, binary=True) as file:
        figure.savefig(file, format=path.suffix[1:].lower(), dpi=200)


def _fitting(folder: Path) -> tuple[str, list[tuple[date, str, int]]]:
    """Return the smallest unit whose bars fit, and the events by it."""
    unit, found = "week", by_time_and_kind(folder, "week")
    if not found:
        raise EmptyInput(f"{folder}: no event in it has a day. Give articles' dates: --published or a column of days.")
    for unit, days in UNITS.items():
        found = by_time_and_kind(folder, unit)
        if (found[-1][0] - found[0][0]).days <= BARS * days:
            break
    first = found[-1][0] - timedelta(BARS * UNITS[unit])
    return unit, [row for row in found if row[0] >= first]
