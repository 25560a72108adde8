"""A user's own places: CSV or GeoJSON files, each a layer that wins ties over what comes with geomap."""

from __future__ import annotations

import csv
import json
import re
import zlib
from typing import TYPE_CHECKING, Any

from gazetteer.distance import distance_km
from gazetteer.entry import Entry
from gazetteer.errors import GazetteerError
from gazetteer.place import How, Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

PREFIX = "layer:"
"""What the source of a user's place begins with."""

SUFFIXES = (".csv", ".tsv", ".geojson", ".json")
NAME = (
    "name",
    "name_en",
    "shapename",
    "adm4_en",
    "adm3_en",
    "adm2_en",
    "adm1_en",
    "label",
    "title",
    "place",
)
LATITUDE = ("latitude", "lat", "y", "latitude_deg")
LONGITUDE = ("longitude", "lon", "lng", "long", "x", "longitude_deg")
OTHERS = (
    "names",
    "alternatenames",
    "alternate_names",
    "aliases",
    "name_alt",
    "name_local",
    "name_ar",
    "name_fr",
)
COUNTRY = ("country", "iso2", "iso_a2", "country_code", "cc")
IDENTITY = ("geonameid", "geonames_id", "geonames", "gn_id")


def layer_entries(path: Path) -> Iterator[Entry]:
    """Yield the places of a file. Raises `GazetteerError` that names the line and what it lacks."""
    if path.suffix.lower() not in SUFFIXES:
        raise GazetteerError(f"{path}: a layer is one of {', '.join(SUFFIXES)}.")
    try:
        rows = geojson_rows(path) if "json" in path.suffix.lower() else csv_rows(path)
        for where, row in rows:
            yield entry_of(row, f"{path}, {where}", path.stem)
    except (UnicodeDecodeError, csv.Error, json.JSONDecodeError) as error:
        raise GazetteerError(f"{path} is no {path.suffix[1:]} in UTF-8: {error}") from error


def csv_rows(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield where a row stands and its cells by lower-case column."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        for number, row in enumerate(
            csv.DictReader(file, delimiter="\t" if path.suffix == ".tsv" else ","),
            start=2,
        ):
            yield (
                f"line {number}",
                {(name or "").strip().lower(): value for name, value in row.items()},
            )


def geojson_rows(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the features of a collection: their properties, a point, and for an area how far it reaches."""
    import shapely

    found = json.loads(path.read_text(encoding="utf-8-sig"))
    features = found.get("features") if isinstance(found, dict) else None
    if not isinstance(features, list):
        raise GazetteerError(f"{path} is no GeoJSON FeatureCollection.")
    for number, feature in enumerate(features, start=1):
        row = {str(name).lower(): value for name, value in (feature.get("properties") or {}).items()}
        if feature.get("geometry"):
            try:
                shape = shapely.geometry.shape(feature["geometry"])
                x, y = shapely.get_coordinates([shapely.point_on_surface(shape)])[0]
            except (shapely.errors.ShapelyError, KeyError, TypeError, ValueError) as error:
                raise GazetteerError(f"{path}, feature {number}: its geometry cannot be read ({error}).") from error
            row |= {"latitude": float(y), "longitude": float(x)}
            corners = shapely.get_coordinates([shape])
            if len(corners) > 1:
                row.setdefault("radius_km", max(distance_km(y, x, north, east) for east, north in corners))
        yield f"feature {number}", row


def entry_of(row: Mapping[str, Any], where: str, layer: str) -> Entry:
    """Read a place from its cells."""
    name = said(row, NAME)
    latitude, longitude = said(row, LATITUDE), said(row, LONGITUDE)
    if not name or not latitude or not longitude:
        missing = [
            what
            for what, value in (
                ("name", name),
                ("latitude", latitude),
                ("longitude", longitude),
            )
            if not value
        ]
        raise GazetteerError(f"{where}: no {' and no '.join(missing)}. Columns needed: name, latitude, longitude.")
    try:
        point = float(latitude), float(longitude)
        identity = int(float(said(row, IDENTITY) or 0)) or own_id(layer, name, *point)
        people, radius = (
            int(float(said(row, ("population",)) or 0)),
            float(said(row, ("radius_km",)) or 3.0),
        )
    except ValueError as error:
        raise GazetteerError(f"{where}: {error}") from error
    if not (-90 <= point[0] <= 90 and -180 <= point[1] <= 180):  # noqa: PLR2004 - the globe
        raise GazetteerError(f"{where}: {point[0]}, {point[1]} is no latitude and longitude.")
    country = said(row, COUNTRY)
    place = Place(
        id=identity,
        name=name,
        latitude=point[0],
        longitude=point[1],
        country=country.upper() if country and len(country) == 2 else None,  # noqa: PLR2004 - ISO
        admin1=said(row, ("admin1", "admin1_code")),
        feature=said(row, ("feature", "feature_code")) or "P.PPL",
        population=people,
        radius_km=round(radius, 2),
        source=f"{PREFIX}{layer}",
    )
    others = (part.strip() for column in OTHERS for part in re.split(r"[|;]", str(row.get(column) or "")))
    names: list[tuple[str, How]] = [(other, "exact") for other in dict.fromkeys(others) if other and other != name]
    return Entry(place, tuple(names))


def said(row: Mapping[str, Any], columns: tuple[str, ...]) -> str | None:
    """Return the first of these columns that says something."""
    for column in columns:
        value = row.get(column)
        if value is not None and str(value).strip():
            return str(value).strip()
    return None


def own_id(layer: str, name: str, latitude: float, longitude: float) -> int:
    """Return an id for a place without one: negative, and the same whenever the layer is read."""
    return -(1 << 32) - zlib.crc32(f"{layer}|{name}|{latitude:.5f}|{longitude:.5f}".encode())
