"""What the symbols of a map mean, how many there are of each, and what has no place on the map."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geomap.figure import symbols
from geomap.figure.furniture import nice
from geomap.figure.marks import Mark, radius
from geomap.figure.stretches import STRETCHES, shortest
from geomap.figure.summary import named
from geomap.palette import in_order

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.figure.frame import Rect
    from geomap.figure.paper import Paper
    from geomap.figure.symbols import Symbol
    from geomap.model import Event
    from geomap.palette import Growth

Drawer = Callable[[float, float], None]
"""Draws a symbol around a point of the sheet."""

CHART = 9.0
"""The height of the small chart of when events were, in heights of the text."""

_MOST, _MOST_BARS = 5, 40


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the legend: how high it is, what draws its symbol around a point, its words, and a number beside."""

    height: float
    draw: Drawer | None
    words: str
    number: str = ""
    heading: bool = False


def rows(
    paper: Paper, found: Sequence[Symbol], grows: Growth, *, halos: bool = False, national: Sequence[Mark] = ()
) -> list[list[Row]]:
    """Return the legend in blocks that stay together: kinds with their numbers, sizes, and what else the map shows.

    `national` are the events known only to be in a country: they have no point, and stand here instead.
    """
    kinds: Counter[str] = Counter()
    for mark in (*(symbol.mark for symbol in found), *national):
        kinds.update(mark.kinds)
    deadliest = max((symbol.mark.deaths for symbol in found), default=0)
    blocks = [
        _kinds(paper, kinds),
        _sizes(paper, deadliest, grows) if deadliest else [],
        _others(paper, found, grows, halos=halos),
        _national(paper, national, grows),
    ]
    return [block for block in blocks if block]


def _kinds(paper: Paper, numbers: Counter[str]) -> list[Row]:
    text = paper.size.text

    def symbol(kind: str) -> Drawer:
        return lambda x, y: symbols.shape(paper, kind, (x, y, 0.52 * text))

    lines = [Row(1.55 * text, symbol(kind), kind, f"{numbers[kind]:,}") for kind in in_order(set(numbers))]
    return [Row(1.55 * text, None, "Type of event", heading=True), *lines]


def _national(paper: Paper, marks: Sequence[Mark], grows: Growth) -> list[Row]:
    text = paper.size.text

    def symbol(mark: Mark) -> Drawer:
        size = grows.ring if len(mark.events) > 1 else 0.52 * text
        return lambda x, y: symbols.draw_symbol(paper, symbols.Symbol(mark, x, y, size))

    if not marks:
        return []
    high = {mark: 1.6 * text if len(mark.events) == 1 else 2 * grows.ring + 0.4 * text for mark in marks}
    lines = [Row(high[mark], symbol(mark), mark.name, _dead(mark)) for mark in marks[:_MOST]]
    if len(marks) > _MOST:
        lines.append(Row(1.5 * text, None, f"and {len(marks) - _MOST:,} more"))
    return [Row(1.55 * text, None, "Somewhere in", heading=True), *lines]


def _dead(mark: Mark) -> str:
    return f"{mark.deaths:,} dead" if mark.deaths else ""


def _sizes(paper: Paper, deadliest: int, grows: Growth) -> list[Row]:
    text = paper.size.text
    steps = sorted({int(nice(deadliest)), int(nice(max(deadliest / 8, 1)))} | {0})
    circle = {"facecolor": "none", "edgecolor": paper.ink.rim, "linewidth": 0.08 * text, "zorder": 22}
    lines = [Row(1.55 * text, None, "Reported deaths", heading=True)]
    for step in steps:
        size = radius(grows, step)
        if lines[1:] and radius(grows, steps[0]) >= size:
            continue

        def sample(x: float, y: float, size: float = size) -> None:
            paper.circle(x, y, size, **circle)

        words = f"{step:,}" if step else "none, or not told"
        lines.append(Row(max(1.5 * text, 2 * size + 0.3 * text), sample, words))
    return lines if len(lines) > 2 else []  # noqa: PLR2004 - a heading and a single size compare nothing


