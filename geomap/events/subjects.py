"""Whom a verb of harm is said of: the object behind it, or the subject before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.events.actors import PASSIVE
from geomap.events.numbers import Number
from geomap.events.people import GOVERNS, Reader
from geomap.events.victims import Row, row_at, rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.events.harm import Count
    from geomap.events.lexicon import Hit
    from geomap.events.reading import Sentence

_SINGULAR_BE = frozenset(("was", "is"))
NONE = frozenset("no none nobody neither zero without".split())
PARTICIPLES = frozenset("slain shot gunned hurt beaten hacked stabbed taken blown rounded left held driven".split())
_THEM = frozenset(("them", "themselves"))


def after_verb(reader: Reader, hit: Hit, word: str, right: int, found: Sequence[Count]) -> list[Number] | None:
    """Return the object of a casualty word; nothing where it has one that is no people, None where it has none."""
    lower, at = reader.sentence.lower, hit.last
    follows = lower[at] if at < len(lower) else ""
    aside = next((j for j in range(at + 1, min(at + 6, right)) if lower[j] == ","), None) if follows == "," else None
    if aside is not None and lower[at + 1] in ("at", "in", "on") and lower[aside + 1 : aside + 2] != ("and",):
        row = row_at(reader, aside + 1, right)  # "murdered, at gunpoint, a soldier"
        if row is not None:
            return [row.number]
    if follows in (",", "and", ";", ".", "", "in", "by") or (
        follows == ":" and hit.first
    ):  # "two killed, five injured"
        return [] if word in ("lost", "losing") else None
    if follows == ":" and at + 1 in reader.at and hit.first == 0:  # "Killed: 4"
        return [reader.at[at + 1]]
    if follows == "no" or lower[at : at + 1] == ("nobody",):
        return [Number(at, at + 1, 0, 0, 0)]
    if follows in _THEM and found:
        return [found[-1].number._replace(first=at, last=at + 1)] if found[-1].harm != hit.label else []
    row = row_at(reader, at, right)
    if word in ("lost", "losing"):
        return [row.number] if row is not None and row.number.best and row.number.first in reader.at else []
    if row is not None:
        return [row.number]
    if follows in ("a", "an") and not word.startswith(
        ("seiz", "evacuat", "lost")
    ):  # "shot dead a 60-year-old administrator"
        return [Number(at, min(at + 3, len(lower)), 1, 1, 1, "person")]
    return [] if follows in ("the", "his", "her", "their", "its") else None


def before_verb(reader: Reader, hit: Hit, left: int, right: int, *, reduced: bool = False) -> list[Number]:
    """Return the subject that stands before a casualty word."""
    sentence, lower = reader.sentence, reader.sentence.lower
    start, relative = _clause_start(sentence, hit.first), False
    opening = start
    if start and hit.first - start < 4 and lower[start] in ("who", "which", "that", "whom"):
        end = hit.first
        if not any(i in reader.at for i in range(start, end)):  # but "the raid, in which four died"
            relative = True
            end, start = start, max(min(left, start), _clause_start(sentence, start - 1))
    else:
        start = max(start, left)
        back = range(hit.first - 1, max(start, hit.first - 6) - 1, -1)
        end = next((i for i in back if lower[i] in PASSIVE), hit.first)
    be = lower[end] if not relative and end < hit.first else ""
    if be and end > start and lower[end - 1] == "there":  # "there are two people hurt"
        start, end = end + 1, hit.first
    elif (
        be
        and opening
        and lower[opening] in ("who", "which")
        and lower[opening - 1] not in GOVERNS  # "an attack in which his driver was killed" has its own subject
        and (lower[end - 1] == "," or end - opening > 3)
    ):
        # "Castellar, who was kidnapped on 5 January, was found dead"
        start, end = _clause_start(sentence, opening - 1), opening
    if not relative and any(_is_nobody(sentence, i, w) for i, w in _back(lower, start, end)):
        return [Number(max(start, end - 1), end, 0, 0, 0)]
    if ("how", "many") in zip(lower[start:end], lower[start + 1 : end + 1], strict=False):
        return []
    rows_ = [r for r in rows(reader, start, end) if not r.number.subset]
    row = _subject(reader, rows_, hit, end, reduced=reduced and not be, relative=relative)
    if row is None:
        return []
    number = row.number
    if be in _SINGULAR_BE and len(row.items) > 1 and row.items[-1].best == 1:
        number = row.items[-1]  # "attacked the mayor and his driver was killed"
    if relative and be in _SINGULAR_BE and number.best is None:
        return []
    return [_with(reader, number, hit, right)]


def _is_nobody(sentence: Sentence, at: int, word: str) -> bool:
    """Say whether a word makes nobody of whom it stands before: "no", but not "no fewer than", nor "Point Zero"."""
    name = at > 0 and sentence.words[at].text == "Zero" and sentence.words[at - 1].text[:1].isupper()
    return word in NONE and not name and sentence.lower[at + 1] not in ("fewer", "less")


def _back(lower: Sequence[str], start: int, end: int) -> list[tuple[int, str]]:
    """Return the few words before one, with where they stand."""
    return [(i, lower[i]) for i in range(max(start, end - 6), end) if i + 1 < len(lower)]


def _subject(reader: Reader, found: Sequence[Row], hit: Hit, end: int, *, reduced: bool, relative: bool) -> Row | None:
    """Choose the row that a casualty word is said of: the last that hangs on nothing else, or the one before it."""
    lower = reader.sentence.lower
    if not found:
        return None
    last = found[-1]
    if relative:
        if len(found) > 1 and last.first > found[-2].last + 1 and _is_some_of(reader, found[-2].last, last.first):
            return found[-2]  # "six priests, five of them Spaniards, who were killed"
        return last if end - last.last <= 1 or lower[last.last] == "," else None
    if reduced:
        counted = last.number.best is not None and last.number.first in reader.at
        behind = max(last.last, last.number.last)
        close = hit.first - behind <= 3 and not GOVERNS & set(lower[behind : hit.first])
        return last if close and (counted or (lower[hit.first] == "dead" and last.last == hit.first)) else None
    if end and lower[end - 1] == ",":  # "sixteen people, women for the most part, were beaten to death"
        opening = next((i for i in range(end - 2, -1, -1) if lower[i] == ","), 0)
        found = [r for r in found if r.first <= opening] or found
    free = [r for r in found if not r.governor]
    if not free:
        numbered = [r for r in found if r.number.first in reader.at and end - r.last <= 1]
        return numbered[-1] if numbered else None
    row = free[-1]
    between = lower[row.last : end]
    if row.last in reader.verbs and between and between[0] not in PARTICIPLES:
        return None
    bodiless = lower[hit.first] in ("blown", "lost", "claimed", "burned", "burnt", "seized", "taken", "held", "left")
    if bodiless and between and row.number.first not in reader.at:
        return None
    return row


def _is_some_of(reader: Reader, start: int, end: int) -> bool:
    """Say whether words between commas tell what some of those before them are: ", five of them"."""
    lower = reader.sentence.lower
    return lower[start] == "," and any(lower[i : i + 2] in (("of", "them"), ("of", "whom")) for i in range(start, end))


def _with(reader: Reader, number: Number, hit: Hit, right: int) -> Number:
    """Add the "along with her two sons" that follows a casualty word."""
    lower = reader.sentence.lower
    for i in range(hit.last, min(hit.last + 9, right, len(lower) - 1)):
        link = 3 if lower[i : i + 3] == ("as", "well", "as") else 2 if lower[i + 1] == "with" else 0
        if link and lower[i] in ("along", "together", "as"):
            row = row_at(reader, i + link, right, alone=True)
            if row is None or row.number.best is None or number.best is None:
                return number
            high = None if number.high is None or row.number.high is None else number.high + row.number.high
            return Number(
                number.first,
                row.number.last,
                number.low + row.number.low,
                high,
                number.best + row.number.best,
                number.noun,
            )
    return number


def _clause_start(sentence: Sentence, at: int) -> int:
    """Return the word where the clause of word `at` begins."""
    clause = sentence.clauses[at]
    while at and sentence.clauses[at - 1] == clause:
        at -= 1
    return at
