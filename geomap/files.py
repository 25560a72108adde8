"""Writing a file whole or not at all."""

from __future__ import annotations

import os
import sys
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from geomap.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterator

STANDARD = "-"
"""The name of standard input and output."""


@contextmanager
def written(path: Path | str, *, binary: bool = False) -> Iterator[IO[Any]]:
    """Open `path` for writing, so that it changes only when all is written; `-` is standard output.

    Text is UTF-8 with bare newlines on every system. Folders on the way are made, a link is followed, and what is no
    file, such as /dev/null or a named pipe, is written to as it stands. Raises `OutputError`.
    """
    if str(path) == STANDARD:
        stream: IO[Any] = sys.stdout.buffer if binary else sys.stdout
        yield stream
        stream.flush()
        return
    target = Path(path)
    if target.is_dir():
        raise OutputError(f"{target} is a folder. Name a file in it with -o.")
    if target.exists() and not target.is_file():
        with _into_device(target, binary=binary) as file:
            yield file
        return
    if target.is_symlink():
        target = target.resolve()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".part")
    except OSError as error:
        raise OutputError(f"{target} cannot be written: {error.strerror}. Name another file with -o.") from error
    try:
        with os.fdopen(handle, "wb") if binary else os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask())
        Path(name).replace(target)
    except OSError as error:
        if isinstance(error, OutputError):
            raise
        raise OutputError(
            f"{target} could not be written: {error.strerror or error}. The old file is untouched."
        ) from error
    finally:
        with suppress(FileNotFoundError):
            Path(name).unlink()


@contextmanager
def _into_device(target: Path, *, binary: bool) -> Iterator[IO[Any]]:
    """Open what must not be replaced by a file: a device or a pipe."""
    try:
        with target.open("wb") if binary else target.open("w", encoding="utf-8", newline="\n") as file:
            yield file
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(f"{target} could not be written: {error.strerror or error}.") from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
