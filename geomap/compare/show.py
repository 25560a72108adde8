"""A comparison in words, as a table, and on a map."""

from __future__ import annotations

import csv
import json
from collections import Counter
from statistics import median
from typing import IO, TYPE_CHECKING, Any

from geomap.compare import Comparison, lines
from geomap.export.cells import Cell, clean, defuse
from geomap.export.facts import count
from geomap.figure.summary import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    import folium

    from geomap.model import Event, EventSet

COLUMNS = (
    "found", "our_id", "their_id", "our_kind", "their_kind", "our_day", "their_day", "our_place", "their_place",
    "latitude", "longitude", "km", "days", "our_killed", "their_killed",
)  # fmt: skip
"""The columns of the table."""

BOTH, OURS, THEIRS = "#0B7A5E", "#B24A00", "#6A3D9A"
"""The colours of the map's rings."""

_LISTED = 20


def rows(found: Comparison) -> Iterable[dict[str, Cell]]:
    """Yield a row for each event that both have or only one."""
    for pair in found.both:
        yield _row("both", pair.ours, pair.theirs) | {"km": round(pair.km, 1), "days": pair.days}
    for event in found.only_ours:
        yield _row("only ours", event, None)
    for event in found.only_theirs:
        yield _row("only theirs", None, event)


def _row(what: str, ours: Event | None, theirs: Event | None) -> dict[str, Cell]:
    row: dict[str, Cell] = dict.fromkeys(COLUMNS)
    row["found"] = what
    for side, event in (("their", theirs), ("our", ours)):
        if event and event.where and event.when and event.when.first:
            row |= {f"{side}_id": event.id, f"{side}_kind": event.kind, f"{side}_day": event.when.first.isoformat()}
            row |= {f"{side}_place": clean(event.where.place.name), f"{side}_killed": count(event.killed)}
            row |= {
                "latitude": round(event.where.place.latitude, 5),
                "longitude": round(event.where.place.longitude, 5),
            }
    return row


def write_csv(found: Comparison, file: IO[str]) -> None:
    """Write the table, formulas defused."""
    writer = csv.DictWriter(file, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({name: defuse(value) for name, value in row.items()} for row in rows(found))


def write_json(found: Comparison, file: IO[str]) -> None:
    """Write the numbers by type and the table."""
    kinds = [
        {"kind": n.kind, "both": n.both, "only_ours": n.only_ours, "only_theirs": n.only_theirs, "found": n.found}
        for n in lines(found)
    ]
    whole = {"kinds": kinds, "events": list(rows(found)), "skipped": found.skipped, "outside": found.outside}
    json.dump(whole, file, ensure_ascii=False, indent=1)
    file.write("\n")


def write_text(found: Comparison, file: IO[str]) -> None:
    """Write what a reader wants to know first: the numbers, how well what matches agrees, what is missing."""
    table = [("", "both", "only ours", "only theirs", "found")]
    for line in lines(found):
        share = f"{line.found:.0%}" if line.found is not None else "–"
        table.append((line.kind, str(line.both), str(line.only_ours), str(line.only_theirs), share))
    wide = max(len(row[0]) for row in table)
    file.writelines(f"{row[0]:<{wide}}{''.join(f'{cell:>13}' for cell in row[1:])}\n" for row in table)
    if found.both:
        near, days = median(pair.km for pair in found.both), median(pair.days for pair in found.both)
        kinds = sum(pair.same_kind for pair in found.both) / len(found.both)
        tolls = sum(pair.same_toll for pair in found.both) / len(found.both)
        file.write(f"\nWhat both have lies {near:.0f} km and {days:g} days apart (medians); ")
        file.write(f"{kinds:.0%} is of the same type, and of {tolls:.0%} the reported dead agree.\n")
    if found.skipped:
        file.write(f"{counted(found.skipped, 'event')} without a place or a day could not be compared.\n")
    if found.outside:
        file.write(f"{counted(found.outside, 'event')} outside the days that both cover were left out.\n")
    for title, events in (("Only theirs", found.only_theirs), ("Only ours", found.only_ours)):
        _list(title, events, file)


def _list(title: str, events: tuple[Event, ...], file: IO[str]) -> None:
    if not events:
        return
    file.write(f"\n{title}, the deadliest first\n")
    for event in sorted(events, key=lambda e: -(count(e.killed) or 0))[:_LISTED]:
        row = _row("", event, None)
        killed = f"{row['our_killed']} killed" if row["our_killed"] else ""
        file.write(f"  {row['our_day']}  {event.kind:<27}{row['our_place']:<24}{killed:<12}{clean(event.id)}\n")
    if len(events) > _LISTED:
        file.write(f"  and {len(events) - _LISTED:,} more\n")


FORMATS: dict[str, Callable[[Comparison, IO[str]], None]] = {"text": write_text, "csv": write_csv, "json": write_json}
"""How a comparison is written."""


def draw(found: Comparison, ours: EventSet, **options: Any) -> folium.Map:  # noqa: ANN401 - those of geomap.map.draw
    """Draw ours as `geomap draw` does, with rings around what both have, and layers of what only one has."""
    import folium

    from geomap.map import draw as draw_ours

    page = draw_ours(ours, **options)
    layers = (
        ("both", "In both", BOTH, [pair.theirs for pair in found.both], 13),
        ("ours", "Only in ours", OURS, found.only_ours, 11),
        ("theirs", "Only in theirs", THEIRS, found.only_theirs, 9),
    )
    for key, name, colour, events, radius in layers:
        title = f'<span style="color:{colour}">&#9679;</span> {name} ({len(events):,})'
        group = _named(folium.FeatureGroup(name=title), f"compare_{key}")
        looks: dict[str, Any] = {"radius": radius, "color": colour, "weight": 2.5, "fill_opacity": 0.3}
        points = Counter((e.where.place.latitude, e.where.place.longitude) for e in events if e.where)
        for place, (point, number) in enumerate(points.items()):
            ring = _named(folium.CircleMarker(point, fill=key == "theirs", **looks), f"compare_{key}_{place}")
            ring.add_child(_named(folium.Tooltip(f"{name}: {number:,}"), f"compare_{key}_{place}_tooltip"))
            group.add_child(ring)
        page.add_child(group)
    page.add_child(_named(folium.LayerControl(collapsed=False, position="bottomleft"), "compare_layers"))
    return page


def _named(element: Any, name: str) -> Any:  # noqa: ANN401 - branca's
    """Name an element after what it is: folium would name it at random, and each page would differ."""
    element._id = name  # noqa: SLF001 - branca has no public way to it
    return element


def save_map(found: Comparison, ours: EventSet, path: Path | str, **options: Any) -> None:  # noqa: ANN401 - those of draw
    """Draw the comparison into one HTML file."""
    from geomap.files import written

    page = draw(found, ours, **options).get_root().render()
    with written(path) as file:
        file.write(page)
