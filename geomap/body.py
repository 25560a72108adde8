"""Which characters of a plain text are the article, and which the page around it.

Text copied from a news page brings its masthead, by-lines, notices, comment boxes and the openings of other stories
along. What is left out stays in the document, unmarked: offsets never move. When in doubt a line is kept, since a lost
sentence is worse than a line of noise.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from geomap.dateline import dateline
from geomap.model import Span

if TYPE_CHECKING:
    from collections.abc import Callable

Role = Literal["prose", "heading", "date", "item", "noise", "byline", "tail"]

_LINE = re.compile(r"[^\n\r\v\f\x85\u2028\u2029]+")
_BLOCK = re.compile(r"[^\n]+(?:\n[^\S\n]*[^\s][^\n]*)*")
_WORD = re.compile(r"[^\W\d_]+")
_TERMINAL = re.compile(r"[.!?…。؟।:;][\"'”’»)\]]*$")

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DATE_LINE = re.compile(
    rf"^(?:(?:published|updated|posted|last updated|first published|date|issued)\b[^a-z0-9]*(?:(?:on|at)\s*)?)?"
    rf"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)[a-z]*,?\s*)?"
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH},?\s+\d{{2,4}}|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}|\d{{4}}-\d\d-\d\d|\d{{1,2}}/\d{{1,2}}/\d{{4}})"
    rf"[\w\s:,.+|()-]{{0,40}}$",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    r"^(?:by|from|reporting by|written by|editing by|report by|story by|additional reporting by|with reporting by)\s+"
    r"(?:[A-Z][\w.'’-]*|and|&|al|bin|de|van|von|der)(?:[\s,|/]+(?:[A-Z][\w.'’-]*|and|&|in|al|bin|de|van|von|der)){0,12}[\s.,|;]*$",
    re.IGNORECASE,
)
_BYLINE_HEAD = re.compile(
    r"By\s+[A-Z][\w.'’-]*(?:\s+(?:[A-Z][\w.'’-]*|al-\w+|bin|de|van|von|der|and)){1,6}\s*,\s*"
    r"(?=[A-Z]{3}[A-Z\s,.'’-]*(?:\(|[:–—-]))"
)
_CREDIT = re.compile(
    r"^\(?(?:reporting|writing|editing|compiled|additional reporting|edited)\s+by\s+[A-Z].{0,160}\)?$", re.IGNORECASE
)
_FURNITURE = (
    r"in association with|(?:brought to you|presented|powered|supported)\b.{0,80}",
    r"advertisement|advert|sponsored(?: content)?|breaking news|live tv|loading\W*",
    r"share(?: this| on)?\b.{0,40}|tweet|e-?mail|print|\d+ (?:comments?|shares?|views?|likes?)|\d+ min(?:ute)?s? read",
    r"home|menu|search|sign in|log ?in|register|subscribe\b.{0,60}|newsletter\b.{0,60}|follow us\b.{0,40}",
    r"skip to .{0,40}",
    r"click here\b.{0,60}|(?:read (?:more|also|next)|also read|see also)\b.{0,120}|watch(?: now| live|:).{0,120}",
    r"(?:image|photo|picture|video)(?: credit| source| caption)?\s*[:©].{0,200}|file photo.{0,120}",
    r"©.{0,120}|copyright\b.{0,120}|all rights reserved.{0,80}|terms of (?:use|service).{0,60}|privacy policy.{0,60}",
    r"cookie.{0,80}|we use cookies.{0,160}|accept(?: all)?(?: cookies)?|back to top",
    r"(?:next|previous) (?:article|story).{0,120}|https?://\S+|www\.\S+",
)
_BOX = (
    r"related (?:news|stories|articles|posts|content|topics|coverage)|other (?:news|stories)|top stories|in other news",
    r"more (?:from|on|news|stories|in|like this|top stories)\b.{0,60}",
    r"most (?:read|popular|viewed|commented|shared)\b.{0,30}",
    r"you (?:may|might) (?:also )?(?:like|be interested in).{0,30}|recommended(?: for you| stories)?|trending(?: now)?",
    r"latest (?:news|stories|headlines)|comments?(?: here)?(?: \(\d+\))?|(?:leave|post|add) a (?:reply|comment)",
    r"join the (?:conversation|discussion)|about the authors?|editor'?s picks?|from the web|up next|what to read next",
    r"tags?\s*:.{0,200}",
)
_PLACEHOLDERS = frozenset("logo image photo icon advertisement".split())
_MENU = frozenset(
    "home world business weather sport sports politics opinion culture news video about contact subscribe login search "
    "tech science health travel local national international africa asia europe americas".split()
)
_ENTRY_GAP = re.compile(r"\s{2,9}|\s?[|•·]\s?|\t")
_NOISE = re.compile(rf"^\W*(?:{'|'.join(_FURNITURE)})\W*$", re.IGNORECASE)
_TAIL = re.compile(rf"^\W*(?:{'|'.join(_BOX)})\s*!?\W*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Line:
    span: Span
    text: str
    role: Role
    gap: bool
    """Whether a blank line stands before it."""


def find_body(text: str) -> tuple[Span, ...]:
    """Return the spans of `text` that are the article, in order; the whole text where nothing else is plain."""
    lines = _lines(text)
    kept = _without_head(_without_tail(lines))
    spans = [_after_byline(line) for line in kept if line.role not in ("noise", "byline", "tail")]
    if spans == [line.span for line in lines]:
        return (Span(0, len(text)),)
    return tuple(_joined(text, spans)) or (Span(0, len(text)),)


def find_title(text: str, body: tuple[Span, ...]) -> str | None:
    """Return the headline: the first heading of the article, where more follows and no prose stands before it."""
    lines = [line for span in body[:4] for line in _lines(text[span.start : min(span.end, span.start + 5000)])]
    first = next((line for line in lines if line.role in ("heading", "prose")), None)
    return first.text if first is not None and first.role == "heading" and first is not lines[-1] else None


def _lines(text: str) -> list[_Line]:
    found = [(m.start(), m.group()) for m in _LINE.finditer(text) if m.group().strip()]
    if _is_wrapped(text, found):
        found = [(m.start(), m.group()) for m in _BLOCK.finditer(text) if m.group().strip()]
    counts = Counter(_folded(line) for _, line in found)
    lines, end = [], 0
    for start, raw in found:
        left = start + len(raw) - len(raw.lstrip())
        stripped = raw.strip()
        gap = text.count("\n", end, left) > 1
        lines.append(_Line(Span(left, left + len(stripped)), stripped, _role(stripped, counts), gap))
        end = left + len(stripped)
    return lines


def _is_wrapped(text: str, found: list[tuple[int, str]]) -> bool:
    """Say whether lines are broken at a fixed width, so that a paragraph is a block and not a line."""
    inner = [
        len(line) for (start, line), (after, _) in pairwise(found) if "\n" not in text[start + len(line) + 1 : after]
    ]
    return len(inner) >= 3 and sum(50 <= n <= 100 for n in inner) > 0.7 * len(inner)  # noqa: PLR2004 - usual widths


def _folded(line: str) -> str:
    return " ".join(line.lower().split())


def _role(line: str, counts: Counter[str]) -> Role:
    """Say what a line is by itself."""
    if len(line) < 300:  # noqa: PLR2004 - furniture is short; the bound keeps these patterns cheap
        fitting = next((role for role, fits in _SHORT.items() if fits(line)), None)
        if fitting is not None:
            return fitting
        if counts[_folded(line)] > 1 and len(line.split()) >= 4:  # noqa: PLR2004 - "Hezbollah" may stand on two lines
            return "noise"
    if not _WORD.search(line):
        return "item"
    return "heading" if _is_heading(line) else "prose"


def _repeats_itself(line: str) -> bool:
    """Say whether a line is one word over and over ("Logo Logo Logo")."""
    words = line.lower().split()
    least = 2 if words[0] in _PLACEHOLDERS else 3  # twice may be a name (Baden Baden)
    return len(words) >= least and len(set(words)) == 1


def _is_menu(line: str) -> bool:
    """Say whether a line is a page's menu: short entries side by side, some of which every menu has."""
    entries = [entry.strip().lower() for entry in _ENTRY_GAP.split(line.strip())]
    return len(entries) > 2 and len(_MENU.intersection(entries)) > 1 and max(map(len, entries)) < 30  # noqa: PLR2004 - an entry is a word or three


