"""What the person who starts the page may set, and the bounds it keeps."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass

MB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class ServeSettings:
    """Bounds of the served page.

    `token` is asked of every request where it is set. `fetch` lets the page take web addresses; those inside a
    private network are refused all the same. `upload` is the most bytes of one request, `files` the most files in it,
    `waiting` how many orders may wait, `kept` how many finished ones are remembered and for how many `seconds`.
    One client may ask `rate` requests a second, and `burst` at once.
    """

    token: str | None = None
    fetch: bool = True
    finder: str = "crf"
    upload: int = 50 * MB
    files: int = 1000
    waiting: int = 64
    kept: int = 64
    seconds: float = 4 * 3600
    rate: float = 50.0
    burst: int = 200


def is_loopback(host: str) -> bool:
    """Say whether a host name or address can be reached from this machine alone."""
    if host.lower().rstrip(".") == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
