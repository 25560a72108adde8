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
