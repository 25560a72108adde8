"""`geomap embed`: what to paste so that another page shows a map."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from geomap.cli.common import Quiet, say

Map = Annotated[Path, typer.Argument(metavar="MAP", help="A map that geomap drew.")]
KindOption = Annotated[
    str,
    typer.Option("--as", metavar="NAME", help="src, srcdoc, markdown, quarto, mkdocs, wordpress or sphinx."),
]
Url = Annotated[str | None, typer.Option(metavar="URL", help="Where the page will find the map; else the file's name.")]
TitleOption = Annotated[str | None, typer.Option("--title", help="What screen readers say; else the map's title.")]
Height = Annotated[int, typer.Option(min=120, max=4000, help="In pixels, until the map tells its own.")]


def embed_command(
    map: Map,
    kind: KindOption = "src",
    url: Url = None,
    title: TitleOption = None,
    height: Height = 640,
    quiet: Quiet = False,
) -> None:
    """Print what to paste so that another page shows a map: sandboxed, loaded when seen, as wide as the page.

    Example: geomap embed output/map.html --as quarto
    """
    from geomap.embed import KINDS, embed, policy

    typer.echo(embed(map, kind, url=url, title=title, height=height), nl=False)
    say(KINDS[kind].advice, quiet=quiet)
    if kind != "srcdoc":
        say(f"A page with a Content-Security-Policy must allow: {policy()}", quiet=quiet)
    raise typer.Exit(0)
