"""Who: the parties an event names, with ACLED's kinds, and which of them did it to which."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from geomap.events.lexicon import Hit
from geomap.language import language
from geomap.model import Actor, Role, Span

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geomap.events.reading import Sentence

IRREGULAR = frozenset(("Rebel groups", "Political militias", "Identity militias"))
"""Kinds of party that fight and are no state's."""
ARMED = IRREGULAR | {"State forces", "External/other forces"}
PASSIVE = frozenset("was were been being be is are got".split())
"""What makes a passive of a participle behind it."""
_STOP = frozenset(
    ", . ; : ( ) and or but in at on from with when while after before during who which that to by of said told".split()
)
_NO_PARTY = frozenset("camp community communities minority sect heartland heartlands majority".split())
"""What an actor word stands before as an adjective: "the Jenin refugee camp", "the Alawite community"."""
_TITLES = frozenset("no the a an some several many suspected alleged unidentified unknown other".split())


_DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday least".split())
"""What is no part of a party's name: "on Sunday gunmen", "at least six peasants"."""


@cache
def _aliases(code: str) -> Mapping[str, str]:
    table = language(code).get("aliases", language("en")["aliases"])
    return {alias: name for name, listed in table.items() for alias in listed}


def parties(
    sentence: Sentence, anchor: Hit, text: str, code: str, bounds: tuple[int, int] | None = None
) -> tuple[Actor, ...]:
    """Return the actors around an event word, each once, in the order they stand.

    Who stands before an active verb, or after "by", did it; who stands after it, or before a passive, bore it.
    """
    first, last = bounds or (0, len(sentence.words))
    found: list[Actor] = []
    seen: set[str] = set()
    named = mentions(sentence, first, last)
    deeds = _deeds(sentence, named) or [anchor]
    for n, hit in enumerate(named):
        span = _phrase(sentence, hit)
        if n and (_is_abbreviation(sentence, named[n - 1], hit) or (found and _inside(span, found[-1].span))):
            continue  # "the National Army (NA)"
        name = _group(sentence, hit, code) or span.of(text)
        behind = sentence.lower[hit.last : hit.last + 1]
        if (behind and behind[0] in _NO_PARTY) or name.lower() in seen:
            continue
        if _makes_up(sentence, hit):  # "31 people were killed, most of them rebels": the people are rebels
            found = [a for a in found if a.kind != "Civilians" or a.role != "target"]
            found.append(Actor(name, "target", hit.label, span))
        elif not _speaks(sentence, hit) and not _goes_on_to_speak(sentence, deeds, hit):
            found.append(Actor(name, _role(sentence, deeds, hit), hit.label, span))
        else:
            continue
        seen.add(name.lower())
    return tuple(found[:8])


def _makes_up(sentence: Sentence, hit: Hit) -> bool:
    """Say whether an armed party is what most of the people just counted were."""
    back = " ".join(sentence.lower[max(0, hit.first - 5) : hit.first])
    return hit.label in ARMED and _MOSTLY.search(back) is not None


_MOSTLY = re.compile(r"\b(?:(?:most|all|many) of (?:them|whom|the dead)(?: were)?|mostly|mainly)(?: [a-z-]+)?$")


def mentions(sentence: Sentence, first: int, last: int) -> list[Hit]:
    """Return the actor words between two words: named groups first, longer before shorter, none twice."""
    ordered = sorted(
        (
            h
            for table in ("groups", "actors")
            for h in sentence.hits[table]
            if first <= h.first < last and not (table == "groups" and sentence.lower[h.last : h.last + 1] in _OWNED)
        ),
        key=lambda h: (-(h.last - h.first), h.first),
    )
    taken: set[int] = set()
    kept = []
    for hit in ordered:
        here = set(range(hit.first, hit.last))
        if not here & taken:
            taken |= here
            kept.append(hit)
    return _joined(sorted(kept, key=lambda h: h.first))


_OWNED = (("run",), ("held",), ("controlled",))
"""What follows a group that only owns what acts: "Houthi-run television", "Taliban-held districts"."""


