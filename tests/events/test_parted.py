"""What one sentence tells of several places, or of two deeds in one place."""

from __future__ import annotations

import pytest

from .told import told


def tolls(text: str) -> list[tuple[str | None, int | None]]:
    """Return the places of a text's events and how many were killed there."""
    return [(e.where.place.name if e.where else None, e.killed.best if e.killed else None) for e in told(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Air raids on Monday killed nine people: six in Gao and three in Kidal.",
        "Air raids on Monday killed nine people, six in Gao and three in Kidal.",
        "Nine people were killed on Monday in Gao (6) and Kidal (3).",
        "At least 9 villagers were killed on Monday, 6 of them in Gao and three in Kidal.",
        "Gunmen killed 17 villagers on Monday, including six in Gao and three in Kidal.",
    ],
)
def test_a_toll_is_broken_down_over_places(text: str) -> None:
    """Each place has its own number, and none has the whole."""
    assert tolls(text) == [("Gao", 6), ("Kidal", 3)]


def test_a_part_of_the_dead_elsewhere_does_not_move_the_rest() -> None:
    """One part alone splits nothing."""
    assert tolls("Gunmen killed 17 villagers in Gao on Monday, including a girl in the market.") == [("Gao", 17)]


@pytest.mark.parametrize(
    "text",
    [
        "Rebels captured Kidal and executed 11 prisoners there on Monday.",
        "Rebels captured the town of Kidal on Monday. They executed 11 prisoners in Kidal on the same day.",
    ],
)
def test_captives_killed_in_a_taken_town_are_an_event_of_their_own(text: str) -> None:
    """The taking of a town and the killing of captives in it are two."""
    found = told(text)

    assert [e.sub_kind for e in found] == ["Non-state actor overtakes territory", "Attack"]
    assert found[1].killed is not None
    assert found[1].killed.best == 11


def test_the_dead_of_one_place_are_not_the_missing_of_another() -> None:
    """Bodies found in one town, and people who went missing in another, are two events."""
    found = told(
        "The bodies of three drivers were found near Bama on Sunday, days after five people went missing in Jos."
    )

    assert [e.where.place.name for e in found if e.where] == ["Bama", "Jos"]


def test_the_area_of_a_town_has_no_day_of_its_own() -> None:
    """Two towns that each have a day are two events, though the first is told with its region."""
    found = told("Insurgents captured Bama in Borno on 13 May and Jos on 20 May.")

    assert [(e.where.place.name, str(e.when.first)) for e in found if e.where and e.when] == [
        ("Bama", "2013-05-13"),
        ("Jos", "2013-05-20"),
    ]


def test_two_days_later_counts_from_the_day_told() -> None:
    """An event without a day between does not move it."""
    text = """On 12 May, shells hit a market in Bama, killing six people.

Two days later a drone struck a clinic in Jos.
"""
    assert [str(e.when.first) for e in told(text) if e.when] == ["2013-05-12", "2013-05-14"]


def test_a_lists_title_dates_its_lines() -> None:
    """A list whose title says one day of the week before is of that day."""
    text = """Notes from the field, 23 May

- Bama: artillery hit the market, 6 dead.
- Jos: gunmen abducted two teachers.
"""
    assert {str(e.when.first) for e in told(text) if e.when} == {"2013-05-23"}


def test_letters_of_a_group_are_no_small_words() -> None:
    """Fighters of AS or IS are counted like any others, and a place called Zero is no number."""
    assert tolls("The army says 30 AS fighters were killed in Baidoa on Monday.") == [("Baidoa", 30)]
    assert tolls("Militia ambushed a convoy at Point Zero near Bunia on Monday, 5 soldiers killed.") == [("Bunia", 5)]


def test_a_lead_that_adds_up_is_no_event() -> None:
    """Two attacks whose dead are those of the lead stand alone."""
    text = """Rebels killed 15 people in two attacks in Mali at the weekend, officials said.

Gunmen raided a hamlet near Gao on Saturday, killing 11 people. Four guards were shot dead near Kidal on Sunday.
"""
    assert tolls(text) == [("Gao", 11), ("Kidal", 4)]


def test_those_who_are_told_to_be_killed_are_no_killers() -> None:
    """What "six guards reportedly killed" tells goes on from the ambush told before."""
    found = told("Rebels ambushed a convoy at Kidal on Friday. Six guards reportedly killed, two others captured.")

    assert [(e.killed and e.killed.best) for e in found] == [6]


def test_a_month_outdoes_the_day_it_was_said() -> None:
    """The day of the saying is not that of the deed where another is told."""
    found = told("Raiders killed nine farmers in Bama in late April, the diocese said on Tuesday.")

    assert [str(e.when.first) for e in found if e.when] == ["2013-04-21"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Police killed two insurgents near Kidal on Friday and recovered three rifles.", "Armed clash"),
        ("Nine people died in Gao on Friday when raiders set fire to houses.", "Attack"),
        ("Gunmen stormed a school in Gao on Friday, killing nine people. Many people are still missing.", "Attack"),
    ],
)
def test_killing_comes_before_burning_and_finding_arms(text: str, kind: str) -> None:
    """What was burnt or found beside, and who is missing after, does not name the event."""
    assert [e.sub_kind for e in told(text)] == [kind]


def test_an_open_sum_may_be_a_little_more() -> None:
    """More than 50 dead in two raids are the 31 and 22 told after."""
    text = """Rebels killed more than 50 people in Mali in two overnight raids this week.

Fighters attacked a funeral in Gao on Monday, leaving at least 31 dead. On Tuesday 22 people were killed in Kidal.
"""
    assert tolls(text) == [("Gao", 31), ("Kidal", 22)]


def test_days_in_brackets_and_months_with_a_stop() -> None:
    """A short weekday in brackets is one; a number after "May." that counts something is no year."""
    found = told("Gunmen killed a guard in Gao (Thurs).\n\nRaiders attacked Kidal on 22 May. 13 people missing.")

    assert [str(e.when.first) for e in found if e.when] == ["2013-05-23", "2013-05-22"]
