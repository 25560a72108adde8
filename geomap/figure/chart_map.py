"""The map."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geomap.errors import EmptyInput, UsageError, require
from geomap.export.countries import country
from geomap.figure import furniture, ground, legend, summary, symbols
from geomap.figure.frame import Frame, Rect, fit, seen, world
from geomap.figure.labels import Label, Room, centred, place
from geomap.figure.marks import marks
from geomap.figure.paper import SIZES, Paper, sheet
from geomap.figure.symbols import Symbol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from matplotlib.figure import Figure

    from geomap.figure.ground import Ground
    from geomap.figure.marks import Mark
    from geomap.figure.options import Options
    from geomap.geometry import Box
    from geomap.model import Event, EventSet

_MOST_TOWNS, _MOST_NAMES = 45, 150
COLUMNS = {"side": 3, "below": 2}
"""How many columns a legend has that stands below the map."""
_HAIR = "\u200a"


def draw_map(events: EventSet, options: Options) -> Figure:
    """Draw the events that took place, on a map of where they were. Raises `EmptyInput` where none has a place."""
    chosen = summary.conflict(events, diplomacy=options.diplomacy)
    found, national = _apart(marks(chosen))
    if not found:
        raise EmptyInput("No event took place at a known place, so there is nothing to map.")
    paper = paper_of(options)
    top = furniture.heading(paper, *summary.headlines(chosen, options))
    notes = [f"{summary.left_out(events, chosen, len(chosen))} {summary.method(events)}", summary.attribution(options)]
    layout = _laid_out(paper, top, notes, (found, national), options)
    frame, placed = layout.frame, layout.placed
    outside = sum(len(m.events) for m in found) - sum(len(s.mark.events) for s in placed)
    notes[0] = f"{summary.left_out(events, chosen, outside)} {summary.method(events)}"
    furniture.notes(paper, notes, frame.rect.width)
    under, room = draw_frame(paper, frame, placed, options.boundaries)
    if not layout.beside:
        furniture.inset(paper, frame, room)
    furniture.scale_bar(paper, frame, room)
    if options.labels:
        _name(paper, under, placed, room)
    if layout.beside:
        _beside(paper, frame, layout.side, layout.rows, chosen)
    else:
        legend.draw(paper, layout.rows, layout.side, COLUMNS[paper.size.legend])
    return paper.figure


def _apart(found: Sequence[Mark]) -> tuple[list[Mark], list[Mark]]:
    """Part the places from the countries that are all that is known of an event, unless there is nothing else."""
    national = [mark for mark in found if mark.national]
    placed = [mark for mark in found if not mark.national]
    return (placed, national) if placed else (national, [])


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where everything stands: the map's frame and symbols, the legend's place and lines, and if that is beside."""

    frame: Frame
    placed: list[Symbol]
    side: Rect
    rows: list[list[legend.Row]]
    beside: bool


def _laid_out(
    paper: Paper, top: float, notes: Sequence[str], marks_: tuple[Sequence[Mark], Sequence[Mark]], options: Options
) -> _Layout:
    """Find the frame and the legend, which depend on each other: the world needs all the width, a legend its height."""
    found, national = marks_
    beside, below = paper.size.legend == "side", 0.0
    while True:
        main, side = _split(paper, top, notes, None if beside else below)
        frame = framed(found, main, options.box)
        if frame.whole and beside:
            beside = False
            continue
        placed, grows = symbols.settled(paper, found, frame)
        rows = legend.rows(paper, placed, grows, halos=bool(symbols.halos(placed, frame)), national=national)
        columns = legend.columns(paper, rows, COLUMNS[paper.size.legend])
        needed = max(legend.height(paper, column) for column in columns) + paper.size.text
        if beside or needed <= below:
            return _Layout(frame, placed, side, rows, beside)
        below = needed + 0.5 * paper.size.text


def paper_of(options: Options) -> Paper:
    """Return a blank sheet of a size of the table. Raises `UsageError`."""
    require(options.size, SIZES, "size")
    return sheet(SIZES[options.size], grey=options.grey)


def _split(paper: Paper, top: float, notes: Sequence[str], below: float | None) -> tuple[Rect, Rect]:
    """Cut what is left of the sheet into the map, over its notes, and the legend's place: beside, or so high below."""
    text, margin, width = paper.size.text, paper.margin, paper.width
    if below is None:
        beside, gap = 21.5 * text, 1.6 * text
        foot = furniture.notes_top(paper, notes, width - beside - gap)
        main = Rect(margin, foot, width - beside - gap, top - foot)
        return main, Rect(main.right + gap, margin, beside, top - margin)
    foot = furniture.notes_top(paper, notes, width)
    main = Rect(margin, foot + below, width, top - foot - below)
    return main, Rect(margin, foot, width, below - text)


