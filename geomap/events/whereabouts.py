"""Where a telling is by its own sentence: the likeliest place, the finest of a chain, between two, where it points."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from gazetteer.place import Place
from geomap.events import places
from geomap.events.geography import PROVINCE
from geomap.events.named import MODIFIERS, PLACE_NOUNS
from geomap.events.passing import is_of_talks, met
from geomap.events.scene import again, is_abroad, is_alone, is_stray, referred
from geomap.events.stake import at_stake
from geomap.model import Where

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.events.places import Site
    from geomap.events.reading import Sentence
    from geomap.events.scene import Scene
    from geomap.events.telling import Telling


def whereabouts(told: Telling, scene: Scene) -> tuple[Where | None, str | Site, bool]:
    """Return where a telling's own sentence puts it, why, and whether that is more than a country.

    A place that the sentence plainly names is the reason itself: what speaks for it is spelled out for who asks.
    """
    between = _between(told)
    if between is not None:
        return between, "between the two places named", True
    plausible = [s for s in told.sites if s.likelihood >= places.PLAUSIBLE]
    likely = [s for s in plausible if s.place is not None and not _is_doubted(s, told, scene)]
    best = _finest(told.sites, likely)
    label = _label(told, scene, best)
    if label is not None:
        return label, "the place its line opens with", True
    if best is not None and places.rank(best.place) == PROVINCE:
        pointed = referred(told, scene)
        if pointed is not None and best.place is not None and places.contains(best.place, pointed[0].place):
            return (*pointed, True)
    if best is not None and best.place is not None and places.rank(best.place) > 1:
        return places.where(told.sentence, best, best.place), best, True
    around = _around_unknown(told, scene) if best is None else None
    if around is not None:
        return (*around, True)
    nearer = weak(told, scene) if best is not None else None
    if best is not None and nearer is not None and nearer.place is not None and _is_within(best.place, nearer.place):
        return places.where(told.sentence, nearer, nearer.place), nearer, True
    unnamed = told.layer == "conflict" and weak(told, scene) is None and _is_unnamed(told.sentence)
    if unnamed and scene.home is not None:
        wide = replace(again(scene.home, told.sentence.span, 0.9), span=None, precision=3)
        return wide, "areas it does not name, in the country the document is about", True
    pointed = referred(told, scene)
    if pointed is not None:
        return (*pointed, True)
    if best is not None and best.place is not None:
        return places.where(told.sentence, best, best.place), best, True
    return None, "", False


def _label(told: Telling, scene: Scene, best: Site | None) -> Where | None:
    """Return the town that a line is labelled with, where its place only holds that: "Bara, Kordofan: ..."."""
    label = scene.openings.labels.get(told.sentence.item)
    if label is None or label.place is None or best is None or best.place is None:
        return None
    if places.rank(label.place) <= places.rank(best.place) or not places.contains(best.place, label.place):
        return None
    return again(label.place, label.mention.span, max(label.confidence, best.resolution.confidence))


def _is_doubted(site: Site, told: Telling, scene: Scene) -> bool:
    if told.layer != "conflict" or site.place is None:
        return False
    head = scene.head.place if scene.head is not None else None
    if head is not None and head.country not in (None, site.place.country) and site.resolution.confidence < _HEADED:
        return True
    if is_stray(site.resolution, scene) or (is_alone(site.resolution, scene) and _is_outdone(site, told)):
        return True
    return _is_held(site, told) or (is_abroad(site.resolution, scene) and _is_at_home(site, told, scene))


_HEADED = 0.85
"""Below this sure, a place abroad gives way to the country that its line is headed by."""


def _is_held(site: Site, told: Telling) -> bool:
    """Say whether the place that a name is told to lie in is not where the gazetteer puts it."""
    known = [s for s in told.sites if s.place is not None and s.resolution.confidence >= _HOLDS]
    holder = _holder(told.sentence, site, known)
    if holder is None or holder.place is None or site.place is None or holder.resolution.mention.kind != "place":
        return False
    return not places.contains(holder.place, site.place) and holder.place.country not in (None, site.place.country)


_HOLDS = 0.6
"""From here a place is sure enough to be what an unknown one lies in."""


def _is_at_home(site: Site, told: Telling, scene: Scene) -> bool:
    """Say whether a doubtful small place abroad stands in a sentence that speaks of the text's own country."""
    if site.resolution.confidence >= _AT_HOME or site.place is None or scene.home is None:
        return False
    others = [s.resolution for s in told.sites if s is not site]
    own = at_stake(told.sentence, scene.document, others).get(scene.home.country or "", 0.0)
    return own >= 1.0 or site.place.population < _SMALL


_AT_HOME = 0.7
_SMALL = 100_000


def _is_outdone(site: Site, told: Telling) -> bool:
    """Say whether its sentence names a far surer town or area, and that in another country."""
    return any(
        s.place is not None
        and places.rank(s.place) > 1
        and s.resolution.mention.kind == "place"
        and s.resolution.confidence >= _SURE
        and site.place is not None
        and s.place.country not in (None, site.place.country)
        for s in told.sites
    )


