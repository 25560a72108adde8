"""What holds for any events and any text."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from gazetteer import Gazetteer, open_gazetteer
from geomap.errors import InputError
from geomap.events.merge import merge
from geomap.export import FORMATS, jsonl
from geomap.finders import FINDERS
from geomap.map import draw
from geomap.model import Document, EventSet
from geomap.pipeline import analyse
from geomap.readers import finish

from .made import event_sets

FEW = settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.generate, Phase.target),
)
MANY = settings(FEW, max_examples=100)

PIECES = st.sampled_from(
    [
        *"""killed wounded four 22 80,000 people soldiers in at near of the on Saturday yesterday Aleppo Damascus
        Syrian Lebanon Tripoli , . - — ( ) “ ” shelling bombed clashes troops rebels were was have been not no may
        will plan to said Reuters ISTANBUL U.S. al-Qusayr Mr. Gen. March 2011 25 May since dozens of five
        children""".split(),
        *("\n", "\n\n", "’s", "\u200f", "é", "حلب", "中国", "𝕏", "\t", "1/2", "…", "&amp;", "<b>"),
    ]
)
PROSE = st.one_of(
    st.lists(PIECES, max_size=60).map(" ".join),
    st.text(st.characters(codec="utf-8"), max_size=300),
)


@cache
def _gazetteer() -> Gazetteer:
    return open_gazetteer()


@FEW
@given(event_sets())
def test_jsonl_gives_back_what_it_was_given(events: EventSet) -> None:
    """What is written is read again whole, whatever is in it, on one line a document."""
    file = io.StringIO()
    jsonl.write(events, file, with_text=True)
    lines = file.getvalue().split("\n")
    again = io.StringIO()
    back = jsonl.read(lines)
    jsonl.write(back, again, with_text=True)

    assert len(lines) == len(events.documents) + len(events.failures) + 1
    assert events.documents == back.documents
    assert file.getvalue() == again.getvalue()


@pytest.mark.parametrize("name", FORMATS)
@FEW
@given(events=event_sets())
def test_every_format_takes_any_events(name: str, events: EventSet) -> None:
    """No name, date or number breaks a format; and the same events give the same bytes."""
    chosen = FORMATS[name]
    if chosen.extra:
        pytest.importorskip("pyogrio")
    once, twice = ((io.BytesIO() if chosen.binary else io.StringIO(newline="")) for _ in range(2))
    chosen.write(events, once)
    chosen.write(events, twice)

    assert once.getvalue() == twice.getvalue()


@settings(FEW, max_examples=10)
@given(event_sets())
def test_the_map_takes_any_events(events: EventSet) -> None:
    """The page is drawn, twice the same, and no text of an article ends its script."""
    once = str(draw(events).get_root().render())

    assert once == str(draw(events).get_root().render())
    assert once.lower().count("<script") == once.lower().count("</script>")


@FEW
@given(event_sets())
def test_merging_twice_changes_nothing_more(events: EventSet) -> None:
    """Merged events stay as they are, none is lost to no event, and the order they come in does not matter."""
    documents = {d.id: d for d in events.documents}
    once = merge(events.events, documents)

    assert len(once) <= len(events.events)
    assert bool(once) == bool(events.events)
    assert len(merge(once, documents)) == len(once)
    assert {e.kind for e in once} == {e.kind for e in events.events}


@MANY
@given(PROSE)
def test_every_fact_points_into_its_text(text: str) -> None:
    """Whatever the text, each span lies in it, each quotation is its span's, and a second run finds the same."""
    document = finish(replace(Document("x", text, published=date(2013, 5, 25)), language=""))
    found, events = analyse(document, _gazetteer())

    assert (found, events) == analyse(document, _gazetteer())
    for resolution in found:
        assert resolution.mention.text == resolution.mention.span.of(text) != ""
        assert 0 <= resolution.confidence <= 1
    for a, b in pairwise(sorted(r.mention.span for r in found)):
        assert a.end <= b.start
    for event in events:
        assert event.evidence.holds(event.trigger)
        assert 0 <= event.evidence.start < event.evidence.end <= len(text)
        assert event.trigger.of(text).strip()
        for toll in (event.killed, event.wounded, event.cumulative_killed):
            assert toll is None or (toll.words == toll.span.of(text) and 0 <= toll.low <= (toll.high or toll.low))
        for actor in event.actors:
            assert 0 <= actor.span.start < actor.span.end <= len(text)


@pytest.mark.parametrize("finder", [name for name in FINDERS if name != "spacy"])
@FEW
@given(text=PROSE)
def test_finders_find_names_that_stand_there(finder: str, text: str) -> None:
    """Mentions come in order, do not overlap, and quote the text."""
    found = FINDERS[finder](Document("x", text), _gazetteer())

    assert list(found) == sorted(found, key=lambda m: m.span)
    assert all(m.text == m.span.of(text) for m in found)
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=True), st.text(max_size=8)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)),
    max_leaves=8,
)


@MANY
@given(event_sets(), st.data())
def test_damaged_jsonl_is_refused_and_never_believed(events: EventSet, data: st.DataObject) -> None:
    """A line with one value changed is read as it stands or refused by an error that names it; it never crashes."""
    file = io.StringIO()
    jsonl.write(events, file, with_text=True)
    row = json.loads(file.getvalue().split("\n")[0])
    _spoil(row, data)
    try:
        read = jsonl.read([json.dumps(row)], name="spoilt")
        jsonl.write(read, io.StringIO())
        draw(read)
    except InputError as error:
        refusal = str(error)
    else:
        refusal = "spoilt was believed, and may be"
    assert "spoilt" in refusal


def _spoil(row: Any, data: st.DataObject) -> None:  # noqa: ANN401 - JSON
    """Put any JSON in place of one value, at any depth."""
    key = data.draw(st.sampled_from(list(row) if isinstance(row, dict) else list(range(len(row)))))
    if isinstance(row[key], dict | list) and row[key] and data.draw(st.booleans()):
        _spoil(row[key], data)
    else:
        row[key] = data.draw(JSON)
