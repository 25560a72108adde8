"""What a long wire article carries beside its news: reactions, the history of a place, captions, other days."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from geomap.pipeline import read_text

if TYPE_CHECKING:
    from geomap.model import Event

DAY = date(2019, 6, 14)  # a Friday


def conflict(text: str) -> list[Event]:
    """Return the events of a text that are no diplomacy."""
    return [e for e in read_text(text, published=DAY).events if e.kind != "Diplomacy"]


NEWS = "Jets bombed Idlib on Thursday, killing nine people.\n\n"


@pytest.mark.parametrize(
    "reaction",
    [
        'The Belgian premier, in Brussels for a summit, called the bombing "a massacre" of innocents.',
        'In Washington, a spokeswoman described the Idlib strike as "a cruel reply to our offer".',
        "The minister, in Damascus, called the attackers heroes of the nation.",
        "It was the deadliest attack since the siege of the town in 2016, when 60 died in one night.",
        "The strike came two days after envoys of both sides met in Geneva.",
        "A girl hurt in Thursday's strike is being treated at a hospital in Gaziantep.",
    ],
    ids=["called", "described", "who did it", "ranked", "came after", "in hospital"],
)
def test_what_is_said_of_an_event_is_no_other(reaction: str) -> None:
    """Who names, ranks or dates what happened elsewhere, and where its wounded lie, tells of nothing new."""
    (event,) = [e for e in conflict(NEWS + reaction) if e.status != "historic"]

    assert event.where
    assert "Idlib" == event.where.place.name
    assert event.killed
    assert 9 == event.killed.best


@pytest.mark.parametrize(
    ("text", "dead"),
    [
        ("Rebels shot dead six soldiers in Goma on Monday, the worst attack since a 2012 raid that killed 80.", 6),
        ("Clashes killed four in Aden on Monday, the worst there since August 2015, when 70 people died.", 4),
        ("The army acknowledged losing 90 men with nearly 300 wounded in Goma on Monday.", 90),
        (
            "Bomb kills more than 40 in Quetta\\n\\nA bomb killed at least 47 people in Quetta on Monday, police said.",
            47,
        ),
    ],
    ids=["since a raid", "since, when", "nearly", "headline"],
)
def test_the_dead_of_then_are_not_those_of_now(text: str, dead: int) -> None:
    """What an event is measured by has its own dead; a headline's round figure gives way to the lead's."""
    (event,) = conflict(text.replace("\\n", "\n"))

    assert event.killed
    assert dead == event.killed.low
    assert event.wounded is None or 300 == event.wounded.low


def test_history_goes_on_to_the_next_sentence() -> None:
    """A sentence without a day, a place or a speaker goes on telling of the war of the sentence before it."""
    events = conflict("The Tuareg fought the French near Timbuktu in 1894. The French lost 82 men in one night.")

    assert events
    assert {e.status for e in events} == {"historic"}


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (
            "They live in a camp set up under a 2012 truce in Myitkyina. Air strikes hit the camp on May 28.",
            date(2019, 5, 28),
        ),
        (
            "The generals, who took power on February 1, said their men had fired on rebels near Loikaw on Monday.",
            date(2019, 6, 10),
        ),
        (
            "A priest was shot dead in Lima on 3 May 1981, and two nuns were murdered in Cusco in June of that year.",
            date(1981, 5, 3),
        ),
    ],
    ids=["a year of a noun", "an aside", "that year"],
)
def test_a_day_has_the_year_and_the_clause_it_is_told_in(text: str, day: date) -> None:
    """The year of a treaty is not that of the news, nor the day of an aside that of the sentence around it."""
    event = conflict(text)[0]

    assert event.when
    assert day == event.when.first


def test_leaders_who_are_due_in_a_month_are_to_come() -> None:
    """A month without its year is the coming one where it is told as a plan."""
    events = read_text("Leaders of the region are due in Lima in mid-September for talks.", published=DAY).events

    assert {("planned", 2019)} == {(e.status, e.when.first.year) for e in events if e.when and e.when.first}


@pytest.mark.parametrize(
    "text",
    [
        "The minister said on Monday in Oslo that Falcon jets sold by the state's own firm would never harm anyone.",
        "She was caught up in the traffic in Lagos on Monday.",
    ],
)
def test_arms_for_sale_and_traffic_are_no_event(text: str) -> None:
    """Jets that are sold bomb nobody, and who is caught up in something is not arrested."""
    assert [] == conflict(text)


def test_a_slogan_kills_nobody() -> None:
    """Who chants death to a ruler protests."""
    (event,) = conflict('Students in Isfahan chanted "Death to the tyrant" from the roofs on Thursday.')

    assert "Peaceful protest" == event.sub_kind


def test_a_place_and_what_it_lies_in_are_one() -> None:
    """A village told with its province is no row of two places, as three towns with "in" each are."""
    held = conflict("Five soldiers died on Monday in an air strike at Andar, in neighbouring Ghazni, officials said.")
    row = conflict("Clashes broke out in Gardez, in Khost and in Jalalabad on Monday.")

    assert [1, 3] == [len(held), len(row)]


def test_the_same_city_is_the_city_before() -> None:
    """What was in the same city was there."""
    events = conflict("Gunmen shot dead a judge in Lahore on Monday. On Wednesday a bomb killed two in the same city.")

    assert ["Lahore", "Lahore"] == [e.where.place.name for e in events if e.where]


def test_a_blast_at_a_police_post_is_a_bomb() -> None:
    """An explosion is a bomb also where only policemen bore it."""
    (event,) = conflict("In another incident, a blast tore through a police outpost in Pyapon on Monday, hurting two.")

    assert "Remote explosive/landmine/IED" == event.sub_kind


def test_who_came_under_fire_on_a_road_was_attacked() -> None:
    """A column comes under fire on a road, a minister from his critics."""
    (event,) = conflict("A column of refugees came under fire on the Grozny road on Monday; a medic counted 14 dead.")

    assert [] == conflict("The minister came under fire from lawmakers in Paris on Monday.")
    assert event.killed


def test_the_town_is_where_the_fighting_was() -> None:
    """A town that is only that of talks is not meant by "the town"."""
    events = conflict(
        "Guerrillas overran Suchitoto on Monday, killing nine soldiers. It came days after both sides met at La Palma "
        "to talk.\n\nThe rebels entered the town from the north and burned its post office."
    )

    assert {"Suchitoto"} == {e.where.place.name for e in events if e.where}
