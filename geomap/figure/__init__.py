"""EventSet -> a picture for print: a map, small multiples, a timeline, or bars of deaths by place. Needs `figure`.

The map shares its ground, colours and shapes with the page that `geomap draw` writes.
"""

from __future__ import annotations

from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from geomap.errors import UsageError, require
from geomap.extras import extra
from geomap.figure.options import Options
from geomap.files import written

if TYPE_CHECKING:
    from collections.abc import Callable

    from matplotlib.figure import Figure

    from geomap.model import EventSet

PICTURES: dict[str, dict[str, Any]] = {
    ".svg": {"format": "svg", "metadata": {"Date": None, "Creator": "geomap"}},
    ".png": {"format": "png", "metadata": {"Software": "geomap"}},
    ".pdf": {"format": "pdf", "metadata": {"CreationDate": None, "Creator": "geomap", "Producer": "geomap"}},
}
"""The endings of pictures, and how each is written so that the same events give the same bytes."""

_SETTINGS: dict[Any, Any] = {
    "svg.hashsalt": "geomap",
    "svg.fonttype": "path",
    "pdf.fonttype": 42,
    "path.simplify": False,
}


def _map(events: EventSet, options: Options) -> Figure:
    from geomap.figure.chart_map import draw_map

    return draw_map(events, options)


def _multiples(events: EventSet, options: Options) -> Figure:
    from geomap.figure.multiples import draw_multiples

    return draw_multiples(events, options)


def _timeline(events: EventSet, options: Options) -> Figure:
    from geomap.figure.charts import draw_timeline

    return draw_timeline(events, options)


def _places(events: EventSet, options: Options) -> Figure:
    from geomap.figure.charts import draw_places

    return draw_places(events, options)


CHARTS: dict[str, Callable[[EventSet, Options], Figure]] = {
    "map": _map,
    "multiples": _multiples,
    "timeline": _timeline,
    "places": _places,
}
"""What can be drawn."""


def draw(events: EventSet, *, chart: str = "map", **options: Any) -> Figure:  # noqa: ANN401 - those of Options
    """Draw one of `CHARTS` with the given `Options` and return matplotlib's figure.

    Raises `UsageError`, `EmptyInput` where there is nothing to draw, `MissingExtra`.
    """
    require(chart, CHARTS, "chart")
    with extra("figure", "A figure"):
        import matplotlib as mpl
    import warnings

    with mpl.rc_context(_SETTINGS), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")  # no typeface holds every script
        return CHARTS[chart](events, Options(**options))


def save(
    events: EventSet,
    path: Path | str,
    *,
    format: str | None = None,  # noqa: A002 - as users type it
    dpi: int = 300,
    **options: Any,  # noqa: ANN401 - those of draw
) -> None:
    """Draw a picture into a file: SVG, PNG or PDF, by its ending or `format`; `-` is standard output.

    Raises what `draw` raises, and `OutputError`.
    """
    suffix = f".{format.lower()}" if format else Path(path).suffix.lower()
    if suffix not in PICTURES:
        known = ", ".join(kind[1:] for kind in PICTURES)
        raise UsageError(f"{path} has no ending of a picture. End it in one of: {known}; or add --format.")
    figure = draw(events, **options)
    with written(path, binary=True) as file:
        write(figure, file, suffix, dpi=dpi)


def write(figure: Figure, file: IO[bytes], suffix: str = ".png", *, dpi: int = 300) -> None:
    """Write a figure that was drawn before."""
    import warnings

    import matplotlib as mpl

    with mpl.rc_context(_SETTINGS), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        figure.savefig(file, dpi=dpi, **PICTURES[suffix])
