"""Mentions -> Resolutions: which place each name means, and why.

candidates  the places a name may mean, and what lies in what
beside      what the words right beside a name say
context     the names of a document and what stands beside each
clues/      each clue is one function of a candidate and its context (table CLUES)
rank        the weighted sum of the clues, twice over, and its calibrated confidence
explain     each candidate, each clue and its share
"""

from geomap.resolve.rank import resolve

__all__ = ["resolve"]
