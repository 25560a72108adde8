"""Mentions -> Resolutions: which place each name means, and why.

context     what the whole text says about where it plays
clues       each clue is one function of a candidate and its context (table CLUES)
rank        the weighted sum of the clues, twice over, and its calibrated confidence
explain     each candidate, each clue and its share
"""

from geomap.resolve.rank import resolve

__all__ = ["resolve"]
