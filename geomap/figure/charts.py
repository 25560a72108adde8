"""Charts without a map: events and deaths over time, and deaths by place."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from geomap.errors import EmptyInput
from geomap.export.countries import country
from geomap.export.facts import count
from geomap.figure import furniture, summary
from geomap.figure.chart_map import paper_of
from geomap.figure.frame import Rect
from geomap.figure.paper import family
from geomap.figure.stretches import STRETCHES, shortest
from geomap.figure.symbols import shape
from geomap.palette import in_order

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from matplotlib.figure import Figure

    from geomap.figure.options import Options
    from geomap.figure.paper import Paper
    from geomap.model import Event, EventSet

_MOST_BARS = 60
_MOST_PLACES = 20


def draw_timeline(events: EventSet, options: Options) -> Figure:
    """Draw how many events of each kind there were, and below how many dead were reported, over time."""
    chosen = summary.conflict(events, diplomacy=options.diplomacy)
    dated = [(event.when.first, event) for event in chosen if event.when and event.when.first]
    if not dated:
        raise EmptyInput("No event has a day, so there is no timeline. Give the day of publication: --published DATE")
    paper = paper_of(options)
    undated = len(chosen) - len(dated)
    note = f"Not shown: {summary.counted(undated, 'event')} without a day." if undated else ""
    within = _around(paper, events, summary.headlines(chosen, options), note)
    name, starts = shortest([day for day, _ in dated], _MOST_BARS)
    stretch = STRETCHES[name]
    held = {start: [event for day, event in dated if stretch(day)[0] == start] for start in starts}
    text, kinds = paper.size.text, in_order({event.kind for _, event in dated})
    within = replace(within, height=_keys(paper, kinds, Counter(event.kind for _, event in dated), within) - within.y)
    below = 0.36 * within.height
    high = within.height - below - 3.4 * text
    upper = _axes(paper, Rect(within.x, within.y + below + 2.6 * text, within.width, high))
    lower = _axes(paper, Rect(within.x, within.y + 1.8 * text, within.width, below - 2.2 * text))
    width = max((stretch(start)[1] - start).days + 1 for start in starts) * 0.86
    _stack(paper, upper, held, kinds, width)
    _deaths(paper, lower, held, width)
    for axes in (upper, lower):
        first, last = starts[0], stretch(starts[-1])[1]
        axes.set_xlim(first.toordinal() - width * 0.12, last.toordinal() + 1)
    _days(paper, lower, starts)
    upper.set_xticks([])
    paper.text(paper.margin, within.top + 0.4 * text, f"Events a {name}", weight="bold", size=0.95)
    _caption(paper, lower, f"Reported deaths a {name}; lines: lowest to highest figure")
    return paper.figure


def _around(paper: Paper, events: EventSet, words: tuple[str, str], note: str) -> Rect:
    """Write the title and the notes, and return what is left of the sheet for a chart and its ticks."""
    text = paper.size.text
    top = furniture.heading(paper, *words)
    foot = furniture.notes(paper, [f"{note} {summary.method(events)}", "Places: GeoNames, CC BY 4.0."], paper.width)
    return Rect(paper.margin + 2.6 * text, foot, paper.width - 2.6 * text, top - foot)


def _axes(paper: Paper, rect: Rect) -> Any:  # noqa: ANN401 - matplotlib's
    """Return axes in a rectangle of the sheet: a floor, faint lines across, no box."""
    from matplotlib.ticker import MaxNLocator

    size, text = paper.size, paper.size.text
    axes = paper.figure.add_axes(
        (rect.x / size.width, rect.y / size.height, rect.width / size.width, rect.height / size.height)
    )
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.spines["bottom"].set(color=paper.ink.soft, linewidth=0.1 * text)
    axes.tick_params(length=0, labelsize=0.9 * text, labelcolor=paper.ink.soft, labelfontfamily=family("0"))
    axes.grid(axis="y", color="#DDDDDD", linewidth=0.07 * text)
    axes.set_axisbelow(True)
    axes.set_facecolor("none")
    axes.yaxis.set_major_locator(MaxNLocator(nbins=5, integer=True))
    return axes


def _stack(paper: Paper, axes: Any, held: dict[date, list[Event]], kinds: Sequence[str], width: float) -> None:  # noqa: ANN401 - matplotlib's
    at = [start.toordinal() for start in held]
    floor = [0] * len(at)
    for kind in kinds:
        high = [sum(event.kind == kind for event in here) for here in held.values()]
        looks = {"edgecolor": paper.ink.rim, "linewidth": 0.05 * paper.size.text, "align": "edge"}
        axes.bar(at, high, width, floor, color=paper.fill(kind), **looks)
        floor = [a + b for a, b in zip(floor, high, strict=True)]
    axes.set_ylim(0, max(floor) * 1.08)


def _deaths(paper: Paper, axes: Any, held: dict[date, list[Event]], width: float) -> None:  # noqa: ANN401 - matplotlib's
    at = [start.toordinal() for start in held]
    sums = [_toll(here) for here in held.values()]
    looks = {"edgecolor": paper.ink.rim, "linewidth": 0.05 * paper.size.text, "align": "edge"}
    axes.bar(at, [best for _, best, _ in sums], width, color="#6B6B6B", **looks)
    for x, (low, _, high) in zip(at, sums, strict=True):
        if high > low:
            axes.plot([x + width / 2] * 2, [low, high], color=paper.ink.text, linewidth=0.12 * paper.size.text)
    axes.set_ylim(0, max(max(high for *_, high in sums) * 1.08, 1))


def _toll(events: Sequence[Event]) -> tuple[int, int, int]:
    """Add up the lowest, best and highest reported dead; where no highest is told, the best stands for it."""
    killed = [event.killed for event in events if event.killed]
    best = [count(toll) or 0 for toll in killed]
    low = sum(min(toll.low, b) for toll, b in zip(killed, best, strict=True))
    high = sum(max(toll.high or 0, b) for toll, b in zip(killed, best, strict=True))
    return low, sum(best), high


def _days(paper: Paper, axes: Any, starts: Sequence[date]) -> None:  # noqa: ANN401 - matplotlib's
    """Write under the floor as many days as fit, the year where it changes."""
    wide = paper.measure("28 May 2013", size=0.9) * 1.5
    room = max(int(axes.get_position().width * paper.size.width / wide), 1)
    step = max(-(-len(starts) // room), 1)
    shown = list(starts[::step])
    names = [
        summary.named(day, short=True, year=n == 0 or day.year != shown[n - 1].year) for n, day in enumerate(shown)
    ]
    axes.set_xticks([day.toordinal() for day in shown], names, ha="left")


def _caption(paper: Paper, axes: Any, words: str) -> None:  # noqa: ANN401 - matplotlib's
    place = axes.get_position()
    x, y = paper.margin, place.y1 * paper.size.height + 0.5 * paper.size.text
    paper.text(x, y, words, weight="bold", size=0.95)


def _keys(paper: Paper, kinds: Sequence[str], numbers: Counter[str], within: Rect) -> float:
    """Write the kinds and their numbers over the bars, in as many lines as they need; return where these end."""
    text = paper.size.text
    first = within.x + 11 * text
    x, y = first, within.top - 0.9 * text
    for kind in kinds:
        words = f"{kind} {numbers[kind]:,}"
        wide = paper.measure(words, size=0.9) + 3 * text
        if x + wide > within.right and x > first:
            x, y = first, y - 1.5 * text
        shape(paper, kind, (x + 0.6 * text, y, 0.5 * text), zorder=22)
        paper.text(x + 1.5 * text, y, words, size=0.9, middle=True)
        x += wide
    return y - 1.1 * text


def draw_places(events: EventSet, options: Options) -> Figure:
    """Draw a bar of the reported dead for each of the deadliest places, split by kind, the range of figures on it."""
    chosen = summary.conflict(events, diplomacy=options.diplomacy)
    places: dict[str, list[Event]] = {}
    for event in chosen:
        if event.where and count(event.killed):
            land = country(event.where.place.country)
            name = event.where.place.name
            places.setdefault(f"{name}, {land.name}" if land and land.name != name else name, []).append(event)
    if not places:
        raise EmptyInput("No event at a known place tells of dead, so there are no bars to draw.")
    ranked = sorted(places.items(), key=lambda item: (-_toll(item[1])[1], item[0]))
    paper = paper_of(options)
    rest = len(ranked) - _MOST_PLACES
    note = f"Not shown: {summary.counted(rest, 'place')} with fewer." if rest > 0 else ""
    within = _around(paper, events, summary.headlines(chosen, options, title_="Reported deaths by place"), note)
    shown = dict(ranked[:_MOST_PLACES])
    numbers = Counter(event.kind for here in shown.values() for event in here)
    _bars(paper, shown, replace(within, height=_keys(paper, in_order(set(numbers)), numbers, within) - within.y))
    return paper.figure


def _bars(paper: Paper, shown: dict[str, list[Event]], within: Rect) -> None:
    text = paper.size.text
    names = max(paper.measure(name) for name in shown)
    left = min(paper.margin + names + text, within.right * 0.5)
    lane = min((within.height - 0.5 * text) / len(shown), 2.4 * text)
    tolls = {name: _toll(here) for name, here in shown.items()}
    told = {name: _figures(toll) for name, toll in tolls.items()}
    room = within.right - left - text
    per_death = min((room - paper.measure(told[name], size=0.9)) / high for name, (_, _, high) in tolls.items())
    y = within.top
    for name, here in shown.items():
        y -= lane
        middle, x = y + lane / 2, left
        low, _, high = tolls[name]
        paper.text(left - 0.6 * text, middle, name, ha="right", middle=True)
        for kind in in_order({event.kind for event in here}):
            wide = per_death * sum(count(event.killed) or 0 for event in here if event.kind == kind)
            corners = [
                (x, y + 0.15 * lane),
                (x + wide, y + 0.15 * lane),
                (x + wide, y + 0.85 * lane),
                (x, y + 0.85 * lane),
            ]
            paper.polygon(corners, facecolor=paper.fill(kind), edgecolor=paper.ink.rim, linewidth=0.06 * text)
            x += wide
        if high > low:
            ends = [left + low * per_death, left + high * per_death]
            paper.line(ends, [middle, middle], color=paper.ink.text, linewidth=0.12 * text, zorder=9)
        paper.text(left + high * per_death + 0.5 * text, middle, told[name], middle=True, size=0.9)
    paper.line([left, left], [y, within.top], color=paper.ink.soft, linewidth=0.1 * text)


def _figures(toll: tuple[int, int, int]) -> str:
    low, best, high = toll
    return f"{best:,}" if high == low else f"{best:,} ({low:,}–{high:,})"
