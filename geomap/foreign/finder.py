"""Places in a text of another language: runs of words that the gazetteer knows, where nothing speaks against it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from geomap.language import language, languages, words
from geomap.model import Mention, Span
from geomap.segment import sentences, tokens

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gazetteer.place import Match
    from geomap.foreign.names import LocalGazetteer
    from geomap.model import Document
    from geomap.segment import Token

LONGEST = 4
PLAIN = 15_000
"""From so many people on a settlement needs no word beside it that speaks of a place."""

LARGE = 200_000
NOUN = 50_000
"""The same where every noun has a capital."""

UNCASED = 100_000
"""The same where a script has no capitals, and any word might be a name."""

_APOSTROPHES = "'’ʼ"


class Run(NamedTuple):
    """A run of tokens of a text, half-open, that may be a name."""

    text: str
    cut: Sequence[Token]
    first: int
    last: int


_CAPITALS = frozenset(("P.PPLC", "P.PPLA", "A.ADM1", "A.PCLI"))


def find(document: Document, gazetteer: LocalGazetteer, code: str) -> tuple[Mention, ...]:
    """Return the places and peoples that a document names."""
    small = {token.text for part in document.article for token in tokens(document.text, part) if token.text.islower()}
    found: list[Mention] = []
    for sentence in sentences(document.text, document.article):
        found += _in_sentence(document.text, tokens(document.text, sentence), gazetteer, code, small)
    return tuple(found)


def _in_sentence(
    text: str, cut: Sequence[Token], gazetteer: LocalGazetteer, code: str, small: set[str]
) -> Iterator[Mention]:
    at, ended = 0, -1
    while at < len(cut):
        step = 1
        fewest = _fewest(cut, at, ended, gazetteer, small)
        if fewest:
            for last in range(min(len(cut), at + 2 * LONGEST - 1), at + fewest - 1, -1):
                run = Run(text, cut, at, last)
                spelt = _region(run, gazetteer)
                name = spelt or _name(run, code)
                found = gazetteer.lookup(name) if name else []
                if name and not found and _is_named_so(cut, at, code) and (spelt := gazetteer.romanised(name)):
                    found = gazetteer.lookup(spelt)
                if found and _holds(run, found, gazetteer):
                    yield _mention(run, found, gazetteer, spelt)
                    step, ended = last - at, last
                    break
        at += step


def _region(run: Run, gazetteer: LocalGazetteer) -> str | None:
    """Return the region that an adjective stands for before a plural: "над Одеською та Миколаївською областями"."""
    _, cut, first, last = run
    word, code = cut[first].text, gazetteer.code
    if last - first > 1 or not word.endswith(tuple(_words(code, "adjectives"))):
        return None
    for token in cut[last : last + REGIONS]:
        noun = next((n for n in _words(code, "regions") if token.text.startswith(n[:-1])), None)
        if noun:
            return f"{word} {noun}"
        if token.text[0].islower() and token.text not in _words(code, "joint"):
            break
    return None


REGIONS = 8
"""How many words a region's adjective may stand before "oblasts"."""


def _name(run: Run, code: str) -> str | None:
    """Return the words as one name, None where a mark, a gap or a small last word cuts them."""
    text, cut, first, last = run
    if not cut[last - 1].text[0].isalpha() or (last - first > 1 and not _ends_name(cut, last - 1, code)):
        return None
    if last + 1 < len(cut) and cut[last].text in "-‐" and cut[last].start == cut[last - 1].end:
        after = cut[last + 1]
        if after.start == cut[last].end and after.text[0].islower() and len(after.text) <= LETTERS:
            return None  # "Masar-i-Scharif"
    goes_on = last < len(cut) and cut[last].text in _APOSTROPHES and cut[last].start == cut[last - 1].end
    if goes_on and _cased(cut, last) and not _suffix(cut, last, code):
        return None  # the word goes on behind it
    for before, after in zip(cut[first : last - 1], cut[first + 1 : last], strict=True):
        between = text[before.end : after.start]
        if between not in ("", " ") or (between == "" and not {before.text, after.text} & set("-'’‐")):
            return None
        if not after.text[0].isalpha() and after.text not in ("-", "'", "’", "‐"):
            return None
    return text[cut[first].start : cut[last - 1].end]


