"""Whether an object is what its types say: what was read from outside is checked once, before a map trusts it."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from gazetteer.place import Place
from geomap.model import Span

Test = Callable[[Any], bool]
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_LARGEST = 2**53
"""Beyond it a reader of JSON rounds."""


def sound(thing: Any) -> Any:  # noqa: ANN401 - any object of the model
    """Return an object of the model as it is. Raises `ValueError`, naming the field that is not what its type says."""
    kind: Any = type(thing)
    for name, fits in _tests(kind):
        if not fits(value := getattr(thing, name)):
            raise ValueError(f"{name} cannot be {str(value)[:60]!r}")
    sense = _SENSE.get(kind)
    if sense is not None and not sense(thing):
        raise ValueError(f"no {kind.__name__.lower()} is {str(thing)[:80]}")
    return thing


@cache
def _tests(kind: type) -> tuple[tuple[str, Test], ...]:
    hints = get_type_hints(kind)
    return tuple((field.name, _test(hints[field.name])) for field in fields(kind))


def _test(hint: Any) -> Test:  # noqa: ANN401 - a type as annotations have it
    """Return what tells whether a value is of an annotated type."""
    origin, inner = get_origin(hint), get_args(hint)
    if origin is Literal:
        return lambda value: type(value) in {str, int} and value in inner
    if origin in {Union, UnionType}:
        tests = [_test(part) for part in inner]
        return lambda value: any(test(value) for test in tests)
    if origin is tuple:
        each = _test(inner[0])
        return lambda value: type(value) is tuple and all(map(each, value))
    if is_dataclass(hint):
        kind: Any = hint
        return lambda value: isinstance(value, kind) and sound(value) is value
    return _PLAIN[hint]


_PLAIN: dict[object, Test] = {
    NoneType: lambda value: value is None,
    bool: lambda value: type(value) is bool,
    int: lambda value: type(value) is int and abs(value) <= _LARGEST,
    float: lambda value: type(value) in {int, float} and math.isfinite(value),
    str: lambda value: type(value) is str and not _LONE_SURROGATE.search(value),
    date: lambda value: isinstance(value, date),
}

_SENSE: dict[type, Test] = {
    Span: lambda span: 0 <= span.start <= span.end,
    Place: lambda place: -90 <= place.latitude <= 90 and -180 <= place.longitude <= 180,  # noqa: PLR2004 - the globe
}
"""What a type alone does not say."""
