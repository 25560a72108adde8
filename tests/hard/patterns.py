"""Texts made to break a regular expression, from the expression itself; and a list of those the project compiles.

A pattern backtracks without end where its repetitions can share the same characters out in many ways. The text that
shows it is a repetition's own food, over and over, and then something it cannot eat: `attacks` makes one such text for
each repetition. Run as a program, this prints every pattern compiled by the project's files while all modules are
imported and a few articles go down the street.
"""

from __future__ import annotations

import json
import re
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

c: Any = import_module("re._constants")  # the parser of re itself, which has no public name
parser: Any = import_module("re._parser")
MISMATCH = "\x00\x01"
_CATEGORIES = {"CATEGORY_DIGIT": "7", "CATEGORY_SPACE": " ", "CATEGORY_WORD": "a"}
_CATEGORIES |= {"CATEGORY_NOT_DIGIT": "a", "CATEGORY_NOT_SPACE": "a", "CATEGORY_NOT_WORD": "-"}
_REPEATS = (c.MAX_REPEAT, c.MIN_REPEAT, c.POSSESSIVE_REPEAT)
_SMALL = 20
"""Up to so many times even a power is cheap."""

ARTICLES = {
    "en": "PARIS, May 25 (Agency) - Shells killed 4 people in Tripoli, Lebanon, on Saturday, an official said.",
    "fr": "Des tirs ont tué quatre personnes à Tripoli, au Liban, samedi, selon un responsable.",
    "es": "Los disparos mataron a cuatro personas en Trípoli, Líbano, el sábado.",
    "ar": "قتل أربعة أشخاص في طرابلس في لبنان يوم السبت.",
    "uk": "Обстріл убив чотирьох людей у Харкові в суботу.",
    "ru": "В субботу обстрел убил четырёх человек в Харькове.",
}


def attacks(pattern: str | bytes, flags: int, length: int) -> Iterator[str]:
    """Make a text for each repetition in a pattern."""
    tree = parser.parse(pattern, flags & ~re.DEBUG)
    for before, inner in _repeats(list(tree), ""):
        for food in {_sample(inner), _sample(inner) + _sample(inner, last=True)} - {""}:
            fed = food * (length // len(food) + 1)
            yield before + fed + MISMATCH
            yield fed + MISMATCH


def _repeats(tree: list[Any], before: str) -> Iterator[tuple[str, list[Any]]]:
    """Yield each repetition that has no small end, with a text that leads up to it."""
    for op, value in tree:
        if op in _REPEATS:
            if value[1] > _SMALL:
                yield before, list(value[2])
            yield from _repeats(list(value[2]), before)
        elif op is c.BRANCH:
            for branch in value[1]:
                yield from _repeats(list(branch), before)
        elif op in (c.SUBPATTERN, c.ATOMIC_GROUP, c.ASSERT, c.ASSERT_NOT):
            yield from _repeats(list(_inside(op, value)), before)
        before += _sample([(op, value)])


def _inside(op: Any, value: Any) -> Iterable[Any]:  # noqa: ANN401 - the parser's own nodes
    inside: Iterable[Any] = value if op is c.ATOMIC_GROUP else value[3 if op is c.SUBPATTERN else 1]
    return inside


def _sample(tree: Iterable[Any], *, last: bool = False) -> str:
    """Return a text that the tree matches; of choices the first, or the last."""
    return "".join(_one(op, value, last=last) for op, value in tree)


def _one(op: Any, value: Any, *, last: bool) -> str:  # noqa: ANN401
    if op in (c.LITERAL, c.NOT_LITERAL, c.ANY):
        return chr(value) if op is c.LITERAL else "b" if value == ord("a") else "a"
    if op is c.IN:
        return _of_class(value, last=last)
    if op is c.BRANCH:
        return _sample(value[1][-1 if last else 0], last=last)
    if op in (c.SUBPATTERN, c.ATOMIC_GROUP):
        return _sample(_inside(op, value), last=last)
    return _sample(value[2], last=last) * max(value[0], 1) if op in _REPEATS else ""


def _of_class(items: list[Any], *, last: bool) -> str:
    """Return a character of a class."""
    if items[0][0] is c.NEGATE:
        test = re.compile("[^" + "".join(_in_class(item) for item in items[1:]) + "]")
        return next(char for char in " a-7é.,'\"<>&\n@" if test.match(char))
    op, value = items[-1 if last else 0]
    return _CATEGORIES[str(value)] if op is c.CATEGORY else chr(value if op is c.LITERAL else value[0])


def _in_class(item: Any) -> str:  # noqa: ANN401
    op, value = item
    if op is c.LITERAL:
        return re.escape(chr(value))
    if op is c.RANGE:
        return f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}"
    letter = {"DIGIT": "d", "SPACE": "s", "WORD": "w"}[str(value).rsplit("_", 1)[-1]]
    return "\\" + (letter.upper() if "NOT" in str(value) else letter)


def _watch() -> dict[tuple[str, int, bool], str]:
    """Have `re` tell of every pattern that a file of the project has it compile."""
    seen: dict[tuple[str, int, bool], str] = {}
    compile_ = re._compile  # type: ignore[attr-defined]

    def watching(pattern: Any, flags: int) -> Any:  # noqa: ANN401
        frame = sys._getframe(2)
        if frame.f_globals.get("__name__", "").split(".")[0] in ("geomap", "gazetteer"):
            compiled = compile_(pattern, flags)
            source, is_bytes = compiled.pattern, isinstance(compiled.pattern, bytes)
            key = (source.decode("latin-1") if is_bytes else source, compiled.flags, is_bytes)
            seen.setdefault(key, f"{frame.f_globals['__name__']}:{frame.f_lineno}")
            return compiled
        return compile_(pattern, flags)

    re._compile = watching  # type: ignore[attr-defined]
    return seen


def _run_everything() -> None:
    import importlib
    import pkgutil
    from datetime import date

    for name in ("gazetteer", "geomap"):
        for found in pkgutil.walk_packages(importlib.import_module(name).__path__, f"{name}."):
            if not found.name.endswith("__main__") and ".distil" not in found.name:  # which a developer runs by hand
                try:
                    importlib.import_module(found.name)
                except ImportError:  # an extra that is not installed
                    continue
    from gazetteer import open_gazetteer
    from geomap.model import Document
    from geomap.pipeline import run
    from geomap.readers import finish

    documents = [
        finish(Document(language, text, language=language, published=date(2013, 5, 25)))
        for language, text in ARTICLES.items()
    ]
    run(documents, open_gazetteer())


if __name__ == "__main__":
    watched = _watch()
    _run_everything()
    print(json.dumps([[*key, where] for key, where in watched.items()]))  # noqa: T201 - a program's answer
