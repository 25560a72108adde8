"""Events on an interactive map, in one HTML file that needs nothing else."""

from geomap.map.back import read
from geomap.map.draw import add_to, draw, save
from geomap.map.layers import LAYERS

__all__ = ["LAYERS", "add_to", "draw", "read", "save"]
