"""What one sentence tells: its event words brought together to at most a few tellings."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geomap.events import actors as who
from geomap.events import places, tolls
from geomap.events.climate import has_party, is_terse
from geomap.events.diplomacy import diplomacy
from geomap.events.kinds import DIPLOMACY, GENERIC, decide, family, kinds, likely, text_features, weigh
from geomap.events.mention import is_mentioned, is_title
from geomap.events.numbers import numbers, persons
from geomap.events.predicates import is_modal, is_past
from geomap.events.status import Judgement, judge, said_of
from geomap.events.telling import Page, Telling, ahead, long_past, time_of
from geomap.model import ON_MAP

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geomap.events.lexicon import Hit
    from geomap.events.places import Site
    from geomap.events.reading import Sentence
    from geomap.events.tolls import Count

GATE = 0.35
"""How likely conflict must be in a sentence for its event words to count."""
FLOOR = 0.4
"""How likely conflict is at least where a plain word of violence stands with victims or a day, and all is of that."""
FAINT = 0.1
"""Below this the model has no opinion, and the rules decide."""
FEW = 2
"""A toll this small beside a protest is rather what the protest is about."""
MANY = 5
"""More places than this in a row are a list, not the places of one event."""
BESIDE = 8.0
"""Kilometres within which two places are one."""
_SMALL = frozenset(("the", "in", "at", "on", "of", "town", "towns", "city", "village", "villages", "near", "a"))

WEAPONS = frozenset(("chemical", "remote_explosive"))
AREA = 3
"""From which rank on a place can be one of several that share a toll out: a town or a small area."""
REACH = 4
"""How many words a number may stand from the place it is of."""
DOUBTED = 0.65
"""How likely conflict must be where only loose words speak for it and others of accidents, sport or business."""
CARRIED = 0.8
"""How much of the conflict told before a sentence carries into it: "Four people died on Friday." after a blast."""
SURE = 0.6
"""From which likelihood on the model names a kind that no event word of the sentence does."""


def tell(page: Page, context: float = 0.0) -> list[Telling]:
    """Return what a sentence tells, mostly nothing or one thing; `context` is how much conflict was told before."""
    sentence = page.sentence
    anchors = [h for h in sentence.hits["triggers"] if not _is_cause(sentence, h)]
    if not anchors or is_title(sentence):
        return []
    shares = likely(text_features([sentence]))
    judged = _judged(page, _main(anchors, sentence.lower))
    conflict = _conflict(page, anchors, shares, context)
    page = replace(page, shares=shares, conflict=conflict, judged=judged, context=context)
    found = []
    if page.conflict >= GATE and any(h.label not in DIPLOMACY for h in judged):
        found += _conflicts(page, anchors)
    return [*found, *diplomacy(page, found)]


def _judged(page: Page, anchors: Sequence[Hit]) -> dict[Hit, Judgement]:
    """Return each event word with its status; a party ("gunmen") has that of what it does, or is said to do."""
    sentence = page.sentence
    doers = {h for h in anchors if h.last - h.first == 1 and sentence.lower[h.first] in persons(page.document.language)}
    found = {h: judge(sentence, h, page.times, page.published) for h in anchors}
    deeds = [h for h in anchors if h not in doers and h.label not in DIPLOMACY]
    for doer in doers:
        after = [h for h in deeds if h.first > doer.first]
        if after:
            found[doer] = next((found[h] for h in after if _is_of_subject(sentence, doer, h)), found[after[0]])
        elif found[doer].status in ON_MAP:
            found[doer] = said_of(sentence, doer) or found[doer]
    return found


def _is_of_subject(sentence: Sentence, doer: Hit, deed: Hit) -> bool:
    """Say whether a deed is a verb of the past: what a party did says more than what it wanted or said."""
    return is_past(sentence, deed) and sentence.lower[deed.first - 1] not in ("be", "been") and deed.first > doer.first


def _conflict(page: Page, anchors: Sequence[Hit], shares: Mapping[str, float], context: float) -> float:
    """Return how likely the sentence is of conflict: by the model, by what was told before, by plain words."""
    conflict = 1 - shares.get("none", 0.0) - shares.get("diplomacy", 0.0)
    violent = [h for h in anchors if family(h.label) == "violence"]
    if page.climate.sport and not has_party(page.sentence):
        return 0.0
    if not violent:
        return conflict
    if any(h.label in _NOT_CONFLICT for h in page.sentence.hits["unrelated"]):
        loose = all(h.label in GENERIC for h in violent)
        return conflict if conflict >= DOUBTED or not loose else 0.0
    plain = any(h.label not in ("casualty", "assault") for h in violent) or _is_armed(page.sentence)
    told = _hurts(page.sentence) or any(t.first is not None and not t.since for t in page.times)
    told = told or (page.climate.bulletin and is_terse(page.sentence) and bool(page.resolutions))
    return max(conflict, CARRIED * context, FLOOR if plain and told else 0.0)


_NOT_CONFLICT = frozenset(("sport", "weather", "accident", "disease", "market", "culture"))


_ARMED = frozenset(("Rebel groups", "Political militias", "Identity militias"))


def _is_armed(sentence: Sentence) -> bool:
    """Say whether a sentence names rebels, gunmen or an armed group."""
    return any(h.label in _ARMED for table in ("actors", "groups") for h in sentence.hits[table])


def _hurts(sentence: Sentence) -> bool:
    """Say whether a sentence has a word of killing or wounding."""
    return any(h.label in ("killed", "wounded") for h in sentence.hits["tolls"])


_CAUSES = frozenset(
    (
        "against over following after condemn condemning condemned demand demanding denounce denouncing "
        "marking mark mourn because about"
    ).split()
)


def _is_cause(sentence: Sentence, hit: Hit) -> bool:
    """Say whether an event word is only what a protest is about: "protested against the killing of a teacher"."""
    if family(hit.label) == "demonstration" or hit.label in DIPLOMACY:
        return False
    demonstrates = any(family(h.label) == "demonstration" and h.last <= hit.first for h in sentence.hits["triggers"])
    return (
        demonstrates
        and any(w in _CAUSES for w in sentence.lower[max(0, hit.first - 5) : hit.first])
        and not (sentence.lower[hit.first].endswith("ed"))
    )


_THOSE = frozenset(("injured", "wounded", "dead"))


def _main(anchors: Sequence[Hit], lower: Sequence[str]) -> list[Hit]:
    """Return one hit for each word, the longest phrase, with particular kinds before loose ones."""
    best: dict[int, Hit] = {}
    for hit in anchors:
        if (
            hit.label == "casualty"
            and lower[hit.first] in _THOSE
            and lower[max(0, hit.first - 1)] == "the"
            and (lower[hit.last : hit.last + 1] != ("at",))
        ):
            continue  # "the injured were taken to hospital" tells of no new harm
        known = best.get(hit.first)
        if known is None or (hit.label not in GENERIC, hit.last) > (known.label not in GENERIC, known.last):
            best[hit.first] = hit
    return [best[first] for first in sorted(best)]


def _conflicts(page: Page, anchors: Sequence[Hit]) -> list[Telling]:
    """Return the conflict a sentence tells: its event words together are one telling, unless places share them out."""
    sentence, judged, code = page.sentence, page.judged, page.document.language
    fighting = [h for h in judged if h.label not in DIPLOMACY]
    live = [h for h in fighting if judged[h].status in ON_MAP]
    if len(live) < len(fighting) and {sentence.lower[h.first] for h in live} <= _DYING:
        live = []  # "the officer who stormed the palace in 1985 died on Friday"
    group = live or [h for h in fighting if not judged[h].negated]
    if not group and _adds_nobody(page, fighting):
        group = fighting
    if not group:
        return []
    parties = who.parties(sentence, group[0], page.document.text, code)
    chosen = {h.first for h in group}
    points = weigh(
        [a for a in anchors if a.label not in DIPLOMACY and a.first in chosen], sentence.hits["hints"], parties
    )
    key = _kind(points, page.shares)
    if key is None:
        return []
    anchor = _anchor(group, key)
    causes = frozenset(h.first for h in sentence.hits["triggers"] if _is_cause(sentence, h))
    places_ = frozenset(
        i for r in page.resolutions for i in range(sentence.at(r.mention.span.start), sentence.at(r.mention.span.end))
    )  # fmt: skip
    counts = tolls.counts(sentence, code, [t.span for t in page.times], causes, places_)
    if _is_background(group, counts) or (not counts and is_mentioned(sentence, group)):
        return []
    if _is_natural(page, group, counts):
        return []
    harmed = any(c.harm == "killed" and c.number.low for c in counts)
    judgement = ahead(page, anchor, _status(judged, group, anchor, key, harmed=harmed))
    if judgement.negated:  # nobody came to harm in what has happened
        judgement = Judgement("happened", "")
    counts = [c for c in counts if not _is_charge(sentence, c) and not _is_unreal(sentence, judged, c)]
    if family(key) == "demonstration" and key != "excessive_force":
        counts = [c for c in counts if not _is_aside(sentence, c)]
    time = time_of(page, anchor, judgement, group)
    told = Telling(
        sentence,
        anchor,
        tuple(group),
        key,
        page.shares,
        page.conflict,
        long_past(page, judgement, time) if family(key) == "violence" else judgement,
        tuple(places.sites(sentence, anchor, page.resolutions)),
        time,
        parties,
        tuple(counts),
    )
    shared = _shared_out(told, code)
    return shared if len(shared) > 1 else _several(told)


def _is_background(group: Sequence[Hit], counts: Sequence[Count]) -> bool:
    """Say whether a sentence tells nothing but the toll of a whole war or year."""
    dead = [c for c in counts if c.harm == "killed"]
    return (
        bool(dead)
        and all(c.cumulative and not c.update for c in dead)
        and all(h.label in ("casualty", "assault") for h in group)
    )


_DYING = frozenset("died dies die death".split())


def _is_natural(page: Page, group: Sequence[Hit], counts: Sequence[Count]) -> bool:
    """Say whether a sentence only tells that somebody died: "the general died on Friday in Oslo"."""
    dead = {page.sentence.lower[h.first] for h in group}
    alone = all(c.number.first == c.number.last or (c.number.best or 0) < 2 for c in counts)
    return dead <= _DYING and alone and page.context <= GATE


def _adds_nobody(page: Page, anchors: Sequence[Hit]) -> bool:
    """Say whether a sentence only adds that nobody came to harm: "No one was hurt." after an attack."""
    sentence = page.sentence
    if not anchors or any(h.label != "casualty" for h in anchors) or page.resolutions or page.context <= GATE:
        return False
    counted = tolls.counts(sentence, page.document.language)
    return bool(counted) and not any(c.number.low or c.number.best for c in counted)


_UNREAL = frozenset(("planned", "threatened", "denied"))


def _is_unreal(sentence: Sentence, judged: Mapping[Hit, Judgement], count: Count) -> bool:
    """Say whether the casualty word of a toll tells what has not happened: "it would kill hundreds"."""
    before = range(max(0, count.word - 3), count.word)
    modal = any(is_modal(sentence, i) for i in before) and not any(sentence.lower[i] == "have" for i in before)
    return modal or any(h.first == count.word and j.status in _UNREAL for h, j in judged.items())


_CHARGED = frozenset("suspected accused charged wanted connection convicted blamed responsible".split())


def _is_charge(sentence: Sentence, count: Count) -> bool:
    """Say whether a toll is what somebody is held for: "arrested two men suspected of killing a journalist"."""
    before = sentence.lower[max(0, count.word - 5) : count.word]
    return bool(_CHARGED & set(before)) and any(w in ("of", "for", "over", "with", "in") for w in before[-3:])


def _is_aside(sentence: Sentence, count: Count) -> bool:
    """Say whether a toll stands beside a protest only as what it is about: "justice for a man who was killed"."""
    if count.harm != "killed":
        return False
    clause = sentence.clauses[count.word]
    opens = next((w for w, c in zip(sentence.lower, sentence.clauses, strict=True) if c == clause), "")
    return opens in ("who", "whose", "that", "which", "following", "after") or count.number.low <= FEW


def _kind(points: Mapping[str, float], shares: Mapping[str, float]) -> str | None:
    """Return the kind: the model's likeliest among those that words speak for, or one it is sure of."""
    book = kinds()
    rules = decide(points)
    if rules is not None and rules not in shares and rules not in DIPLOMACY:  # a kind the model has not met
        return rules
    fitting = {k: shares.get(k, 0.0) + 0.04 * points[k] for k in points if k in book and k not in DIPLOMACY}
    sure = max(((v, k) for k, v in shares.items() if k in book), default=(0.0, ""))
    unseen = sure[1] in WEAPONS and sure[1] not in points  # no weapon without a word of it
    if sure[0] >= SURE and sure[1] not in DIPLOMACY and not unseen:
        return sure[1]
    if not fitting:
        return None
    best = max(fitting, key=lambda k: fitting[k])
    return best if fitting[best] > FAINT else rules


