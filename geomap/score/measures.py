"""The measures of the field, each with its denominator named: precision, recall, F1, error distance, AUC, intervals."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

FARTHEST = 20_039.0
"""Kilometres: half the way round the Earth, the error of an answer that is not there."""
NEAR = 25.0
CITY = 161.0
"""Kilometres: the hundred miles within which the field calls an answer right."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Found:
    """How many were right, of how many answers, of how many in the gold."""

    right: int
    answers: int
    gold: int

    def __add__(self, other: Found) -> Found:
        """Add the counts of another document."""
        return Found(self.right + other.right, self.answers + other.answers, self.gold + other.gold)

    @property
    def precision(self) -> float:
        """Right among the answers."""
        return self.right / self.answers if self.answers else 0.0

    @property
    def recall(self) -> float:
        """Right among the gold."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.answers + self.gold
        return 2 * self.right / both if both else 0.0


def accuracy(errors: Sequence[float], within: float) -> float:
    """Return the share of errors no larger than `within` kilometres."""
    return sum(e <= within for e in errors) / len(errors) if errors else 0.0


def mean(errors: Sequence[float]) -> float:
    """Return the mean error."""
    return sum(errors) / len(errors) if errors else 0.0


def median(errors: Sequence[float]) -> float:
    """Return the median error."""
    if not errors:
        return 0.0
    ordered = sorted(errors)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def auc(errors: Sequence[float]) -> float:
    """Return the area under the curve of the sorted log errors: 0 is perfect, 1 the farthest possible everywhere."""
    if len(errors) < 2:  # noqa: PLR2004 - a curve needs two points
        return math.log1p(errors[0]) / math.log1p(FARTHEST) if errors else 0.0
    logs = sorted(math.log1p(min(e, FARTHEST)) for e in errors)
    area = sum((a + b) / 2 for a, b in pairwise(logs))
    return area / (math.log1p(FARTHEST) * (len(logs) - 1))


def interval(
    documents: Sequence[T], measure: Callable[[Sequence[T]], float], *, draws: int = 500, seed: int = 0
) -> tuple[float, float]:
    """Return the 95 % interval of a measure by drawing whole documents again, with replacement."""
    if not documents:
        return 0.0, 0.0
    dice = random.Random(seed)  # noqa: S311 - a bootstrap, repeatable on purpose
    values = sorted(measure(dice.choices(documents, k=len(documents))) for _ in range(draws))
    return values[int(0.025 * draws)], values[min(draws - 1, int(0.975 * draws))]


def share(a: float, b: float) -> float:
    """Return a part of a whole, 0 of nothing."""
    return a / b if b else 0.0
