"""geomap: news text in, a map of the conflict events it reports out.

The names below are stable: import from here.
"""

__version__ = "0.1.0"
