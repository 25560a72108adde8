"""A file is written whole or not at all."""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING

import pytest

from geomap.errors import OutputError
from geomap.files import written

if TYPE_CHECKING:
    from pathlib import Path


def test_a_failed_write_leaves_the_old_file_whole(tmp_path: Path) -> None:
    """An error half way loses nothing and leaves no part behind."""
    path = tmp_path / "map.html"
    path.write_text("old")

    def fail() -> None:
        with written(path) as file:
            file.write("new")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()

    assert path.read_text() == "old"
    assert [path] == list(tmp_path.iterdir())


def test_folders_on_the_way_are_made(tmp_path: Path) -> None:
    """The README's output/ folder need not be there."""
    with written(tmp_path / "a" / "b.txt") as file:
        file.write("x\n")

    assert (tmp_path / "a" / "b.txt").read_bytes() == b"x\n"


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    """The message says what to type instead."""
    with pytest.raises(OutputError, match=r"is a folder\. Name a file in it"), written(tmp_path):
        pass


def test_a_link_is_followed(tmp_path: Path) -> None:
    """Whoever links output/map.html to a web server's folder finds the new map there, and the link still a link."""
    (tmp_path / "real.html").write_text("old")
    (tmp_path / "link.html").symlink_to("real.html")

    with written(tmp_path / "link.html") as file:
        file.write("new")

    assert (tmp_path / "link.html").is_symlink()
    assert (tmp_path / "real.html").read_text() == "new"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes are POSIX")
def test_what_is_no_file_is_not_replaced_by_one(tmp_path: Path) -> None:
    """`-o /dev/null` writes into it: root would else turn the device into a file."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_text()), daemon=True)
    reader.start()

    with written(pipe) as file:
        file.write("new")
    reader.join(10)

    assert read == ["new"]
    assert pipe.is_fifo()
    assert [pipe] == list(tmp_path.iterdir())


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="/dev/full is Linux's")  # noqa: PTH110 - a device
def test_a_full_disk_is_said() -> None:
    """No traceback, and no success, when the disk is full."""
    with pytest.raises(OutputError, match="/dev/full could not be written"), written("/dev/full") as file:
        file.write("x")
