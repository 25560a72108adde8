"""EventSet -> a briefing to send: HTML, Word, Markdown or PDF."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geomap.errors import EmptyInput, MissingExtra, UsageError
from geomap.files import STANDARD, written
from geomap.report.briefing import Briefing, brief

if TYPE_CHECKING:
    from collections.abc import Callable

    from geomap.model import EventSet

__all__ = ["FORMS", "Briefing", "brief", "save"]

_DOTS = 200


def _html(briefing: Briefing, figure: bytes | None) -> bytes:
    from geomap.report import html

    return html.render(briefing, figure)


def _docx(briefing: Briefing, figure: bytes | None) -> bytes:
    from geomap.report import docx

    return docx.render(briefing, figure)


def _pdf(briefing: Briefing, figure: bytes | None) -> bytes:
    from geomap.report import html, pdf

    return pdf.render(html.render(briefing, figure))


def _markdown(briefing: Briefing, _figure: bytes | None) -> bytes:
    from geomap.report import markdown

    return markdown.render(briefing).encode()


FORMS: dict[str, Callable[[Briefing, bytes | None], bytes]] = {
    "html": _html,
    "docx": _docx,
    "md": _markdown,
    "pdf": _pdf,
}
"""The endings of reports, and what writes each."""


def save(
    events: EventSet,
    path: Path | str,
    *,
    format: str | None = None,  # noqa: A002 - as users type it
    figure: bool = True,
    on_note: Callable[[str], None] = lambda _: None,
    **options: Any,  # noqa: ANN401 - those of brief
) -> None:
    """Write a briefing, in the form that the path's ending or `format` names; `-` is standard output.

    The figure of a Markdown report is a PNG beside it. `on_note` is told why there is none, where one was wanted.
    Raises `UsageError`, `OutputError`, `MissingExtra`.
    """
    form = (format or Path(path).suffix[1:]).lower()
    form = {"markdown": "md", "htm": "html"}.get(form, form)
    if format is not None and form not in FORMS:
        raise UsageError(f"There is no format {format!r}. Choose one of: {', '.join(FORMS)}.")
    if form not in FORMS:
        raise UsageError(f"{path} has no ending of a report. End it in one of: {', '.join(FORMS)}; or add --format.")
    briefing = brief(events, **options)
    picture = _picture(events, options, on_note) if figure else None
    if form == "md" and picture and str(path) != STANDARD:
        from geomap.report import markdown

        beside = Path(path).with_suffix(".png")
        with written(beside, binary=True) as file:
            file.write(picture)
        content = markdown.render(briefing, beside.name).encode()
    else:
        content = FORMS[form](briefing, picture)
    with written(path, binary=True) as file:
        file.write(content)


def _picture(events: EventSet, options: dict[str, Any], on_note: Callable[[str], None]) -> bytes | None:
    """Draw the map, or nothing where there is nothing to draw, or nothing to draw with."""
    from geomap import figure

    buffer = BytesIO()
    chosen = {name: value for name, value in options.items() if name in {"title", "diplomacy"}}
    try:
        figure.write(figure.draw(events, **chosen), buffer, dpi=_DOTS)
    except (EmptyInput, MissingExtra) as reason:
        on_note(f"The report has no figure. {reason}")
        return None
    return buffer.getvalue()
