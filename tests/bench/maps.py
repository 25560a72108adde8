"""How large a map may be: geomap's page beside folium's own ways, on the same events.

    python tests/bench/maps.py [COUNT...]        by default 1000 10000 100000

Prints a table: seconds of Python (by the clock, and of the processor), its memory, the file's size, milliseconds
until the page is ready, for the slowest filter, and for a frame of panning. Each way runs in a process of its own.
folium's ways get the same popups; one that would take longer than LIMIT seconds at the next count is left out.
"""

from __future__ import annotations

import json
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from geomap.model import EventSet

LIMIT = 60
VERBS = ("shelled", "attacked", "raided", "stormed", "hit", "struck")
KINDS = (
    ("Battles", "Armed clash"), ("Explosions/Remote violence", "Air/drone strike"), ("Protests", "Peaceful protest"),
    ("Violence against civilians", "Attack"), ("Riots", "Mob violence"), ("Strategic developments", "Arrests"),
)  # fmt: skip


def corpus(count: int) -> EventSet:
    """Return events over two years and some three thousand towns, each with a sentence of its own."""
    from gazetteer.place import Place
    from geomap.map.names import _table
    from geomap.model import Actor, Document, Event, EventSet, Span, Toll, When, Where

    dice = random.Random(7)  # noqa: S311 - the same events each time, no secret
    towns = [
        Place(i + 1, name, latitude, longitude, "XX", None, None, None, "P.PPL", people, 5.0)
        for i, (name, longitude, latitude, people, _) in enumerate(_table()["towns"][:3000])
    ]
    documents, events = [], []
    for number in range(count):
        place, (kind, sub), killed = dice.choice(towns), dice.choice(KINDS), int(dice.paretovariate(1.2)) - 1
        day = date(2022, 1, 1) + timedelta(days=dice.randrange(730))
        verb = dice.choice(VERBS)
        text = (
            f"Unit {dice.randrange(10**6)} {verb} {place.name} at {dice.randrange(24)} hours, killing {killed} people."
        )
        at, where = text.index(verb), text.index(place.name)
        document = Document(f"d{number}", text, None, day, "en", f"Source {number % 40}")
        toll = text.index(str(killed), where + len(place.name) + 8) if killed else 0
        events.append(
            Event(
                f"{number:016x}", kind, sub, "happened", document.id, Span(0, len(text)), Span(at, at + len(verb)),
                When(None, day, day, 1), Where(place, Span(where, where + len(place.name)), 1, 5.0, 0.9),
                (Actor(f"Group {number % 60}", "source", "Rebel groups", Span(0, 4)),),
                Toll(Span(toll, toll + 1), str(killed), killed, killed, killed) if killed else None, confidence=0.8,
            )
        )  # fmt: skip
        documents.append(document)
    return EventSet(tuple(documents), {}, tuple(events))


def geomap_page(events: EventSet, path: Path) -> None:
    """Draw with geomap: everything in one file."""
    from geomap.map import save

    save(events, path, title="Benchmark")


def _folium(events: EventSet, path: Path, add: Callable[[Any, list[Any]], None]) -> None:
    import folium

    page = folium.Map([20, 0], zoom_start=2, tiles=None, maxZoom=18)
    texts = {document.id: document.text for document in events.documents}
    rows = [(e.where.place.latitude, e.where.place.longitude, texts[e.document]) for e in events.events if e.where]
    add(page, rows)
    page.save(path)


def marker(events: EventSet, path: Path) -> None:
    """Draw with one folium.Marker an event."""
    import folium

    def add(page: Any, rows: list[Any]) -> None:  # noqa: ANN401 - folium is not annotated
        for latitude, longitude, text in rows:
            folium.Marker([latitude, longitude], popup=text).add_to(page)

    _folium(events, path, add)


def cluster(events: EventSet, path: Path) -> None:
    """Draw with folium's MarkerCluster."""
    import folium
    from folium.plugins import MarkerCluster

    def add(page: Any, rows: list[Any]) -> None:  # noqa: ANN401 - folium is not annotated
        group = MarkerCluster().add_to(page)  # type: ignore[no-untyped-call]
        for latitude, longitude, text in rows:
            folium.Marker([latitude, longitude], popup=text).add_to(group)

    _folium(events, path, add)


