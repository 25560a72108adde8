"""geomap: news text in, a map of the conflict events it reports out.

The names below are stable: import from here. Those that need heavy libraries load them when they are used.

    events = geomap.read_text("Shells killed four people in Kidal on Saturday.", published=date(2013, 5, 25))
    geomap.draw(events).save("map.html")
    geomap.save(events, "events.csv")
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from geomap.errors import GeomapError, InputError, OutputError, UsageError
from geomap.model import Actor, Document, Event, EventSet, Failure, Mention, Report, Resolution, Span, Toll, When, Where

if TYPE_CHECKING:
    from gazetteer import open_gazetteer
    from geomap.map.draw import add_to, draw
    from geomap.pipeline import analyse, read_text, run
    from geomap.readers import read_documents
    from geomap.saved import load, save

__version__ = "0.1.0"

__all__ = [
    "Actor",
    "Document",
    "Event",
    "EventSet",
    "Failure",
    "GeomapError",
    "InputError",
    "Mention",
    "OutputError",
    "Report",
    "Resolution",
    "Span",
    "Toll",
    "UsageError",
    "When",
    "Where",
    "add_to",
    "analyse",
    "draw",
    "load",
    "open_gazetteer",
    "read_documents",
    "read_text",
    "run",
    "save",
]

_LATER = {
    "add_to": "geomap.map",
    "analyse": "geomap.pipeline",
    "draw": "geomap.map",
    "load": "geomap.saved",
    "open_gazetteer": "gazetteer",
    "read_documents": "geomap.readers",
    "read_text": "geomap.pipeline",
    "run": "geomap.pipeline",
    "save": "geomap.saved",
}
"""Where the functions are that are imported when first asked for."""


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever the module holds
    if name not in _LATER:
        raise AttributeError(f"module 'geomap' has no attribute {name!r}")
    return getattr(import_module(_LATER[name]), name)
