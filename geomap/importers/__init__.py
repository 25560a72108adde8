"""Event files -> EventSet, to be drawn and compared: ACLED, UCDP GED, GDELT, and any table of points, ours too."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from geomap.errors import UnreadableInput, require
from geomap.importers import acled, gdelt, table, ucdp
from geomap.importers.made import Row
from geomap.model import EventSet, Failure

if TYPE_CHECKING:
    from geomap.model import Document, Event


Reading: TypeAlias = Callable[[Mapping[str, str], str], Row | None]
"""What makes an event of a row and its file's name."""


@dataclass(frozen=True, slots=True)
class Importer:
    """A dataset's files: whether columns are its own, and what makes an event of a row, or None of it."""

    is_one: Callable[[set[str]], bool]
    read: Reading
    description: str


IMPORTERS: dict[str, Importer] = {
    "acled": Importer(acled.COLUMNS.issubset, acled.read, "ACLED's CSV, as exported or from its API"),
    "ucdp": Importer(ucdp.COLUMNS.issubset, ucdp.read, "UCDP's Georeferenced Event Dataset, and its candidates"),
    "gdelt": Importer(gdelt.COLUMNS.issubset, gdelt.read, "GDELT events, 1.0 and 2.0, with a header or raw"),
    "table": Importer(table.is_table, table.read, "any table with latitude and longitude, geomap's own csv among them"),
}
"""The datasets that can be read; the first that knows a file's columns reads it."""


_TAGS = 2


def sniff(first_line: str) -> str | None:
    """Return the dataset that a file is of, by its first line."""
    cells = next(csv.reader([first_line.lstrip("\ufeff")], delimiter=_delimiter(first_line)), [])
    names = {cell.strip().lower() for cell in cells}
    for name, importer in IMPORTERS.items():
        if importer.is_one(names):
            return name
    return "gdelt" if gdelt.is_raw(cells) else None


def parse(lines: Iterable[str], *, name: str = "input", format: str | None = None) -> EventSet:  # noqa: A002 - as users type it
    """Read the lines of a dataset's file. A row that cannot be read becomes a failure; the others go on.

    Raises `UsageError` for a dataset that is not in the table, `UnreadableInput` where the columns are of none.
    """
    if format is not None:
        require(format, IMPORTERS, "dataset")
    source = iter(lines)
    first = next(source, "")
    chosen = format or sniff(first)
    if chosen is None:
        raise UnreadableInput(
            f"{name} has the columns of no dataset that geomap knows: {', '.join(IMPORTERS)}. "
            "A table of events needs columns latitude and longitude. "
            "For articles, type: geomap map ARTICLE, or geomap extract ARTICLE."
        )
    return made_of(_rows(first, source), IMPORTERS[chosen].read, name=name, dataset=chosen)


def made_of(rows: Iterable[tuple[int, Mapping[str, str]]], read: Reading, *, name: str, dataset: str) -> EventSet:
    """Make events of numbered rows."""
    documents: dict[str, Document] = {}
    events: dict[str, Event] = {}
    failures: list[Failure] = []
    for number, row in rows:
        try:
            made = read(row, name)
        except (ValueError, KeyError, TypeError, OverflowError) as error:
            failures.append(Failure(f"{name}, row {number}", f"not a row of {dataset}: {error}"))
            continue
        if made is not None:
            documents[made.document.id] = made.document
            events[made.event.id] = made.event
    return EventSet(tuple(documents.values()), dict.fromkeys(documents, ()), tuple(events.values()), tuple(failures))


def is_events(first_line: str) -> bool:
    """Say whether a table's first line has the columns of events and none of articles' texts."""
    from geomap.readers.records import FIELDS, plain

    names = next(csv.reader([first_line.lstrip("\ufeff")], delimiter=_delimiter(first_line)), [])
    return sniff(first_line) is not None and not {plain(name) for name in names} & set(FIELDS["text"])


def _delimiter(line: str) -> str:
    return max(",;\t", key=line.count)


def _rows(first: str, rest: Iterator[str]) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Yield rows by their columns' names in small letters, and their numbers."""
    delimiter = _delimiter(first)
    head = next(csv.reader([first.lstrip("\ufeff").rstrip("\r\n")], delimiter=delimiter), [])
    raw = gdelt.is_raw(head)
    names = gdelt.names(len(head)) if raw else [cell.strip().lower() for cell in head]
    if raw:
        yield 1, dict(zip(names, head, strict=False))
    for number, cells in enumerate(_cells(rest, delimiter, raw=raw), 2):
        tags = number == _TAGS and all(cell.startswith("#") for cell in cells if cell)  # HXL's second line
        if cells and not tags:
            yield number, dict(zip(names, cells, strict=False))


def _cells(lines: Iterator[str], delimiter: str, *, raw: bool) -> Iterator[list[str]]:
    if raw:  # GDELT quotes nothing: a quotation mark in it is a letter
        return (line.rstrip("\r\n").split(delimiter) for line in lines if line.strip())
    return csv.reader(lines, delimiter=delimiter)
