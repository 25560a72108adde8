"""`geomap stats`: a corpus folder in numbers."""

from __future__ import annotations

import csv
import sys
from dataclasses import astuple
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geomap.cli.common import say

if TYPE_CHECKING:
    from geomap.corpus.stats import Count

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="A folder that geomap corpus wrote.")]
By = Annotated[
    list[str] | None,
    typer.Option("--by", metavar="WHAT", help="week, month, kind, country, source or language; may be repeated."),
]
Chart = Annotated[Path | None, typer.Option("--chart", metavar="FILE", help="Draw events a week: .svg, .png or .pdf.")]

DEFAULT = ("week", "kind", "country", "source")
LINES = 12
"""Rows of a table a terminal is shown: the last weeks, the most frequent of all else."""


def stats_command(folder: Folder, by: By = None, chart: Chart = None) -> None:
    """Count a corpus' events, told together by whatever documents tell them. Tables on a terminal, else CSV.

    Example: geomap stats output/corpus --by kind --by country
    """
    from geomap.corpus.stats import counts, totals
    from geomap.corpus.trend import require_ending

    if chart is not None:
        require_ending(chart)
    tables = {what: counts(folder, what) for what in by or DEFAULT}
    if sys.stdout.isatty():
        typer.echo(", ".join(f"{number:,} {what}" for what, number in totals(folder).items()))
        for what, found in tables.items():
            _show(what, found)
    else:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(("by", "value", "events", "killed"))
        writer.writerows(astuple(count) for found in tables.values() for count in found)
    if chart is not None:
        from geomap.corpus.trend import save_trend

        save_trend(folder, chart)
        say(f"{chart}: events a week")


def _show(what: str, found: list[Count]) -> None:
    from rich.console import Console
    from rich.table import Table

    shown = found[-LINES:] if what in ("week", "month") else found[:LINES]
    most = max((count.events for count in shown), default=1)
    table = Table(what, "events", "killed", "", box=None, title_justify="left")
    for count in shown:
        bar = "█" * max(1, round(30 * count.events / most))
        killed = "" if count.killed is None else f"{count.killed:,}"
        table.add_row(count.value or "not told", f"{count.events:,}", killed, bar)
    if len(found) > len(shown):
        table.caption = f"{len(shown)} of {len(found):,}"
    Console(markup=False).print(table)
