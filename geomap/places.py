"""Where: which of the places a sentence names is the event's, and how near the words put it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geomap.model import Where

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.lexicon import Hit
    from geomap.model import Precision, Resolution, Span
    from geomap.reading import Sentence

_AT = frozenset("in at near on inside outside into across around throughout of over along to from off".split())
_NEAR = frozenset("near outside around close vicinity outskirts north south east west northeast northwest southeast southwest kilometers km miles between".split())


@dataclass(frozen=True, slots=True)
class Site:
    """A resolved place in a sentence and how well it fits an event word; `why` is in a reader's words."""

    resolution: Resolution
    first: int
    last: int
    score: float
    why: tuple[str, ...] = ()


def sites(sentence: Sentence, anchor: Hit, resolutions: Sequence[Resolution]) -> list[Site]:
    """Return the places of a sentence by how well each fits as the place of the event word, best first."""
    found = []
    for resolution in resolutions:
        if resolution.place is None:
            continue
        first, last = sentence.at(resolution.mention.span.start), sentence.at(resolution.mention.span.end - 1) + 1
        score, why = _fit(sentence, anchor, first, last, resolution)
        found.append(Site(resolution, first, last, score, why))
    return sorted(found, key=lambda s: -s.score)


def _fit(sentence: Sentence, anchor: Hit, first: int, last: int, resolution: Resolution) -> tuple[float, tuple[str, ...]]:
    lower = sentence.lower
    why = []
    score = 0.0
    back = lower[max(0, first - 4) : first]
    if resolution.mention.kind == "demonym":
        score -= 1.5
        why.append("an adjective or people")
    elif any(w in _AT for w in back):
        score += 1.0
        why.append(f"after {next(w for w in reversed(back) if w in _AT)!r}")
    gap = anchor.first - last if last <= anchor.first else first - anchor.last
    score -= 0.04 * max(gap, 0)
    if sentence.clauses[min(first, len(lower) - 1)] == sentence.clauses[anchor.first]:
        score += 0.6
        why.append("in the same clause")
    if any(h.label == "speech" and h.first in (last, last + 1) for h in sentence.hits["status"]):
        score -= 2.0
        why.append("it speaks")
    feature = resolution.place.feature if resolution.place else ""
    if feature.startswith("A.PCL"):
        score -= 0.5
        why.append("a whole country")
    return score, tuple(why)


def where(sentence: Sentence, site: Site) -> Where:
    """Return the place as the model has it, with the precision the words around it mean."""
    place = site.resolution.place
    assert place is not None  # noqa: S101 - sites are made of resolved places only
    back = sentence.lower[max(0, site.first - 4) : site.first]
    precision: Precision = 1
    radius = place.radius_km
    if place.feature.startswith("A.PCL") or place.feature.startswith(("A.ADM1", "L.", "H.")):
        precision = 3
    elif place.feature.startswith("A.") or any(w in _NEAR for w in back):
        precision = 2
        radius = max(radius, 15.0)
    return Where(place, site.resolution.mention.span, precision, radius, round(site.resolution.confidence, 3))


def inside(sentence_span: Span, resolutions: Sequence[Resolution]) -> list[Resolution]:
    """Return the resolutions that stand in a sentence."""
    return [r for r in resolutions if sentence_span.holds(r.mention.span)]
