"""Spells names out into the rows that the file keeps: each name's key, what is left of it stripped, its skeleton."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazetteer.names import bare_key, bones, keys, undotted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gazetteer.entry import Entry
    from gazetteer.place import How

    Name = tuple[str, How]
    Named = tuple[int, str, str, str | None, Iterable[Name]]
    Spelling = tuple[str, int, int, str | None]
    Bone = tuple[int, int]

HOWS: tuple[How, ...] = ("exact", "code", "demonym", "historic", "stripped")
"""The ways of matching that the file stores, by the number it stores them as."""

NUMBER: dict[How, int] = {how: number for number, how in enumerate(HOWS)}
CODE = NUMBER["code"]
STRIPPED = NUMBER["stripped"]

LATIN = frozenset(
    "US CA MX GT BZ SV HN NI CR PA CU HT DO JM BS TT GY SR GF CO VE EC PE BO BR PY UY AR CL PR "
    "AU NZ PG FJ GB IE IS NO SE FI DK EE LV LT PL CZ SK HU RO SI HR AT CH DE NL BE LU FR ES PT IT MT".split()
)
"""Countries whose names are written in Latin letters at home: nobody transliterates them, so they get no skeletons."""


def spell(entries: Iterable[Entry]) -> tuple[list[Spelling], list[Bone]]:
    """Return the rows of places' names, their own first, and of their skeletons."""
    return spell_names(
        [
            (entry.place.id, entry.place.name, entry.place.feature, entry.place.country, entry.names)
            for entry in entries
        ],
        own=True,
    )


def spell_names(named: Sequence[Named], *, own: bool) -> tuple[list[Spelling], list[Bone]]:
    """Return the rows of names that go with an id, a place's own name, its feature and its country.

    The place's own name is among them only if asked for.
    """
    texts: list[str] = []
    for _, name, _, _, others in named:
        if own:
            texts.append(name)
        texts += [text for text, how in others if how != "code"]
    folded = iter(keys(texts))
    spellings: list[Spelling] = []
    skeletons: list[Bone] = []
    for identity, name, feature, country, others in named:
        seen = {""}
        bare: dict[str, str] = {}
        exact: list[str] = []
        for text, how in ((name, "exact"), *others) if own else others:
            if how == "code":
                spellings.append((undotted(text), CODE, identity, text))
                continue
            found = next(folded)
            if found in seen:
                continue
            seen.add(found)
            spellings.append((found, NUMBER[how], identity, None if text == name else text))
            if how == "exact":
                exact.append(found)
                short = bare_key(found, feature)
                if short != found and short not in bare:
                    bare[short] = text
        spellings += [(short, STRIPPED, identity, text) for short, text in bare.items() if short not in seen]
        if country and country not in LATIN:
            skeletons += [(number, identity) for number in {bones(found) for found in exact} if number]
    return spellings, skeletons
