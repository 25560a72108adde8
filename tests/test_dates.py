"""The resolver of the days that news tells."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from geomap.body import find_body
from geomap.events.dates import time_words
from geomap.events.printed import published_in
from geomap.model import Document, Span

if TYPE_CHECKING:
    from geomap.events.timewords import TimeWords

SATURDAY = date(2013, 5, 25)


def read(text: str, published: date | None = SATURDAY, *, future: bool = False) -> tuple[TimeWords, ...]:
    """Find the time words of a whole text."""
    return time_words(text, Span(0, len(text)), published, future=future)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("fell on Saturday", "2013-05-25", "2013-05-25"),
        ("fell on Monday", "2013-05-20", "2013-05-20"),
        ("fell last Saturday", "2013-05-18", "2013-05-18"),
        ("fell on Dec. 30", "2012-12-30", "2012-12-30"),
        ("fell yesterday", "2013-05-24", "2013-05-24"),
        ("fell overnight", "2013-05-24", "2013-05-24"),
        ("fell two days ago", "2013-05-23", "2013-05-23"),
        ("fell on 23 February 2022", "2022-02-23", "2022-02-23"),
        ("fell on 2009-10-12", "2009-10-12", "2009-10-12"),
        ("fought on May 19-23", "2013-05-19", "2013-05-23"),
        ("the seventh straight day of clashes", "2013-05-19", "2013-05-25"),
        ("fell earlier this month", "2013-05-01", "2013-05-25"),
        ("fell in March 2011", "2011-03-01", "2011-03-31"),
        ("fought over the past week", "2013-05-18", "2013-05-25"),
    ],
)
def test_days_of_the_past(text: str, first: str, last: str) -> None:
    """A weekday in a tale of the past is the latest one; a month and day without a year are the nearest before."""
    found = read(text)

    assert (first, last) == (str(found[0].first), str(found[0].last))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("fell in early March", "2013-03-01", "2013-03-10"),
        ("fell in mid-March", "2013-03-11", "2013-03-20"),
        ("fell in late April", "2013-04-21", "2013-04-30"),
        ("fell in March", "2013-03-01", "2013-03-31"),
        ("fought between 3 and 7 May", "2013-05-03", "2013-05-07"),
        ("fought between May 3 and 7", "2013-05-03", "2013-05-07"),
        ("fought from 28 April to 3 May", "2013-04-28", "2013-05-03"),
        ("fought between April 28 and May 3", "2013-04-28", "2013-05-03"),
        ("fought from 3 to 7 May 2013", "2013-05-03", "2013-05-07"),
        ("from Monday to Thursday", "2013-05-20", "2013-05-23"),
        ("between Monday and Wednesday", "2013-05-20", "2013-05-22"),
        ("IED strike DTG 251430ZMAY13", "2013-05-25", "2013-05-25"),
        ("IED strike at 251430Z MAY 13", "2013-05-25", "2013-05-25"),
        ("IED strike at 241430D MAY 13", "2013-05-24", "2013-05-24"),
        ("at 120640LMAY2013", "2013-05-12", "2013-05-12"),
        ("on 2013-05-24T10:00Z a shell", "2013-05-24", "2013-05-24"),
        ("on 20130524 a shell", "2013-05-24", "2013-05-24"),
        ("12 Oct, 0640 hrs", "2012-10-12", "2012-10-12"),
        ("have been fighting for seven days", "2013-05-19", "2013-05-25"),
        ("fighting for the past three days", "2013-05-22", "2013-05-25"),
        ("the seventh straight day", "2013-05-19", "2013-05-25"),
        ("for a third consecutive night", "2013-05-23", "2013-05-25"),
        ("for the second day running", "2013-05-24", "2013-05-25"),
        ("in the night of 1 to 2 February", "2013-02-01", "2013-02-02"),
        ("in the night of Thursday to Friday", "2013-05-23", "2013-05-24"),
        ("on the night of 23 May", "2013-05-23", "2013-05-23"),
        ("on the 24th", "2013-05-24", "2013-05-24"),
        ("on Friday, 24 May", "2013-05-24", "2013-05-24"),
        ("Friday (24 May)", "2013-05-24", "2013-05-24"),
        ("on Friday, May 24, 2013", "2013-05-24", "2013-05-24"),
        ("on the evening of May 23", "2013-05-23", "2013-05-23"),
        ("on New Year's Eve", "2012-12-31", "2012-12-31"),
        ("on Christmas Day", "2012-12-25", "2012-12-25"),
        ("on New Year's Day", "2013-01-01", "2013-01-01"),
        ("earlier on Saturday", "2013-05-25", "2013-05-25"),
        ("three weeks ago", "2013-05-01", "2013-05-07"),
        ("a day earlier", "2013-05-24", "2013-05-24"),
        ("the day before yesterday", "2013-05-23", "2013-05-23"),
        ("late on Thursday night", "2013-05-23", "2013-05-23"),
        ("Thursday's attack", "2013-05-23", "2013-05-23"),
        ("over the weekend", "2013-05-18", "2013-05-19"),
        ("this week", "2013-05-20", "2013-05-25"),
        ("last month", "2013-04-01", "2013-04-30"),
        ("24/05/2013", "2013-05-24", "2013-05-24"),
        ("24.05.13", "2013-05-24", "2013-05-24"),
        ("05/24/2013", "2013-05-24", "2013-05-24"),
        ("on 24 and 25 May", "2013-05-24", "2013-05-25"),
        ("24th of May", "2013-05-24", "2013-05-24"),
        ("the 3rd of May 2013", "2013-05-03", "2013-05-03"),
        ("in the past 24 hours", "2013-05-24", "2013-05-25"),
        ("in the last 48 hours", "2013-05-23", "2013-05-25"),
        ("in the first week of May", "2013-05-01", "2013-05-07"),
    ],
)
def test_forms_of_days(text: str, first: str, last: str) -> None:
    """Military and compact dates, spans, parts of months, feasts and counted days each mean their days, once."""
    found = read(text)

    assert [(first, last)] == [(str(t.first), str(t.last)) for t in found]


def test_since_a_day_is_where_something_began() -> None:
    """A day after "since" or "as of" is not when the thing told was."""
    assert all(t.since for text in ("since 3 May", "as of 1 June", "since Monday") for t in read(text))


def test_a_weekday_ahead_is_the_next_one() -> None:
    """So "Are to meet on Monday", told on a Saturday, is two days on."""
    assert date(2013, 5, 27) == read("are to meet on Monday", future=True)[0].first


def test_without_a_publication_date_the_words_stay_and_no_day_is_invented() -> None:
    """So "On Saturday" of an undated text is kept as words, and a full date is still a date."""
    weekday, full = read("shelled on Saturday, as on 3 May 2013", None)

    assert weekday.first is None
    assert date(2013, 5, 3) == full.first


def test_the_words_hold_their_preposition() -> None:
    """The span of a weekday is "on Saturday", without a blank before it."""
    text = "shelled the town on Saturday"

    assert "on Saturday" == read(text)[0].span.of(text)


def test_a_clock_time_is_no_year() -> None:
    """So "12 Oct, 0640 hrs" names a day and an hour, not the year 640."""
    assert date(2009, 10, 12) == read("12 Oct, 0640 hrs: shots", date(2009, 10, 13))[0].first


def test_the_verb_may_and_the_verb_march_are_no_months() -> None:
    """Small letters tell the verbs from the months."""
    assert not [t for t in read("they may march 3 miles") if t.first is not None]


def test_old_years_are_history() -> None:
    """What lies more than sixty days before publication is history; this year is not."""
    assert read("killed thousands in 1982")[0].is_history(SATURDAY)
    assert not read("killed two on Friday")[0].is_history(SATURDAY)


def test_a_dateline_gives_the_publication_date() -> None:
    """A dateline with a full date dates the article when the user does not."""
    text = "BEIRUT, May 25, 2013 (AFP) - Shells fell on the town on Friday."

    assert SATURDAY == published_in(Document("a", text))


STORY = (
    "Shells fell on the town of Homs on Friday, killing two people, a doctor said. The shelling went on for hours.\n\n"
    "Rebels said that they had lost three men in the fight for the road."
)
PRINTED = [
    ("Published: 25 May 2013 14:05 BST\n\nShells fall on Homs\n\n" + STORY, SATURDAY),
    ("Shells fall on Homs\n\nPublished: 25 May 2013 14:05 BST\n\n" + STORY, SATURDAY),
    ("Shells fall on Homs\nBy Jane Doe\nUpdated 25 May 2013, 17.45\n\n" + STORY, SATURDAY),
    ("Shells fall on Homs\nMay 25, 2013 / 9:12 AM EDT\n\n" + STORY, SATURDAY),
    ("Shells fall on Homs\nSat 25 May 2013 10.00 BST Last modified on Sun 26 May 2013 11.00 BST\n\n" + STORY, SATURDAY),
    ("Shells fall on Homs\nPublished On 25 May 2013\n\n" + STORY, SATURDAY),
    ("Shells fall on Homs\n2013-05-25 10:14:05\n\n" + STORY, SATURDAY),
    ("Shells fall on Homs\nPublished 2013-05-25T10:14:05Z\n\n" + STORY, SATURDAY),
    ("Shells fall on Homs\nMay 25, 2013 at 3:04 p.m. EDT\n\n" + STORY, SATURDAY),
    ("Shells fall on Homs\nFirst published on Sat 25 May 2013\n\n" + STORY, SATURDAY),
    ("Shells fall on Homs\nSaturday, May 25, 2013\n\n" + STORY, SATURDAY),
    ("Shells fall on Homs\nSATURDAY 25 MAY 2013\n\n" + STORY, SATURDAY),
    ("Shells fall on Homs\nPosted on May 25, 2013 by admin\n\n" + STORY, SATURDAY),
    ("BEIRUT, May 25, 2013 (AFP) - " + STORY, SATURDAY),
    ("BEIRUT, 25 May 2013 (AFP) - " + STORY, SATURDAY),
    ("BEIRUT (Reuters) - May 25, 2013 - " + STORY, SATURDAY),
    ("Beirut, 25 May 2013 – " + STORY, SATURDAY),
    ("(Reuters) - " + STORY, None),
    ("BEIRUT, May 25 (AFP) - " + STORY, None),
    ("Updated: May 25, 2013\nBEIRUT, May 24 (AFP) - " + STORY, SATURDAY),
    (STORY + "\n\nPublished 25 May 2013", SATURDAY),
    ("Shells fall on Homs\n\n" + STORY + "\n\nRelated news\n\nBEIRUT, 3 April 2011: The mayor is to open the", None),
    ("Shells fall on Homs\n\n" + STORY + "\n\nMore from the Ledger\n\n3 April 2011\nA fire in the old town of", None),
    ("Shells fall on Homs\n25.05.2013\n\n" + STORY, SATURDAY),
    ("Shells fall on Homs\n25/05/2013 - 14:05\n\n" + STORY, SATURDAY),
    ("Shells fall on Homs\n\nIn a letter of\n3 April 2011\nhe had warned of it, the doctor said.\n\n" + STORY, None),
    ("The Harbour Ledger\nSaturday, May 25, 2013 - 35p\n\nShells fall on Homs\n\n" + STORY, SATURDAY),
    ("Shells fall on Homs\n25 May 2013 | Last updated 3 hours ago\n\n" + STORY, SATURDAY),
    ("Shells fall on Homs\nDate: 25-05-2013\n\n" + STORY, SATURDAY),
    ("Shells fall on Homs\nIssued on: 25/05/2013 - 12:20 Modified: 26/05/2013\n\n" + STORY, SATURDAY),
    ("© 2013 Agency\nShells fall on Homs\n25 May 2013 Last updated at 14:05 GMT\n\n" + STORY, SATURDAY),
]


@pytest.mark.parametrize(("text", "day"), PRINTED)
def test_an_article_says_when_it_was_printed(text: str, day: date | None) -> None:
    """Its date line or dateline dates it, wherever it stands; other stories, and days inside it, do not."""
    assert day == published_in(Document("a", text, body=find_body(text)))


def test_a_date_line_may_be_in_another_language() -> None:
    """Months are those of the article's language, and so is the alphabet of a dateline."""
    opening = "Київ, 3 листопада 2023 - Обстріл Харкова вбив двох людей."

    assert date(2023, 11, 3) == published_in(Document("a", opening, language="uk"))