def framed(found: Sequence[Mark], rect: Rect, box: Box | None = None) -> Frame:
    """Return the frame that is asked for, or else the one that holds what is worth showing."""
    if box is None:
        return fit([(mark.longitude, mark.latitude) for mark in seen(found)], rect)
    west, south, east, north = box
    if not (-90 <= south < north <= 90 and -180 <= west <= 180 and -180 <= east <= 180):  # noqa: PLR2004 - degrees
        raise UsageError("A box is west,south,east,north in degrees, such as --box 35.5,32.2,42.4,37.4")
    east += 360 if east < west else 0
    if east - west > 150:  # noqa: PLR2004 - degrees
        return world(rect, (west + east) / 2)
    edge = [(x, y) for x in (west, (west + east) / 2, east) for y in (south, (south + north) / 2, north)]
    return fit(edge, rect, margin=1.0)


def draw_frame(
    paper: Paper, frame: Frame, placed: Sequence[Symbol], boundaries: Path | str | None = None
) -> tuple[Ground, Room]:
    """Draw the ground and the symbols of a frame; return the ground, and what room is left for words."""
    backdrop = "none" if frame.whole else paper.ink.sea
    edge = furniture.border(paper, frame.rect, facecolor=backdrop, linewidth=0, zorder=0)
    if frame.whole:
        outline = {"facecolor": paper.ink.sea, "edgecolor": paper.ink.coast, "linewidth": 0.5, "zorder": 0.5}
        edge = paper.polygon(ground.globe(frame), **outline)
    under = ground.ground(frame, boundaries=boundaries)
    ground.draw(paper, under, edge)
    symbols.draw(paper, placed, frame, edge)
    if not frame.whole:
        furniture.border(paper, frame.rect)
    return under, Room(frame.rect, discs=[(s.x, s.y, s.radius) for s in placed])


def _name(paper: Paper, under: Ground, placed: Sequence[Symbol], room: Room) -> None:
    """Name the places of events, then countries, then towns to find one's way by, while there is room."""
    order = sorted(placed, key=lambda s: (-s.mark.deaths, -len(s.mark.events), s.mark.name))[:_MOST_NAMES]
    own = [
        Label(s.mark.label, s.x, s.y, s.radius, 1.0, colour=paper.ink.text)
        for s in order
        if s.mark.name and not s.mark.areal
    ]
    place(paper, own, room)
    vague = [
        Label(s.mark.label, s.x, s.y, s.radius, 0.95, slant="italic", colour=paper.ink.soft)
        for s in order
        if s.mark.areal
    ]
    place(paper, vague, room)
    if under.frame.whole:
        return
    for code, spots in sorted(ground.countries(under).items(), key=lambda item: -item[1][0][0] if item[1] else 0):
        land = country(code)
        if land and spots:
            words = _HAIR.join(land.name.upper())
            size = min(max(0.8, spots[0][0] / 60), 1.15)
            middle = Label(words, 0, 0, 0, size, "bold", colour=paper.ink.country)
            least = max(paper.measure(words, size=size, weight="bold") / 5, 0.8 * size * paper.size.text)
            centred(paper, middle, ((x, y) for clear, x, y in spots if clear > least), room)
    for sea, x, y in ground.seas_within(under.frame):
        water = Label(sea, 0, 0, 0, 0.9, slant="italic", colour=paper.ink.water)
        centred(paper, water, ((x, y + n * paper.size.text) for n in (0, 1, -1, 2, -2)), room)
    named = {s.mark.name for s in placed}
    for town, x, y in ground.towns_within(under.frame)[:_MOST_TOWNS]:
        if town.name not in named and not any((x - s.x) ** 2 + (y - s.y) ** 2 < s.radius**2 for s in placed):
            named.add(town.name)
            _town(paper, Label(town.name, x, y, 0.16 * paper.size.text, 0.85, colour=paper.ink.soft), room)


def _town(paper: Paper, label: Label, room: Room) -> None:
    if not room.covers(label.x, label.y, label.gap) and not place(paper, [label], room):
        paper.circle(label.x, label.y, label.gap, facecolor=paper.ink.soft, edgecolor="none", zorder=4)
        room.discs.append((label.x, label.y, label.gap))


def _beside(paper: Paper, frame: Frame, side: Rect, rows: list[list[legend.Row]], chosen: Sequence[Event]) -> None:
    """Draw the legend beside the map, over it the locator, and under it when events were, in what height it leaves."""
    gap, needed = 1.2 * paper.size.text, legend.height(paper, rows)
    left = side.height - needed - gap
    chart = legend.CHART * paper.size.text if left - legend.CHART * paper.size.text > side.width * 0.42 else 0.0
    high = min(side.width * 0.68, left - chart) + gap
    if high > side.width * 0.3 and furniture.needs_locator(frame):
        furniture.locator(paper, frame, Rect(side.x, side.top - high + gap, side.width, high - gap))
    else:
        high = 0.0
    legend.draw(paper, rows, Rect(side.x, side.y, side.width, side.height - high))
    legend.over_time(paper, chosen, Rect(side.x, side.y, side.width, side.height - high - needed))
