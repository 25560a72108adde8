"""Small multiples: the same map once for each kind, or for each stretch of time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from math import ceil
from typing import TYPE_CHECKING

from geomap.errors import EmptyInput, UsageError
from geomap.export.facts import count
from geomap.figure import furniture, legend, summary, symbols
from geomap.figure.chart_map import COLUMNS, draw_frame, framed, paper_of
from geomap.figure.frame import Frame, Rect
from geomap.figure.marks import marks
from geomap.figure.stretches import STRETCHES
from geomap.palette import in_order

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from matplotlib.figure import Figure

    from geomap.figure.options import Options
    from geomap.figure.paper import Paper
    from geomap.model import Event, EventSet
    from geomap.palette import Growth

MOST = 12
"""No sheet has more maps: more are too small to read."""


def groups(events: Sequence[Event], by: str) -> dict[str, list[Event]]:
    """Split events by kind or by a stretch of time, empty stretches between included. Raises `UsageError`."""
    if by == "kind":
        return {kind: [e for e in events if e.kind == kind] for kind in in_order({e.kind for e in events})}
    if by not in STRETCHES:
        raise UsageError(f"There are no maps by {by!r}. Choose one of: kind, {', '.join(STRETCHES)}.")
    stretch = STRETCHES[by]
    dated = [(stretch(e.when.first), e) for e in events if e.when and e.when.first]
    if not dated:
        raise EmptyInput(f"No event has a day, so none can go by {by}. Give the day of publication: --published DATE")
    found: dict[tuple[date, date], list[Event]] = {}
    here, last = min(key for key, _ in dated), max(key for key, _ in dated)
    while here <= last and len(found) <= MOST:
        found[here] = [event for key, event in dated if key == here]
        here = stretch(here[1] + timedelta(days=1))
    if len(found) > MOST:
        longer = next((name for name in ("week", "month", "year") if name > by and name != by), "year")
        raise UsageError(f"By {by} there would be more than {MOST} maps. Take longer stretches: --by {longer}")
    years = len({day.year for key in found for day in key}) > 1
    return {summary.period(key, short=True, year=years): held for key, held in found.items()}


def draw_multiples(events: EventSet, options: Options) -> Figure:
    """Draw one small map for each kind of event, or day, week, month or year; all of the same ground and scale."""
    chosen = summary.conflict(events, diplomacy=options.diplomacy)
    found = marks(chosen)
    if not found:
        raise EmptyInput("No event took place at a known place, so there is nothing to map.")
    parts = groups([event for event in chosen if event.where], options.by)
    paper = paper_of(options)
    text, margin, width = paper.size.text, paper.margin, paper.width
    top = furniture.heading(paper, *summary.headlines(chosen, options))
    undated = len([e for e in chosen if e.where]) - sum(len(part) for part in parts.values())
    told = f"Not shown: {summary.counted(undated, 'event')} without a day." if undated else ""
    foot = furniture.notes(paper, [f"{told} {summary.method(events)}", summary.attribution(options)], width)
    about = framed(found, Rect(0, 0, width / 2, width / 2), options.box)
    grows = min((symbols.settled(paper, marks(part), about)[1] for part in parts.values()), key=lambda g: g.growth)
    rows = legend.rows(paper, symbols.symbols(found, about, grows), grows)
    columns = COLUMNS[paper.size.legend]
    high = max(legend.height(paper, column) for column in legend.columns(paper, rows, columns))
    legend.draw(paper, rows, Rect(margin, foot, width, high), columns)
    within = Rect(margin, foot + high + text, width, top - foot - high - text)
    cells = _cells(within, len(parts), text)
    frame = framed(found, cells[0], options.box)
    for (name, held), cell in zip(parts.items(), cells, strict=False):
        _panel(paper, (name, held), replace(frame, rect=cell), grows, options.boundaries)
    return paper.figure


def _cells(within: Rect, count: int, text: float) -> list[Rect]:
    """Return the frames of so many maps, under their titles: as many columns as make the maps nearest to square."""
    gap, head = 1.2 * text, 1.7 * text

    def shape(columns: int) -> tuple[float, float]:
        rows = ceil(count / columns)
        return (within.width - (columns - 1) * gap) / columns, (within.height - (rows - 1) * gap) / rows - head

    columns = max(range(1, count + 1), key=lambda n: min(shape(n)[0], 1.25 * shape(n)[1]))
    wide, high = shape(columns)
    spots = [divmod(n, columns) for n in range(count)]
    return [
        Rect(within.x + column * (wide + gap), within.top - (row + 1) * (high + head) - row * gap, wide, high)
        for row, column in spots
    ]


def _panel(
    paper: Paper, part: tuple[str, Sequence[Event]], frame: Frame, grows: Growth, boundaries: Path | str | None
) -> None:
    name, held = part
    rect, text = frame.rect, paper.size.text
    placed = symbols.symbols(marks(held), frame, grows)
    draw_frame(paper, frame, placed, boundaries)
    deaths = sum(count(event.killed) or 0 for event in held)
    told = f"{len(held):,}"
    more = f"{told} · {deaths:,} dead" if deaths else told
    if paper.measure(name, size=0.95, weight="bold") + paper.measure(more, size=0.9) + text < rect.width:
        told = more
    room = rect.width - paper.measure(told, size=0.9) - 0.4 * text
    size = min(0.95, 0.95 * room / paper.measure(name, size=0.95, weight="bold"))
    paper.text(rect.x, rect.top + 0.5 * text, name, size=size, weight="bold")
    paper.text(rect.right, rect.top + 0.5 * text, told, size=0.9, ha="right", color=paper.ink.soft)
