"""A page as PDF, printed by a browser that is installed, or by WeasyPrint where it is."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from geomap.errors import OutputError, UsageError

_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge", "chrome")
_SECONDS = 120


def render(page: bytes) -> bytes:
    """Print an HTML page. Raises `UsageError` where there is nothing to print with, `OutputError` where it fails."""
    browser = os.environ.get("GEOMAP_CHROMIUM") or next(filter(None, map(shutil.which, _BROWSERS)), None)
    if browser:
        return _printed(browser, page)
    try:
        from weasyprint import HTML
    except ImportError:
        raise UsageError(
            "A PDF is printed by Chromium or WeasyPrint, and neither is here. Type: pip install weasyprint; "
            "or name a browser in the environment: GEOMAP_CHROMIUM=/path/to/chromium; or write report.html"
        ) from None
    made: bytes = HTML(string=page.decode()).write_pdf()
    return made


def _printed(browser: str, page: bytes) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "page.html", Path(folder) / "page.pdf"
        source.write_bytes(page)
        command = [
            browser,
            "--headless",
            "--disable-gpu",
            "--no-pdf-header-footer",
            f"--user-data-dir={folder}/profile",
        ]
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            command.append("--no-sandbox")  # Chromium refuses to run as root with it; the page holds no script
        try:
            done = subprocess.run(  # noqa: S603 - the browser is the user's own
                [*command, f"--print-to-pdf={target}", source.as_uri()],
                capture_output=True,
                timeout=_SECONDS,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise OutputError(f"{browser} could not print the report: {error}") from error
        if not target.exists():
            told = done.stderr.decode(errors="replace").strip().splitlines()
            raise OutputError(f"{browser} could not print the report: {told[-1] if told else done.returncode}")
        return target.read_bytes()
