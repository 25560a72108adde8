"""The places a sentence names: those the recogniser found, and names that the words around say are of a place.

"Buwa village", "at Keysansey hospital", "the town of Hazrama": no recogniser knows all of them, but where one is named
the event was there, and not in the larger place told beside it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from geomap.model import Mention, Resolution, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geomap.events.lexicon import Word
    from geomap.events.reading import Sentence

PREPOSITIONS = frozenset(
    "in at near on inside outside into across around throughout of over along to from off between against by for with "
    "through toward towards within above under via about than as and or behind beyond until during after before "
    "while when where that".split()
)
PLACE_NOUNS = frozenset(
    "city town village province district region area suburb neighborhood neighbourhood capital state camp port county "
    "municipality governorate department island peninsula valley square sector enclave stronghold "
    "outskirts countryside "
    "hamlet community settlement street hills mountains forest desert border district's".split()
)
MODIFIERS = frozenset(
    (
        "northern southern eastern western central northeastern northwestern southeastern southwestern "
        "upper lower north south east west downtown"
    ).split()
)
_DIRECTIONS = frozenset("north south east west northeast northwest southeast southwest".split())
_SITES = PLACE_NOUNS - frozenset(("state", "capital", "border", "district's")) | frozenset(
    "airport airbase barracks base bazaar bridge cemetery checkpoint church college crossing dam division factory farm "
    "farms field fields garrison heights highway hospital hotel islands jail junction lake mall market mosque oilfield "
    "palace park plant prison quarter refinery river road roundabout school stadium station subdivision terminal "
    "university avenue towns villages".split()
)
"""Nouns of a place with a name: "Sinak Bridge", "Buwa village"."""
_LOCATIVE = frozenset("in at near on inside outside into around over across toward towards".split())
_JOINS = frozenset("al el de la las los del da do bin az as ash e and- - ’ '".split())
_NO_NAMES = frozenset(
    "january february march april may june july august september october november december monday tuesday wednesday "
    "thursday friday saturday sunday mr mrs ms dr gen col lt sgt maj capt president prime minister general colonel i "
    "gmt the a an on in at but he she it they we it's state reuters".split()
)
_TITLES = frozenset(
    "mr mrs ms dr gen col lt sgt maj capt president minister general colonel captain major spokesman commander chief "
    "king prince imam sheikh sheik bishop father senator governor judge mayor".split()
)
_ARTICLES = ("al-", "el-", "ad-", "as-", "ar-", "at-", "an-", "az-", "ash")
_LONGEST = 5
"""Words that a name nobody found may have."""
_GUESSED = 0.3
"""How sure such a name is one of a place."""


class Named(NamedTuple):
    """A place's name in a sentence: words `first` to before `last`, and by what it is known for one."""

    resolution: Resolution
    first: int
    last: int
    cue: str
    """"found" and placed, found but "unplaced"; else the words that give it away: "noun", "kind", "of", "prep"."""

    @property
    def is_place(self) -> bool:
        """Whether it is a place itself, and not a people or an adjective."""
        return self.resolution.mention.kind == "place"


def named(sentence: Sentence, resolutions: Sequence[Resolution]) -> list[Named]:
    """Return the places a sentence names, in order."""
    found = []
    for r in resolutions:
        first, last = _words(sentence, r)
        found.append(Named(r, first, last, "unplaced" if r.place is None else "found"))
    return sorted([*found, *_unfound(sentence, found)], key=lambda n: (n.first, n.last))


def _words(sentence: Sentence, resolution: Resolution) -> tuple[int, int]:
    first = sentence.at(resolution.mention.span.start)
    last = sentence.at(resolution.mention.span.end - 1) + 1
    size = len(sentence.words)
    return min(first, size - 1), min(max(last, first + 1), size)


