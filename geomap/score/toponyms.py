"""How well toponyms are found and placed, document by document: what `geomap score` prints for an annotated corpus.

Three questions, each with its denominator: which of the marked names are found (strictly, or at least touched); where
the marked names are put, if they are handed over; and how many are both found and put within 161 km.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gazetteer.distance import distance_km
from geomap.model import Mention
from geomap.score.measures import (
    CITY,
    FARTHEST,
    NEAR,
    Found,
    accuracy,
    auc,
    interval,
    mean,
    median,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from gazetteer import Gazetteer
    from gazetteer.place import Place
    from geomap.finders import Finder
    from geomap.model import Resolution
    from geomap.resolve.rank import Weights
    from geomap.score.corpora import Annotated, Gold


@dataclass(frozen=True, slots=True)
class Placed:
    """A marked place with a point, handed to the resolver: how many km off the answer is, and whether the id is right.

    `error` is None where there was no answer.
    """

    error: float | None
    exact: bool
    feature: str


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of one document."""

    strict: Found
    overlap: Found
    strict_all: Found
    overlap_all: Found
    placed: tuple[Placed, ...]
    end: Found
    end_strict: Found
    sure: tuple[tuple[float, float, bool], ...]
    """For each answer that can be judged, the confidence given, the recogniser's, and whether it was right."""


@dataclass(frozen=True, slots=True)
class Row:
    """A measure, its value, its 95 % interval and what it is a share of."""

    measure: str
    value: float
    low: float
    high: float
    of: str


def judge(annotated: Annotated, gazetteer: Gazetteer, finder: Finder, weights: Weights | None = None) -> Judged:
    """Find and place the names of one document, twice: those marked, and those found."""
    from geomap.resolve import resolve

    document, gold = annotated.document, annotated.gold
    demonyms = [is_demonym(g, gazetteer) for g in gold]
    handed = [Mention(g.span, g.text, "demonym" if d else "place") for g, d in zip(gold, demonyms, strict=True)]
    placed = tuple(
        Placed(None if r.place is None else error_km(r.place, g), r.place is not None and r.place.id == g.id, _class(g))
        for g, r in zip(gold, resolve(document, handed, gazetteer, weights=weights), strict=True)
        if g.located
    )
    found = resolve(document, finder(document, gazetteer), gazetteer, weights=weights)
    plain_gold = [g for g, d in zip(gold, demonyms, strict=True) if not d]
    plain = [r for r in found if r.mention.kind == "place" and not _demonym(r.mention.text, gazetteer)]
    return Judged(
        _strict(plain_gold, plain),
        _overlap(plain_gold, plain),
        _strict(gold, found),
        _overlap(gold, found),
        placed,
        _end(gold, found, strict=False),
        _end(gold, found, strict=True),
        tuple(_sure(gold, found)),
    )


def is_demonym(gold: Gold, gazetteer: Gazetteer) -> bool:
    """Say whether a marked name is an adjective or a people: by its annotator, or else by the gazetteer."""
    return gold.demonym if gold.demonym is not None else _demonym(gold.text, gazetteer)


def _demonym(text: str, gazetteer: Gazetteer) -> bool:
    from geomap.finders.names import known

    answer = known(gazetteer, text)
    return answer is not None and answer.demonym


def error_km(place: Place, gold: Gold) -> float:
    """Return how far an answer is off; the right id is never off."""
    if gold.id is not None and place.id == gold.id:
        return 0.0
    if gold.latitude is None or gold.longitude is None:
        return FARTHEST
    return distance_km(place.latitude, place.longitude, gold.latitude, gold.longitude)


def _class(gold: Gold) -> str:
    return (gold.feature or "?")[0]


def _strict(gold: Sequence[Gold], found: Sequence[Resolution]) -> Found:
    return Found(len({g.span for g in gold} & {r.mention.span for r in found}), len(found), len(gold))


def _overlap(gold: Sequence[Gold], found: Sequence[Resolution]) -> Found:
    """Count marked names that an answer touches, each answer used once."""
    right, at = 0, 0
    answers = sorted(r.mention.span for r in found)
    for mark in sorted(g.span for g in gold):
        while at < len(answers) and answers[at].end <= mark.start:
            at += 1
        if at < len(answers) and answers[at].meets(mark):
            right += 1
            at += 1
    return Found(right, len(found), len(gold))


def _end(gold: Sequence[Gold], found: Sequence[Resolution], *, strict: bool) -> Found:
    """Count located marks that are found and put within 161 km, among located marks and located answers."""
    located = [g for g in gold if g.located]
    answers = [r for r in found if r.place is not None]
    right = sum(
        any(
            (r.mention.span == g.span if strict else r.mention.span.meets(g.span))
            and r.place is not None
            and error_km(r.place, g) <= CITY
            for r in answers
        )
        for g in located
    )
    return Found(right, len(answers), len(located))


