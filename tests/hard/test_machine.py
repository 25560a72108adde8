"""Odd machines: no network, no home, other locales and clocks, two first starts at once; and what code may not do."""

from __future__ import annotations

import ast
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FILES = sorted([*ROOT.glob("geomap/**/*.py"), *ROOT.glob("gazetteer/**/*.py")])
SEED = ROOT / "seeds" / "omagh-local-1998.txt"
FORBIDDEN_IMPORTS = {"pickle", "cPickle", "dill", "marshal", "shelve", "xml.sax", "xml.dom"}
PARSERS = {"fromstring", "parse", "iterparse", "XML", "XMLParser"}
FORBIDDEN_CALLS = {
    *(f"{module}.{name}" for module in ("ET", "ElementTree") for name in PARSERS),
    "eval",
    "exec",
    "compile",
    "__import__",
    "os.system",
    "os.popen",
    "yaml.load",
    "tempfile.mktemp",
}


def geomap(*arguments: object, before: str = "", **variables: str) -> subprocess.CompletedProcess[bytes]:
    """Run geomap in a process of its own, after a line of Python, under other variables."""
    code = f"import sys\n{before}\nfrom geomap.cli import main\nsys.exit(main(sys.argv[1:]))"
    return subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        capture_output=True, check=False, env={**os.environ, **variables}, timeout=300,
    )  # fmt: skip


def test_everything_works_without_a_network(tmp_path: Path) -> None:
    """Whoever opens a connection or asks for a name fails; reading, mapping and exporting do neither."""
    cut = (
        "import socket\n"
        "def no(*_a, **_k): raise AssertionError('asked the network')\n"
        "socket.socket.connect = socket.getaddrinfo = socket.gethostbyname = no"
    )
    done = geomap("map", SEED, "--published", "1998-08-16", "-o", tmp_path / "map.html", before=cut)

    assert (0, True) == (done.returncode, (tmp_path / "map.html").exists()), done.stderr


EVERYTHING = """
import os, sys
from datetime import date
os.umask(int(sys.argv[2], 8))
os.chdir(sys.argv[1])
import geomap
events = geomap.run(geomap.read_documents(["seeds"], published=date(2013, 5, 25)), geomap.open_gazetteer())
for ending in ("jsonl", "csv", "geojson", "acled.csv", "kmz"):
    geomap.save(events, f"out.{ending}")
geomap.draw(events).save("out.html")
if sys.argv[3] == "1":
    from geomap import figure
    figure.save(events, "out.svg")
"""


def test_the_same_input_gives_the_same_bytes_on_any_machine(tmp_path: Path) -> None:
    """Neither locale, time zone, folder, umask nor the order of sets shows in events, map or figure."""
    drawn = "1" if importlib.util.find_spec("matplotlib") else "0"
    outputs = []
    for number, variables in enumerate((
        {"LC_ALL": "C", "LANG": "C", "TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "1", "PYTHONUTF8": "0"},
        {"LC_ALL": "C.UTF-8", "LANG": "de_DE.UTF-8", "TZ": "America/Los_Angeles", "PYTHONHASHSEED": "2"},
    )):  # fmt: skip
        folder = tmp_path / str(number) / ("x" * number)
        shutil.copytree(ROOT / "seeds", folder / "seeds")
        command = [sys.executable, "-c", EVERYTHING, str(folder), f"0{number}7", drawn]
        done = subprocess.run(command, capture_output=True, check=False, env={**os.environ, **variables}, timeout=300)
        assert done.returncode == 0, done.stderr
        outputs.append({path.name: path.read_bytes() for path in folder.glob("out.*")})

    assert 6 + int(drawn) == len(outputs[0])
    assert [] == [name for name in outputs[0] if outputs[0][name] != outputs[1].get(name)]


def test_a_pipe_holds_utf8_whatever_the_locale(tmp_path: Path) -> None:
    """An Arabic name passes through standard input and output of a machine that thinks in ASCII."""
    article = tmp_path / "article.txt"
    article.write_text("Shells killed four people in Tripoli (طرابلس), Lebanon, on Saturday, medics said.\n", "utf-8")
    done = geomap("extract", article, "--with-text", LC_ALL="C", PYTHONUTF8="0", PYTHONIOENCODING="ascii:strict")

    assert 0 == done.returncode, done.stderr
    assert "طرابلس" in json.loads(done.stdout.decode("utf-8"))["text"]


def test_a_home_that_cannot_be_written_is_said_plainly(tmp_path: Path) -> None:
    """The message names the variable that puts the gazetteer elsewhere; there is no stack trace."""
    blocked = tmp_path / "file"
    blocked.write_text("")
    done = geomap("gazetteer", "info", GEOMAP_CACHE=str(blocked / "cache"))

    assert 1 == done.returncode
    assert b"GEOMAP_CACHE" in done.stderr
    assert b"Traceback" not in done.stderr


def test_two_first_starts_at_once_build_one_gazetteer(tmp_path: Path) -> None:
    """Both answer, neither sees half a file, and nothing else is left behind."""
    command = [sys.executable, "-m", "geomap", "gazetteer", "lookup", "Tripoli"]
    variables = {**os.environ, "GEOMAP_CACHE": str(tmp_path / "cache")}
    both = [
        subprocess.Popen(command, env=variables, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    said = [process.communicate(timeout=300) for process in both]

    assert [0, 0] == [process.returncode for process in both], said
    assert said[0][0] == said[1][0] != ""
    assert 1 == len(list((tmp_path / "cache").glob("*.sqlite")))
    assert [] == [p.name for p in (tmp_path / "cache").iterdir() if p.suffix not in (".sqlite", ".lock")]


def test_memory_stays_in_bounds(tmp_path: Path) -> None:
    """A text of a book's length is read within a gigabyte."""
    article = tmp_path / "book.txt"
    line = "Shells killed four people in Tripoli, Lebanon, on day {}, and talks went on in Geneva, medics said.\n\n"
    article.write_text("".join(line.format(n) for n in range(2500)))
    limit = "import resource\nresource.setrlimit(resource.RLIMIT_DATA, (2**30, 2**30))"
    done = geomap("extract", article, "-o", tmp_path / "e.jsonl", before=limit if sys.platform == "linux" else "")

    assert 0 == done.returncode, done.stderr[-500:]


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_no_file_opens_what_may_run_code(path: Path) -> None:
    """No pickle, eval or shell stands in the project, and no XML parser but defusedxml's."""
    found = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names if _is_forbidden(alias.name)]
        elif isinstance(node, ast.ImportFrom):
            found += [node.module or ""] if _is_forbidden(node.module or "") else []
            found += [a.name for a in node.names if a.name in PARSERS and (node.module or "").startswith("xml.")]
        elif isinstance(node, ast.Call):
            found += [name for name in [ast.unparse(node.func)] if name in FORBIDDEN_CALLS]
            found += ["shell=True" for k in node.keywords if k.arg == "shell" and ast.unparse(k.value) == "True"]

    assert [] == found


def _is_forbidden(module: str) -> bool:
    return any(module == name or module.startswith(f"{name}.") for name in FORBIDDEN_IMPORTS)
