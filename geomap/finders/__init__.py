"""Document -> Mentions. A recogniser is one function `find(document, gazetteer)` and a row in `FINDERS`."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

    from gazetteer import Gazetteer
    from geomap.model import Document, Mention

Finder: TypeAlias = "Callable[[Document, Gazetteer], tuple[Mention, ...]]"


def _gazetteer(document: Document, gazetteer: Gazetteer) -> tuple[Mention, ...]:
    from geomap.finders.gazetteer import find

    return find(document, gazetteer)


def _crf(document: Document, gazetteer: Gazetteer) -> tuple[Mention, ...]:
    from geomap.finders.crf import find

    return find(document, gazetteer)


def _spacy(document: Document, gazetteer: Gazetteer) -> tuple[Mention, ...]:
    from geomap.finders.spacy import find

    return find(document, gazetteer)


FINDERS: dict[str, Finder] = {"crf": _crf, "gazetteer": _gazetteer, "spacy": _spacy}
"""The recognisers there are."""