def _sure(gold: Sequence[Gold], found: Sequence[Resolution]) -> list[tuple[float, float, bool]]:
    """Pair each answer's confidence with whether it was right; an answer on a mark without a point is not judged."""
    pairs = []
    for answer in found:
        if answer.place is None or answer.mention.kind == "demonym":
            continue
        mark = next((g for g in gold if g.span.meets(answer.mention.span)), None)
        if mark is None or mark.located:
            right = mark is not None and error_km(answer.place, mark) <= CITY
            pairs.append((answer.confidence, answer.mention.confidence, right))
    return pairs


def measures() -> dict[str, tuple[Callable[[Sequence[Judged]], float], str]]:
    """Return every measure, by its name: how it is computed from judged documents, and its denominator."""

    def f1(part: Callable[[Judged], Found]) -> Callable[[Sequence[Judged]], float]:
        return lambda judged: _total(judged, part).f1

    def recall(part: Callable[[Judged], Found]) -> Callable[[Sequence[Judged]], float]:
        return lambda judged: _total(judged, part).recall

    def precision(part: Callable[[Judged], Found]) -> Callable[[Sequence[Judged]], float]:
        return lambda judged: _total(judged, part).precision

    every, answered = "all marked places with a point", "marked places that got an answer"
    return {
        "found, overlap F1": (f1(lambda j: j.overlap), "names, demonyms left out"),
        "found, overlap precision": (precision(lambda j: j.overlap), "names found, demonyms left out"),
        "found, overlap recall": (recall(lambda j: j.overlap), "names marked, demonyms left out"),
        "found, strict F1": (f1(lambda j: j.strict), "names, demonyms left out"),
        "found with demonyms, overlap F1": (f1(lambda j: j.overlap_all), "names and demonyms"),
        "found with demonyms, strict F1": (f1(lambda j: j.strict_all), "names and demonyms"),
        "placed within 161 km": (lambda js: accuracy(errors(js), CITY), every),
        "placed within 25 km": (lambda js: accuracy(errors(js), NEAR), every),
        "placed, exact id": (_exact, every),
        "placed, mean km": (lambda js: mean(errors(js)), every),
        "placed, median km": (lambda js: median(errors(js)), every),
        "placed, AUC (0 is best)": (lambda js: auc(errors(js)), every),
        "answered within 161 km": (lambda js: accuracy(errors(js, answered=True), CITY), answered),
        "answered, mean km": (lambda js: mean(errors(js, answered=True)), answered),
        "answered, AUC (0 is best)": (lambda js: auc(errors(js, answered=True)), answered),
        "found and placed, recall": (recall(lambda j: j.end), every),
        "found and placed, F1": (f1(lambda j: j.end), "marked places with a point, and answers with one"),
        "found exactly and placed, F1": (
            f1(lambda j: j.end_strict),
            "marked places with a point, and answers with one",
        ),
    }


def _total(judged: Sequence[Judged], part: Callable[[Judged], Found]) -> Found:
    total = Found(0, 0, 0)
    for one in judged:
        total += part(one)
    return total


def errors(judged: Sequence[Judged], *, answered: bool = False) -> list[float]:
    """Return the errors of the marked places with a point; a place without an answer is as far off as can be."""
    return [
        FARTHEST if p.error is None else p.error
        for j in judged
        for p in j.placed
        if p.error is not None or not answered
    ]


def _exact(judged: Sequence[Judged]) -> float:
    placed = [p for j in judged for p in j.placed]
    return sum(p.exact for p in placed) / len(placed) if placed else 0.0


def table(judged: Sequence[Judged], *, draws: int = 300) -> list[Row]:
    """Return every measure with its interval, by drawing documents again."""
    rows = []
    for name, (measure, of) in measures().items():
        low, high = interval(judged, measure, draws=draws)
        rows.append(Row(name, measure(judged), low, high, of))
    return rows


def by_feature(judged: Sequence[Judged]) -> dict[str, tuple[int, float]]:
    """Return for each GeoNames class how many places were marked and the share put within 161 km."""
    classes: dict[str, list[float]] = {}
    for one in judged:
        for placed in one.placed:
            classes.setdefault(placed.feature, []).append(FARTHEST if placed.error is None else placed.error)
    return {name: (len(far), accuracy(far, CITY)) for name, far in sorted(classes.items())}


def reliability(judged: Sequence[Judged], bins: int = 10) -> list[tuple[float, int, float]]:
    """Return, for each tenth of confidence, the mean confidence, how many answers, and the share that was right."""
    pairs = [p for j in judged for p in j.sure]
    rows = []
    for number in range(bins):
        here = [(s, r) for s, _, r in pairs if min(bins - 1, int(s * bins)) == number]
        if here:
            rows.append((sum(s for s, _ in here) / len(here), len(here), sum(r for _, r in here) / len(here)))
    return rows
