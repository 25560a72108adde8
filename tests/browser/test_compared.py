"""The map of a comparison, in a real browser."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from geomap.compare import compare
from geomap.compare.show import save_map

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from pathlib import Path
    from typing import Any

    from geomap.model import EventSet

pytestmark = pytest.mark.browser


def test_rings_can_be_switched(
    border: EventSet, open_map: Callable[..., AbstractContextManager[Any]], tmp_path: Path
) -> None:
    """The page stays one file without a complaint; each part of the comparison is a layer that can be put away."""
    theirs = replace(border, events=tuple(replace(event, id=f"t-{event.id}") for event in border.events[3:]))
    save_map(compare(border, theirs), border, tmp_path / "compared.html")

    with open_map(tmp_path / "compared.html") as opened:
        boxes = opened.page.locator(".leaflet-control-layers-overlays input")
        rings = opened.page.locator(".leaflet-overlay-pane path.leaflet-interactive")
        before = rings.count()
        boxes.first.uncheck()

        assert boxes.count() == 3
        assert rings.count() < before
        assert len(opened.requests) == 1
        assert not opened.complaints
