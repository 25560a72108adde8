"""The measures of events, and the floors under what geomap reaches."""

from __future__ import annotations

import json
import os
from functools import cache
from pathlib import Path

import pytest

from gazetteer import open_gazetteer
from geomap.errors import MissingInput, UsageError
from geomap.model import Document, Event, Span, Toll
from geomap.score import muc
from geomap.score.events import CORPORA, faults, score, weighted_f1

DATA = Path(__file__).parent / "data"
FLOORS = json.loads((DATA / "events_floors.json").read_text("utf-8"))
CEILINGS = json.loads((DATA / "events_ceilings.json").read_text("utf-8"))
LIMITS = {"events_acled_notes": 1000, "events_eventloc": 3000, "events_glocon_docs": 120, "events_muc4_tst1": 60}
"""How many documents of the large corpora the test reads; a release is measured on all."""


@cache
def figures(name: str) -> dict[str, float]:
    """Return the measures of a corpus, read once."""
    folder = os.environ.get("GEOMAP_CORPORA")
    if not folder:
        pytest.skip("GEOMAP_CORPORA names no folder of corpora")
    return score(Path(folder) / f"{name}.jsonl", open_gazetteer(), limit=LIMITS.get(name))


@pytest.mark.corpora
@pytest.mark.parametrize("name", list(FLOORS))
def test_no_measure_falls_below_its_floor(name: str) -> None:
    """What was reached stays reached."""
    found = figures(name)

    assert {m: found[m] for m, floor in FLOORS[name].items() if found[m] < floor} == {}


@pytest.mark.corpora
@pytest.mark.parametrize("name", list(CEILINGS))
def test_no_false_alarm_rises_above_its_ceiling(name: str) -> None:
    """Events and tolls where there are none stay rare."""
    found = figures(name)

    assert {m: found[m] for m, top in CEILINGS[name].items() if found[m] > top} == {}


def event(kind: str, *, killed: int | None = None, status: str = "happened") -> Event:
    """Return an event of that kind, with nothing else told."""
    toll = None if killed is None else Toll(Span(0, 1), "x", killed, killed, killed)
    return Event("e", kind, "Attack", status, "a", Span(0, 1), Span(0, 1), killed=toll)  # type: ignore[arg-type]


def test_a_hard_sentence_fails_on_any_wrong_field() -> None:
    """A wrong toll, and an event where there is none, are faults; the right toll is not."""
    gold = {"events": [{"type": "Violence against civilians", "killed": 3}]}
    page = Document("a", "x")

    assert faults(gold, page, [event("Violence against civilians", killed=3)]) == []
    assert faults(gold, page, [event("Violence against civilians", killed=4)]) == ["killed 4, not 3"]
    assert faults({"events": []}, page, [event("Battles")]) == ["Attack where there is none"]
    assert faults({"events": []}, page, [event("Battles", status="threatened")]) == []


def test_the_weighted_f1_counts_each_label_by_its_gold() -> None:
    """Three of one label right and one of another missed: three quarters of the weight."""
    assert weighted_f1([("a", "a")] * 3 + [("b", None)]) == pytest.approx(0.75)


def test_muc_pairs_templates_with_the_likest_events() -> None:
    """A template takes the event of its place; what is optional and unpaired is not missing."""
    template = {
        "type": ["BOMBING"],
        "optional": False,
        "location": [{"chain": [{"name": "PERU"}, {"name": "LIMA"}]}],
        "date": [{"start": "1990-01-01", "end": "1990-01-02"}],
        "killed": {"min": 2, "max": 2},
        "injured": None,
        "perp_individual": [],
        "perp_org": [],
    }
    right = muc.Answer("BOMBING", frozenset({"peru", "lima"}), "1990-01-01", None, 2, None, ())
    other = muc.Answer("KIDNAPPING", frozenset({"peru"}), "1990-01-01", None, None, None, ())
    rows = [{"doc_id": "a", "events": [template, {**template, "optional": True}]}]
    found = muc.score(rows, {"a": [other, right]})

    assert found["template recall"] == 1
    assert found["template precision"] == 0.5
    assert found["specific place"] == found["killed in range"] == found["date"] == 1


def test_a_corpus_that_is_not_there_or_not_known_is_told() -> None:
    """The message says what would be right."""
    with pytest.raises(MissingInput):
        score(Path("nowhere.jsonl"), open_gazetteer())
    with pytest.raises(UsageError, match=next(iter(CORPORA))):
        score(DATA / "events_floors.json", open_gazetteer())
