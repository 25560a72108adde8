"""Annotated documents: the uniform jsonl, geomap's own, and four published corpora as their authors ship them.

- jsonl: `{"doc_id", "text", "toponyms": [{"start", "end", "lat", "lon", "geonameid", ...}]}`, or geomap's own format
- XML of LGL, TR-News, GeoWebNews (`toponym`) and GeoVirus (`location`, offsets counted from one)
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from geomap.day import read_day
from geomap.errors import MissingInput, UnreadableInput
from geomap.model import Document, Span

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from xml.etree.ElementTree import Element

DEMONYM_TYPES = frozenset({"Demonym", "Language", "Homonym"})
"""GeoWebNews' types that are no place."""


@dataclass(frozen=True, slots=True)
class Gold:
    """A toponym that a person marked. Point and id are None where the annotator gave none.

    `demonym` is None where the corpus does not say.
    """

    span: Span
    text: str
    latitude: float | None = None
    longitude: float | None = None
    id: int | None = None
    feature: str | None = None
    type: str | None = None
    demonym: bool | None = None

    @property
    def located(self) -> bool:
        """Whether the annotator gave a point."""
        return self.latitude is not None and self.longitude is not None


@dataclass(frozen=True, slots=True)
class Annotated:
    """A document, and the toponyms that people marked in it, in order."""

    document: Document
    gold: tuple[Gold, ...]
    held_out: bool = False
    """Whether it is never to be trained on."""


def read_corpus(path: Path) -> list[Annotated]:
    """Read an annotated corpus: jsonl, or the XML of LGL, TR-News, GeoWebNews or GeoVirus."""
    if not path.is_file():
        raise MissingInput(f"There is no corpus at {path}. Give a .jsonl or .xml file of annotated documents.")
    text = path.read_text("utf-8", errors="replace")
    try:
        found = list(_xml(text) if text.lstrip()[:1] == "<" else _jsonl(text))
    except (ValueError, KeyError, TypeError, AttributeError, SyntaxError) as error:
        raise UnreadableInput(f"{path} is no annotated corpus that geomap reads: {error}") from error
    if not found:
        raise UnreadableInput(f"{path} holds no annotated document.")
    return found


def _jsonl(text: str) -> Iterator[Annotated]:
    for number, line in enumerate(text.splitlines()):
        if line.strip():
            row = json.loads(line)
            document = Document(
                str(row.get("doc_id") or row.get("id") or number),
                row["text"],
                row.get("title"),
                read_day(row.get("published") or row.get("date")),
                row.get("language") or "en",
                row.get("domain") or row.get("source"),
                tuple(Span(*s) for s in row.get("body") or ()),
            )
            gold = _ordered(_toponym(t, document.text) for t in row.get("toponyms", ()))
            yield Annotated(document, gold, bool(row.get("held_out")))


def _toponym(row: dict[str, Any], text: str) -> Gold:
    place = row.get("place") or {}
    span = Span(row["start"], row["end"])
    feature = row.get("feature") or place.get("feature")
    if not feature and row.get("fclass"):
        feature = f"{row['fclass']}.{row['fcode']}"
    kind = row.get("kind")
    return Gold(
        span,
        span.of(text),
        row.get("lat", place.get("latitude")),
        row.get("lon", place.get("longitude")),
        row.get("geonameid", place.get("id")),
        feature,
        row.get("type"),
        kind == "demonym" if kind else (True if row.get("type") in DEMONYM_TYPES else None),
    )


def _ordered(gold: Iterator[Gold]) -> tuple[Gold, ...]:
    return tuple(sorted(gold, key=lambda g: (g.span.start, -g.span.end)))


def _xml(text: str) -> Iterator[Annotated]:
    from defusedxml.ElementTree import fromstring

    for number, article in enumerate(fromstring(text.lstrip()).iter("article")):
        body = article.findtext("text") or ""
        name = article.get("docid") or article.get("number") or str(number)
        source = (article.findtext("domain") or article.get("source") or "").strip() or None
        title = (article.findtext("title") or "").strip() or None
        document = Document(name, body, title, read_day((article.findtext("dltime") or "").strip()), "en", source)
        marks = [*article.iter("toponym"), *article.iter("location")]
        yield Annotated(document, _ordered(g for mark in marks if (g := _element(mark, body)) is not None))


def _element(mark: Element, text: str) -> Gold | None:
    """Read one toponym, moved to the nearest place where its text stands; None if it stands nowhere near."""
    phrase = mark.findtext("phrase") or mark.findtext("extractedName") or mark.findtext("name") or ""
    start, end = int(mark.findtext("start") or -1), int(mark.findtext("end") or -1)
    phrase = phrase or text[start:end]
    near = [start + d * s for d in range(61) for s in (1, -1)]
    at = next((a for a in near if a >= 0 and text.startswith(phrase, a)), None)
    if at is None or not phrase:
        return None
    tag = mark.find("gaztag")
    where = mark if tag is None else tag
    code = where.get("geonameid") or where.findtext("geonamesID") or mark.findtext("geonamesID")
    feature = f"{where.findtext('fclass')}.{where.findtext('fcode')}" if where.findtext("fcode") else None
    latitude = _number(where.findtext("lat") or mark.findtext("latitude"))
    longitude = _number(where.findtext("lon") or mark.findtext("longitude"))
    identity = int(code) if code and code.strip().isdigit() else None
    kind = mark.findtext("type")
    demonym = True if kind in DEMONYM_TYPES else None
    return Gold(Span(at, at + len(phrase)), phrase, latitude, longitude, identity, feature, kind, demonym)


def _number(value: str | None) -> float | None:
    try:
        return float(value) if value and value.strip() else None
    except ValueError:
        return None
