"""CSV with a row of HXL hashtags under its header, for humanitarian tools."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from geomap.export.flat import rows, write_csv

if TYPE_CHECKING:
    from geomap.export.cells import Cell
    from geomap.model import EventSet

TAGS: dict[str, str] = {
    "id": "#event+id",
    "kind": "#event+type",
    "sub_kind": "#event+subtype",
    "status": "#event+status",
    "start": "#date+event+start",
    "end": "#date+event+end",
    "time_precision": "#date+event+precision+num",
    "country": "#country+code+v_iso2",
    "country_name": "#country+name",
    "admin1": "#adm1+name",
    "place": "#loc+name",
    "latitude": "#geo+lat",
    "longitude": "#geo+lon",
    "geo_precision": "#geo+precision+num",
    "radius_km": "#geo+radius+km",
    "source_actor": "#group+source+name",
    "source_actor_kind": "#group+source+type",
    "target_actor": "#group+target+name",
    "target_actor_kind": "#group+target+type",
    "other_actors": "#group+other+name",
    **{
        f"{toll}_{part}": f"#affected+{tag}+{attribute}"
        for toll, tag in (
            ("killed", "killed"),
            ("wounded", "injured"),
            ("abducted", "abducted"),
            ("arrested", "detained"),
            ("displaced", "displaced"),
        )
        for part, attribute in (("low", "min"), ("high", "max"), ("best", "num"))
    },
    "confidence": "#event+confidence+num",
    "reports": "#meta+reports+num",
    "sources": "#meta+source",
    "published": "#date+published",
    "evidence": "#description+evidence",
}
"""The columns of the file and the hashtag of each."""


def write(events: EventSet, file: IO[str]) -> None:
    """Write every event under a header and its hashtags, formulas defused."""
    # A hashtag starts no formula, so the row of tags passes through the same door as the events.
    tags: dict[str, Cell] = dict(TAGS)
    chosen = ({name: row[name] for name in TAGS} for row in rows(events))
    write_csv(list(TAGS), (line for part in ((tags,), chosen) for line in part), file)
