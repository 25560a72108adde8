"""Documents in other languages than English: as far as a language file and the gazetteer's names in its script carry.

English has a grammar of its own in `reading`, `status`, `tolls` and the rest. Here one file of words a language does:
places by their names and endings, and an event where a trigger word, a place, a day and a number stand in a sentence.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from geomap.language import bare, languages, words

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from gazetteer import Gazetteer
    from gazetteer.place import Place
    from geomap.model import Document, Event, Resolution

ENGLISH = "en"


def is_foreign(code: str) -> bool:
    """Say whether documents in this language are read here."""
    return bare(code) != ENGLISH


def is_known(code: str) -> bool:
    """Say whether there is a language file; without one there are places, but no events."""
    return bare(code) in languages()


QUARTER_KM = 60
"""How far from another town of the text a town's quarter lies at most."""

SMALL = 200_000
"""A place of fewer people, in a country that nothing else in a text speaks of, is another's namesake."""


def placed(document: Document, resolutions: Sequence[Resolution]) -> tuple[Resolution, ...]:
    """Give each mention its likeliest place: the finder was strict already, and the resolver reads English about it."""
    found = [
        replace(one, place=one.candidates[0].place, confidence=min(0.5, one.candidates[0].score))
        if one.place is None and one.candidates
        else one
        for one in resolutions
    ]
    named = Counter(country for _, country in {(one.place.id, one.place.country) for one in found if one.place})
    lands = {one.place.country for one in found if one.place and _is_plain(one.place)}
    lands |= {country for country, number in named.items() if number > 1}
    towns = [one.place for one in found if one.place and one.place.feature.startswith("P.")]
    kept = [one for one in found if not _is_far_quarter(document, one, towns)]
    return tuple(one for one in (_at_home(document, one, lands) for one in kept) if one is not None)


def _before(document: Document, resolution: Resolution) -> str:
    """Return the word before a name."""
    *_, word = ["", *document.text[max(0, resolution.mention.span.start - 40) : resolution.mention.span.start].split()]
    return word.lower().strip('(«"“,')


def _is_far_quarter(document: Document, resolution: Resolution, towns: Sequence[Place]) -> bool:
    """Say whether a name that is told to be a quarter's is far from all other towns of the text."""
    from geomap.geometry import distance_km

    place = resolution.place
    if place is None or _before(document, resolution) not in words(document.language, "quarters"):
        return False
    others = [town for town in towns if town.id != place.id]
    return bool(others) and all(
        distance_km((town.longitude, town.latitude), (place.longitude, place.latitude)) > QUARTER_KM for town in others
    )


def _is_plain(place: Place) -> bool:
    return place.feature.startswith("A.PCL") or place.population >= SMALL


def _at_home(document: Document, resolution: Resolution, lands: Collection[str | None]) -> Resolution | None:
    """Move a small place into a country that the text speaks of; None where none of its name is there."""
    place = resolution.place
    if place is None or not place.country or not lands or place.country in lands or _is_plain(place):
        return resolution
    home = next((one for one in resolution.candidates if one.place.country in lands), None)
    if home is not None:
        return replace(resolution, place=home.place, confidence=min(0.5, home.score))
    spoken = _before(document, resolution) in words(document.language, "locative")
    spoken = spoken or document.text[resolution.mention.span.end :][:1] in words(document.language, "suffix_marks")
    return resolution if place.feature.startswith("A.") or (spoken and place.population >= TOWN) else None


TOWN = 20_000
"""The same for one that a word of place stands before."""


def analyse(document: Document, gazetteer: Gazetteer) -> tuple[tuple[Resolution, ...], tuple[Event, ...]]:
    """Find and resolve the places that a document names, and extract its events where its language has a file."""
    from geomap.foreign.events import extract
    from geomap.foreign.finder import find
    from geomap.foreign.names import localised
    from geomap.resolve import resolve

    code = bare(document.language)
    local = localised(gazetteer, code)
    resolutions = placed(document, resolve(document, find(document, local, code), cast("Gazetteer", local)))
    return resolutions, extract(document, resolutions, code) if is_known(code) else ()
