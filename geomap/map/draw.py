"""An `EventSet` as a folium map that is one file."""

from __future__ import annotations

import base64
import hashlib
import json
from typing import TYPE_CHECKING, Any

from geomap.errors import UsageError
from geomap.map import basemap, bundle, data, names

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import folium

    from geomap.geometry import Box
    from geomap.model import EventSet

PAD = 3.0
"""Degrees around the events within which towns are named."""


def draw(
    events: EventSet,
    *,
    title: str | None = None,
    language: str = "en",
    theme: str = "auto",
    tiles: str | None = None,
    gazetteer: str | None = None,
    assets: Mapping[str, str] | None = None,
) -> folium.Map:
    """Draw the events. Any folium layer that brings no asset of its own can be added to what is returned.

    Args:
        title: the page's headline; without it, the article's own.
        language: of the interface: en, fr, es, ar, uk.
        theme: auto follows the reader's system; light and dark do not.
        tiles: a provider of raster tiles from the net, by its name in xyzservices. Without it nothing is fetched.
        gazetteer: the fingerprint of the gazetteer the places came from, for the page's provenance.
        assets: the text of assets that further folium plug-ins ask for, by URL.
    """
    from geomap.map.page import EventLayer, OfflineFigure, OfflineMap

    if language not in bundle.LANGUAGES:
        raise UsageError(f"{language!r} is no language of the interface. Choose one of: {', '.join(bundle.LANGUAGES)}.")
    headline = title or headline_of(events)
    options = {"title": title, "language": language, "theme": theme, "tiles": tiles}
    payload = contents(events, headline, language, data.provenance(events, gazetteer=gazetteer, options=options))
    identity = hashlib.sha256(json.dumps(payload, sort_keys=True).encode()).hexdigest()[:16]
    figure = OfflineFigure(headline, language, assets or {}, (), theme)
    page = OfflineMap(figure, identity)
    layer = EventLayer(payload, ground(payload, language), identity, "geomapPage")
    page.add_child(layer, name=f"events_{identity}")
    return page


def save(events: EventSet, path: Path | str, **options: Any) -> None:  # noqa: ANN401 - those of `draw`
    """Draw the events into one HTML file. Takes the options of `draw`."""
    from geomap.files import written

    page = draw(events, **options).get_root().render()
    with written(path) as file:
        file.write(page)


def headline_of(events: EventSet) -> str:
    """Return a title for a map that was given none: the article's own where there is one article."""
    titles = [document.title for document in events.documents if document.title]
    if len(events.documents) == 1 and titles:
        return titles[0]
    return "Conflict events"


def contents(events: EventSet, title: str, language: str, made: Mapping[str, Any]) -> dict[str, Any]:
    """Return the page's data."""
    return {
        "format": "geomap map",
        "format_version": 1,
        "title": title,
        "lang": language,
        "words": bundle.words(language),
        "scene": bundle.scene(),
        "provenance": made,
        **data.columns(events),
    }


def ground(payload: Mapping[str, Any], language: str) -> dict[str, Any]:
    """Return the ground for a page's events: the world, the cells around them, and names."""
    spots = spots_of(payload)
    cells = basemap.cells(spots)
    return {
        "cell": basemap.CELL,
        "world_step": basemap.WORLD_STEP,
        "cell_step": basemap.CELL_STEP,
        "world": _text(basemap.world()),
        "cells": [[x, y, _text(block)] for (x, y), block in cells.items()],
        "cities": names.towns(box_of(spots)),
        "names": [[*row, 0] for row in names.countries()] + [[*row, 1] for row in names.seas(language)],
    }


def spots_of(payload: Mapping[str, Any]) -> list[tuple[float, float]]:
    """Return longitude and latitude of each event that has a place."""
    places = payload["places"]
    points = list(zip(places["longitude"], places["latitude"], strict=True))
    return [points[number] for number in payload["events"]["place"] if number is not None]


def box_of(spots: list[tuple[float, float]]) -> Box | None:
    """Return the box around the points, with room; east may lie beyond 180 where that makes it smaller."""
    if not spots:
        return None
    longitudes = sorted({longitude for longitude, _ in spots})
    gaps = [(b - a, b) for a, b in zip(longitudes, [*longitudes[1:], longitudes[0] + 360], strict=True)]
    _, seam = max(gaps)
    west = seam if seam <= longitudes[-1] else longitudes[0]
    shifted = [x if x >= west else x + 360 for x in longitudes]
    latitudes = [latitude for _, latitude in spots]
    return west - PAD, min(latitudes) - PAD, max(shifted) + PAD, max(latitudes) + PAD


def _text(block: bytes) -> str:
    return base64.b64encode(block).decode()