_SHORT: dict[Role, Callable[[str], object]] = {
    "tail": _TAIL.match,
    "noise": lambda line: _NOISE.match(line) or _repeats_itself(line) or _is_menu(line),
    "date": _DATE_LINE.match,
    "byline": lambda line: _BYLINE.match(line) or _CREDIT.match(line),
}
"""What a short line may be, in the order it is asked."""


def _is_heading(line: str) -> bool:
    return len(line.split()) <= 20 and len(line) <= 160 and not _TERMINAL.search(line) and not _has_dateline(line)  # noqa: PLR2004 - a headline's length


def _has_dateline(line: str) -> bool:
    return dateline(line, Span(0, len(line))) is not None


def _is_teaser(line: _Line) -> bool:
    """Say whether a line is the opening of another story: it breaks off, or is only a headline."""
    return line.role in ("heading", "noise", "item", "date", "byline", "tail") or not _TERMINAL.search(line.text)


def _without_tail(lines: list[_Line]) -> list[_Line]:
    """Drop what follows the first heading of a box ("Related News", "Comments") unless the story goes on after it."""
    for i, line in enumerate(lines):
        if line.role != "tail" or not any(x.role == "prose" for x in lines[:i]):
            continue
        rest = lines[i + 1 :]
        whole = [x for x in rest if not _is_teaser(x) and not _has_dateline(x.text)]
        before = sum(len(x.text) for x in lines[:i] if x.role == "prose")
        if len(whole) < 3 or sum(len(x.text) for x in whole) * 4 < before:  # noqa: PLR2004 - an in-line box stands among paragraphs
            return _without_last_teasers(lines[:i])
    return _without_last_teasers(lines)


