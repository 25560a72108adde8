"""The page's own assets, read from the packages: nothing is ever fetched."""

from __future__ import annotations

import base64
import json
import re
from functools import lru_cache
from importlib.resources import files
from typing import Any

SCRIPTS = (
    "dom", "words", "dates", "store", "filter", "symbols", "ground", "gather", "labels", "canvas", "card", "popup",
    "list", "article", "book", "correct", "timeline", "panel", "export", "share", "dress", "state", "layer", "page",
)  # fmt: skip
"""Our scripts in `assets/js`, in the order they stand in the page; they share one scope."""

LANGUAGES = ("en", "fr", "es", "ar", "uk")
"""The languages of the interface."""
RIGHT_TO_LEFT = frozenset({"ar"})

LEAFLET_JS, LEAFLET_CSS = "geomap:leaflet.js", "geomap:leaflet.css"
OWN_JS, OWN_CSS, LAYER_CSS = "geomap:geomap.js", "geomap:geomap.css", "geomap:layer.css"
_DARK = re.compile(
    r'@media \(prefers-color-scheme: dark\) \{\s*\.gm-root:not\(\[data-theme="light"\]\) (\{[^}]*\})\s*\}'
)
"""The dark colours, as they stand for a reader whose system is dark."""
_URL = re.compile(r"url\(\s*['\"]?([\w/.-]+\.png)['\"]?\s*\)")


@lru_cache(maxsize=8)
def asset(name: str) -> str | None:
    """Return the text of one of the assets named above, or None for a name that is not ours."""
    if name == LEAFLET_JS:
        return _leaflet("leaflet.js").replace("//# sourceMappingURL=leaflet.js.map", "") + _icons()
    if name == LEAFLET_CSS:
        return _URL.sub(lambda match: f"url({_image(match.group(1))})", _leaflet("leaflet.css"))
    if name == OWN_JS:
        parts = [_own(f"js/{part}.js") for part in SCRIPTS]
        return (
            "(() => {\n" + "\n".join(parts) + "\nObject.assign(window, { geomapPage, geomapLayer, $: folded$ });\n})();"
        )
    if name == OWN_CSS:
        return _layer_css() + _own("page.css")
    if name == LAYER_CSS:
        return _layer_css()
    return None


@lru_cache(maxsize=1)
def scene() -> dict[str, Any]:
    """Return what symbols look like: colour and shape by kind, size by deaths. Page and static figure share it.

    `subs` of a kind are the code book's.
    """
    from geomap.events.kinds import kinds

    found: dict[str, Any] = json.loads(_own("scene.json"))
    rows = [
        {**row, "subs": [kind.name for kind in kinds().values() if kind.kind == row["name"]]} for row in found["kinds"]
    ]
    return {**found, "kinds": rows}


@lru_cache(maxsize=8)
def words(language: str) -> dict[str, Any]:
    """Return the interface's words in a language; English where it lacks some."""
    found: dict[str, Any] = json.loads(_own("words/en.json"))
    if language != "en":
        found.update(json.loads(_own(f"words/{language}.json")))
    return found


def _layer_css() -> str:
    """Return the style sheet, its dark colours also where a reader or the maker of the page chose them."""
    return _DARK.sub(lambda match: f'{match[0]}\n.gm-root[data-theme="dark"] {match[1]}', _own("layer.css"), count=1)


def _own(path: str) -> str:
    return files("geomap.map").joinpath("assets", *path.split("/")).read_text(encoding="utf-8")


def _leaflet(path: str) -> str:
    return files("xstatic.pkg.leaflet").joinpath("data", path).read_text(encoding="utf-8")


def _image(path: str) -> str:
    data = files("xstatic.pkg.leaflet").joinpath("data", *path.split("/")).read_bytes()
    return "data:image/png;base64," + base64.b64encode(data).decode()


def _icons() -> str:
    """Give Leaflet its marker's pictures: it would look for them beside the page."""
    names = {"iconUrl": "marker-icon.png", "iconRetinaUrl": "marker-icon-2x.png", "shadowUrl": "marker-shadow.png"}
    found = {key: _image(f"images/{name}") for key, name in names.items()}
    return f"\nL.Icon.Default.imagePath = '';\nL.Icon.Default.mergeOptions({json.dumps(found)});"
