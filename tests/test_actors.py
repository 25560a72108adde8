"""Who: the parties of an event and which of them did it to which, in the wording of many wars."""

from __future__ import annotations

from pathlib import Path

import pytest

from gazetteer import open_gazetteer
from geomap.model import Actor, Document
from geomap.pipeline import analyse


def rows() -> list[tuple[str, list[str], list[str]]]:
    """Read the sentences, who did it in each, and to whom."""
    lines = (Path(__file__).parent / "data" / "told" / "actors.txt").read_text("utf-8").splitlines()
    found = []
    for text, wanted in (line.rsplit("|", 1) for line in lines if line and not line.startswith("#")):
        did, bore = ([name.strip() for name in side.split(",") if name.strip()] for side in wanted.split(">"))
        found.append((text.strip(), did, bore))
    return found


def parties(text: str) -> tuple[Actor, ...]:
    """Return the parties of a sentence's first event of conflict."""
    events = [e for e in analyse(Document("a", text), open_gazetteer())[1] if e.kind != "Diplomacy"]
    return events[0].actors if events else ()


@pytest.mark.parametrize(("text", "did", "bore"), rows(), ids=lambda value: str(value)[:40])
def test_who_did_it_to_whom(text: str, did: list[str], bore: list[str]) -> None:
    """Each party is named with its part: who did it, who bore it; where two sides fight, either is right."""
    both = len(did) > 1 or any(word in text for word in ("clash", "exchanged"))
    found = [(f"{a.name} {a.span.of(text)}".lower(), a.role if not both else "any") for a in parties(text)]
    wanted = [(name.lower(), role) for side, role in ((did, "source"), (bore, "target")) for name in side]

    missing = [
        (name, role) for name, role in wanted if not any(name in said and part in (role, "any") for said, part in found)
    ]
    assert missing == []


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        ("On Sunday gunmen killed two farmers in Kaduna.", "sunday"),
        ("Rebels killed six soldiers in Goma, a witness told our reporter.", "reporter"),
        ("Police said gunmen killed six farmers in Kaduna.", "police"),
    ],
)
def test_who_only_tells_of_it_is_no_party(text: str, absent: str) -> None:
    """A weekday is no part of a name, and who tells of it or is told takes no part in it."""
    names = [a.name.lower() for a in parties(text)]

    assert names
    assert not any(absent in name for name in names)


def test_people_most_of_whom_bore_arms_are_no_civilians() -> None:
    """A toll of which most were fighters, on whatever side, is an armed clash and not an attack on civilians."""
    text = "More than 40 people were killed in two districts of Aleppo on Wednesday, mostly fighters, monitors said."
    events = analyse(Document("a", text), open_gazetteer())[1]

    assert [(e.sub_kind, [(a.kind, a.role) for a in e.actors]) for e in events] == [
        ("Armed clash", [("Rebel groups", "target")])
    ]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Two constables were killed when gunmen opened fire on a check post in Bannu on Friday.", "Armed clash"),
        ("Two traders were killed when gunmen opened fire on a market in Bannu on Friday.", "Attack"),
    ],
)
def test_an_attack_that_only_armed_people_bore_is_a_clash(text: str, kind: str) -> None:
    """Who shoots at police fights a state's forces; who shoots at traders attacks civilians."""
    assert [e.sub_kind for e in analyse(Document("a", text), open_gazetteer())[1]] == [kind]