def _anchor(group: Sequence[Hit], key: str) -> Hit:
    """Return the event word that speaks for the kind, else the first one."""
    return next(
        (h for h in group if h.label == key),
        next((h for h in group if family(h.label) == family(key)), group[0]),
    )


_WEAPON_WORDS = frozenset(("explosion", "remote_explosive"))
"""Kinds whose words may be things only: "a man with explosives who was plotting"."""


def _is_foiled(judgement: Judgement) -> bool:
    """Say whether what was tried came to nothing: intercepted, foiled, thwarted, shot down."""
    return judgement.cue.lower().startswith(("intercept", "foil", "thwart", "shot down", "avert", "failed to"))


def _status(judged: Mapping[Hit, Judgement], group: Sequence[Hit], anchor: Hit, key: str, *, harmed: bool) -> Judgement:
    """Return the status of the event: that of its word; of a foiled thing, that it was tried."""
    judgement = judged[anchor]
    if judgement.status == "attempted" and key == "disrupted_weapons":
        return judgement
    foiled = next((judged[h] for h in group if judged[h].status == "attempted" and _is_foiled(judged[h])), None)
    if foiled is not None and not harmed:
        return foiled
    settled = next(
        (judged[h] for h in group if judged[h].status in ("happened", "ongoing") and h.label not in _WEAPON_WORDS), None
    )
    if judgement.status == "attempted" and settled is not None and family(key) != "disrupted_weapons":
        return settled
    return judgement


