"""Tokens and sentences of a text, as offsets: what the finders and the event stages both count in."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from geomap.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

TOKEN = re.compile(
    r"(?=\S)(?:"
    r"[A-Z]?[a-z]++(?!['’\w])"  # most words, which need no second look
    r"|\d+(?:[.,:]\d+)*(?:st|nd|rd|th)?\b"  # 25, 80,000, 9.30, 25th
    r"|(?:[A-Z]\.){2,}(?:[A-Z](?![\w.]))?"  # U.S., U.N., D.R.C
    r"|[^\W\d_]++(?:\d++)?(?=['’]s\b)"  # Assad before ’s
    r"|['’]s\b"
    r"|[^\W_]+"
    r"|[^\w\s]|_)",
)

LONGEST = 2000
"""Where a sentence that does not end is cut, in characters. No writer's is as long, and what every later stage costs
hangs on it: a table without a full stop would take the square of its length."""

RAGGED = 12
"""By how many characters lines that a program filled may differ in width."""

_ABBREVIATION = frozenset(
    """adm al art av ave brig capt cmdr co col corp cpl dept det dr est etc fig ft gen gov hon inc insp jr lt ltd maj
    messrs mr mrs ms mt no nos op pfc pres prof pte rep rev sen sgt spc sr st supt univ v vol vs
    jan feb mar apr jun jul aug sep sept oct nov dec a.m p.m approx incl excl e.g i.e""".split()
)
_NEVER_FINAL = frozenset(
    "adm brig capt cmdr col cpl dr gen gov hon insp lt maj mr mrs ms mt prof rep rev sen sgt supt".split()
)
_END = re.compile(
    r"[.!?…。؟।]+[\"'”’)\]»]*(?=\s|$)"
    r"|\n[ \t\r]*\n\s*"
    r"|\n(?=\s{0,8}(?:[•●▪◦*—–-]\s|[\u203c\u2049\u2190-\u21ff\u2300-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]))"
    r"|\n(?=\s{0,8}(?:[a-z][.)]\s|[^\W_a-zа-яё]))"
)
_LINE_MARK = re.compile(r"\s{0,8}(?:\d{1,2}[:.h]\d{2}\b|\(?(?:\d{1,2}|[a-z])[.)]\s|[^\w\s\"“'‘«(])")
_HOUR = re.compile(r"\s{0,8}\d{1,2}[:.h][0-5]\d\s")
_ITEM = re.compile(r"\(?(?:\d{1,2}|[a-z])")
_LAST_WORD = re.compile(r"([^\s(\[\"“'‘]+)$")
_NEXT_STARTS = re.compile(r"[\s\"“‘'(\[«]*[^\W_a-zа-яё]")


class Token(NamedTuple):
    """A word, number or mark, and where it stands."""

    start: int
    end: int
    text: str


def tokens(text: str, span: Span | None = None) -> list[Token]:
    """Cut a text, or the part of it in `span`, into tokens. Clitic ’s is a token of its own."""
    start, end = (span.start, span.end) if span else (0, len(text))
    return [Token(*m.span(), m.group()) for m in TOKEN.finditer(text, start, end)]


def small(text: str) -> str:
    """Return a text in small letters, every letter still where it was."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(c.lower()[0] for c in text)  # "İ" would become two


def sentences(text: str, parts: Iterable[Span]) -> tuple[Span, ...]:
    """Cut the given parts of a text into sentences, without the white space around them.

    A blank line, a list item, a line that stops short and a full stop end a sentence; an abbreviation ("Gen.", "U.S.")
    or an initial does not unless what follows plainly starts a new one.
    """
    return _sentences(text, tuple(parts))


@lru_cache(maxsize=2)
def _sentences(text: str, parts: tuple[Span, ...]) -> tuple[Span, ...]:
    """Cut a text, or remember how it was cut: finding, resolving and reading events each ask for the same one."""
    return tuple(s for part in parts for s in _cut(text, part))


def _cut(text: str, part: Span) -> Iterator[Span]:
    start = part.start
    for match in _END.finditer(text, part.start, part.end):
        if match.group()[0] == "." and not _ends(text, start, match.start(), match.end(), part.end):
            continue
        if match.group() == "\n" and not _breaks(text, match.start(), part):
            continue
        yield from _trimmed(text, start, match.end())
        start = match.end()
    yield from _trimmed(text, start, part.end)


def _ends(text: str, start: int, dot: int, after: int, end: int) -> bool:
    """Say whether the full stop at `dot` ends the sentence begun at `start`."""
    if not _NEXT_STARTS.match(text, after, min(end, after + 12)) and after < end and text[after:end].strip():
        return False
    word = _LAST_WORD.search(text, max(start, dot - 24), dot)
    if word is None:
        return True
    bare = word.group(1).lower()
    if not text[start : word.start()].strip() and _ITEM.fullmatch(bare):
        return False
    if bare in _NEVER_FINAL or (len(bare) == 1 and bare.isalpha() and word.group(1).isupper()):
        return False
    if "." in bare:  # U.S. government, 3 p.m. Monday: only a following word that often begins a sentence ends it
        return bool(
            re.match(
                r"\s+(?:[\"“]|The|A|An|In|On|At|He|She|It|They|But|And|We|This|That|There|Its|His)\b",
                text[after : after + 12],
            )
        )
    return bare not in _ABBREVIATION or bool(re.match(r"\s*\n", text[after : after + 3]))


def _breaks(text: str, at: int, part: Span) -> bool:
    """Say whether the line end at `at` was meant: the next word would have fitted, or what follows is an item's mark.

    Lines of a mail or a PDF are as wide as their neighbours; a headline, a chat's message or a live page's entry stops
    short of them.
    """
    if _LINE_MARK.match(text, at + 1):
        return True
    begin = max(text.rfind("\n", part.start, at) + 1, part.start)
    end = text.find("\n", at + 1, part.end)
    after = text[at + 1 : end if end >= 0 else part.end].strip()
    if _HOUR.match(text, begin, at) and _NEXT_STARTS.match(after):  # the heading of a live page's entry
        return True
    width = max(len(after), _width(text, begin - 1, part.start))
    return len(text[begin:at].strip()) + 1 + len(after.split(maxsplit=1)[0]) + RAGGED < width


def _width(text: str, end: int, floor: int) -> int:
    """Return the length of the line that ends at `end`, 0 where there is none."""
    return 0 if end <= floor else len(text[max(text.rfind("\n", floor, end) + 1, floor) : end].strip())


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    while end - start > LONGEST:
        cut = text.rfind(" ", start + LONGEST // 2, start + LONGEST) + 1 or start + LONGEST
        yield from _bare(text, start, cut)
        start = cut
    yield from _bare(text, start, end)


def _bare(text: str, start: int, end: int) -> Iterator[Span]:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    right = len(piece.rstrip())
    if left < right:
        yield Span(start + left, start + right)
