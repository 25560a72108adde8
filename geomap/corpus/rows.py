"""What a corpus keeps of a document, as columns: four tables, and the schema of each.

`documents.line` is the document's jsonl line without its text, so that nothing is lost to columns; the other tables
are its toponyms and events as a query wants them.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from geomap.export.jsonl import document_line
from geomap.extras import extra
from geomap.model import TOLLS

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyarrow as pa

    from geomap.model import Document, Event, Resolution, Toll

TABLES = ("documents", "toponyms", "events", "failures")

_PLACE = {
    "place_id": "int64",
    "place": "string",
    "latitude": "double",
    "longitude": "double",
    "country": "string",
    "admin1": "string",
    "feature": "string",
    "population": "int64",
}
COLUMNS: dict[str, dict[str, str]] = {
    "documents": {
        "document": "string",
        "content": "int64",
        "title": "string",
        "published": "date32",
        "language": "string",
        "source": "string",
        "words": "int32",
        "signature": "binary",
        "text": "string",
        "line": "string",
    },
    "toponyms": {
        "document": "string",
        "start": "int32",
        "end": "int32",
        "text": "string",
        "kind": "string",
        "confidence": "float",
        **_PLACE,
    },
    "events": {
        "event": "string",
        "document": "string",
        "published": "date32",
        "source": "string",
        "language": "string",
        "kind": "string",
        "sub_kind": "string",
        "status": "string",
        "on_map": "bool",
        "start": "date32",
        "end": "date32",
        "time_precision": "int8",
        **_PLACE,
        "geo_precision": "int8",
        "radius_km": "float",
        **dict.fromkeys(TOLLS, "int64"),
        **{f"{name}_{end}": "int64" for name in TOLLS for end in ("low", "high")},
        "actors": "actors",
        "evidence": "string",
        "trigger": "string",
        "confidence": "float",
    },
    "failures": {"content": "int64", "document": "string", "source": "string", "error": "string"},
}
"""Each table's columns and their Arrow types."""


def require_libraries() -> None:
    """Raise `MissingExtra` where a corpus cannot be written or grouped, before anything is read for it."""
    with extra("corpus", "A corpus"):
        import duckdb  # noqa: F401 - only asked for
        import pyarrow.parquet  # noqa: F401


@cache
def schema(table: str) -> pa.Schema:
    """Return the Arrow schema of a table."""
    with extra("corpus", "A corpus"):
        import pyarrow as pa

    actor = pa.struct([("name", pa.string()), ("role", pa.string()), ("kind", pa.string())])
    types = {"double": pa.float64(), "float": pa.float32(), "bool": pa.bool_(), "actors": pa.list_(actor)}
    fields = [(name, types.get(kind) or getattr(pa, kind)()) for name, kind in COLUMNS[table].items()]
    return pa.schema(fields)


def document_columns(  # noqa: PLR0913 - a row has these parts
    document: Document,
    resolutions: Sequence[Resolution],
    events: Sequence[Event],
    *,
    content: int,
    signature: bytes,
    with_text: bool,
) -> dict[str, Any]:
    """Return a document's row of `documents`."""
    return {
        "document": document.id,
        "content": content,
        "title": document.title,
        "published": document.published,
        "language": document.language,
        "source": document.source,
        "words": sum(len(span.of(document.text).split()) for span in document.article),
        "signature": signature,
        "text": document.text if with_text else None,
        "line": document_line(document, resolutions, events),
    }


def toponym_columns(document: Document, resolution: Resolution) -> dict[str, Any]:
    """Return a resolution's row of `toponyms`."""
    mention = resolution.mention
    return {
        "document": document.id,
        "start": mention.span.start,
        "end": mention.span.end,
        "text": mention.text,
        "kind": mention.kind,
        "confidence": resolution.confidence,
        **_place(resolution),
    }


def event_columns(document: Document, event: Event) -> dict[str, Any]:
    """Return an event's row of `events`, with what one asks of its document beside it."""
    when, where = event.when, event.where
    row = {
        "event": event.id,
        "document": document.id,
        "published": document.published,
        "source": document.source,
        "language": document.language,
        "kind": event.kind,
        "sub_kind": event.sub_kind,
        "status": event.status,
        "on_map": event.on_map,
        "start": when.first if when else None,
        "end": when.last if when else None,
        "time_precision": when.precision if when else None,
        **_place(where),
        "geo_precision": where.precision if where else None,
        "radius_km": where.radius_km if where else None,
        "actors": [{"name": actor.name, "role": actor.role, "kind": actor.kind} for actor in event.actors],
        "evidence": event.evidence.of(document.text),
        "trigger": event.trigger.of(document.text),
        "confidence": event.confidence,
    }
    for name in TOLLS:
        row |= _toll(name, getattr(event, name))
    return row


def _place(found: Any) -> dict[str, Any]:  # noqa: ANN401 - a Resolution, a Where or None: whatever has a place
    place = found.place if found is not None else None
    if place is None:
        return dict.fromkeys(_PLACE)
    return {
        "place_id": place.id if place.id > 0 else None,
        "place": place.name,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "country": place.country,
        "admin1": place.admin1_name,
        "feature": place.feature,
        "population": place.population,
    }


def _toll(name: str, toll: Toll | None) -> dict[str, int | None]:
    if toll is None:
        return {name: None, f"{name}_low": None, f"{name}_high": None}
    return {name: toll.best if toll.best is not None else toll.low, f"{name}_low": toll.low, f"{name}_high": toll.high}
