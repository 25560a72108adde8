"""A file is written whole or not at all."""

from __future__ import annotations

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
