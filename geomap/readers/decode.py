"""Bytes to text: UTF-8 first, byte order marks obeyed, anything else guessed and said."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

from geomap.errors import EmptyInput, UnreadableInput
from geomap.readers.settings import TEXT_LIMIT

if TYPE_CHECKING:
    from geomap.readers.settings import Settings
    from geomap.readers.source import Source

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = bytes(set(range(32)) - {7, 8, 9, 10, 11, 12, 13, 26, 27})
_GUESS_FROM = 256 * 1024
WESTERN = "cp1252"
"""What most files that are no UTF-8 are in; a short text in Latin letters is taken for it."""

_PAGES: dict[str, tuple[str, tuple[str, ...]]] = {
    "pl": ("ąćęłńóśźż", ("cp1250", "iso8859_2")),
    "cs": ("áčďéěíňóřšťúůýž", ("cp1250", "iso8859_2")),
    "tr": ("çğıöşüâ", ("cp1254",)),
    "az": ("çğıöşü", ("cp1254",)),
}
"""Languages whose letters Western Europe's code page lacks: their letters, and the code pages that have them."""

_ASCII = bytes(range(128))
_WESTERN_BYTES = "€…–—‘’“”•™ŠŒŽšœžŸ\xa0£§©«®°±´·»½".encode(WESTERN) + bytes(range(0xC0, 0x100))
_FEW = 0.01
_ENOUGH = 1000
_COHERENT = 0.3


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


def encoding_of(head: bytes, name: str, settings: Settings) -> str:
    """Tell the encoding of a stream by its first bytes."""
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        return "utf-8" if _is_cut(error, head) else _guess_encoding(head, name, settings)
    return "utf-8"


def decode_all(source: Source, settings: Settings) -> str:
    """Read and decode a whole source; white space alone is no text."""
    text = decode(read_bytes(source), source.name, settings)
    if not text.strip():
        raise EmptyInput(f"{source.name}: empty. There is no text in it to map.")
    return text


def _guess(data: bytes, name: str, settings: Settings, error: UnicodeDecodeError) -> str:
    if _is_cut(error, data):
        settings.note(f"{name}: cut off within its last character; read as UTF-8 without it.")
        return data.decode("utf-8", "ignore")
    near = data[max(0, error.start - _GUESS_FROM // 2) :][:_GUESS_FROM]
    return data.decode(_guess_encoding(near, name, settings), "replace")


def _guess_encoding(sample: bytes, name: str, settings: Settings) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    sure = best is not None and not _is_plain_western(sample) and _is_sure(str(best), best.coherence)
    encoding = best.encoding if best is not None and sure else _page(sample)
    settings.note(f"{name}: not UTF-8; read as {encoding}. If names look wrong, convert it to UTF-8 first.")
    return encoding


def _page(sample: bytes) -> str:
    """Return the code page of the language whose small words, ASCII mostly, stand in a short text of Latin letters."""
    from geomap.readers.detection import detect

    letters, pages = _PAGES.get(detect(sample.decode(WESTERN, "replace")), ("", (WESTERN,)))
    return max(pages, key=lambda page: sum(map(sample.decode(page, "replace").lower().count, letters)))


def _is_plain_western(sample: bytes) -> bool:
    """Say whether bytes are ASCII but for a few that Windows writes as quotes, dashes and Western letters.

    Too few tell one code page from another by a language's words; English with curly quotes is the normal case.
    """
    high = sample.translate(None, _ASCII)
    return len(high) < _FEW * len(sample) and not high.translate(None, _WESTERN_BYTES)


def _is_sure(text: str, coherence: float) -> bool:
    """Say whether a guess is to be trusted: another script shows, but Latin letters want words of a language."""
    letters = [letter for letter in text if letter.isalpha()]
    latin = sum(letter < "\u0250" for letter in letters)
    return latin < 0.7 * len(letters) or (len(text) >= _ENOUGH and coherence >= _COHERENT)


def _is_cut(error: UnicodeDecodeError, data: bytes) -> bool:
    return error.start > len(data) - 4 and error.reason == "unexpected end of data"
