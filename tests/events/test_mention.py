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