def _unfound(sentence: Sentence, found: Sequence[Named]) -> Iterator[Named]:
    """Yield the names that nobody found and the words around them say are of a place."""
    taken = {i for n in found for i in range(n.first, n.last)}
    taken |= {
        i for t in ("actors", "groups", "triggers", "masks") for h in sentence.hits[t] for i in range(h.first, h.last)
    }
    names = [w.text != w.lower and at not in taken and _is_name(w) for at, w in enumerate(sentence.words)]
    if True not in names:
        return
    first = 0
    while first < len(names):
        if not names[first]:
            first += 1
            continue
        last = _run(sentence, first, names)
        cue = _cue(sentence, first, last) if last - first <= _LONGEST else ""
        if cue and (first or cue != "prep"):
            words = sentence.words
            span = Span(words[first].start, words[last - 1].end)
            text = " ".join(w.text for w in words[first:last])
            yield Named(Resolution(Mention(span, text, "place", _GUESSED)), first, last, cue)
        first = last


def _run(sentence: Sentence, first: int, names: Sequence[bool]) -> int:
    """Return where the run of capitalised words ends that begins with the name at `first`."""
    size, last = len(names), first
    while last < size:
        if names[last]:
            last += 1
        elif first < last < size - 1 and names[last + 1] and sentence.lower[last] in _JOINS:
            last += 2
        else:
            break
    return last


def _is_name(word: Word) -> bool:
    """Say whether a word is written as a name is: with a capital, or with one behind an article."""
    text = word.text
    if not text[0].isupper() and not (word.lower.startswith(_ARTICLES) and text.rpartition("-")[2][:1].isupper()):
        return False
    return word.lower not in _NO_NAMES


def _cue(sentence: Sentence, first: int, last: int) -> str:
    """Return what says that a name is a place's: a noun behind, in or before it, or a preposition; else ""."""
    lower = sentence.lower
    before = lower[first - 1] if first else ""
    if before in _TITLES or (last - first == 1 and sentence.words[first].text.isupper()):
        return ""
    if lower[last : last + 1] and lower[last] in _SITES:
        return "noun"
    if last - first > 1 and lower[last - 1] in _SITES:
        return "kind"
    if preposition(sentence, first) in _LOCATIVE:
        return "prep"
    return "of" if before == "of" and first > 1 and lower[first - 2] in PLACE_NOUNS else ""


def preposition(sentence: Sentence, first: int) -> str:
    """Return the preposition that governs a place's name, "none" where there is none; "direction of" for "north of"."""
    lower, words = sentence.lower, sentence.words
    for i in range(first - 1, max(-1, first - 8), -1):
        word = lower[i]
        if word in PREPOSITIONS:
            if word == "of" and i and lower[i - 1] in PLACE_NOUNS:
                continue
            if word == "of" and i and lower[i - 1] in _DIRECTIONS:
                return "direction of"
            return word
        if not (
            word in ("the", "a", "'s", ",", "its", "their", "this", "(", "-")
            or word in PLACE_NOUNS
            or word in MODIFIERS
            or words[i].text[:1].isupper()
            or word.endswith(("ern", "held", "controlled", "hit"))
        ):
            return "none" if i < first - 1 else f"w:{word}" if word in ("said", "told", "bound") else "none"
    return "start" if first <= 1 else "none"


def linked(between: Sequence[str]) -> bool:
    """Say whether nothing but "in the eastern province of" stands between two names."""
    return len(between) <= 5 and all(
        w in (",", "in", "of", "the", "'s", "(", "-") or w in PLACE_NOUNS or w in MODIFIERS for w in between
    )


def follow(sentence: Sentence, last: int) -> str:
    """Say what follows a name: its owner's mark, a party, a border, or nothing of note."""
    if last >= len(sentence.lower):
        return "end"
    word = sentence.lower[last]
    if word == "'s":
        return "owner"
    if word in ("border", "borders", "frontier", "boundary"):
        return "border"
    if word in PLACE_NOUNS or sentence.lower[last + 1 : last + 2] == ("camp",):
        return "noun"
    if word in ("based", "backed", "led", "born", "bound", "controlled"):
        return "adjective"
    if any(h.first == last for table in ("actors", "groups") for h in sentence.hits[table]):
        return "party"
    if sentence.words[last].text[:1].isupper():
        return "name"
    return "mark" if not word[0].isalnum() else "word"
