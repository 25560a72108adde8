"""Draws how far off the answers are, and whether confidences hold: needs the figure extra."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.errors import MissingExtra, OutputError
from geomap.score.measures import FARTHEST
from geomap.score.toponyms import Judged, errors, reliability

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def draw(judged: Sequence[Judged], path: Path) -> None:
    """Draw the share of places within each distance, and right answers by confidence, to a file by its ending."""
    try:
        from matplotlib.figure import Figure
    except ImportError as error:
        raise MissingExtra("figure", "Plotting a score") from error
    figure = Figure(figsize=(9, 4), layout="constrained")
    left, right = figure.subplots(1, 2)
    far = sorted(max(e, 0.1) for e in errors(judged))
    left.plot(far, [(n + 1) / len(far) for n in range(len(far))])
    left.axvline(161, linestyle=":", color="grey")
    left.set(xscale="log", xlim=(0.1, FARTHEST), ylim=(0, 1), xlabel="kilometres off", ylabel="share of marked places")
    rows = reliability(judged)
    right.plot([0, 1], [0, 1], linestyle=":", color="grey")
    right.scatter([s for s, _, _ in rows], [r for _, _, r in rows], s=[max(8, n**0.5 * 4) for _, n, _ in rows])
    right.set(xlim=(0, 1), ylim=(0, 1), xlabel="confidence given", ylabel="share that was right")
    try:
        figure.savefig(path)
    except (OSError, ValueError) as error:
        raise OutputError(f"The plot could not be written to {path}: {error}") from error
