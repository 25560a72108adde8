"""`geomap serve`: a page for people who do not use a terminal."""

from __future__ import annotations

import os
import secrets
import sys
from typing import Annotated

import typer

from geomap.cli.common import Finder, Quiet, require_finder, say

Host = Annotated[str, typer.Option(help="The address to answer on. Beyond this machine a token is asked for.")]
Port = Annotated[int, typer.Option(help="The port; 0 takes any free one.", min=0, max=65535)]
Token = Annotated[bool, typer.Option("--token", help="Ask for a token on this machine, too.")]
Fetch = Annotated[
    bool | None,
    typer.Option("--fetch/--no-fetch", help="Let the page take web addresses. By default on this machine alone."),
]
Open = Annotated[
    bool | None, typer.Option("--open/--no-open", help="Open the page in a browser. By default from a terminal.")
]


def serve_command(
    host: Host = "127.0.0.1",
    port: Port = 8765,
    token: Token = False,
    fetch: Fetch = None,
    finder: Finder = "crf",
    open: Open = None,
    quiet: Quiet = False,
) -> None:
    """Serve a page to paste or drop articles on, see their map, correct and export it.

    The token is new each time, or the one in the environment variable GEOMAP_TOKEN.

    Example: geomap serve --port 8765
    """
    from geomap.serve import ServeSettings, open_socket, serve
    from geomap.serve.settings import is_loopback

    require_finder(finder)
    local = is_loopback(host)
    secret = (os.environ.get("GEOMAP_TOKEN") or secrets.token_urlsafe(24)) if token or not local else None
    bound = open_socket(host, port)
    name = f"[{host}]" if ":" in host else host
    address = f"http://{name}:{bound.getsockname()[1]}/" + (f"#token={secret}" if secret else "")

    def ready() -> None:
        say(f"geomap answers at {address}  (Ctrl+C stops it)", quiet=quiet)
        if not local:
            say("Everyone who reaches this address and has the token can use it, and what they send is not "
                "encrypted on the way. Put it behind HTTPS, or use ssh -L instead.", quiet=quiet)  # fmt: skip
        if open if open is not None else local and sys.stderr.isatty() and not quiet:
            import webbrowser

            webbrowser.open(address)

    serve(ServeSettings(token=secret, fetch=local if fetch is None else fetch, finder=finder), bound, ready=ready)
    raise typer.Exit(0)
