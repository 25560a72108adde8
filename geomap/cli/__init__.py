"""The command line: a file a verb, and in each a function for the options and one library call.

Data goes to standard output, talk to standard error. Exit status 0: done; 1: an input failed; 2: asked wrongly.
"""

from __future__ import annotations

import io
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from collections.abc import Sequence

VERBS: dict[str, str] = {
    "map": "geomap.cli.map:map_command",
    "extract": "geomap.cli.extract:extract_command",
    "draw": "geomap.cli.draw:draw_command",
    "explain": "geomap.cli.explain:explain_command",
    "figure": "geomap.cli.figure:figure_command",
    "report": "geomap.cli.report:report_command",
    "embed": "geomap.cli.embed:embed_command",
    "compare": "geomap.cli.compare:compare_command",
    "corpus": "geomap.cli.corpus:corpus_command",
    "query": "geomap.cli.query:query_command",
    "stats": "geomap.cli.stats:stats_command",
    "watch": "geomap.cli.watch:watch_command",
    "serve": "geomap.cli.serve:serve_command",
    "score": "geomap.cli.score:score_command",
    "gazetteer": "geomap.cli.gazetteer:gazetteer_app",
}
"""Each verb and the function that takes its options, or the typer app of its own verbs."""

app = typer.Typer(
    name="geomap",
    help="News text in, a map of the conflict events it reports out.",
    epilog="Example: geomap map seeds/syria-qusair-2013.txt --published 2013-05-25 -o output/map.html",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _show_version(asked: bool) -> None:
    if asked:
        from geomap import __version__

        typer.echo(f"geomap {__version__}")
        raise typer.Exit


Version = Annotated[bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Say the version.")]


@app.callback()
def options(version: Version = False) -> None:
    """News text in, a map of the conflict events it reports out."""


def _load(target: str) -> Any:  # noqa: ANN401 - a function or a typer app
    module, name = target.split(":")
    return getattr(import_module(module), name)


def _register(verb: str, target: str) -> None:
    loaded = _load(target)
    if isinstance(loaded, typer.Typer):
        app.add_typer(loaded, name=verb)
    else:
        app.command(verb)(loaded)


for _verb, _target in VERBS.items():
    _register(_verb, _target)


INTERRUPTED = 130
"""The exit status after Ctrl-C, as shells count it."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run geomap with these arguments, or the process's, and return the exit status."""
    from gazetteer.errors import GazetteerError
    from geomap.errors import GeomapError, UsageError

    for stream in (sys.stdin, sys.stdout):  # what verbs pipe is UTF-8, whatever the machine's locale
        if isinstance(stream, io.TextIOWrapper) and stream.encoding.lower() not in ("utf-8", "utf8"):
            stream.reconfigure(encoding="utf-8")
    try:
        app(args=list(arguments) if arguments is not None else None, prog_name="geomap")
    except SystemExit as exit_:
        if exit_.code == INTERRUPTED:  # typer's, which says nothing
            typer.echo("geomap: stopped", err=True)
        return exit_.code if isinstance(exit_.code, int) else 0
    except (GeomapError, GazetteerError) as error:
        typer.echo(f"geomap: {error}", err=True)
        return 2 if isinstance(error, UsageError) else 1
    except BrokenPipeError:  # geomap extract … | head: the reader has seen enough
        sys.stdout = None
        return 0
    except OSError as error:  # a full disk under standard output, say
        if error.filename is None:
            sys.stdout = None  # what it still holds would fail again at the end
        where = f"{error.filename}: " if error.filename else "The output could not be written: "
        typer.echo(f"geomap: {where}{error.strerror or error}", err=True)
        return 1
    except KeyboardInterrupt:
        typer.echo("geomap: stopped", err=True)
        return INTERRUPTED
    return 0
