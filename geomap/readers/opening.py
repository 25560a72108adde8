"""What the user typed, to opened sources: files, folders, globs, standard input."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from geomap.errors import EmptyInput, InputError, MissingInput, UnreadableInput
from geomap.readers.settings import Settings
from geomap.readers.source import Source, opened
from geomap.readers.web import fetch, is_url

if TYPE_CHECKING:
    from collections.abc import Iterator


_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
_GLOB = frozenset("*?[")


@dataclass(frozen=True, slots=True)
class Opener:
    """An input not yet opened."""

    name: str
    open: Callable[[Settings], Source]


_STDIN = "standard input"


def openers(item: str) -> Iterator[Opener]:
    """Return what a path, a folder, a glob or "-" stands for, in order of name."""
    if item == "-":
        yield Opener(_STDIN, _open_stdin)
        return
    if is_url(item):
        yield Opener(item, partial(fetch, item))
        return
    for path in paths_of(item):
        yield Opener(str(path), partial(_open_path, path))


def paths_of(item: str) -> Iterator[Path]:
    """Return the files that a path, a folder or a glob stands for, in order of name."""
    if _SCHEME.match(item) and not is_url(item):
        raise UnreadableInput(
            f"{item}: only http:// and https:// are fetched. Save what is there, and name the file by its path."
        )
    return _paths(Path(item).expanduser())


def _paths(path: Path) -> Iterator[Path]:
    if path.is_dir():
        yield from _files_below(path)
    elif path.exists():
        yield path
    elif _GLOB & set(str(path)):
        matches = _matches(path)
        if not matches:
            raise MissingInput(
                f"{path}: no file matches. Check the pattern; quote it if the shell should leave it alone."
            )
        for match in matches:
            yield from _paths(match)
    else:
        raise MissingInput(f"{path}: no such file or folder. Check the path.")


def _open_path(path: Path, settings: Settings) -> Source:
    try:
        file = path.open("rb")
        if settings.meter is not None:
            settings.meter.enter(file)
        return opened(str(path), file)
    except PermissionError as error:
        raise UnreadableInput(f"{path}: not allowed to read it. Check its permissions.") from error
    except OSError as error:
        raise UnreadableInput(f"{path}: {error.strerror or error}.") from error


def _open_stdin(_settings: Settings) -> Source:
    if sys.stdin is None or sys.stdin.isatty():
        raise InputError(f"{_STDIN} is a terminal. Pipe a text in, or name a file.")
    return opened(_STDIN, sys.stdin.buffer)


def _files_below(folder: Path) -> Iterator[Path]:
    found = False
    for root, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith(".") and (Path(root) / name).is_file():
                found = True
                yield Path(root) / name
    if not found:
        raise EmptyInput(f"{folder}: a folder without documents. Name a file, or a folder that holds some.")


def _matches(pattern: Path) -> list[Path]:
    import glob

    return sorted(Path(found) for found in glob.glob(str(pattern), recursive=True))  # noqa: PTH207 - takes absolute ones too
