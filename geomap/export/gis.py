"""Files of geographic information systems: GeoPackage, zipped shapefile, GeoParquet. Needs the extra `formats`."""

from __future__ import annotations

import tempfile
from io import BytesIO
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from geomap.export.archive import write_zip
from geomap.extras import extra
from geomap.tables import DAYS, to_geopandas

if TYPE_CHECKING:
    import geopandas

    from geomap.model import EventSet

LAYER = "events"
"""The name of the layer, or table, that holds the events."""

SHAPE_NAMES: dict[str, str] = {
    "id": "id",
    "kind": "kind",
    "sub_kind": "sub_kind",
    "status": "status",
    "start": "start",
    "end": "end",
    "date_text": "date_text",
    "time_precision": "time_prec",
    "place": "place",
    "admin1": "admin1",
    "country": "iso2",
    "country_name": "country",
    "geo_precision": "geo_prec",
    "radius_km": "radius_km",
    "place_id": "place_id",
    "place_confidence": "place_conf",
    "source_actor": "source_act",
    "source_actor_kind": "source_knd",
    "target_actor": "target_act",
    "target_actor_kind": "target_knd",
    "other_actors": "other_act",
    "killed_low": "kill_low",
    "killed_high": "kill_high",
    "killed_best": "kill_best",
    "wounded_low": "wound_low",
    "wounded_high": "wound_high",
    "wounded_best": "wound_best",
    "abducted_best": "abducted",
    "arrested_best": "arrested",
    "displaced_best": "displaced",
    "cumulative_killed": "cumul_kill",
    "confidence": "confidence",
    "reports": "reports",
    "sources": "sources",
    "document": "document",
    "published": "published",
    "evidence": "evidence",
}
"""The columns a shapefile keeps, under names of the ten letters that it allows."""

_CELL_BYTES = 254  # a shapefile's text holds no more
_UNDATED = "2000-01-01T00:00:00.000Z"  # GDAL stamps files with the clock; the same events are to give the same bytes


def _table(events: EventSet) -> geopandas.GeoDataFrame:
    with extra("formats", "This format"):
        import geopandas  # noqa: F401 - only to see that it is there
        import pyogrio  # noqa: F401 - the same
    return to_geopandas(events)


def write_gpkg(events: EventSet, file: IO[bytes]) -> None:
    """Write a GeoPackage of one layer, an event without a place among them without a point."""
    table = _table(events)
    import pyogrio

    buffer = BytesIO()
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": _UNDATED})
    layer = {"driver": "GPKG", "layer": LAYER, "geometry_type": "Point", "use_arrow": True}
    try:
        pyogrio.write_dataframe(_without_time_of_day(table), buffer, **layer)
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})
    file.write(buffer.getvalue())


def _without_time_of_day(table: geopandas.GeoDataFrame) -> geopandas.GeoDataFrame:
    """Turn datetimes into dates, which is what OGR writes as its type Date."""
    return table.assign(**{name: table[name].dt.date.where(table[name].notna(), None) for name in DAYS})


def write_shapefile(events: EventSet, file: IO[bytes]) -> None:
    """Write a zipped shapefile of the events that have a place; texts are cut to what the format holds."""
    table = _table(events)
    import pyogrio

    placed = table[table.geometry.notna()]
    plain = placed[list(SHAPE_NAMES)].rename(columns=SHAPE_NAMES).set_geometry(placed.geometry)
    for name, column in plain.items():
        if name in DAYS:
            plain[name] = column.dt.strftime("%Y-%m-%d").astype("string")
        elif column.dtype == "string":
            plain[name] = column.map(_cut, na_action="ignore").astype("string")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{LAYER}.shp"
        options: dict[str, Any] = {"DBF_DATE_LAST_UPDATE": _UNDATED[:10]}
        pyogrio.write_dataframe(
            plain, path, driver="ESRI Shapefile", encoding="UTF-8", geometry_type="Point", **options
        )
        write_zip({member.name: member.read_bytes() for member in sorted(Path(folder).iterdir())}, file)


def _cut(text: str) -> str:
    """Keep as much as a cell holds, whole letters only."""
    if len(text.encode()) <= _CELL_BYTES:
        return text
    return text.encode()[: _CELL_BYTES - 3].decode(errors="ignore") + "…"


def write_geoparquet(events: EventSet, file: IO[bytes]) -> None:
    """Write GeoParquet, an event without a place among them without a point."""
    table = _table(events)
    with extra("formats", "GeoParquet"):
        import pyarrow as pa  # noqa: F401 - geopandas writes through it
    buffer = BytesIO()
    table.to_parquet(buffer, index=False, schema_version="1.0.0")
    file.write(buffer.getvalue())
