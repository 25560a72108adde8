"""The harm that a sentence counts: what was done to how many, by which of its words."""

from __future__ import annotations

from dataclasses import dataclass

from geomap.events.numbers import Number
from geomap.model import Harm


@dataclass(frozen=True, slots=True)
class Count:
    """A toll a sentence gives, the casualty word that takes it, and the reach it is said of."""

    harm: Harm
    number: Number
    word: int
    cumulative: bool = False
    update: bool = False
    earlier: bool = False
    """Whether it is a figure that a later one replaces ("an earlier toll of seven")."""
    both: bool = False
    """Whether it is of "killed or wounded" together, so of neither."""
    more: bool = False
    """Whether it comes on top of another figure ("his driver was also killed")."""
