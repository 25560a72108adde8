"""What the user typed, to opened sources: files, folders, globs, standard input."""

from __future__ import annotations

import io
import os
import sys
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from geomap.errors import EmptyInput, InputError, MissingInput, UnreadableInput
from geomap.readers.settings import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from geomap.readers.settings import Settings

HEAD = 16 * 1024
"""How many bytes are looked at to tell the format."""

_GLOB = frozenset("*?[")


class _Rejoined(io.RawIOBase):
    """A stream whose first bytes were read already, with them in front again."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = head
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override] # any writable buffer does
        piece = self._head[: len(buffer)] or self._rest.read(len(buffer))
        self._head = self._head[len(piece) :] if self._head else b""
        buffer[: len(piece)] = piece
        return len(piece)


def opened(name: str, file: BinaryIO, address: str | None = None) -> Source:
    """Look at the first bytes of a file and put them back."""
    if file.seekable():
        head = file.read(HEAD)
        file.seek(0)
        return Source(name, file, head, address)
    head = b""
    while len(head) < HEAD and (piece := file.read(HEAD - len(head))):
        head += piece
    return Source(name, cast("BinaryIO", io.BufferedReader(_Rejoined(head, file), HEAD)), head, address)


@dataclass(frozen=True, slots=True)
class Opener:
    """An input not yet opened."""

    name: str
    open: Callable[[Settings], Source]


def openers(item: str) -> Iterator[Opener]:
    """Return what a path, a folder, a glob or "-" stands for, in order of name."""
    if item == "-":
        yield Opener("-", _open_stdin)
        return
    for path in _paths(Path(item).expanduser()):
        yield Opener(str(path), partial(_open_path, path))


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


def _open_path(path: Path, _settings: Settings) -> Source:
    try:
        return opened(str(path), path.open("rb"))
    except PermissionError as error:
        raise UnreadableInput(f"{path}: not allowed to read it. Check its permissions.") from error
    except OSError as error:
        raise UnreadableInput(f"{path}: {error.strerror or error}.") from error


def _open_stdin(_settings: Settings) -> Source:
    if sys.stdin is None or sys.stdin.isatty():
        raise InputError("-: standard input is a terminal. Pipe a text in, or name a file.")
    return opened("-", sys.stdin.buffer)


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
