"""Where words go: each label takes the first spot beside its point that is free, the more important ones first."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geomap.figure.frame import Rect

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geomap.figure.paper import Paper

_ASCENT, _DESCENT = 0.78, 0.24  # of the text's size
_APART = 2.0  # points between two words
_SPOTS = (
    (1.0, 0.0), (-1.0, 0.0), (0.75, 0.75), (-0.75, 0.75), (0.75, -0.75), (-0.75, -0.75), (0.0, 1.0), (0.0, -1.0),
    (1.0, 0.45), (-1.0, 0.45), (1.0, -0.45), (-1.0, -0.45),
)  # fmt: skip
"""Directions from the point, the best first: right, left, the corners, above, below."""


@dataclass(frozen=True, slots=True)
class Label:
    """Words for a point. `gap` is the radius of the symbol they stand beside; `looks` is passed on to the text."""

    words: str
    x: float
    y: float
    gap: float
    size: float = 1.0
    weight: str = "normal"
    slant: str = "normal"
    colour: str = "#222222"


@dataclass(slots=True)
class Room:
    """What is taken on the sheet: rectangles and discs, within a frame."""

    rect: Rect
    rects: list[Rect] = field(default_factory=list)
    discs: list[tuple[float, float, float]] = field(default_factory=list)

    def free(self, rect: Rect, *, ignore: tuple[float, float] | None = None) -> bool:
        """Say whether a rectangle meets nothing, but for the disc at the point `ignore`."""
        inside = self.rect.holds(rect.x, rect.y, 1.5) and self.rect.holds(rect.right, rect.top, 1.5)
        wide = Rect(rect.x - _APART, rect.y, rect.width + 2 * _APART, rect.height)
        if not inside or any(_meet(wide, other) for other in self.rects):
            return False
        return not any((x, y) != ignore and _touches(rect, x, y, radius) for x, y, radius in self.discs)

    def covers(self, x: float, y: float, radius: float) -> bool:
        """Say whether words or a disc lie on a dot of this radius."""
        if any(_touches(rect, x, y, radius) for rect in self.rects):
            return True
        return any((x - a) ** 2 + (y - b) ** 2 < (r + radius) ** 2 for a, b, r in self.discs)


def _meet(a: Rect, b: Rect) -> bool:
    return a.x < b.right and b.x < a.right and a.y < b.top and b.y < a.top


def _touches(rect: Rect, x: float, y: float, radius: float) -> bool:
    across = max(rect.x - x, 0.0, x - rect.right)
    up = max(rect.y - y, 0.0, y - rect.top)
    return across * across + up * up < radius * radius


def place(paper: Paper, labels: Iterable[Label], room: Room) -> list[Label]:
    """Write the labels that find a free spot, and return those that do not."""
    left = []
    for label in labels:
        width = paper.measure(label.words, size=label.size, weight=label.weight)
        height = label.size * paper.size.text
        for across, up in _SPOTS:
            box = _box(label, across, up, width, height)
            if room.free(box):
                room.rects.append(box)
                write(paper, label, box.x, box.y + _DESCENT * height)
                break
        else:
            left.append(label)
    return left


def _box(label: Label, across: float, up: float, width: float, height: float) -> Rect:
    """Return the rectangle of a label in a direction from its point."""
    gap = label.gap + 0.18 * height
    x = label.x + across * gap - (width if across < 0 else 0.0 if across > 0 else width / 2)
    tall = (_ASCENT + _DESCENT) * height
    middle = label.y + up * gap
    y = middle - tall / 2 if across and abs(up) < 0.5 else middle if up > 0 else middle - tall  # noqa: PLR2004 - half
    return Rect(x, y, width, tall)


def centred(paper: Paper, label: Label, spots: Iterable[tuple[float, float]], room: Room) -> bool:
    """Write a label around the first of the spots that is free."""
    width = paper.measure(label.words, size=label.size, weight=label.weight)
    height = label.size * paper.size.text
    for x, y in spots:
        box = Rect(x - width / 2, y - _ASCENT * height / 2, width, _ASCENT * height)
        if room.free(box):
            room.rects.append(box)
            write(paper, label, box.x, box.y)
            return True
    return False


def write(paper: Paper, label: Label, x: float, y: float) -> None:
    """Write a label at a point, with a halo that keeps it legible on lines."""
    from matplotlib.patheffects import withStroke

    halo = withStroke(linewidth=0.3 * paper.size.text * label.size, foreground=paper.ink.land, alpha=0.85)
    looks = {"color": label.colour, "weight": label.weight, "style": label.slant}
    paper.text(x, y, label.words, size=label.size, path_effects=[halo], **looks)
