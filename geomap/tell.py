"""What one sentence tells: its event words brought together to at most a few tellings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap import actors as who
from geomap import places, tolls
from geomap.diplomacy import diplomacy
from geomap.kinds import DIPLOMACY, GENERIC, decide, family, kinds, likely, text_features, weigh
from geomap.model import ON_MAP
from geomap.status import Judgement, judge
from geomap.telling import Telling, time_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from geomap.dates import TimeWords
    from geomap.lexicon import Hit
    from geomap.model import Document, Resolution
    from geomap.reading import Sentence
    from geomap.tolls import Count

GATE = 0.35
"""How likely conflict must be in a sentence for its event words to count."""
FLOOR = 0.4
"""How likely conflict is at least where a plain word of violence stands with victims or a day, and nothing speaks of else."""
SURE = 0.6
"""From which likelihood on the model names a kind that no event word of the sentence does."""


def tell(
    document: Document,
    sentence: Sentence,
    resolutions: Sequence[Resolution],
    times: Sequence[TimeWords],
    published: date | None,
    context: float = 0.0,
) -> list[Telling]:
    """Return what a sentence tells; usually nothing or one thing. `context` is how much conflict was told just before."""
    anchors = [h for h in sentence.hits["triggers"] if not _is_cause(sentence, h)]
    if not anchors:
        return []
    shares = likely(text_features([sentence]))
    conflict = 1 - shares.get("none", 0.0) - shares.get("diplomacy", 0.0)
    elsewhere = any(h.label in _NOT_CONFLICT for h in sentence.hits["unrelated"])
    violent = [h for h in anchors if family(h.label) == "violence"]
    if violent and not elsewhere:
        conflict = max(conflict, 0.8 * context)  # "Four people died on Friday." after a blast
        plain = any(h.label not in ("casualty", "assault") for h in violent)
        if plain and (_hurts(sentence) or any(t.first is not None and not t.since for t in times)):
            conflict = max(conflict, FLOOR)
    judged = {h: judge(sentence, h, times, published) for h in _main(anchors)}
    found = []
    fighting = [h for h in judged if h.label not in DIPLOMACY]
    if fighting and conflict >= GATE:
        found += _conflicts(document, sentence, fighting, anchors, judged, shares, conflict, resolutions, times, published)
    speaking = [h for h in judged if h.label in DIPLOMACY]
    if speaking:
        found += diplomacy(document, sentence, speaking, judged, shares, resolutions, times, published, taken=found)
    return found


_NOT_CONFLICT = frozenset(("sport", "weather", "accident", "disease", "market", "culture"))


def _hurts(sentence: Sentence) -> bool:
    """Say whether a sentence has a word of killing or wounding."""
    return any(h.label in ("killed", "wounded") for h in sentence.hits["tolls"])


_CAUSES = frozenset("against over following after condemn condemning condemned demand demanding denounce denouncing marking mark mourn because about".split())


def _is_cause(sentence: Sentence, hit: Hit) -> bool:
    """Say whether an event word is only what a protest is about: "protested against the killing of a teacher"."""
    if family(hit.label) == "demonstration" or hit.label in DIPLOMACY:
        return False
    demonstrates = any(
        family(h.label) == "demonstration" and h.last <= hit.first for h in sentence.hits["triggers"]
    )
    return demonstrates and any(w in _CAUSES for w in sentence.lower[max(0, hit.first - 5) : hit.first]) and not (
        sentence.lower[hit.first].endswith("ed")
    )


def _main(anchors: Sequence[Hit]) -> list[Hit]:
    """Return one hit for each word, the longest phrase, with particular kinds before loose ones."""
    best: dict[int, Hit] = {}
    for hit in anchors:
        known = best.get(hit.first)
        if known is None or (hit.label not in GENERIC, hit.last) > (known.label not in GENERIC, known.last):
            best[hit.first] = hit
    return [best[first] for first in sorted(best)]


def _conflicts(
    document: Document,
    sentence: Sentence,
    fighting: Sequence[Hit],
    anchors: Sequence[Hit],
    judged: Mapping[Hit, Judgement],
    shares: Mapping[str, float],
    conflict: float,
    resolutions: Sequence[Resolution],
    times: Sequence[TimeWords],
    published: date | None,
) -> list[Telling]:
    live = [h for h in fighting if judged[h].status in ON_MAP]
    group = live or [h for h in fighting if not judged[h].negated]
    if not group:
        return []
    parties = who.parties(sentence, group[0], document.text, document.language)
    chosen = {h.first for h in group}
    points = weigh(sentence, [a for a in anchors if a.label not in DIPLOMACY and a.first in chosen], parties)
    key = _kind(points, shares)
    if key is None:
        return []
    anchor = _anchor(group, key)
    judgement = _status(judged, group, anchor, key)
    causes = frozenset(h.first for h in sentence.hits["triggers"] if _is_cause(sentence, h))
    counts = tolls.counts(sentence, document.language, [t.span for t in times], causes)
    if _is_background(group, counts):
        return []
    if family(key) == "demonstration":
        counts = [c for c in counts if not _is_aside(sentence, c)]
    places_found = tuple(places.sites(sentence, anchor, resolutions))
    first = Telling(
        sentence, anchor, tuple(group), key, shares, conflict, judgement, places_found,
        time_of(document, sentence, anchor, times, judgement, published), parties, tuple(counts), points,
    )  # fmt: skip
    return _shared_out(first, document, resolutions)


def _is_background(group: Sequence[Hit], counts: Sequence[Count]) -> bool:
    """Say whether a sentence tells nothing but the toll of a whole war or year."""
    dead = [c for c in counts if c.harm == "killed"]
    return bool(dead) and all(c.cumulative and not c.update for c in dead) and all(
        h.label in ("casualty", "assault") for h in group
    )


def _is_aside(sentence: Sentence, count: Count) -> bool:
    """Say whether a toll stands beside a protest only as what it is about: "justice for a man who was killed"."""
    if count.harm != "killed":
        return False
    clause = sentence.clauses[count.word]
    opens = next((w for w, c in zip(sentence.lower, sentence.clauses, strict=True) if c == clause), "")
    return opens in ("who", "whose", "that", "which", "following", "after") or count.number.low <= 2  # noqa: PLR2004


def _kind(points: Mapping[str, float], shares: Mapping[str, float]) -> str | None:
    """Return the kind: the model's likeliest among those that words speak for, or one it is sure of."""
    book = kinds()
    rules = decide(points)
    fitting = {k: shares.get(k, 0.0) + 0.04 * points[k] for k in points if k in book and k not in DIPLOMACY}
    sure = max(((v, k) for k, v in shares.items() if k in book), default=(0.0, ""))
    if sure[0] >= SURE and sure[1] not in DIPLOMACY:
        return sure[1]
    if not fitting:
        return None
    best = max(fitting, key=lambda k: fitting[k])
    return best if fitting[best] > 0.1 else rules  # noqa: PLR2004 - the model has no opinion


