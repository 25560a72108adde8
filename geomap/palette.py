"""How a kind of event looks: one colour and one shape, on paper and in other tools. Shape alone is enough to tell."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Look:
    """A colour of Okabe and Ito's palette, which colour-blind readers can tell apart, and the name of a shape."""

    colour: str
    shape: str


KINDS: dict[str, Look] = {
    "Battles": Look("#D55E00", "cross"),
    "Explosions/Remote violence": Look("#E69F00", "star"),
    "Violence against civilians": Look("#CC79A7", "triangle"),
    "Protests": Look("#56B4E9", "circle"),
    "Riots": Look("#009E73", "square"),
    "Strategic developments": Look("#0072B2", "diamond"),
    "Diplomacy": Look("#7A7A7A", "pentagon"),
}
"""The kinds of event in the order of legends."""

OTHER = Look("#999999", "hexagon")
"""The look of a kind that is not in the table."""


def look(kind: str) -> Look:
    """Return how a kind of event looks."""
    return KINDS.get(kind, OTHER)


OUTLINES: dict[str, tuple[tuple[float, float], ...]] = {
    "cross": (
        (-0.45, -0.9), (0, -0.45), (0.45, -0.9), (0.9, -0.45), (0.45, 0), (0.9, 0.45), (0.45, 0.9), (0, 0.45),
        (-0.45, 0.9), (-0.9, 0.45), (-0.45, 0), (-0.9, -0.45),
    ),
    "star": (
        (0, 1.1), (0.259, 0.356), (1.046, 0.34), (0.419, -0.136), (0.647, -0.89), (0, -0.44), (-0.647, -0.89),
        (-0.419, -0.136), (-1.046, 0.34), (-0.259, 0.356),
    ),
    "triangle": ((0, 1.0), (0.95, -0.75), (-0.95, -0.75)),
    "circle": tuple(
        (0.85 * x, 0.85 * y)
        for x, y in (
            (1, 0), (0.924, 0.383), (0.707, 0.707), (0.383, 0.924), (0, 1), (-0.383, 0.924), (-0.707, 0.707),
            (-0.924, 0.383), (-1, 0), (-0.924, -0.383), (-0.707, -0.707), (-0.383, -0.924), (0, -1), (0.383, -0.924),
            (0.707, -0.707), (0.924, -0.383),
        )
    ),
    "square": ((-0.77, -0.77), (0.77, -0.77), (0.77, 0.77), (-0.77, 0.77)),
    "diamond": ((0, -1.05), (0.9, 0), (0, 1.05), (-0.9, 0)),
    "pentagon": ((0, 0.95), (0.904, 0.294), (0.559, -0.769), (-0.559, -0.769), (-0.904, 0.294)),
    "hexagon": ((0.9, 0), (0.45, 0.78), (-0.45, 0.78), (-0.9, 0), (-0.45, -0.78), (0.45, -0.78)),
}  # fmt: skip
"""The corners of each shape, drawn around the origin with y upwards, of about the same area."""
