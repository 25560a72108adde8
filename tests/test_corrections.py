"""Corrections made in a page fit the same words again, whatever else has changed."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from geomap.corrections import Correction, apply, load
from geomap.errors import MissingInput, UnreadableInput
from geomap.export import jsonl
from geomap.model import EventSet, Span

DATA = Path(__file__).parent / "data" / "map"
ROCKETS = "Two rockets landed near Hermel in eastern Lebanon on Saturday, wounding four people, security sources said."


@pytest.fixture
def border() -> EventSet:
    """Thirteen events of one article."""
    with (DATA / "border.jsonl").open(encoding="utf-8") as lines:
        return jsonl.read(lines)


def written(path: Path, **row: Any) -> Path:  # noqa: ANN401 - whatever a file may hold
    """Write a file with one correction."""
    base = {"what": "event", "document": "d1", "quote": ROCKETS, "trigger": "rockets", "kind": "Battles", "change": {}}
    found = {"format": "geomap corrections", "version": 1, "corrections": [{**base, **row}]}
    path.write_text(json.dumps(found), encoding="utf-8")
    return path


def event(events: EventSet, name: str) -> Any:  # noqa: ANN401 - an Event or None
    """Return the event of that id."""
    return next((e for e in events.events if e.id == name), None)


def test_a_rejected_event_is_gone(border: EventSet, tmp_path: Path) -> None:
    """What a reader called no event is left out, and only that."""
    fixed, warnings = apply(border, load(written(tmp_path / "c.json", change={"reject": True})))

    assert () == warnings
    assert event(fixed, "e05") is None
    assert len(border.events) - 1 == len(fixed.events)


def test_kind_status_and_days_change(border: EventSet, tmp_path: Path) -> None:
    """Each thing the correction names changes, and nothing else."""
    change = {"kind": "Battles", "sub_kind": "Armed clash", "status": "attempted", "first": "2013-05-20", "last": None}
    fixed, _ = apply(border, load(written(tmp_path / "c.json", change=change)))
    after, before = event(fixed, "e05"), event(border, "e05")

    assert ("Battles", "Armed clash", "attempted") == (after.kind, after.sub_kind, after.status)
    assert (date(2013, 5, 20), date(2013, 5, 20), 1) == (after.when.first, after.when.last, after.when.precision)
    assert before.where == after.where
    assert before.wounded == after.wounded


def test_tolls_change(border: EventSet, tmp_path: Path) -> None:
    """A toll gets new bounds and keeps its words; one that the text has no words for stands behind the trigger."""
    change = {"wounded": {"low": 5, "high": 8}, "killed": {"low": 1, "high": None}}
    fixed, _ = apply(border, load(written(tmp_path / "c.json", change=change)))
    after, before = event(fixed, "e05"), event(border, "e05")

    assert (5, 8, 5, "four") == (after.wounded.low, after.wounded.high, after.wounded.best, after.wounded.words)
    assert before.wounded.span == after.wounded.span
    assert (1, None, 1, "1") == (after.killed.low, after.killed.high, after.killed.best, after.killed.words)
    assert (before.trigger.end, before.trigger.end) == (after.killed.span.start, after.killed.span.end)
    assert before.when == after.when


def test_a_toll_is_taken_away(border: EventSet, tmp_path: Path) -> None:
    """Where a reader says that nobody was wounded there is no toll, and the file comes back from jsonl as it went."""
    fixed, _ = apply(border, load(written(tmp_path / "c.json", change={"wounded": None})))

    assert event(fixed, "e05").wounded is None


def test_a_pin_is_moved(border: EventSet, tmp_path: Path) -> None:
    """A place chosen by a reader is sure, exact, and keeps the words that named it."""
    place = {"id": None, "name": "Hermel", "latitude": 34.39, "longitude": 36.4, "country": "LB", "feature": "P.PPL"}
    fixed, _ = apply(border, load(written(tmp_path / "c.json", change={"place": place})))
    where = event(fixed, "e05").where

    assert (34.39, 36.4, 1, 1.0) == (where.place.latitude, where.place.longitude, where.precision, where.confidence)
    assert event(border, "e05").where.span == where.span


def test_corrections_survive_a_new_version(border: EventSet) -> None:
    """Other ids, another document id, other sentence ends and other white space: the words still fit."""
    document = replace(border.documents[0], id="new", text=border.documents[0].text.replace(" landed ", "\n landed  "))
    shift = 2
    start = document.text.index("Two rockets")
    moved = replace(
        event(border, "e05"), id="other", document="new", trigger=Span(start + 4, start + 11),
        evidence=Span(start, start + 30 + shift), where=None, when=None, wounded=None, actors=(),
    )  # fmt: skip
    again = EventSet((document,), {}, (moved,))
    fixed, warnings = apply(again, [Correction("event", ROCKETS, "rockets", {"reject": True}, document="d1")])

    assert () == warnings
    assert () == fixed.events


def test_what_no_longer_fits_is_told(border: EventSet) -> None:
    """A correction whose words are gone changes nothing and is named in a warning."""
    fixed, warnings = apply(border, [Correction("event", "No such sentence.", "such", {"reject": True})])

    assert border == fixed
    assert 1 == len(warnings)
    assert "'such'" in warnings[0]


def test_a_name_is_put_elsewhere(border: EventSet) -> None:
    """Choosing another place for a name moves the name and every event that lies there by it."""
    resolution = next(r for r in border.resolutions["d1"] if r.mention.text == "Tripoli")
    libya = resolution.candidates[1].place
    quote = resolution.mention.span
    around = border.documents[0].text[quote.start - 20 : quote.end + 20]
    fixed, warnings = apply(border, [Correction("place", around, "Tripoli", {"place": libya}, document="d1")])
    after = next(r for r in fixed.resolutions["d1"] if r.mention.text == "Tripoli")

    assert () == warnings
    assert libya.id == after.place.id if after.place else None
    assert {libya.id} == {event(fixed, name).where.place.id for name in ("e03", "e04")}
    assert 1.0 == after.confidence


def test_a_name_is_no_place(border: EventSet) -> None:
    """A name said to be no place loses its place, and its events with it."""
    text = border.documents[0].text
    start = text.index("Hermel")
    quote = text[start - 15 : start + 15]
    fixed, _ = apply(border, [Correction("place", quote, "Hermel", {"place": None}, document="d1")])

    assert event(fixed, "e05").where is None


@pytest.mark.parametrize(
    "content",
    ["", "[]", "{}", '{"format": "geomap corrections", "version": 9, "corrections": []}', "\x00", "nonsense"],
)
def test_what_is_no_file_of_corrections_is_refused(tmp_path: Path, content: str) -> None:
    """A file that is something else says what would be right."""
    (tmp_path / "c.json").write_text(content, encoding="utf-8")

    with pytest.raises(UnreadableInput, match=r"c\.json"):
        load(tmp_path / "c.json")
    with pytest.raises(MissingInput):
        load(tmp_path / "none.json")


@pytest.mark.parametrize(
    "change",
    [
        {"status": "maybe"},
        {"first": "yesterday"},
        {"place": {"name": "X", "latitude": 99, "longitude": 0}},
        {"killed": {"low": 3, "high": 2}},
        {"killed": {"low": -1, "high": None}},
        {"wounded": {"low": 1.5}},
        {"wounded": {"low": True}},
        {"wounded": {"high": 4}},
        {"killed": {"low": 10**12}},
        {"killed": 4},
    ],
)
def test_impossible_changes_are_refused(tmp_path: Path, change: dict[str, Any]) -> None:
    """An unknown status, a day that is none, a point off the globe and a toll that is none are not let in."""
    with pytest.raises(UnreadableInput):
        load(written(tmp_path / "c.json", change=change))


def found_before(document: Any) -> Any:  # noqa: ANN401 - what analysing gives
    """Stand in for the street: give what was found in the article before."""
    with (DATA / "border.jsonl").open(encoding="utf-8") as lines:
        events = jsonl.read(lines)
    return events.resolutions[document.id], events.events


def test_a_corpus_makes_them_too(border: EventSet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each document of a corpus is corrected as it is read, by the words alone."""
    pytest.importorskip("pyarrow", reason="corpora need the extra corpus")
    from geomap.corpus import work

    monkeypatch.setattr(work, "_analyse", lambda _: found_before)
    text = written(tmp_path / "c.json", change={"reject": True}).read_text(encoding="utf-8")
    resolutions, events = work.prepare(work.Job(corrections=(text,)))(border.documents[0])

    assert border.resolutions["d1"] == resolutions
    assert "e05" not in {event.id for event in events}