def _several(told: Telling) -> list[Telling]:
    """Split a telling over coordinated places ("on Goris, Sotk and Jermuk"); its toll stays with the first."""
    best = told.own
    if best is None or best.place is None or places.rank(best.place) < AREA or told.judgement.status not in ON_MAP:
        return [told]
    group = _row(told, best)
    if not 1 < len(group) <= MANY or "between" in told.sentence.lower[max(0, group[0].first - 3) : group[0].first]:
        return [told]
    sites = [(replace(s, likelihood=max(s.likelihood, places.PLAUSIBLE)),) for s in group]
    return [replace(told, sites=s, counts=() if n else told.counts) for n, s in enumerate(sites)]


def _row(told: Telling, best: Site) -> list[Site]:
    """Return the places that stand in a row with the likeliest one, joined by commas and "and"."""
    ordered = sorted((s for s in told.sites if places.rank(s.place) >= AREA), key=lambda s: s.first)
    row: list[Site] = []
    for site in ordered:
        last = row[-1] if row else None
        if last is not None and site.first < last.last:
            continue
        between = () if last is None else told.sentence.lower[last.last : site.first]
        links = tuple(w for w in between if w not in _SMALL)
        joined = links in ((",",), ("and",), (",", "and"))
        if last is not None and (not joined or ("and" not in links and _is_near(site, row))):
            if best in row:
                break
            row = []
        row.append(site)
    return row if best in row else [best]


