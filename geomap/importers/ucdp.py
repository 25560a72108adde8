"""UCDP's Georeferenced Event Dataset: https://ucdp.uu.se, its codebook's columns. CC BY 4.0."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazetteer.place import Place
from geomap.export.countries import by_name
from geomap.importers.made import NOWHERE, Row, actor, day, number, point, precision, toll, when, where
from geomap.model import Document, Event, Span

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geomap.model import Precision, Where

COLUMNS = frozenset({"type_of_violence", "side_a", "side_b", "latitude", "longitude", "date_start"})
"""The columns by which a file of UCDP's is known."""

_ONE_SIDED = 3
_PLACES: dict[int, Precision] = {1: 1, 2: 2}
_DAYS: dict[int, Precision] = {1: 1, 2: 2, 3: 2}
_FEATURES = {3: "A.ADM2", 4: "A.ADM1", 6: "A.PCLI", 7: "H.SEA"}


def read(row: Mapping[str, str], name: str) -> Row | None:
    """Make an event of a row: fighting is a battle, violence of one side is against civilians."""
    one_sided = number(row["type_of_violence"]) == _ONE_SIDED
    key, words = row.get("id") or row.get("relid") or "", row.get("source_article") or ""
    first, last = day(row["date_start"]), day(row.get("date_end") or "")
    title = row.get("source_headline") or None
    told = day(row["source_date"].split(";")[0]) if (row.get("source_date") or "").strip() else None
    document = Document(f"ucdp:{key}", words, title, told or last or first, "en", row.get("source_office") or name)
    kind, sub_kind = ("Violence against civilians", "Attack") if one_sided else ("Battles", "Armed clash")
    event = Event(
        f"ucdp:{key}", kind, sub_kind, "happened", document.id, Span(0, len(words)), NOWHERE,
        when(first, last, precision(row.get("date_prec"), _DAYS)),
        _where(row),
        actor(row["side_a"], "source", _kind(row["side_a"])) + actor(row["side_b"], "target", _kind(row["side_b"])),
        toll(number(row.get("best")), number(row.get("low")), number(row.get("high"))),
    )  # fmt: skip
    return Row(document, event)


def _where(row: Mapping[str, str]) -> Where | None:
    at = point(row["latitude"], row["longitude"])
    if at is None:
        return None
    land = by_name(row.get("country") or "")
    name = row.get("where_coordinates") or row.get("where_description") or ""
    feature = _FEATURES.get(number(row.get("where_prec")) or 0, "P.PPL")
    area = (row.get("adm_1") or "").removesuffix(" province") or None
    place = Place(-1, name, *at, land.iso2 if land else None, admin1_name=area, feature=feature, source="ucdp")
    return where(place, precision(row.get("where_prec"), _PLACES))


def _kind(side: str) -> str:
    if side.startswith("Government of"):
        return "State forces"
    return "Civilians" if side.strip().casefold() == "civilians" else "Rebel groups"
