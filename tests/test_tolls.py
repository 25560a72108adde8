"""How many: numbers of people, and whose they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geomap.events.reading import read
from geomap.events.tolls import counts
from geomap.model import Document

if TYPE_CHECKING:
    from geomap.events.harm import Count


def told(text: str) -> list[Count]:
    """Return the tolls of a text's first sentence."""
    return counts(read(Document("a", text))[0], "en")


@pytest.mark.parametrize(
    ("text", "low", "high", "best"),
    [
        ("More than 22 people were killed in the town.", 22, None, 22),
        ("At least nine died in the blast.", 9, None, 9),
        ("Twenty-three soldiers and a civilian were killed.", 24, 24, 24),
        ("Between 16 and 25 people were killed.", 16, 25, 16),
        ("Gunmen killed a judge in the city.", 1, 1, 1),
        ("The blast killed dozens of people.", 12, None, 12),
        ("The widow was shot dead along with her two sons.", 3, 3, 3),
        ("Gunmen killed eight soldiers and three policemen.", 11, 11, 11),
        ("The raid left 14 people dead and 30 wounded.", 14, 14, 14),
        ("The death toll rose to 14.", 14, 14, 14),
        ("An air raid on the village killed 1,200 people.", 1200, 1200, 1200),
        ("He was killed in the attack.", 1, 1, 1),
        ("Garcia, 56, was killed when a bomb exploded.", 1, 1, 1),
        ("Villagers were killed in the raid.", 2, None, None),
        ("Nobody was killed in the raid.", 0, 0, 0),
        ("Six hundred mourners followed the body of a man who died at the fence.", 1, 1, 1),
    ],
)
def test_killed(text: str, low: int, high: int | None, best: int | None) -> None:
    """Number words, bounds, sums, ranges and single victims are counted as they are said."""
    number = next(c.number for c in told(text) if c.harm == "killed")

    assert (low, high, best) == (number.low, number.high, number.best)


@pytest.mark.parametrize(
    "text",
    [
        "On 23 February armed men killed no one.",
        "The rebels hold 12 villages and 40 tanks.",
        "Police seized 40 rifles from the MS-13 gang.",
        "The 50-year-old farmer went home at 9.30 pm.",
    ],
)
def test_what_is_no_toll(text: str) -> None:
    """Dates, ages, clock times, things and names of gangs count nobody dead."""
    assert not [c for c in told(text) if c.harm == "killed" and c.number.low]


def test_killed_and_wounded_are_told_apart() -> None:
    """Each number goes to its own word."""
    found = {c.harm: c.number.best for c in told("Three soldiers were killed and fifteen wounded.")}

    assert {"killed": 3, "wounded": 15} == found


def test_killed_or_wounded_is_neither() -> None:
    """So "Killed or wounded" together is no toll of the dead."""
    assert all(c.both for c in told("Seven people were killed or wounded in the shelling."))


def test_a_part_is_not_added() -> None:
    """So "Including five children" is part of the twelve."""
    assert [12] == [c.number.best for c in told("Twelve people were killed, including five children.")]


def test_the_toll_of_a_war_is_cumulative() -> None:
    """A perfect tense with a war, or "since", makes a toll background."""
    assert told("The conflict has killed 80,000 people.")[0].cumulative
    assert told("More than 130,000 Syrians have been killed since the war broke out in 2011.")[0].cumulative


def test_bringing_to_is_cumulative_and_the_event_keeps_its_own() -> None:
    """So "Killed six, bringing to 45 the number killed this year": six are the event's."""
    text = "A bomber killed six policemen, bringing to 45 the number of officers killed this year."

    assert [(6, False), (45, True)] == [(c.number.best, c.cumulative) for c in told(text)]


@pytest.mark.parametrize(
    ("text", "best", "words"),
    [
        ("The mayor and his wife were killed.", 2, "The mayor and his wife"),
        ("Juan Perez, a teacher, and Maria Lopez were shot dead.", 2, "Juan Perez, a teacher, and Maria Lopez"),
        (
            "Police found the bodies of Juan Perez, Maria Lopez and Ali Reyes.",
            3,
            "Juan Perez, Maria Lopez and Ali Reyes",
        ),
        ("His driver and one of his guards were killed.", 2, "His driver and one of his guards"),
        ("Abdullahi Nadir, a co-founder of al-Shabaab, was killed.", 1, "Abdullahi Nadir"),
        ("Another Palestinian was shot dead.", 1, "Another Palestinian"),
    ],
)
def test_victims_told_by_name_are_counted(text: str, best: int, words: str) -> None:
    """Each of an enumeration is one, what is said of a victim between commas is not, and the words are the victim's."""
    sentence = read(Document("a", text))[0]
    number = next(c.number for c in counts(sentence, "en") if c.harm == "killed")

    assert (best, words) == (number.best, sentence.span_of(number.first, number.last).of(text))


def test_a_row_of_groups_is_no_row_of_victims() -> None:
    """Two peoples are not two people."""
    assert all(c.number.best is None for c in told("Palestinians and Israelis were killed."))