def _suffix(cut: Sequence[Token], last: int, code: str) -> str:
    """Return the ending that a mark parts from a name: "da" of "Diyarbakır'da"."""
    marked = last + 1 < len(cut) and cut[last].text in _words(code, "suffix_marks")
    return cut[last + 1].text if marked and cut[last].start == cut[last - 1].end else ""


def _ends_name(cut: Sequence[Token], at: int, code: str) -> bool:
    """Say whether a name may end with this token: a large word, the rest of one after an apostrophe, or "oblast"."""
    inside = at > 1 and cut[at - 1].text in _APOSTROPHES and cut[at - 2].end == cut[at - 1].start
    regions = tuple(noun[:-1] for noun in _words(code, "regions"))
    noun = cut[at].text in _words(code, "place_nouns") or (bool(regions) and cut[at].text.startswith(regions))
    return _is_large(cut[at].text) or inside or noun or cut[at].text in _words(code, "directions")


def _cased(cut: Sequence[Token], at: int) -> bool:
    """Say whether small letters follow the apostrophe at once, as within a word."""
    return at + 1 < len(cut) and cut[at + 1].start == cut[at].end and cut[at + 1].text[0].islower()


def _is_large(word: str) -> bool:
    """Say whether a word may end a name: it is capitalised, or its script knows no capitals."""
    return word[0].isupper() or not (word[0].isupper() or word[0].islower())


def _is_elided(cut: Sequence[Token], at: int) -> bool:
    """Say whether an apostrophe and a capital follow a letter: "N'Djamena"."""
    return at + 2 < len(cut) and cut[at + 1].text in _APOSTROPHES and cut[at + 2].text[0].isupper()


LETTERS = 3
"""So many capitals alone are an abbreviation."""


def _fewest(cut: Sequence[Token], at: int, ended: int, gazetteer: LocalGazetteer, small: set[str]) -> int:
    """Return how many tokens a name that begins here has at least, 0 where none may: a common word is none alone."""
    word = cut[at].text
    if not word[0].isalpha() or not _is_large(word) or (len(word) == 1 and word.isascii() and not _is_elided(cut, at)):
        return 0
    letters = word.isupper() and 1 < len(word) <= LETTERS and (at > 0 or not word.isascii())
    if letters and not gazetteer.own(word):
        return 0  # an authority's or a court's letters: "ОВА", "o STF"
    if at and cut[at - 1].text in "-‐" and cut[at - 1].end == cut[at].start and ended != at - 1:
        return 0  # the second half of a word, unless the first is a place: "l'axe Djibo-Bourzanga"
    lower, code = word.lower(), gazetteer.code
    begins = at == 0 or not any(token.text[0].isalnum() for token in cut[max(0, at - 1) : at])
    if _is_model(cut, at):
        return 0
    if lower in _common(code):  # "Norte de Santander"
        return 2
    return 0 if begins and lower in small else 1


def _is_named_so(cut: Sequence[Token], at: int, code: str) -> bool:
    """Say whether a word of place stands before a name: "близ селения Аки-Юрт"."""
    return at > 0 and cut[at - 1].text.lower() in _words(code, "place_nouns") and cut[at].text[0].isupper()


def _is_model(cut: Sequence[Token], at: int) -> bool:
    """Say whether a word is the beginning of a weapon's name: "Ка-52", "Су-25"."""
    return (
        at + 2 < len(cut)
        and cut[at + 1].text in "-‐"
        and cut[at + 2].text[0].isdecimal()
        and cut[at + 2].start == cut[at].end + 1
    )


def _agrees(cut: Sequence[Token], last: int, ending: str) -> bool:
    """Say whether a small adjective with the same ending follows: "штаб Южного военного округа"."""
    return bool(ending) and last < len(cut) and cut[last].text.islower() and cut[last].text.endswith(ending)


def _is_office(cut: Sequence[Token], first: int, code: str) -> bool:
    """Say whether a name is an office's or a square's: "Ministerio de Defensa", "Plaza de Armas"."""
    at = first - 1
    while at > 0 and cut[at].text.lower() in _words(code, "owning"):
        at -= 1
    return 0 <= at < first - 1 and cut[at].text.lower() in _words(code, "offices")


