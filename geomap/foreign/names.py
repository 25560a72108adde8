"""The gazetteer, asked in another language: countries by their names there, and names without their endings."""

from __future__ import annotations

from collections import defaultdict
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from gazetteer.place import Match
from geomap.language import language, languages

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from gazetteer import Gazetteer
    from gazetteer.place import How

_CODE = 2
TOWN, TIMES = 5_000, 10
"""A name as it is written means a place of so many people, or else one without its ending if that has many times more:
Бучі is Bucha's locative, and a village abroad.
"""


class LocalGazetteer:
    """A gazetteer that also knows the names of one language; all else it leaves to the one it stands before."""

    def __init__(self, gazetteer: Gazetteer, code: str) -> None:
        self._gazetteer = gazetteer
        self.code = code
        self._cached = lru_cache(maxsize=8_192)(self._lookup)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the gazetteer has
        """Return what the gazetteer has."""
        return getattr(self._gazetteer, name)

    def lookup(self, name: str, *, countries: Collection[str] | None = None, loose: bool = False) -> list[Match]:
        """Return the places a name may mean: by the language's own table, as it stands, or without its ending."""
        _, found = self._cached(name)
        if countries is not None:
            found = [match for match in found if match.place.country in countries]
        return found or (self._gazetteer.lookup(name, countries=countries, loose=True) if loose else [])

    def own(self, name: str) -> list[Match]:
        """Return what the language's own table says of a name: a country, a region, a people."""
        key = name.casefold()
        for how, table in (("exact", _places(self.code)), ("demonym", _demonyms(self.code))):
            for form in (key, *variants(key, self.code)):
                target = table.get(form) or _by_prefix(form, table)
                if target is not None:
                    return self._targets(target, name, how)  # type: ignore[arg-type] # the two words are of How
        return []

    def form(self, name: str) -> str:
        """Return the form of a name that was found: the dictionary's."""
        return self._cached(name)[0]

    def _lookup(self, name: str) -> tuple[str, list[Match]]:
        found = self.own(name)
        if found:
            return name, found
        as_written = self._exact(name)
        most = _people(as_written)
        if most >= TOWN:
            return name, as_written
        known = [(form, found) for form in variants(name, self.code) if (found := self._exact(form))]
        form, found = max(known, key=lambda one: _people(one[1]), default=(name, as_written))
        return (form, found) if not as_written or _people(found) > TIMES * most + TOWN else (name, as_written)

    def _exact(self, name: str) -> list[Match]:
        return [match for match in self._gazetteer.lookup(name) if match.how in ("exact", "stripped")]

    def romanised(self, name: str) -> str | None:
        """Return the spelling in Latin letters that the gazetteer knows a name by, None where it knows none."""
        table = _raw(self.code, "roman")
        for form in (name, *variants(name, self.code)) if table else ():
            letters = "".join(table.get(letter, letter) for letter in form.lower())
            for spelt in (letters.title(), letters.capitalize()):
                if self._exact(spelt):
                    return spelt
        return None

    def _targets(self, target: str, name: str, how: How) -> list[Match]:
        if len(target) == _CODE and target.isupper():
            place = self._gazetteer.country(target)
            return [Match(place, how, name)] if place else []
        return [Match(match.place, how, name) for match in self._gazetteer.lookup(target) if match.how == "exact"]


def _people(matches: Collection[Match]) -> int:
    return max((match.place.population for match in matches), default=-1)


@cache
def localised(gazetteer: Gazetteer, code: str) -> LocalGazetteer:
    """Return the gazetteer as one asks it in a language."""
    return LocalGazetteer(gazetteer, code)


def variants(name: str, code: str) -> Iterator[str]:
    """Yield what a name may be without what the sentence does to it: case endings, articles, joined small words."""
    words = name.split(" ")
    if len(words) == 1:
        yield from _endings_of(name, code)
        yield from _unprefixed(name, code)
        return
    forms = [[word, *_endings_of(word, code)] for word in words]
    for last in forms[-1]:
        for first in forms[0]:
            if (first, last) != (words[0], words[-1]):
                yield " ".join((first, *words[1:-1], last))
    for prefixed in _unprefixed(words[0], code):
        yield " ".join((prefixed, *words[1:]))


def _endings_of(word: str, code: str) -> Iterator[str]:
    """Yield a word with each of its possible endings put into the dictionary's form, the longest ending first."""
    if "-" in word:
        head, _, tail = word.partition("-")
        for part in (head, *_endings_of(head, code)):
            for end in (tail, *_endings_of(tail, code)):
                if (part, end) != (head, tail):
                    yield f"{part}-{end}"
    shouted = word.isupper() and len(word) > 1
    lower = word.lower()
    for ending, replacements in _endings(code).items():
        if ending and lower.endswith(ending) and len(word) > len(ending):
            for replacement in replacements:
                made = word[: -len(ending)] + replacement
                yield made.upper() if shouted else made
    if shouted:
        yield word.capitalize()


def _unprefixed(word: str, code: str) -> Iterator[str]:
    for prefix, replacements in _prefixes(code).items():
        if word.startswith(prefix) and len(word) - len(prefix) > 1:
            for replacement in replacements:
                yield replacement + word[len(prefix) :]


def _by_prefix(key: str, table: Mapping[str, str]) -> str | None:
    """Return what a word's beginning means where the table says so: "росси*"."""
    if " " in key:
        return None
    return next((table[key[:n] + "*"] for n in range(len(key), 3, -1) if key[:n] + "*" in table), None)


@cache
def _places(code: str) -> Mapping[str, str]:
    return {**_countries().get(code, {}), **_table(code, "places")}


@cache
def _demonyms(code: str) -> Mapping[str, str]:
    return {form: target for target, forms in _raw(code, "demonyms").items() for form in forms}


def _table(code: str, name: str) -> dict[str, str]:
    return {form: target for target, forms in _raw(code, name).items() for form in forms}


def _raw(code: str, name: str) -> Mapping[str, Any]:
    return dict(language(code).get(name, {})) if code in languages() else {}


@cache
def _endings(code: str) -> Mapping[str, list[str]]:
    return dict(sorted(_raw(code, "endings").items(), key=lambda item: -len(item[0])))


@cache
def _prefixes(code: str) -> Mapping[str, list[str]]:
    return _raw(code, "prefixes")


@cache
def _countries() -> Mapping[str, Mapping[str, str]]:
    """Return the names of countries by language, in small letters."""
    text = files("geomap").joinpath("languages", "countries.tsv").read_text("utf-8")
    header, *rows = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for code, *names in rows:
        for language_code, name in zip(header[1:], names, strict=True):
            found[language_code][name.casefold()] = code
    return found
