"""KML 2.2, and KMZ with its own symbols, for Google Earth and its time slider: a folder for each kind."""

from __future__ import annotations

import html
import xml.etree.ElementTree as ET  # only written, never parsed
from typing import IO, TYPE_CHECKING

from geomap.export import facts
from geomap.export.archive import write_zip
from geomap.export.cells import clean
from geomap.export.flat import row
from geomap.export.icon import png
from geomap.palette import look

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geomap.export.cells import Cell
    from geomap.model import Document, Event, EventSet, Where

_SHOWN: dict[str, str] = {
    "sub_kind": "Type",
    "status": "Status",
    "date_text": "Day as written",
    "place": "Place",
    "admin1": "Area",
    "country_name": "Country",
    "radius_km": "Within km",
    "source_actor": "By",
    "target_actor": "Against",
    "other_actors": "Involved",
    "killed_best": "Killed",
    "killed_words": "Killed, as written",
    "wounded_best": "Wounded",
    "confidence": "Confidence",
    "sources": "Source",
    "evidence": "Evidence",
}
"""What a balloon tells, and under which name."""


def _document(events: EventSet, *, icons: bool) -> bytes:
    root = ET.Element("kml", xmlns="http://www.opengis.net/kml/2.2")
    document = ET.SubElement(root, "Document")
    _leaf(document, "name", "Conflict events")
    _leaf(document, "description", "Events read out of news texts by geomap. Places: GeoNames, CC BY 4.0.")
    texts = facts.documents(events)
    placed = [(event, event.where) for event in events.events if event.where]
    kinds = list(dict.fromkeys(event.kind for event, _ in placed))
    for number, kind in enumerate(kinds):
        _style(document, number, kind, icon=icons)
    for number, kind in enumerate(kinds):
        folder = ET.SubElement(document, "Folder")
        _leaf(folder, "name", kind)
        for event, where in placed:
            if event.kind == kind:
                _placemark(folder, event, where, number, texts)
    ET.indent(root)
    text = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()


def _style(parent: ET.Element, number: int, kind: str, *, icon: bool) -> None:
    red, green, blue = (look(kind).colour[n : n + 2].lower() for n in (1, 3, 5))
    style = ET.SubElement(parent, "Style", id=f"kind{number}")
    symbol = ET.SubElement(style, "IconStyle")
    if icon:
        _leaf(symbol, "scale", "0.7")
        _leaf(ET.SubElement(symbol, "Icon"), "href", f"icons/kind{number}.png")
    else:
        _leaf(symbol, "color", f"ff{blue}{green}{red}")
    balloon = ET.SubElement(style, "BalloonStyle")
    _leaf(balloon, "text", "<h3>$[name]</h3>$[description]")


def _placemark(parent: ET.Element, event: Event, where: Where, number: int, texts: Mapping[str, Document]) -> None:
    cells = row(event, texts)
    mark = ET.SubElement(parent, "Placemark", id=f"event-{number}-{_identifier(event.id)}")
    _leaf(mark, "name", f"{event.sub_kind}, {clean(where.place.name)}")
    _leaf(mark, "visibility", "1" if event.on_map else "0")
    _leaf(mark, "description", _balloon(cells))
    _time(mark, event)
    _leaf(mark, "styleUrl", f"#kind{number}")
    data = ET.SubElement(mark, "ExtendedData")
    for name, value in cells.items():
        if value is not None:
            _leaf(ET.SubElement(data, "Data", name=name), "value", str(value))
    point = ET.SubElement(mark, "Point")
    _leaf(point, "coordinates", f"{where.place.longitude:.6f},{where.place.latitude:.6f}")


def _balloon(cells: Mapping[str, Cell]) -> str:
    """Return a table in HTML. Google Earth runs what a description holds, so each text is escaped for HTML too."""
    lines = (
        f"<tr><th align='left'>{title}</th><td>{html.escape(str(cells[name]))}</td></tr>"
        for name, title in _SHOWN.items()
        if cells[name] is not None
    )
    return f"<table>{''.join(lines)}</table>"


def _time(mark: ET.Element, event: Event) -> None:
    if event.when is None or event.when.first is None:
        return
    last = event.when.last or event.when.first
    if last == event.when.first:
        _leaf(ET.SubElement(mark, "TimeStamp"), "when", last.isoformat())
        return
    span = ET.SubElement(mark, "TimeSpan")
    _leaf(span, "begin", event.when.first.isoformat())
    _leaf(span, "end", last.isoformat())


def _identifier(text: str) -> str:
    return "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in text)


def _leaf(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = clean(text)


def write(events: EventSet, file: IO[bytes]) -> None:
    """Write KML: symbols are the reader's own pins in the kinds' colours; what did not happen starts hidden."""
    file.write(_document(events, icons=False))


def write_kmz(events: EventSet, file: IO[bytes]) -> None:
    """Write KMZ: the same with the symbols of the map inside."""
    kinds = list(dict.fromkeys(event.kind for event in events.events if event.where))
    icons = {f"icons/kind{number}.png": png(kind) for number, kind in enumerate(kinds)}
    write_zip({"doc.kml": _document(events, icons=True), **icons}, file)
