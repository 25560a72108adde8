"""How long geomap takes from a shell: `python tests/bench/street.py`.

Prints wall time and peak memory of the commands in README's table, the best of five runs each, with the gazetteer
built. The article is one of the samples, or those named.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
ARTICLE = ROOT / "seeds" / "syria-qusair-2013.txt"
_MEASURE = """
import resource, subprocess, sys, time
start = time.perf_counter()
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
print(time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)
"""


def measure(*command: str) -> tuple[float, float]:
    """Run a command in a process of its own; return its seconds and its peak of memory in MB."""
    asked = [sys.executable, "-c", _MEASURE, *command]
    seconds, megabytes = subprocess.run(asked, check=True, capture_output=True, text=True).stdout.split()
    return float(seconds), float(megabytes)


def main() -> None:
    """Print the table."""
    geomap = [sys.executable, "-m", "geomap"]
    articles = sys.argv[1:] or [str(ARTICLE)]
    with tempfile.TemporaryDirectory() as folder:
        rows = {
            "geomap --help": [*geomap, "--help"],
            "an article to a map": [*geomap, "map", *articles, "-o", f"{folder}/map.html"],
            "an article to jsonl": [*geomap, "extract", *articles, "-o", f"{folder}/events.jsonl"],
        }
        for command in rows.values():
            measure(*command)
        for name, command in rows.items():
            seconds, megabytes = min(measure(*command) for _ in range(5))
            print(f"| {name:<22} | {seconds:5.2f} s | {megabytes:4.0f} MB |")


if __name__ == "__main__":
    main()
