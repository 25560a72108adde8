"""Events as data frames, for notebooks and for the formats that geopandas writes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.export.flat import COLUMNS, rows
from geomap.extras import extra

if TYPE_CHECKING:
    import geopandas
    import pandas as pd
    import polars as pl

    from geomap.model import EventSet

DAYS = ("start", "end", "published")
"""The columns that hold days."""


def to_pandas(events: EventSet) -> pd.DataFrame:
    """Return one event a row: days as datetime64, whole numbers as Int64, what is unknown as NA. Needs `tables`."""
    with extra("tables", "A pandas table"):
        import pandas as pd
    kinds = {str: "string", int: "Int64", float: "Float64"}
    found = list(rows(events))
    columns = {
        name: pd.Series([row[name] for row in found], dtype=kinds[kind], name=name) for name, kind in COLUMNS.items()
    }
    for name in DAYS:
        columns[name] = pd.to_datetime(columns[name].astype("object"), format="%Y-%m-%d")
    return pd.DataFrame(columns)


def to_geopandas(events: EventSet) -> geopandas.GeoDataFrame:
    """Return the same with a point for each event, in WGS 84; no point where the place is not known. Needs `tables`."""
    with extra("tables", "A geopandas table"):
        import geopandas
    table = to_pandas(events)
    longitude, latitude = (table[name].astype("float64") for name in ("longitude", "latitude"))
    points = geopandas.GeoSeries.from_xy(longitude, latitude, crs="EPSG:4326")
    points[longitude.isna()] = None
    return geopandas.GeoDataFrame(table, geometry=points, crs="EPSG:4326")


def to_polars(events: EventSet) -> pl.DataFrame:
    """Return one event a row as a polars table, days as dates, what is unknown as null. Needs `tables`."""
    with extra("tables", "A polars table"):
        import polars as pl
    kinds = {str: pl.String, int: pl.Int64, float: pl.Float64}
    schema = {name: kinds[kind] for name, kind in COLUMNS.items()}
    table = pl.DataFrame(list(rows(events)), schema=schema)
    return table.with_columns(pl.col(name).str.to_date("%Y-%m-%d") for name in DAYS)
