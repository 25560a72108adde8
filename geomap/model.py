"""The data types. Know this file and you know geomap.

Every type is frozen: a stage takes objects and returns new ones. What is unknown is None, never a guess. Every fact
carries the `Span` of the document's text it rests on, so that a map can quote it and a reader can check it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Literal

from gazetteer.place import Place

if TYPE_CHECKING:
    import geopandas
    import pandas as pd
    import polars as pl

Status = Literal["happened", "ongoing", "planned", "threatened", "attempted", "hypothetical", "denied", "historic"]
STATUSES: tuple[Status, ...] = (
    "happened", "ongoing", "attempted", "planned", "threatened", "hypothetical", "denied", "historic",
)  # fmt: skip
ON_MAP: frozenset[Status] = frozenset({"happened", "ongoing", "attempted"})
"""The statuses that stand on the conflict layers; the others are in a layer that starts hidden."""
ARMED_KINDS = frozenset({"Battles", "Explosions/Remote violence", "Violence against civilians"})
"""The event types of organised violence."""

Harm = Literal["killed", "wounded", "abducted", "arrested", "displaced"]
HARMS: tuple[Harm, ...] = ("killed", "wounded", "abducted", "arrested", "displaced")
TOLLS = (*HARMS, "cumulative_killed")
"""The fields of an event that are tolls: what it did, and what a war or a year has cost so far."""

MentionKind = Literal["place", "demonym"]
Role = Literal["source", "target", "other"]
Precision = Literal[1, 2, 3]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open range of characters of `Document.text`."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the quoted string."""
        return text[self.start : self.end]

    def holds(self, other: Span) -> bool:
        """Say whether `other` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end

    def meets(self, other: Span) -> bool:
        """Say whether the two share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Document:
    """A text and what is known about it. `text` is never rewritten: every offset points into it.

    `body` holds the spans that are the article, in order; empty means all of it. `published` is the day the text is
    dated by; without it no event gets a day.
    """

    id: str
    text: str
    title: str | None = None
    published: date | None = None
    language: str = "en"
    source: str | None = None
    body: tuple[Span, ...] = ()

    @property
    def article(self) -> tuple[Span, ...]:
        """The spans that are the article: `body`, or the whole text."""
        return self.body or (Span(0, len(self.text)),)


@dataclass(frozen=True, slots=True)
class Mention:
    """A piece of text that names a place, or a people or adjective of one. `confidence` is the recogniser's, 0 to 1."""

    span: Span
    text: str
    kind: MentionKind = "place"
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place a mention may mean. `score` is its share, 0 to 1; `reasons` are words a reader understands."""

    place: Place
    score: float
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Resolution:
    """A mention and where it is: `place`, or None when none of the candidates will do.

    `confidence` is calibrated: of the answers said to be 0.9 sure, about nine in ten are right. `candidates` are in
    order of score, and hold `place` first where there is one.
    """

    mention: Mention
    place: Place | None = None
    confidence: float = 0.0
    candidates: tuple[Candidate, ...] = ()

    def _repr_html_(self) -> str:
        """Show it in a notebook."""
        from geomap.notebook import resolution_html

        return resolution_html(self)


@dataclass(frozen=True, slots=True)
class When:
    """When an event was: `first` to `last`, both inclusive, or None where the text does not say or cannot be dated.

    `span` holds the words ("on Saturday"), None where the day is only the document's. `precision` is ACLED's: 1 the
    day, 2 within a week, 3 the month; None without a day.
    """

    span: Span | None
    first: date | None = None
    last: date | None = None
    precision: Precision | None = None


@dataclass(frozen=True, slots=True)
class Where:
    """Where an event was: within `radius_km` of the place's point.

    `span` holds the words that name it. `precision` is ACLED's geo_precision: 1 the place itself, 2 near it or in a
    small part of a region, 3 a larger region.
    """

    place: Place
    span: Span | None
    precision: Precision
    radius_km: float
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Toll:
    """How many. `low` and `high` bound it (None is open), `best` is the figure to count with.

    "more than 22" is low 22, high None, best 22; "dozens" keeps its words and counts as 12.
    """

    span: Span
    words: str
    low: int
    high: int | None = None
    best: int | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """Who. `role` is source (did it), target (to whom) or other; `kind` is one of ACLED's eight ("State forces")."""

    name: str
    role: Role
    kind: str
    span: Span


@dataclass(frozen=True, slots=True)
class Report:
    """One telling of an event: a document, its sentence, and the word that gives the event away."""

    document: str
    evidence: Span
    trigger: Span


@dataclass(frozen=True, slots=True)
class Event:
    """Something that a document says happened, may happen, or did not.

    `kind` and `sub_kind` are ACLED's event and sub-event types, or Diplomacy. Spans point into the document named
    `document`. `cumulative_killed` is a toll over more than this event, kept as background. `also` lists the other
    tellings that were merged into this one. `id` comes from content: the same text gives the same id.
    """

    id: str
    kind: str
    sub_kind: str
    status: Status
    document: str
    evidence: Span
    trigger: Span
    when: When | None = None
    where: Where | None = None
    actors: tuple[Actor, ...] = ()
    killed: Toll | None = None
    wounded: Toll | None = None
    abducted: Toll | None = None
    arrested: Toll | None = None
    displaced: Toll | None = None
    cumulative_killed: Toll | None = None
    confidence: float = 1.0
    also: tuple[Report, ...] = ()

    @property
    def on_map(self) -> bool:
        """Whether it stands on the map's conflict layers: it has a place, and it happened, goes on or was tried."""
        return self.where is not None and self.status in ON_MAP


@dataclass(frozen=True, slots=True)
class Failure:
    """A document that could not be read, and why. `after` is how many documents came before it, where that is known."""

    source: str
    error: str
    after: int | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class EventSet:
    """All that maps and exports take: documents, the places found in each, and the events.

    `resolutions` goes by document id. `documents` may hold empty texts where an archive was not allowed to keep them.
    """

    documents: tuple[Document, ...] = ()
    resolutions: Mapping[str, tuple[Resolution, ...]] = field(default_factory=dict)
    events: tuple[Event, ...] = ()
    failures: tuple[Failure, ...] = ()

    def to_pandas(self) -> pd.DataFrame:
        """Return one event a row as a pandas table. Needs the extra `tables`."""
        from geomap.tables import to_pandas

        return to_pandas(self)

    def to_geopandas(self) -> geopandas.GeoDataFrame:
        """Return the same with a point for each event. Needs the extra `tables`."""
        from geomap.tables import to_geopandas

        return to_geopandas(self)

    def to_polars(self) -> pl.DataFrame:
        """Return one event a row as a polars table. Needs the extra `tables`."""
        from geomap.tables import to_polars

        return to_polars(self)

    def _repr_html_(self) -> str:
        """Show it in a notebook."""
        from geomap.notebook import events_html

        return events_html(self)
