"""A province told by its noun is not its capital of the same name: "Kano state", "Gao region"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.model import Document, Resolution

_NOUN = re.compile(r"[ \t\n]+(?:state|province|region|governorate|prefecture|department)\b(?!['’]s capital)")


def as_told(document: Document, resolutions: Sequence[Resolution]) -> list[Resolution]:
    """Return the resolutions, a town whose name an area's noun follows changed for the area of that name."""
    return [_area(r) if _is_area(document.text, r) else r for r in resolutions]


def _is_area(text: str, resolution: Resolution) -> bool:
    place = resolution.place
    if place is None or not place.feature.startswith("P.") or resolution.mention.kind != "place":
        return False
    return _NOUN.match(text, resolution.mention.span.end) is not None


def _area(resolution: Resolution) -> Resolution:
    """Return a resolution with its candidate that is a first-level area around the town, where there is one."""
    town = resolution.place
    for candidate in resolution.candidates:
        area = candidate.place
        if (
            town is not None
            and area.feature == "A.ADM1"
            and area.country == town.country
            and area.admin1 == town.admin1
        ):
            return replace(resolution, place=area)
    return resolution
