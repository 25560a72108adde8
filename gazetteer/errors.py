"""The gazetteer's errors."""

from __future__ import annotations


class GazetteerError(Exception):
    """The gazetteer file is missing, damaged or of another version, or a source could not be read.

    The message says what to type; it is never an empty answer instead.
    """
