"""A corpus in numbers: its events, merged over documents, counted by week, kind, country, source and language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from geomap.errors import UsageError
from geomap.store import opened

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

BY: dict[str, str] = {
    "week": "SELECT date_trunc('week', start)::DATE AS value, {counts} FROM merged {real} GROUP BY 1 ORDER BY 1",
    "month": "SELECT date_trunc('month', start)::DATE AS value, {counts} FROM merged {real} GROUP BY 1 ORDER BY 1",
    "kind": "SELECT kind AS value, {counts} FROM merged {real} GROUP BY 1 ORDER BY 2 DESC, 1",
    "country": "SELECT country AS value, {counts} FROM merged {real} GROUP BY 1 ORDER BY 2 DESC, 1",
    "source": "SELECT source AS value, {counts} FROM told GROUP BY 1 ORDER BY 2 DESC, 1",
    "language": "SELECT language AS value, {counts} FROM told GROUP BY 1 ORDER BY 2 DESC, 1",
}
"""What events are counted by. An event that two sources tell counts for both of them."""

_REAL = "WHERE status IN ('happened', 'ongoing', 'attempted')"
_COUNTS = "count(*) AS events, sum(killed)::BIGINT AS killed"
_TOLD = f"""
    CREATE TEMP VIEW told AS
    SELECT DISTINCT source, language, merged, merged.killed
    FROM events JOIN merged USING (merged) {_REAL.replace("status", "merged.status")}
"""  # noqa: S608 - our own text


@dataclass(frozen=True, slots=True)
class Count:
    """How many events there are of one value, and how many they are said to have killed, None where none says."""

    by: str
    value: str | None
    events: int
    killed: int | None


def totals(folder: Path) -> dict[str, int]:
    """Return how much a corpus holds."""
    with opened(folder) as database:
        return {
            "documents": _one(database, "SELECT count(*) FROM documents"),
            "copies": _one(database, "SELECT count(*) FROM copies"),
            "failures": _one(database, "SELECT count(*) FROM failures"),
            "toponyms": _one(database, "SELECT count(*) FROM toponyms"),
            "reports": _one(database, "SELECT count(*) FROM events"),
            "events": _one(database, f"SELECT count(*) FROM merged {_REAL}"),  # noqa: S608 - our own text
        }


def counts(folder: Path, by: str) -> list[Count]:
    """Count what happened by one of `BY`. Raises `UsageError`."""
    if by not in BY:
        raise UsageError(f"Events are not counted by {by!r}. Choose one of: {', '.join(BY)}.")
    with opened(folder, scratch=True) as database:
        database.execute(_TOLD)
        rows = database.execute(BY[by].format(counts=_COUNTS, real=_REAL)).fetchall()
    return [Count(by, None if value is None else str(value), events, killed) for value, events, killed in rows]


def by_time_and_kind(folder: Path, unit: str) -> list[tuple[date, str, int]]:
    """Return (first day of a week, month or year, kind, events), for a chart of trends."""
    with opened(folder, scratch=True) as database:
        rows = database.execute(
            f"SELECT date_trunc($unit, start)::DATE, kind, count(*) FROM merged {_REAL} "  # noqa: S608 - our own text
            "AND start IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2",
            {"unit": unit},
        ).fetchall()
    return [(day, kind, number) for day, kind, number in rows]


def _one(database: Any, sql: str) -> int:  # noqa: ANN401 - a connection of a library that is optional
    return int((database.execute(sql).fetchone() or (0,))[0])