def _others(paper: Paper, found: Sequence[Symbol], grows: Growth, *, halos: bool) -> list[Row]:
    text = paper.size.text
    lines: list[Row] = []
    ring = max((s for s in found if len(s.mark.events) > 1), key=lambda s: len(s.mark.kinds), default=None)
    if ring:
        kinds = dict(zip(ring.mark.kinds, (3, 2), strict=False))

        def several(x: float, y: float) -> None:
            symbols.ring(paper, kinds, (x, y, grows.ring))

        lines.append(Row(2 * grows.ring + 0.5 * text, several, "several events, by type"))
    if any(s.mark.areal for s in found):
        kind = next(s for s in found if s.mark.areal).mark.events[0].kind

        def hollow(x: float, y: float) -> None:
            symbols.shape(paper, kind, (x, y, 0.52 * text), hollow=True)

        lines.append(Row(1.6 * text, hollow, "known only as a region"))
    if halos:
        dashes = {"linestyle": (0, (3, 2)), "linewidth": 0.07 * text, "edgecolor": paper.ink.rim}

        def around(x: float, y: float) -> None:
            paper.circle(x, y, 0.75 * text, facecolor="none", zorder=22, **dashes)

        lines.append(Row(1.9 * text, around, "somewhere in this circle"))
    return lines


def columns(paper: Paper, blocks: Sequence[list[Row]], count: int) -> list[list[list[Row]]]:
    """Share blocks out to so many columns, in order and about evenly high."""
    even = max(height(paper, blocks) / count, *(height(paper, [block]) for block in blocks), 1.0)
    shared: list[list[list[Row]]] = [[]]
    for block in blocks:
        if shared[-1] and height(paper, [*shared[-1], block]) > even * 1.05 and len(shared) < count:
            shared.append([])
        shared[-1].append(block)
    return shared


def height(paper: Paper, blocks: Sequence[Sequence[Row]]) -> float:
    """Return how high blocks over one another are."""
    return sum(row.height for block in blocks for row in block) + 0.6 * paper.size.text * len(blocks)


def draw(paper: Paper, blocks: Sequence[list[Row]], rect: Rect, count: int = 1) -> None:
    """Write the blocks of a legend from the top of a rectangle, in so many columns."""
    text = paper.size.text
    wide = (rect.width - (count - 1) * 2 * text) / count
    for number, column in enumerate(columns(paper, blocks, count)):
        x, y = rect.x + number * (wide + 2 * text), rect.top
        for block in column:
            _block(paper, block, (x, y), wide)
            y -= height(paper, [block])


def _block(paper: Paper, block: Sequence[Row], corner: tuple[float, float], wide: float) -> None:
    text, (x, y) = paper.size.text, corner
    gutter = max([2.2 * text, *(row.height - 0.3 * text for row in block if row.draw)])
    for row in block:
        middle = y - row.height / 2
        if row.draw:
            row.draw(x + gutter / 2, middle)
        start = x if row.heading else x + gutter + 0.4 * text
        paper.text(start, middle, row.words, middle=True, weight="bold" if row.heading else "normal", zorder=22)
        paper.text(x + wide, middle, row.number, middle=True, ha="right", zorder=22)
        y -= row.height


def over_time(paper: Paper, events: Sequence[Event], rect: Rect) -> None:
    """Draw a small bar chart of how many events there were when, by kind, if there is more than one day and room."""
    text = paper.size.text
    days = sorted(event.when.first for event in events if event.when and event.when.first)
    if not days or days[0] == days[-1] or rect.height < CHART * text - 1:
        return
    name, starts = shortest(days, _MOST_BARS)
    held = Counter((STRETCHES[name](e.when.first)[0], e.kind) for e in events if e.when and e.when.first)
    kinds = in_order({kind for _, kind in held})
    highest = max(sum(held[start, kind] for kind in kinds) for start in starts)
    floor, wide = rect.top - min(rect.height, CHART * text) + 1.4 * text, rect.width / len(starts)
    step = (rect.top - 1.8 * text - floor) / highest
    paper.text(rect.x, rect.top - 1.1 * text, f"Events a {name}", weight="bold", zorder=22)
    paper.text(rect.right, rect.top - 1.1 * text, f"at most {highest:,}", ha="right", size=0.9, color=paper.ink.soft)
    for number, start in enumerate(starts):
        y = floor
        for kind in kinds:
            x, high = rect.x + number * wide, held[start, kind] * step
            corners = [(x, y), (x + 0.86 * wide, y), (x + 0.86 * wide, y + high), (x, y + high)]
            if high:
                paper.polygon(corners, facecolor=paper.fill(kind), edgecolor=paper.ink.rim, linewidth=0.03 * text)
            y += high
    paper.line([rect.x, rect.right], [floor, floor], color=paper.ink.soft, linewidth=0.08 * text)
    first, last = named(days[0], short=True, year=days[0].year != days[-1].year), named(days[-1], short=True)
    paper.text(rect.x, floor - 1.1 * text, first, size=0.9, color=paper.ink.soft)
    paper.text(rect.right, floor - 1.1 * text, last, size=0.9, ha="right", color=paper.ink.soft)
