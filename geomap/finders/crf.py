"""The recogniser: a linear-chain CRF over runs of capitalised words; then a name found is found wherever it stands."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import as_file, files
from typing import TYPE_CHECKING, Any

from geomap.finders.edges import BUILT, names_in
from geomap.finders.features import common_words, describe, islands, read_cues
from geomap.finders.lines import Line, is_other, read_lines, table
from geomap.finders.names import known
from geomap.finders.persons import is_person
from geomap.finders.spread import spread
from geomap.model import Mention, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gazetteer import Gazetteer
    from geomap.finders.features import Cues, Island
    from geomap.model import Document, MentionKind

KINDS: dict[str, MentionKind] = {"LOC": "place", "DEM": "demonym"}
"""The labels that make a mention; PER, ORG and O do not."""


@cache
def trained() -> Any:  # noqa: ANN401 - pycrfsuite ships no types
    """Return the tagger that ships with geomap."""
    with as_file(files("geomap").joinpath("models", "recogniser.crfsuite")) as path:
        return open_tagger(str(path))


def open_tagger(path: str) -> Any:  # noqa: ANN401 - pycrfsuite ships no types
    """Open a trained model."""
    import pycrfsuite

    tagger = pycrfsuite.Tagger()
    tagger.open(path)
    return tagger


def find(document: Document, gazetteer: Gazetteer, tagger: Any = None) -> tuple[Mention, ...]:  # noqa: ANN401
    """Return the places and demonyms of a document's article, by the shipped model or another."""
    lines = read_lines(document, gazetteer)
    cues = read_cues(lines, gazetteer)
    found = list(tag(document, lines, cues, gazetteer, tagger or trained()))
    more = [*_bracketed(document, found, gazetteer), *_coded(lines, found), *_speaking(document, lines, found, cues)]
    more += _built(document, lines, [*found, *more])
    more += _entries(document, lines, [*found, *more], cues)
    more += _taken(document, lines, [*found, *more])
    more += _heading(document, lines, [*found, *more])
    more += _tags(document, [*found, *more], gazetteer)
    return tuple(m for m in spread(document, lines, [*found, *more]) if not _is_opposed(document, m))


def _is_opposed(document: Document, mention: Mention) -> bool:
    """Say whether a name only says whom somebody is against: "the anti-Balaka militia"."""
    return document.text[max(0, mention.span.start - 5) : mention.span.start].lower() == "anti-"


_TAG = re.compile(r"#((?:[A-Z][a-z]+){2,5})(?![A-Za-z0-9_])")
_PART = re.compile(r"[A-Z][a-z]+")


def _tags(document: Document, found: Sequence[Mention], gazetteer: Gazetteer) -> Iterator[Mention]:
    """Yield the places of several words that hashtags write as one: "#DeirEzZor"."""
    taken = {m.span.start for m in found}
    for span in document.article:
        for tag in _TAG.finditer(document.text, span.start, span.end):
            name = " ".join(_PART.findall(tag.group(1)))
            answer = known(gazetteer, name) if tag.start(1) not in taken else None
            if answer and answer.band in _WIDELY and not answer.demonym and not answer.stripped:
                yield Mention(Span(*tag.span(1)), name, "place", 0.8)


_BRACKET = re.compile(r"\s?\(([^()\n]{2,40})\)")
_WIDELY = frozenset({"country", "admin1", "admin2", "region", "city6", "city5", "city4"})
_SHORTENED = re.compile(r",\s([A-Z][a-z]{1,4}\.)")
_AREAS = frozenset({"country", "admin1", "admin2", "region", "city6", "city5"})


def _bracketed(document: Document, found: Sequence[Mention], gazetteer: Gazetteer) -> Iterator[Mention]:
    """Yield the areas right behind a place that were not found: "Merida (Badajoz)", "Lebanon, Tenn."."""
    starts = {m.span.start for m in found}
    for mention in found:
        if mention.kind != "place":
            continue
        bracket = _BRACKET.match(document.text, mention.span.end)
        short = _SHORTENED.match(document.text, mention.span.end) if bracket is None else None
        area = bracket or short
        if area and area.start(1) not in starts and area.group(1)[0].isupper():
            answer = known(gazetteer, area.group(1))
            if answer and answer.band in _AREAS and not answer.demonym and answer.code == bool(short):
                yield Mention(Span(*area.span(1)), area.group(1), "place", round(0.8 * mention.confidence, 4))


