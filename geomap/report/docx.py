"""A briefing as a Word document. Needs the extra `report`."""

from __future__ import annotations

import re
import unicodedata
from io import BytesIO
from typing import TYPE_CHECKING, Any

from geomap.export.archive import members_of, write_zip
from geomap.extras import extra

if TYPE_CHECKING:
    from geomap.report.briefing import Briefing, Incident, Table

_CLOCK = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_COLOURS = {"place": "0072B2", "trigger": "B24A00", "toll": "8A3F73"}


def render(briefing: Briefing, figure: bytes | None) -> bytes:
    """Return the document; the same briefing gives the same bytes."""
    with extra("report", "A Word document"):
        from docx import Document
        from docx.shared import Cm, Pt
    page = Document()
    page.core_properties.title, page.core_properties.author = briefing.title, "geomap"
    page.styles["Normal"].font.size = Pt(10.5)
    section = page.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    page.add_heading(briefing.title, 0)
    page.add_paragraph(briefing.subtitle, style="Subtitle")
    page.add_paragraph(" ".join(briefing.lead))
    if figure:
        page.add_picture(BytesIO(figure), width=Cm(17))
        _describe(page.inline_shapes[-1], f"Map. {briefing.title}. {briefing.subtitle}.")
    for table in briefing.tables:
        _table(page, table)
    _incidents(page, briefing)
    page.add_heading("Method and limits", 1)
    for words in briefing.method:
        page.add_paragraph(words)
    page.add_heading("Sources", 1)
    for name, url in briefing.sources:
        page.add_paragraph(name if url is None else f"{name}: {url}", style="List Bullet")
    section.footer.paragraphs[0].text = briefing.attribution
    return _timeless(page)


def _describe(picture: Any, words: str) -> None:  # noqa: ANN401 - python-docx's
    """Give a picture the words that a screen reader says for it."""
    picture._inline.docPr.set("descr", words)  # noqa: SLF001 - python-docx has no public way to it


def _timeless(page: Any) -> bytes:  # noqa: ANN401 - python-docx's
    buffer, made = BytesIO(), BytesIO()
    page.save(buffer)
    parts = members_of(buffer)
    parts["docProps/core.xml"] = _CLOCK.sub(rb"\g<1>2000-01-01T00:00:00Z", parts["docProps/core.xml"])
    write_zip(parts, made)
    return made.getvalue()


def _table(page: Any, table: Table) -> None:  # noqa: ANN401 - python-docx's
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    page.add_paragraph().add_run(table.caption).bold = True
    drawn = page.add_table(rows=1, cols=len(table.header), style="Light List")
    for cells, words in ((drawn.rows[0].cells, table.header), *((drawn.add_row().cells, row) for row in table.rows)):
        for number, (cell, word) in enumerate(zip(cells, words, strict=True)):
            cell.text = word
            if number:
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    page.add_paragraph()


def _incidents(page: Any, briefing: Briefing) -> None:  # noqa: ANN401 - python-docx's
    if briefing.incidents:
        page.add_heading("What took place", 1)
    for incident in briefing.incidents:
        _incident(page, incident)
    if briefing.left_out:
        page.add_paragraph(f"{briefing.left_out:,} more events with fewer or no dead are not listed.")
    if briefing.others:
        page.add_heading("Planned, threatened, denied or past", 1)
    for incident in briefing.others:
        _incident(page, incident)


def _incident(page: Any, incident: Incident) -> None:  # noqa: ANN401 - python-docx's
    from docx.shared import RGBColor

    page.add_heading(f"{incident.day}, {incident.place}", 2)
    status = "" if incident.status == "happened" else f" ({incident.status})"
    page.add_paragraph(f"{incident.kind}: {incident.sub_kind}{status}").paragraph_format.keep_with_next = True
    if incident.quote:
        paragraph = page.add_paragraph(style="Quote")
        paragraph.paragraph_format.keep_with_next = True
        for words, part in incident.quote:
            run = paragraph.add_run(words)
            run.bold = bool(part)
            if part:
                run.font.color.rgb = RGBColor.from_string(_COLOURS[part])
        if _right_to_left("".join(words for words, _ in incident.quote)):
            _turn(paragraph)
    details = [*incident.details, ("Source", f"{incident.source} {incident.url or ''}".strip())]
    if incident.also:
        details.append(("Also told by", "; ".join(incident.also)))
    paragraph = page.add_paragraph()
    for number, (name, value) in enumerate(detail for detail in details if detail[1]):
        if number:
            paragraph.add_run().add_break()
        paragraph.add_run(f"{name}: ").bold = True
        paragraph.add_run(value)


def _right_to_left(words: str) -> bool:
    """Say whether the first letter is of a script that runs from right to left."""
    sides = (unicodedata.bidirectional(letter) for letter in words)
    return next((side in {"R", "AL"} for side in sides if side in {"L", "R", "AL"}), False)


def _turn(paragraph: Any) -> None:  # noqa: ANN401 - python-docx's
    from docx.oxml import OxmlElement

    paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))  # noqa: SLF001 - python-docx has no public way to it
    for run in paragraph.runs:
        run.font.rtl = True
