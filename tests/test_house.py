"""The house as ARCHITECTURE has it: imports run downwards, and heavy libraries have one door each."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FILES = sorted([*ROOT.glob("geomap/**/*.py"), *ROOT.glob("gazetteer/**/*.py")])
HEAVY = (
    "folium",
    "shapely",
    "geopy",
    "pycrfsuite",
    "trafilatura",
    "matplotlib",
    "pandas",
    "numpy",
    "duckdb",
    "distributed",
)


def imports(path: Path) -> set[str]:
    """Return the modules a file imports, inside functions too."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            found.add(node.module)
    return found


@pytest.mark.parametrize("path", sorted(ROOT.glob("gazetteer/**/*.py")), ids=str)
def test_the_gazetteer_knows_nothing_of_geomap(path: Path) -> None:
    """Places stand on their own: the gazetteer never imports geomap."""
    assert not [m for m in imports(path) if m.split(".")[0] == "geomap"]


@pytest.mark.parametrize("path", FILES, ids=str)
def test_only_the_command_line_imports_typer(path: Path) -> None:
    """The library can be used without the command line; the documentation describes it."""
    if not {"cli", "docs"}.intersection(path.parts):
        assert "typer" not in {m.split(".")[0] for m in imports(path)}


@pytest.mark.parametrize("verb", [[], ["map"], ["extract"]], ids=["geomap", "map", "extract"])
def test_help_imports_nothing_heavy(verb: list[str]) -> None:
    """`geomap --help` answers at once: heavy libraries are imported where they are used."""
    code = (
        "import sys; from geomap.cli import main; main(sys.argv[1:]); "
        f"print([m for m in {HEAVY!r} if m in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code, *verb, "--help"], capture_output=True, text=True, check=True)

    assert done.stderr.strip() == "[]"
