"""A briefing as Markdown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geomap.report.briefing import Briefing, Incident, Table

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|~$#&])")
_LEADING = re.compile(r"^(\s*\d*)([-+=.)])")  # what would start a list, or underline a heading


def render(briefing: Briefing, picture: str | None = None) -> str:
    """Return the text; `picture` is the address of the figure, where there is one."""
    return "\n".join(_lines(briefing, picture)) + "\n"


def _lines(briefing: Briefing, picture: str | None) -> Iterable[str]:
    yield from (f"# {_plain(briefing.title)}", "", f"*{_plain(briefing.subtitle)}*", "")
    yield from (_plain(" ".join(briefing.lead)), "")
    if picture:
        yield from (f"![Map. {_plain(briefing.title)}](<{picture}>)", "")
    for table in briefing.tables:
        yield from _table(table)
    if briefing.incidents:
        yield from ("## What took place", "")
        for incident in briefing.incidents:
            yield from _incident(incident)
        if briefing.left_out:
            yield from (f"{briefing.left_out:,} more events with fewer or no dead are not listed.", "")
    if briefing.others:
        yield from ("## Planned, threatened, denied or past", "")
        for incident in briefing.others:
            yield from _incident(incident)
    yield from ("## Method and limits", "")
    for words in briefing.method:
        yield from (_plain(words), "")
    yield from ("## Sources", "")
    yield from (f"- {_linked(name, url)}" for name, url in briefing.sources)
    yield from ("", "---", "", f"{_plain(briefing.attribution)} Made with geomap.")


def _table(table: Table) -> Iterable[str]:
    yield from (f"**{_plain(table.caption)}**", "")
    yield f"| {' | '.join(map(_plain, table.header))} |"
    yield f"|---|{'---:|' * (len(table.header) - 1)}"
    yield from (f"| {' | '.join(map(_plain, row))} |" for row in table.rows)
    yield ""


def _incident(incident: Incident) -> Iterable[str]:
    status = "" if incident.status == "happened" else f" ({incident.status})"
    yield from (f"### {_plain(incident.day)}, {_plain(incident.place)}", "")
    yield from (f"{_plain(incident.kind)}: {_plain(incident.sub_kind)}{status}", "")
    if incident.quote:
        quote = "".join(_marked(words) if part else _plain(words) for words, part in incident.quote)
        yield from (f"> {quote.strip()}", "")
    yield from (f"- {_plain(name)}: {_plain(value)}" for name, value in incident.details)
    if incident.source:
        yield f"- Source: {_linked(incident.source, incident.url)}"
    if incident.also:
        yield f"- Also told by: {_plain('; '.join(incident.also))}"
    yield ""


def _marked(words: str) -> str:
    """Set words in bold; spaces at their ends stay outside, or Markdown would not see the marks."""
    inner = words.strip()
    return words.replace(inner, f"**{_plain(inner)}**", 1) if inner else words


def _plain(words: str) -> str:
    """Keep untrusted words from being read as Markdown or HTML."""
    escaped = _SPECIAL.sub(r"\\\1", words)
    return _LEADING.sub(r"\1\\\2", escaped)


def _linked(name: str, url: str | None) -> str:
    if url is None:
        return _plain(name)
    return f"[{_plain(name)}](<{url.replace('<', '%3C').replace('>', '%3E').replace(' ', '%20')}>)"
