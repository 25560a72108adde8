# ruff: noqa: INP001 - MkDocs loads its hooks by path, outside any package
"""What MkDocs calls: adds the reference, which is made from the code each time and so cannot lie."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parent))  # MkDocs loads a hook by its path, outside any package

import reference  # type: ignore[import-not-found]

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages of the reference."""
    from mkdocs.structure.files import File

    for name, content in reference.pages().items():
        files.append(File.generated(config, f"reference/{name}.md", content=content))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Put what the code and the data say in place of the marks."""
    del page, config, files
    for mark, make in (("@@FLOORS@@", reference.floors), ("@@NOTICE@@", reference.notice)):
        if mark in markdown:
            markdown = markdown.replace(mark, "\n".join(make()))
    return markdown
