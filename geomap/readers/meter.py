"""How much of the inputs is read: what progress is told by."""

from __future__ import annotations

import os
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO

from geomap.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_FILES = 100_000
"""Beyond so many files, looking at all their sizes would cost more than knowing helps."""


class Meter:
    """Bytes read of the bytes there are. What has no size, a pipe or an address, makes the share unknown."""

    def __init__(self, inputs: Sequence[str | Path]) -> None:
        self._total = _size(inputs)
        self._done = 0
        self._file: BinaryIO | None = None

    def enter(self, file: BinaryIO) -> None:
        """Note that a file is being read."""
        self._done += self._position()
        self._file = file

    def leave(self) -> None:
        """Note that it is read."""
        if self._file is not None and not self._file.closed:
            self._done += os.fstat(self._file.fileno()).st_size
        self._file = None

    def share(self) -> float | None:
        """Return the share read, 0 to 1, or None."""
        return min(1.0, (self._done + self._position()) / self._total) if self._total else None

    def _position(self) -> int:
        return self._file.tell() if self._file is not None and not self._file.closed else 0


def _size(inputs: Sequence[str | Path]) -> int | None:
    from geomap.readers.opening import paths_of

    total = 0
    for item in inputs:
        try:
            paths = list(islice(paths_of(str(item)), _FILES + 1))
        except InputError:
            return None
        if len(paths) > _FILES or any(not path.is_file() for path in paths):
            return None
        total += sum(path.stat().st_size for path in paths)
    return total