def test_a_sentence_of_the_story_gives_no_publication_date() -> None:
    """A date inside a sentence is when something was, not when the article was printed."""
    assert published_in(Document("a", "The war that began on 3 March 2011 has not ended, a priest said.")) is None


@pytest.mark.parametrize("published", [date.min, date.max])
def test_the_calendar_has_ends(published: date) -> None:
    """A day counted beyond the first or the last of the calendar is none: found by fuzzing."""
    text = "On Saturday, two weeks later, and ten days before, next year and last month, rebels attacked Homs."

    assert all(time.span.of(text) for time in time_words(text, Span(0, len(text)), published))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("reached 25 on Thursday in the seventh straight day", "2013-05-17", "2013-05-23"),
        ("rallied for a third straight day on Friday", "2013-05-22", "2013-05-24"),
        ("entered its fifth day on Thursday", "2013-05-19", "2013-05-23"),
        ("on Monday a bridge fell; later shells fell for a second straight day", "2013-05-24", "2013-05-25"),
    ],
)
def test_a_count_of_days_ends_on_the_day_beside_it(text: str, first: str, last: str) -> None:
    """Days are counted back from the day that stands beside the count, and from the publication day where none does."""
    assert [(str(t.first), str(t.last)) for t in read(text) if t.running] == [(first, last)]
