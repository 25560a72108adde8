"""Lines headed by a place, and places that a sentence only passes through."""

from __future__ import annotations

from datetime import date

from geomap.pipeline import read_text

from .told import told

DAY = date(2025, 7, 14)

BRIEF = """Field brief, 14 July

SUDAN - NORTH KORDOFAN
Sheikan: nothing to report.
Bara: Shells hit the northern outskirts on 9 July and killed four herders.
Kadugli: A drone struck the Rahma clinic on 10 July, killing three people.

KENYA
Lafey: Two traders were shot dead by gunmen on 11 July.

Needs and response
Clean water is short.
"""


def places(text: str) -> list[str | None]:
    """Return the names of the places of a text's events, over the built-in gazetteer."""
    return [e.where.place.name if e.where else None for e in read_text(text, published=DAY).events]


def test_a_label_places_its_line() -> None:
    """A line that opens with a town and a colon is there, whatever clinic it names; the next line is no part of it."""
    assert places(BRIEF) == ["Bārah", "Kadugli", "Lafey"]


def test_a_heading_places_what_stands_beneath() -> None:
    """A heading of places alone holds until the next heading."""
    text = """Helmand

Six police were killed in an ambush on Thursday.

Nangarhar

A roadside bomb killed two farmers on Friday.
"""
    found = told(text)

    assert [e.where.place.name for e in found if e.where] == ["Helmand", "Nangarhar"]


def test_a_country_and_a_colon_head_a_paragraph() -> None:
    """What a country's paragraph tells without a place of its own is there, and every sentence is read."""
    text = """Mali: Gunmen killed two guards in Kidal on Monday. A bomb hurt three soldiers on Tuesday.

Nigeria: Raiders abducted six pupils from a school on Wednesday.
"""
    found = told(text)

    assert [e.where.place.country for e in found if e.where] == ["ML", "ML", "NG"]


def test_the_town_of_an_item_is_not_that_of_the_item_before() -> None:
    """What "the town" is in a line whose place nobody knows is not the town told above."""
    text = """- Bama: a mass grave was found, residents say.
- Wuzzima: troops retook the town on Friday.
"""
    found = told(text)

    assert all(e.where is None or e.where.place.name != "Bama" for e in found if "took" in e.kind or "Batt" in e.kind)


def test_one_line_with_a_dash_is_a_dateline() -> None:
    """A single paragraph that opens with a town and a dash is no list."""
    found = told("KABUL - Gunmen killed a judge in Jalalabad on Friday.\n\nPolice arrested two men in Kunduz.\n")

    assert found[0].where is not None
    assert found[0].where.place.name == "Jalalabad"


def test_the_hurt_are_brought_elsewhere_than_it_happened() -> None:
    """The base or hospital that casualties were carried to is not the event's place."""
    for text in (
        "SANGIN - a mine killed one soldier at dawn; two more were hurt and flown to Kabul.",
        "A mine killed one soldier in Sangin on Friday, and two who were hurt were airlifted to Kabul.",
        "The mayor was shot near Sangin on Friday and died of his wounds in Kabul.",
    ):
        found = told(text)
        assert [e.where.place.name for e in found if e.where] == ["Sangin"], text


def test_where_captives_were_shot_is_a_place_though_they_were_taken_there() -> None:
    """What is told of a place in a clause of its own was there."""
    found = told("Two abducted clerks were taken to Gereshk, where gunmen shot them dead on Friday.")

    assert found[0].where is not None
    assert found[0].where.place.name == "Gereshk"


def test_a_town_beside_a_road_is_nearer_than_its_ends() -> None:
    """A road's two names only say which road."""
    text = "Bandits ambushed a truck on the Maiduguri-Jos road, 12 kilometres from Bama, and killed three people."
    assert [e.where.place.name for e in told(text) if e.where] == ["Bama"]


def test_a_road_that_an_event_was_on_is_only_near_its_ends() -> None:
    """A road named by its two ends puts what was on it near one of them, not in it."""
    found = told("Bandits ambushed a truck on the Maiduguri-Bama road on Friday and killed three people.")

    assert found[0].where is not None
    assert found[0].where.precision == 2


def test_a_dash_opens_an_item() -> None:
    """A channel's lines that open with a long dash are items of their own, under the title's town."""
    text = """KIDAL UPDATE

— Rebels took the barracks on 10 July.
— Fifty patients were killed at the clinic, 12 July.
"""
    found = read_text(text, published=DAY).events

    assert [(e.where.place.name if e.where else None, str(e.when.first) if e.when else None) for e in found] == [
        ("Kidal", "2025-07-10"),
        ("Kidal", "2025-07-12"),
    ]


def test_a_state_is_not_its_capital() -> None:
    """The noun behind a name says that the area is meant, also under a dateline of the town."""
    text = """KANO, Nigeria - Gunmen killed 14 people in Kano state on Friday.

The attack happened in Tudun Wuzzi, a hamlet in the Gwarzo district.
"""
    found = read_text(text, published=DAY).events

    assert [e.where.place.name for e in found if e.where] == ["Gwarzo"]
    assert found[0].killed is not None
    assert found[0].killed.best == 14


def test_a_military_report_is_read() -> None:
    """A time group without a month is of the last such day; KIA and WIA are killed and wounded."""
    text = """SITREP 31

1. Sector one
 a. Baidoa: At 111130C, three mortars were fired at the airport. 2 x KIA, 4 x WIA.
 b. Kismayo: quiet.
"""
    found = read_text(text, published=DAY).events

    assert [(str(e.when.first), e.killed.best, e.wounded.best) for e in found if e.when and e.killed and e.wounded] == [
        ("2025-07-11", 2, 4)
    ]


def test_troops_from_a_base_are_not_at_it() -> None:
    """Where those who came have their base is not where they fought."""
    text = "Peacekeepers from the Gao base repelled an attack on a camp near Kidal on Friday."

    assert [e.where.place.name for e in told(text) if e.where] == ["Kidal"]


def test_a_nameless_hamlet_is_in_the_province_told_before() -> None:
    """A name that nobody knows is in the province its paragraph speaks of, not anywhere in the country."""
    text = (
        """In Borno, four farmers were beheaded near Bama on Sunday. Jets killed 25 militants near Kuwuzzi on Monday."""
    )
    found = read_text(text, published=DAY).events

    assert [e.where.place.admin1_name for e in found if e.where] == ["Borno State", "Borno State"]


def test_a_label_of_two_places_is_the_first_unless_the_other_lies_in_it() -> None:
    """A label "District, Province:" is the district, "Country - Town:" the town; letters in brackets say nothing."""
    text = """Roundup of the week

Nangarhar, Kabul: raiders shot two herders on 9 July.
Borno - Bama (BM): gunmen shot three herders on 10 July.
"""
    assert [e.where.place.name for e in told(text, published=DAY) if e.where] == ["Nangarhar", "Bama"]


def test_the_town_may_be_told_in_the_same_sentence() -> None:
    """What "the town" is, is said before it, and it is nearer than the province."""
    found = told("In Helmand, the head of Gereshk's council said a judge was shot dead in the town on Friday.")

    assert [e.where.place.name for e in found if e.where] == ["Gereshk"]


def test_a_neighbours_border_is_not_the_place() -> None:
    """The country beside whose border something was is not where it was."""
    text = "Fighters raided Bunia district on Friday: 12 people died in Wuzzi, near the Ugandan border."
    found = told(text, demonyms={"Ugandan": "UG"})

    assert {e.where.place.country for e in found if e.where} == {"CD"}
