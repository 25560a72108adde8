"""A map's page read back into the `EventSet` it was drawn from."""

from __future__ import annotations

import base64
import binascii
import json
import re
import zlib
from datetime import date
from pathlib import Path
from typing import Any

from gazetteer.place import Place
from geomap.errors import MissingInput, UnreadableInput
from geomap.map.data import EPOCH, PLACE_FIELDS
from geomap.model import (
    TOLLS,
    Actor,
    Candidate,
    Document,
    Event,
    EventSet,
    Failure,
    Mention,
    Report,
    Resolution,
    Span,
    Toll,
    When,
    Where,
)

LIMIT = 1 << 30
"""How many bytes a page's data may unfold to: no map is larger, and a bomb is not let off."""
_BLOCK = re.compile(r'<script type="application/json" id="events_[0-9a-f]+"( data-packed="deflate")?>([^<]*)</script>')


def is_map(path: Path | str) -> bool:
    """Say whether a file is a page that geomap drew, by a look at its beginning."""
    try:
        with Path(path).open(encoding="utf-8") as file:
            return 'class="gm-root"' in file.read(200)
    except (OSError, UnicodeDecodeError):
        return False


def read(path: Path | str) -> EventSet:
    """Read back the events of a map. Raises `InputError`.

    Of a page too large for whole articles, a document comes back with the sentences that prove events, where they
    stood, and spaces between. A page that drew its events together holds no single events, and is refused.
    """
    try:
        page = Path(path).read_text(encoding="utf-8")
    except FileNotFoundError:
        raise MissingInput(f"There is no file {path}. Draw a map first: geomap map ARTICLE.txt -o {path}") from None
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableInput(f"{path} cannot be read as a map: {error}") from error
    found = _BLOCK.search(page)
    if found is None:
        raise UnreadableInput(
            f"{path} holds no data of geomap's. Right is a page that geomap map or geomap draw wrote."
        )
    try:
        data = json.loads(_unpacked(found.group(2)) if found.group(1) else found.group(2))
        if data["format"] != "geomap map" or data["format_version"] != 1:
            raise UnreadableInput(f"{path} was drawn by another version of geomap. Draw it anew from the articles.")
        if data.get("aggregated"):
            raise UnreadableInput(
                f"{path} drew its events together in groups and holds none singly. Use the events' file."
            )
        return _events(data)
    except (ValueError, KeyError, TypeError, IndexError, zlib.error, binascii.Error) as error:
        if isinstance(error, UnreadableInput):
            raise
        raise UnreadableInput(f"{path} holds damaged data ({error}). Draw it anew: geomap map ARTICLE.txt") from error


def _unpacked(text: str) -> str:
    inflater = zlib.decompressobj()
    data = inflater.decompress(base64.b64decode(text), LIMIT)
    if inflater.unconsumed_tail:
        raise ValueError("more than a map can hold")
    return data.decode("utf-8", "surrogatepass")


def _events(data: dict[str, Any]) -> EventSet:
    strings, docs = data["strings"], data["documents"]
    columns = [data["places"][field] for field in PLACE_FIELDS]
    places = [Place(*values) for values in zip(*columns, strict=True)]
    documents = tuple(_document(docs, number) for number in range(len(docs["id"])))
    resolutions = {
        document.id: tuple(_resolution(row, document, strings, places) for row in rows)
        for document, rows in zip(documents, docs["toponyms"], strict=True)
        if rows
    }
    tolls = {name: {row[0]: _toll(row, strings) for row in data["tolls"][name]} for name in TOLLS}
    also: dict[int, list[Report]] = {}
    for number, doc, *ends in data["also"]:
        name = documents[doc].id if doc >= 0 else ""
        also.setdefault(number, []).append(Report(name, Span(*ends[:2]), Span(*ends[2:])))
    rows = zip(*data["events"].values(), strict=True)
    events = tuple(
        _event(number, dict(zip(data["events"], row, strict=True)), data, documents, places, tolls, also)
        for number, row in enumerate(rows)
    )
    return EventSet(documents, resolutions, events, tuple(Failure(*row) for row in data["failures"]))


def _document(docs: dict[str, Any], number: int) -> Document:
    published = docs["published"][number]
    return Document(
        id=docs["id"][number],
        text=_text(docs["text"][number], docs["length"][number]),
        title=docs["title"][number],
        published=date.fromisoformat(published) if published else None,
        language=docs["language"][number],
        source=docs["source"][number],
        body=tuple(Span(*pair) for pair in docs["body"][number]),
    )


def _text(pieces: list[list[Any]], length: int) -> str:
    """Put the pieces of a text where they stood."""
    if not any(piece for _, piece in pieces):
        return ""
    parts: list[str] = []
    at = 0
    for start, piece in pieces:
        parts += [" " * (start - at), piece]
        at = start + len(piece)
    return "".join([*parts, " " * (length - at)])


def _resolution(row: list[Any], document: Document, strings: list[str], places: list[Place]) -> Resolution:
    start, end, kind, sure, place, confidence, candidates, words = row
    span = Span(start, end)
    mention = Mention(span, span.of(document.text) if words is None else words, kind, sure)
    others = tuple(Candidate(places[p], score, tuple(strings[r] for r in why)) for p, score, why in candidates)
    return Resolution(mention, None if place is None else places[place], confidence, others)


def _toll(row: list[Any], strings: list[str]) -> Toll:
    _, start, end, words, low, high, best = row
    return Toll(Span(start, end), strings[words], low, high, best)


def _event(  # noqa: PLR0913, PLR0917 - a row and the tables its numbers point into
    number: int,
    row: dict[str, Any],
    data: dict[str, Any],
    documents: tuple[Document, ...],
    places: list[Place],
    tolls: dict[str, dict[int, Toll]],
    also: dict[int, list[Report]],
) -> Event:
    when = where = None
    if row["has_when"]:
        last = row["first"] if row["last"] is None else row["last"]
        when = When(_span(row["when_span"]), _day(row["first"]), _day(last), row["day_precision"])
    if row["place"] is not None:
        place, sure = places[row["place"]], row["where_confidence"]
        where = Where(place, _span(row["where_span"]), row["geo_precision"], row["radius_km"], sure)
    strings = data["strings"]
    actors = tuple(Actor(strings[n], role, strings[k], Span(a, b)) for n, role, k, a, b in row["actors"] or ())
    return Event(
        id=row["id"],
        kind=data["kinds"][row["kind"]],
        sub_kind=data["subs"][row["sub"]],
        status=data["statuses"][row["status"]],
        document=documents[row["doc"]].id if row["doc"] is not None else "",
        evidence=Span(*row["evidence"]),
        trigger=Span(*row["trigger"]),
        when=when,
        where=where,
        actors=actors,
        **{name: rows.get(number) for name, rows in tolls.items()},
        confidence=row["confidence"],
        also=tuple(also.get(number, ())),
    )


def _span(pair: list[int] | None) -> Span | None:
    return None if pair is None else Span(*pair)


def _day(days: int | None) -> date | None:
    return None if days is None else date.fromordinal(days + EPOCH)