def _joined(hits: Sequence[Hit]) -> list[Hit]:
    """Make one of actor words that follow each other ("Hezbollah fighters", "police officers")."""
    kept: list[Hit] = []
    for hit in hits:
        if kept and kept[-1].last == hit.first:
            kept[-1] = Hit(kept[-1].first, hit.last, kept[-1].label if kept[-1].label != "Civilians" else hit.label)
        else:
            kept.append(hit)
    return kept


def _group(sentence: Sentence, hit: Hit, code: str) -> str | None:
    """Return the name of the group that an actor word is of: "Hezbollah fighters" are Hezbollah."""
    known = _aliases(code)
    inner = (h for h in (hit, *sentence.hits["groups"]) if hit.first <= h.first and h.last <= hit.last)
    return next((known[w] for h in inner if (w := " ".join(sentence.lower[h.first : h.last])) in known), None)


def folded(actors: Sequence[Actor]) -> tuple[Actor, ...]:
    """Make one of actors that are one by another name ("rebels", "Syrian rebels"); the first one's role counts."""
    kept: list[Actor] = []
    for actor in actors:
        words = _plain(actor.name)
        at = next(
            (
                n
                for n, a in enumerate(kept)
                if a.kind == actor.kind and (_plain(a.name) <= words or words <= _plain(a.name))
            ),
            None,
        )
        if at is None:
            kept.append(actor)
            continue
        known = kept[at]
        fuller = known.name not in _aliases("en").values() and len(words) > len(_plain(known.name))
        role = "source" if actor.role == "source" and known.kind in ARMED else known.role
        kept[at] = replace(known, name=actor.name if fuller else known.name, role=role)
    return tuple(kept)


def _plain(name: str) -> frozenset[str]:
    return frozenset(w for w in name.lower().replace("’s", "'s").split() if w not in _TITLES)


def _phrase(sentence: Sentence, hit: Hit) -> Span:
    """Return the noun phrase of an actor word: its adjectives, names and owners to the left."""
    first = hit.first
    for i in range(hit.first - 1, max(-1, hit.first - 5), -1):
        word = sentence.words[i]
        if word.lower in _DAYS:
            break
        owner = word.lower == "'s"
        if word.lower in _STOP or not (
            owner
            or word.text[:1].isupper()
            or word.lower
            in ("government", "opposition", "security", "armed", "unidentified", "suspected", "unknown", "masked")
        ):
            break
        first = i
    while first < hit.first and sentence.lower[first] in _TITLES:
        first += 1
    return sentence.span_of(first, hit.last)


def _is_abbreviation(sentence: Sentence, before: Hit, hit: Hit) -> bool:
    """Say whether an actor word is the short name of the one before it, in brackets."""
    return (
        hit.first == before.last + 1 and sentence.lower[before.last] == "(" and sentence.words[hit.first].text.isupper()
    )


def _inside(span: Span, other: Span | None) -> bool:
    return other is not None and other.holds(span)


def _goes_on_to_speak(sentence: Sentence, deeds: Sequence[Hit], hit: Hit) -> bool:
    """Say whether somebody says what was done: "a resident, who asked not to be named, said gunmen shot"."""
    deed = next((d.first for d in deeds if d.first >= hit.last), len(sentence.words))
    if hit.label != "Civilians" or any(d.last <= hit.first for d in deeds):
        return False
    return any(h.label == "speech" and hit.last <= h.first < deed for h in sentence.hits["status"])


def _speaks(sentence: Sentence, hit: Hit) -> bool:
    """Say whether the actor only tells of it, or is told: "police said", "a witness told our reporter"."""
    if "told" in sentence.lower[max(0, hit.first - 2) : hit.first]:
        return True
    said = next(
        (h for h in sentence.hits["status"] if h.label == "speech" and hit.last <= h.first <= hit.last + 1), None
    )
    return said is not None and not (hit.label in ARMED and _THEY & set(sentence.lower[said.last : said.last + 2]))


_THEY = frozenset("it they its their".split())
"""Who is spoken of where a party says what it did: "the army said its jets bombed"."""


