"""Events on disk: written in any format of the table, and read back from what geomap wrote."""

from __future__ import annotations

import sys
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

from geomap.errors import EmptyInput, MissingInput, UnreadableInput, UsageError, require
from geomap.files import STANDARD, written
from geomap.model import EventSet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.export import Format


def save(events: EventSet, path: Path | str, *, format: str | None = None, with_text: bool = False) -> None:  # noqa: A002 - as users type it
    """Write events to `path` (`-` is standard output) in a format of the table; without one, by the path's ending.

    Raises `UsageError` for an unknown format, and for a binary one that would go to a terminal.
    """
    chosen = choose(path, format)
    if with_text and chosen.name != "jsonl":
        raise UsageError(f"Only jsonl keeps the text; --with-text does not go with --format {chosen.name}.")
    if chosen.binary and str(path) == STANDARD and sys.stdout.isatty():
        raise UsageError(f"{chosen.name} is no text for a terminal. Name a file: -o events{chosen.suffix}")
    with written(path, binary=chosen.binary) as file:
        if chosen.name == "jsonl":
            from geomap.export import jsonl

            jsonl.write(events, file, with_text=with_text)
        else:
            chosen.write(events, file)


def choose(path: Path | str, name: str | None) -> Format:
    """Return the format of that name, or the one the path's ending means, or jsonl for standard output."""
    from geomap.export import FORMATS

    if name is not None:
        require(name, FORMATS, "format")
        return FORMATS[name]
    if str(path) == STANDARD:
        return FORMATS["jsonl"]
    fitting = [f for f in FORMATS.values() if str(path).lower().endswith(f.suffix)]
    if not fitting:
        raise UsageError(f"{path} has no ending that names a format. Add --format with one of: {', '.join(FORMATS)}.")
    return max(fitting, key=lambda f: len(f.suffix))


def load(name: Path | str) -> EventSet:
    """Read events that geomap wrote: jsonl, CSV, GeoJSON, Excel, a map, a corpus folder, or `-` for standard input.

    The files of other datasets, and any table of points, are read too: see `geomap.importers`.

    Raises `InputError`.
    """
    if str(name) == STANDARD:
        return _of_text(sys.stdin.read(), "standard input")
    path = Path(name)
    if path.is_dir():
        from geomap.store import read

        if not is_corpus(path):
            raise UnreadableInput(
                f"{path} is a folder without a corpus. For the articles in it, type: geomap map {path}, "
                f"or geomap extract {path} --with-text -o events.jsonl"
            )
        return read(path)
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise MissingInput(f"There is no file {path}. Write one first: geomap extract ARTICLE -o {path}") from None
    except OSError as error:
        raise UnreadableInput(f"{path} cannot be read as geomap's events: {error}") from error
    if data.startswith(b"PK\x03\x04"):
        from geomap.importers.files import parse_workbook

        return _some(parse_workbook(path), str(path))
    text = _decoded(data, path)
    if text.lstrip()[:15].lower().startswith(("<!doctype", "<html")):
        from geomap.map import read as read_map

        return read_map(path)
    return _of_text(text, str(path))


def is_corpus(name: Path | str) -> bool:
    """Say whether a name is that of a folder which `geomap corpus` wrote."""
    from geomap.corpus.parts import MANIFEST

    try:
        return '"layout"' in (Path(name) / MANIFEST).read_text("utf-8")
    except (OSError, ValueError):
        return False


def load_all(names: Sequence[Path | str]) -> EventSet:
    """Read several files' events into one set. What two of them hold alike, by its id, is taken once.

    Raises `InputError`.
    """
    sets = [load(name) for name in names]
    if len(sets) == 1:
        return sets[0]
    documents = {document.id: document for events in reversed(sets) for document in reversed(events.documents)}
    return EventSet(
        tuple(reversed(documents.values())),
        {key: found for events in reversed(sets) for key, found in events.resolutions.items()},
        tuple({event.id: event for events in sets for event in events.events}.values()),
        tuple(failure for events in sets for failure in events.failures),
    )


def _of_text(text: str, name: str) -> EventSet:
    from geomap.export import jsonl
    from geomap.importers import parse
    from geomap.importers.files import is_geojson, parse_geojson

    if not text.lstrip("\ufeff \r\n\t").startswith("{"):
        return _some(parse(StringIO(text, newline=""), name=name), name)
    if is_geojson(text):
        return _some(parse_geojson(text.lstrip("\ufeff"), name=name), name)
    return _some(jsonl.read(text.split("\n"), name=name), name)


def _decoded(data: bytes, path: Path) -> str:
    """Decode a file: UTF-8, or UTF-16 with its mark; else the cp1252 that older Excels save CSV in."""
    try:
        return data.decode("utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8")
    except UnicodeDecodeError as error:
        if b"\x00" in data:
            raise UnreadableInput(f"{path} cannot be read as geomap's events: it is no text.") from error
        return data.decode("cp1252", "replace")


def _some(events: EventSet, name: str) -> EventSet:
    if not events.documents and not events.failures:
        raise EmptyInput(f"{name} holds no events. Write some first: geomap extract ARTICLE --with-text")
    return events
