"""Days outside running text: options, columns and files take the same ones."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from geomap.day import no_day, read_day

MAY_25 = date(2013, 5, 25)


@pytest.mark.parametrize(
    "value",
    [
        MAY_25,
        datetime(2013, 5, 25, 10),  # noqa: DTZ001 - as a spreadsheet's cell is read
        20130525,
        "2013-05-25",
        " 2013-05-25T23:59:00+02:00",
        "2013-05-25 00:00:00.000",
        "20130525",
        "20130525T101500Z",
        "Sat, 25 May 2013 10:00:00 GMT",
        "25 May 2013",
        "25th May, 2013",
        "25-May-2013",
        "25-MAY-2013",
        "May 25, 2013",
        "May 25th, 2013",
        "25.05.2013",
        "25.5.2013 10:00",
        "25/05/2013",
        "05/25/2013",
        "25-05-2013",
        "2013/05/25",
        "2013.5.25",
    ],
)
def test_a_day_is_read_as_it_is_written_anywhere(value: object) -> None:
    """A spreadsheet of any land, a mail, a record and a person's typing give one day."""
    assert read_day(value) == MAY_25


@pytest.mark.parametrize(
    "value",
    ["", None, True, ["2013-05-25"], "yesterday", "2013-13-45", "31.02.2013", "25 Maybe 2013", "May 2013", "2013",
     "125/05/2013", "25/05/20134", "25/05/13"],
)  # fmt: skip
def test_what_is_no_day_is_no_guess(value: object) -> None:
    """A month, a year of two digits, or words are not made into a day."""
    assert read_day(value) is None


def test_a_day_that_may_be_two_is_asked_for_again() -> None:
    """04/05/2013 is 4 May here and 5 April there: it is neither, until somebody says which comes first."""
    assert read_day("04/05/2013") is None
    assert read_day("04/05/2013", day_first=True) == date(2013, 5, 4)
    assert read_day("05/05/2013") == date(2013, 5, 5)
    assert no_day("04/05/2013") == "may be 2013-05-04 or 2013-04-05"
    assert no_day("soon") == "is not a day"
