"""What is only spoken of is no event: a report's title, what somebody condemned, a natural death."""

from __future__ import annotations

import pytest

from .told import told


@pytest.mark.parametrize(
    "text",
    [
        "Weekly review of protests and clashes in Mali",
        "The minister condemned the attack and will fly to Gao.",
        "The singer died on Friday in Oslo.",
    ],
)
def test_what_is_only_mentioned_is_no_event(text: str) -> None:
    """Neither a title nor a word of condemnation nor a death in bed happened anywhere."""
    assert [e for e in told(text) if e.kind != "Diplomacy"] == []


@pytest.mark.parametrize(
    ("text", "sub_kind"),
    [
        ("Bandits shot dead four policemen in Jos on Friday.", "Armed clash"),
        ("Gunmen shot dead four farmers in Jos on Friday.", "Attack"),
        ("A blood feud erupted in Jolo on Friday, leaving six dead.", "Armed clash"),
        ("Gunboats pounded two hamlets near Jolo on Friday.", "Shelling/artillery/missile attack"),
        (
            "Police opened fire to disperse marchers in Jos on Friday, wounding three.",
            "Excessive force against protesters",
        ),
        ("Masked men blocked a road in Cali on Friday and fired their guns into the air.", "Peaceful protest"),
    ],
)
def test_kinds_are_as_analysts_code_them(text: str, sub_kind: str) -> None:
    """Who attacks police fights; who fires into the air shells nobody."""
    assert [e.sub_kind for e in told(text)] == [sub_kind]


def test_who_only_speaks_is_no_party() -> None:
    """A governor who writes, a resident who asks not to be named: they tell of it."""
    found = told("Governor Ali Umar, speaking in Gao on Friday, said jets had bombed Idlib, killing two soldiers.")

    assert "Governor" not in {a.name for e in found for a in e.actors}


def test_who_says_what_it_did_is_a_party() -> None:
    """An army that says its own jets bombed is the one that did."""
    (event,) = told("The army said it killed nine rebels in Sangin on Friday.")

    assert ("army", "source") in {(a.name, a.role) for a in event.actors}


def test_who_is_captured_is_no_doer() -> None:
    """The object of a phrase for a deed is who it was done to."""
    (event,) = told("Police captured the leader of a gang in Cali on Friday.")

    assert {(a.name, a.role) for a in event.actors} >= {("Police", "source"), ("leader", "target")}


def test_also_tells_of_another_deed() -> None:
    """Who "also ambushed" did two things."""
    found = told(
        "Gunmen attacked a village in Bama on Friday, killing six. The gunmen also ambushed a patrol near Gao."
    )

    assert len(found) == 2


def test_a_headline_and_the_village_of_its_lead_are_one() -> None:
    """The headline names the town, the lead the village beside it."""
    found = told(
        "Two shot as residents protest in Fallujah\n\nPolice shot two people who protested in Ramadi on Friday."
    )

    assert len(found) == 1


@pytest.mark.parametrize(
    ("text", "sub_kind"),
    [
        ("Rebels entered Homs on Friday after clashes at its gates.", "Non-state actor overtakes territory"),
        ("Clashes over control of Homs broke out on Friday.", "Armed clash"),
        ("Three killed in Homs on Friday, curfew imposed", "Attack"),
        ("Russian forces captured Donetsk on Friday.", "Non-state actor overtakes territory"),
        ("Russian troops advanced near Donetsk on Friday.", "Armed clash"),
        ("Iraqi troops recaptured Tikrit on Friday.", "Government regains territory"),
    ],
)
def test_a_fight_is_known_by_what_came_of_it(text: str, sub_kind: str) -> None:
    """Who enters a town has taken it, a foreign army takes it for no government, and an advance takes nothing."""
    assert [e.sub_kind for e in told(text, demonyms={"Russian": "RU", "Iraqi": "IQ"})] == [sub_kind]


@pytest.mark.parametrize(
    "text",
    [
        "Police fired live rounds at protesters in Cairo on Friday. A nurse counted nine people shot dead outside.",
        "A mob attacked rival supporters in Cairo on Friday. At least 14 pupils were injured in the scuffle.",
        "A car bomb exploded in Cairo on Friday. Eight other people were wounded.",
    ],
)
def test_a_toll_in_the_next_sentence_is_of_the_event_before(text: str) -> None:
    """Who counts the dead of it tells of nothing new."""
    (event,) = told(text)

    assert event.killed is not None or event.wounded is not None


def test_a_quarrel_and_an_animal_are_no_conflict() -> None:
    """A colleague with a knife and a shark kill without politics."""
    assert told("A baker was stabbed to death by a co-worker during an argument in Oslo on Friday.") == ()
    assert told("A swimmer was killed in a shark attack off Oslo on Friday.") == ()


def test_a_row_of_towns_with_their_kinds_is_two_places() -> None:
    """Two towns are two towns where one is called an ancient city."""
    found = told("The raids took place on Friday in Kano and the ancient city of Jos, killing no one.")

    assert {e.where.place.name for e in found if e.where} == {"Kano", "Jos"}


def test_what_a_court_heard_is_history() -> None:
    """What judges hear did not happen where they sit, nor today."""
    found = told("A court in Oslo heard on Friday that the man had tortured prisoners in Damascus.")

    assert {e.status for e in found} <= {"historic"}


def test_dozens_and_more_than_thirty_are_one_toll() -> None:
    """A headline's vague figure is met by the lead's closer one."""
    found = told(
        "Dozens killed as rebels attack base in Gao\n\nRebels attacked a base in Gao on Friday, killing more than 40."
    )

    assert len(found) == 1


def test_clashes_between_two_sides_are_a_clash_whoever_died() -> None:
    """Civilians who die of a fight make it no attack on civilians."""
    (event,) = told("Clashes between rebels and militiamen in Goma on Friday killed at least six civilians.")

    assert event.sub_kind == "Armed clash"


def test_police_shot_while_they_pursued_bandits_fought() -> None:
    """Two armed sides fight, whoever bore it."""
    (event,) = told("Two policemen were shot dead in Jos on Friday as they pursued bandits who had driven away cattle.")

    assert event.sub_kind == "Armed clash"
