from __future__ import annotations

import io
from dataclasses import replace
from html.parser import HTMLParser
from importlib.resources import files
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geomap import report
from geomap.errors import UsageError
from geomap.model import EventSet, Span, Toll
from geomap.report import accuracy, docx, html, markdown, pdf
from geomap.report.briefing import brief, quoted, toll_words

if TYPE_CHECKING:
    from pathlib import Path


class Page(HTMLParser):
    """What a page holds: its elements, and its words."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep an element."""
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        """Keep words."""
        self.words += data


class TestBriefing:
    """What is said, whatever the form."""

    def test_lead(self, events: EventSet) -> None:
        """The first lines count the documents, events and dead, and name the deadliest."""
        lead = " ".join(brief(events).lead)

        assert lead.startswith("3 documents tell of 3 conflict events and 22 reported dead.")
        assert "The deadliest is armed clash in Al Qusayr, Homs, Syria, 25 May 2013: 22 or more killed." in lead

    def test_tables_add_up(self, events: EventSet) -> None:
        """The last line of the table by type is the sum; the toll of a whole war is in none."""
        by_kind, by_place = brief(events).tables

        assert by_kind.rows[-1] == ("All", "3", "22", "12")
        assert ("Al Qusayr, Homs, Syria", "1", "22", "–") == by_place.rows[0]

    def test_what_did_not_take_place_is_apart(self, events: EventSet) -> None:
        """Planned and denied events are listed for themselves, and counted nowhere."""
        briefing = brief(events)

        assert ["denied", "planned"] == sorted(incident.status for incident in briefing.others)
        assert len(briefing.incidents) == 3

    def test_quote_is_whole_and_marked(self, events: EventSet) -> None:
        """The pieces of a quote make the sentence, and the words it rests on are marked."""
        event, document = events.events[0], events.documents[0]
        pieces = quoted(event, document)

        assert "".join(words for words, _ in pieces) == event.evidence.of(document.text)
        assert ("clashed", "trigger") in pieces
        assert ("Al Qusayr", "place") in pieces
        assert ("more than 22", "toll") in pieces

    def test_no_text_no_quote(self, events: EventSet) -> None:
        """Where the text was not kept nothing is quoted, and nothing fails."""
        bare = replace(events, documents=tuple(replace(d, text="") for d in events.documents))

        assert all(not incident.quote for incident in brief(bare).incidents)

    def test_the_deadliest_are_listed_first_and_the_rest_counted(self, events: EventSet) -> None:
        """A long list is cut to the events with most dead, and says how many it leaves out."""
        briefing = brief(events, most=1)

        assert [incident.place for incident in briefing.incidents] == ["Al Qusayr, Homs, Syria"]
        assert briefing.left_out == 2

    @pytest.mark.parametrize(
        ("low", "high", "said"), [(22, None, "22 or more"), (22, 22, "22"), (16, 25, "16–25"), (1200, 1200, "1,200")]
    )
    def test_toll_in_figures(self, low: int, high: int | None, said: str) -> None:
        """A toll is written as it is known."""
        assert toll_words(Toll(Span(0, 1), "x", low, high, low)) == said


def test_accuracy_is_the_cards_own() -> None:
    """A report quotes the figures of the model card; without a card, or its row, it claims nothing."""
    card = files("geomap.models").joinpath("TOPONYMS.md").read_text(encoding="utf-8")
    row = next(line for line in card.splitlines() if line.startswith("| placed within 161 km |"))
    figures = sorted(float(cell) for cell in row.split("|")[2:-1])

    assert f"{100 * figures[0]:.0f}–{figures[-1]:.0%} are put within 161 km" in accuracy.accuracy()
    assert not accuracy._told("TOPONYMS.md", "no such row", "{percent}")
    assert not accuracy._told("NONE.md", "row", "{percent}")


class TestHtml:
    """The page."""

    def test_needs_and_runs_nothing(self, hostile: EventSet) -> None:
        """Nothing of an article becomes an element; the policy forbids scripts; the figure is inside."""
        page = Page(html.render(brief(hostile), b"png").decode())

        assert "<script>alert(1)</script>" in page.words
        assert not [tag for tag, _ in page.tags if tag in {"script", "iframe", "object", "link"}]
        assert [a["src"] for tag, a in page.tags if tag == "img"] == ["data:image/png;base64,cG5n"]

    def test_links_to_sources(self, events: EventSet) -> None:
        """A source with an address is linked."""
        page = Page(html.render(brief(events), None).decode())

        assert "https://example.org/one?a=1&b=2" in {a["href"] for tag, a in page.tags if tag == "a"}

    def test_is_accessible(self, events: EventSet) -> None:
        """The page has a language, the figure words for it, tables their captions, and headings skip no level."""
        page = Page(html.render(brief(events), b"png").decode())
        levels = [int(tag[1]) for tag, _ in page.tags if tag in {"h1", "h2", "h3"}]

        assert ("html", {"lang": "en"}) in page.tags
        assert next(a["alt"] for tag, a in page.tags if tag == "img")
        assert all(b - a <= 1 for a, b in pairwise(levels))


