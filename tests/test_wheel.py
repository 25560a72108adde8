"""What a release publishes: the sdist is whole, the wheel made from it holds all that the main job needs."""

from __future__ import annotations

import email
import os
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

import geomap

ROOT = Path(__file__).parent.parent

pytestmark = pytest.mark.wheel


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the sdist, with the build backend that is installed."""
    folder = tmp_path_factory.mktemp("sdist")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", str(folder)]
    subprocess.run(command, check=True, cwd=ROOT, capture_output=True)
    return next(folder.glob("*.tar.gz"))


@pytest.fixture(scope="module")
def wheel(sdist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel from the sdist, as an installer does where there is no wheel."""
    folder = tmp_path_factory.mktemp("dist")
    pip = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "-q"]
    subprocess.run([*pip, "-w", str(folder), str(sdist)], check=True, cwd=folder)
    return next(folder.glob("*.whl"))


def test_the_sdist_holds_what_it_is_made_and_tested_with(sdist: Path) -> None:
    """Code, tests, samples and the commands of the README; nothing written, nothing outside its folder."""
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}

    assert {"pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md", ".ci/test", ".ci/requirements.txt"} <= names
    assert {
        "geomap/__init__.py",
        "gazetteer/data/NOTICE",
        "tests/test_wheel.py",
        "seeds/syria-qusair-2013.txt",
    } <= names
    assert not [name for name in names if name.startswith(("/", "..", "output/", "dist/")) or "__pycache__" in name]


def test_the_wheel_says_what_it_is(wheel: Path) -> None:
    """Version from one place, licence and notice inside, the README as its text, and its extras."""
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        facts = email.message_from_bytes(archive.read(next(n for n in names if n.endswith(".dist-info/METADATA"))))

    assert geomap.__version__ == facts["Version"]
    assert ("MIT", ">=3.11", "text/markdown") == (
        facts["License-Expression"], facts["Requires-Python"], facts["Description-Content-Type"],
    )  # fmt: skip
    assert ["LICENSE", "gazetteer/data/NOTICE"] == sorted(facts.get_all("License-File", []))
    assert {"figure", "report", "formats", "corpus", "serve"} <= set(facts.get_all("Provides-Extra", []))
    assert not [name for name in names if name.startswith(("tests/", "seeds/"))]


def test_the_wheel_is_small(wheel: Path) -> None:
    """One install, behind a thin line too: under 15 MB."""
    assert wheel.stat().st_size < 15_000_000


def test_the_main_job_runs_from_the_wheel_alone(wheel: Path, tmp_path: Path) -> None:
    """A fresh environment with the wheel, outside the checkout, turns an article into a map."""
    venv.create(tmp_path / "env", with_pip=False)
    python = tmp_path / "env" / ("Scripts" if os.name == "nt" else "bin") / "python"
    asked = subprocess.run(
        [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    site = Path(asked.stdout.strip())
    # The dependencies come from here, without the editable geomap: a path in a .pth does not read the .pth files in it.
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    pip = [sys.executable, "-m", "pip", "install", "--no-deps", "--no-index", "-q"]
    subprocess.run([*pip, "--target", str(site), str(wheel)], check=True)
    article = tmp_path / "article.txt"
    article.write_text("TUNIS (Agency) - Shells killed four people in Tripoli, the Libyan capital, on Saturday.\n")

    done = subprocess.run(
        [python, "-I", "-m", "geomap", "map", article, "--published", "2015-06-07", "-o", tmp_path / "map.html"],
        capture_output=True, text=True, check=False, cwd=tmp_path,
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    assert "Tripoli" in (tmp_path / "map.html").read_text("utf-8")
