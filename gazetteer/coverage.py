"""Measures what share of annotated places the gazetteer offers: `python -m gazetteer.coverage CORPORA`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gazetteer.cache import open_gazetteer
from gazetteer.distance import distance_km

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from gazetteer.place import Match
    from gazetteer.store import Gazetteer

NEAR_KM = 161.0
GOALS = {
    "lgl": 0.93, "trnews": 0.95, "gwn": 0.88, "geovirus": 0.86, "acled admin1": 0.97, "acled admin2": 0.92,
}  # fmt: skip


def main(corpora: str) -> None:
    """Print a line for each corpus: share offered, share with any candidate, mean candidates, the goal."""
    folder = Path(corpora)
    gazetteer = open_gazetteer()
    for name in ("lgl", "trnews", "gwn", "geovirus", "geocorpora"):
        report(name, offered(gazetteer, toponyms(folder / f"{name}.jsonl"), right))
    for level in ("admin1", "admin2"):
        report(
            f"acled {level}",
            offered(gazetteer, areas(folder / "events_acled_notes.jsonl", level), right_area),
        )


def lines(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the documents of a corpus."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def toponyms(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the annotated places that have coordinates, each time they occur."""
    for document in lines(path):
        for toponym in document["toponyms"]:
            if toponym["lat"] is not None:
                yield toponym["text"], toponym


def areas(path: Path, level: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the distinct areas of a level that ACLED's notes name, each with one of its events."""
    seen = {}
    for document in lines(path):
        for event in document["events"]:
            if event[level]:
                seen[event[level], event["country"]] = event
    for (name, _), event in seen.items():
        yield name, {**event, "level": level}


def right(match: Match, gold: dict[str, Any]) -> bool:
    """Say whether a candidate is the gold place or lies within 161 km of it."""
    place = match.place
    same = gold["geonameid"] is not None and place.id == int(gold["geonameid"])
    return same or distance_km(place.latitude, place.longitude, gold["lat"], gold["lon"]) <= NEAR_KM


def right_area(match: Match, event: dict[str, Any]) -> bool:
    """Say whether a candidate is an area that reaches the event, or a town near it that shares the area's name."""
    place = match.place
    reach = max(NEAR_KM, 2 * place.radius_km) if place.feature[0] == "A" else NEAR_KM
    return distance_km(place.latitude, place.longitude, event["lat"], event["lon"]) <= reach


def offered(
    gazetteer: Gazetteer,
    wanted: Iterator[tuple[str, dict[str, Any]]],
    test: Callable[[Match, dict[str, Any]], bool],
) -> tuple[int, int, int, int]:
    """Count how many were wanted, offered, had any candidate, and all candidates."""
    total = good = some = candidates = 0
    for name, gold in wanted:
        matches = gazetteer.lookup(name)
        total += 1
        some += bool(matches)
        candidates += len(matches)
        good += any(test(match, gold) for match in matches)
    return total, good, some, candidates


def report(name: str, counts: tuple[int, int, int, int]) -> None:
    """Print a line."""
    total, good, some, candidates = counts
    goal = GOALS.get(name)
    verdict = "" if goal is None else f"  goal {goal:.2f} {'reached' if good / total >= goal else 'MISSED'}"
    print(  # noqa: T201 - a measuring script prints its table
        f"{name:14} {total:6}  offered {good / total:.3f}  any {some / total:.3f}  "
        f"candidates {candidates / max(1, some):.1f}{verdict}"
    )


if __name__ == "__main__":
    main(sys.argv[1])
