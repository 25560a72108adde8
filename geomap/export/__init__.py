"""EventSet -> file. Each format is one function `write(events, file)` and one row of `FORMATS`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass
from typing import IO, Any

from geomap.export import acled, flat, geojson, gis, hxl, ics, jsonl, kml, ucdp, xlsx
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


def _bytes(
    name: str,
    suffix: str,
    write: Callable[[EventSet, IO[bytes]], None],
    description: str,
    extra: str | None = None,
) -> Format:
    return Format(name, suffix, binary=True, write=write, extra=extra, description=description)


FORMATS: dict[str, Format] = {
    row.name: row
    for row in (
        _text("jsonl", ".jsonl", jsonl.write, "geomap's own: a document a line, all that is known"),
        _text("geojson", ".geojson", geojson.write, "RFC 7946 points, for any GIS or web map"),
        _text("csv", ".csv", flat.write, "one event a row, every status, for spreadsheets and R"),
        _text("acled", ".acled.csv", acled.write, "ACLED's 31 columns: what happened, at known places"),
        _text("ucdp", ".ucdp.csv", ucdp.write, "UCDP GED's columns: armed violence, at known places"),
        _text("hxl", ".hxl.csv", hxl.write, "CSV under HXL hashtags, for humanitarian tools"),
        _text("ics", ".ics", ics.write, "a calendar of what is planned"),
        _bytes("kml", ".kml", kml.write, "for Google Earth, with time"),
        _bytes("kmz", ".kmz", kml.write_kmz, "the same, zipped with the map's symbols"),
        _bytes("gpkg", ".gpkg", gis.write_gpkg, "GeoPackage, for QGIS and ArcGIS", "formats"),
        _bytes("shapefile", ".shp.zip", gis.write_shapefile, "a zipped shapefile; its texts are cut short", "formats"),
        _bytes("geoparquet", ".parquet", gis.write_geoparquet, "GeoParquet, for data tools", "formats"),
        _bytes("xlsx", ".xlsx", xlsx.write, "an Excel workbook that explains its columns", "formats"),
    )
}
