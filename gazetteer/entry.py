"""What a source yields: a place with all the names it goes by."""

from __future__ import annotations

from dataclasses import dataclass

from gazetteer.place import How, Place


@dataclass(frozen=True, slots=True)
class Entry:
    """A place and its names, each with how a text that uses it has matched.

    `names` need not repeat the place's own name. A `code` is matched as it is written, case and all, full stops aside;
    every other name by its key. Where two sources bring the same id, the earlier one's place stands and the names of
    both are kept.
    """

    place: Place
    names: tuple[tuple[str, How], ...] = ()
