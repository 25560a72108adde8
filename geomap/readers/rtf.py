"""Rich text, as news archives and old word processors export it: the words without the marks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geomap.errors import EmptyInput
from geomap.readers.decode import read_bytes
from geomap.readers.settings import make_document

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geomap.model import Document
    from geomap.readers.settings import Settings
    from geomap.readers.source import Source

_TOKEN = re.compile(
    rb"\\([A-Za-z]{1,32})(-?\d{1,10})? ?"  # a control word, its number, and the blank that ends it
    rb"|\\'([0-9A-Fa-f]{2})"  # a letter of the code page
    rb"|\\([^A-Za-z])"  # a control symbol
    rb"|([{}])"
    rb"|([^\\{}\r\n]+)"
)
_BREAKS = {b"par": "\n", b"line": "\n", b"sect": "\n", b"page": "\n", b"row": "\n", b"cell": "\t", b"tab": "\t"}
_LETTERS = {
    b"emdash": "\u2014", b"endash": "\u2013", b"lquote": "\u2018", b"rquote": "\u2019", b"ldblquote": "\u201c",
    b"rdblquote": "\u201d", b"bullet": "\u2022", b"~": "\u00a0", b"_": "-", b"\\": "\\", b"{": "{", b"}": "}",
    b"\n": "\n", b"\r": "\n",
}  # fmt: skip
_NO_TEXT = frozenset(
    b"fonttbl colortbl stylesheet listtable listoverridetable info pict object header headerl headerr headerf footer "
    b"footerl footerr footerf themedata datastore fldinst xmlnstbl rsidtbl generator".split()
)
"""Groups whose letters are no words of the text; one that begins with \\* may be skipped too, as the format has it."""


def is_rtf(head: bytes, _name: str) -> bool:
    """Say whether it is rich text, by its first bytes."""
    return head.startswith(b"{\\rtf")


def read(source: Source, settings: Settings) -> Iterator[Document]:
    """Read the paragraphs of a rich text."""
    text = words(read_bytes(source)).strip()
    if not text:
        raise EmptyInput(f"{source.name}: rich text without words.")
    yield make_document(text, settings, source=source.address or source.name)


def words(data: bytes) -> str:
    r"""Return the text of RTF's bytes, one pass. \'e9 is a byte of \ansicpg's code page, \u233 a letter of Unicode."""
    out: list[str] = []
    depth, skipped, left_out = 0, 0, 0  # braces open; since which depth nothing counts; fallback letters still to drop
    codec, fallback = "cp1252", 1
    for token in _TOKEN.finditer(data):
        word, number, byte, symbol, brace, plain = token.groups()
        if brace:
            depth += 1 if brace == b"{" else -1
            skipped = skipped if depth >= skipped else 0
            left_out = 0
        elif word in _NO_TEXT or symbol == b"*":
            skipped = skipped or max(depth, 1)
        elif word == b"ansicpg":
            codec = _codec(number)
        elif word == b"uc":
            fallback = int(number or 1)
        elif skipped:
            continue
        elif word == b"u" and number:
            out.append(chr(int(number) % 0x10000))
            left_out = fallback
        elif left_out and (byte or plain):
            letters = "" if byte else plain.decode(codec, "replace")[left_out:]
            left_out -= 1 if byte else min(left_out, len(plain))
            out.append(letters)
        else:
            out.append(_said(word or symbol, byte, plain, codec))
    return "".join(out).encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _said(mark: bytes | None, byte: bytes | None, plain: bytes | None, codec: str) -> str:
    if mark:
        return _BREAKS.get(mark, "") or _LETTERS.get(mark, "")
    return bytes.fromhex(byte.decode()).decode(codec, "replace") if byte else (plain or b"").decode(codec, "replace")


def _codec(number: bytes | None) -> str:
    name = f"cp{int(number or 1252)}"
    try:
        "".encode(name)
    except LookupError:
        return "cp1252"
    return name
