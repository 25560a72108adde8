"""The country at stake: which one a text is about, and which one a sentence speaks of that names no town of its own.

A report is sent from one country about another. What speaks of a country: places in it, its adjective, the armed groups
at home there; the dateline is only where the reporter was.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from geomap.events.actors import IRREGULAR
from geomap.events.geography import rank
from geomap.homes import homes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geomap.events.reading import Sentence
    from geomap.events.scene import Scene
    from geomap.model import Document, Resolution

DEMONYM = 0.7
"""How much a country's adjective says of what a text is about, beside its name or a town's."""
GROUP = 0.6
"""And an armed group that is at home there."""
OUTVOTED = 2.0
"""How many times more than the dateline's country another must be spoken of, to be what a text is about."""


def votes_of(document: Document, resolutions: Sequence[Resolution]) -> dict[str, dict[str, float]]:
    """Return how much a document speaks of each country, by name, in all resolutions but its datelines and asides."""
    found: dict[str, dict[str, float]] = {}
    for r in resolutions:
        if r.place is None or r.place.country is None:
            continue
        names, name = found.setdefault(r.place.country, {}), r.mention.text.lower()
        names[name] = names.get(name, 0.0) + (DEMONYM if r.mention.kind == "demonym" else 1.0) * r.confidence
    for home in homes(document.text, document.article):
        names = found.setdefault(home.country, {})
        names[home.name] = names.get(home.name, 0.0) + GROUP
    return found


def leading(votes: Mapping[str, float], line: str | None) -> str | None:
    """Return the country most spoken of; the dateline's own where no other is spoken of far more."""
    country = max(votes, key=lambda c: (votes[c], c)) if votes else None
    if line is None or country is None:
        return country or line
    return country if votes[country] >= max(OUTVOTED * votes.get(line, 0.0), _ENOUGH) else line


_ENOUGH = 1.0
"""How much a country must be spoken of to outvote the dateline's at all."""


SAID = 0.5
"""How much what a sentence says of a country counts beside the share of all its text that speaks of it."""


def staked(sentence: Sentence, scene: Scene, resolutions: Sequence[Resolution]) -> str | None:
    """Return the country that a sentence without a place speaks of, by itself and by what its text is about."""
    own = at_stake(sentence, scene.document, resolutions)
    home = scene.home.country if scene.home is not None else None
    if not own:
        return home
    totals = scene.spoken
    whole = math.fsum(totals.values()) or 1.0
    points = {c: totals.get(c, 0.0) / whole + SAID * own.get(c, 0.0) for c in {*own, *totals}}
    if home is not None:
        points[home] = points.get(home, 0.0) + HOME
    return max(points, key=lambda c: (points[c], c == home, c))


HOME = 0.1
"""What the country a text is about has beyond its share."""


def at_stake(sentence: Sentence, document: Document, resolutions: Sequence[Resolution]) -> dict[str, float]:
    """Return how much a sentence itself speaks of each country, by its people, forces and groups."""
    found: dict[str, float] = {}
    for r in resolutions:
        if r.place is None or r.place.country is None or r.mention.kind != "demonym" or rank(r.place) > 1:
            continue
        last = sentence.at(r.mention.span.end - 1) + 1
        found[r.place.country] = found.get(r.place.country, 0.0) + _weight(sentence, last) * r.confidence
    for home in homes(document.text, (sentence.body,)):
        found[home.country] = found.get(home.country, 0.0) + 1.0
    return found


_LAND = frozenset(
    "soil territory territories land city cities town towns village villages capital province provinces side coast "
    "border countryside jungle jungles highway highways waters airspace war conflict".split()
)


def _weight(sentence: Sentence, last: int) -> float:
    """Return how much a country's adjective says of where something was, by the word behind it.

    Forces and rebels are at home; the victims that a report tells the country of are rather abroad.
    """
    if last < len(sentence.lower) and sentence.lower[last] in _LAND:
        return 1.5
    actor = next((h.label for h in sentence.hits["actors"] if h.first == last), "")
    return 1.0 if actor in IRREGULAR else 0.5 if actor == "State forces" else 0.1
