"""Events on an interactive map, in one HTML file that needs nothing else."""

from geomap.map.draw import draw, save

__all__ = ["draw", "save"]
