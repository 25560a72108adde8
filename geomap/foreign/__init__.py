"""Documents in other languages than English: as far as a language file and the gazetteer's names in its script carry.

English has a grammar of its own in `reading`, `status`, `tolls` and the rest. Here one file of words a language does:
places by their names and endings, and an event where a trigger word, a place, a day and a number stand in a sentence.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

from geomap.language import bare, languages

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gazetteer import Gazetteer
    from geomap.model import Document, Event, Resolution

ENGLISH = "en"


def is_foreign(code: str) -> bool:
    """Say whether documents in this language are read here."""
    return bare(code) != ENGLISH


def is_known(code: str) -> bool:
    """Say whether there is a language file; without one there are places, but no events."""
    return bare(code) in languages()


def placed(resolutions: Sequence[Resolution]) -> tuple[Resolution, ...]:
    """Give each mention its likeliest place: the finder was strict already, and the resolver reads English about it."""
    return tuple(
        replace(found, place=found.candidates[0].place, confidence=min(0.5, found.candidates[0].score))
        if found.place is None and found.candidates
        else found
        for found in resolutions
    )


def analyse(document: Document, gazetteer: Gazetteer) -> tuple[tuple[Resolution, ...], tuple[Event, ...]]:
    """Find and resolve the places that a document names, and extract its events where its language has a file."""
    from geomap.foreign.events import extract
    from geomap.foreign.finder import find
    from geomap.foreign.names import localised
    from geomap.resolve import resolve

    code = bare(document.language)
    local = localised(gazetteer, code)
    resolutions = placed(resolve(document, find(document, local, code), cast("Gazetteer", local)))
    return resolutions, extract(document, resolutions, code) if is_known(code) else ()
