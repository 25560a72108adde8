"""Bytes to text: UTF-8 first, byte order marks obeyed, anything else guessed and said."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

from geomap.errors import EmptyInput, UnreadableInput
from geomap.readers.settings import TEXT_LIMIT

if TYPE_CHECKING:
    from geomap.readers.settings import Settings, Source

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = bytes(set(range(32)) - {7, 8, 9, 10, 12, 13, 26, 27})
_GUESS_FROM = 256 * 1024


def is_binary(data: bytes) -> bool:
    """Say whether these bytes cannot be text: control characters where no encoding of text has them."""
    if any(data.startswith(mark) for mark, _ in _MARKS):
        return False
    sample = data[:65536]
    return len(sample) - len(sample.translate(None, _CONTROLS)) > len(sample) // 200


def read_bytes(source: Source, limit: int = TEXT_LIMIT) -> bytes:
    """Read all of a source, or refuse it when it is larger than a single document may be."""
    data = source.file.read(limit + 1)
    if len(data) > limit:
        raise UnreadableInput(
            f"{source.name}: more than {limit // 2**20} MB in one document. Cut it into articles, or put them one a "
            f"line in a .jsonl file, which may be of any size."
        )
    return data


def decode(data: bytes, name: str, settings: Settings) -> str:
    """Decode bytes, and note when they were not UTF-8."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    if is_binary(data):
        raise UnreadableInput(f"{name}: binary, not text.")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _guess(data, name, settings, error)


def decode_all(source: Source, settings: Settings) -> str:
    """Read and decode a whole source; white space alone is no text."""
    text = decode(read_bytes(source), source.name, settings)
    if not text.strip():
        raise EmptyInput(f"{source.name}: empty. There is no text in it to map.")
    return text


def _guess(data: bytes, name: str, settings: Settings, error: UnicodeDecodeError) -> str:
    from charset_normalizer import from_bytes

    if error.start > len(data) - 4 and error.reason == "unexpected end of data":
        settings.note(f"{name}: cut off within its last character; read as UTF-8 without it.")
        return data.decode("utf-8", "ignore")
    near = data[max(0, error.start - _GUESS_FROM // 2) :][:_GUESS_FROM]
    best = from_bytes(near).best()
    encoding = best.encoding if best else "cp1252"
    settings.note(f"{name}: not UTF-8; read as {encoding}. If names look wrong, convert it to UTF-8 first.")
    return data.decode(encoding, "replace")
