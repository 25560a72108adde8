"""An Excel workbook: the events, their sources, and what the columns mean. Needs the extra `formats`."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from typing import IO, TYPE_CHECKING, Any

from geomap.export.archive import members_of, write_zip
from geomap.export.cells import Cell, clean, defuse
from geomap.export.flat import COLUMNS, rows
from geomap.extras import extra

if TYPE_CHECKING:
    from collections.abc import Iterable

    from openpyxl import Workbook

    from geomap.model import EventSet

ABOUT: tuple[tuple[str, str], ...] = (
    ("What this is", "Events that geomap read out of news texts by machine. Check each against its evidence."),
    ("status", "happened, ongoing and attempted events took place; all others did not, not yet, or long ago."),
    (
        "start, end",
        "The days that the text's words mean, by the day of publication; empty if unknown.",
    ),
    ("time_precision", "1 the day, 2 within a week, 3 the month (ACLED's codes)."),
    (
        "geo_precision",
        "1 the place itself, 2 near it, 3 a larger region (ACLED's codes).",
    ),
    ("radius_km", "The event lies within so many kilometres of the point."),
    ("killed_low ... words", "Bounds, the figure to count with, and the words of the text. An empty high is open."),
    ("cumulative_killed", "A toll over more than this event. Never add it to others."),
    ("confidence", "0 to 1: how sure the machine is."),
    ("Places", "GeoNames, geonames.org, CC BY 4.0."),
)
"""The rows of the sheet that explains the workbook."""

_WIDTHS = {"evidence": 80, "title": 40, "sources": 40, "kind": 24, "sub_kind": 28, "place": 20, "id": 16}
_MOST_LETTERS = 32_767  # of a cell, by Excel's own limit
_MOST_ROWS = 1_048_575  # of a sheet under its header, the same
_CLOCK = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def write(events: EventSet, file: IO[bytes]) -> None:
    """Write the workbook: days are days, numbers are numbers, and no text is a formula."""
    with extra("formats", "The format xlsx"):
        from openpyxl import Workbook
    book = Workbook(write_only=True)
    lines = [[_typed(name, row[name]) for name in COLUMNS] for row in rows(events)]
    for number, start in enumerate(range(0, max(len(lines), 1), _MOST_ROWS), 1):
        title = "Events" if number == 1 else f"Events {number}"
        _sheet(book, title, tuple(COLUMNS), lines[start : start + _MOST_ROWS])
    sources = ([d.id, d.title, d.source, d.published, d.language] for d in events.documents)
    _sheet(book, "Sources", ("document", "title", "source", "published", "language"), sources)
    _sheet(book, "About", ("column", "meaning"), ABOUT)
    buffer = BytesIO()
    book.save(buffer)
    parts = members_of(buffer)
    parts["docProps/core.xml"] = _CLOCK.sub(rb"\g<1>2000-01-01T00:00:00Z", parts["docProps/core.xml"])
    write_zip(parts, file)


def _typed(name: str, value: Cell) -> Cell | date:
    if name in ("start", "end", "published") and isinstance(value, str):
        return date.fromisoformat(value)
    return value


def _sheet(book: Workbook, title: str, header: tuple[str, ...], lines: Iterable[Iterable[Any]]) -> None:
    """Add a sheet with a header that stays in sight and can be filtered by."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for number, name in enumerate(header, 1):
        sheet.column_dimensions[get_column_letter(number)].width = _WIDTHS.get(name, 90 if name == "meaning" else 14)
    cells = [WriteOnlyCell(sheet, name) for name in header]
    for cell in cells:
        cell.font = Font(bold=True)
    sheet.append(cells)
    count = 1
    for count, line in enumerate(lines, 2):  # noqa: B007 - used below: a write-only sheet does not count its rows
        sheet.append([_safe(value) for value in line])
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(header))}{count}"


def _safe(value: Cell | date) -> Cell | date:
    if isinstance(value, str):
        return defuse(clean(value)[:_MOST_LETTERS])
    return value
