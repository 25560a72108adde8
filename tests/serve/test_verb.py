"""`geomap serve` as it is typed."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from geomap.cli import main

from .asking import ask

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def typed(*options: str, **variables: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Start the page as a user does, and give the process and the line it prints."""
    process = subprocess.Popen(
        [sys.executable, "-m", "geomap", "serve", "--port", "0", "--no-open", *options],
        stderr=subprocess.PIPE, text=True, env={**os.environ, **variables},
    )  # fmt: skip
    try:
        assert process.stderr is not None
        yield process, process.stderr.readline()
    finally:
        process.kill()
        process.communicate()


def address(line: str) -> str:
    """Return the address in the printed line."""
    found = re.search(r"http://[\w.]+:\d+", line)
    assert found, line
    return found[0]


def test_it_says_where_it_answers_and_stops_at_ctrl_c() -> None:
    """The printed address answers at once; an interrupt ends it without a stack trace."""
    with typed() as (process, line):
        assert 200 == ask(address(line), "/api").status
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=30)

        assert process.returncode in (0, 130)
        assert "Traceback" not in said


def test_a_token_is_printed_once_and_asked_for() -> None:
    """On this machine when wanted, from the environment when set."""
    with typed("--token", GEOMAP_TOKEN="from-the-environment") as (_, line):  # noqa: S106 - a test's own
        assert "#token=from-the-environment" in line
        assert 401 == ask(address(line), "/api").status
        assert 200 == ask(address(line), "/api", headers={"Authorization": "Bearer from-the-environment"}).status


def test_beyond_this_machine_there_is_a_token_and_no_fetching() -> None:
    """Nobody has to remember to ask for either."""
    with typed("--host", "0.0.0.0") as (_, line):  # noqa: S104 - that is what is tested
        token = line.partition("#token=")[2].split()[0]
        here = address(line).replace("0.0.0.0", "127.0.0.1")  # noqa: S104
        headers = {"Authorization": f"Bearer {token}"}

        assert len(token) > 20
        assert 401 == ask(here, "/api").status
        assert ask(here, "/api", headers=headers).json["fetch"] is False


@pytest.mark.parametrize("options", [["--finder", "none"], ["--host", "999.1.1.1"], ["--port", "70000"]])
def test_what_was_asked_wrongly(options: list[str]) -> None:
    """Exit status 2, and no server."""
    assert 2 == main(["serve", "--no-open", *options])


def test_without_the_extra_it_says_what_to_install() -> None:
    """The message is the command to type."""
    code = (
        "import sys\nsys.modules['uvicorn'] = None\nfrom geomap.cli import main\n"
        "sys.exit(main(['serve', '--port', '0', '--no-open']))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60)

    assert 2 == done.returncode
    assert "geomap-conflict[serve]" in done.stderr
