"""A real browser that opens generated pages from disk, and keeps a log of every request and complaint."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest

from geomap.export import jsonl
from geomap.map import save

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from playwright.sync_api import Browser

    from geomap.model import EventSet

DATA = Path(__file__).parent.parent / "data" / "map"


@dataclass
class Opened:
    """A page that is open, and what it asked for and complained of."""

    page: Any
    path: Path
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


Opening: TypeAlias = "Callable[..., AbstractContextManager[Opened]]"
"""Draws events and opens them: the fixture `open_map`."""


@pytest.fixture(scope="session")
def border() -> EventSet:
    """Thirteen events of one article: every status, several kinds, one without a place, one without a day."""
    with (DATA / "border.jsonl").open(encoding="utf-8") as lines:
        return jsonl.read(lines)


@pytest.fixture
def open_map(chromium: Browser, tmp_path: Path) -> Opening:
    """Draw events, open the page, and hand it over once it is ready."""

    @contextmanager
    def opened(
        events: EventSet | Path,
        *,
        fragment: str = "",
        ready: str = "html[data-ready]",
        context: dict[str, Any] | None = None,
        **options: Any,  # noqa: ANN401 - those of `draw`
    ) -> Iterator[Opened]:
        path = events if isinstance(events, Path) else tmp_path / "map.html"
        if not isinstance(events, Path):
            save(events, path, **options)
        settings = {"viewport": {"width": 1360, "height": 860}, "accept_downloads": True, **(context or {})}
        place = chromium.new_context(**settings)
        found = Opened(place.new_page(), path)
        found.page.on("request", lambda request: found.requests.append(request.url))
        found.page.on("console", lambda message: found.complaints.append(f"{message.type}: {message.text}"))
        found.page.on("pageerror", lambda error: found.complaints.append(f"error: {error}"))
        found.page.goto(path.as_uri() + fragment)
        found.page.wait_for_selector(ready, state="attached", timeout=30_000)
        yield found
        place.close()

    return opened
