"""Diplomacy, a layer apart: talks, summits, visits, appeals and sanctions of states and parties."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geomap.events import actors as who
from geomap.events import places
from geomap.events.kinds import DIPLOMACY
from geomap.events.telling import Page, Telling, ahead, time_of
from geomap.model import ON_MAP

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.events.lexicon import Hit
    from geomap.events.places import Site
    from geomap.events.predicates import Judgement

_STATECRAFT = frozenset(
    (
        "president minister ministers envoy envoys ambassador ambassadors diplomat diplomats secretary leader leaders "
        "leadership negotiator negotiators mediator mediators chancellor king premier delegation delegations un u.n. "
        "nations union council government governments opposition coalition rebels kremlin chief foreign summit league "
        "nato sides parties officials"
    ).split()
)
PLAIN = 0.5
"""From which likelihood on a sentence is of diplomacy without a meeting or measure in a place."""


def diplomacy(page: Page, taken: Sequence[Telling]) -> list[Telling]:
    """Return the diplomacy a sentence tells: meetings or measures of states or parties, where they have a place.

    `taken` are the conflicts it tells: what stands in their clauses is not told again.
    """
    sentence, judged = page.sentence, page.judged
    speaking = [h for h in judged if h.label in DIPLOMACY and not judged[h].negated]
    if not speaking or not any(w in _STATECRAFT for w in sentence.lower):
        return []
    plainly = page.shares.get("diplomacy", 0.0) >= PLAIN
    clauses = {sentence.clauses[t.anchor.first] for t in taken}
    strong = [h for h in speaking if h.label != "appeal" and sentence.clauses[h.first] not in clauses]
    if not strong and (taken or not plainly):
        return []
    scored = [(places.sites(sentence, h, page.resolutions), h) for h in strong or speaking]
    found, anchor = max(scored, key=lambda p: (p[0][0].likelihood if p[0] else 0.0) - 0.01 * p[1].first)
    if not _placed(found) and not plainly:
        return []
    first = _spoken(page, anchor, judged[anchor], found)
    other = _second(scored, first)
    if other is None:
        return [first]
    sites, hit = other
    judgement = judged[hit] if judged[hit].status not in ON_MAP else first.judgement
    if judgement.status in ("planned", "hypothetical"):
        page = replace(page, times=())
    return [first, _spoken(page, hit, judgement, sites)]


def _placed(found: Sequence[Site]) -> bool:
    return bool(found) and found[0].likelihood >= places.PLAUSIBLE and found[0].resolution.mention.kind == "place"


def _second(scored: Sequence[tuple[list[Site], Hit]], first: Telling) -> tuple[list[Site], Hit] | None:
    """Return a second meeting that a sentence names in another place: "meet in Paris to prepare talks in Geneva"."""
    for found, hit in scored:
        for n, site in enumerate(found):
            beside = 0 <= site.first - hit.last <= 2 or 0 <= hit.first - site.last <= 1
            if beside and hit.first != first.anchor.first and _is_elsewhere(site, first):
                return [replace(site, likelihood=max(site.likelihood, 0.6)), *found[:n], *found[n + 1 :]], hit
    return None


def _is_elsewhere(site: Site, first: Telling) -> bool:
    return (
        site.place is not None
        and site.resolution.mention.kind == "place"
        and bool(first.sites)
        and first.sites[0].place is not None
        and places.kilometres(site.place, first.sites[0].place) > 50
    )


def _spoken(page: Page, anchor: Hit, judgement: Judgement, found: Sequence[Site]) -> Telling:
    """Return one telling of diplomacy; its parties are those of its own clause."""
    sentence, document = page.sentence, page.document
    judgement = ahead(page, anchor, judgement)
    clause = sentence.clauses[anchor.first]
    inside = [i for i, c in enumerate(sentence.clauses) if c == clause]
    parties = who.parties(sentence, anchor, document.text, document.language, (inside[0], inside[-1] + 1))
    return Telling(
        sentence,
        anchor,
        (anchor,),
        anchor.label,
        page.shares,
        page.shares.get("diplomacy", 0.0),
        judgement,
        tuple(found),
        time_of(page, anchor, judgement),
        tuple(p for p in parties if p.kind != "Civilians"),
    )
