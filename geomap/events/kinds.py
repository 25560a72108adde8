"""What: the kinds of the code book, and which of them the words of a sentence weigh up to."""

from __future__ import annotations

import json
import math
import tomllib
from collections import defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from struct import Struct
from typing import TYPE_CHECKING

from geomap.events.actors import ARMED, mentions, sides
from geomap.finders.clusters import clusters

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geomap.events.lexicon import Hit
    from geomap.events.reading import Sentence
    from geomap.model import Actor

TRIGGER, HINT = 2.0, 1.0
GENERIC = frozenset(("assault", "explosion", "casualty"))
"""Event words whose kind the words around them decide."""

DEMONSTRATIONS = frozenset(("peaceful_protest", "protest_intervention", "excessive_force", "violent_demonstration"))
VIOLENCE = frozenset(
    "armed_clash government_regains group_overtakes chemical air_strike suicide_bomb shelling remote_explosive grenade "
    "sexual_violence attack abduction mob_violence assault explosion casualty".split()
)
DIPLOMACY = frozenset(("talks", "summit", "visit", "appeal", "sanctions", "rupture"))


@dataclass(frozen=True, slots=True)
class Kind:
    """A sub-event type of the code book."""

    key: str
    kind: str
    name: str
    disorder: tuple[str, ...]
    rank: int
    cameo: str
    plover: str


@cache
def kinds() -> Mapping[str, Kind]:
    """Return the code book by key."""
    table = tomllib.loads(files("geomap.events").joinpath("kinds.toml").read_text("utf-8"))
    return {
        key: Kind(key, row["kind"], row["name"], tuple(row["disorder"]), row["rank"], row["cameo"], row["plover"])
        for key, row in table.items()
    }


@cache
def key_of(name: str) -> str:
    """Return the key of the kind that events bear as their sub-kind; a name that no kind has is its own."""
    return _keys().get(name, name)


@cache
def _keys() -> Mapping[str, str]:
    return {kind.name: kind.key for kind in reversed(tuple(kinds().values()))}


GROWN = ("peaceful_protest", "protest_intervention", "violent_demonstration", "excessive_force")
"""What a protest may grow to, in order: what is told of it later outdoes what came first."""


def family(key: str) -> str:
    """Return what a key may be told together with: violence, demonstrations, diplomacy, or only itself."""
    if key in VIOLENCE:
        return "violence"
    if key in DEMONSTRATIONS:
        return "demonstration"
    if key in DIPLOMACY:
        return "diplomacy"
    return key


REMOTE = frozenset("chemical air_strike suicide_bomb shelling remote_explosive grenade".split())
TERRITORY = frozenset(("group_overtakes", "government_regains"))
_NO_KIN = {
    "abduction": REMOTE | TERRITORY,
    "sexual_violence": VIOLENCE - {"sexual_violence", "attack", "abduction", "casualty", "assault"},
}
"""Kinds of one family that are still never told of one event: nobody is kidnapped by a shell."""


def alike(one: str, other: str) -> bool:
    """Say whether two kinds can be told of the same event."""
    return family(one) == family(other) and other not in _NO_KIN.get(one, ()) and one not in _NO_KIN.get(other, ())


def weigh(anchors: Sequence[Hit], hints: Sequence[Hit], actors: Sequence[Actor]) -> dict[str, float]:
    """Return what each kind weighs by the event words and hints of a sentence."""
    points: dict[str, float] = defaultdict(float)
    for hit in _distinct(anchors):
        points[hit.label] += TRIGGER + 0.3 * (hit.last - hit.first - 1)
    families = {family(h.label) for h in anchors}
    for hit in _distinct(hints):
        if family(hit.label) in families or hit.label in points:
            points[hit.label] += HINT
    return _settled(points, actors)


def _distinct(hits: Sequence[Hit]) -> list[Hit]:
    """Count a word once for each label, its longest phrase."""
    kept: dict[tuple[str, int], Hit] = {}
    for hit in hits:
        key = (hit.label, hit.first)
        if key not in kept or kept[key].last < hit.last:
            kept[key] = hit
    return list(kept.values())


def _settled(points: dict[str, float], actors: Sequence[Actor]) -> dict[str, float]:
    """Give the event words that are nobody's yet to the kind that actors and company make of them."""
    did, bore = sides(actors)
    everyone = {a.kind for a in actors}
    armed = everyone & ARMED
    taken = max(points.get("group_overtakes", 0.0), points.get("government_regains", 0.0))
    if taken and "State forces" in did:  # who took a town says which of the two it is
        points["government_regains"] = taken
    if taken and "Rebel groups" in did:
        points["group_overtakes"] = taken
    if "explosion" in points:
        points["remote_explosive"] += points.pop("explosion")
    if "Protesters" in bore and points.get("casualty", 0) and armed:
        points["excessive_force"] += points["casualty"]
    if (
        points.get("attack")
        and "armed_clash" not in points
        and bore & ARMED
        and (did & ARMED or len(armed) > 1)
        and "Civilians" not in bore
    ):
        points["armed_clash"] = points.pop("attack")  # who kills soldiers fights
    loose = points.pop("assault", 0.0) + points.pop("casualty", 0.0)
    if loose:
        two = len(armed) > 1 or (bore & ARMED and not bore & {"Civilians"})
        points["armed_clash" if two else "attack"] += min(loose, 2.5)
    return {k: v for k, v in points.items() if v > 0}


