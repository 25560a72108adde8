"""The sheet a figure is drawn on: one coordinate system in points for everything, and how text looks on it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal

from geomap.export.cells import clean, quote
from geomap.palette import look

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.figure import Figure  # noqa: TC004 - an annotation: matplotlib is an extra

MM = 72 / 25.4
"""Points in a millimetre."""


@dataclass(frozen=True, slots=True)
class Size:
    """A sheet: its measures in points, the size of its text, and by how much its symbols are smaller than a page's."""

    width: float
    height: float
    text: float
    symbol: float
    legend: Literal["side", "below"]


SIZES: dict[str, Size] = {
    "column": Size(89 * MM, 118 * MM, 6.0, 0.5, "below"),
    "page": Size(183 * MM, 128 * MM, 7.0, 0.62, "side"),
    "slide": Size(960, 540, 12.0, 1.0, "side"),
}
"""A journal's column and full width, and a wide slide."""


@dataclass(frozen=True, slots=True)
class Ink:
    """The colours of everything but the events."""

    sea: str = "#DDE7EE"
    land: str = "#F7F4EC"
    outside: str = "#EDE9DF"
    coast: str = "#8FA0AD"
    border: str = "#8A8373"
    area: str = "#D3CCBD"
    text: str = "#222222"
    soft: str = "#5F5F5F"
    country: str = "#8A8373"
    water: str = "#6E8CA3"
    rim: str = "#2B2B2B"
    signal: str = "#B5123B"


COLOUR = Ink()
GREY = Ink(
    sea="#E4E4E4", land="#FFFFFF", outside="#F2F2F2", coast="#8C8C8C", border="#8C8C8C", area="#D6D6D6",
    country="#8A8A8A", water="#8A8A8A", signal="#000000",
)  # fmt: skip

_GREYS = {"cross": "#1E1E1E", "star": "#9C9C9C", "triangle": "#FFFFFF", "circle": "#C9C9C9", "square": "#5E5E5E",
          "diamond": "#E6E6E6", "dot": "#777777", "hexagon": "#AAAAAA"}  # fmt: skip
_FAMILIES = (
    "Noto Sans", "Noto Sans Arabic", "Noto Sans Hebrew", "DejaVu Sans", "Noto Sans Devanagari", "Noto Sans Bengali",
    "Noto Sans Ethiopic", "Noto Sans Georgian", "Noto Sans Armenian", "Noto Sans Myanmar", "Noto Sans Thai",
    "Noto Sans CJK SC", "Noto Sans CJK JP", "WenQuanYi Zen Hei",
)  # fmt: skip

_OTHER_SCRIPTS = 0x530  # Armenian is the first after Cyrillic


@lru_cache(maxsize=1)
def families() -> list[str]:
    """Return the typefaces to use, of those installed: Noto Sans, then what holds other scripts. DejaVu is always."""
    from matplotlib import font_manager

    installed = set(font_manager.get_font_names())
    return [family for family in _FAMILIES if family in installed]


def family(words: str) -> list[str]:
    """Return the typefaces for some words: for what is not Latin, Greek or Cyrillic, all of them."""
    return families() if any(ord(letter) >= _OTHER_SCRIPTS for letter in words) else families()[:1]


def plain(words: str) -> str:
    """Return words as one line; the hair spaces of spaced capitals stay."""
    return clean(words).replace("\n", " ").replace("\t", " ").replace("\r", "")


@dataclass(slots=True)
class Paper:
    """A figure, its one pair of axes in points from the lower left corner, its inks, and the size of its symbols."""

    figure: Figure
    axes: Any
    size: Size
    ink: Ink

    @property
    def margin(self) -> float:
        """The white edge, in points."""
        return 1.6 * self.size.text

    @property
    def width(self) -> float:
        """How wide the sheet is between its edges, in points."""
        return self.size.width - 2 * self.margin

    @property
    def grey(self) -> bool:
        """Whether the sheet will be printed without colour."""
        return self.ink is GREY

    def fill(self, kind: str) -> str:
        """Return the colour of a kind of event on this sheet."""
        style = look(kind)
        return _GREYS[style.shape] if self.grey else style.colour

    def text(self, x: float, y: float, words: str, *, size: float = 1.0, **style: Any) -> Any:  # noqa: ANN401 - an artist
        """Write words at a point, `size` times the sheet's own. No part of them is taken for mathematics."""
        if style.pop("middle", False):  # by the height of figures and capitals, not of the whole line
            y -= 0.357 * size * self.size.text
        given = {"color": self.ink.text, "family": family(words), "va": "baseline", "parse_math": False, "zorder": 20}
        return self.axes.text(x, y, plain(words), fontsize=size * self.size.text, **(given | style))

    def measure(self, words: str, *, size: float = 1.0, weight: str = "normal") -> float:
        """Return how wide words are, in points."""
        from matplotlib.font_manager import FontProperties

        font = FontProperties(family=family(words), size=size * self.size.text, weight=weight)
        renderer: Any = self.figure.canvas.get_renderer()  # type: ignore[attr-defined] # sheet() gave it an Agg canvas
        return float(renderer.get_text_width_height_descent(plain(words), font, ismath=False)[0])

    def wrapped(self, words: str, width: float, *, size: float = 1.0, weight: str = "normal") -> list[str]:
        """Cut words into lines no wider than `width`."""
        lines: list[str] = []
        for word in quote(words).split():
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and self.measure(longer, size=size, weight=weight) <= width:
                lines[-1] = longer
            else:
                lines.append(word)
        return lines

    def polygon(self, corners: Sequence[tuple[float, float]], **style: Any) -> Any:  # noqa: ANN401 - an artist
        """Draw a closed shape."""
        from matplotlib.patches import Polygon

        patch = Polygon(corners, closed=True, **style)
        self.axes.add_artist(patch)
        return patch

    def circle(self, x: float, y: float, radius: float, **style: Any) -> Any:  # noqa: ANN401 - an artist
        """Draw a circle."""
        from matplotlib.patches import Circle

        patch = Circle((x, y), radius, **style)
        self.axes.add_artist(patch)
        return patch

    def line(self, xs: Sequence[float], ys: Sequence[float], **style: Any) -> Any:  # noqa: ANN401 - an artist
        """Draw a line."""
        from matplotlib.lines import Line2D

        drawn = Line2D(xs, ys, **({"solid_capstyle": "butt"} | style))
        self.axes.add_artist(drawn)
        return drawn


def sheet(size: Size, *, grey: bool = False) -> Paper:
    """Return a blank sheet."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(size.width / 72, size.height / 72), dpi=72, facecolor="white")
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, size.width), ylim=(0, size.height))
    axes.axis("off")
    return Paper(figure, axes, size, GREY if grey else COLOUR)
