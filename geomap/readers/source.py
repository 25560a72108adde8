"""An opened input, the first of whose bytes tell its format."""

from __future__ import annotations

import io
import lzma
import struct
import sys
import zipfile
import zlib
from dataclasses import dataclass
from typing import BinaryIO, cast

HEAD = 16 * 1024
"""How many bytes are looked at to tell the format."""

DAMAGED = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error,
    OSError, EOFError, ValueError, KeyError, RuntimeError, NotImplementedError,
)  # fmt: skip
"""What packed files are found to be damaged, locked or cut off by."""


@dataclass(frozen=True, slots=True)
class Source:
    """An opened input: its name, its bytes, and the first of them already looked at."""

    name: str
    file: BinaryIO
    head: bytes
    address: str | None = None
    """Where it was fetched from, when it was."""


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


def opened(name: str, file: BinaryIO | io.BytesIO, address: str | None = None) -> Source:
    """Look at the first bytes of a file and put them back."""
    if file.seekable() and file is not sys.stdin.buffer:  # whose closing is not ours
        head = file.read(HEAD)
        file.seek(0)
        return Source(name, file, head, address)
    head = b""
    while len(head) < HEAD and (piece := file.read(HEAD - len(head))):
        head += piece
    return Source(name, cast("BinaryIO", io.BufferedReader(_Rejoined(head, file), HEAD)), head, address)


def first_tag(head: bytes) -> bytes:
    """Return the beginning of a markup file's first tag in lower case, past declarations and comments."""
    rest = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    while rest.startswith((b"<?", b"<!--")):
        rest = rest.partition(b"-->" if rest.startswith(b"<!--") else b">")[2].lstrip()
    return rest[:64].lower()
