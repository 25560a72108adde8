"""The words of a language: what `languages/*.toml` holds, read once."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

DEFAULT = "en"


@cache
def languages() -> tuple[str, ...]:
    """Return the codes of the languages there are words for, in order."""
    folder = files("geomap").joinpath("languages")
    return tuple(sorted(f.name.removesuffix(".toml") for f in folder.iterdir() if f.name.endswith(".toml")))


@cache
def language(code: str) -> Mapping[str, Any]:
    """Return the tables of a language ("en", "en-GB"); those of English where there are none for it."""
    known = bare(code) if bare(code) in languages() else DEFAULT
    return tomllib.loads(files("geomap").joinpath("languages", f"{known}.toml").read_text("utf-8"))


def bare(code: str) -> str:
    """Return a language without its region: "en" of "en-GB"."""
    return code.lower().replace("_", "-").partition("-")[0]


@cache
def words(code: str, table: str) -> frozenset[str]:
    """Return one table of a language that is a plain list of words; empty where the language has none of that name."""
    found = language(code).get(table, ())
    return frozenset(found) if isinstance(found, list) else frozenset()
