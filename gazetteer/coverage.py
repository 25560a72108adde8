"""Measures what share of annotated places the gazetteer offers: `python -m gazetteer.coverage CORPORA`."""

from __future__ import annotations

import json
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gazetteer.cache import open_gazetteer
from gazetteer.distance import distance_km

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from gazetteer.place import Match
    from gazetteer.store import Gazetteer

    Wanted = tuple[str, dict[str, Any]]
    Test = Callable[[Match, dict[str, Any]], bool]
    Accept = Callable[[str, Match], bool]

NEAR_KM = 161.0
GOALS = {
    "lgl": 0.93, "trnews": 0.95, "gwn": 0.88, "geovirus": 0.86, "acled admin1": 0.97, "acled admin2": 0.92,
}  # fmt: skip


LAYERS = ("cities", "countries", "states", "continents", "areas", "former areas", "curated", "airports")
"""In this order the table adds them."""

CORPORA = ("lgl", "trnews", "gwn", "geovirus")
WAYS: dict[str, frozenset[str]] = {
    "as written": frozenset({"written"}),
    "+ one key": frozenset({"written", "exact"}),
    "+ codes, demonyms, historic": frozenset({"written", "exact", "code", "demonym", "historic"}),
    "+ articles and generic nouns": frozenset({"written", "exact", "code", "demonym", "historic", "stripped"}),
}


def main(corpora: str, *options: str) -> None:
    """Print a line for each corpus: share offered, share with any candidate, mean candidates, the goal.

    With `--layers` print what each layer and each way of matching adds instead.
    """
    folder = Path(corpora)
    gazetteer = open_gazetteer()
    wanted: dict[str, list[Wanted]] = {
        name: list(toponyms(folder / f"{name}.jsonl")) for name in (*CORPORA, "geocorpora")
    }
    tests: dict[str, Test] = dict.fromkeys(wanted, right)
    for level in ("admin1", "admin2"):
        wanted[f"acled {level}"] = list(areas(folder / "events_acled_notes.jsonl", level))
        tests[f"acled {level}"] = right_area
    if "--layers" in options:
        for title, accepted in steps().items():
            cells = (cell(gazetteer, wanted[name], tests[name], accepted) for name in wanted if name != "geocorpora")
            print(f"| {title} | {' | '.join(cells)} |")  # noqa: T201 - a measuring script prints its table
        return
    for name, named in wanted.items():
        report(name, offered(gazetteer, named, tests[name]))


def steps() -> dict[str, Accept]:
    """Return each row of the table: layers one after the other, then ways of matching one after the other."""
    found: dict[str, Accept] = {}
    for number, layer in enumerate(LAYERS):
        found[f"{'+ ' if number else ''}{layer}"] = partial(of_layer, frozenset(LAYERS[: number + 1]))
    for title, ways in WAYS.items():
        found[title] = partial(of_way, ways)
    return found


def of_layer(layers: frozenset[str], _name: str, match: Match) -> bool:
    """Say whether a candidate comes from one of these layers."""
    return match.place.source in layers


def of_way(ways: frozenset[str], name: str, match: Match) -> bool:
    """Say whether a candidate matched in one of these ways; "written" is to the letter."""
    return ("written" if match.how == "exact" and match.name == name else match.how) in ways


def cell(gazetteer: Gazetteer, wanted: list[Wanted], test: Test, accepted: Accept) -> str:
    """Return the percentage offered and the mean number of candidates, of those that are accepted."""
    good = some = candidates = 0
    for name, gold in wanted:
        matches = [match for match in gazetteer.lookup(name) if accepted(name, match)]
        some += bool(matches)
        candidates += len(matches)
        good += any(test(match, gold) for match in matches)
    return f"{100 * good / len(wanted):.1f} ({candidates / max(1, some):.1f})"


def lines(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the documents of a corpus."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def toponyms(path: Path) -> Iterator[Wanted]:
    """Yield the annotated places that have coordinates, each time they occur."""
    for document in lines(path):
        for toponym in document["toponyms"]:
            if toponym["lat"] is not None:
                yield toponym["text"], toponym


def areas(path: Path, level: str) -> Iterator[Wanted]:
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


def offered(gazetteer: Gazetteer, wanted: list[Wanted], test: Test) -> tuple[int, int, int, int]:
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
    main(*sys.argv[1:])
