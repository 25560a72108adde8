"""MUC-4: templates of terrorist incidents held against events, by the measures of the 1992 evaluation's slots.

Templates and events of a document are paired one to one, likeliest pairs first; a pair needs a type that fits. Optional
templates never count as missing. MUC leaves out clashes of guerrillas with the army, so precision is unfair to a reader
of all conflict: recall and the slots of what was paired say more.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from geomap.score.measures import share

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gazetteer import Gazetteer
    from geomap.model import Event, Toll

_TYPES = {
    "Abduction/forced disappearance": "KIDNAPPING",
    "Looting/property destruction": "ARSON",
    "Disrupted weapons use": "BOMBING",
    "Suicide bomb": "BOMBING",
    "Remote explosive/landmine/IED": "BOMBING",
    "Grenade": "BOMBING",
}
_KINDS = frozenset(("Battles", "Explosions/Remote violence", "Violence against civilians", "Riots"))
_STOP = frozenset("the a an of in and or members member group some unidentified".split())
_LATITUDE = timedelta(days=7)
"""How far back a date that the key gives only as "on or before" may lie."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An event as MUC has it."""

    type: str
    names: frozenset[str]
    day: str | None
    last: str | None
    killed: int | None
    injured: int | None
    perpetrators: tuple[str, ...]


def answer(event: Event, gazetteer: Gazetteer, text: str) -> Answer | None:
    """Return an event as MUC has it; None for what MUC has no template for."""
    if event.kind not in _KINDS and event.sub_kind not in _TYPES:
        return None
    if event.status not in ("happened", "ongoing", "attempted", "threatened"):
        return None
    names: set[str] = set()
    if event.where is not None:
        place = event.where.place
        named = [place.name, place.admin1_name or "", event.where.span.of(text) if event.where.span else ""]
        country = gazetteer.country(place.country) if place.country else None
        named.append(country.name if country else "")
        named += list(gazetteer.names(place.id)[:40])
        if place.admin2:
            second = gazetteer.admin(place.admin2)
            named.append(second.name if second else "")
        for name in named:
            for part in re.split(r":|,| - ", name):
                names |= {" ".join(_tokens(part)), " ".join(t for t in _tokens(part) if t not in _UNITS)}
    when = event.when
    return Answer(
        _TYPES.get(event.sub_kind, "ATTACK"),
        frozenset(n for n in names if n),
        when.first.isoformat() if when and when.first else None,
        when.last.isoformat() if when and when.last else None,
        _figure(event.killed),
        _figure(event.wounded),
        tuple(a.name for a in event.actors if a.role == "source"),
    )


_UNITS = frozenset("department province city municipality district region state departamento de provincia".split())


def _figure(toll: Toll | None) -> int | None:
    return None if toll is None else toll.best if toll.best is not None else toll.low


def _tokens(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9 ]", " ", re.sub(r"\([^)]*\)", "", plain)).split()


def score(gold: Sequence[Mapping[str, Any]], answers: Mapping[str, Sequence[Answer]]) -> dict[str, float]:
    """Return the measures over all documents."""
    c: Counter[str] = Counter()
    for row in gold:
        given = list(answers.get(row["doc_id"], ()))
        templates = row["events"]
        c["answers"] += len(given)
        pairs = _paired(templates, given)
        for i, template in enumerate(templates):
            if i not in pairs:
                c["required"] += not template["optional"]
                continue
            c["required"] += 1
            c["paired"] += 1
            _slots(template, given[pairs[i]], c)
    recall, precision = share(c["paired"], c["required"]), share(c["paired"], c["answers"])
    return {
        "template recall": recall,
        "template precision": precision,
        "country": share(c["country"], c["paired"]),
        "specific place": share(c["specific"], c["specific_of"]),
        "finest place": share(c["finest"], c["specific_of"]),
        "date": share(c["date"], c["date_of"]),
        "killed in range": share(c["killed"], c["killed_of"]),
        "spurious tolls": share(c["spurious"], c["no_killed"]),
        "injured in range": share(c["injured"], c["injured_of"]),
        "perpetrator": share(c["perpetrator"], c["perpetrator_of"]),
        "templates": c["required"],
        "events": c["answers"],
    }


def _paired(templates: Sequence[Mapping[str, Any]], given: Sequence[Answer]) -> dict[int, int]:
    ranked = sorted(
        ((likeness(t, a), not t["optional"], -i, -j) for i, t in enumerate(templates) for j, a in enumerate(given)),
        reverse=True,
    )
    pairs: dict[int, int] = {}
    for value, _, i, j in ranked:
        if value > 0 and -i not in pairs and -j not in pairs.values():
            pairs[-i] = -j
    return pairs


def likeness(template: Mapping[str, Any], given: Answer) -> float:
    """Return how alike a template and an event are; 0 where their types do not fit."""
    types = set(template["type"])
    fit = 1.0 if given.type in types else 0.5 if given.type == "ATTACK" or "ATTACK" in types else 0.0
    if not fit:
        return 0.0
    country, specific, finest, _ = _places(template, given)
    return (
        2 * fit + 0.5 * country + specific + finest + 0.5 * bool(_dated(template, given))
        + bool(_within(template["killed"], given.killed)) + bool(_perpetrated(template, given))
    )  # fmt: skip


def _places(template: Mapping[str, Any], given: Answer) -> tuple[bool, bool, bool, bool]:
    best, named = (False, False, False), False
    for location in template["location"]:
        chain = [" ".join(_tokens(part["name"])) for part in location["chain"]]
        below = chain[1:]
        named = named or bool(below)
        right = (
            chain[0] in given.names,
            any(part in given.names for part in below),
            bool(below) and below[-1] in given.names,
        )
        best = max(best, right)
    return (*best, named)


def _dated(template: Mapping[str, Any], given: Answer) -> bool | None:
    if given.day is None:
        return None
    for interval in template["date"]:
        if interval.get("default"):
            last = date.fromisoformat(interval["end"])
            if (last - _LATITUDE).isoformat() <= given.day <= interval["end"]:
                return True
        elif (interval["start"] or "") <= given.day <= (interval["end"] or "9"):
            return True
    return False


def _within(interval: Mapping[str, Any] | None, value: int | None) -> bool | None:
    if interval is None:
        return None
    return value is not None and value >= interval["min"] and (interval["max"] is None or value <= interval["max"])


def _perpetrated(template: Mapping[str, Any], given: Answer) -> bool | None:
    gold = [alt for x in template["perp_individual"] + template["perp_org"] for alt in x["alts"]]
    if not gold:
        return None
    said = [set(_tokens(p)) - _STOP for p in given.perpetrators]
    return any((set(_tokens(alt)) - _STOP) & words for alt in gold for words in said)


def _slots(template: Mapping[str, Any], given: Answer, c: Counter[str]) -> None:
    country, specific, finest, named = _places(template, given)
    c["country"] += country
    if named:
        c["specific_of"] += 1
        c["specific"] += specific
        c["finest"] += finest
    if template["date"]:
        c["date_of"] += 1
        c["date"] += bool(_dated(template, given))
    for slot, value in (("killed", given.killed), ("injured", given.injured)):
        right = _within(template[slot], value)
        if right is not None:
            c[f"{slot}_of"] += 1
            c[slot] += right
    if template["killed"] is None:
        c["no_killed"] += 1
        c["spurious"] += bool(given.killed)
    right = _perpetrated(template, given)
    if right is not None:
        c["perpetrator_of"] += 1
        c["perpetrator"] += right
