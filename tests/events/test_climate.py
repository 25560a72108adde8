"""What an article is about as a whole decides how far its single words are trusted."""

from __future__ import annotations

import pytest

from .told import told

MATCH = """Oslo crush Bogota in cup final

The hosts bombarded the goalkeeper from the whistle and a derby in Oslo turned into a slaughter on Sunday.
Their striker shot twice past the midfield before half-time. Two defenders were injured in the battle of Cali.
"""

BULLETIN = """Kharkiv: 7 assaults repelled.
Explosions in Odesa.
Drone debris fell on a house in Donetsk.
Fighting near Kyiv.
"""


def test_a_match_report_has_no_battle() -> None:
    """Who shoots and is slaughtered on a pitch is no event of conflict."""
    assert told(MATCH) == ()


def test_police_at_a_match_are_told() -> None:
    """What police do at a match is no sport."""
    found = told(MATCH + "Police fired tear gas at rioters outside the stadium in Oslo on Sunday.\n")

    assert [e.kind for e in found] == ["Protests"] or [e.kind for e in found] == ["Riots"]


def test_short_lines_of_a_bulletin_are_told() -> None:
    """Each line of a war bulletin tells of its place, though none says when or how many."""
    places = {e.where.place.name for e in told(BULLETIN) if e.where}

    assert places == {"Kharkiv", "Odesa", "Donetsk", "Kyiv"}


@pytest.mark.parametrize(
    ("text", "sub_kind"),
    [
        ("A guided bomb killed three farmers in Odesa on Friday.", "Air/drone strike"),
        ("Turkish strikes killed six people near Mosul on Friday.", "Air/drone strike"),
        ("Pirates boarded a trawler off Kismayo on Friday.", "Abduction/forced disappearance"),
        ("Rebels handed over two captives to the Red Cross in Gao on Friday.", "Other"),
    ],
)
def test_words_of_the_wires_have_their_kind(text: str, sub_kind: str) -> None:
    """A glide bomb falls from the air, a captive handed over is no territory."""
    assert [e.sub_kind for e in told(text)] == [sub_kind]


def test_a_team_sent_to_the_scene_is_no_event() -> None:
    """Police sent to where it happened is what police do."""
    assert told("A police team was deployed to the area of Jos on Friday.") == ()


def test_a_kidnapping_and_a_raid_from_the_air_are_two() -> None:
    """Nobody is kidnapped by a bomb: the same town and day do not make them one."""
    found = told("Gunmen kidnapped two nurses in Idlib on Friday. Jets bombed Idlib on Friday, killing nine people.")

    assert [e.sub_kind for e in found] == ["Abduction/forced disappearance", "Air/drone strike"]


def test_those_killed_in_a_war_are_background() -> None:
    """The toll of a whole war is no event."""
    assert told("Thousands have been killed in the war in Syria, most of them civilians.") == ()


NIGHT = """Drones struck Kyiv overnight. Drones hit a depot in Odesa. A hit in Kharkiv left two dead on Friday.
"""


def test_the_weapon_of_a_night_is_that_of_its_hits() -> None:
    """In a report of drones, "a hit" is a drone's."""
    assert {e.sub_kind for e in told(NIGHT)} == {"Air/drone strike"}


def test_a_score_is_of_sport() -> None:
    """Who won by what score fought no battle."""
    text = (
        "Oslo routed Paris 104-88 on Friday. The bench exploded for 40 points. A battle with Cairo in Cairo is next.\n"
    )

    assert told(text) == ()


def test_miners_can_be_shot() -> None:
    """A word of accidents does not hide who opened fire."""
    (event,) = told("An army unit opened fire on a van of coal miners in Jos on Friday, killing six.")

    assert event.killed is not None


def test_what_is_stored_is_not_fired() -> None:
    """A depot where missiles are stored is shelled by nobody."""
    found = told("Jets bombed a depot in Damascus on Friday. The army said it stored precision-guided missiles there.")

    assert [e.sub_kind for e in found] == ["Air/drone strike"]


def test_a_shutdown_that_is_called_is_planned() -> None:
    """A union that calls a shutdown has shut nothing yet."""
    (event,) = told("The traders' union has called a day-long shutdown in Jos on Monday.")

    assert event.status == "planned"