class TestDocx:
    """The Word document, opened by python-docx."""

    def test_opens(self, hostile: EventSet, events: EventSet) -> None:
        """Headings, tables and quotes are where a reader of Word looks for them; hostile text does no harm."""
        library = pytest.importorskip("docx")
        page = library.Document(io.BytesIO(docx.render(brief(events), None)))
        headings = [p.text for p in page.paragraphs if p.style.name.startswith("Heading")]

        assert "25 May 2013, Al Qusayr, Homs, Syria" in headings
        assert len(page.tables) == 2
        assert any(p.style.name == "Quote" and "clashed" in p.text for p in page.paragraphs)
        assert docx.render(brief(hostile), None)

    def test_same_briefing_same_bytes(self, events: EventSet) -> None:
        """Nothing in the file tells when it was made."""
        pytest.importorskip("docx")

        assert docx.render(brief(events), None) == docx.render(brief(events), None)

    def test_arabic_runs_from_the_right(self, events: EventSet) -> None:
        """A quote in Arabic is set from right to left."""
        library = pytest.importorskip("docx")
        text = "قتل 22 شخصا قرب القصير."
        event = replace(
            events.events[0], evidence=Span(0, len(text)), trigger=Span(0, 3), killed=None, where=None, when=None
        )
        one = EventSet((replace(events.documents[0], text=text),), {}, (event,))
        page = library.Document(io.BytesIO(docx.render(brief(one), None)))
        told = next(p for p in page.paragraphs if p.style.name == "Quote")

        assert told._p.pPr.find(library.oxml.ns.qn("w:bidi")) is not None


class TestMarkdown:
    """The text."""

    def test_untrusted_words_are_words(self, hostile: EventSet) -> None:
        """No element, link or mark of an article's own survives."""
        text = markdown.render(brief(hostile))

        assert "<script>" not in text
        assert "\\<script\\>" in text

    def test_a_reader_renders_it(self, events: EventSet) -> None:
        """An independent renderer finds the headings, both tables and the marked words."""
        library = pytest.importorskip("mistune")
        page = Page(library.create_markdown(plugins=["table"])(markdown.render(brief(events))))
        tags = [tag for tag, _ in page.tags]

        assert tags.count("table") == 2
        assert "blockquote" in tags
        assert "strong" in tags
        assert "25 May 2013, Al Qusayr, Homs, Syria" in page.words


@settings(deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Zl", "Zp"]), min_size=1))
def test_any_words_stay_words_in_markdown(words: str) -> None:
    """Whatever an article says, a renderer of Markdown shows just that."""
    library = pytest.importorskip("mistune")
    said = " ".join(words.split())
    page = Page(library.create_markdown(plugins=["table", "strikethrough", "url"])(f"{markdown._plain(said)}\n"))

    assert {tag for tag, _ in page.tags} <= {"p"}
    assert " ".join(page.words.split()) == said


def test_pdf(events: EventSet) -> None:
    """A browser prints the page; an independent reader finds the words in it."""
    try:
        made = pdf.render(html.render(brief(events), None))
    except UsageError as error:
        pytest.skip(str(error))
    pages = pytest.importorskip("pypdf").PdfReader(io.BytesIO(made)).pages

    assert "Al Qusayr" in "".join(page.extract_text() for page in pages)


@pytest.mark.parametrize("form", ["html", "docx", "md"])
def test_every_form_is_saved(form: str, events: EventSet, tmp_path: Path) -> None:
    """Each form is written whole with its figure; Markdown's is a file beside it."""
    pytest.importorskip("matplotlib")
    report.save(events, tmp_path / f"report.{form}")

    assert (tmp_path / f"report.{form}").stat().st_size > 1000
    assert (tmp_path / "report.png").exists() == (form == "md")


def test_nothing_happened_is_a_report(tmp_path: Path) -> None:
    """A briefing of no events says so."""
    report.save(EventSet(), tmp_path / "report.html")

    assert "told of no conflict event" in (tmp_path / "report.html").read_text()


def test_a_figure_that_is_missing_is_explained(tmp_path: Path) -> None:
    """A report without a figure says why."""
    notes: list[str] = []
    report.save(EventSet(), tmp_path / "report.html", on_note=notes.append)

    assert notes
    assert notes[0].startswith("The report has no figure.")


def test_unknown_form(events: EventSet, tmp_path: Path) -> None:
    """An ending that is none of a report names those that are."""
    with pytest.raises(UsageError, match="html, docx, md, pdf"):
        report.save(events, tmp_path / "report.odt")
