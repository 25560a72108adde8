"""An `EventSet` as a folium map that is one file."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

from geomap.errors import UsageError
from geomap.map import basemap, bundle, data, groups, names
from geomap.map.layers import SHOWN, opening

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import folium

    from geomap.geometry import Box
    from geomap.model import EventSet

THEMES = ("auto", "light", "dark")
UNKNOWN = {"colour": "#7B818B", "shape": "square"}
"""What a kind looks like that is not in the scene."""
PAD = 3.0
"""Degrees around the events within which towns are named."""


def draw(  # noqa: PLR0913 - each option is the reader's to choose
    events: EventSet,
    *,
    title: str | None = None,
    language: str = "en",
    layers: Sequence[str] = (),
    theme: str = "auto",
    tiles: str | None = None,
    boundaries: Path | str | None = None,
    gazetteer: str | None = None,
    assets: Mapping[str, str] | None = None,
) -> folium.Map:
    """Draw the events. Any folium layer that brings no asset of its own can be added to what is returned.

    Args:
        events: what is drawn.
        title: the page's headline; without it, the article's own.
        language: of the interface: en, fr, es, ar, uk.
        layers: what is shown at first, by the names in `LAYERS`; without any, conflict and diplomacy.
        theme: auto follows the reader's system; light and dark do not.
        tiles: a provider of raster tiles from the net, by its name in xyzservices. Without it nothing is fetched.
        boundaries: a GeoJSON file of lines that are drawn as borders instead of Natural Earth's; those with the
            property `disputed` set to true are dashed.
        gazetteer: the fingerprint of the gazetteer the places came from, for the page's provenance.
        assets: the text of assets that further folium plug-ins ask for, by URL.
    """
    from geomap.map.page import EventLayer, OfflineFigure, OfflineMap, tile_layer

    _check("language of the interface", language, bundle.LANGUAGES)
    _check("theme", theme, THEMES)
    options = {
        "title": title,
        "language": language,
        "layers": list(layers) or None,
        "theme": theme,
        "tiles": tiles,
        "boundaries": str(boundaries) if boundaries else None,
    }
    headline = title or headline_of(events, language)
    made = data.provenance(events, gazetteer=gazetteer, options=options)
    payload = {**contents(events, headline, language, layers or SHOWN, made), "tiled": bool(tiles)}
    raster, hosts = tile_layer(tiles) if tiles else (None, ())
    layer = EventLayer(payload, ground(payload, language, boundaries), "geomapPage")
    page = OfflineMap(OfflineFigure(headline, language, assets or {}, hosts, theme), layer.identity)
    if raster is not None:
        page.add_child(raster, name="tiles")
    page.add_child(layer, name=layer.get_name())
    return page


def add_to(folium_map: folium.Map, events: EventSet, *, language: str = "en", layers: Sequence[str] = ()) -> folium.Map:
    """Add the events to a folium map of one's own, as one canvas layer with popups, and return the map.

    The map keeps its own tiles, layers and assets; only events that the layers show are drawn.
    """
    from geomap.map.page import PlainLayer

    _check("language of the interface", language, bundle.LANGUAGES)
    made = data.provenance(events, gazetteer=None, options={"language": language})
    layer = PlainLayer(contents(events, "", language, layers or SHOWN, made))
    folium_map.add_child(layer, name=layer.get_name())
    return folium_map


def _check(what: str, name: str, known: Sequence[str]) -> None:
    if name not in known:
        raise UsageError(f"{name!r} is no {what}. Choose one of: {', '.join(known)}.")


def save(events: EventSet, path: Path | str, **options: Any) -> None:  # noqa: ANN401 - those of `draw`
    """Draw the events into one HTML file. Takes the options of `draw`."""
    from geomap.files import written

    page = draw(events, **options).get_root().render()
    with written(path) as file:
        file.write(page)


def headline_of(events: EventSet, language: str = "en") -> str:
    """Return a title for a map that was given none: the article's own where there is one article."""
    titles = [document.title for document in events.documents if document.title]
    if len(events.documents) == 1 and titles:
        return titles[0]
    return str(bundle.words(language)["headline"])


def contents(
    events: EventSet, title: str, language: str, layers: Sequence[str], made: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the page's data."""
    many = len(events.events) > groups.MANY
    payload = {
        "format": "geomap map",
        "format_version": 1,
        "title": title,
        "lang": language,
        "words": bundle.words(language),
        "start": opening(layers),
        "provenance": made,
        **(groups.columns(events) if many else data.columns(events)),
    }
    payload["scene"] = drawn_scene(payload["kinds"])
    return payload


def drawn_scene(kinds: Sequence[str]) -> dict[str, Any]:
    """Return what the kinds look like; one that is not ours gets a grey square."""
    scene = bundle.scene()
    known = {kind["name"]: kind for kind in scene["kinds"]}
    return {**scene, "kinds": [known.get(name, {**UNKNOWN, "name": name}) for name in kinds]}


def ground(payload: Mapping[str, Any], language: str, boundaries: Path | str | None) -> dict[str, Any]:
    """Return the ground for a page's events: the world, the cells around them, names, and borders of one's own."""
    spots = spots_of(payload)
    cells = basemap.cells(spots)
    return {
        "own": _text(basemap.boundaries(boundaries)) if boundaries else None,
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
