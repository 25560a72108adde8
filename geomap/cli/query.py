"""`geomap query`: SQL over a corpus folder."""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from geomap.errors import require

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="A folder that geomap corpus wrote.")]
Sql = Annotated[str, typer.Argument(metavar="SQL", help="DuckDB's SQL over events, toponyms, documents, failures.")]
Format = Annotated[str | None, typer.Option("--format", "-f", metavar="NAME", help="table, csv or jsonl.")]

SHOWN = 50
"""Rows a terminal is shown; csv and jsonl write all."""


def query_command(folder: Folder, sql: Sql, format: Format = None) -> None:
    """Ask a corpus by SQL: views events, toponyms, documents and failures. A table on a terminal, else CSV.

    Example: geomap query output/corpus "SELECT country, count(*) FROM events GROUP BY country"
    """
    from geomap.store import query

    chosen = format or ("table" if sys.stdout.isatty() else "csv")
    require(chosen, WRITERS, "format")
    names, rows = query(folder, sql)
    WRITERS[chosen](names, rows)


def _as_table(names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(*names)
    for number, row in enumerate(rows):
        if number == SHOWN:
            table.caption = f"the first {SHOWN} rows; --format csv writes all"
            break
        table.add_row(*("" if value is None else str(value) for value in row))
    Console(markup=False).print(table)


def _as_csv(names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(names)
    writer.writerows(rows)


def _as_jsonl(names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    for row in rows:
        line = json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False, default=_plain)
        sys.stdout.write(line + "\n")


def _plain(value: object) -> object:
    return value.hex() if isinstance(value, bytes) else str(value)


WRITERS = {"table": _as_table, "csv": _as_csv, "jsonl": _as_jsonl}
