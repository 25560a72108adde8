"""The project's own annotated dispatches hold together: offsets, places, kinds, dates."""

from __future__ import annotations

import importlib.util
import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from geomap.model import STATUSES

DATA = Path(__file__).parent / "data"
LANGUAGES = ("fr", "es", "ar", "uk", "ru")
PLACED = 0.75
"""The least share of annotated places that must have a GeoNames id: villages that we typed in ourselves have none."""


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []


def _annotate() -> Any:  # noqa: ANN401 - a module loaded by path
    spec = importlib.util.spec_from_file_location("annotate", DATA / "annotate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


GOLD = _rows(DATA / "gold" / "gold.jsonl")
FOREIGN = [row for language in LANGUAGES for row in _rows(DATA / "gold" / language / "gold.jsonl")]
PASSAGES = _rows(DATA / "training" / "toponyms.jsonl")
SENTENCES = _rows(DATA / "training" / "events.jsonl")
DISPATCHES = pytest.mark.parametrize("row", GOLD + FOREIGN, ids=lambda row: row["id"])


def test_there_is_enough() -> None:
    """Fifty dispatches, half of them held out; 3,000 placed mentions and 1,200 sentences, a third of them held out."""
    mentions = sum(len(row["toponyms"]) for row in PASSAGES)

    assert len(GOLD) >= 50
    assert sum(row["held_out"] for row in GOLD) >= len(GOLD) // 2
    assert mentions >= 3000
    assert len(SENTENCES) >= 1200
    assert sum(row["held_out"] for row in PASSAGES) / len(PASSAGES) == pytest.approx(1 / 3, abs=0.02)


@pytest.mark.parametrize("row", GOLD + FOREIGN + PASSAGES, ids=lambda row: row.get("id") or row["doc_id"])
def test_toponyms_stand_where_they_say(row: dict[str, Any]) -> None:
    """Each toponym's offsets quote it; toponyms are in order, do not overlap, and have coordinates."""
    last = 0
    for toponym in row["toponyms"]:
        assert row["text"][toponym["start"] : toponym["end"]] == toponym["text"]
        assert toponym["start"] >= last
        assert toponym["kind"] in {"place", "demonym"}
        assert -90 <= toponym["lat"] <= 90
        assert -180 <= toponym["lon"] <= 180
        last = toponym["end"]


@DISPATCHES
def test_events_are_of_known_kinds(row: dict[str, Any]) -> None:
    """Kinds, statuses, actors and precisions are the code book's; the trigger lies in the evidence."""
    annotate = _annotate()
    for event in row["events"]:
        assert annotate.KIND_OF[event["sub_kind"]] == event["kind"]
        assert event["status"] in STATUSES
        assert event["geo_precision"] in {None, 1, 2, 3}
        assert event["time_precision"] in {None, 1, 2, 3}
        assert event["evidence"][0] <= event["trigger"][0] < event["evidence"][1]
        for actor in event["actors"]:
            assert actor["kind"] in annotate.ACTORS
            assert row["text"][slice(*actor["span"])] == actor["name"]


@DISPATCHES
def test_days_follow_from_publication(row: dict[str, Any]) -> None:
    """Without a day of publication no event has a day; the past comes before it and plans come after."""
    if row["published"] is None:
        assert all(event["start"] is None for event in row["events"])
        return
    published = date.fromisoformat(row["published"])
    for event in (event for event in row["events"] if event["start"]):
        first, last = date.fromisoformat(event["start"]), date.fromisoformat(event["end"])
        assert first <= last
        if event["status"] in {"happened", "ongoing", "historic"}:
            assert first <= published
        if event["status"] == "planned":
            assert last >= published
        if event["status"] == "historic":
            assert (published - last).days > 20


@DISPATCHES
def test_tolls_are_ranges_with_words(row: dict[str, Any]) -> None:
    """A toll quotes its words, and its best figure lies between low and high."""
    for event in row["events"]:
        for name in ("killed", "wounded", "cumulative_killed", "abducted", "arrested", "displaced"):
            toll = event[name]
            if toll:
                assert row["text"][slice(*toll["span"])] == toll["words"]
                assert toll["high"] is None or toll["low"] <= toll["high"]
                assert toll["best"] is None or toll["best"] >= toll["low"]


def test_sources_and_what_is_made_of_them_agree() -> None:
    """The jsonl files are what annotate.py makes of the sources today: nobody edited one without the other."""
    annotate = _annotate()
    places = annotate.Places()
    made = [annotate.gold_row(path, places) for path in sorted((DATA / "gold" / "source").glob("*.txt"))]

    assert made == GOLD
    assert not places.missing


def test_seeds_are_the_gold_texts() -> None:
    """Each sample dispatch in seeds/ is the text of the annotated one of that name."""
    seeds = {path.stem: path.read_text(encoding="utf-8") for path in (DATA.parent.parent / "seeds").glob("*.txt")}

    assert {row["id"]: row["text"] + "\n" for row in GOLD if row["seed"]} == seeds
    assert len(seeds) >= 14


def test_labelled_sentences_are_sound() -> None:
    """A labelled sentence has a known kind or none, quotes its place, and all sub-types occur."""
    annotate = _annotate()
    for row in SENTENCES:
        assert row["place"] is None or row["place"] in row["text"]
        assert row["sub_kind"] is None or annotate.KIND_OF[row["sub_kind"]] == row["kind"]
    assert {row["sub_kind"] for row in SENTENCES} == {None, *annotate.KIND_OF}


def test_ids_are_in_the_gazetteer() -> None:
    """Every pinned id is the gazetteer's, in the same country and near by; most places have one."""
    from geopy.distance import great_circle

    from gazetteer import open_gazetteer

    gazetteer = open_gazetteer()
    rows = _annotate().Places().rows
    placed = [row for row in rows.values() if row["geonameid"]]
    for row in placed:
        place = gazetteer.get(int(row["geonameid"]))
        assert place is not None, row
        assert row["country"] == (place.country or "")
        reach = 10 if place.feature.startswith("P.") else 200
        assert great_circle((place.latitude, place.longitude), (float(row["lat"]), float(row["lon"]))).km < reach
    assert len(placed) / len(rows) >= PLACED
