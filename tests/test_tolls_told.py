"""How many, in the styles that news is told in: our own passages with the figures that are right."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from geomap.events import extract
from geomap.events.figures import of_sentence
from geomap.events.reading import read
from geomap.events.tolls import counts
from geomap.model import ON_MAP, Document

if TYPE_CHECKING:
    from geomap.model import Toll

FIELDS = ("killed", "wounded", "abducted", "arrested", "displaced", "cumulative_killed")


def rows() -> list[tuple[str, str]]:
    """Read the passages and what is right of each."""
    lines = (Path(__file__).parent / "data" / "told" / "tolls.txt").read_text("utf-8").splitlines()
    split = (line.rsplit("|", 1) for line in lines if line and not line.startswith("#"))
    return [(text.strip(), wanted.strip()) for text, wanted in split]


def told(text: str, wanted: str) -> dict[str, Toll]:
    """Return the tolls of a passage's first event; what its only sentence counts where somebody is to be counted."""
    document = Document("a", text)
    sentences = read(document)
    if len(sentences) == 1 and wanted != "-":
        return of_sentence(sentences[0], counts(sentences[0], "en"), text)
    events = [e for e in extract(document, (), None) if e.kind != "Diplomacy" and e.status in ON_MAP]
    found = {name: getattr(events[0], name) for name in FIELDS} if events else {}
    return {name: toll for name, toll in found.items() if toll is not None}


def figure(toll: Toll | None, wanted: str) -> str | None:
    """Return a toll as the passages write it, in the form of what is wanted."""
    if toll is None:
        return None
    if wanted.endswith("+"):
        return f"{toll.low}+" if toll.high is None else f"{toll.low}-{toll.high}"
    if "-" in wanted:
        return f"{toll.low}-{toll.high}"
    return str(toll.best if toll.best is not None else toll.low)


@pytest.mark.parametrize(("text", "wanted"), rows(), ids=lambda value: value[:40])
def test_figures_are_those_told(text: str, wanted: str) -> None:
    """Each harm has its figure, and nothing else in the passage is counted."""
    right = dict(part.split() for part in wanted.split("; ")) if wanted != "-" else {}
    right = {"cumulative_killed" if name == "cumulative" else name: value for name, value in right.items()}
    found = told(text, wanted)
    besides = {n: t.best or t.low for n, t in found.items() if n not in right and (t.best or t.low)}

    assert right == {name: figure(found.get(name), value) for name, value in right.items()}
    assert {} == besides


def test_there_are_enough() -> None:
    """A hundred and twenty passages at least, a fifth of them with nobody to count or nobody hurt."""
    assert len(rows()) >= 120
