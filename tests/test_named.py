"""Which names in a sentence are of places, and which of them is an event's."""

from __future__ import annotations

from typing import Any

import pytest

from gazetteer.place import Place
from geomap.events import extract, places
from geomap.events.lexicon import Hit
from geomap.events.named import named
from geomap.events.reading import read
from geomap.model import Document, Mention, Resolution, Span

IBI = Place(1, "Ibi", 8.18, 9.74, "NG", "11", "Taraba", None, "P.PPLA2", 60_000)
NIGERIA = Place(2, "Nigeria", 10.0, 8.0, "NG", None, None, None, "A.PCLI", 190_000_000, 600.0)
KUNDUZ = Place(3, "Kunduz", 36.73, 68.87, "AF", "24", "Kunduz", None, "P.PPLA", 260_000)
MALTA = Place(4, "Qala", 36.03, 14.31, "MT", "42", "Qala", None, "P.PPLA", 2_000)


def _found(text: str, word: str, place: Place, confidence: float = 0.9) -> Resolution:
    start = text.index(word)
    return Resolution(Mention(Span(start, start + len(word)), word), place, confidence)


@pytest.mark.parametrize(
    ("text", "name", "cue"),
    [
        ("Herdsmen attacked Buwa village on Monday.", "Buwa", "noun"),
        ("The bomb went off at Keysansey Hospital on Monday.", "Keysansey Hospital", "kind"),
        ("Troops retook the town of Hazrama on Monday.", "Hazrama", "of"),
        ("Six people were shot dead in Maleley on Monday.", "Maleley", "prep"),
        ("A bomb exploded near the al-Zawraa Park on Tuesday.", "Zawraa Park", "kind"),
    ],
)
def test_the_words_around_give_a_place_away(text: str, name: str, cue: str) -> None:
    """A name that no recogniser found is a place's where a noun or a preposition of place stands with it."""
    (sentence,) = read(Document("x", text))

    assert [(name, cue)] == [(n.resolution.mention.text, n.cue) for n in named(sentence, ())]


@pytest.mark.parametrize(
    "text",
    [
        "President Musa spoke on Monday.",
        "Six people were shot dead on Monday in April.",
        "They told of it in the AP.",
        "Gunmen shot Ahmad Khan dead.",
    ],
)
def test_people_days_and_initials_are_no_places(text: str) -> None:
    """A title, a day, a month, initials, or no word of place: the name is not taken for a place's."""
    (sentence,) = read(Document("x", text))

    assert not named(sentence, ())


def test_an_unknown_place_is_looked_for_around_the_one_it_lies_in() -> None:
    """The words stay those of the village; the point is the known town's that it is told to lie in, and wider."""
    text = "Suspected herdsmen killed seven people in an attack on Buwa village in Ibi on Monday."
    (event,) = extract(Document("x", text), [_found(text, "Ibi", IBI)], None)

    assert event.where is not None
    assert event.where.span is not None
    assert IBI == event.where.place
    assert "Buwa" == event.where.span.of(text)
    assert 2 == event.where.precision


def test_the_place_of_the_deed_is_likelier_than_the_country_told_beside() -> None:
    """A country named elsewhere in the sentence does not win over the town in the event word's own clause."""
    text = "Gunmen killed seven people in Ibi on Monday, the deadliest attack in Nigeria this year."
    (sentence,) = read(Document("x", text))
    found = places.sites(sentence, Hit(1, 2, "attack"), [_found(text, "Ibi", IBI), _found(text, "Nigeria", NIGERIA)])

    assert IBI == found[0].place
    assert found[0].likelihood >= places.LIKELY


def test_what_is_said_to_be_likely_adds_up() -> None:
    """The places of an event and none of them share one: no model makes two of them sure."""
    features: Any = [["side=after"], ["side=before"], []]

    assert 1 > sum(places.shares(features, {"side=after": 40.0, "side=before": 3.0})) > 0.99


def test_a_lone_doubtful_place_gives_way_to_a_sure_one() -> None:
    """A doubtful name in a country that nothing else speaks of is not the place: the sure town beside it is."""
    text = "In Kunduz the army lost twelve men, who were killed at Qala in a raid on Wednesday."
    given = [_found(text, "Kunduz", KUNDUZ), _found(text, "Qala", MALTA, 0.6)]
    events = extract(Document("x", text), given, None)

    assert {"AF"} == {e.where.place.country for e in events if e.where is not None}
