"""What stands around and in the corners of a map: title, notes, scale bar, locator, legend."""

from __future__ import annotations

from math import floor, log10
from typing import TYPE_CHECKING, Any

from geomap.figure import ground
from geomap.figure.frame import Frame, Rect
from geomap.figure.projection import Azimuthal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.figure.labels import Room
    from geomap.figure.paper import Paper

_LOCATOR_TIMES, _LOCATOR_LEAST, _LOCATOR_MOST = 6.0, 2400.0, 8000.0
_LAND_LEAST = 0.12  # of a locator must be land
_SMALL = 0.82  # the size of the notes
_INSET = 10  # the height of the locator, above the map that it may lie on


def nice(value: float) -> float:
    """Return the largest of 1, 2, 5, 10, 20 ... that is not larger."""
    power = 10.0 ** floor(log10(value))
    return max(step * power for step in (1, 2, 5) if step * power <= value)


def border(paper: Paper, rect: Rect, **style: Any) -> Any:  # noqa: ANN401 - an artist
    """Draw the edge of a frame and return it, for others to be clipped by."""
    from matplotlib.patches import Rectangle

    given: dict[str, Any] = {
        "facecolor": "none",
        "edgecolor": paper.ink.rim,
        "linewidth": 0.09 * paper.size.text,
        "zorder": 30,
    }
    edge = Rectangle((rect.x, rect.y), rect.width, rect.height, **(given | style))
    paper.axes.add_artist(edge)
    return edge


def heading(paper: Paper, title: str, subtitle: str) -> float:
    """Write the title, on as many lines as it needs, and the line under it; return where the next thing may start."""
    text, y = paper.size.text, paper.size.height - paper.margin
    large, small = (title, 1.6, "bold", paper.ink.text), (subtitle, 1.08, "normal", paper.ink.soft)
    for part, size, weight, colour in (large, small):
        for line in paper.wrapped(part, paper.width, size=size, weight=weight)[:3]:
            y -= size * text
            paper.text(paper.margin, y, line, size=size, weight=weight, color=colour)
            y -= size * text * 0.28
    return y - 0.55 * text


def _wrapped(paper: Paper, lines: Sequence[str], width: float) -> list[str]:
    return [line for note in lines if note for line in paper.wrapped(note, width, size=_SMALL)]


def notes_top(paper: Paper, lines: Sequence[str], width: float) -> float:
    """Return how high above the sheet's lower edge the notes end."""
    text = paper.size.text
    return paper.margin + 1.28 * _SMALL * text * len(_wrapped(paper, lines, width)) + 0.5 * text


def notes(paper: Paper, lines: Sequence[str], width: float) -> float:
    """Write the notes at the foot and return where they end, from below."""
    y = paper.margin
    for line in reversed(_wrapped(paper, lines, width)):
        paper.text(paper.margin, y + 0.2 * paper.size.text * _SMALL, line, size=_SMALL, color=paper.ink.soft)
        y += 1.28 * _SMALL * paper.size.text
    return y + 0.5 * paper.size.text


def scale_bar(paper: Paper, frame: Frame, room: Room) -> None:
    """Draw a bar of a round number of kilometres in the emptiest corner. A map of the world has no one scale."""
    if frame.whole:
        return
    length = nice(frame.width_km * 0.2)
    wide, text = length * frame.scale, paper.size.text
    words = f"{length:g} km"
    across, high, gap = max(wide, paper.measure(words, size=0.9)) + 4, 1.7 * text, 1.1 * text
    rect = frame.rect
    rows, columns = (rect.y + gap, rect.top - gap - high), (rect.x + gap, rect.right - gap - across)
    corners = [Rect(x, y, across, high) for y in rows for x in columns]
    box = next((corner for corner in corners if room.free(corner)), corners[0])
    room.rects.append(box)
    y, tick = box.y + 0.35 * text, 0.35 * text
    xs, ys = (box.x, box.x, box.x + wide, box.x + wide), (y + tick, y, y, y + tick)
    paper.line(xs, ys, color=paper.ink.land, linewidth=0.45 * text, zorder=21, solid_capstyle="projecting")
    paper.line(xs, ys, color=paper.ink.text, linewidth=0.13 * text, zorder=22, solid_joinstyle="miter")
    paper.text(box.x + wide / 2, y + 0.5 * text, words, size=0.9, ha="center", zorder=22)


def locator(paper: Paper, frame: Frame, rect: Rect) -> None:
    """Draw a small map of where the large one lies. A map of the world needs none."""
    projection = frame.projection
    if not isinstance(projection, Azimuthal):
        return
    small = _around(frame, rect)
    sea = border(paper, rect, facecolor=paper.ink.sea, zorder=_INSET, linewidth=0)
    ground.draw(paper, ground.ground(small, close=False), sea, weight=0.6, above=_INSET)
    x, y = small.place(*frame.edge())
    looks = {"edgecolor": paper.ink.signal, "linewidth": 0.2 * paper.size.text, "zorder": _INSET + 5}
    paper.polygon(
        list(zip(x.tolist(), y.tolist(), strict=True)), facecolor=paper.ink.signal, alpha=0.18, zorder=_INSET + 4
    )
    paper.polygon(list(zip(x.tolist(), y.tolist(), strict=True)), facecolor="none", **looks)
    border(paper, rect, linewidth=0.06 * paper.size.text)


def needs_locator(frame: Frame) -> bool:
    """Say whether a frame is too small to be recognised by itself."""
    return frame.width_km < _LOCATOR_MOST * 0.55 and not frame.whole


def _around(frame: Frame, rect: Rect) -> Frame:
    """Return a wider frame, so wide that there is land to tell it by."""
    width = min(max(frame.width_km * _LOCATOR_TIMES, _LOCATOR_LEAST), _LOCATOR_MOST)
    while True:
        small = Frame(frame.projection, rect, width)
        if ground.land_share(small) > _LAND_LEAST or width >= _LOCATOR_MOST:
            return small
        width *= 1.5


def inset(paper: Paper, frame: Frame, room: Room) -> None:
    """Draw the locator in a corner of the map itself, if one is empty."""
    rect, wide = frame.rect, 0.27 * frame.rect.width
    high = 0.8 * wide
    for x in (rect.right - wide, rect.x):
        for y in (rect.y, rect.top - high):
            box = Rect(x, y, wide, high)
            if needs_locator(frame) and not any(_within(box, x, y, r) for x, y, r in room.discs):
                room.rects.append(box)
                locator(paper, frame, box)
                return


def _within(box: Rect, x: float, y: float, radius: float) -> bool:
    return box.x - radius < x < box.right + radius and box.y - radius < y < box.top + radius
