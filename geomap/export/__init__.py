"""EventSet -> file. Each format is one function `write(events, file)` and one row of `FORMATS`."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass
from typing import IO, TYPE_CHECKING, Any

from geomap.export import acled, flat, geojson, jsonl, ucdp

if TYPE_CHECKING:
    from collections.abc import Callable

    from geomap.model import EventSet


@dataclass(frozen=True, slots=True)
class Format:
    """A way to write an `EventSet` to a file.

    `write(events, file)` wants a file opened for bytes where `binary` is set, and otherwise for text in UTF-8 with
    `newline=""`. `extra` names the optional libraries it needs, None where it needs none.
    """

    name: str
    suffix: str
    _: KW_ONLY
    binary: bool = False
    write: Callable[[EventSet, IO[Any]], None]
    extra: str | None = None
    description: str


def _text(name: str, suffix: str, write: Callable[[EventSet, IO[str]], None], description: str) -> Format:
    return Format(name, suffix, write=write, description=description)


FORMATS: dict[str, Format] = {
    row.name: row
    for row in (
        _text("jsonl", ".jsonl", jsonl.write, "geomap's own: a document a line, all that is known"),
        _text("geojson", ".geojson", geojson.write, "RFC 7946 points, for any GIS or web map"),
        _text("csv", ".csv", flat.write, "one event a row, every status, for spreadsheets and R"),
        _text("acled", ".acled.csv", acled.write, "ACLED's 31 columns: what happened, at known places"),
        _text("ucdp", ".ucdp.csv", ucdp.write, "UCDP GED's columns: armed violence, at known places"),
    )
}
