"""A draft: an event in the making, as the tellings of one text bring it together."""

from __future__ import annotations

from dataclasses import dataclass

from geomap.events import places
from geomap.events.places import Site
from geomap.events.telling import Telling
from geomap.model import When, Where


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


def says(told: Telling) -> float:
    """Return how much a telling says: a place of its own, a day, a toll, and how plain its kind is."""
    placed = told.own is not None and places.rank(told.own.place) > 1
    killed = any(c.harm == "killed" and not c.cumulative for c in told.counts)
    dated = told.time is not None and told.time.first is not None
    return 1.0 * placed + 0.5 * dated + 0.5 * killed + told.shares.get(told.key, 0.0)
