"""Hold what the pipeline says of the gold dispatches against their annotations.

python tests/data/measure.py              the measures over the dispatches that are not held out
python tests/data/measure.py --verbose    with each difference
python tests/data/measure.py --held-out   the measures over those that are; never with --verbose

What is annotated, and how, is told in tests/data/gold/README.md.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gazetteer.distance import distance_km
from geomap.body import find_body
from geomap.model import ON_MAP, Document, Event, Resolution, Span
from geomap.pipeline import analyse, find
from geomap.resolve import resolve
from geomap.score.measures import CITY, NEAR

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from gazetteer import Gazetteer

DATA = Path(__file__).parent
Row = dict[str, Any]
VIOLENCE = {"Battles", "Explosions/Remote violence", "Violence against civilians"}
UNREST = {"Protests", "Riots", "Violence against civilians"}


def read(language: str = "") -> list[Row]:
    """Read the gold dispatches, in English or in the language asked for."""
    path = DATA / "gold" / language / "gold.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def as_document(row: Row) -> Document:
    """Return the document that a user would hand in."""
    published = date.fromisoformat(row["published"]) if row["published"] else None
    text = row["text"]
    return Document(row["id"], text, published=published, language=row["language"], body=find_body(text))


def meets(row: Row, span: Span) -> bool:
    """Say whether an annotated toponym and a span share a character."""
    return span.meets(Span(row["start"], row["end"]))


def toponyms(row: Row, resolutions: Iterable[Resolution], note: Callable[[str], None]) -> Counter[str]:
    """Count found and placed toponyms. Demonyms count for neither precision nor recall."""
    found = [r for r in resolutions if r.mention.kind == "place"]
    gold = [t for t in row["toponyms"] if t["kind"] == "place"]
    count = Counter(gold=len(gold))
    for toponym in gold:
        answer = next((r for r in found if meets(toponym, r.mention.span)), None)
        count["found"] += answer is not None
        if answer is None:
            note(f"toponym missed: {toponym['text']}")
        elif answer.place is None:
            note(f"toponym not placed: {toponym['text']}")
        else:
            place = answer.place
            km = distance_km(toponym["lat"], toponym["lon"], place.latitude, place.longitude)
            same = place.id == toponym["geonameid"]
            count["near"] += same or km <= NEAR
            count["placed"] += same or km <= CITY
            if not (same or km <= CITY):
                meant = f"{toponym['text']} is {toponym['name']}, {toponym['country']}"
                note(f"toponym wrong: {meant}; got {place.name}, {place.country}")
    for answer in found:
        right = any(meets(t, answer.mention.span) for t in row["toponyms"])
        count["answers"] += 1
        count["right"] += right
        if not right:
            note(f"toponym extra: {answer.mention.text}")
    return count


def alike(gold: Row, event: Event) -> bool:
    """Say whether an event may be the annotated one: same family of kind, told in the same words (or merged there)."""
    kinds = {gold["kind"], event.kind}
    family = len(kinds) == 1 or kinds <= VIOLENCE or kinds <= UNREST
    told = (event.evidence, *(report.evidence for report in event.also))
    return family and any(span.meets(Span(*gold["evidence"])) for span in told)


def likeness(gold: Row, event: Event) -> float:
    """Rank the events that may be the annotated one."""
    place = gold["place"]
    near = bool(place and event.where and apart(place, event) <= CITY)
    same_trigger = event.trigger.meets(Span(*gold["trigger"]))
    return 4 * near + 2 * (event.sub_kind == gold["sub_kind"]) + (event.kind == gold["kind"]) + same_trigger


def apart(place: Row, event: Event) -> float:
    """Return the kilometres between an annotated place and that of an event."""
    if event.where is None:
        return 99_999.0
    found = event.where.place
    if found.id == place["geonameid"]:
        return 0.0
    return distance_km(place["lat"], place["lon"], found.latitude, found.longitude)


def events(row: Row, found: Iterable[Event], note: Callable[[str], None]) -> Counter[str]:
    """Count events found, and found with the right kind, status, place, day and toll."""
    left, count = list(found), Counter()
    matched: list[Event] = []
    for gold in row["events"]:
        count["gold"] += 1
        conflict = gold["kind"] != "Diplomacy" and gold["status"] in ON_MAP
        count["gold conflict"] += conflict
        options = [event for event in left if alike(gold, event)]
        label = f"{gold['sub_kind']} ({gold['status']}) {row['text'][slice(*gold['trigger'])]!r}"
        if not options:
            note(f"event missed: {label}")
            _expect(gold, count)
            continue
        event = max(options, key=lambda e: likeness(gold, e))
        left.remove(event)
        matched.append(event)
        count["found"] += 1
        count["found conflict"] += conflict
        _expect(gold, count)
        _fields(gold, event, count, lambda text, label=label: note(f"event {label}: {text}"))  # type: ignore[misc]
    shown = [e for e in (*matched, *left) if e.on_map and e.kind != "Diplomacy"]
    count["shown"] = len(shown)
    for event in shown:
        right = event in matched or any(alike(gold, event) for gold in row["events"])
        count["shown right"] += right
        if not right:
            note(f"event extra: {event.sub_kind} {event.trigger.of(row['text'])!r}")
    return count


def _expect(gold: Row, count: Counter[str]) -> None:
    """Count the fields that an event ought to have right, found or not."""
    for name in ("kind", "sub-kind", "on map", "status"):
        count[f"of {name}"] += 1
    count["of place"] += gold["place"] is not None
    count["of day"] += gold["start"] is not None
    count["of killed"] += bool(gold["killed"] and gold["killed"]["low"])


def _fields(gold: Row, event: Event, count: Counter[str], note: Callable[[str], None]) -> None:
    _check(count, "kind", gold["kind"], event.kind, note)
    _check(count, "sub-kind", gold["sub_kind"], event.sub_kind, note)
    _check(count, "on map", gold["status"] in ON_MAP, event.status in ON_MAP, note)
    _check(count, "status", gold["status"], event.status, note)
    if gold["place"]:
        where = event.where.place.name if event.where else None
        near = apart(gold["place"], event) <= CITY
        _check(count, "place", gold["place"]["name"], gold["place"]["name"] if near else where, note)
    if gold["start"]:
        _check(count, "day", gold["start"], str(event.when.first) if event.when else None, note)
    killed = gold["killed"]
    if killed and killed["low"]:
        best = event.killed.best if event.killed else None
        high = killed["high"] or killed["low"]
        inside = best is not None and killed["low"] <= best <= high
        _check(count, "killed", killed["low"], killed["low"] if inside else best, note)
    elif event.killed and event.killed.low:
        count["killed wrongly"] += 1
        note(f"killed: none, got {event.killed.low}")


def _check(count: Counter[str], name: str, gold: object, got: object, note: Callable[[str], None]) -> None:
    count[name] += gold == got
    if gold != got:
        note(f"{name}: {gold}, got {got}")


def measure(rows: Iterable[Row], gazetteer: Gazetteer, *, verbose: bool = False) -> dict[str, float]:
    """Analyse the dispatches and return the measures, each a share of 1."""
    places: Counter[str] = Counter()
    happenings: Counter[str] = Counter()
    for row in rows:
        resolutions, found = analyse(as_document(row), gazetteer)
        lines: list[str] = []
        places += toponyms(row, resolutions, lines.append)
        happenings += events(row, found, lines.append)
        if verbose and lines:
            sys.stdout.write(f"{row['id']}\n" + "".join(f"    {line}\n" for line in lines))
    return _shares(places, happenings)


def sentences(held_out: bool) -> list[Row]:
    """Read the labelled sentences, those held out or the others."""
    lines = (DATA / "training" / "events.jsonl").read_text(encoding="utf-8").splitlines()
    return [row for row in map(json.loads, lines) if row["held_out"] == held_out]


def measure_sentences(rows: Iterable[Row], gazetteer: Gazetteer, *, verbose: bool = False) -> dict[str, float]:
    """Extract the event of each labelled sentence; return the measures, shares of the sentences that have it."""
    count: Counter[str] = Counter()
    for row in rows:
        published = date.fromisoformat(row["published"]) if row["published"] else None
        _, found = analyse(Document(row["id"], row["text"], published=published), gazetteer)
        lines: list[str] = []
        _sentence(row, found, count, lines.append)
        if verbose and lines:
            sys.stdout.write(f"{row['id']}: {row['text']}\n" + "".join(f"    {line}\n" for line in lines))
    names = [name for name in count if not name.startswith("of ")]
    return {f"sentences, {name}": count[name] / count[f"of {name}"] for name in sorted(names)}


def _sentence(row: Row, found: tuple[Event, ...], count: Counter[str], note: Callable[[str], None]) -> None:
    def check(name: str, right: bool, note_: str) -> None:
        count[f"of {name}"] += 1
        count[name] += right
        if not right:
            note(f"{name}: {note_}")

    if row["kind"] is None:
        shown = [f"{e.sub_kind} {e.trigger.of(row['text'])!r}" for e in found if e.on_map or e.where is None]
        check("none found where there is none", not shown, f"got {shown}")
        return
    event = max(found, key=lambda e: (e.sub_kind == row["sub_kind"], e.kind == row["kind"]), default=None)
    check("kind", event is not None and event.kind == row["kind"], f"{row['kind']}, got {event and event.kind}")
    check(
        "sub-kind",
        event is not None and event.sub_kind == row["sub_kind"],
        f"{row['sub_kind']}, got {event and event.sub_kind}",
    )
    check(
        "status", event is not None and event.status == row["status"], f"{row['status']}, got {event and event.status}"
    )
    check("on map or not", event is not None and (event.status in ON_MAP) == (row["status"] in ON_MAP), row["status"])
    if row["date"]:
        day = str(event.when.first) if event and event.when else None
        check("day", day == row["date"], f"{row['date']}, got {day}")
    if row["killed"]:
        killed = event.killed.best if event and event.killed else None
        check("killed", killed == row["killed"], f"{row['killed']}, got {killed}")
    else:
        check("no deaths where there are none", not any(e.killed and e.killed.low for e in found), "got some")
    if row["place"]:
        span = event.where.span if event and event.where else None
        start = row["text"].find(row["place"])
        right = span is not None and span.meets(Span(start, start + len(row["place"])))
        check("place", right, f"{row['place']}, got {span and span.of(row['text'])}")


def measure_passages(gazetteer: Gazetteer) -> dict[str, float]:
    """Find and place the toponyms of the held-out passages and return the measures, each a share of 1."""
    places: Counter[str] = Counter()
    lines = (DATA / "training" / "toponyms.jsonl").read_text(encoding="utf-8").splitlines()
    for row in (row for row in map(json.loads, lines) if row["held_out"]):
        published = date.fromisoformat(row["published"]) if row["published"] else None
        document = Document(row["doc_id"], row["text"], published=published)
        places += toponyms(row, resolve(document, find(document, gazetteer), gazetteer), lambda _: None)
    return _toponym_shares(places)


def _toponym_shares(places: Counter[str]) -> dict[str, float]:
    return {
        "toponyms, precision": places["right"] / max(1, places["answers"]),
        "toponyms, recall": places["found"] / max(1, places["gold"]),
        "toponyms, found and within 161 km": places["placed"] / max(1, places["gold"]),
        "toponyms, found and within 25 km": places["near"] / max(1, places["gold"]),
    }


def _shares(places: Counter[str], happenings: Counter[str]) -> dict[str, float]:
    fields = ("kind", "sub-kind", "on map", "status", "place", "day", "killed")
    shares = _toponym_shares(places) | {
        "events on the map, precision": happenings["shown right"] / max(1, happenings["shown"]),
        "events, recall": happenings["found"] / max(1, happenings["gold"]),
        "events of conflict, recall": happenings["found conflict"] / max(1, happenings["gold conflict"]),
    }
    return shares | {f"events with the right {f}": happenings[f] / max(1, happenings[f"of {f}"]) for f in fields}


def main() -> None:
    """Run from the command line."""
    from gazetteer import open_gazetteer

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--verbose", action="store_true", help="print each difference")
    parser.add_argument("--held-out", action="store_true", help="measure the held-out half, and print no difference")
    parser.add_argument("--language", default="", help="fr, es, ar, uk or ru instead of English")
    parser.add_argument("--sentences", action="store_true", help="the labelled sentences instead of the dispatches")
    parser.add_argument("--passages", action="store_true", help="the held-out training passages instead")
    asked = parser.parse_args()
    verbose = asked.verbose and not asked.held_out
    gazetteer = open_gazetteer()
    if asked.passages:
        shares = measure_passages(gazetteer)
    elif asked.sentences:
        shares = measure_sentences(sentences(asked.held_out), gazetteer, verbose=verbose)
    else:
        rows = [row for row in read(asked.language) if row["held_out"] == asked.held_out]
        shares = measure(rows, gazetteer, verbose=verbose)
    sys.stdout.write("".join(f"{share:6.3f}  {name}\n" for name, share in shares.items()))


if __name__ == "__main__":
    main()
