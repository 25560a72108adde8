"""The article told from the page around it."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.body import find_body, find_title

PARAGRAPHS = (
    "MARIB (Agency) - Shells fell on two villages west of the town on Tuesday, residents said.",
    "At least four people were hurt. A spokesman for the governor said the road stayed open.",
    "Talks on a truce were to resume in Muscat next week.",
)


def body(text: str) -> str:
    """Return what is kept, its spans parted by a bar."""
    return " | ".join(span.of(text) for span in find_body(text))


def test_plain_prose_is_kept_whole() -> None:
    """A text with nothing around it is all article."""
    text = "\n\n".join(PARAGRAPHS)

    assert text == body(text)


def test_a_masthead_is_left_out_and_the_headline_kept() -> None:
    """What stands above the headline is furniture once something there plainly is."""
    text = "Advertisement\nThe Daily Valley\nLogo Logo Logo\n\nShells fall west of Marib\n\n" + "\n\n".join(PARAGRAPHS)

    kept = body(text)

    assert kept.startswith("Shells fall west of Marib")
    assert kept.endswith("next week.")


def test_the_name_of_the_paper_is_no_headline() -> None:
    """A date parts the paper's name from the story's headline."""
    text = "The Strand Messenger\nMonday, August 17, 1998 - 35p\n\nSHELLS WEST OF MARIB\n\n" + "\n\n".join(PARAGRAPHS)

    kept = find_body(text)

    assert "Strand" not in body(text)
    assert "August 17, 1998" in body(text)
    assert find_title(text, kept) == "SHELLS WEST OF MARIB"


def test_a_menu_is_left_out() -> None:
    """Short entries side by side, some of which every page has, are a menu."""
    text = "THE LEDGER\nHome  World  Business  Weather\n\nShells fall west of Marib\n\n" + "\n\n".join(PARAGRAPHS)

    assert body(text).startswith("Shells fall")


def test_a_date_line_above_the_headline_is_kept() -> None:
    """The day of publication stands there and dates the article."""
    text = "Subscribe to our newsletter\n4 June 2015\n\nShells fall west of Marib\n\n" + "\n\n".join(PARAGRAPHS)

    assert "4 June 2015" in body(text)


@pytest.mark.parametrize("heading", ["Related News", "MORE FROM WORLD", "Comment here !", "Most Read", "Leave a reply"])
def test_a_box_after_the_article_is_left_out_with_all_that_follows(heading: str) -> None:
    """Openings of other stories, each with its own dateline, are no part of this one."""
    teaser = "LIMA:- The council has approved the budget for the coming year on Monday, May 16. It"
    text = "\n\n".join([*PARAGRAPHS, heading, teaser, teaser.replace("LIMA", "QUITO")])

    kept = body(text)

    assert kept.endswith("next week.")
    assert "LIMA" not in kept


def test_an_inline_box_does_not_cut_the_article() -> None:
    """A story that goes on after "Related News" with whole paragraphs is not cut there."""
    text = "\n\n".join([PARAGRAPHS[0], "Related News", "Another headline", *PARAGRAPHS])

    assert body(text).count("next week.") == 1


def test_repeated_notices_are_left_out() -> None:
    """A notice that stands on the page more than once is furniture."""
    notice = "For visitors by land: forms and a test at the entry point"
    text = "\n\n".join([notice, *PARAGRAPHS, notice, notice])

    assert "visitors" not in body(text)


def test_a_byline_is_left_out() -> None:
    """A reporter's name names no place."""
    text = "\n\n".join(["Shells fall west of Marib", "By Victoria Lebanon and Paris Snow", *PARAGRAPHS])

    assert "Lebanon" not in body(text)


def test_a_byline_before_the_dateline_is_cut_off() -> None:
    """By-line and dateline on one line: the article begins at the dateline."""
    text = "Title of the day\n\nBy Jordan Smith Rivers, ISTANBUL (Agency) – Talks went on. They were long."

    assert "ISTANBUL" in body(text)
    assert "Jordan" not in body(text)


def test_lines_of_a_fixed_width_are_paragraphs() -> None:
    """A wire's hard line breaks do not make headings of half sentences."""
    wire = (
        "   LIMA, 3 JAN 90 (WIRE) -- [TEXT] THE POLICE SAID TODAY THAT A CONVOY WAS\n"
        "AMBUSHED BETWEEN AYACUCHO AND HUANTA ON SUNDAY. THREE SOLDIERS WERE HURT\n"
        "AND A BRIDGE WAS DAMAGED. THE COMMAND OF THE EMERGENCY ZONE DENIED THAT IT\n"
        "HAD LOST CONTROL OF THE ROAD.\n"
    )

    assert wire.strip() == body(wire).strip()


def test_a_list_of_incidents_is_kept() -> None:
    """Items without a full stop are the article where there is nothing else."""
    text = "Incidents, 3 June 2016\n\n- Two shells near Kidal\n- A mine on the Gao road\n- Shots in Menaka"

    assert text == body(text)


def test_the_title_is_the_first_line_before_prose() -> None:
    """A headline has no full stop and no dateline."""
    text = "Shells fall west of Marib\n\n" + PARAGRAPHS[0]

    assert find_title(text, find_body(text)) == "Shells fall west of Marib"
    assert find_title(PARAGRAPHS[0], find_body(PARAGRAPHS[0])) is None


@given(st.text(max_size=400))
def test_spans_lie_in_the_text_in_order(text: str) -> None:
    """Whatever the text, the body is ordered spans inside it that do not meet."""
    spans = find_body(text)

    assert all(0 <= s.start <= s.end <= len(text) for s in spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))
