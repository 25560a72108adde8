"""folium's map and figure, made to stand alone: every asset in the file, a policy that lets nothing else in."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
import zlib
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import folium
from branca.element import CssLink, Element, Figure, JavascriptLink
from folium.elements import JSCSSMixin
from folium.template import Template

from geomap.errors import MissingAsset, UsageError
from geomap.map import bundle

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LARGE = 1_000_000
"""Bytes from which a block of data is deflated."""
_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_FOREIGN = re.compile(
    r"<(?:script|link|iframe|object|embed)\b[^>]*?\b(?:src|href|data)\s*=\s*[\"']?\s*((?:https?:)?//[^\"'\s>]+)",
    re.IGNORECASE,
)
_UNSAFE = {ord(c): f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"}


def block(data: Any, *, pack: bool = True) -> tuple[str, bool]:  # noqa: ANN401 - whatever JSON can hold
    """Return data as text that may stand inside a script element, and whether it is deflated and in base64."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    if len(text) < LARGE or not pack:
        return _encodable(text).translate(_UNSAFE), False
    packed = zlib.compress(text.encode("utf-8", "surrogatepass"), 6)
    return base64.b64encode(packed).decode(), True


def _encodable(text: str) -> str:
    """Escape the halves of surrogate pairs, which no file can hold."""
    return re.sub(r"[\ud800-\udfff]", lambda match: f"\\u{ord(match.group()):04x}", text)


class OfflineFigure(Figure):
    """A figure whose page asks for nothing: each linked asset is put into the file, and an unknown one is refused."""

    def __init__(self, title: str, language: str, assets: Mapping[str, str], hosts: Sequence[str], theme: str) -> None:
        super().__init__(title=title)
        self.language = language
        self.assets = dict(assets)
        self.hosts = tuple(hosts)
        self.theme = theme

    def render(self, **kwargs: Any) -> str:  # noqa: ANN401 - branca's
        """Return the page."""
        for child in self._children.values():
            child.render(**kwargs)
        parts = [self._inlined(child) for child in self.header._children.values()]  # noqa: SLF001 - branca has no other way
        head = "\n".join(part for part in parts if part)
        body, script = self.html.render(**kwargs), self.script.render(**kwargs)
        for part in (head, body):
            if foreign := _FOREIGN.search(part):
                raise MissingAsset(foreign.group(1))
        side = "rtl" if self.language in bundle.RIGHT_TO_LEFT else "ltr"
        title = html.escape(self.title or "")
        scripts = f"{head}\n<title>{title}</title>", f"{body}\n<script>\n{script}\n</script>"
        policy = _policy("".join(scripts), self.hosts)
        theme = f' data-theme="{self.theme}"' if self.theme != "auto" else ""
        return (
            f'<!DOCTYPE html>\n<html class="gm-root" lang="{self.language}" dir="{side}"{theme}>\n'
            '<head>\n<meta charset="utf-8">\n'
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f"{scripts[0]}\n</head>\n<body>\n{scripts[1]}\n</body>\n</html>\n"
        )

    def _inlined(self, child: Element) -> str:
        if isinstance(child, JavascriptLink):
            return f"<script>{_script(self._asset(child.url))}</script>"
        if isinstance(child, CssLink):
            return f"<style>{self._asset(child.url).replace('</style', '')}</style>"
        text = str(child.render())
        return "" if "http-equiv" in text else text

    def _asset(self, url: str) -> str:
        text = self.assets.get(url) or bundle.asset(url)
        if text is None:
            raise MissingAsset(url)
        return text

    def _repr_html_(self, **kwargs: Any) -> str:  # noqa: ANN401 - branca's
        """Return the page as notebooks show it."""
        page = html.escape(self.render(**kwargs))
        title = html.escape(self.title or "")
        return (
            f'<iframe title="{title}" srcdoc="{page}" loading="lazy" sandbox="allow-scripts allow-downloads" '
            'style="width:100%;height:640px;border:0" allowfullscreen></iframe>'
        )


def _script(text: str) -> str:
    return text.replace("</script", "<\\/script").replace("<!--", "<\\!--")


def _policy(page: str, hosts: Sequence[str]) -> str:
    """Return the policy that runs the page's own scripts, each known by its hash, and loads nothing."""
    hashes = [base64.b64encode(hashlib.sha256(s.encode()).digest()).decode() for s in _INLINE.findall(page)]
    scripts = " ".join(f"'sha256-{value}'" for value in dict.fromkeys(hashes))
    images = " ".join(("data:", "blob:", *hosts))
    return (
        f"default-src 'none'; img-src {images}; font-src data:; style-src 'unsafe-inline'; "
        f"script-src {scripts}; connect-src 'none'; base-uri 'none'; form-action 'none'"
    )


