"""The wheel holds all that the main job needs."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

pytestmark = pytest.mark.wheel


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel, with the build backend that is installed."""
    folder = tmp_path_factory.mktemp("dist")
    pip = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "-q"]
    subprocess.run([*pip, "-w", str(folder), str(ROOT)], check=True, cwd=folder)
    return next(folder.glob("*.whl"))


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
