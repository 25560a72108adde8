"""Any installed spaCy pipeline for English, in union with the gazetteer: an extra.

Its ORG and PERSON never veto a place: small models take small towns for organisations.
"""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING, Any

from geomap.errors import MissingExtra, UsageError
from geomap.finders import gazetteer as by_gazetteer
from geomap.finders.names import known
from geomap.model import Mention, Span

if TYPE_CHECKING:
    from gazetteer import Gazetteer
    from geomap.model import Document

LABELS = frozenset({"GPE", "LOC", "FAC"})
PIPELINES = ("en_core_web_trf", "en_core_web_lg", "en_core_web_md", "en_core_web_sm")
"""Pipelines looked for, the best first, before any other English one; GEOMAP_SPACY names another, or a folder."""


@cache
def pipeline() -> Any:  # noqa: ANN401 - spaCy is optional
    """Load the pipeline, its recogniser only."""
    try:
        import spacy
    except ImportError as error:
        raise MissingExtra("spacy", "The finder spacy") from error
    others = [name for name in spacy.util.get_installed_models() if name.startswith("en_")]
    for name in filter(None, (os.environ.get("GEOMAP_SPACY"), *PIPELINES, *others)):
        try:
            return spacy.load(name, exclude=["parser", "lemmatizer", "attribute_ruler"])
        except OSError:
            continue
    raise UsageError(
        "spaCy has no English pipeline to find places with. Install one, such as en_core_web_sm, or name its folder: "
        "GEOMAP_SPACY=FOLDER"
    )


def find(document: Document, gazetteer: Gazetteer) -> tuple[Mention, ...]:
    """Return what the pipeline takes for places, and what the gazetteer adds where the pipeline is silent."""
    found = [
        mention
        for part in document.article
        for entity in pipeline()(part.of(document.text)).ents
        if entity.label_ in (*LABELS, "NORP")
        and (mention := _mention(document, part.start + entity.start_char, entity.text, entity.label_, gazetteer))
    ]
    taken = {at for mention in found for at in range(mention.span.start, mention.span.end)}
    more = [
        m for m in by_gazetteer.find(document, gazetteer) if m.span.start not in taken and m.span.end - 1 not in taken
    ]
    return tuple(sorted([*found, *more], key=lambda m: m.span))


def _mention(document: Document, start: int, text: str, label: str, gazetteer: Gazetteer) -> Mention | None:
    """Take "the" and "'s" off an entity; a people is a demonym only if the gazetteer knows where it is from."""
    if text[:4].lower() == "the ":
        start, text = start + 4, text[4:]
    text = text.removesuffix("'s").removesuffix("’s").rstrip()
    answer = known(gazetteer, text)
    demonym = answer is not None and answer.demonym
    if not text or (label == "NORP" and not demonym):
        return None
    span = Span(start, start + len(text))
    return Mention(span, span.of(document.text), "demonym" if demonym else "place", 0.85)
