"""Events a week as a picture, a colour a kind. Needs `figure`."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from geomap.corpus.stats import weeks_by_kind
from geomap.errors import EmptyInput, UsageError
from geomap.extras import extra
from geomap.files import written
from geomap.palette import in_order, look

if TYPE_CHECKING:
    from pathlib import Path

ENDINGS = (".svg", ".png", ".pdf")


def save_trend(folder: Path, path: Path) -> None:
    """Draw the events of each week as stacked bars. Raises `UsageError` for a picture's ending that is none."""
    with extra("figure", "A chart"):
        from matplotlib.figure import Figure

    if path.suffix.lower() not in ENDINGS:
        raise UsageError(f"{path} has no ending of a picture. Choose one of: {', '.join(ENDINGS)}.")
    found = weeks_by_kind(folder)
    if not found:
        raise EmptyInput(f"{folder}: no event in it has a day. Give articles' dates: --published or a column of days.")
    numbers = {(week, kind): number for week, kind, number in found}
    first, last = found[0][0], found[-1][0]
    weeks = [first + timedelta(weeks=i) for i in range((last - first).days // 7 + 1)]
    figure = Figure(figsize=(7.2, 3.2), layout="constrained")
    axes = figure.add_subplot()
    below = [0] * len(weeks)
    for kind in in_order({kind for _, kind, _ in found}):
        heights = [numbers.get((week, kind), 0) for week in weeks]
        axes.bar(weeks, heights, width=6.0, bottom=below, color=look(kind).colour, label=kind, align="edge")  # type: ignore[arg-type, unused-ignore] # days are numbers to it
        below = [low + height for low, height in zip(below, heights, strict=True)]
    axes.set_ylabel("events a week")
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False, fontsize="small")
    with written(path, binary=True) as file:
        figure.savefig(file, format=path.suffix[1:].lower(), dpi=200)
