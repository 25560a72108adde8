"""What to paste into another page so that it shows a map."""

from __future__ import annotations

import base64
import hashlib
import html
import re
from collections.abc import Callable
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote, urlsplit

from geomap.errors import MissingInput, UnreadableInput, UsageError

SANDBOX = "allow-scripts allow-downloads allow-forms allow-popups allow-popups-to-escape-sandbox"
"""All that a map may do in another page: run its own script, save a file, take corrections and open a source.

It has an origin of its own, and sees nothing of that page.
"""

RESIZE = """addEventListener("message", function (event) {
  var told = event.data, frames = document.querySelectorAll("iframe[data-geomap]");
  if (!told || told.geomap !== 1 || !(told.height > 0)) return;
  for (var i = 0; i < frames.length; i++)
    if (frames[i].contentWindow === event.source) frames[i].height = Math.min(Math.ceil(told.height), 4000);
});"""
"""The host page's part of a map's height: once on a page, for however many maps."""

_HEAD_BYTES = 200_000  # a map's title stands in its head


@dataclass(frozen=True, slots=True)
class Frame:
    """A map to embed: its text, its title, where the page will find it, and how high it is, in pixels."""

    page: str
    title: str
    url: str
    height: int

    @property
    def source(self) -> str:
        """The frame that loads the map from its address."""
        return _iframe(f'src="{html.escape(self.url)}"', self)


def _iframe(source: str, frame: Frame) -> str:
    # Width and height stand outside the style too: a strict policy of the host page forbids styles.
    return (
        f'<iframe {source} title="{html.escape(frame.title)}" data-geomap loading="lazy" sandbox="{SANDBOX}" '
        f'width="100%" height="{frame.height}" style="border:0" allowfullscreen></iframe>'
    )


def _src(frame: Frame) -> str:
    return f"{frame.source}\n{script()}\n"


def _srcdoc(frame: Frame) -> str:
    inside = f'srcdoc="{html.escape(frame.page)}"'
    return f"{_iframe(inside, frame)}\n{script()}\n"


def _markdown(frame: Frame) -> str:
    words = re.sub(r"([\\\[\]`*_<>])", r"\\\1", frame.title)
    return f"{frame.source}\n\n[{words}](<{frame.url}>)\n"


def _quarto(frame: Frame) -> str:
    return f"```{{=html}}\n{frame.source}\n{script()}\n```\n"


def _mkdocs(frame: Frame) -> str:
    caption = html.escape(frame.title)
    return f"<figure>\n{frame.source}\n<figcaption>{caption}</figcaption>\n</figure>\n{script()}\n"


def _wordpress(frame: Frame) -> str:
    return f"<!-- wp:html -->\n{frame.source}\n{script()}\n<!-- /wp:html -->\n"


def _sphinx(frame: Frame) -> str:
    lines = f"{frame.source}\n{script()}".splitlines()
    return ".. raw:: html\n\n" + "".join(f"   {line}\n" for line in lines)


@dataclass(frozen=True, slots=True)
class Kind:
    """A sort of page: what to paste into it, and what else must be done there."""

    write: Callable[[Frame], str]
    advice: str


KINDS: dict[str, Kind] = {
    "src": Kind(_src, "Put the map's file beside the page."),
    "srcdoc": Kind(
        _srcdoc, "The map is inside; no file is needed. It obeys the page's own policy: where that is strict, use src."
    ),
    "markdown": Kind(_markdown, "Where frames are taken out, as on GitHub, the link stays."),
    "quarto": Kind(_quarto, "Name the map's file under resources: in the document's header."),
    "mkdocs": Kind(
        _mkdocs, "Put the map's file into docs/. Pages in folders of their own find it with --url ../map.html"
    ),
    "wordpress": Kind(_wordpress, "Paste it in the code editor; in a block of HTML, without the first and last line."),
    "sphinx": Kind(_sphinx, "Put the map's file into the folder of html_extra_path."),
}
"""The pages that a map can be embedded in."""


def script() -> str:
    """Return the element that lets a page follow its maps' heights."""
    return f"<script>{RESIZE}</script>"


def policy() -> str:
    """Return what a strict Content-Security-Policy of the host page must allow for `src`."""
    digest = base64.b64encode(hashlib.sha256(RESIZE.encode()).digest()).decode()
    return f"frame-src 'self'; script-src 'sha256-{digest}'"


def embed(
    path: Path | str, kind: str = "src", *, url: str | None = None, title: str | None = None, height: int = 640
) -> str:
    """Return what to paste for the map in `path`. Raises `UsageError`, `MissingInput`, `UnreadableInput`.

    `url` is where the page will find the map: a relative path or an http address; without it, the file's name.
    """
    if kind not in KINDS:
        raise UsageError(f"Nothing is known of {kind!r}. Choose one of: {', '.join(KINDS)}.")
    page = _page(Path(path))
    return KINDS[kind].write(Frame(page, title or title_of(page) or "Map", _address(url, Path(path)), height))


def _page(path: Path) -> str:
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise MissingInput(f"There is no file {path}. Draw a map first: geomap map ARTICLE -o {path}") from None
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableInput(f"{path} cannot be read as a map: {error}") from error
    if not text.lstrip()[:15].lower().startswith(("<!doctype html", "<html")):
        raise UnreadableInput(f"{path} is no HTML page. Name a map that geomap drew, such as output/map.html")
    return text


def _address(url: str | None, path: Path) -> str:
    if url is None:
        return quote(path.name)
    if urlsplit(url).scheme not in {"", "http", "https"} or any(letter.isspace() for letter in url):
        raise UsageError(f"{url!r} is no address of a page. Type a path or an address of http: --url maps/map.html")
    return url


class _Title(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words, self._inside = "", False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - the parser's signature
        self._inside = tag == "title" and not self.words

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - the parser's signature
        self._inside = False

    def handle_data(self, data: str) -> None:
        self.words += data if self._inside else ""


def title_of(page: str) -> str | None:
    """Return the title of an HTML page."""
    parser = _Title()
    parser.feed(page[:_HEAD_BYTES])
    return " ".join(parser.words.split()) or None
