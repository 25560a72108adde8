"""Whether what a sentence of another language tells happened: said not to be, denied, planned, tried, long past."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.events.kinds import family
from geomap.language import words

if TYPE_CHECKING:
    from geomap.events.lexicon import Hit
    from geomap.foreign.reading import Line
    from geomap.model import Status

REACH = 7
"""How many words before a trigger a word of status stands at most."""

DENIED = 12
"""The same for a word of denial, which governs a clause."""

_STATUSES: tuple[tuple[str, Status], ...] = (
    ("denied", "denied"), ("historic", "historic"), ("threatened", "threatened"), ("attempted", "attempted"),
    ("hypothetical", "hypothetical"), ("planned", "planned"),
)  # fmt: skip

UNREPORTED = 4
"""The same for "no" before a word of reporting."""


def is_negated(line: Line, anchor: Hit) -> bool:
    """Say whether a sentence says that nothing was: "aucun combat", "no se registraron enfrentamientos"."""
    lower = [word.lower for word in line.words]
    reported = tuple(words(line.code, "reported"))
    for hit in line.hits["status"]:
        gap = anchor.first - hit.last
        told = bool(reported) and any(word.startswith(reported) for word in lower[hit.last : anchor.first])
        behind = lower[hit.first] in words(line.code, "negated_behind") and 0 <= hit.first - anchor.last <= UNREPORTED
        if hit.label == "negated" and behind:
            return True  # "zu Zusammenstößen kam es nicht"
        if hit.label == "negated" and 0 <= gap <= (UNREPORTED if told else 1):
            return True
    return False


def status_of(line: Line, anchor: Hit) -> Status:
    """Return the status of what a sentence tells, by the words around its trigger."""
    for label, status in _STATUSES:
        for hit in line.hits["status"]:
            if anchor.first <= hit.first and hit.last <= anchor.last and label == "attempted" == hit.label:
                if anchor.label == "armed_clash":
                    continue  # "repelled an attempt" is a fight
                return "attempted"
            ahead = hit.first - anchor.last
            behind = 0 <= ahead <= (REACH if label == "planned" else 1) and label in ("attempted", "planned")
            reach = DENIED if label == "denied" else REACH
            if hit.label == label and (behind or -1 <= anchor.first - hit.last <= reach):
                return status
    if anchor.label == "appeal":
        return "happened"
    alike = [h for h in line.hits["triggers"] if family(h.label) == family(anchor.label)]
    if any(h.label == "called" and -1 <= a.first - h.last <= REACH for h in line.hits["status"] for a in alike):
        return "planned" if family(anchor.label) == "demonstration" else "hypothetical"
    near = any(h.label == "ongoing" and abs(h.first - anchor.first) <= REACH for h in line.hits["status"])
    return "ongoing" if near else "happened"


def is_blame_denied(line: Line) -> bool:
    """Say whether a sentence denies who did it, not that it was done: "l'armée a nié toute responsabilité"."""
    blame = tuple(words(line.code, "responsibility"))
    denied = [hit for hit in line.hits["status"] if hit.label == "denied"]
    return bool(blame) and any(
        word.lower.startswith(blame) for hit in denied for word in line.words[max(0, hit.first - 2) : hit.last + REACH]
    )
