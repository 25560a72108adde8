"""Every error geomap raises on purpose.

They are raised deep, where what went wrong is known, and caught once, in the command line::

    GeomapError
    ├── UsageError (ValueError)            asked wrongly: exit status 2
    │   ├── MissingExtra (ImportError)     an optional library is not installed
    │   └── MissingAsset                   a folium plug-in asks for a file from the net
    ├── InputError (ValueError)            an input failed: exit status 1
    │   ├── MissingInput (FileNotFoundError)
    │   ├── UnreadableInput                binary, too large, no known format, a bad line
    │   └── EmptyInput
    └── OutputError (OSError)              the output could not be written: exit status 1

The gazetteer has one of its own, `gazetteer.GazetteerError`: exit status 1.
Each message says what was wrong, what would be right, and what to type.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class GeomapError(Exception):
    """The root: catch this to catch all of them."""


class UsageError(GeomapError, ValueError):
    """An option, name or value that geomap does not know. Change what was asked."""


class MissingExtra(UsageError, ImportError):
    """An optional library is not installed; the message names the extra to install."""

    def __init__(self, extra: str, what: str) -> None:
        super().__init__(f"{what} needs libraries that are not installed. Type: pip install 'geomap-conflict[{extra}]'")
        self.extra = extra


class MissingAsset(UsageError):
    """A page was to hold an asset that is not at hand, and geomap's pages fetch nothing."""

    def __init__(self, url: str) -> None:
        super().__init__(
            f"The page would have to fetch {url}, and geomap's pages fetch nothing. "
            "Leave that plug-in out, or hand its text over: draw(events, assets={url: text})."
        )
        self.url = url


class InputError(GeomapError, ValueError):
    """An input could not be used. Other inputs are not touched by it."""


class MissingInput(InputError, FileNotFoundError):
    """There is no such file. Check the path."""


class UnreadableInput(InputError):
    """The input is binary, too large, damaged, or in no format geomap reads."""


class EmptyInput(InputError):
    """The input holds no text."""


class OutputError(GeomapError, OSError):
    """The output could not be written. What was there before is still whole."""


def require(name: str, known: Iterable[str], what: str) -> None:
    """Raise `UsageError` for a name that is not among those known, saying which are: "There is no format 'x'."."""
    names = tuple(known)
    if name not in names:
        raise UsageError(f"There is no {what} {name!r}. Choose one of: {', '.join(names)}.")
