"""Tables that are no CSV: GeoJSON, and the sheets of a workbook, as the rows that a CSV of them would have."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from geomap.errors import UnreadableInput
from geomap.importers import made_of
from geomap.importers.table import is_table, read

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from geomap.model import EventSet

SHEET = "Events"
"""The sheet that geomap writes; of another's workbook the first that holds points is read."""


def is_geojson(text: str) -> bool:
    """Say whether a text begins as GeoJSON's features do; a line of geomap's jsonl does not."""
    return '"FeatureCollection"' in text[:2000] and '"toponyms"' not in text[:2000]


def parse_geojson(text: str, *, name: str) -> EventSet:
    """Read the points of a GeoJSON file. Raises `UnreadableInput`."""
    try:
        features = json.loads(text)["features"]
        rows = [_of_feature(feature) for feature in features]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UnreadableInput(f"{name} is no GeoJSON file of points ({error}).") from error
    return made_of(enumerate(rows, 1), read, name=name, dataset="GeoJSON's points")


def _of_feature(feature: Mapping[str, Any]) -> dict[str, str]:
    row = {key.strip().lower(): _text(value) for key, value in (feature.get("properties") or {}).items()}
    if feature.get("id") is not None:
        row["id"] = str(feature["id"])
    shape = feature.get("geometry")
    if shape is not None:
        if shape["type"] != "Point":
            raise ValueError(f"a {shape['type']}, not a Point")
        row["longitude"], row["latitude"] = (str(degrees) for degrees in shape["coordinates"][:2])
    return row


def parse_workbook(path: Path) -> EventSet:
    """Read the first sheet that holds points. Raises `UnreadableInput`; `MissingExtra` without openpyxl."""
    from geomap.extras import extra

    with extra("formats", "A workbook"):
        from openpyxl import load_workbook
    try:
        book = load_workbook(path, read_only=True, data_only=True)
        sheets = sorted(book.worksheets, key=lambda sheet: sheet.title != SHEET)
        tables = [[[_text(cell) for cell in row] for row in sheet.iter_rows(values_only=True)] for sheet in sheets]
    except Exception as error:
        raise UnreadableInput(f"{path} cannot be read as a workbook: {error}") from error
    for table in tables:
        for number, head in enumerate(table[:10], 1):
            names = [cell.strip().lower() for cell in head]
            if is_table(set(names)):
                rows = (dict(zip(names, row, strict=False)) for row in table[number:])
                return made_of(enumerate(rows, number + 1), read, name=str(path), dataset="a table")
    raise UnreadableInput(f"{path} has no sheet with columns latitude and longitude.")


def _text(cell: object) -> str:
    """Return a cell as CSV would have it: a day without its midnight, a list joined, nothing as nothing."""
    if cell is None:
        return ""
    if isinstance(cell, datetime | date):
        return cell.isoformat()
    return "; ".join(map(str, cell)) if isinstance(cell, list) else str(cell)
