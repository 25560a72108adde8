"""The events themselves: one symbol a place, a ring where a place has several, a dashed circle for an unsure place."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import cos, hypot, pi, sin
from typing import TYPE_CHECKING

import numpy as np

from geomap.figure.marks import Mark, fitted, radius
from geomap.palette import OUTLINES, Growth, growth, look

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.figure.frame import Frame
    from geomap.figure.paper import Paper

Disc = tuple[float, float, float]
"""A point of the sheet and a radius."""

_PIXEL = 0.75  # points
_COVERED = 0.62  # two symbols nearer than this share of their radii together become one
_CROWDED = 2  # so many dashed circles may cross before more of them tell nothing
_MOST_HALOS = 400
_GLYPH_LEAST = 1.1  # points: a shape smaller than this cannot be told from another in print


@dataclass(frozen=True, slots=True)
class Symbol:
    """A mark where it falls on the sheet, and how big."""

    mark: Mark
    x: float
    y: float
    radius: float


def scale(paper: Paper, marks: Sequence[Mark]) -> Growth:
    """Return how symbols grow on this sheet, in points."""
    times, given = _PIXEL * paper.size.symbol, fitted(growth(), marks)
    larger = 1.45 if paper.grey else 1.0  # without colours a ring must hold the shapes of its kinds
    return Growth(given.least * times, given.ring * times * larger, given.growth * times, given.most * times)


def symbols(marks: Sequence[Mark], frame: Frame, grows: Growth) -> list[Symbol]:
    """Return the symbols in the frame, those that would cover each other drawn as one at the weightier place."""
    x, y = frame.points(np.array([m.longitude for m in marks]), np.array([m.latitude for m in marks]))
    spots = zip(marks, x.tolist(), y.tolist(), strict=True)
    found = [_symbol(mark, (a, b), grows) for mark, a, b in spots if frame.rect.holds(a, b)]
    cell = 2 * max((symbol.radius for symbol in found), default=1.0)
    while True:
        fewer = _joined(found, grows, cell)
        if len(fewer) == len(found):
            return sorted(fewer, key=lambda s: (-s.radius, s.x, s.y))
        found, cell = fewer, 2 * max(symbol.radius for symbol in fewer)


def _joined(found: Sequence[Symbol], grows: Growth, cell: float) -> list[Symbol]:
    """Join each symbol to the weightier one that it would cover most; symbols are looked up by squares of the sheet."""
    shelves: dict[tuple[int, int], list[Symbol]] = {}
    for symbol in sorted(found, key=_weight):
        home = int(symbol.x // cell), int(symbol.y // cell)
        near = [s for dx in (-1, 0, 1) for dy in (-1, 0, 1) for s in shelves.get((home[0] + dx, home[1] + dy), ())]
        host = min(near, key=lambda s: _apart(s, symbol), default=None)
        if host is None or _apart(host, symbol) >= _COVERED:
            shelves.setdefault(home, []).append(symbol)
            continue
        shelf = shelves[int(host.x // cell), int(host.y // cell)]
        shelf[shelf.index(host)] = _together(host, symbol, grows)
    return [symbol for shelf in shelves.values() for symbol in shelf]


def _weight(symbol: Symbol) -> tuple[bool, int, int, str, float]:
    mark = symbol.mark
    return mark.areal, -len(mark.events), -mark.deaths, mark.name, symbol.x


def _apart(a: Symbol, b: Symbol) -> float:
    """Return the distance of two symbols as a share of their radii together."""
    return hypot(a.x - b.x, a.y - b.y) / (a.radius + b.radius)


def _together(host: Symbol, guest: Symbol, grows: Growth) -> Symbol:
    mark = replace(
        host.mark,
        events=host.mark.events + guest.mark.events,
        deaths=host.mark.deaths + guest.mark.deaths,
        areal=host.mark.areal and guest.mark.areal,
        others=host.mark.others + guest.mark.others + (host.mark.name != guest.mark.name),
    )
    return _symbol(mark, (host.x, host.y), grows)


def settled(paper: Paper, marks: Sequence[Mark], frame: Frame) -> tuple[list[Symbol], Growth]:
    """Return the symbols, and how they grow: slowly enough for the places that were drawn as one."""
    grows = scale(paper, marks)
    placed = symbols(marks, frame, grows)
    for _ in range(3):
        slower = scale(paper, [symbol.mark for symbol in placed])
        if slower == grows:
            return placed, grows
        grows = slower
        placed = symbols(marks, frame, grows)
    grows = scale(paper, [symbol.mark for symbol in placed])
    return [_symbol(symbol.mark, (symbol.x, symbol.y), grows) for symbol in placed], grows


def _symbol(mark: Mark, at: tuple[float, float], grows: Growth) -> Symbol:
    return Symbol(mark, *at, radius(grows, mark.deaths, len(mark.events)))


def halos(found: Sequence[Symbol], frame: Frame) -> list[tuple[Symbol, float]]:
    """Return the symbols to draw a circle of uncertainty for, and its radius: true kilometres, where few cross."""
    drawn: list[tuple[Symbol, float]] = []
    for symbol in sorted(found, key=lambda s: s.mark.radius_km)[:_MOST_HALOS]:
        wide = symbol.mark.radius_km * frame.scale
        if symbol.mark.areal or wide < 1.3 * symbol.radius or wide > 0.3 * frame.rect.height:
            continue
        crossing = sum(hypot(symbol.x - other.x, symbol.y - other.y) < wide + reach for other, reach in drawn)
        if crossing < _CROWDED:
            drawn.append((symbol, wide))
    return drawn


def draw(paper: Paper, found: Sequence[Symbol], frame: Frame, clip: object) -> None:
    """Draw the symbols, small ones over large ones."""
    thin = 0.07 * paper.size.text
    for symbol, wide in halos(found, frame):
        dashes = {"linestyle": (0, (3, 2)), "linewidth": thin, "edgecolor": paper.ink.rim, "alpha": 0.65}
        paper.circle(symbol.x, symbol.y, wide, facecolor="none", zorder=5, **dashes).set_clip_path(clip)
    for rank, symbol in enumerate(found):
        draw_symbol(paper, symbol, 6 + rank / 1000)


def draw_symbol(paper: Paper, symbol: Symbol, zorder: float = 6.0) -> None:
    """Draw one symbol: a shape for one event, a ring split by kind around their number for several."""
    mark, at = symbol.mark, (symbol.x, symbol.y, symbol.radius)
    if len(mark.events) == 1:
        shape(paper, mark.events[0].kind, at, hollow=mark.areal, zorder=zorder)
    else:
        ring(paper, mark.kinds, at, hollow=mark.areal, zorder=zorder)


def shape(paper: Paper, kind: str, at: Disc, *, hollow: bool = False, zorder: float = 6.0) -> None:
    """Draw the shape of a kind around a point; a hollow one stands for a place known only as a region."""
    (x, y, size), fill, rim = at, paper.fill(kind), paper.ink.rim
    corners = [(x + a * size, y + b * size) for a, b in OUTLINES[look(kind).shape]]
    hollow = hollow or look(kind).shape == "dot"
    looks = {"facecolor": "white", "edgecolor": rim if paper.grey else fill} if hollow else {"facecolor": fill}
    width = (0.16 if hollow else 0.07) * paper.size.text
    paper.polygon(corners, **({"edgecolor": rim} | looks), linewidth=width, joinstyle="round", zorder=zorder)


def ring(paper: Paper, kinds: dict[str, int], at: Disc, *, hollow: bool = False, zorder: float = 6.0) -> None:
    """Draw a ring split by kind, the number of events in its middle, and each kind's shape on its part."""
    from matplotlib.patches import Wedge

    x, y, size = at
    total, thin = sum(kinds.values()), 0.07 * paper.size.text
    width = size * (0.2 if hollow else 0.5 if paper.grey else 0.36)
    turn = 90.0
    paper.circle(x, y, size, facecolor="white", edgecolor="none", zorder=zorder)
    for kind, number in kinds.items():
        sweep = 360 * number / total
        wedge = Wedge((x, y), size, turn - sweep, turn, width=width, facecolor=paper.fill(kind), zorder=zorder)
        wedge.set(edgecolor="white", linewidth=thin if len(kinds) > 1 else 0)
        paper.axes.add_artist(wedge)
        middle, glyph = (turn - sweep / 2) * pi / 180, width * 0.38
        if glyph >= _GLYPH_LEAST and sweep / 180 * pi * (size - width / 2) > 2.4 * glyph:
            away = size - width / 2
            _glyph(paper, kind, (x + away * cos(middle), y + away * sin(middle), glyph), zorder)
        turn -= sweep
    for edge in (size, size - width):
        paper.circle(x, y, edge, facecolor="none", edgecolor=paper.ink.rim, linewidth=thin, zorder=zorder)
    inner = size - width
    room = 2 * inner / (0.6 * len(str(total)) * paper.size.text + 0.3 * paper.size.text)
    scale_ = min(1.0 + size / 60, room, 1.5 * inner / paper.size.text)
    paper.text(x, y, str(total), size=scale_, ha="center", middle=True, weight="bold", zorder=zorder)


def _glyph(paper: Paper, kind: str, at: Disc, zorder: float) -> None:
    x, y, size = at
    corners = [(x + a * size, y + b * size) for a, b in OUTLINES[look(kind).shape]]
    paper.polygon(corners, facecolor="white", edgecolor=paper.ink.rim, linewidth=0.035 * paper.size.text, zorder=zorder)
