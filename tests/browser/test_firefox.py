"""The page in Firefox: another engine, the same map."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from geomap.map import save

if TYPE_CHECKING:
    from geomap.model import EventSet

pytestmark = pytest.mark.browser


def test_firefox_shows_the_map(border: EventSet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One request, no error, the counts, a dialog with its evidence, a search, the article: as in chromium."""
    program = os.environ.get("GEOMAP_FIREFOX") or shutil.which("firefox-esr")
    if program is None:
        pytest.skip("no firefox-esr here: apt-get install firefox-esr, or set GEOMAP_FIREFOX")
    monkeypatch.syspath_prepend(str(Path(__file__).parent.parent.parent))
    from tests.browser.firefox import started

    save(border, tmp_path / "map.html")
    with started(program, tmp_path / "profile") as firefox:
        firefox.open((tmp_path / "map.html").as_uri())
        counts = firefox.run("document.querySelector('.gm-counts').textContent")
        firefox.run("document.querySelector('.gm-row').click()")
        dialog = firefox.run("document.querySelector('[role=dialog]').textContent")
        firefox.run("document.querySelector('.gm-tools button[aria-expanded]').click()")
        article = firefox.run("document.querySelector('.gm-text').textContent")
        drawn = firefox.run(
            "(() => { const c = document.querySelectorAll('.gm-canvas')[0]; "
            "return new Set(c.getContext('2d').getImageData(0, 0, c.width, c.height).data).size; })()"
        )
        (tmp_path / "firefox.png").write_bytes(firefox.picture())
        asked = [e["params"]["request"]["url"] for e in firefox.events if e["method"] == "network.beforeRequestSent"]
        complaints = [e["params"]["text"] for e in firefox.events if e["method"] == "log.entryAdded"]

    assert "9 of 11 events" in counts
    assert "at least 22 killed" in dialog
    assert border.documents[0].text == article
    assert 20 < drawn
    assert [] == [url for url in asked if url.startswith("http")]
    assert [] == complaints
