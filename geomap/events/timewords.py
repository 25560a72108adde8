"""Words that tell a time, and the days they mean where that can be known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from geomap.model import Precision, Span, When

HISTORIC = timedelta(days=60)
"""What is older than this before publication is history, not news."""
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class TimeWords:
    """Words that tell a time: where they stand, and the days they mean where that can be known."""

    span: Span
    first: date | None = None
    last: date | None = None
    precision: Precision | None = None
    year: int | None = None
    """The year, where the words name no nearer time than that."""
    since: bool = False
    """Whether they are where something began ("since 2011") rather than when it was."""
    after_event: int | None = None
    """How many days after the event told before they are, or, below nothing, before it ("three days earlier")."""
    running: bool = False
    """Whether they count the days of what still goes on ("for a second day")."""
    opens_clause: bool = False
    """Whether they are of the clause behind them only ("ten days after pupils were kidnapped")."""

    def when(self) -> When:
        """Return them as the model has it."""
        return When(self.span, self.first, self.last, self.precision if self.first else None)

    def is_history(self, published: date | None) -> bool:
        """Say whether they lie long before publication, or, where that is not known, name a bare past year."""
        if published is None:
            return self.year is not None and self.first is None
        last = self.last or (date(self.year, 12, 31) if self.year else None)
        return last is not None and last < published - HISTORIC


def span_precision(first: date | None, last: date | None) -> Precision | None:
    """Return ACLED's time_precision of a stretch of days; None where an end of it is not known."""
    if first is None or last is None:
        return None
    days = (last - first).days
    return 1 if days == 0 else 2 if days <= 7 else 3
