"""Places and their names: where a name may be, what lies near, what contains what.

Knows nothing of texts, events or maps.

>>> gazetteer = open_gazetteer()                # doctest: +SKIP
>>> gazetteer.lookup("Qusair")[0].place.name    # doctest: +SKIP
'Al Quşayr'
"""

from gazetteer.build import build
from gazetteer.cache import open_gazetteer
from gazetteer.entry import Entry
from gazetteer.errors import GazetteerError
from gazetteer.place import Match, Place
from gazetteer.store import Gazetteer

__all__ = [
    "Entry",
    "Gazetteer",
    "GazetteerError",
    "Match",
    "Place",
    "build",
    "open_gazetteer",
]