def _is_near(site: Site, group: Sequence[Site]) -> bool:
    """Say whether a place is in or beside one of a group: "Karrada, Baghdad" is one place."""
    return any(
        s.place is not None
        and site.place is not None
        and (
            places.contains(s.place, site.place)
            or places.contains(site.place, s.place)
            or places.kilometres(s.place, site.place) < BESIDE
        )
        for s in group
    )


def _shared_out(told: Telling, code: str) -> list[Telling]:
    """Split a telling with a toll for each of several places: "six people in Baghdad and two in Mosul"."""
    killed = [c for c in told.counts if c.harm == "killed" and not c.cumulative]
    if not killed:
        return [told]
    lower = told.sentence.lower
    towns = [s for s in sorted(told.sites, key=lambda s: s.first) if places.rank(s.place) >= AREA]
    extra = [
        n
        for n in numbers(told.sentence, code)
        if n.first > killed[0].number.last and n.noun is None and lower[n.first - 1] in ("and", ",") and not n.subset
    ]
    owned = []
    for number in (killed[0].number, *extra):
        site = next(
            (s for s in towns if 0 < s.first - number.last <= REACH and lower[s.first - 1] in ("in", "at", "near")),
            None,
        )
        if site is not None:
            owned.append((number, site))
    if len({s.place.id for _, s in owned if s.place}) < 2:
        return [told]
    return [
        replace(
            told,
            sites=(replace(site, likelihood=0.95, features=(), cue="its own number stands beside it"),),
            counts=(replace(killed[0], number=number),),
        )
        for number, site in owned
    ]