def fast_cluster(events: EventSet, path: Path) -> None:
    """Draw with folium's FastMarkerCluster, which has no popups of its own."""
    from folium.plugins import FastMarkerCluster

    def add(page: Any, rows: list[Any]) -> None:  # noqa: ANN401 - folium is not annotated
        FastMarkerCluster([row[:2] for row in rows]).add_to(page)  # type: ignore[no-untyped-call]

    _folium(events, path, add)


WAYS: dict[str, Callable[[EventSet, Path], None]] = {
    "geomap": geomap_page,
    "Marker": marker,
    "MarkerCluster": cluster,
    "FastMarkerCluster": fast_cluster,
}


def build(way: str, count: int, path: Path) -> dict[str, float]:
    """Build one page, in this process, and measure it."""
    events = corpus(count)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start, busy = time.perf_counter(), time.process_time()
    WAYS[way](events, path)
    seconds, busy = time.perf_counter() - start, time.process_time() - busy
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found = {"python_s": seconds, "cpu_s": busy, "peak_mb": peak / 1024, "more_mb": (peak - before) / 1024}
    return {**found, "file_mb": path.stat().st_size / 1e6}


def browse(path: Path) -> dict[str, float]:
    """Open a page of geomap's in chromium and measure loading, a filter and panning. folium's own need the net."""
    from playwright.sync_api import sync_playwright

    chromium = os.environ.get("GEOMAP_CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1360, "height": 860})
        start = time.perf_counter()
        page.goto(path.as_uri())
        page.wait_for_selector("html[data-ready]", timeout=120_000)
        ready = (time.perf_counter() - start) * 1000
        filtered = page.evaluate(
            """() => {
                const times = [];
                for (const box of document.querySelectorAll('.gm-filters fieldset input')) {
                    const start = performance.now();
                    box.click();
                    document.querySelector('.gm-list').getBoundingClientRect();
                    times.push(performance.now() - start);
                    box.click();
                }
                return Math.max(...times);
            }"""
        )
        frame = page.evaluate(
            """async () => {
                const map = Object.values(window).find((v) => v instanceof L.Map), times = [];
                const frame = () => new Promise((done) => requestAnimationFrame(done));
                for (let k = 0; k < 60; k++) {
                    const start = performance.now();
                    map.panBy([k % 40 < 20 ? 12 : -12, 4], { animate: false });
                    await frame();
                    times.push(performance.now() - start);
                }
                return times.sort((a, b) => a - b)[30];
            }"""
        )
        heap = page.evaluate("performance.memory ? performance.memory.usedJSHeapSize / 1e6 : 0")
        browser.close()
    return {"ready_ms": ready, "filter_ms": filtered, "frame_ms": frame, "heap_mb": heap}


def main(counts: list[int]) -> None:
    """Build and browse every way at every count, and print the table."""
    names = ("python_s", "cpu_s", "peak_mb", "more_mb", "file_mb", "ready_ms", "filter_ms", "frame_ms", "heap_mb")
    print(f"{'way':18} {'events':>9} " + " ".join(f"{name:>10}" for name in names))
    slow: set[str] = set()
    for count in counts:
        for way in WAYS:
            if way in slow:
                continue
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder) / "map.html"
                command = [sys.executable, __file__, "build", way, str(count), str(path)]
                done = subprocess.run(command, capture_output=True, text=True, check=True)
                found = json.loads(done.stdout)
                if way == "geomap":
                    found |= browse(path)
                if found["cpu_s"] > LIMIT / 10:
                    slow.add(way)
            cells = [f"{found[name]:10.1f}" if name in found else f"{'-':>10}" for name in names]
            print(f"{way:18} {count:9,} " + " ".join(cells), flush=True)
    print("- : folium's pages fetch their scripts from the net, so a browser without it shows nothing.")


if __name__ == "__main__":
    if sys.argv[1:2] == ["build"]:
        print(json.dumps(build(sys.argv[2], int(sys.argv[3]), Path(sys.argv[4]))))
    else:
        main([int(word) for word in sys.argv[1:]] or [1000, 10_000, 100_000])
