# ruff: noqa: INP001 - a script beside the documentation, outside any package
"""Draws the pictures of the README and the documentation, from a sample dispatch and by geomap's own commands.

python geomap/docs/make/pictures.py    writes geomap/docs/images/; needs the extra `figure` and Chromium
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from geomap.cli import main

ROOT = Path(__file__).parents[3]
IMAGES = ROOT / "geomap" / "docs" / "images"
DISPATCH, PUBLISHED = ROOT / "seeds" / "syria-qusair-2013.txt", "2013-05-25"
WIDTH, HEIGHT = 1360, 860


def run(*arguments: str) -> None:
    """Run geomap as typed."""
    if main([*arguments, "--quiet"]) != 0:
        sys.exit(f"geomap {' '.join(arguments)} failed")


def photographed(page: Path, picture: Path) -> None:
    """Take a picture of a page with Chromium."""
    from playwright.sync_api import sync_playwright

    found = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as running:
        browser = running.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        view = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        view.goto(page.as_uri())
        view.wait_for_selector("html[data-ready]")
        view.screenshot(path=picture)
        browser.close()


def made() -> None:
    """Make every picture."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        events, page = Path(folder) / "events.jsonl", Path(folder) / "map.html"
        run("extract", str(DISPATCH), "--published", PUBLISHED, "--with-text", "-o", str(events))
        run("draw", str(events), "-o", str(page))
        photographed(page, IMAGES / "map.png")
        run("figure", str(events), "--dpi", "160", "-o", str(IMAGES / "figure.png"))
    for picture in sorted(IMAGES.glob("*.png")):
        if shutil.which("oxipng"):
            subprocess.run(["oxipng", "-q", str(picture)], check=False)  # noqa: S603, S607 - found just above
        sys.stdout.write(f"{picture.relative_to(ROOT)}: {picture.stat().st_size:,} bytes\n")


if __name__ == "__main__":
    made()