_CODE = 3
"""Letters of a country's code that is hardly anything else behind "the": the DRC, the UAE."""


def _coded(lines: Sequence[Line], found: Sequence[Mention]) -> Iterator[Mention]:
    """Yield codes that were not found: a country's behind "the" or "in" ("the plan for the DRC asks"), and the EU."""
    taken = {m.span.start for m in found}
    for line in lines:
        for hit in () if line.shouted else line.hits:
            token = line.tokens[hit.first]
            if hit.last - hit.first > 1 or not hit.known.code or not token.text.isupper() or token.start in taken:
                continue
            named = hit.last < len(line.names) and line.names[hit.last]
            behind = hit.first > 0 and line.lower[hit.first - 1] in _BEFORE_CODE and not named
            country = hit.known.band == "country" and len(token.text) >= _CODE and behind
            if country or token.text in _UNION:
                yield Mention(Span(token.start, token.end), token.text, "place", 0.8)


_UNION = frozenset({"EU", "E.U."})
_BEFORE_CODE = frozenset("the in by from with against".split())


def _speaking(document: Document, lines: Sequence[Line], found: Sequence[Mention], cues: Cues) -> Iterator[Mention]:
    """Yield the countries that begin a sentence, say something, and were taken for a person: "Chad said that"."""
    taken = {m.span.start for m in found}
    for line in lines:
        hit = line.inside.get(0)
        if hit is None or hit.known.band != "country" or hit.known.demonym or hit.known.code or line.shouted:
            continue
        span = Span(line.tokens[0].start, line.tokens[hit.last - 1].end)
        person = line.lower[0] in cues.introduced or line.lower[0] in cues.given
        if span.start not in taken and not person and line.lower[hit.last : hit.last + 1] in _SAID:
            yield Mention(span, span.of(document.text), "place", 0.8)


_SAID = (["said"], ["says"], ["denied"], ["accused"], ["warned"], ["announced"])


_HOUR = re.compile(r"\d{1,2}[:.]\d\d")


def _entries(document: Document, lines: Sequence[Line], found: Sequence[Mention], cues: Cues) -> Iterator[Mention]:
    """Yield the well-known names that open an entry of a live page and were not found: "17:45 - Madrid gets ready"."""
    taken = {m.span.start for m in found}
    for line in lines:
        hit = line.inside.get(2)
        if hit is None or hit.first != 2 or line.words[1] not in "-–—|" or not _HOUR.fullmatch(line.words[0]):  # noqa: PLR2004 - hour, dash, name
            continue
        span, answer = Span(line.tokens[2].start, line.tokens[hit.last - 1].end), hit.known
        plain = answer.band in _AREAS and not answer.demonym and not answer.code
        person = line.lower[2] in cues.introduced or line.lower[2] in cues.given or any(line.names[hit.last :][:1])
        if plain and not person and span.start not in taken:
            yield Mention(span, span.of(document.text), "place", 0.8)


def _taken(document: Document, lines: Sequence[Line], found: Sequence[Mention]) -> Iterator[Mention]:
    """Yield the known names behind a verb that only takes a place and were not found: "retook Bara", "shelled Sake"."""
    taken = {n for m in found for n in range(m.span.start, m.span.end)}
    for line in lines:
        for hit in () if line.shouted or line.titled else line.hits:
            answer, span = hit.known, Span(line.tokens[hit.first].start, line.tokens[hit.last - 1].end)
            behind = hit.first > 0 and line.lower[hit.first - 1] in table("conquest")
            alone = not any(line.names[hit.last : hit.last + 1])
            if not behind or not alone or answer.demonym or answer.code or answer.stripped or answer.band == "other":
                continue
            name = span.of(document.text)
            if taken.isdisjoint(range(span.start, span.end)) and not is_other(line, hit.first, hit.last, name):
                yield Mention(span, name, "place", 0.8)


