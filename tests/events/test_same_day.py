"""Two days are two events, a day of saying so is no day of doing, and what was not is no kind."""

from __future__ import annotations

from datetime import date

import pytest

from geomap.events.merge import merge
from geomap.model import Document
from geomap.pipeline import read_text

from .told import told


def test_two_days_that_one_text_names_are_two_events() -> None:
    """Bullets of two days are not made one, though their towns and kinds are alike."""
    text = "- 20 May: Shells fell on Homs, killing two.\n- 21 May: Shells fell on Homs, killing two.\n"

    assert len(merge(told(text), {"a": Document("a", text)})) == 2


def test_the_day_it_was_said_is_only_about_the_day() -> None:
    """Who told reporters on Thursday says that it was then or a little before."""
    (event,) = told("Rebels have overrun a base near Gao, killing four soldiers, residents told reporters on Thursday.")

    assert event.when is not None
    assert (event.when.first, event.when.precision) == (date(2013, 5, 23), 2)


def test_since_a_day_when_something_happened_dates_it() -> None:
    """A road closed since a day, when a bus was shot at: it was shot at that day."""
    (event,) = told("The road has been closed since 7 May, when a bus was shot at near Gao and nine people died.")

    assert event.when is not None
    assert event.when.first == date(2013, 5, 7)


@pytest.mark.parametrize(
    ("text", "sub_kind"),
    [
        ("Farmers pelted the ministry in Paris with eggs on Friday; no one was arrested.", "Violent demonstration"),
        ("The rebels said on Friday they had seized a garrison in Goma after street fighting.",
         "Non-state actor overtakes territory"),
        ("Some 500 inmates broke out of the jail in Gao on Friday.", "Other"),
        ("A shutdown was observed in Jos on Friday.", "Peaceful protest"),
    ],
)  # fmt: skip
def test_a_kind_is_of_what_was(text: str, sub_kind: str) -> None:
    """Nobody arrested is no arrest; a garrison seized is a place taken."""
    assert [e.sub_kind for e in told(text)] == [sub_kind]


def test_who_enters_without_arms_takes_nothing() -> None:
    """Trucks that enter a town have not taken it."""
    assert "Battles" not in {e.kind for e in told("A convoy of forty trucks entered Gao on Friday.")}


@pytest.mark.parametrize(
    "text",
    [
        "The insurgency, now in its tenth year, has killed 30,000 people and displaced a million in Nigeria.",
        "A court in Oslo has jailed a businessman for ten years over fraud.",
    ],
)
def test_a_whole_war_and_a_verdict_are_no_event(text: str) -> None:
    """What a war has cost so far, and what a court decides, happened on no day and in no place."""
    assert told(text) == ()


def test_a_coup_of_a_year_long_past_is_history() -> None:
    """A coup may carry its year before it."""
    found = told("The founder of the party was assassinated in a 1975 coup in Bogota.")

    assert {e.status for e in found} <= {"historic"}


def test_people_killed_in_protests_are_told() -> None:
    """Tolls of protests are of conflict, though only plain words say so."""
    assert told("At least 27 people were killed and 190 injured in protests in Caracas and Cali on Friday.") != ()


@pytest.mark.parametrize(
    "text",
    [
        "Lecturers suspended their three-week strike on Friday after a meeting in Jos.",
        "The union called off the nationwide strike in Jos on Friday.",
        "No abduction of sailors for ransom has been reported off Jolo since May.",
        "A training exercise simulating a mass-casualty blast was held in Gao on Friday.",
        "Since 2006, 1,400 civilians have been killed by mines in Gao and Kidal.",
    ],
)
def test_what_did_not_happen_is_on_no_map(text: str) -> None:
    """A strike of workers that ended, what was not reported, a drill and the toll of years are no events."""
    assert [e for e in told(text) if e.status in ("happened", "ongoing", "attempted") and e.kind != "Diplomacy"] == []


@pytest.mark.parametrize(
    ("text", "sub_kind"),
    [
        ("Two insurgents were gunned down in an encounter with police in Jos on Friday.", "Armed clash"),
        ("Soldiers clashed with a band of gunmen near Jolo on Friday.", "Armed clash"),
        ("Miners attacked the offices with stones in Jos on Friday.", "Violent demonstration"),
        ("Shops were shut in Jos on Friday by a two days strike over the killing of a kidnapped girl.",
         "Peaceful protest"),
    ],
)  # fmt: skip
def test_a_word_is_read_in_its_company(text: str, sub_kind: str) -> None:
    """An encounter is a fight, stones are a riot's, a strike may be about a kidnapping."""
    assert [e.sub_kind for e in told(text)] == [sub_kind]


def test_what_was_put_off_is_planned() -> None:
    """A march that was postponed has not taken place."""
    (event,) = told("The party said its protest march on Kabul, planned for Friday, had been postponed.")

    assert event.status == "planned"


def test_who_is_missing_since_a_day_was_taken_that_day() -> None:
    """The day since which somebody is missing is that of the kidnapping."""
    (event,) = told("Some 130 pupils remain missing since May 7 in Bama.")

    assert event.when is not None
    assert event.when.first == date(2013, 5, 7)


def test_bodies_that_are_swapped_died_of_no_pact() -> None:
    """Dead soldiers are what the two sides agree to exchange."""
    found = told("The two sides signed a deal in Geneva on Friday to swap the bodies of 600 soldiers.")

    assert [e.killed for e in found if e.kind == "Strategic developments"] == [None]


def test_a_village_taken_is_taken() -> None:
    """Who took the village of a name has overtaken it."""
    (event,) = told("Rebels took the village of Qusair on Friday.")

    assert event.sub_kind == "Non-state actor overtakes territory"


def test_what_a_headline_s_second_half_tells_is_told_again_as_earlier() -> None:
    """A headline of two events gives way to both sentences that tell them, "hours earlier" or not."""
    text = (
        "Army retakes Um Rawaba as drones hit El Obeid\n\n"
        "The Sudanese army retook the town of Um Rawaba from the rebels on Thursday, a spokesman said.\n\n"
        "Hours earlier, drones struck a power station in El Obeid, wounding three workers."
    )
    events = read_text(text, published=date(2025, 1, 30)).events

    assert sorted(e.where.place.name for e in events if e.where) == ["El Obeid", "Um Rawaba"]
