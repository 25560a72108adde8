"""`geomap score`: geomap's answers held against annotated documents."""

from __future__ import annotations

import json
import sys
from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import TYPE_CHECKING, Annotated, Any

import typer

from geomap.cli.common import Finder, Quiet, gazetteer, progress, require_finder
from geomap.errors import UsageError

if TYPE_CHECKING:
    from gazetteer import Gazetteer
    from geomap.score.toponyms import Judged

Report = dict[str, Any]


def score_command(
    corpus: Annotated[
        Path,
        typer.Argument(
            metavar="CORPUS", help="Annotated documents: .jsonl, or the XML of LGL, TR-News, GeoWebNews or GeoVirus."
        ),
    ],
    finder: Finder = "crf",
    limit: Annotated[
        int | None, typer.Option(min=1, help="Judge only so many documents, spread over the corpus.")
    ] = None,
    draws: Annotated[int, typer.Option(min=2, help="Draws of the bootstrap over documents.")] = 300,
    json_: Annotated[bool, typer.Option("--json", help="Write the figures as JSON.")] = False,
    plot: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Draw the errors and the reliability: .png, .svg or .pdf.")
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Measure how well places, or events, are found: the corpus' content decides which.

    Example: geomap score tests/data/gold/gold.jsonl --limit 10
    """
    report, judged = measured(corpus, finder, limit=limit, draws=draws, quiet=quiet)
    if json_:
        sys.stdout.write(json.dumps(report, ensure_ascii=False, indent=1) + "\n")
    else:
        show(report)
    if plot:
        if not judged:
            raise UsageError("Only a corpus of toponyms can be plotted. Leave --plot out.")
        from geomap.score.plot import draw

        draw(judged, plot)


def measured(
    corpus: Path, finder: str, *, limit: int | None = None, draws: int = 300, quiet: bool = False
) -> tuple[Report, list[Judged]]:
    """Return the figures of a corpus, and where it is one of toponyms, how each document was judged."""
    from geomap.score import events

    places = gazetteer(quiet=quiet)
    if any(corpus.stem.startswith(name) for name in events.CORPORA):
        figures = events.score(corpus, places, limit=limit)
        return {"corpus": str(corpus), "documents": None, "rows": [_plain(n, v) for n, v in figures.items()]}, []
    return _toponyms(corpus, places, finder, limit=limit, draws=draws, quiet=quiet)


def _toponyms(
    corpus: Path, places: Gazetteer, finder: str, *, limit: int | None, draws: int, quiet: bool
) -> tuple[Report, list[Judged]]:
    from geomap.finders import FINDERS
    from geomap.score.corpora import read_corpus
    from geomap.score.toponyms import by_feature, judge, reliability, table

    require_finder(finder)
    documents = read_corpus(corpus)
    if limit and limit < len(documents):
        documents = [documents[at * len(documents) // limit] for at in range(limit)]
    judged = []
    with progress("Judging", quiet=quiet) as show_progress:
        for number, annotated in enumerate(documents):
            judged.append(judge(annotated, places, FINDERS[finder]))
            show_progress("", (number + 1) / len(documents))
    rows = [
        {"measure": r.measure, "value": r.value, "low": r.low, "high": r.high, "of": r.of}
        for r in table(judged, draws=draws)
    ]
    features = [{"class": c, "places": n, "within 161 km": share} for c, (n, share) in by_feature(judged).items()]
    sure = [{"confidence": s, "answers": n, "right": right} for s, n, right in reliability(judged)]
    report = {
        "corpus": str(corpus), "documents": len(documents), "finder": finder, "rows": rows,
        "by feature class": features, "reliability": sure,
    }  # fmt: skip
    return report, judged


def _plain(name: str, value: float) -> dict[str, Any]:
    return {"measure": name, "value": value, "low": None, "high": None, "of": ""}


def show(report: Report) -> None:
    """Print the figures as tables."""
    from rich.console import Console
    from rich.table import Table

    console = Console(width=None if sys.stdout.isatty() else 120, highlight=False)
    documents = f", {report['documents']} documents" if report["documents"] else ""
    table = Table("measure", "value", "95 %", "of", title=f"{report['corpus']}{documents}")
    for row in report["rows"]:
        low, high = row["low"], row["high"]
        between = "" if low is None else f"{_figure(low)} to {_figure(high)}"
        table.add_row(row["measure"], _figure(row["value"]), between, row["of"])
    console.print(table)
    for title in ("by feature class", "reliability"):
        rows = report.get(title)
        if rows:
            small = Table(*rows[0], title=title)
            for row in rows:
                small.add_row(*(_figure(v) if isinstance(v, float) else str(v) for v in row.values()))
            console.print(small)


def _figure(value: float) -> str:
    return f"{value:.3f}" if abs(value) < 10 else f"{value:,.0f}"  # noqa: PLR2004 - shares, and kilometres
