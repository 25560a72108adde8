"""Files that hold files: zip, gz and WARC. Each member is a source of its own; bombs are let fizzle."""

from __future__ import annotations

import gzip
import io
import zipfile
from typing import TYPE_CHECKING, BinaryIO, cast

from geomap.errors import MissingExtra, UnreadableInput
from geomap.model import Failure
from geomap.readers.settings import TEXT_LIMIT
from geomap.readers.source import DAMAGED, Source, opened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from geomap.readers.settings import Settings

DEPTH = 3
"""How many archives may lie within each other."""

RATIO = 200
"""How many times its size a file may unpack to; text packs to a tenth, a bomb to a thousandth."""

FREE = 16 * 1024 * 1024
"""What a file may unpack to whatever its ratio."""

MEMBERS = 1_000_000
_PAGE_TYPES = ("text/html", "application/xhtml+xml", "text/plain", "application/pdf")


class _Unpacked(io.RawIOBase):
    """An unpacking stream that stops when more comes out than honest packing explains."""

    def __init__(self, file: BinaryIO, packed: Callable[[], int], name: str) -> None:
        self._file = file
        self._packed = packed
        self._name = name
        self._out = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override] # any writable buffer does
        try:
            piece = self._file.read(len(buffer))
        except DAMAGED as error:
            raise UnreadableInput(f"{self._name}: damaged, locked or cut off ({error}).") from error
        self._out += len(piece)
        if self._out > FREE and self._out > RATIO * self._packed():
            raise UnreadableInput(
                f"{self._name}: unpacks to over {RATIO} times its size, as no text does. Left unread."
            )
        buffer[: len(piece)] = piece
        return len(piece)


def is_zip(head: bytes, _name: str) -> bool:
    """Say whether it is a zip."""
    return head.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def is_gz(head: bytes, _name: str) -> bool:
    """Say whether it is gzip."""
    return head.startswith(b"\x1f\x8b")


def is_warc(head: bytes, _name: str) -> bool:
    """Say whether it is a web archive."""
    return head.startswith(b"WARC/")


def read_gz(source: Source, settings: Settings) -> Iterator[Source]:
    """Read the one file in a gzip file, as it unpacks."""
    _check_depth(source, settings)
    counted = _Counted(source.file)
    file = gzip.GzipFile(fileobj=counted)
    name = source.name[:-3] if source.name.lower().endswith(".gz") else source.name
    yield opened(name, _bounded(cast("BinaryIO", file), counted.tell, source.name), source.address)


def read_zip(source: Source, settings: Settings) -> Iterator[Source | Failure]:
    """Read the members of a zip in its own order, hidden ones left out."""
    _check_depth(source, settings)
    try:
        file = source.file if source.file.seekable() else io.BytesIO(_spooled(source))
        archive = zipfile.ZipFile(file)
    except DAMAGED as error:
        raise UnreadableInput(f"{source.name}: a damaged zip ({error}).") from error
    with archive:
        members = [member for member in archive.infolist() if not _is_hidden(member)]
        if len(members) > MEMBERS:
            raise UnreadableInput(
                f"{source.name}: more than {MEMBERS:,} files in one zip. Unpack it into a folder first."
            )
        if any(
            member.filename in ("[Content_Types].xml", "META-INF/container.xml", "META-INF/manifest.xml")
            for member in members
        ):
            raise UnreadableInput(
                f"{source.name}: an office file or book geomap does not read. Save it as .docx, .csv or .txt."
            )
        for member in members:
            yield _open_member(archive, member, f"{source.name}/{member.filename}")


def read_warc(source: Source, settings: Settings) -> Iterator[Source | Failure]:
    """Read the pages of a web archive: answers that hold HTML, text or PDF, up to what one page may be."""
    try:
        from warcio.archiveiterator import ArchiveIterator
        from warcio.exceptions import ArchiveLoadFailed
    except ImportError as error:
        raise MissingExtra("corpus", "Reading WARC") from error

    _check_depth(source, settings)
    records = ArchiveIterator(source.file)
    try:
        for record in records:
            kind = record.http_headers.get_header("Content-Type", "") if record.http_headers else ""
            if record.rec_type != "response" or not kind.lower().startswith(_PAGE_TYPES):
                continue
            address = record.rec_headers.get_header("WARC-Target-URI") or "?"
            content = record.content_stream().read(TEXT_LIMIT)
            if content and record.http_headers.get_statuscode() == "200":
                yield opened(f"{source.name}#{address}", io.BytesIO(content), address)
    except (ArchiveLoadFailed, AttributeError, TypeError, *DAMAGED) as error:
        raise UnreadableInput(f"{source.name}: a damaged web archive ({error}).") from error


class _Counted(io.RawIOBase):
    """A stream that knows how far it was read, for those that cannot tell."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._read = 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        piece = self._file.read(size)
        self._read += len(piece)
        return piece

    def tell(self) -> int:
        return self._read


def _open_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str) -> Source | Failure:
    try:
        file = archive.open(member)
        return opened(name, _bounded(cast("BinaryIO", file), lambda: member.compress_size, name))
    except DAMAGED as error:
        return Failure(name, f"damaged, locked or packed in a way geomap does not know ({error})")


def _is_hidden(member: zipfile.ZipInfo) -> bool:
    if not member.filename:
        return True
    parts = member.filename.split("/")
    return member.is_dir() or parts[0] == "__MACOSX" or any(part.startswith(".") for part in parts)


def _check_depth(source: Source, settings: Settings) -> None:
    if settings.depth >= DEPTH:
        raise UnreadableInput(f"{source.name}: archives within archives, {DEPTH} deep. Unpack the outer ones first.")


def _bounded(file: BinaryIO, packed: Callable[[], int], name: str) -> BinaryIO:
    return cast("BinaryIO", io.BufferedReader(_Unpacked(file, packed, name), 64 * 1024))


def _spooled(source: Source) -> bytes:
    data = source.file.read(20 * TEXT_LIMIT + 1)
    if len(data) > 20 * TEXT_LIMIT:
        raise UnreadableInput(
            f"{source.name}: a zip of more than {20 * TEXT_LIMIT // 2**30} GB from a pipe. Save it as a file."
        )
    return data
