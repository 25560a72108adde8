"""How particular a place is, how far it reaches, and whether one lies in another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazetteer.distance import distance_km

if TYPE_CHECKING:
    from gazetteer.place import Place
    from geomap.model import Precision


def precision_of(place: Place, *, near: bool = False, part: bool = False) -> tuple[Precision, float]:
    """Return ACLED's geo_precision and the radius for a place, and for what lies near it."""
    feature = place.feature
    if feature.startswith(("A.PCL", "A.ADM1", "L.RGN", "L.CONT", "H.")):
        return 3, place.radius_km
    if feature.startswith(("A.", "L.")):
        return 2, place.radius_km
    if near:
        return 2, max(place.radius_km, 15.0)
    if part and feature.startswith("A."):
        return 3, place.radius_km
    return 1, place.radius_km


def contains(outer: Place, inner: Place) -> bool:
    """Say whether one place lies in the other as far as their codes tell."""
    if outer.id == inner.id or outer.country != inner.country:
        return outer.id == inner.id
    if outer.feature.startswith("A.PCL"):
        return True
    if outer.feature.startswith("A.ADM1"):
        return outer.admin1 is not None and outer.admin1 == inner.admin1
    if outer.feature.startswith("A.ADM2"):
        return outer.admin2 is not None and outer.admin2 == inner.admin2
    if outer.admin1 and inner.admin1 and outer.admin1 != inner.admin1:
        return False
    return kilometres(outer, inner) <= outer.radius_km


def kilometres(a: Place, b: Place) -> float:
    """Return the great-circle distance of two places."""
    return distance_km(a.latitude, a.longitude, b.latitude, b.longitude)


def rank(place: Place | None) -> int:
    """Return how particular a place is: 0 none, 1 a country, 2 a province, 3 a smaller area, 4 a town."""
    if place is None:
        return 0
    feature = place.feature
    if feature.startswith(("A.PCL", "L.CONT")) or (place.country is None and feature.startswith("L.")):
        return 1
    if feature.startswith(("A.ADM1", "L.", "H.")):
        return 2
    return 3 if feature.startswith("A.") else 4


PROVINCE = 2
"""The rank of a province."""
