"""One document a record: JSON lines, and JSON arrays of the same objects."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from geomap.day import DAY_AS, no_day, read_day
from geomap.errors import EmptyInput, UnreadableInput
from geomap.model import Document, Failure
from geomap.readers.decode import decode, decode_all, is_binary
from geomap.readers.settings import TEXT_LIMIT, make_document

if TYPE_CHECKING:
    from geomap.readers.settings import Settings
    from geomap.readers.source import Source

FIELDS: dict[str, tuple[str, ...]] = {
    "text": ("text", "body", "content", "article", "maintext", "full_text", "fulltext", "story"),
    "id": ("id", "doc_id", "document_id", "uuid"),
    "title": ("title", "headline"),
    "published": ("published", "date", "published_at", "date_published", "pubdate", "datetime"),
    "source": ("source", "url", "link", "source_domain", "publisher"),
    "language": ("language", "lang"),
}
"""What a document's properties are called in records of others, the first that is there wins."""


def read_lines(source: Source, settings: Settings) -> Iterator[Document | Failure]:
    """Read JSON lines of any length in constant memory. A bad line is one failure; the rest goes on."""
    number = 0
    while line := source.file.readline(TEXT_LIMIT + 1):
        number += 1
        where = f"{source.name}:{number}"
        if len(line) > TEXT_LIMIT and not line.endswith(b"\n"):
            _skip_line(source)
            yield Failure(where, f"a line of more than {TEXT_LIMIT // 2**20} MB; cut the text into documents")
        elif line.strip():
            yield _from_json(line.removeprefix(b"\xef\xbb\xbf"), where, source, settings)
    if not number:
        raise EmptyInput(f"{source.name}: empty. There is no text in it to map.")


def read_array(source: Source, settings: Settings) -> Iterator[Document | Failure]:
    """Read one JSON value: a list of document objects, or a single one."""
    try:
        value = json.loads(decode_all(source, settings))
    except (ValueError, RecursionError) as error:
        raise UnreadableInput(
            f"{source.name}: not JSON: {error}. One object a line is read too: see --help."
        ) from error
    for number, record in enumerate(value if isinstance(value, list) else [value], 1):
        yield from_record(record, f"{source.name}:{number}", source.address or source.name, settings)


def is_lines(head: bytes, name: str) -> bool:
    """Say whether it is JSON lines: its name says so, or its first line is an object."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if name.endswith((".jsonl", ".ndjson", ".jl")):
        return not is_binary(head)
    line, newline, _ = start.partition(b"\n")
    return line.startswith(b'{"') and (line.rstrip().endswith(b"}") if newline else not name.endswith(".json"))


def is_array(head: bytes, name: str) -> bool:
    """Say whether it is a JSON list of objects, or one object over several lines."""
    start = head.removeprefix(b"\xef\xbb\xbf").split(None, 2)
    return (
        start[:1] == [b"{"] or b"".join(start[:2]).startswith(b"[{") or (name.endswith(".json") and not is_binary(head))
    )


def from_record(record: object, where: str, source: str, settings: Settings) -> Document | Failure:
    """Make a document of a record, or say what is wrong with it."""
    if not isinstance(record, Mapping):
        return Failure(where, f'a JSON {type(record).__name__}, not an object with a text: {{"text": "..."}}')
    text = pick(record, "text", settings)
    if not isinstance(text, str):
        wanted = settings.columns.get("text", "text")
        has = ", ".join(map(str, list(record)[:12])) or "nothing"
        return Failure(where, f'no "{wanted}"; it has {has}. Say which it is: --column text=NAME')
    if not text.strip():
        return Failure(where, "its text is empty")
    if len(text) > TEXT_LIMIT:
        return Failure(where, f"a text of more than {TEXT_LIMIT // 2**20} MB; cut it into documents")
    given = pick(record, "published", settings)
    published = read_day(given)
    if given not in (None, "") and published is None:
        told = str(given)[:40]
        settings.note(f"{where}: {told!r} {no_day(told)}; left undated. Write days as {DAY_AS}.")
    return make_document(
        text,
        settings,
        id=_word(pick(record, "id", settings)),
        title=_word(pick(record, "title", settings)),
        published=published,
        source=_word(pick(record, "source", settings)) or source,
        language=_word(pick(record, "language", settings)),
    )


def pick(record: Mapping[str, object], field: str, settings: Settings) -> object:
    """Return a document's property from a record, from the column the user chose or one of the usual names."""
    chosen = settings.columns.get(field)
    if chosen is not None:
        return record.get(chosen)
    found = next((record[name] for name in FIELDS[field] if record.get(name) not in (None, "")), None)
    if found is not None or field in record:
        return found
    named = {plain(name): value for name, value in record.items() if value not in (None, "")}
    return next((named[name] for name in FIELDS[field] if name in named), None)


def plain(name: object) -> str:
    """Return a column's name as `FIELDS` writes it: "Full Text" is full_text."""
    return "_".join(str(name).casefold().split())


def _from_json(line: bytes, where: str, source: Source, settings: Settings) -> Document | Failure:
    try:
        record = json.loads(line)
    except UnicodeDecodeError:
        return _from_json(decode(line, where, settings).encode(), where, source, settings)
    except (ValueError, RecursionError) as error:
        return Failure(where, f"not JSON: {error}")
    return from_record(record, where, source.address or source.name, settings)


def _skip_line(source: Source) -> None:
    while (rest := source.file.readline(TEXT_LIMIT)) and not rest.endswith(b"\n"):
        pass


def _word(value: object) -> str | None:
    """Return a short property as text; a number is one, a list or an object is none."""
    if isinstance(value, str | int | float) and not isinstance(value, bool):
        return str(value).strip() or None
    return None
