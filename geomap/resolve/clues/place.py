"""What the place itself says: clues of the candidate alone, whatever the text."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from geomap.resolve.candidates import Choice, kind

if TYPE_CHECKING:
    from collections.abc import Callable

    from geomap.resolve.context import Context, Name


def exists(_choice: Choice, _name: Name, _context: Context) -> float:
    """It is there: what "none of these" is weighed against."""
    return 1.0


def population(choice: Choice, _name: Name, _context: Context) -> float:
    """Digits of its population, a seventh each."""
    return math.log10(choice.place.population + 1) / 7


def empty(choice: Choice, _name: Name, _context: Context) -> float:
    """A settlement without a known population."""
    return float(choice.place.population == 0 and choice.place.feature.startswith("P"))


def large(choice: Choice, _name: Name, _context: Context) -> float:
    """A town of more than a hundred thousand people."""
    return float(choice.place.feature[0] == "P" and choice.place.population >= 100_000)  # noqa: PLR2004 - a large town


def first(choice: Choice, _name: Name, _context: Context) -> float:
    """The most populous of its rivals."""
    return float(choice.rank == 0)


def behind(choice: Choice, _name: Name, _context: Context) -> float:
    """How many digits of population the most populous rival has more."""
    return min(choice.lead, 4.0) / 4


def alone(choice: Choice, _name: Name, _context: Context) -> float:
    """The only candidate."""
    return float(choice.rivals == 1)


def crowd(choice: Choice, _name: Name, _context: Context) -> float:
    """How many bear the name, in digits."""
    return math.log10(choice.rivals) / 2


def proper(choice: Choice, _name: Name, _context: Context) -> float:
    """The name is the place's own, not one of its others."""
    return float(choice.proper)


def borrowed(choice: Choice, _name: Name, _context: Context) -> float:
    """The name is not its own, and a place of its country or a larger one is called so."""
    return float(choice.borrowed)


def namesake(choice: Choice, name: Name, _context: Context) -> float:
    """It is no country, its own country bears the name, and the words beside it do not say that it is none."""
    said = bool(name.noun) and choice.place.feature.startswith(name.noun)
    return float(choice.namesake and not said)


def shaded(choice: Choice, _name: Name, _context: Context) -> float:
    """The capital of another country, ten times its size, bears the name."""
    return float(choice.shaded)


def twin(choice: Choice, _name: Name, _context: Context) -> float:
    """A settlement whose area, or an area whose settlement, bears the same name."""
    return float(choice.twin)


def twin_area(choice: Choice, _name: Name, _context: Context) -> float:
    """An area whose settlement bears the same name."""
    return float(choice.twin and choice.place.feature.startswith("A"))


def is_kind(*kinds: str) -> Callable[[Choice, Name, Context], float]:
    """Return the clue that a place is of one of some kinds."""

    def clue(choice: Choice, _name: Name, _context: Context) -> float:
        return float(kind(choice.place) in kinds)

    clue.__doc__ = f"It is a {' or '.join(kinds)}."
    return clue


def matched(how: str) -> Callable[[Choice, Name, Context], float]:
    """Return the clue that the name matched in a certain way."""

    def clue(choice: Choice, _name: Name, _context: Context) -> float:
        return float(choice.match.how == how)

    clue.__doc__ = f"The name matched as {how}."
    return clue