def decide(points: Mapping[str, float]) -> str | None:
    """Return the kind that weighs most; of equals, the more particular one."""
    book = kinds()
    ranked = sorted(((v + book[k].rank * 0.04, k) for k, v in points.items() if k in book), reverse=True)
    return ranked[0][1] if ranked else None


_ENDINGS = ("ings", "ing", "ers", "er", "ies", "ied", "ed", "es", "s")
_STEM = 4
"""Letters that a stem keeps at least."""

_TOLD = frozenset(("planned", "hypothetical", "negated"))


def stem(word: str) -> str:
    """Return a word without its commonest endings."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _STEM:
            return word[: -len(ending)]
    return word


ALIKE = 0.7
"""How much the group that a word is of counts beside the word: words that are used alike share what was learned."""


@lru_cache(maxsize=20_000)
def _of_word(word: str) -> Mapping[str, float]:
    """Return the features of a word: its stem, and the group of words that are used as it is."""
    if not word[0].isalpha():
        return {}
    group = clusters(word) if len(word) > 1 else None
    own = {"w=" + stem(word): 1.0}
    return own if group is None else {**own, f"f={group[0]}": ALIKE}


def text_features(sentences: Sequence[Sentence]) -> dict[str, float]:
    """Return what the kind model looks at: stems, phrases by label, and who stands before whom."""
    found: dict[str, float] = {}
    for sentence in sentences:
        for word in sentence.lower:
            found.update(_of_word(word))
        _add_phrases(sentence, found)
    return found


def _add_phrases(sentence: Sentence, found: dict[str, float]) -> None:
    for table in ("triggers", "hints", "unrelated", "status"):
        for hit in sentence.hits[table]:
            if table != "status" or hit.label in _TOLD:
                key = f"{table}:{hit.label}"
                found[key] = min(found.get(key, 0.0) + 1.0, 2.0)
    parties = [hit.label for hit in mentions(sentence, 0, len(sentence.words))]
    for before, after in zip(["", *parties], parties, strict=False):
        found["a:" + after] = 1.0
        if before:
            found[f"a:{before}>{after}"] = 1.0


@cache
def model() -> tuple[tuple[str, ...], Mapping[str, Mapping[str, float]]]:
    """Return the kinds of the model that ships with geomap, and the weight of each feature for each of them."""
    data: dict[str, dict[str, float]] = json.loads(files("geomap").joinpath("models", "kinds.json").read_text("utf-8"))
    return tuple(sorted({label for weights in data.values() for label in weights})), data


_SCALE, _LANE = 1000, 32
"""Weights are added in thousandths, in which they are whole numbers; so many bits are each kind's."""


@lru_cache(maxsize=20_000)
def _speaks(feature: str, value: float) -> int:
    """Return what a feature of that value speaks for the kinds of the model, all as one long number.

    Each kind has its own bits of it: the sum of such numbers holds the sum for each kind, and holds it exactly.
    """
    labels, weights = model()
    known = weights.get(feature, {})
    return sum(round(_SCALE * value * known.get(label, 0.0)) << (_LANE * n) for n, label in enumerate(labels))


@lru_cache(maxsize=20_000)
def _of_word_speaks(word: str) -> Mapping[str, int]:
    """Return what each feature of a word speaks for the kinds."""
    said = {feature: _speaks(feature, value) for feature, value in _of_word(word).items()}
    return {feature: row for feature, row in said.items() if row}


_HALF = 1 << (_LANE - 1)


@cache
def _raised() -> tuple[int, Struct]:
    """Return what lifts every kind's sum above nothing, so that none borrows of the next, and how they are read."""
    size = len(model()[0])
    return sum(_HALF << (_LANE * n) for n in range(size)), Struct(f"<{size}I")


def _unpacked(total: int) -> list[float]:
    """Return the sum for each kind."""
    raised, form = _raised()
    return [(lane - _HALF) / _SCALE for lane in form.unpack((total + raised).to_bytes(form.size, "little"))]


def likely(sentence: Sentence) -> dict[str, float]:
    """Return how likely each kind is by the model for a sentence, "none" and "diplomacy" among them."""
    said: dict[str, int] = {}
    for word in sentence.lower:
        said.update(_of_word_speaks(word))
    phrases: dict[str, float] = {}
    _add_phrases(sentence, phrases)
    said.update((feature, _speaks(feature, value)) for feature, value in phrases.items())
    said["bias"] = _speaks("bias", 1.0)
    total = _unpacked(sum(said.values()))
    top = max(total)
    powers = [math.exp(value - top) for value in total]
    whole = math.fsum(powers)
    return {label: power / whole for label, power in zip(model()[0], powers, strict=True)}
