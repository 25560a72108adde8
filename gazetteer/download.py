"""Fetches GeoNames' dumps from their publisher: goes on where a connection was cut, and checks the size."""

from __future__ import annotations

import http.client
import time
import urllib.error
import urllib.request
from typing import TYPE_CHECKING

from gazetteer.errors import GazetteerError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from gazetteer.build import Progress

PUBLISHER = "https://download.geonames.org/export/dump/"
DUTY = (
    "Place data © GeoNames, CC BY 4.0: whoever shows it says so. Maps made by geomap carry the line. "
    "allCountries.zip is about 400 MB (1.7 GB unpacked), alternateNamesV2.zip 200 MB; one country's is a few MB."
)
"""What is said before a download."""

AGENT = "geomap-conflict (gazetteer build)"
TRIES = 5
CHUNK = 1 << 16
SECONDS = 60


def download(
    name: str,
    folder: Path,
    *,
    publisher: str = PUBLISHER,
    progress: Progress | None = None,
    wait: Callable[[float], None] = time.sleep,
) -> Path:
    """Fetch a dump into a folder and return its path; what is there already, whole, is not fetched again.

    A part that was fetched before is gone on with. Raises `GazetteerError` when the publisher has no such file, when
    five tries fail, or when what came is not as long as was promised.
    """
    if not name.replace("_", "").replace("-", "").replace(".", "").isalnum() or name.startswith("."):
        raise GazetteerError(f"{name!r} is no dump's name. Give one such as allCountries.zip or SY.zip.")
    target = folder / name
    part = folder / f"{name}.part"
    folder.mkdir(parents=True, exist_ok=True)
    if target.is_file():
        return target
    say = progress or (lambda _stage, _share: None)
    trouble: Exception | None = None
    for attempt in range(TRIES):
        if attempt:
            wait(2.0**attempt)
        trouble = fetch_once(f"{publisher.rstrip('/')}/{name}", part, say)
        if trouble is None:
            part.replace(target)
            return target
    raise GazetteerError(
        f"{name} could not be fetched ({trouble}). What came is kept: type the same again to go on."
    ) from trouble


def fetch_once(url: str, part: Path, say: Progress) -> Exception | None:
    """Try to complete a part; return what went wrong, or None when it is whole."""
    try:
        whole = fetch(url, part, say)
    except urllib.error.HTTPError as error:
        error.close()
        if error.code == http.HTTPStatus.NOT_FOUND:
            raise GazetteerError(f"There is no {url}. Give a dump such as allCountries.zip or SY.zip.") from error
        return error
    except (OSError, http.client.HTTPException) as error:
        return error
    came = part.stat().st_size
    if came > whole:
        part.unlink()
    return None if came == whole else GazetteerError(f"{came:,} bytes came of {whole:,}")


def fetch(url: str, part: Path, say: Progress) -> int:
    """Fetch what is missing of a file, and return how long the whole is said to be."""
    have = part.stat().st_size if part.is_file() else 0
    headers = {"User-Agent": AGENT} | ({"Range": f"bytes={have}-"} if have else {})
    request = urllib.request.Request(url, headers=headers)  # noqa: S310 - the publisher's https, or a test's loopback
    try:
        answer = urllib.request.urlopen(request, timeout=SECONDS)  # noqa: S310 - the same
    except urllib.error.HTTPError as error:
        if error.code == http.HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
            part.unlink(missing_ok=True)
        raise
    with answer:
        goes_on = answer.status == http.HTTPStatus.PARTIAL_CONTENT
        length = int(answer.headers.get("Content-Length") or 0)
        promised = answer.headers.get("Content-Range", "").rpartition("/")[2] if goes_on else ""
        whole = int(promised) if promised.isdigit() else length + (have if goes_on else 0)
        with part.open("ab" if goes_on else "wb") as file:
            while chunk := answer.read(CHUNK):
                file.write(chunk)
                say(
                    f"fetching {part.stem}: {file.tell() / 1e6:.0f} of {whole / 1e6:.0f} MB",
                    file.tell() / max(1, whole),
                )
    return whole
