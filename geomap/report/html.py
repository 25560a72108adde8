"""A briefing as one HTML file that needs nothing else."""

from __future__ import annotations

import base64
from html import escape
from typing import TYPE_CHECKING

from geomap.palette import OUTLINES, look

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geomap.report.briefing import Briefing, Incident, Table

_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
_STYLE = """
:root { color-scheme: light; --ink: #1f2328; --soft: #5b636b; --line: #d5d9dd; --tint: #f4f5f6 }
* { box-sizing: border-box }
body { margin: 0 auto; padding: 2rem 1.2rem 4rem; max-width: 50rem; color: var(--ink); background: #fff;
  font: 16px/1.5 "Noto Sans", "Segoe UI", system-ui, sans-serif }
h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 } h2 { font-size: 1.2rem; margin: 2.2rem 0 .6rem }
h3 { font-size: 1rem; margin: 0 } .soft { color: var(--soft) } .lead { font-size: 1.08rem }
figure { margin: 1.5rem 0 } figure img { width: 100%; height: auto; border: 1px solid var(--line) }
table { border-collapse: collapse; width: 100%; margin: .4rem 0 1.4rem; font-variant-numeric: tabular-nums }
caption { text-align: start; font-weight: 600; padding-bottom: .3rem }
th, td { text-align: end; padding: .28rem .5rem; border-bottom: 1px solid var(--line) }
th:first-child, td:first-child { text-align: start } thead th { color: var(--soft); font-weight: 600 }
article { border-top: 1px solid var(--line); padding: .9rem 0; break-inside: avoid }
article svg { width: 1em; height: 1em; vertical-align: -.1em; margin-inline-end: .35em }
blockquote { margin: .5rem 0; padding: .4rem .9rem; border-inline-start: 3px solid var(--line);
  background: var(--tint) }
dl { display: grid; grid-template-columns: max-content minmax(0, 1fr);
  gap: .1rem .8rem; margin: .4rem 0; font-size: .92rem }
dt { color: var(--soft) } dd { margin: 0; overflow-wrap: anywhere } a { color: #0b57a4; overflow-wrap: anywhere }
mark { background: none; color: inherit; border-bottom: 2px solid } mark.place { border-color: #0072b2 }
mark.trigger { border-color: #d55e00; font-weight: 600 } mark.toll { border-color: #8a3f73; font-weight: 600 }
ul { padding-inline-start: 1.2rem } .key mark { margin-inline-end: .8rem }
@media (max-width: 480px) { th, td { padding: .25rem .3rem; overflow-wrap: anywhere } table { font-size: .9rem } }
@page { size: A4; margin: 18mm 16mm }
@media print {
  body { padding: 0; max-width: none; font-size: 9.5pt; line-height: 1.4 } a { color: inherit; text-decoration: none }
  h1 { font-size: 17pt } h2 { font-size: 12pt; margin-top: 1.4rem } h2, h3, .key, caption { break-after: avoid }
  table, figure { break-inside: avoid } th, td { padding: .15rem .4rem } article { padding: .5rem 0 }
  blockquote { margin: .3rem 0; padding: .2rem .7rem } dl { font-size: 8.8pt; gap: 0 .7rem; margin: .25rem 0 }
}
"""


def render(briefing: Briefing, figure: bytes | None) -> bytes:
    """Return the page. Nothing in it runs, and its policy lets nothing run."""
    body = "\n".join(_body(briefing, figure))
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(briefing.title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    ).encode()


def _body(briefing: Briefing, figure: bytes | None) -> Iterable[str]:
    yield f'<header><h1>{escape(briefing.title)}</h1>\n<p class="soft">{escape(briefing.subtitle)}</p></header>\n<main>'
    yield f'<p class="lead">{escape(" ".join(briefing.lead))}</p>'
    if figure:
        source = base64.b64encode(figure).decode()
        yield f'<figure><img src="data:image/png;base64,{source}" alt="{escape(_alt(briefing))}"></figure>'
    yield from (_table(table) for table in briefing.tables)
    if briefing.incidents:
        yield f'<section>\n<h2>What took place</h2>\n<p class="soft key">{_KEY}</p>'
        yield from map(_incident, briefing.incidents)
        if briefing.left_out:
            yield f"<p>{briefing.left_out:,} more events with fewer or no dead are not listed.</p>"
        yield "</section>"
    if briefing.others:
        yield "<section>\n<h2>Planned, threatened, denied or past</h2>"
        yield from map(_incident, briefing.others)
        yield "</section>"
    yield "<section>\n<h2>Method and limits</h2>"
    yield from (f"<p>{escape(words)}</p>" for words in briefing.method)
    yield "</section>\n<section>\n<h2>Sources</h2>\n<ul>"
    yield from (f"<li>{_linked(name, url)}</li>" for name, url in briefing.sources)
    yield "</ul>\n</section>\n</main>"
    yield f'<footer class="soft"><p>{escape(briefing.attribution)} Made with geomap.</p></footer>'


_KEY = '<mark class="place">place</mark><mark class="trigger">what happened</mark><mark class="toll">toll</mark>'


def _alt(briefing: Briefing) -> str:
    return f"Map. {briefing.title}. {briefing.subtitle}."


def _table(table: Table) -> str:
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in table.header)
    rows = "\n".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in table.rows)
    caption = f"<caption>{escape(table.caption)}</caption>"
    return f"<table>{caption}<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody></table>"


def _incident(incident: Incident) -> str:
    status = "" if incident.status == "happened" else f" <span class='soft'>({escape(incident.status)})</span>"
    details = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in incident.details)
    if incident.source:
        details += f"<dt>Source</dt><dd>{_linked(incident.source, incident.url)}</dd>"
    if incident.also:
        details += f"<dt>Also told by</dt><dd>{escape('; '.join(incident.also))}</dd>"
    quote = "".join(
        f'<mark class="{part}">{escape(words)}</mark>' if part else escape(words) for words, part in incident.quote
    )
    return (
        f"<article>\n<h3>{escape(incident.day)}, {escape(incident.place)}</h3>\n"
        f"<div>{symbol(incident.kind)}{escape(incident.kind)}: {escape(incident.sub_kind)}{status}</div>\n"
        + (f'<blockquote dir="auto">{quote}</blockquote>\n' if quote else "")
        + f"<dl>{details}</dl>\n</article>"
    )


def _linked(name: str, url: str | None) -> str:
    return f'<a href="{escape(url)}" rel="noreferrer noopener">{escape(name)}</a>' if url else escape(name)


def symbol(kind: str) -> str:
    """Return the symbol of a kind as an inline picture."""
    style = look(kind)
    corners = " ".join(f"{x:g},{-y:g}" for x, y in OUTLINES[style.shape])
    drawn = f'<polygon points="{corners}" fill="{style.colour}" stroke="#2b2b2b" stroke-width=".12"/>'
    return f'<svg viewBox="-1.4 -1.4 2.8 2.8" aria-hidden="true">{drawn}</svg>'