_SURE = 0.8
"""From here a place is sure enough to be held against a doubtful one of its sentence."""


def unknown(told: Telling, scene: Scene) -> Site | None:
    """Return the likeliest place of a telling where the gazetteer does not know it: "at Keysansey hospital"."""
    best = told.sites[0] if told.sites else None
    if best is None or best.likelihood < places.PLAUSIBLE:
        return None
    return best if best.place is None or _is_doubted(best, told, scene) else None


def _around_unknown(told: Telling, scene: Scene) -> tuple[Where, str] | None:
    """Return the known place that the likeliest but unknown one lies in: "the Karrada district of Baghdad"."""
    site = unknown(told, scene)
    if site is None:
        return None
    name = site.resolution.mention.text
    known = _around_known(told, scene, site)
    if known is not None:
        scene.around.setdefault(name.lower(), known[0])
        return known
    before = scene.around.get(name.lower())
    return (replace(before, span=site.resolution.mention.span), f"{name!r}, told before") if before else None


def _around_known(told: Telling, scene: Scene, site: Site) -> tuple[Where, str] | None:
    """Return the place that an unknown one is told to lie in, or likely does."""
    known = [
        s for s in told.sites if s.place is not None and s.cue != places.PASSED and not _is_doubted(s, told, scene)
    ]
    holder = _holder(told.sentence, site, known)
    if holder is None:
        rest = 1 - math.fsum(s.likelihood for s in told.sites if s not in known)
        likely = [s for s in known if rest > 0 and s.likelihood / rest >= places.PLAUSIBLE and places.rank(s.place) > 1]
        holder = likely[0] if likely else None
    if holder is None or holder.place is None:
        return None
    found = places.where(told.sentence, holder, holder.place, likelihood=0.7 * site.likelihood)
    span = site.resolution.mention.span
    wide = replace(found, span=span, precision=max(found.precision, 2), radius_km=max(found.radius_km, _BESIDE))
    return wide, f"{site.resolution.mention.text!r}, not known itself, with {holder.resolution.mention.text!r}"


_BESIDE = 10.0
"""Kilometres around a known place within which an unknown one that is told with it is looked for."""


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


_LINKS = frozenset(
    ", ( ) - in of the 's near from outside km kms kilometers kilometres miles about some side part and just local "
    "government".split()
)


def _holder(sentence: Sentence, site: Site, known: Sequence[Site]) -> Site | None:
    """Return the known place told behind an unknown one: "Buwa village in Ibi", "Bulo Marer, 110 km southwest of"."""
    behind = sorted((s for s in known if s.first >= site.last), key=lambda s: s.first)
    for other in behind:
        words = range(site.last, other.first)
        if all(_is_link(sentence, i) for i in words):
            return other
        if len(words) > _FAR:
            break
    return None


_FAR = 16
"""Words behind an unknown place among which the one it lies in is looked for."""


def _is_link(sentence: Sentence, at: int) -> bool:
    """Say whether a word only leads from a place to the one it lies in, or is of a name."""
    word = sentence.lower[at]
    return (
        word in _LINKS
        or word in PLACE_NOUNS
        or word in MODIFIERS
        or word[:1].isdigit()
        or word.startswith(("north", "south", "east", "west"))
        or sentence.words[at].text[:1].isupper()
    )


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
        if a.cue == b.cue == places.PASSED:  # a town beside the road is told
            continue
        joined = places.is_between(told.sentence, a.first) and link in (("and",), ("to",), ("with",))
        if joined or (lead == "from" and link == ("to",) and travels):
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


_LOCATIVE = frozenset("in at near on outside inside around across over throughout of into".split())
_FAINT = 0.04


def weak(told: Telling, scene: Scene) -> Site | None:
    """Return a place that the sentence names after a preposition of place, though nothing ties it to the event word."""
    found = [
        s
        for s in told.sites
        if s.place is not None
        and s.resolution.mention.kind == "place"
        and places.rank(s.place) > 1
        and s.likelihood >= _FAINT
        and s.cue != places.PASSED
        and not is_reporter(s, told)
        and places.preposition(told.sentence, s.first) in _LOCATIVE
        and places.follow(told.sentence, s.last) not in ("party", "adjective")
        and not is_of_talks(told.sentence, s.first)
        and not met(told.sentence, s.first)
        and not _is_doubted(s, told, scene)
    ]
    return found[0] if found else None


def is_reporter(site: Site, told: Telling) -> bool:
    """Say whether a place only says something: "Moscow said", not "condemned the killing in Lima, said the group"."""
    lower = told.sentence.lower
    return any(
        h.label == "speech" and site.last <= h.first <= site.last + 2 and not _BREAKS & set(lower[site.last : h.first])
        for h in told.sentence.hits["status"]
    )


_BREAKS = frozenset((",", "and", "but", ";"))
