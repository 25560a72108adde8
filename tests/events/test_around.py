"""Where an event is by its headline, by the town a text is about, and where a sentence tells of two places."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from geomap.pipeline import read_text

if TYPE_CHECKING:
    from geomap.model import Event

SUNDAY = date(2024, 5, 19)


def told(text: str) -> tuple[Event, ...]:
    """Return the events of a text, over the built-in gazetteer."""
    return read_text(text, published=SUNDAY).events


def names(text: str) -> list[str]:
    """Return the names of the places of a text's events."""
    return [e.where.place.name for e in told(text) if e.where is not None]


def test_a_headlines_raid_is_at_the_place_before_it() -> None:
    """The lead only says where the hamlets lie."""
    text = """Gunmen kill 12 in Djibo raid

Armed men stormed several hamlets above the capital of Burkina Faso, leaving 12 dead, the mayor of Djibo said."""

    assert ["Djibo"] == names(text)


def test_a_lead_that_says_plainly_where_wins_over_the_headline() -> None:
    """The headline names the large town near by."""
    text = """Kampala bombing kills five

A bomb tore through a bus near Entebbe on Sunday, killing five people, police said."""

    assert ["Entebbe"] == names(text)


def test_parliament_is_that_of_the_town_a_text_is_about() -> None:
    """An avenue that no gazetteer knows is no reason for the whole country."""
    text = """Tear gas at Tbilisi march

Protesters rallied outside parliament on Sunday for a 40th night."""

    assert ["Tbilisi"] == names(text)


def test_what_is_told_without_a_place_is_at_the_only_town_named() -> None:
    """Four sentences later the town has not changed."""
    text = """A car bomb exploded in Quetta on Saturday, killing two people.

Doctors asked for blood. Shops stayed closed. Schools will open again next week. The minister was abroad.

Gunmen later shot dead a guard."""

    assert {"Quetta"} == set(names(text))


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Rebels seized Goma, the largest city, in late January and Bukavu in mid-February.", ["Goma", "Bukavu"]),
        ("Jets bombed Aleppo on Monday, Homs on Tuesday and Idlib on Friday.", ["Aleppo", "Homs", "Idlib"]),
        ("Gunmen burned homes in Kano on Friday, and soldiers killed four men in a shootout in Jos.", ["Kano", "Jos"]),
        ("Rebels attacked Bunia on Friday with mortars from the hills.", ["Bunia"]),
    ],
    ids=["two days", "three days", "two deeds", "one"],
)
def test_places_with_a_day_or_a_deed_of_their_own_are_events_of_their_own(text: str, places: list[str]) -> None:
    """Each has its own pin; a toll stays with its own deed."""
    assert places == names(text)


def test_each_place_keeps_its_own_day() -> None:
    """Monday's is not Friday's."""
    days = [e.when.first for e in told("Jets bombed Aleppo on Monday and Idlib on Friday.") if e.when]

    assert [date(2024, 5, 13), date(2024, 5, 17)] == days


def test_a_counted_attack_of_a_month_is_an_event() -> None:
    """A month is a day enough for what left 14 dead."""
    (event,) = told("An attack near Kidal in April left 14 dead.")

    assert event.killed is not None
    assert 14 == event.killed.best


def test_a_place_ahead_is_not_where_it_happened() -> None:
    """Who withdraws from one town towards another was in the first."""
    text = "Rebels withdrew from Bunia towards Goma on Friday after clashes with the army."

    assert {"Bunia"} == set(names(text))


def test_a_quarter_named_for_a_town_abroad_is_in_the_texts_own() -> None:
    """A bazaar in Karachi may bear Bombay's name."""
    text = "KARACHI, Pakistan, May 19 - A bomb in a car parked at Bombay Bazaar killed four people on Saturday."

    assert ["Karachi"] == names(text)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("In the province of Helmand, soldiers clashed with gunmen in Sangin town on Monday, killing three.", "Sangīn"),
        ("BANGKOK/PHNOM PENH: Soldiers exchanged fire on Wednesday near Battambang, both armies said.", "Battambang"),
    ],
)
def test_the_area_a_sentence_opens_with_and_two_desks_give_way_to_the_town(text: str, place: str) -> None:
    """A likely town outdoes the area that opens its sentence; a dateline of two towns is the reporters'."""
    (event,) = read_text(text, published=date(2025, 6, 10)).events

    assert event.where
    assert event.where.place.name == place


TALKS = """ACCRA, May 19 (AFP) - Rebels bombed a depot last night, the minister said.

He said that the attack would not end the talks being held in Oslo, Norway."""
NOT_THERE = [
    (TALKS, "Ghana"),
    ("LIMA, May 19 (AFP) - Terrorists bombed the embassies of China and the Soviet Union on Saturday.", "Lima"),
    ("The surgeon, who spends most of the year in Madrid, was kidnapped on Saturday by gunmen in Cali.", "Cali"),
    ("Gunmen ambushed a bus on the road linking Gao and Kidal on Saturday.", "between Gao and Kidal"),
    ("Two Belgian nuns were shot dead on Saturday, victims of the Burundian war, unions said.", "Burundi"),
]


@pytest.mark.parametrize(("text", "name"), NOT_THERE, ids=["talks", "embassies", "relative clause", "road", "war"])
def test_a_place_that_is_only_named_beside_an_event_is_not_the_events(text: str, name: str) -> None:
    """Where people meet, whose embassy it is and where the victim lives are not where it happened."""
    assert name == names(text)[0]


def test_that_country_is_the_one_just_named() -> None:
    """An inquiry is sent home about a death abroad."""
    text = """LA PAZ, May 19 (AFP) - The army has seen no report that the Peruvian government says it sent on the
inquiry in that country into the murder of the Bolivian deputy Juan Mora on Friday. Soldiers shot him dead."""

    assert "Peru" in names(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Two men were shot dead on the border of Kano and Katsina states on Saturday.", "between Kano and Katsina"),
        ("Wad Madani: the army now controls the bridge, the RSF withdrew towards Hasaheisa.", "Wad Medani"),
        ("#ElFasher: airstrikes hit RSF positions east of the city on Saturday.", "El Fasher"),
        ("Anti-Balaka fighters attacked Bria on Saturday, and anti-Balaka men burned shops.", "Bria"),
    ],
    ids=["border", "left", "hashtag", "against"],
)
def test_short_words_say_where(text: str, name: str) -> None:
    """The border of two areas, a line's first word, a hashtag of two words; a militia's enemy is no place."""
    assert {name} == set(names(text))


@pytest.mark.parametrize(
    ("village", "area", "army", "land"),
    [
        ("Santa Lucia", "Morazan", "Honduran", "Honduras"),
        ("Santa Rosa", "Cabañas", "Guatemalan", "Guatemala"),
        ("San Isidro", "Usulutan", "Nicaraguan", "Nicaragua"),
    ],
)
def test_a_village_told_to_lie_in_an_area_is_no_namesake_elsewhere(
    village: str, area: str, army: str, land: str
) -> None:
    """Both countries are spoken of, and only the other one's village is known."""
    text = f"""{army} soldiers raided a farm in {village}, {area} Department, in El Salvador, on Saturday, killing two.

The {army} army denied that its soldiers had left {land}."""
    first = told(text)[0]

    assert first.where is not None
    assert "SV" == first.where.place.country
