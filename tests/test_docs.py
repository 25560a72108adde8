"""The documentation is true: it builds without a warning, its examples run, and the reference is the code's own."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from geomap.cli import VERBS
from geomap.export import FORMATS

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "geomap" / "docs"
PAGES = sorted(DOCS.rglob("*.md"))
_BLOCK = re.compile(r"(<!-- not run: [^\n]+ -->\n)?^```(sh|python)\n(.*?)^```", re.MULTILINE | re.DOTALL)
_SEED = "seeds/syria-qusair-2013.txt --published 2013-05-25"
STANDS_FOR = {
    "ARTICLE...": _SEED,
    "ARTICLE": _SEED,
    "EVENTS": "events.jsonl",
    "MAP": "map.html",
    "OURS": "events.jsonl",
    "ACLED.csv": "events.acled.csv",
    "INCIDENTS.csv": "events.csv",
    "FOLDER": "seeds/omagh-local-1998.txt --workers 1",
}
"""What the placeholders in the README's list stand for here."""


def blocks(path: Path, language: str) -> list[str]:
    """Return a page's code of a language, but what it says is not run, and why."""
    return [code for skip, kind, code in _BLOCK.findall(path.read_text("utf-8")) if kind == language and not skip]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the sample dispatches, as a reader of the docs has it."""
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    return tmp_path


def run(code: str, folder: Path, program: tuple[str, ...]) -> None:
    """Run code as the page says, and show what it said when it failed."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        [*program, code],
        cwd=folder,
        env={**os.environ, "PATH": path, "GEOMAP_DISPATCHES": str(ROOT / "tests" / "data" / "gold" / "gold.jsonl")},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )

    assert done.returncode == 0, f"{code}\n{done.stdout[-1500:]}\n{done.stderr[-1500:]}"


@pytest.mark.parametrize(
    "path",
    [page for page in PAGES if blocks(page, "sh") or blocks(page, "python")],
    ids=lambda p: str(p.relative_to(DOCS)),
)
def test_the_examples_of_a_page_run(path: Path, folder: Path) -> None:
    """What a page tells the reader to type does what it says, in the order it says it."""
    shell, python = blocks(path, "sh"), blocks(path, "python")
    (folder / "output").mkdir()
    if shell:
        run("\n".join(shell), folder, ("bash", "-euo", "pipefail", "-c"))
    for code in python:
        run(code, folder, (sys.executable, "-W", "error::DeprecationWarning:geomap", "-c"))


def test_the_examples_of_the_readme_run(folder: Path) -> None:
    """Each verb of the README's list, and its Python; what never ends or asks the network is left out."""
    typed = "".join(blocks(ROOT / "README.md", "sh")).splitlines()
    lines = [line.split("  #")[0].strip() for line in typed if line.startswith("geomap ")]
    ready = [
        f"geomap extract {_SEED} --with-text -o events.jsonl",
        f"geomap extract {_SEED} -f acled -o events.acled.csv",
    ]
    endless = ("geomap serve", "geomap watch", "geomap score")
    ready += [_filled(line) for line in lines if not line.startswith(endless)]
    (folder / "output").mkdir()
    run("\n".join(ready), folder, ("bash", "-euo", "pipefail", "-c"))
    for code in blocks(ROOT / "README.md", "python"):
        run(code, folder, (sys.executable, "-c"))


def _filled(line: str) -> str:
    """Put something that is there in place of a placeholder."""
    return re.sub("|".join(map(re.escape, STANDS_FOR)), lambda m: STANDS_FOR[m[0]], line)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The documentation, built."""
    pytest.importorskip("material")
    built = tmp_path_factory.mktemp("site")
    command = [
        sys.executable,
        "-m",
        "mkdocs",
        "build",
        "--strict",
        "-f",
        str(DOCS / "make" / "mkdocs.yml"),
        "-d",
        str(built),
    ]
    done = subprocess.run(
        command, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return built


def test_the_documentation_builds_without_a_warning(site: Path) -> None:
    """Strictly: no link leads nowhere, no page is left out, and no placeholder stays."""
    pages = [page.read_text("utf-8") for page in site.rglob("*.html")]

    assert len(pages) > 20
    assert not [found for page in pages if (found := re.findall(r"@@[A-Z]+@@", page))]


def test_the_built_pages_ask_nobody(site: Path) -> None:
    """They can be read offline: no font, script, style or picture comes from elsewhere."""
    for page in site.rglob("*.html"):
        assert not re.findall(r'(?:src|href)="(?:https?:)?//[^"]+\.(?:js|css|woff2?|png|svg)"', page.read_text("utf-8"))


def test_the_reference_names_every_verb_and_format(site: Path) -> None:
    """It is made from the tables, and nothing falls through."""
    verbs = (site / "reference" / "verbs" / "index.html").read_text("utf-8")
    formats = (site / "reference" / "formats" / "index.html").read_text("utf-8")

    assert [] == [verb for verb in VERBS if f"geomap {verb}" not in verbs]
    assert [] == [name for name in FORMATS if f"<code>{name}</code>" not in formats]


def test_no_page_names_a_verb_that_is_not() -> None:
    """Also in what is not run: each line that a reader may type begins with a verb of geomap's."""
    for page in [*PAGES, ROOT / "README.md"]:
        for _, kind, code in _BLOCK.findall(page.read_text("utf-8")):
            for verb in re.findall(r"^(?:.*\| )?geomap ([a-z]+)\b", code if kind == "sh" else "", re.MULTILINE):
                assert verb in VERBS, f"{page.name}: geomap {verb}"