def _is_person(run: Run, gazetteer: LocalGazetteer, people: int) -> bool:
    """Say whether a name is a given one before a family's, or the end of a person's or an organisation's."""
    _, cut, first, last = run
    follows = cut[last].text if last < len(cut) else ""
    joined = last < len(cut) and cut[last].start == cut[last - 1].end + 1
    if last - first == 1 and joined and follows[0].isupper() and not gazetteer.lookup(follows):
        return True
    chain = [token.text[0].isupper() for token in cut[max(0, first - 3) : first - 1]]
    if len(chain) > 1 and all(chain) and cut[first - 1].text in _words(gazetteer.code, "owning") and people < LARGE:
        return True  # "Gabrielle Ferreira da Cunha"
    previous = cut[first - 1] if first else None
    near = previous is not None and previous.text[0].isupper() and previous.end + 1 == cut[first].start
    return near and people < LARGE


def _holds(run: Run, found: Sequence[Match], gazetteer: LocalGazetteer) -> bool:
    """Say whether a name that the gazetteer knows is one here, and no person's or common word."""
    _, cut, first, last = run
    code = gazetteer.code
    word = cut[first].text
    name = run.text[cut[first].start : cut[last - 1].end]
    if gazetteer.own(name):
        return True
    before = cut[first - 1].text.lower() if first else ""
    people = max(match.place.population for match in found)
    plain = gazetteer.form(name).casefold() in _common(code) or all(w.casefold() in _common(code) for w in name.split())
    plain = plain and (last - first == 1 or people < LARGE)  # "El Alto" is a city
    plain = plain or (last < len(cut) and cut[last].text in _words(code, "not_before"))
    adjective = next((a for a in _words(code, "adjectival") if word.endswith(a)), "")
    if plain or before in _never_before(code) or _agrees(cut, last, adjective) or _is_office(cut, first, code):
        return False
    spoken = before in _words(code, "locative") or before in _words(code, "place_nouns")
    spoken = spoken or any(word.startswith(prefix) for prefix in _words(code, "locative_prefixes"))
    after = cut[last].text if last < len(cut) else ""
    spoken = spoken or after in _words(code, "place_nouns_after")
    spoken = spoken or _suffix(cut, last, code) in _words(code, "locative_suffixes")
    cased = word[0].isupper() and not _words(code, "capital_nouns")  # German writes all nouns so
    plain_from = PLAIN if cased else NOUN if word[0].isupper() else UNCASED
    weighty = people >= plain_from or (cased and any(m.place.feature in _CAPITALS for m in found))
    begins = first == 0 or not cut[first - 1].text[0].isalnum()
    if begins and cased and word.lower() in _common(code):
        return people >= PLAIN  # "Port-au-Prince, le 3 mars", and no "Les Forces"
    owned = before in _words(code, "owning")  # "le départ de Laurent Gbagbo"
    if cased and (owned or not spoken) and _is_person(run, gazetteer, people):
        return False
    long = last - first > 1 and (cased or people >= 5_000)  # noqa: PLR2004 - a small town
    return spoken or weighty or long or (cased and not begins and people >= 1000)  # noqa: PLR2004 - a village in a dispatch


def _mention(run: Run, found: Sequence[Match], gazetteer: LocalGazetteer, spelt: str | None) -> Mention:
    text, cut, first, last = run
    start, end = cut[first].start, cut[last - 1].end
    form = gazetteer.form(text[start:end])
    joined = text[start:end].endswith(form) and form != text[start:end]  # Arabic writes "in" and "and" onto the name
    span = Span(end - len(form) if joined else start, end)
    kind = "demonym" if all(match.how == "demonym" for match in found) else "place"
    return Mention(span, spelt or span.of(text), kind, 0.8)  # type: ignore[arg-type] # the two words are of MentionKind


@cache
def _common(code: str) -> frozenset[str]:
    """Return the words that are no names: those listed, and all single words that the language file uses otherwise."""
    if code not in languages():
        return frozenset()
    own = language(code)
    listed = set(own.get("common", ()))
    listed |= {*own.get("place_nouns", ()), *own.get("not_after", ())}
    for table in ("numbers", "vague", "days", "months", "relative"):
        listed |= set(own.get(table, {}))
    for table in ("triggers", "status", "tolls", "actors", "bounds"):
        listed |= {phrase for phrases in own.get(table, {}).values() for phrase in phrases if phrase.isalpha()}
    return frozenset(listed)


def _never_before(code: str) -> frozenset[str]:
    """Return the words behind which a name is a street's, an organisation's or a person's."""
    return _words(code, "not_after") | _words(code, "titles")


def _words(code: str, table: str) -> frozenset[str]:
    return words(code, table) if code in languages() else frozenset()
