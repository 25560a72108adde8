"""How well events are told: each annotated corpus of events and its own measures.

`score(path, gazetteer)` knows a corpus by its name and returns measure -> figure, in the order they are to be read.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from geomap.day import read_day
from geomap.errors import MissingInput, UsageError
from geomap.events.kinds import kinds
from geomap.events.places import kilometres
from geomap.learn.events_places import anchored, is_held_out
from geomap.model import ON_MAP, Document, Event, Span
from geomap.score import muc
from geomap.score.measures import CITY, NEAR, share

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from gazetteer import Gazetteer
    from geomap.model import Resolution

Row = dict[str, Any]
Figures = dict[str, float]

_REMARK = re.compile(r"\b(?:arbitrarily |events? )?coded (?:as|to)\b|\bsplit (?:across|between|over)\b")
"""Coders' remarks in notes ("coded as 3"): a reader without their convention cannot follow them."""


def score(path: Path, gazetteer: Gazetteer, *, limit: int | None = None) -> Figures:
    """Hold what geomap tells of a corpus against its annotations; `limit` takes every n-th row to get that many."""
    if not path.is_file():
        raise MissingInput(f"There is no corpus at {path}. Give a .jsonl file of annotated events.")
    measure = next((f for name, f in CORPORA.items() if path.stem.startswith(name)), None)
    if measure is None:
        raise UsageError(
            f"{path.name} is no corpus of events known here. Its name begins with one of: {', '.join(CORPORA)}."
        )
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    step = max(1, len(rows) // limit) if limit else 1
    return measure(rows[::step], gazetteer)


def told(
    row: Row, gazetteer: Gazetteer, *, text: str = "text", dated: bool = True
) -> tuple[Document, tuple[Event, ...]]:
    """Return a row as a document, and the events of it."""
    from geomap.body import find_body
    from geomap.pipeline import analyse

    whole = row.get(text) or row["text"]
    body = find_body(whole) if len(whole) > 1500 else ()
    document = Document(row["doc_id"], whole, published=read_day(row.get("date")) if dated else None, body=body)
    return document, analyse(document, gazetteer)[1]


def live(events: Iterable[Event]) -> list[Event]:
    """Return the conflict events that happened, go on or were tried."""
    return [e for e in events if e.kind != "Diplomacy" and e.status in ON_MAP]


def weighted_f1(pairs: Sequence[tuple[str, str | None]]) -> float:
    """Return the F1 of the labels in the gold, weighted by how often each is there."""
    gold, said = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    right = Counter(a for a, b in pairs if a == b)
    return share(sum(n * 2 * right[k] / (n + said[k]) for k, n in gold.items()), len(pairs))


def muc4(rows: Sequence[Row], gazetteer: Gazetteer) -> Figures:
    """Score reports with MUC-4's templates, in guessed case where the corpus has it."""
    answers = {}
    for row in rows:
        document, events = told(row, gazetteer, text="text_truecased")
        answers[row["doc_id"]] = [a for e in events if (a := muc.answer(e, gazetteer, document.text)) is not None]
    return muc.score(rows, answers)


def case2021(rows: Sequence[Row], gazetteer: Gazetteer) -> Figures:
    """Score snippets with an ACLED sub-event type, or none."""
    pairs: list[tuple[str, str | None]] = []
    refused = others = same = 0
    book = {k.name: k.kind for k in kinds().values()}
    for row in rows:
        gold = row["events"][0]
        found = live(told(row, gazetteer)[1])
        said = max(found, key=lambda e: e.confidence).sub_kind if found else None
        if gold["in_acled"]:
            pairs.append((gold["sub_type"], said))
            same += said is not None and book[said] == book[gold["sub_type"]]
        else:
            others += 1
            refused += said is None
    return {
        "sub-type weighted F1": weighted_f1(pairs),
        "sub-type accuracy": share(sum(a == b for a, b in pairs), len(pairs)),
        "event type accuracy": share(same, len(pairs)),
        "others rejected": share(refused, others),
        "snippets": len(rows),
    }


def acled(rows: Sequence[Row], gazetteer: Gazetteer) -> Figures:
    """Score analysts' notes of one event each: kind, deaths and place; those with coders' remarks are left out."""
    from gazetteer.place import Place

    pairs: list[tuple[str, str | None]] = []
    c: Counter[str] = Counter()
    for row in rows:
        if _REMARK.search(row["text"]):
            c["remarks"] += 1
            continue
        gold = row["events"][0]
        events = told(row, gazetteer, dated=False)[1]
        conflict = [e for e in events if e.kind != "Diplomacy"]
        best = next(iter(live(events) or conflict), None)
        c["n"] += 1
        c["type"] += best is not None and best.kind == gold["type"]
        pairs.append((gold["sub_type"], best.sub_kind if best else None))
        dead = max((e.killed.best or e.killed.low for e in live(events) if e.killed), default=0)
        c["deadly" if gold["killed"] else "harmless"] += 1
        c["deaths"] += bool(gold["killed"]) and dead == gold["killed"]
        c["false"] += not gold["killed"] and dead > 0
        if best is not None and best.where is not None:
            at = Place(0, "", gold["lat"], gold["lon"])
            far = kilometres(best.where.place, at)
            c["near"] += far <= NEAR
            c["city"] += far <= CITY
    return {
        "event type accuracy": share(c["type"], c["n"]),
        "sub-type weighted F1": weighted_f1(pairs),
        "deaths exact": share(c["deaths"], c["deadly"]),
        "false deaths": share(c["false"], c["harmless"]),
        "within 25 km": share(c["near"], c["n"]),
        "within 161 km": share(c["city"], c["n"]),
        "notes": c["n"],
        "notes left out": c["remarks"],
    }


def glocon(rows: Sequence[Row], gazetteer: Gazetteer) -> Figures:
    """Score ordinary news: how many documents without a protest give one, and how many with one do."""
    c: Counter[str] = Counter()
    for row in rows:
        found = live(told(row, gazetteer)[1])
        protest = any(e.kind in ("Protests", "Riots") for e in found)
        if row["events"]:
            c["with"] += 1
            c["found"] += protest
        else:
            c["without"] += 1
            c["false"] += protest
            c["any"] += bool(found)
    return {
        "false protests or riots": share(c["false"], c["without"]),
        "protests found": share(c["found"], c["with"]),
        "documents with any conflict": share(c["any"], c["without"]),
        "documents": len(rows),
    }


def eventloc(rows: Sequence[Row], gazetteer: Gazetteer) -> Figures:
    """Score the linking of verbs to places on the fifth that was never trained on."""
    from geomap.events import places
    from geomap.pipeline import find
    from geomap.resolve import resolve

    c: Counter[str] = Counter()
    for row in rows:
        if not is_held_out(row["text"]):
            continue
        document = Document(row["doc_id"], row["text"])
        gold_event = row["events"][0]
        found = anchored(document, Span(*gold_event["trigger_span"]))
        if found is None:
            continue
        sentence, verb = found
        named: list[Resolution] = places.inside(sentence.span, resolve(document, find(document, gazetteer), gazetteer))
        sites = places.sites(sentence, verb, named)
        best = sites[0].resolution.mention.span if sites and sites[0].likelihood >= places.LIKELY else None
        gold = [Span(*s) for s in gold_event["location_spans"]]
        c["gold"] += bool(gold)
        c["said"] += best is not None
        c["right"] += best is not None and any(best.meets(g) for g in gold)
        c["reachable"] += any(site.resolution.mention.span.meets(g) for site in sites for g in gold)
        c["empty"] += not gold
        c["left empty"] += not gold and best is None
    return {
        "precision": share(c["right"], c["said"]),
        "recall": share(c["right"], c["gold"]),
        "recall of what is seen to be a place": share(c["right"], c["reachable"]),
        "rightly no place": share(c["left empty"], c["empty"]),
        "verbs": c["gold"] + c["empty"],
    }


def hardcases(rows: Sequence[Row], gazetteer: Gazetteer) -> Figures:
    """Score the hard sentences, strictly: every field that is given, nothing that must not be."""
    passed: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for row in rows:
        document, events = told(row, gazetteer)
        total[row["category"]] += 1
        passed[row["category"]] += not faults(row, document, events)
    return {
        "passed": share(sum(passed.values()), sum(total.values())),
        **{name: share(passed[name], n) for name, n in sorted(total.items())},
        "sentences": sum(total.values()),
    }


def faults(row: Row, document: Document, events: Sequence[Event]) -> list[str]:
    """Return what is wrong with the events of a hard sentence, in words; nothing when it passes."""
    shown = live(events)
    if not row["events"]:
        return [f"{e.sub_kind} where there is none" for e in shown if e.kind != "Protests"]
    wrong: list[str] = []
    left = list(events)
    for gold in row["events"]:
        tries = [(_misses(gold, e, document), e) for e in left]
        if not tries:
            wrong.append(f"nothing for {gold}")
            continue
        misses, best = min(tries, key=lambda t: len(t[0]))
        wrong += misses
        left.remove(best)
    wrong += [f"{e.sub_kind} besides" for e in live(left)]
    return wrong


_ACCEPTED = {"Explosions/Remote violence": ("Explosions/Remote violence", "Battles")}
"""Shelling in a battle may be coded as either."""


def _misses(gold: Row, event: Event, document: Document) -> list[str]:
    found = []
    if "type" in gold and event.kind not in _ACCEPTED.get(gold["type"], (gold["type"],)):
        found.append(f"kind {event.kind}, not {gold['type']}")
    elif gold.get("sub_type") and event.sub_kind != gold["sub_type"] and event.kind == gold.get("type"):
        found.append(f"{event.sub_kind}, not {gold['sub_type']}")
    if gold.get("status") and event.status != gold["status"]:
        found.append(f"status {event.status}, not {gold['status']}")
    first = event.when.first.isoformat() if event.when and event.when.first else None
    if gold.get("date") and first != gold["date"]:
        found.append(f"day {first}, not {gold['date']}")
    found += _misplaced(gold, event, document)
    found += _miscounted(gold, event)
    return found


def _misplaced(gold: Row, event: Event, document: Document) -> list[str]:
    named = ""
    if event.where is not None:
        words = event.where.span.of(document.text) if event.where.span else ""
        named = f"{words} {event.where.place.name}"
    if any(bad in named for bad in gold.get("not_location", ())):
        return [f"place {named}, which it is not"]
    wanted = gold.get("location_text")
    if wanted and wanted != "opposition-held areas" and wanted not in named:
        return [f"place {named or None}, not {wanted}"]
    if gold.get("geo_precision") and (event.where is None or event.where.precision != gold["geo_precision"]):
        return [f"precision {event.where and event.where.precision}, not {gold['geo_precision']}"]
    return []


def _miscounted(gold: Row, event: Event) -> list[str]:
    dead = event.killed
    best = 0 if dead is None else dead.best if dead.best is not None else dead.low
    found = []
    if "killed" in gold and best != gold["killed"]:
        found.append(f"killed {best}, not {gold['killed']}")
    if "killed_min" in gold and (dead is None or dead.low != gold["killed_min"]):
        found.append(f"killed from {dead and dead.low}, not {gold['killed_min']}")
    if "killed_max" in gold and (dead is None or dead.high != gold["killed_max"]):
        found.append(f"killed to {dead and dead.high}, not {gold['killed_max']}")
    hurt = event.wounded.best if event.wounded else 0
    if "injured" in gold and hurt != gold["injured"]:
        found.append(f"wounded {hurt}, not {gold['injured']}")
    if "casualties" in gold and best == gold["casualties"]:
        found.append("killed or wounded taken for killed")
    return found


CORPORA: dict[str, Callable[[Sequence[Row], Gazetteer], Figures]] = {
    "events_muc4": muc4,
    "events_case2021": case2021,
    "events_acled": acled,
    "events_glocon": glocon,
    "events_eventloc": eventloc,
    "events_hardcases": hardcases,
}
"""The corpora of events there are measures for, by how their files are named."""
