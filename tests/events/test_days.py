"""The day of each event of a passage: counted days, lists, headings, and days that carry on."""

from __future__ import annotations

import pytest

from .told import told

PASSAGES = (
    (
        "Shells fell on Aleppo on 3 May, killing two people; on 5 May gunmen killed a judge in Homs.",
        "Aleppo 2013-05-03; Homs 2013-05-05",
    ),
    (
        "On 3 May gunmen killed a judge in Quetta. On 5 May a bomb killed two people in Peshawar.",
        "Quetta 2013-05-03; Peshawar 2013-05-05",
    ),
    (
        "Gunmen killed a judge in Quetta on Monday. The next day a bomb exploded in Peshawar, killing two people.",
        "Quetta 2013-05-20; Peshawar 2013-05-21",
    ),
    (
        "Gunmen killed a judge in Quetta on Monday. Two days later a bomb killed four people in Peshawar.",
        "Quetta 2013-05-20; Peshawar 2013-05-22",
    ),
    (
        "Gunmen killed a judge in Quetta on Thursday. Five days earlier a bomb killed four people in Peshawar.",
        "Quetta 2013-05-23; Peshawar 2013-05-18",
    ),
    (
        "A bomb killed four people in Peshawar on Monday morning. That evening gunmen killed a judge in Quetta.",
        "Peshawar 2013-05-20; Quetta 2013-05-20",
    ),
    (
        "A bomb killed four people in Peshawar on Monday. Hours later gunmen killed a judge in Quetta.",
        "Peshawar 2013-05-20; Quetta 2013-05-20",
    ),
    (
        "A bomb killed four people in Peshawar on Monday. The same day gunmen killed a judge in Quetta.",
        "Peshawar 2013-05-20; Quetta 2013-05-20",
    ),
    (
        "A bomb killed four people in Peshawar on Monday. The previous day gunmen killed a judge in Quetta.",
        "Peshawar 2013-05-20; Quetta 2013-05-19",
    ),
    (
        "A bomb killed four people in Peshawar on Monday. Gunmen killed a judge in Quetta the following day.",
        "Peshawar 2013-05-20; Quetta 2013-05-21",
    ),
    (
        (
            "On Thursday rebels attacked an army post near Homs. "
            "Six soldiers were killed there. "
            "Shelling then killed two civilians in Qusair."
        ),
        "Homs 2013-05-23; Qusair 2013-05-23",
    ),
    (
        (
            "- 20 May: Shells killed two people in Aleppo. "
            "Gunmen killed a judge in Homs.\n"
            "- 21 May: A bomb killed three people in Raqqa."
        ),
        "Aleppo 2013-05-20; Homs 2013-05-20; Raqqa 2013-05-21",
    ),
    (
        (
            "20 May\n"
            "Shells killed two people in Aleppo.\n"
            "Gunmen killed a judge in Homs.\n\n"
            "21 May\n"
            "A bomb killed three people in Raqqa."
        ),
        "Aleppo 2013-05-20; Homs 2013-05-20; Raqqa 2013-05-21",
    ),
    (
        (
            "Monday, 20 May\n"
            "• Shells killed two people in Aleppo.\n"
            "• Gunmen killed a judge in Homs.\n\n"
            "Tuesday, 21 May\n"
            "• A bomb killed three people in Raqqa."
        ),
        "Aleppo 2013-05-20; Homs 2013-05-20; Raqqa 2013-05-21",
    ),
    (
        (
            "a. "
            "12 May, 0640 hrs, SANGIN: a patrol struck an IED. "
            "One soldier killed.\n"
            "b. "
            "13 May, 1115 hrs, GERESHK: insurgents attacked a checkpoint. "
            "Three policemen killed."
        ),
        "Sangin 2013-05-12; Gereshk 2013-05-13",
    ),
    (
        (
            "120640DMAY13 SANGIN: a patrol struck an IED, one soldier killed.\n"
            "131115DMAY13 GERESHK: insurgents attacked a checkpoint, three policemen killed."
        ),
        "Sangin 2013-05-12; Gereshk 2013-05-13",
    ),
    (
        "Two factions in Tripoli have been shooting at each other for seven days; 25 people have been killed.",
        "Tripoli 2013-05-19",
    ),
    (
        "Clashes between rebels and the army continued in Homs for a fourth day on Saturday.",
        "Homs 2013-05-22",
    ),
    (
        "Police said on Friday that gunmen killed a judge in Quetta on Tuesday.",
        "Quetta 2013-05-21",
    ),
    (
        "The minister told reporters on Thursday that a bomb killed four people in Peshawar a day earlier.",
        "Peshawar 2013-05-22",
    ),
    (
        "In early March, rebels seized Raqqa, killing 30 soldiers.",
        "Raqqa 2013-03-01",
    ),
    (
        "Between 3 and 7 May, shelling killed 40 people in Homs.",
        "Homs 2013-05-03",
    ),
    (
        "Air strikes killed nine people in Idlib from Monday to Thursday.",
        "Idlib 2013-05-20",
    ),
    (
        "A policeman died on Friday of wounds he suffered when a bomb exploded in Karachi on 10 May.",
        "Karachi 2013-05-10",
    ),
    (
        (
            "On Saturday troops clashed with gunmen in Jolo; "
            "two gunmen fell. "
            "A separate explosion in Manila, on New Year's Eve, killed two."
        ),
        "Jolo 2013-05-25; Manila 2012-12-31",
    ),
    (
        (
            "Kidal, 23 May. "
            "Two soldiers were killed by a mine.\n\n"
            "Gao, 24 May. "
            "Gunmen attacked a checkpoint in Gao and killed a policeman."
        ),
        "Kidal 2013-05-23; Gao 2013-05-24",
    ),
)


@pytest.mark.parametrize(("text", "days"), PASSAGES)
def test_each_event_has_its_day(text: str, days: str) -> None:
    """Every place of the passage has its event, on the day the passage means."""
    found = {(e.where.place.name, str(e.when.first)) for e in told(text) if e.where and e.when}

    assert {tuple(pair.split()) for pair in days.split("; ")} == found
