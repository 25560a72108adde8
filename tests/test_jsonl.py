"""The jsonl that verbs pipe says all, reads back the same, and keeps to its schema."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import date
from importlib.resources import files

import jsonschema
import pytest

from gazetteer.place import Place
from geomap.errors import UnreadableInput
from geomap.export import jsonl
from geomap.model import (
    Actor,
    Candidate,
    Document,
    Event,
    EventSet,
    Failure,
    Mention,
    Report,
    Resolution,
    Span,
    Toll,
    When,
    Where,
)

TEXT = "Army shells killed more than 22 people near Kidal on Saturday."
KIDAL = Place(2455290, "Kidal", 18.44, 1.41, "ML", None, "Kidal", None, "P.PPLA", 25617)
OTHER = Place(-7, "Kidal", 10.0, 1.0, "TG", None, None, None, "P.PPL", 0)
DOCUMENT = Document("a1", TEXT, "A title", date(2013, 5, 25), "en", "a.txt", (Span(0, len(TEXT)),))
PLACED = Resolution(
    Mention(Span(44, 49), "Kidal"), KIDAL, 0.91, (Candidate(KIDAL, 0.91), Candidate(OTHER, 0.09, ("same name",)))
)
EVENT = Event(
    id="e1",
    kind="Explosions/Remote violence",
    sub_kind="Shelling/artillery/missile attack",
    status="happened",
    document="a1",
    evidence=Span(0, len(TEXT)),
    trigger=Span(5, 11),
    when=When(Span(50, 61), date(2013, 5, 25), date(2013, 5, 25), 1),
    where=Where(KIDAL, Span(44, 49), 2, 10.0, 0.91),
    actors=(Actor("Army", "source", "State forces", Span(0, 4)),),
    killed=Toll(Span(19, 31), "more than 22", 22, None, 22),
    confidence=0.8,
    also=(Report("a2", Span(3, 9), Span(3, 5)),),
)
EVENTS = EventSet((DOCUMENT,), {"a1": (PLACED,)}, (EVENT,), (Failure("b.txt", "is binary"),))


def lines(events: EventSet, *, with_text: bool = False) -> list[str]:
    """Write events and return the lines."""
    file = io.StringIO()
    jsonl.write(events, file, with_text=with_text)
    return file.getvalue().splitlines()


@pytest.mark.parametrize("with_text", [True, False])
def test_every_line_keeps_to_the_schema(with_text: bool) -> None:
    """Known or unknown, failed or not: the same keys, and nothing else."""
    schema = json.loads(files("geomap").joinpath("export/schema.json").read_text("utf-8"))
    bare = Event("e2", "Protests", "Peaceful protest", "planned", "a1", Span(0, 4), Span(0, 4))
    unknown = Resolution(Mention(Span(0, 4), "Army"))
    events = EventSet((DOCUMENT,), {"a1": (PLACED, unknown)}, (EVENT, bare), EVENTS.failures)

    for line in lines(events, with_text=with_text):
        jsonschema.validate(json.loads(line), schema)


def test_what_is_written_is_read_back() -> None:
    """Nothing is lost on the way, but a place's codes that no map needs."""
    back = jsonl.read(lines(EVENTS, with_text=True))

    assert (DOCUMENT,) == back.documents
    assert (EVENT,) == back.events
    assert EVENTS.failures == back.failures
    assert back.resolutions["a1"][0].place == KIDAL
    assert back.resolutions["a1"][0].candidates[1].reasons == ("same name",)


def test_the_text_stays_at_home_unless_asked_for() -> None:
    """An archive may not be allowed to keep it."""
    assert "text" not in json.loads(lines(EVENTS)[0])


def test_writing_what_was_read_gives_the_same_lines() -> None:
    """Pipes lose nothing."""
    once = lines(EVENTS, with_text=True)

    assert once == lines(jsonl.read(once), with_text=True)


@pytest.mark.parametrize("line", ["{", "[]", '{"id": "x"}', '{"id": "x", "toponyms": [{}], "events": []}'])
def test_a_bad_line_is_named(line: str) -> None:
    """The message names the file and the line, and what to type."""
    with pytest.raises(UnreadableInput, match=r"events\.jsonl, line 2: .*geomap extract"):
        jsonl.read([lines(EVENTS)[0], line], name="events.jsonl")


def test_failures_stand_where_they_stood_among_the_inputs() -> None:
    """What failed comes between what was read before and after it, also when it is read back and written again."""
    after = replace(DOCUMENT, id="a2")
    failures = (Failure("first", "no", after=0), Failure("second", "no", after=1), Failure("somewhere", "no"))
    once = lines(EventSet((DOCUMENT, after), failures=failures))

    assert [json.loads(line)["id"] for line in once] == ["first", "a1", "second", "a2", "somewhere"]
    assert once == lines(jsonl.read(once))
