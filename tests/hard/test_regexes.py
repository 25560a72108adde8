"""No regular expression runs away, whatever it is given."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from pathlib import Path

from .patterns import attacks

LENGTH, SECONDS = 2000, 0.4
"""How long an attack is, and how long a pattern may take over it. A linear one takes a thousandth of that, one that is
quadratic in white space a fifth; beyond are those that never end on a page of input."""

BOUNDED = ("[^a-z]{2,60}(?:", r"(?:By [^,\n]{3,60}, )?(?P<place>")
"""How patterns begin that are only asked of a line's first 110 characters, or matched where a sentence begins."""


def test_no_pattern_backtracks_without_end() -> None:
    """Each pattern stands the texts that are made from its own repetitions to break it."""
    program = Path(__file__).with_name("patterns.py")
    done = subprocess.run([sys.executable, str(program)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    compiled = json.loads(done.stdout)
    slow = [
        f"{where}: {seconds:.1f} s for {text[:40]!r}… over {source[:80]!r}"
        for source, flags, is_bytes, where in compiled
        if not source.startswith(BOUNDED)
        for text, seconds in _slow(source, flags, is_bytes=is_bytes)
    ]

    assert len(compiled) > 40
    assert [] == slow


def _slow(source: str, flags: int, *, is_bytes: bool) -> list[tuple[str, float]]:
    """Return the first attack that a pattern does not stand."""
    raw = source.encode("latin-1") if is_bytes else source
    pattern = re.compile(raw, flags)
    for text in attacks(raw, flags, LENGTH):
        begun = time.process_time()
        pattern.search(text.encode("latin-1", "replace") if is_bytes else text)  # type: ignore[arg-type, unused-ignore]
        if (took := time.process_time() - begun) > SECONDS:
            return [(text, took)]
    return []
