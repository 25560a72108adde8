"""Diplomacy, a layer apart: talks, summits, visits, appeals and sanctions of states and parties."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geomap import actors as who
from geomap import places
from geomap.model import ON_MAP
from geomap.telling import Telling, time_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from geomap.dates import TimeWords
    from geomap.lexicon import Hit
    from geomap.model import Document, Resolution
    from geomap.places import Site
    from geomap.reading import Sentence
    from geomap.status import Judgement

_STATECRAFT = frozenset(
    "president minister ministers envoy envoys ambassador ambassadors diplomat diplomats secretary leader leaders leadership "
    "negotiator negotiators mediator mediators chancellor king premier delegation delegations un u.n. nations union council "
    "government governments opposition coalition rebels kremlin chief foreign summit league nato sides parties officials".split()
)


def diplomacy(
    document: Document,
    sentence: Sentence,
    speaking: Sequence[Hit],
    judged: Mapping[Hit, Judgement],
    shares: Mapping[str, float],
    resolutions: Sequence[Resolution],
    times: Sequence[TimeWords],
    published: date | None,
    *,
    taken: Sequence[Telling],
) -> list[Telling]:
    """Return the diplomacy a sentence tells: meetings or measures of states or parties, where they have a place."""
    if not any(w in _STATECRAFT for w in sentence.lower):
        return []
    strong = [h for h in speaking if h.label != "appeal" and not judged[h].negated]
    if taken:
        clauses = {sentence.clauses[t.anchor.first] for t in taken}
        strong = [h for h in strong if sentence.clauses[h.first] not in clauses]
    if not strong and (taken or shares.get("diplomacy", 0.0) < 0.5):  # noqa: PLR2004 - likelier than not
        return []
    group = strong or [h for h in speaking if not judged[h].negated]
    if not group:
        return []
    scored = [(places.sites(sentence, h, resolutions), h) for h in group]
    found, anchor = max(scored, key=lambda p: (p[0][0].likelihood if p[0] else 0.0) - 0.01 * p[1].first)
    if not _placed(found) and shares.get("diplomacy", 0.0) < 0.5:  # noqa: PLR2004
        return []
    first = _spoken(document, sentence, anchor, group, judged[anchor], shares, found, times, published)
    other = _second(sentence, scored, first)
    if other is None:
        return [first]
    sites_found, hit = other
    judgement = judged[hit] if judged[hit].status not in ON_MAP else first.judgement
    later = [] if judgement.status in ("planned", "hypothetical") else times
    return [first, _spoken(document, sentence, hit, group, judgement, shares, sites_found, later, published)]


def _placed(found: Sequence[Site]) -> bool:
    return bool(found) and found[0].likelihood >= places.LIKELY and found[0].resolution.mention.kind == "place"


def _second(
    sentence: Sentence, scored: Sequence[tuple[list[Site], Hit]], first: Telling
) -> tuple[list[Site], Hit] | None:
    """Return a second meeting that a sentence names in another place: "meet in Paris to prepare talks in Geneva"."""
    for found, hit in scored:
        for n, site in enumerate(found):
            beside = 0 <= site.first - hit.last <= 2 or 0 <= hit.first - site.last <= 1  # noqa: PLR2004 - side by side
            if beside and hit.first != first.anchor.first and _is_elsewhere(site, first):
                return [replace(site, likelihood=max(site.likelihood, 0.6)), *found[:n], *found[n + 1 :]], hit
    return None


def _is_elsewhere(site: Site, first: Telling) -> bool:
    return (
        site.place is not None
        and site.resolution.mention.kind == "place"
        and bool(first.sites)
        and first.sites[0].place is not None
        and places.kilometres(site.place, first.sites[0].place) > 50  # noqa: PLR2004 - another city
    )


def _spoken(
    document: Document,
    sentence: Sentence,
    anchor: Hit,
    group: Sequence[Hit],
    judgement: Judgement,
    shares: Mapping[str, float],
    found: Sequence[Site],
    times: Sequence[TimeWords],
    published: date | None,
) -> Telling:
    """Return one telling of diplomacy; its parties are those of its own clause."""
    clause = sentence.clauses[anchor.first]
    inside = [i for i, c in enumerate(sentence.clauses) if c == clause]
    parties = who.parties(sentence, anchor, document.text, document.language, (inside[0], inside[-1] + 1))
    return Telling(
        sentence, anchor, tuple(group), anchor.label, shares, shares.get("diplomacy", 0.0), judgement, tuple(found),
        time_of(document, sentence, anchor, times, judgement, published),
        tuple(p for p in parties if p.kind != "Civilians"),
    )  # fmt: skip
