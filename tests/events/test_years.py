"""A year told once goes on, and a report that covers a week came out at its end."""

from __future__ import annotations

from datetime import date

import pytest

from geomap.events.printed import published_in
from geomap.model import Document

from .told import told


@pytest.mark.parametrize(
    "head",
    [
        "Situation report 4\\nPeriod covered: 3 - 9 May 2011",
        "Weekly review of unrest, week of 3 to 9 May 2011",
        "Reporting period: 3 May to 9 May 2011",
        "Humanitarian update\\nSituation as of 9 May 2011",
    ],
)
def test_a_report_came_out_at_the_end_of_what_it_covers(head: str) -> None:
    """The days it covers stand at its head."""
    text = head.replace("\\n", "\n") + "\n\nShells fell on Homs on 4 May.\n"

    assert published_in(Document("a", text)) == date(2011, 5, 9)


def test_bullets_are_in_the_year_of_their_report() -> None:
    """A day without a year is of the year that the head names."""
    (event,) = told("Period covered: 3 - 9 May 2011\n\n- 4 May: Shells fell on Homs, killing two.\n", published=None)

    assert event.when is not None
    assert event.when.first == date(2011, 5, 4)


def test_a_year_goes_on_without_a_day_of_publication() -> None:
    """History names its year once."""
    found = told("In June 1941 tanks entered Kyiv. On 9 July bombers attacked Odesa, killing 40.", published=None)

    assert [e.when.first for e in found if e.when][-1] == date(1941, 7, 9)


def test_that_year_is_the_year_told_before() -> None:
    """Months "of that year" are of the year the text has told, long before publication: they are history."""
    found = told("War broke out in April 2009. Between May and July of that year gunmen killed 300 people in Gao.")

    assert [(e.status, e.when.first, e.when.last) for e in found if e.when and e.killed] == [
        ("historic", date(2009, 5, 1), date(2009, 7, 31))
    ]


def test_what_is_told_of_a_day_long_past_is_history() -> None:
    """A grave found "later" is no news where the only day is years old."""
    found = told("Militants killed 90 villagers in Bama in March 2010; a mass grave was later found.")

    assert {e.status for e in found} == {"historic"}


def test_items_of_a_list_share_no_day() -> None:
    """The day one bullet tells is not the next one's."""
    found = told("- Shells fell on Homs on 21 May, killing two.\n- Gunmen shot dead three farmers in Gao.\n")

    assert [(e.when.first, e.when.precision) for e in found if e.when] == [
        (date(2013, 5, 21), 1),
        (date(2013, 5, 25), 2),
    ]


def test_overlapping_clauses_keep_their_days() -> None:
    """A day beyond a comma dates another clause: who led an attack years ago died on Friday."""
    found = told(
        "The officer who stormed a palace in Gao in May 1991 after rebels took 40 people hostage, died on Friday."
    )

    assert {e.status for e in found} <= {"historic"}