def _anchor(group: Sequence[Hit], key: str) -> Hit:
    """Return the event word that speaks for the kind, else the first one."""
    return next(
        (h for h in group if h.label == key),
        next((h for h in group if family(h.label) == family(key)), group[0]),
    )


def _status(judged: Mapping[Hit, Judgement], group: Sequence[Hit], anchor: Hit, key: str) -> Judgement:
    """Return the status of the event: that of its word; of a foiled thing, that it was tried."""
    judgement = judged[anchor]
    if judgement.status == "attempted" and key == "disrupted_weapons":
        return judgement
    settled = next((judged[h] for h in group if judged[h].status in ("happened", "ongoing")), None)
    if judgement.status == "attempted" and settled is not None and family(key) != "disrupted_weapons":
        return settled
    return judgement


def _shared_out(told: Telling, document: Document, resolutions: Sequence[Resolution]) -> list[Telling]:
    """Split a telling with a toll for each of several places: "six people in Baghdad and two in Mosul"."""
    killed = [c for c in told.counts if c.harm == "killed" and not c.cumulative]
    if not killed:
        return [told]
    spans = [(s, s.first) for s in sorted(told.sites, key=lambda s: s.first) if places.rank(s.place) >= 3]  # noqa: PLR2004
    lower = told.sentence.lower
    extra = [
        n
        for n in tolls.numbers(told.sentence, document.language)
        if n.first > killed[0].number.last and n.noun is None and lower[n.first - 1] in ("and", ",") and not n.subset
    ]
    parts = [killed[0].number, *extra]
    owned = []
    for number in parts:
        site = next((s for s, at in spans if number.last < at <= number.last + 4 and lower[at - 1] in ("in", "at", "near")), None)
        if site is not None:
            owned.append((number, site))
    if len(owned) < 2 or len({s.place.id for _, s in owned if s.place}) < 2:  # noqa: PLR2004 - two places make two events
        return [told]
    harm = killed[0]
    return [
        Telling(
            told.sentence, told.anchor, told.anchors, told.key, told.shares, told.conflict, told.judgement,
            (places.Site(site.resolution, site.first, site.last, 0.95, ("its own number stands beside it",)),),
            told.time, told.parties, (tolls.Count("killed", number, harm.word),), told.points,
        )
        for number, site in owned
    ]  # fmt: skip
