"""What is new in feeds and folders, taken in again and again, and the map of it kept fresh."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from geomap.corpus import Job, build_corpus
from geomap.errors import InputError, MissingInput, OutputError
from geomap.readers.opening import paths_of
from geomap.readers.web import is_url

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from geomap.corpus import Progress
    from geomap.readers.settings import Settings

SETTLED = 2.0
"""Seconds since a file last changed before it is read: one that is still being written is left for the next round."""


@dataclass(slots=True)
class Watch:
    """What is watched, and where what comes of it goes. `days` bounds the map to what was published lately.

    `failed` says whether an input was missing or could not be read, in any round.
    """

    inputs: Sequence[str]
    folder: Path
    map_path: Path | None = None
    days: int | None = None
    title: str | None = None
    failed: bool = False
    known: dict[Path, tuple[float, int]] = field(default_factory=dict)


def watch(  # noqa: PLR0913 - what a watch is told
    watched: Watch,
    *,
    job: Job,
    settings: Settings,
    every: float,
    rounds: int | None = None,
    workers: int | None = 1,
    on_round: Callable[[Progress], None] | None = None,
) -> None:
    """Take in what is new, again and again; forever where `rounds` is None. What fails once is tried the next time."""
    done = 0
    while rounds is None or done < rounds:
        progress = take_in(watched, job=job, settings=settings, workers=workers)
        if on_round is not None and progress is not None:
            on_round(progress)
        done += 1
        if rounds is None or done < rounds:
            time.sleep(every)


def take_in(watched: Watch, *, job: Job, settings: Settings, workers: int | None = 1) -> Progress | None:
    """Take in what is new since the last round, and draw the map anew if there was anything."""
    found = list(_new(watched, settings.note))
    progress = None
    if found:
        paths = [str(path) for path, _ in found]
        try:
            progress = build_corpus(paths, watched.folder, job=job, settings=settings, workers=workers)
            watched.failed = watched.failed or progress.failed > 0
        except InputError as error:
            settings.note(str(error))
            watched.failed = True
        watched.known.update({Path(path): state for path, state in found if state is not None})
    if watched.map_path and (progress is None or progress.documents or not watched.map_path.exists()):
        _draw(watched, settings.note)
    return progress


def _new(watched: Watch, note: Callable[[str], None]) -> Iterator[tuple[str | Path, tuple[float, int] | None]]:
    """Yield feeds, which only reading tells the news of, and files that are new or changed."""
    for item in watched.inputs:
        if is_url(item):
            yield item, None
            continue
        try:
            paths = list(paths_of(item))
        except InputError as error:  # an empty folder is one that waits
            note(str(error))
            watched.failed = watched.failed or isinstance(error, MissingInput)
            continue
        for path in paths:
            state = _state(path)
            if state and watched.known.get(path) != state and time.time() - state[0] >= SETTLED:
                yield path, state


def _state(path: Path) -> tuple[float, int] | None:
    try:
        found = path.stat()
    except OSError:  # gone since it was listed
        return None
    return found.st_mtime, found.st_size


def _draw(watched: Watch, note: Callable[[str], None]) -> None:
    from geomap.map import save
    from geomap.store import read

    since = datetime.now(UTC).date() - timedelta(watched.days) if watched.days else None
    try:
        events = read(watched.folder, since=since)
        if watched.map_path:
            save(events, watched.map_path, title=watched.title)
    except (InputError, OutputError) as error:  # nothing to draw yet, or nowhere to: the next round may do better
        note(str(error))
