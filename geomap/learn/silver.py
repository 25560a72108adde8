"""Half-taught sentences: where people marked only the place of an event, the model itself marks the rest.

Names that no gazetteer holds are rare in the annotated corpora and common in the news of a war. The corpus of events
and their places (A. Halterman's event_location, MIT) has thousands; the fifth on which linking is measured is left out.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, TypeAlias

from geomap.finders import crf
from geomap.learn.events_places import is_held_out
from geomap.model import Document, Span
from geomap.score.corpora import Annotated, Gold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from gazetteer import Gazetteer

Sentence: TypeAlias = "tuple[Document, list[Span]]"
CORPUS = "events_eventloc.jsonl"
EVERY = 3
"""One sentence in so many is taken, lest they outweigh what is annotated in full."""
LONGEST = 40
_BUILT = re.compile(
    r"\b(?:hospital|school|university|mosque|church|hotel|building|palace|station|college|road|street|highway|hq|"
    r"headquarters|prison|stadium|market|shrine|restaurant|park|auditorium|academy|brigade|complex|project|factory|"
    r"square|plaza|cemetery|mall|embassy|court)\b",
    re.IGNORECASE,
)
"""What our rules do not count as a place: it is left as the model has it, or out."""


def marked(folder: Path) -> list[Sentence]:
    """Return the sentences, each with the spans where people say that something happened."""
    spans: dict[str, set[Span]] = {}
    for line in (folder / CORPUS).read_text("utf-8").splitlines():
        row = json.loads(line)
        if not is_held_out(row["text"]):
            events = row["events"]
            spans.setdefault(row["text"], set()).update(Span(*s) for e in events for s in e["location_spans"])
    return [(Document(f"silver-{n}", text), sorted(found)) for n, (text, found) in enumerate(spans.items())]


def label(sentences: Sequence[Sentence], gazetteer: Gazetteer, tagger: Any) -> Iterator[Annotated]:
    """Yield the sentences with what people marked and what a model finds besides."""
    for document, spans in sentences[::EVERY]:
        trimmed = [_trimmed(document.text, span) for span in spans]
        places = [s for s in trimmed if _is_place(s.of(document.text))]
        gold = [Gold(s, s.of(document.text), demonym=False) for s in places]
        gold += [
            Gold(m.span, m.text, demonym=m.kind == "demonym")
            for m in crf.find(document, gazetteer, tagger)
            if not any(m.span.meets(s) for s in trimmed)
        ]
        yield Annotated(document, tuple(sorted(gold, key=lambda g: g.span)))


def _trimmed(text: str, span: Span) -> Span:
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, max(start, span.end - len(words) + len(words.rstrip())))


def _is_place(name: str) -> bool:
    return (
        bool(name) and len(name) < LONGEST and name[0].isalpha() and not name[0].islower() and not _BUILT.search(name)
    )