_DIED = frozenset("lost suffered died dead dies fatalities casualties perished fell".split())
_BETWEEN = frozenset(("between", "with"))
_OPPOSED = frozenset(("clash", "clashed", "clashes", "fought", "exchanged", "traded"))
"""What two sides do to each other."""
_DOUBLE = frozenset("shot slain taken beaten blown hit struck hurt held seized stormed overrun".split())
REACH = 9
"""How many words what bears it may stand from what was done."""


def _role(sentence: Sentence, deeds: Sequence[Hit], hit: Hit) -> Role:
    """Return who did it, by the deed next to an actor in its clause: who stands before an active one, or after "by"."""
    lower = sentence.lower
    before = next((d for d in reversed(deeds) if d.last <= hit.first), None)
    after = next((d for d in deeds if d.first >= hit.last), None)
    if any(d.first < hit.first and hit.last <= d.last and "by" not in lower[d.first : hit.first] for d in deeds):
        return "target"
    back = lower[max(before.first if before else 0, hit.first - 6) : hit.first]
    if "by" in back and not ({",", "and"} & set(back[back.index("by") :])):
        return "source"
    near = before is not None and hit.first - before.last <= REACH
    if before is not None and near and _BETWEEN & set(back[-4:]) and (
        lower[before.first] in _OPPOSED or "between" in back
    ):  # fmt: skip
        return "other"
    if after is not None and (before is None or not near or _opens(sentence, before, hit)):
        return "target" if _bears(sentence, hit, after) else "source"
    if before is not None:
        return "target"
    return "target" if _bears(sentence, hit, None) else "source"


def _opens(sentence: Sentence, before: Hit, hit: Hit) -> bool:
    """Say whether an actor stands at the head of a clause of its own, not as the object of the deed before it."""
    between = sentence.lower[before.last : hit.first]
    if sentence.clauses[before.first] != sentence.clauses[hit.first] or ";" in between:
        return True
    return "and" in between[-2:] and len(between) > 2 and "," not in between


def _bears(sentence: Sentence, hit: Hit, deed: Hit | None) -> bool:
    """Say whether an actor is the subject of a passive, or of dying."""
    lower = sentence.lower
    end = deed.first if deed is not None else min(hit.last + 4, len(lower))
    if deed is not None and lower[deed.first] in _DIED:
        return True
    if deed is not None and lower[deed.first] in _DONE_TO and all(w.endswith("ly") for w in lower[hit.last : end]):
        return lower[deed.last : deed.last + 1] in _NO_OBJECT  # "Eight soldiers reportedly killed, two captured"
    for i in range(max(hit.last, end - 4), min(end + 1, len(lower) - 1)):
        if lower[i] in PASSIVE and any(w.endswith("ed") or w in _DOUBLE for w in lower[i + 1 : i + 4]):
            return True
    return False


_DONE_TO = frozenset("killed wounded injured captured abducted kidnapped executed beheaded martyred".split())
_NO_OBJECT = ((), (",",), (".",), (";",), ("in",), ("and",), ("by",), ("on",), ("near",))
"""What may stand behind a participle that is said of what stands before it."""


def _deeds(sentence: Sentence, parties_: Sequence[Hit]) -> list[Hit]:
    """Return the words that tell what was done, those for parties ("gunmen") left out, in their order."""
    own = {i for h in parties_ for i in range(h.first, h.last)}
    found = {(h.first, h.last): h for t in ("triggers", "tolls") for h in sentence.hits[t] if h.first not in own}
    return sorted(found.values(), key=lambda h: (h.first, h.last))


def fought(actors: Sequence[Actor]) -> bool:
    """Say whether only armed people bore an attack: gunmen who shoot two policemen fight a state's forces."""
    _, bore = sides(actors)
    return bool(bore) and bore <= ARMED


def sides(actors: Sequence[Actor]) -> tuple[frozenset[str], frozenset[str]]:
    """Return the kinds of those who did it and of those who bore it."""
    did = frozenset(a.kind for a in actors if a.role == "source")
    bore = frozenset(a.kind for a in actors if a.role == "target")
    return did, bore
