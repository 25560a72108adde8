"""How many were killed where victims stand in rows, in asides, or without their number."""

from __future__ import annotations

from datetime import date

import pytest

from geomap.pipeline import read_text

ROWS = {
    "Rebels killed the mayor of the small town of Aguada, as well as two farmers, in Peru on Friday.": 3,
    "Gunmen attacked a minister in Lima on Friday in a raid in which his driver and one of his guards were killed.": 2,
    "The judge was shot dead in Lima on Friday in an ambush in which two of his bodyguards also died.": 3,
    "Gunmen killed prosecutor Carlos Valle, Cali police commander Colonel Hugo Paz, and Senator Luis Mora in Cali.": 3,
    "Six nuns (five of them Irish) and two drivers were killed in an ambush near Lima on Friday.": 8,
    "Nine people, four policemen, three soldiers and two women, were killed by a bomb in Cali on Friday.": 9,
    "More than 200 soldiers and guerrillas were killed in fighting near Cali on Friday.": 200,
    "Relatives buried six young nurses, five of them Peruvians, who were killed by gunmen in Cali on Friday.": 6,
    "After the assassination of 11 union leaders in Cali on Friday the talks were called off.": 11,
    "Gunmen murdered, at gunpoint, a soldier who was in hospital in Cali on Friday.": 1,
    "Three officials, Juan Pena, Luis Moro and Ana Ruiz, were murdered in Cali on Friday.": 3,
    "Gunmen shot dead 38-year-old Hans Weber, an engineer, in Cali on Friday.": 1,
    "Four firefighters and two paramedics were killed when a shell hit their car in Donetsk on Friday.": 6,
}


@pytest.mark.parametrize("text", ROWS)
def test_victims_in_a_row_are_added_up(text: str) -> None:
    """Each victim counts once: what is said of victims beside them counts nobody."""
    events = read_text(text, published=date(2024, 5, 19)).events

    assert ROWS[text] in [e.killed.best for e in events if e.killed is not None]


def test_victims_told_without_their_number_have_the_one_told_elsewhere() -> None:
    """Nurses of one sentence are the six that another one counts."""
    text = """The nurses were killed on Thursday near Cali in Colombia, the army said.

The murder of six nurses has shaken the country."""
    first = read_text(text, published=date(2024, 5, 19)).events[0]

    assert first.killed is not None
    assert 6 == first.killed.best


@pytest.mark.parametrize(
    "text",
    [
        "The paper, whose founder was murdered in December 2014, was hit by a car bomb in Cali on Friday.",
        "Police in Cali arrested a man on Friday over the murder of a senator.",
        "Protesters in Cali accused the army on Friday of killing peasants.",
    ],
    ids=["another day", "held for", "bare plural"],
)
def test_the_dead_of_something_else_are_not_the_events(text: str) -> None:
    """A deed of long ago, one that somebody is held for, and a charge without a number are no toll."""
    assert not any(e.killed for e in read_text(text, published=date(2024, 5, 19)).events)


def test_a_figure_tells_more_than_dozens() -> None:
    """A headline's vague word gives way to the lead's figure, and one man who fled is no displacement."""
    text = (
        "Dozens killed as rebels overrun base in Kutum\n\n"
        "Rebels stormed an army base in Kutum on Sunday, killing more than 30 soldiers, said a trader who had fled."
    )
    (event,) = read_text(text, published=date(2024, 6, 3)).events

    assert event.killed
    assert (event.killed.low, event.killed.words, event.displaced) == (30, "more than 30", None)


@pytest.mark.parametrize(
    ("span", "own"),
    [("Over the past 24 hours", 4), ("In the last two days", 4), ("Over the past three weeks", None)],
)
def test_a_bulletins_hours_are_the_events_own(span: str, own: int | None) -> None:
    """What a day's bulletin counts is of its day; what weeks count is of no event."""
    text = f"Rebels shelled Kherson on Saturday.\n\n{span}, shelling killed four people in Kherson."
    dead = [e.killed.best for e in read_text(text, published=date(2024, 5, 19)).events if e.killed]

    assert ([own] if own else []) == dead


def test_a_toll_that_a_group_is_blamed_for_is_the_events() -> None:
    """Nobody is charged: the sentence tells of the killing itself."""
    text = "Officials blamed the group for the killing of 12 farmers in Gusau on Saturday."
    (event,) = read_text(text, published=date(2024, 5, 19)).events

    assert event.killed
    assert 12 == event.killed.best


@pytest.mark.parametrize(
    ("text", "dead", "hurt"),
    [
        ("Drones hit the base at Kutum on Saturday, 2 soldiers KIA, 5 WIA.", 2, 5),
        ("A drone fired at a motorcycle near Kutum on Saturday, killing the rider.", 1, None),
        (
            "Drones hit Kutum on Saturday. The 1998-2000 war, in which more than 70,000 people died, is over.",
            None,
            None,
        ),
    ],
    ids=["military", "rider", "war"],
)
def test_who_fell_is_counted(text: str, dead: int | None, hurt: int | None) -> None:
    """Military shorthand and a definite rider count; what a war took does not."""
    first = read_text(text, published=date(2024, 5, 19)).events[0]

    assert (dead, hurt) == (first.killed and first.killed.best, first.wounded and first.wounded.best)
