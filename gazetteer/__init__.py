"""Places and their names: where a name may be, what lies near, what contains what.

Knows nothing of texts, events or maps.
"""

from gazetteer.errors import GazetteerError
from gazetteer.place import Match, Place

__all__ = ["GazetteerError", "Match", "Place"]
