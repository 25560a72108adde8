"""A page for people who do not use a terminal: articles in, map out, on this machine alone.

`desk` holds what was asked and works it off; `guards` says who may ask; `routes` answers; `openapi` describes.
"""

from __future__ import annotations

from geomap.serve.server import open_socket, serve
from geomap.serve.settings import ServeSettings

__all__ = ["ServeSettings", "open_socket", "serve"]
