"""What one sentence tells: its event words brought together to at most a few tellings."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geomap.events import actors as who
from geomap.events import places, tolls
from geomap.events.climate import has_party, is_terse
from geomap.events.coded import anchor_of, by_invader, hurts, is_armed, kind_of, outcome, status_of
from geomap.events.diplomacy import diplomacy
from geomap.events.kinds import DEMONSTRATIONS, DIPLOMACY, GENERIC, TERRITORY, family, likely, weigh
from geomap.events.mention import is_mentioned, is_title
from geomap.events.numbers import persons
from geomap.events.owned import own_counts
from geomap.events.predicates import Judgement, is_past, looking_back
from geomap.events.scope import WARS
from geomap.events.share import by_days, executed, several, shared_out
from geomap.events.status import judge, said_of
from geomap.events.telling import Page, Telling, ahead, is_of_speech, long_past, time_of
from geomap.model import ON_MAP

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geomap.events.harm import Count
    from geomap.events.lexicon import Hit
    from geomap.events.reading import Sentence
    from geomap.model import Actor

GATE = 0.35
"""How likely conflict must be in a sentence for its event words to count."""
FLOOR = 0.4
"""How likely conflict is at least where a plain word of violence stands with victims or a day, and all is of that."""
DOUBTED = 0.65
"""How likely conflict must be where only loose words speak for it and others of accidents, sport or business."""
CARRIED = 0.8
"""How much of the conflict told before a sentence carries into it: "Four people died on Friday." after a blast."""


def tell(page: Page, context: float = 0.0) -> list[Telling]:
    """Return what a sentence tells, mostly nothing or one thing; `context` is how much conflict was told before."""
    sentence = page.sentence
    anchors = [h for h in sentence.hits["triggers"] if not _is_cause(sentence, h) and not _is_arrival(sentence, h)]
    if not anchors or is_title(sentence):
        return []
    words = _main(anchors, sentence.lower)
    shares = likely(sentence)
    conflict = _conflict(page, anchors, shares, context)
    fighting = conflict >= GATE and any(h.label not in DIPLOMACY for h in words)
    if not fighting and not any(h.label in DIPLOMACY for h in words):
        return []
    page = replace(page, shares=shares, conflict=conflict, judged=_judged(page, words), context=context)
    found = _conflicts(page, anchors) if fighting else []
    return [*found, *diplomacy(page, found)]


def _is_arrival(sentence: Sentence, hit: Hit) -> bool:
    """Say whether a place is only entered, by nobody who could take it: "a convoy of trucks entered the town"."""
    return hit.label in TERRITORY and sentence.lower[hit.first].startswith("enter") and not has_party(sentence)


def _aside(sentence: Sentence, anchors: Sequence[Hit]) -> frozenset[str]:
    """Return the kinds that only an arrival speaks for, or what a protest is about."""
    left = (h.label for h in sentence.hits["triggers"] if _is_arrival(sentence, h) or _is_cause(sentence, h))
    return frozenset(left) - {h.label for h in anchors}


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
    if (page.climate.sport or _is_private(page.sentence)) and not has_party(page.sentence):
        return 0.0
    if not violent:
        return max(conflict, FLOOR) if _is_coup(page.sentence, anchors) else conflict
    if any(h.label in _NOT_CONFLICT for h in page.sentence.hits["unrelated"]):
        loose = all(h.label in GENERIC for h in violent)
        riot = any(h.label in DEMONSTRATIONS and h.label != "peaceful_protest" for h in anchors)
        # "soldiers opened fire on a van of miners" is no accident
        if not riot and (loose or not has_party(page.sentence)):
            return conflict if conflict >= DOUBTED or not loose else 0.0
    labels = {h.label for h in violent}
    plain = bool(labels - {"casualty", "assault"}) or is_armed(page.sentence) or bool(_GRAVE & set(page.sentence.lower))
    plain = plain or any(family(h.label) == "demonstration" for h in anchors)
    plain = plain or (labels >= {"casualty", "assault"} and _has_place(page) and _is_counted(page))
    told = hurts(page.sentence) or any(t.first is not None and not t.since for t in page.times)
    told = told or (page.climate.bulletin and is_terse(page.sentence) and bool(page.resolutions))
    return max(conflict, CARRIED * context, FLOOR if plain and told else 0.0)


_TAKES_POWER = frozenset(
    "seized seize seizes seizing stage staged stages staging announce announced mount mounted launched overthrew "
    "overthrown toppled ousted".split()
)


def _is_coup(sentence: Sentence, anchors: Sequence[Hit]) -> bool:
    """Say whether soldiers take power: "officers said they had seized power", not "since the coup"."""
    takes = any(h.label == "other" and _TAKES_POWER & set(sentence.lower[h.first : h.last]) for h in anchors)
    return takes and has_party(sentence)


_GRAVE = frozenset("massacre massacres massacred assassinated assassination beheaded beheading lynched".split())
"""What is violence whoever did it."""


def _has_place(page: Page) -> bool:
    return any(r.mention.kind == "place" and r.place is not None for r in page.resolutions)


def _is_counted(page: Page) -> bool:
    """Say whether a sentence counts its dead: "a raid near Gao in June left 14 dead"."""
    lower = page.sentence.lower
    words = [h for h in page.sentence.hits["tolls"] if h.label == "killed"]
    return any(w in ("left", "killed", "killing", "leaving") for w in lower) and bool(words)


_NOT_CONFLICT = frozenset(("sport", "weather", "accident", "disease", "market", "culture"))


def _is_private(sentence: Sentence) -> bool:
    """Say whether a sentence tells of a quarrel among people who know each other."""
    return any(h.label == "private" for h in sentence.hits["unrelated"])


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
        and (not sentence.lower[hit.first].endswith("ed") or sentence.lower[hit.first - 1] in ("a", "an", "the"))
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
    sentence, code = page.sentence, page.document.language
    group = _live(page)
    if not group:
        return []
    parties = who.parties(sentence, group[0], page.document.text, code)
    key = _kind(page, anchors, group, parties)
    if key is None:
        return []
    anchor = anchor_of(group, key)
    counts = _counts(page)
    if _is_background(sentence, group, counts) or _is_natural(page, group, counts):
        return []
    then = looking_back(sentence, page.times, page.published)
    if all(c.word in then for c in counts) and is_mentioned(sentence, group):
        return []
    harmed = any(c.harm == "killed" and c.number.low for c in counts)
    judgement = ahead(page, anchor, status_of(page.judged, group, anchor, key, harmed=harmed))
    if judgement.negated:  # nobody came to harm in what has happened
        judgement = Judgement("happened", "")
    time = time_of(page, anchor, judgement, group)
    told = Telling(
        sentence,
        anchor,
        tuple(group),
        key,
        page.shares,
        page.conflict,
        long_past(page, judgement, time) if family(key) == "violence" else judgement,
        tuple(places.turned(sentence, places.sites(sentence, anchor, page.resolutions))),
        time,
        parties,
        own_counts(page, anchor, key, counts),
        is_of_speech(page, anchor, time),
    )
    deeds = executed(told)
    if len(deeds) > 1:
        return deeds
    shared = shared_out(told, code)
    dated = by_days(told, page.times) if len(shared) == 1 else shared
    return dated if len(dated) > 1 else several(told)


def _live(page: Page) -> list[Hit]:
    """Return the event words that a telling is made of: those of what happened, else of what was not denied."""
    sentence, judged = page.sentence, page.judged
    fighting = [h for h in judged if h.label not in DIPLOMACY]
    live = [h for h in fighting if judged[h].status in ON_MAP]
    if len(live) < len(fighting) and {sentence.lower[h.first] for h in live} <= _DYING:
        live = []  # "the officer who stormed the palace in 1985 died on Friday"
    group = live or [h for h in fighting if not judged[h].negated]
    return fighting if not group and _adds_nobody(page, fighting) else group


def _kind(page: Page, anchors: Sequence[Hit], group: Sequence[Hit], parties: Sequence[Actor]) -> str | None:
    """Return the kind of what some event words tell; None where they are of none."""
    sentence, chosen = page.sentence, {h.first for h in group}
    points = weigh(
        [a for a in anchors if a.label not in DIPLOMACY and a.first in chosen], sentence.hits["hints"], parties
    )
    key = kind_of(points, page.shares, _negated(page.judged) | _aside(sentence, anchors))
    if key in ("attack", "armed_clash") and {h.label for h in group} - {"casualty"} == {"explosion"}:
        key = "remote_explosive"  # "a blast tore through a police post": a bomb, whoever was hit
    return outcome(page, group, points, by_invader(page, group, parties, key)) if key is not None else None


def _counts(page: Page) -> list[Count]:
    """Return all the tolls that a sentence gives, those that a protest is about left out."""
    sentence = page.sentence
    causes = frozenset(h.first for h in sentence.hits["triggers"] if _is_cause(sentence, h))
    named = (r.mention.span for r in page.resolutions)
    places_ = frozenset(i for span in named for i in range(sentence.at(span.start), sentence.at(span.end)))
    return tolls.counts(sentence, page.document.language, [t.span for t in page.times], causes, places_)


def _negated(judged: Mapping[Hit, Judgement]) -> frozenset[str]:
    """Return the kinds that a sentence only says were not: "no one was arrested"."""
    labels = {h.label for h, j in judged.items() if not j.negated}
    return frozenset(h.label for h in judged if h.label not in labels)


def _is_background(sentence: Sentence, group: Sequence[Hit], counts: Sequence[Count]) -> bool:
    """Say whether a sentence tells nothing but the toll of a whole war or year."""
    dead = [c for c in counts if c.harm == "killed"]
    return (
        bool(dead)
        and all(c.cumulative and not c.update for c in dead)
        and all(h.label in ("casualty", "assault", "other") or sentence.lower[h.first] in WARS for h in group)
    )


_DYING = frozenset(("died", "dies", "die"))


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
