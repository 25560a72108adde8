"""Events on disk: written in any format of the table, and read back from what geomap wrote."""

from __future__ import annotations

import sys
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

from geomap.errors import EmptyInput, MissingInput, UnreadableInput, UsageError, require
from geomap.files import STANDARD, written

if TYPE_CHECKING:
    from geomap.export import Format
    from geomap.model import EventSet


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
    """Read events that geomap wrote: jsonl, a map's HTML, a corpus folder, or `-` for jsonl on standard input.

    The files of other datasets are read too: see `geomap.importers`.

    Raises `InputError`.
    """
    from geomap.export import jsonl

    if str(name) == STANDARD:
        return _some(jsonl.read(sys.stdin, name="standard input"), "standard input")
    path = Path(name)
    if path.is_dir():
        from geomap.store import read

        return read(path)
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise MissingInput(f"There is no file {path}. Write one first: geomap extract ARTICLE -o {path}") from None
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableInput(f"{path} cannot be read as geomap's events: {error}") from error
    if text.lstrip()[:15].lower().startswith(("<!doctype", "<html")):
        from geomap.map import read as read_map

        return read_map(path)
    if not text.lstrip("\ufeff \r\n\t").startswith("{"):
        from geomap.importers import parse

        return _some(parse(StringIO(text, newline=""), name=str(path)), str(path))
    return _some(jsonl.read(text.split("\n"), name=str(path)), str(path))


def _some(events: EventSet, name: str) -> EventSet:
    if not events.documents and not events.failures:
        raise EmptyInput(f"{name} holds no events. Write some first: geomap extract ARTICLE --with-text")
    return events
