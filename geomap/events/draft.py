"""A draft: an event in the making, as the tellings of one text bring it together."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from geomap.events import places
from geomap.events.places import Site
from geomap.events.telling import Telling
from geomap.model import Status, When, Where


@dataclass
class Draft:
    """An event in the making: its tellings in order, and what the document settled about it."""

    tellings: list[Telling]
    where: Where | None = None
    why_where: str | Site = ""
    """Why it is there, in words; or the place of its own sentence, for what speaks for that."""
    when: When | None = None
    own: bool = False
    """Whether the place is told in a sentence of the event's own, and not taken over from around it."""
    number: int = 0
    """Which of the events of its text it is."""

    @property
    def first(self) -> Telling:
        """The telling it was brought in by."""
        return self.tellings[0]

    @property
    def main(self) -> Telling:
        """The telling that says most of it: that is its evidence."""
        if len(self.tellings) == 1:
            return self.tellings[0]
        return max(self.tellings, key=lambda t: says(t) + (0.6 if t is self.tellings[0] else 0.0))


@dataclass
class Told:
    """The events told so far, in order, and what finds one of them again."""

    drafts: list[Draft] = field(default_factory=list)
    by_kin: dict[tuple[str, Status], list[Draft]] = field(default_factory=lambda: defaultdict(list))
    """Those whose first telling is of a kind and a status."""
    last: Draft | None = None
    """The one that was spoken of last; of several told by one sentence, the first."""
    listed: bool = False
    """Whether any stands in a list."""

    def add(self, draft: Draft) -> None:
        """Take in an event told for the first time."""
        self.drafts.append(draft)
        self.by_kin[draft.first.key, draft.first.judgement.status].append(draft)
        self.speak_of(draft)

    def speak_of(self, draft: Draft) -> None:
        """Keep in mind that an event was just told, or told again."""
        number = draft.tellings[-1].sentence.number
        self.listed = self.listed or draft.tellings[-1].sentence.item > 0
        last = self.last
        if last is None or last.tellings[-1].sentence.number < number or draft.number < last.number:
            self.last = draft


def says(told: Telling) -> float:
    """Return how much a telling says: a place of its own, a day, a toll, and how plain its kind is."""
    placed = told.own is not None and places.rank(told.own.place) > 1
    killed = any(c.harm == "killed" and not c.cumulative for c in told.counts)
    dated = told.time is not None and told.time.first is not None
    return 1.0 * placed + 0.5 * dated + 0.5 * killed + told.shares.get(told.key, 0.0)
