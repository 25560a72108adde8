"""Events told less exactly, for when a point on a map could lead somebody to people at risk.

A point moves to the middle of a square of a fixed grid, so that neither repeating nor averaging brings it back. What
would undo it goes too: the place's name and number, the texts, headlines and addresses of articles, and every other
place that was found. Who, what, when, how many and the outlets stay.
"""

from __future__ import annotations

import math
from dataclasses import replace
from urllib.parse import urlsplit

from gazetteer.place import Place
from geomap.errors import UsageError
from geomap.model import Actor, Event, EventSet, Where

KM_PER_DEGREE = 111.32
SMALLEST, LARGEST = 1.0, 500.0


def blur(events: EventSet, km: float) -> EventSet:
    """Return the events with every place known only to within `km`. A place that reaches farther stays as it is.

    Raises `UsageError` for a distance that is none.
    """
    if not SMALLEST <= km <= LARGEST:
        raise UsageError(f"Points can be blurred by {SMALLEST:g} to {LARGEST:g} km, not by {km:g}: --blur 20")
    return EventSet(
        documents=tuple(replace(d, text="", title=None, body=(), source=_outlet(d.source)) for d in events.documents),
        resolutions={},
        events=tuple(_blurred(event, km) for event in events.events),
        failures=events.failures,
    )


def _outlet(source: str | None) -> str | None:
    """Return the host of an address, whose path often tells the headline; any other source as it is."""
    return urlsplit(source).hostname if source and source.startswith(("http://", "https://")) else source


def _blurred(event: Event, km: float) -> Event:
    """Return an event without the words that name its place."""
    where = event.where
    return replace(
        event,
        where=_coarse(where, km) if where else None,
        actors=tuple(_unnamed(actor, where.place.name if where else "") for actor in event.actors),
    )


def _unnamed(actor: Actor, place: str) -> Actor:
    """Return an actor called by its kind where its name holds the place's ("residents of …")."""
    return replace(actor, name=actor.kind) if place and place.casefold() in actor.name.casefold() else actor


def _coarse(where: Where, km: float) -> Where:
    if where.radius_km >= km:
        return replace(where, span=None)
    told = where.place.name.casefold() in (where.place.admin1_name or "").casefold()  # Homs lies in Homs Governorate
    latitude, longitude = snap(where.place.latitude, where.place.longitude, km)
    place = Place(
        id=-1,
        name=f"within {km:g} km",
        latitude=latitude,
        longitude=longitude,
        country=where.place.country,
        admin1=None if told else where.place.admin1,
        admin1_name=None if told else where.place.admin1_name,
        feature="L.AREA",
        radius_km=km,
        source="blurred",
    )
    return replace(where, place=place, span=None, precision=max(where.precision, 2), radius_km=km)


def snap(latitude: float, longitude: float, km: float) -> tuple[float, float]:
    """Return the middle of the square of the grid that a point lies in. Squares have sides of about `km`."""
    step = km / KM_PER_DEGREE
    row = min(max((math.floor(latitude / step) + 0.5) * step, -90.0), 90.0)
    columns = max(1, round(360 * math.cos(math.radians(row)) / step))
    column = math.floor((longitude + 180) / 360 * columns) % columns
    return round(row, 4), round((column + 0.5) * 360 / columns - 180, 4)
