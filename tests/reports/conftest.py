"""A small set of events made by hand, with everything an export can stumble over."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest

from gazetteer.place import Place
from geomap.model import Actor, Document, Event, EventSet, Mention, Report, Resolution, Span, Toll, When, Where

if TYPE_CHECKING:
    from collections.abc import Callable

QUSAYR = Place(173322, "Al Qusayr", 34.51, 36.58, "SY", "SY.11", "Homs", None, "P.PPL", 41062, 5.0, "geonames")
TRIPOLI = Place(266826, "Tripoli", 34.43352, 35.84415, "LB", "LB.09", "Liban-Nord", None, "P.PPLA", 229398, 8.0)
SYRIA = Place(163843, "Syria", 35.0, 38.0, "SY", None, None, None, "A.PCLI", 16906283, 350.0)
ALEPPO = Place(170063, "Aleppo", 36.20124, 37.16117, "SY", "SY.09", "Aleppo", None, "P.PPLA", 1602264, 10.0)
SUVA = Place(2198148, "Suva", -18.14161, 178.44149, "FJ", "FJ.01", "Central", None, "P.PPLC", 77366, 8.0)

TEXT = (
    "BEIRUT, May 25 - Government troops clashed with rebels near Al Qusayr on Saturday, killing more than 22 people.\n"
    'A car bomb in Tripoli wounded dozens on Friday. =HYPERLINK("http://example.org") was painted on a wall.\n'
    "Protesters are to march in Suva on Monday. Officials denied that gas was used in Aleppo.\n"
    "The war in Syria has killed 80,000."
)


def span(words: str, text: str = TEXT) -> Span:
    """Return where the words first stand in the text."""
    start = text.index(words)
    return Span(start, start + len(words))


def where(place: Place, words: str, precision: int = 1, radius: float = 5.0, sure: float = 0.9) -> Where:
    """Return a place named by words of the text."""
    return Where(place, span(words), precision, radius, sure)  # type: ignore[arg-type] # 1 to 3 by every caller


DOCUMENTS = (
    Document(
        "one", TEXT, "Clashes <near> “Qusayr” & beyond", date(2013, 5, 25), "en", "https://example.org/one?a=1&b=2"
    ),
    Document("two", "دمشق: Дамаск. Troops clashed with rebels near Al Qusayr.", None, date(2013, 5, 26), "en", "wire"),
    Document("bare", "", "=cmd|' /C calc'!A0", None, "en", None),
)

EVENTS = (
    Event(
        "e1", "Battles", "Armed clash", "happened", "one",
        span("Government troops clashed with rebels near Al Qusayr on Saturday, killing more than 22 people."),
        span("clashed"),
        When(span("on Saturday"), date(2013, 5, 25), date(2013, 5, 25), 1),
        where(QUSAYR, "Al Qusayr", 2, 25.0),
        (
            Actor("Government troops", "source", "State forces", span("Government troops")),
            Actor("rebels", "target", "Rebel groups", span("rebels")),
        ),
        Toll(span("more than 22"), "more than 22", 22, None, 22),
        confidence=0.91,
        also=(Report("two", Span(14, 56), Span(21, 28)),),
    ),
    Event(
        "e2", "Explosions/Remote violence", "Remote explosive/landmine/IED", "happened", "one",
        span("A car bomb in Tripoli wounded dozens on Friday."), span("car bomb"),
        When(span("on Friday"), date(2013, 5, 24), date(2013, 5, 24), 1),
        where(TRIPOLI, "Tripoli"),
        (),
        wounded=Toll(span("dozens"), "dozens", 12, None, 12),
        confidence=0.8,
    ),
    Event(
        "e3", "Protests", "Peaceful protest", "planned", "one",
        span("Protesters are to march in Suva on Monday."), span("march"),
        When(span("on Monday"), date(2013, 5, 27), date(2013, 5, 27), 1),
        where(SUVA, "Suva"),
        (Actor("Protesters", "source", "Protesters", span("Protesters")),),
        confidence=0.7,
    ),
    Event(
        "e4", "Explosions/Remote violence", "Chemical weapon", "denied", "one",
        span("Officials denied that gas was used in Aleppo."), span("gas"),
        None, where(ALEPPO, "Aleppo"), confidence=0.6,
    ),
    Event(
        "e5", "Violence against civilians", "Attack", "happened", "one",
        span("The war in Syria has killed 80,000."), span("killed"),
        None, where(SYRIA, "Syria", 3, 350.0), cumulative_killed=Toll(span("80,000"), "80,000", 80000, 80000, 80000),
        confidence=0.4,
    ),
    Event("e6", "Diplomacy", "Talks", "happened", "bare", Span(0, 0), Span(0, 0), confidence=0.5),
)  # fmt: skip


@pytest.fixture(scope="session")
def events() -> EventSet:
    """Six events of three documents: with and without place, day, toll and text, and of many statuses."""
    resolution = Resolution(Mention(span("Al Qusayr"), "Al Qusayr"), QUSAYR, 0.9)
    return EventSet(DOCUMENTS, {"one": (resolution,), "two": (), "bare": ()}, EVENTS)


@pytest.fixture(scope="session")
def hostile(events: EventSet) -> EventSet:
    """The first event with names that a spreadsheet or an XML parser must not take at their word."""
    names = ("=1+1", "@SUM(A1)", "+1", "-1", "\t=1", "＝1", "</name><script>alert(1)</script>", "a\x0bb\ud800c", "]]>")
    made = tuple(
        replace(event := EVENTS[0], id=f"h{n}", actors=(replace(event.actors[0], name=name),))
        for n, name in enumerate(names)
    )
    return replace(events, events=made)


@pytest.fixture(scope="session")
def valid_geojson() -> Callable[[dict[str, Any]], None]:
    """Return a check of a FeatureCollection of points against RFC 7946: a schema, and the ranges of positions."""
    position = {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 3}
    point = {
        "type": "object",
        "required": ["type", "coordinates"],
        "properties": {"type": {"const": "Point"}, "coordinates": position},
    }
    feature = {
        "type": "object",
        "required": ["type", "geometry", "properties"],
        "not": {"anyOf": [{"required": ["coordinates"]}, {"required": ["features"]}]},
        "properties": {
            "type": {"const": "Feature"},
            "id": {"type": ["string", "number"]},
            "geometry": {"anyOf": [point, {"type": "null"}]},
            "properties": {"type": ["object", "null"]},
        },
    }
    schema = {
        "type": "object",
        "required": ["type", "features"],
        "not": {"anyOf": [{"required": [name]} for name in ("crs", "coordinates", "geometry", "properties")]},
        "properties": {
            "type": {"const": "FeatureCollection"},
            "bbox": {"type": "array", "items": {"type": "number"}, "minItems": 4, "maxItems": 4},
            "features": {"type": "array", "items": feature},
        },
    }

    def check(data: dict[str, Any]) -> None:
        jsonschema.validate(data, schema)
        for item in data["features"]:
            if item["geometry"]:
                longitude, latitude = item["geometry"]["coordinates"][:2]
                assert -180 <= longitude <= 180
                assert -90 <= latitude <= 90

    return check
