"""Which country a text is about, and where an event is that names no town of its own."""

from __future__ import annotations

from datetime import date

import pytest

from geomap.homes import homes
from geomap.model import Event, Span
from geomap.pipeline import read_text

SUNDAY = date(2024, 5, 19)


def told(text: str) -> tuple[Event, ...]:
    """Return the events of a text, over the built-in gazetteer."""
    return read_text(text, published=SUNDAY).events


def where(event: Event) -> tuple[str, str | None]:
    """Return the name and the country of an event's place."""
    assert event.where is not None
    return event.where.place.name, event.where.place.country


def test_armed_groups_are_found_by_whole_names_in_any_case() -> None:
    """The longest name counts, once; hyphens and typographic apostrophes are those of plain letters."""
    text = "The Farabundo Marti National Liberation Front, al-Shabaab and the Lord’s Resistance Army; a shabby front"

    assert ["SV", "SO", "UG"] == [home.country for home in homes(text)]
    assert "al-Shabaab" == homes(text)[1].span.of(text)


def test_groups_are_looked_for_in_the_article_alone() -> None:
    """What a page's frame names says nothing of the article."""
    text = "More: Boko Haram. Renamo says no."
    (home,) = homes(text, (Span(0, 6), Span(18, len(text))))

    assert "MZ" == home.country


ABROAD = {
    "SV": """MEXICO CITY, May 19 (AFP) - The FMLN said its fighters killed 11 soldiers on Saturday.

The Salvadoran army denied it. The rebels have fought the government for years.""",
    "SD": """NAIROBI, May 19 (Reuters) - The Sudanese army and the Rapid Support Forces fought on Saturday, killing 30.

The Sudanese generals fell out in April last year.""",
    "CO": """PARIS, May 19 (AFP) - The French minister condemned the killing of a judge in Colombia, said a statement.

Gunmen shot dead two more judges on Saturday. Colombian guerrillas are suspected.""",
}


@pytest.mark.parametrize("country", ABROAD)
def test_a_report_from_abroad_is_not_about_the_datelines_country(country: str) -> None:
    """The country whose people and groups are named most is the one where it happened."""
    assert {country} == {where(event)[1] for event in told(ABROAD[country])}


def test_a_text_stays_in_the_datelines_country_for_one_adjective_of_another() -> None:
    """A victim's nationality moves nothing."""
    (event,) = told("KABUL, May 19 (AFP) - A French aid worker was kidnapped by gunmen on Saturday, police said.")

    assert "AF" == where(event)[1]


def test_an_unknown_quarter_is_not_its_namesake_abroad() -> None:
    """A neighbourhood that the gazetteer lacks is with the town that it is told to be of."""
    text = """MEDELLIN, Colombia, May 19 - A bomb exploded in Belfort, southern Medellin, on Saturday, killing two.

Colombian police blamed the ELN."""
    (event,) = told(text)

    assert ("Medellín", "CO") == where(event)


def test_a_speech_behind_a_comma_is_not_the_places() -> None:
    """After "in Peru, said a statement", Peru is where it happened."""
    (event,) = told("Chile condemned on Friday the murder of six priests in Peru, said a statement by its ministry.")

    assert "PE" == where(event)[1]