def _heading(document: Document, lines: Sequence[Line], found: Sequence[Mention]) -> Iterator[Mention]:
    """Yield the known names in capitals that head an item and were not found: "c. 0900 hrs, MUSA QALA: a patrol"."""
    taken = {n for m in found for n in range(m.span.start, m.span.end)}
    for line in lines:
        for hit in () if line.shouted else line.hits:
            span = Span(line.tokens[hit.first].start, line.tokens[hit.last - 1].end)
            text = span.of(document.text)
            heads = line.lower[hit.last : hit.last + 1] == [":"] and (hit.first == 0 or not line.names[hit.first - 1])
            plain = text.isupper() and len(text) > _CODE and not hit.known.code and not hit.known.demonym
            if heads and plain and taken.isdisjoint(range(span.start, span.end)):
                yield Mention(span, text, "place", 0.8)


def _built(document: Document, lines: Sequence[Line], found: Sequence[Mention]) -> Iterator[Mention]:
    """Yield airports, hospitals and the like that the gazetteer knows by their full name, where no part was found."""
    taken = {n for m in found for n in range(m.span.start, m.span.end)}
    for line in lines:
        for hit in line.hits:
            span = Span(line.tokens[hit.first].start, line.tokens[hit.last - 1].end)
            whole = hit.last - hit.first > 1 and line.lower[hit.last - 1] in BUILT and not hit.known.stripped
            if whole and taken.isdisjoint(range(span.start, span.end)):
                yield Mention(span, span.of(document.text), "place", 0.8)


def tag(
    document: Document,
    lines: Sequence[Line],
    cues: Cues,
    gazetteer: Gazetteer,
    tagger: Any,  # noqa: ANN401
) -> Iterator[Mention]:
    """Yield what the model alone takes for places and demonyms, in order."""
    for line in lines:
        for island in islands(line):
            tagger.set(describe(island, cues, gazetteer))
            labels = tagger.tag()
            for label, start, end in chunks(labels):
                if label not in KINDS:
                    continue
                sure = round(min(tagger.marginal(labels[n], n) for n in range(start, end)), 4)
                run = island.first + start, island.first + end
                for first, last in names_in(line, *run, document.text, gazetteer):
                    span = Span(line.tokens[first].start, line.tokens[last - 1].end)
                    name = span.of(document.text)
                    answer = known(gazetteer, name)
                    if not is_other(line, first, last, name) and not is_person(line, first, last, cues, answer):
                        yield Mention(span, name, "demonym" if answer and answer.demonym else KINDS[label], sure)
            yield from _doubted(document, island, labels, cues, tagger)


DOUBTED = 0.2
"""How likely a name of several words must be, by the model, that the gazetteer knows and the best path leaves out."""


def _doubted(
    document: Document,
    island: Island,
    labels: Sequence[str],
    cues: Cues,
    tagger: Any,  # noqa: ANN401
) -> Iterator[Mention]:
    """Yield the names of several words that the gazetteer knows whole, stand alone and were nearly found: Mir Ali.

    A word may be anything, but few things beside a place are called what a place of two words is.
    """
    line = island.line
    for first, hit in line.inside.items():
        last, answer = hit.last, hit.known
        whole = first == hit.first and island.first <= first and last <= island.last and last - first > 1
        if not whole or answer.stripped or answer.demonym or answer.code or answer.band == "other" or line.shouted:
            continue
        if all(common_words().get(word, "2") in "01" for word in line.lower[first:last]):  # White House, City Park
            continue
        run = range(first - island.first, last - island.first)
        if any(labels[n] != "O" for n in run) or any(line.names[first - 1 : first]) or any(line.names[last : last + 1]):
            continue
        sure = round(min(max(tagger.marginal(label, n) for label in ("B-LOC", "I-LOC")) for n in run), 4)
        span = Span(line.tokens[first].start, line.tokens[last - 1].end)
        name = span.of(document.text)
        if sure >= DOUBTED and not is_other(line, first, last, name) and not is_person(line, first, last, cues, answer):
            yield Mention(span, name, "place", sure)


def chunks(labels: Sequence[str]) -> Iterator[tuple[str, int, int]]:
    """Cut B-X I-X I-X O into (X, first, last), half-open."""
    start, kind = 0, ""
    for at, label in enumerate([*labels, "O"]):
        if kind and label != f"I-{kind}":
            yield kind, start, at
            kind = ""
        if label.startswith("B-") or (label.startswith("I-") and not kind):
            start, kind = at, label[2:]
