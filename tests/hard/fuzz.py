"""Fuzzes what reads untrusted bytes and words, guided by coverage; run by hand, since it ends when it is told to.

    pip install atheris
    python -m tests.hard.fuzz readers -max_total_time=300

The first word names a row of `TARGETS`; the rest is libFuzzer's. Atheris runs on Linux with Python 3.11 and newer. An
input that breaks something is written to a file `crash-*` (a hang to `timeout-*`), which repeats it: it takes the place
of `-max_total_time`.
"""

from __future__ import annotations

import io
import json
import sys
import tempfile
import tomllib
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from gazetteer import Gazetteer

SATURDAY = date(2013, 5, 25)
LONGEST = 4096
"""Bytes of an input; beyond it the tests of linear time look."""


def readers(data: bytes) -> None:
    """Any bytes under any name are documents whose spans lie in their texts, or a refusal."""
    from geomap.model import Document

    from .test_readers import SAMPLES, read

    name = sorted(SAMPLES)[data[0] % len(SAMPLES)] if data else "a.txt"
    for item in read(name, data[1:]):
        if isinstance(item, Document):
            assert all(0 <= span.start <= span.end <= len(item.text) for span in item.body)
            item.text.encode("utf-8")


def body(data: bytes) -> None:
    """The body's spans come in order and lie in the text."""
    from geomap.body import find_body

    text = data.decode("utf-8", "replace")
    at = 0
    for span in find_body(text):
        assert at <= span.start <= span.end <= len(text)
        at = span.end


def dates(data: bytes) -> None:
    """Words of time lie in the text, and no period ends before it begins."""
    from geomap.events.dates import time_words
    from geomap.model import Span

    text = data.decode("utf-8", "replace")
    for published in (SATURDAY, None, date.min, date.max):
        for time in time_words(text, Span(0, len(text)), published):
            assert 0 <= time.span.start < time.span.end <= len(text)
            assert time.first is None or time.last is None or time.first <= time.last


def tolls(data: bytes) -> None:
    """Each count quotes its words, and its bounds stand the right way round."""
    from geomap.events.reading import read
    from geomap.events.tolls import counts, toll
    from geomap.model import Document

    text = data.decode("utf-8", "replace")
    for sentence in read(Document("x", text)):
        for count in counts(sentence, "en"):
            found = toll(sentence, count.number, text)
            assert found.words == found.span.of(text)
            assert 0 <= found.low <= (found.low if found.high is None else found.high)


@cache
def _gazetteer() -> Gazetteer:
    from gazetteer import open_gazetteer

    return open_gazetteer()


def street(data: bytes) -> None:
    """A whole text, places and all, gives facts that point into it."""
    from geomap.model import Document
    from geomap.pipeline import analyse
    from geomap.readers import finish

    text = data.decode("utf-8", "replace")
    document = finish(Document("x", text, published=SATURDAY, language=""))
    found, events = analyse(document, _gazetteer())
    assert all(resolution.mention.text == resolution.mention.span.of(text) for resolution in found)
    assert all(event.evidence.holds(event.trigger) and event.evidence.end <= len(text) for event in events)


def jsonl(data: bytes) -> None:
    """Lines are events that can be written again, or a refusal."""
    from geomap.errors import InputError
    from geomap.export import jsonl

    try:
        events = jsonl.read(data.decode("utf-8", "replace").split("\n"))
    except InputError:
        return
    jsonl.write(events, io.StringIO(), with_text=True)


def corrections(data: bytes) -> None:
    """A file of corrections is one, or a refusal."""
    from geomap.corrections import parse
    from geomap.errors import InputError

    try:
        parse(data.decode("utf-8", "replace"), name="it")
    except InputError:
        return


TARGETS: dict[str, Callable[[bytes], None]] = {
    "readers": readers,
    "body": body,
    "dates": dates,
    "tolls": tolls,
    "street": street,
    "jsonl": jsonl,
    "corrections": corrections,
}


def main(name: str, options: list[str]) -> None:
    """Fuzz a target until libFuzzer's options say stop."""
    import atheris

    with atheris.instrument_imports(include=["geomap", "gazetteer"]):
        for seed in _seeds(name):
            TARGETS[name](seed)  # what a target imports is instrumented while it is first imported
    with tempfile.TemporaryDirectory() as folder:
        seeds, words = Path(folder, "seeds"), Path(folder, "words.dict")
        seeds.mkdir()
        for number, seed in enumerate(_seeds(name)):
            (seeds / str(number)).write_bytes(seed)
        words.write_text("\n".join(_words()), encoding="ascii")
        given = [word for word in options if not word.startswith("-")]
        more = [] if given else [str(seeds), f"-dict={words}", f"-max_len={LONGEST}", "-timeout=10"]
        atheris.Setup([sys.argv[0], *more, *options], TARGETS[name])
        atheris.Fuzz()


def _seeds(name: str) -> Iterator[bytes]:
    """Return what a target begins with: files that work, or the sample dispatches."""
    from .test_readers import SAMPLES

    root = Path(__file__).parents[2]
    if name == "readers":
        yield from (bytes([number]) + SAMPLES[kind]() for number, kind in enumerate(sorted(SAMPLES)))
    elif name == "jsonl":
        yield (root / "tests/data/map/border.jsonl").read_bytes()
    elif name == "corrections":
        change = {"killed": {"low": 1, "high": None}, "first": "2013-05-25", "place": {"name": "n", "latitude": 0}}
        row = {"what": "event", "quote": "q", "trigger": "t", "change": change}
        yield json.dumps({"format": "geomap corrections", "version": 1, "corrections": [row]}).encode()
    else:
        for dispatch in sorted(root.glob("seeds/*.txt")):
            yield dispatch.read_bytes()[:LONGEST]


def _words() -> Iterator[str]:
    """Return the words of English that events are told by, as libFuzzer's dictionary has them."""
    table = tomllib.loads(files("geomap.languages").joinpath("en.toml").read_text(encoding="utf-8"))
    for word in sorted(set(_strings(table))):
        if 1 < len(word) <= 40 and word.isascii() and word.isprintable():
            escaped = word.replace("\\", "\\\\").replace('"', '\\"')
            yield f'"{escaped}"'


def _strings(table: object) -> Iterator[str]:
    if isinstance(table, str):
        yield from (table, *table.split())
    elif isinstance(table, dict):
        for key, value in table.items():
            yield key
            yield from _strings(value)
    elif isinstance(table, list):
        for value in table:
            yield from _strings(value)


if __name__ == "__main__":
    if len(sys.argv) < 2 or sys.argv[1] not in TARGETS:
        sys.exit(f"What is to be fuzzed? One of: {', '.join(TARGETS)}.")
    main(sys.argv[1], sys.argv[2:])
