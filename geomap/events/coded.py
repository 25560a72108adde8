"""Which kind and status a sentence's event words make together, and which word speaks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.events.actors import IRREGULAR
from geomap.events.kinds import DEMONSTRATIONS, DIPLOMACY, GENERIC, TERRITORY, VIOLENCE, decide, family, kinds

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geomap.events.lexicon import Hit
    from geomap.events.predicates import Judgement
    from geomap.events.reading import Sentence
    from geomap.events.telling import Page
    from geomap.model import Actor

FAINT = 0.1
"""Below this the model has no opinion, and the rules decide."""
WEAPONS = frozenset(("chemical", "remote_explosive"))
SURE = 0.6
"""From which likelihood on the model names a kind that no event word of the sentence does."""


def is_armed(sentence: Sentence) -> bool:
    """Say whether a sentence names rebels, gunmen or an armed group."""
    return any(h.label in IRREGULAR for table in ("actors", "groups") for h in sentence.hits[table])


def hurts(sentence: Sentence) -> bool:
    """Say whether a sentence has a word of killing or wounding."""
    return any(h.label in ("killed", "wounded") for h in sentence.hits["tolls"])


def kind_of(
    points: Mapping[str, float], shares: Mapping[str, float], negated: frozenset[str] = frozenset()
) -> str | None:
    """Return the kind: the model's likeliest among those that words speak for, or one it is sure of.

    `negated` are the kinds that the sentence says were not.
    """
    book = kinds()
    rules = decide(points)
    if rules is not None and rules not in shares and rules not in DIPLOMACY:  # a kind the model has not met
        return rules
    fitting = {k: shares.get(k, 0.0) + 0.04 * points[k] for k in points if k in book and k not in DIPLOMACY}
    sure = max(((v, k) for k, v in shares.items() if k in book), default=(0.0, ""))
    unseen = sure[1] in WEAPONS and sure[1] not in points  # no weapon without a word of it
    if sure[0] >= SURE and sure[1] not in DIPLOMACY and not unseen and sure[1] not in negated:
        return sure[1]
    if not fitting:
        return None
    best = max(fitting, key=lambda k: fitting[k])
    return best if fitting[best] > FAINT else rules


def by_invader(page: Page, group: Sequence[Hit], parties: Sequence[Actor], key: str) -> str:
    """Return who took a place as ACLED has it: a foreign army that takes a town regains it for no government."""
    if key != "government_regains" or any(page.sentence.lower[h.first].startswith("re") for h in group):
        return key
    did = [a.span for a in parties if a.role == "source" and a.kind == "State forces" and a.span is not None]
    home = {r.place.country for r in page.resolutions if r.place and any(s.meets(r.mention.span) for s in did)}
    there = {r.place.country for r in page.resolutions if r.place and not any(s.meets(r.mention.span) for s in did)}
    return "group_overtakes" if home and there and not home & there else key


def outcome(page: Page, group: Sequence[Hit], points: Mapping[str, float], key: str) -> str:
    """Return the kind of what came of it: a fight that ends with a town entered, a curfew after people were killed."""
    sentence, judged = page.sentence, page.judged
    if key == "attack" and any(_is_between(sentence, h) or _is_met(sentence, h) for h in group):
        key = "armed_clash"  # who fights whom, whoever died of it
    if key in _LESSER and hurts(sentence) and any(h.label == "casualty" or h.label in VIOLENCE for h in group):
        key = max((k for k in points if k in VIOLENCE), key=lambda k: points[k], default="attack")
    if key in ("attack", "armed_clash", "remote_explosive") and page.climate.means:
        loose = all(h.label in GENERIC for h in group) and any(h.label != "casualty" for h in group)
        key = page.climate.means if loose and not is_armed(sentence) else key
    if key == "armed_clash":
        named = [sentence.at(r.mention.span.start) for r in page.resolutions]
        taken = (
            h
            for h in group
            if h.label in TERRITORY
            and judged[h].status == "happened"
            and (h.last - h.first > LONG or any(h.first <= i <= h.last + 1 for i in named))
        )
        return next((h.label for h in taken if sentence.lower[max(0, h.first - 1)] not in _FOR), key)
    measures = [sentence.lower[h.first] in _MEASURES for h in group if h.label == "other"]
    if key == "other" and hurts(sentence) and measures and all(measures):
        return max((k for k in points if k in VIOLENCE), key=lambda k: points[k], default=key)
    if key == "other" and measures and all(measures):
        return max((k for k in points if k in DEMONSTRATIONS), key=lambda k: points[k], default=key)
    return key


def _is_between(sentence: Sentence, hit: Hit) -> bool:
    """Say whether an event word is a fight between two parties."""
    return hit.label == "armed_clash" and sentence.lower[hit.last : hit.last + 1] in (("between",), ("with",))


def _is_met(sentence: Sentence, hit: Hit) -> bool:
    """Say whether an event word is a meeting of two armed sides: "gunned down in an encounter with police"."""
    met = bool(_MET & set(sentence.lower[hit.first : hit.last]))
    return hit.label == "armed_clash" and met and is_armed(sentence)


_LESSER = frozenset(("looting", "disrupted_weapons"))
"""Kinds that come second where the same people killed somebody: "killed two raiders and recovered three rifles"."""
_MET = frozenset("encounter encounters gunfight gunfights gunbattle shootout firefight skirmish skirmishes".split())
LONG = 2
"""How many words a phrase for a taking has that does not name what was taken."""
_MEASURES = frozenset(("curfew", "curfews", "state", "martial", "sirens"))
"""What follows upon violence, and is no event beside it."""
_FOR = frozenset(("for", "over", "to", "towards"))
"""What stands before a place that is only fought for: "clashes over control of"."""


def anchor_of(group: Sequence[Hit], key: str) -> Hit:
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


def status_of(
    judged: Mapping[Hit, Judgement], group: Sequence[Hit], anchor: Hit, key: str, *, harmed: bool
) -> Judgement:
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