class OfflineMap(folium.Map):
    """A folium map whose figure stands alone. Any folium layer can be added that brings no asset of its own."""

    default_js = [("leaflet", bundle.LEAFLET_JS), ("geomap", bundle.OWN_JS)]  # noqa: RUF012 - folium's own way
    default_css = [("leaflet_css", bundle.LEAFLET_CSS), ("geomap_css", bundle.OWN_CSS)]  # noqa: RUF012 - the same

    _template = Template(
        """
        {% macro header(this, kwargs) %}{% endmacro %}
        {% macro html(this, kwargs) %}
        <div class="folium-map" id={{ this.get_name()|tojson }}></div>
        {% endmacro %}
        {% macro script(this, kwargs) %}
        var {{ this.get_name() }} = L.map({{ this.get_name()|tojson }}, {{ this.page_options|tojson }});
        {% endmacro %}
        """
    )

    def __init__(self, figure: OfflineFigure, identity: str) -> None:
        super().__init__(location=[20, 0], tiles=None, zoom_control=False, zoom_start=2)
        self._id = identity
        self.page_options = {
            "center": [20, 0], "zoom": 2, "minZoom": 1, "maxZoom": 16, "zoomControl": False, "zoomSnap": 0.25,
            "zoomDelta": 1, "wheelPxPerZoomLevel": 90, "maxBoundsViscosity": 1, "maxBounds": [[-86, -540], [86, 540]],
        }  # fmt: skip
        figure.add_child(self, name=f"map_{identity}")


class Raw(Element):
    """Text that goes into the page as it stands.

    branca's own elements read what they are given as a Jinja template: of news text, that would run whatever stands
    between double braces.
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text

    def render(self, **_: Any) -> str:  # noqa: ANN401 - branca's
        """Return the text."""
        return self.text


class EventLayer(JSCSSMixin):
    """All events of a page, as one layer: a block of data, a block of ground, and one call."""

    default_js: list[tuple[str, str]] = []  # noqa: RUF012 - folium's own way
    default_css: list[tuple[str, str]] = []  # noqa: RUF012 - the same

    def __init__(self, data: Mapping[str, Any], ground: Mapping[str, Any] | None, call: str, head: str = "") -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # branca is not annotated
        self._name = "events"
        text, packed = block(data)
        self.identity = self._id = hashlib.sha256(text.encode()).hexdigest()[:16]
        name = self.get_name()
        how = ' data-packed="deflate"' if packed else ""
        self.head, self.call = head, call
        self.blocks = f'<script type="application/json" id="{name}"{how}>{text}</script>'
        if ground:
            self.blocks += (
                f'\n<script type="application/json" id="{name}-ground">{block(ground, pack=False)[0]}</script>'
            )
        if self.call == "geomapPage":
            needs, broken = (html.escape(data["words"][key]) for key in ("no script", "broken"))
            self.blocks += f'\n<noscript data-broken="{broken}"><p class="gm-broken">{needs}</p></noscript>'

    def render(self, **kwargs: Any) -> str:  # noqa: ANN401 - branca's
        """Put head, blocks and call into the figure, where all of the page is put together."""
        figure: Any = self.get_root()
        parent: Any = self._parent
        name = self.get_name()
        figure.header.add_child(Raw(self.head), name=name)
        figure.html.add_child(Raw(self.blocks), name=name)
        figure.script.add_child(Raw(f'{self.call}({parent.get_name()}, "{name}");'), name=name)
        for child in self._children.values():
            child.render(**kwargs)
        return ""


class PlainLayer(EventLayer):
    """All events as one layer of a folium map that is not ours: it brings our scripts along."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        script, style = bundle.asset(bundle.OWN_JS), bundle.asset(bundle.LAYER_CSS)
        super().__init__(data, None, "geomapLayer", f"<style>{style}</style><script>{_script(script or '')}</script>")


def tile_layer(name: str) -> tuple[folium.TileLayer, tuple[str, ...]]:
    """Return a layer of raster tiles from the net, and the hosts they come from. Raises `UsageError`."""
    import xyzservices

    try:
        provider = xyzservices.providers.query_name(name)
    except ValueError:
        raise UsageError(f"{name!r} is no provider of tiles. Right is a name such as OpenStreetMap.Mapnik.") from None
    if provider.requires_token():
        raise UsageError(f"{name} asks for a key, which a page that is passed on would give away. Choose another.")
    layer = folium.TileLayer(tiles=provider)
    layer._id = hashlib.sha256(name.encode()).hexdigest()[:16]  # noqa: SLF001 - or it would be another in every page
    address = urlsplit(str(provider["url"]).replace("{s}", "SUB")).netloc
    hosts = (
        [address.replace("SUB", sub) for sub in provider.get("subdomains", "abc")] if "SUB" in address else [address]
    )
    return layer, tuple(f"https://{host}" for host in hosts)