def _without_last_teasers(lines: list[_Line]) -> list[_Line]:
    """Drop openings of other stories from the end: each has a dateline of its own and breaks off."""
    own = sum(1 for x in lines if x.role == "prose" and _TERMINAL.search(x.text))
    end = len(lines)
    while end and own and (lines[end - 1].role in ("noise", "byline") or _broken_off(lines[end - 1])):
        end -= 1
    return lines[:end]


def _broken_off(line: _Line) -> bool:
    return _has_dateline(line.text) and not _TERMINAL.search(line.text) and not line.text.isupper()


def _without_head(lines: list[_Line]) -> list[_Line]:
    """Drop the masthead: what stands before the headline when noise shows that a masthead is there."""
    first = next((i for i, x in enumerate(lines) if x.role == "prose"), None)
    if first is None or not (any(x.role in ("noise", "tail") for x in lines[:first]) or _is_dated(lines[:first])):
        return lines
    headline = next((i for i in range(first - 1, -1, -1) if lines[i].role == "heading"), first)
    dates = [x for x in lines[:headline] if x.role == "date"]
    return dates + lines[headline:]


def _is_dated(head: list[_Line]) -> bool:
    """Say whether a date parts two headings: the paper's name stands over it, the story's headline under it."""
    roles = [line.role for line in head]
    return "date" in roles and "heading" in roles[: roles.index("date")] and "heading" in roles[roles.index("date") :]


def _after_byline(line: _Line) -> Span:
    head = _BYLINE_HEAD.match(line.text)
    return Span(line.span.start + head.end(), line.span.end) if head else line.span


def _joined(text: str, spans: list[Span]) -> list[Span]:
    """Join neighbours that only white space parts, so that the article is few long spans."""
    joined: list[Span] = []
    for span in spans:
        if joined and not text[joined[-1].end : span.start].strip():
            joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(span)
    return joined
