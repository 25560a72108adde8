"""Inputs of every format become documents, told apart by what is in them; what is wrong is said and stops nothing."""

from __future__ import annotations

import gzip
import io
import json
import sys
import zipfile
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.errors import EmptyInput, MissingInput, UnreadableInput, UsageError
from geomap.model import Document, Failure
from geomap.readers import READERS, read_documents
from geomap.readers.decode import decode
from geomap.readers.detection import require_language
from geomap.readers.settings import TEXT_LIMIT, Settings

if TYPE_CHECKING:
    from pathlib import Path

SENTENCE = "Shells killed five people in the city of Homs on Saturday, doctors in its hospital said."
PAGE = f"""<!DOCTYPE html><html><head><title>Shells on Homs</title>
<meta property="article:published_time" content="2013-05-25T10:00:00Z"></head>
<body><nav>Home News Sport</nav><article><h1>Shells on Homs</h1>
{"".join(f"<p>{SENTENCE} It was attack {n} in as many days; the dead were buried at once.</p>" for n in range(4, 9))}
</article></body></html>"""
FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>The Wire</title><item><title>Blast in Kabul</title>
<description>&lt;p&gt;A blast in &lt;b&gt;Kabul&lt;/b&gt; killed 5.&lt;/p&gt;</description>
<pubDate>Sat, 25 May 2013 10:00:00 GMT</pubDate></item></channel></rss>"""
MAIL = (
    "From: Monitoring Desk <desk@example.org>\nSubject: Daily report\nDate: Sat, 25 May 2013 10:00:00 +0000\n"
    "Message-ID: <1@example.org>\nMIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n"
    f"<p>{SENTENCE}</p><p>More follows.</p>\n"
)


def read(*inputs: object, **options: Any) -> list[Document | Failure]:  # noqa: ANN401 - those of read_documents
    """Read all of some inputs."""
    return list(read_documents([str(item) for item in inputs], **options))


def only(*inputs: object, **options: Any) -> Document:  # noqa: ANN401 - those of read_documents
    """Read the one document there is."""
    (found,) = read(*inputs, **options)
    assert isinstance(found, Document), found
    return found


def word_file(text: str) -> bytes:
    """Return a small Word file."""
    paragraphs = "".join(f"<w:p><w:r><w:t>{part}</w:t></w:r></w:p>" for part in text.split("\n\n"))
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr(
            "word/document.xml", f'<w:document xmlns:w="{space}"><w:body>{paragraphs}</w:body></w:document>'
        )
    return held.getvalue()


def pdf_file(text: str) -> bytes:
    """Return a small PDF."""
    stream = f"BT /F1 12 Tf 20 100 Td ({text}) Tj ET"
    objects = (
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 200]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        f"<</Length {len(stream)}>>stream\n{stream}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    made, places = b"%PDF-1.4\n", []
    for number, held in enumerate(objects, 1):
        places.append(len(made))
        made += f"{number} 0 obj{held}endobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 6\n0000000000 65535 f \n{table}trailer<</Size 6/Root 1 0 R>>\nstartxref\n{len(made)}\n%%EOF"
    return made + end.encode()


def warc_file(page: str) -> bytes:
    """Return a web archive of one page."""
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page.encode()
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://example.org/a\r\n"
        "WARC-Date: 2013-05-26T00:00:00Z\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
    )
    return head.encode() + answer + b"\r\n\r\n"


def parquet_file(rows: dict[str, list[Any]]) -> bytes:
    """Return a Parquet file of these columns."""
    import pyarrow as pa
    from pyarrow import parquet

    held = io.BytesIO()
    parquet.write_table(pa.table(rows), held)
    return held.getvalue()


def zip_file(**members: bytes) -> bytes:
    """Return a zip of these members, underscores in their names for points."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("_", "."), data)
    return held.getvalue()


FORMATS: dict[str, bytes] = {
    "pdf": pdf_file(SENTENCE),
    "docx": word_file(SENTENCE),
    "rtf": rb"{\rtf1\ansi\ansicpg1252{\fonttbl\f0 Times;}\f0\fs24 " + SENTENCE.encode() + rb"\par}",
    "parquet": parquet_file({"content": [SENTENCE], "date": ["2013-05-25"]}),
    "warc": warc_file(PAGE),
    "zip": zip_file(a_txt=SENTENCE.encode()),
    "gz": gzip.compress(SENTENCE.encode()),
    "feed": FEED.encode(),
    "html": PAGE.encode(),
    "mail": MAIL.encode(),
    "csv": f'nr,body\n1,"{SENTENCE}"\n'.encode(),
    "jsonl": json.dumps({"text": SENTENCE}).encode() + b"\n",
    "json": json.dumps([{"text": SENTENCE}], indent=1).encode(),
    "text": SENTENCE.encode(),
}


@pytest.mark.parametrize("name", READERS)
def test_each_format_is_known_by_what_is_in_it(name: str, tmp_path: Path) -> None:
    """A file's bytes tell its format, whatever it is called; only tables need their name."""
    path = tmp_path / ("a.csv" if name == "csv" else "without-a-format")
    path.write_bytes(FORMATS[name])

    assert "Kabul" in only(path).text if name == "feed" else "city of Homs" in only(path).text


def test_formats_that_say_more_are_heard(tmp_path: Path) -> None:
    """Title, day and source come along where a format has them."""
    (tmp_path / "feed.xml").write_text(FEED)
    (tmp_path / "mail.eml").write_text(MAIL)
    (tmp_path / "page.html").write_text(PAGE)
    feed, mail, page = (only(tmp_path / name) for name in ("feed.xml", "mail.eml", "page.html"))

    assert ("Blast in Kabul", date(2013, 5, 25), "The Wire") == (feed.title, feed.published, feed.source)
    assert ("Daily report", date(2013, 5, 25), "Monitoring Desk") == (mail.title, mail.published, mail.source)
    assert ("Shells on Homs", date(2013, 5, 25)) == (page.title, page.published)
    assert feed.text == "Blast in Kabul\n\nA blast in Kabul killed 5."


def test_a_stated_day_stands_and_a_guessed_one_gives_way(tmp_path: Path) -> None:
    """The day a user names replaces what a page's markup suggests, but not what a record says of itself."""
    (tmp_path / "page.html").write_text(PAGE)
    (tmp_path / "a.jsonl").write_text('{"text": "x", "date": "2013-05-25"}\n{"text": "y"}\n')
    day = date(2020, 1, 1)

    assert only(tmp_path / "page.html", published=day).published == day
    assert [d.published for d in read(tmp_path / "a.jsonl", published=day) if isinstance(d, Document)] == [
        date(2013, 5, 25),
        day,
    ]


def test_the_text_is_kept_as_it_is(tmp_path: Path) -> None:
    """Offsets are worth something only if no character is changed, line ends and Markdown's marks included."""
    (tmp_path / "a.md").write_bytes(b"# Title\r\n\r\nText *here*.\r\n")
    found = only(tmp_path / "a.md")

    assert found.text == "# Title\r\n\r\nText *here*.\r\n"
    assert found.title == "Title"


def test_an_id_is_kept_or_made_of_the_text(tmp_path: Path) -> None:
    """The same text gives the same id everywhere; an id that was given stays."""
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "b.jsonl").write_text('{"text": "x"}\n{"text": "x", "doc_id": 7}\n')

    assert [d.id for d in read(tmp_path / "a.txt", tmp_path / "b.jsonl") if isinstance(d, Document)] == [
        "2d711642b726",
        "2d711642b726",
        "7",
    ]


def test_columns_can_be_chosen(tmp_path: Path) -> None:
    """A table's columns are those the user names; a name that is not there is told with those that are."""
    (tmp_path / "a.csv").write_text("when;what\n2013-05-25;Homs was hit\n")
    chosen = only(tmp_path / "a.csv", columns={"text": "what", "published": "when"})

    assert ("Homs was hit", date(2013, 5, 25)) == (chosen.text, chosen.published)
    with pytest.raises(UnreadableInput, match=r"no column 'who'; it has when, what.*--column text=NAME"):
        read(tmp_path / "a.csv", columns={"text": "who"})


def test_a_bad_line_is_one_failure(tmp_path: Path) -> None:
    """A line that is no JSON, or has no text, is a failure in its place; the others are read."""
    (tmp_path / "a.jsonl").write_text(
        '{"text": "one"}\nno json\n\n[1]\n{"title": "x"}\n{"text": " "}\n{"text": "two"}\n'
    )
    found = read(tmp_path / "a.jsonl")

    assert [type(item).__name__ for item in found] == ["Document", *["Failure"] * 4, "Document"]
    assert [item.source.rpartition(":")[2] for item in found if isinstance(item, Failure)] == ["2", "4", "5", "6"]


@pytest.mark.parametrize(
    ("name", "data", "error", "words"),
    [
        ("empty.txt", b"", EmptyInput, "empty"),
        ("blank.txt", b" \n\t\n", EmptyInput, "empty"),
        ("image.txt", bytes(range(256)) * 20, UnreadableInput, "no format geomap reads"),
        ("broken.pdf", b"%PDF-1.4 nothing", UnreadableInput, "damaged PDF"),
        ("broken.docx", b"PK\x03\x04 word/ nothing", UnreadableInput, "damaged Word"),
        ("broken.zip", b"PK\x03\x04 nothing", UnreadableInput, "damaged zip"),
        ("broken.parquet", b"PAR1 nothing", UnreadableInput, "damaged Parquet"),
        ("empty.html", b"<html><body></body></html>", EmptyInput, "no article"),
        ("broken.rss", b"<rss><channel>", UnreadableInput, "damaged feed"),
        ("empty.rss", b"<rss><channel></channel></rss>", EmptyInput, "without entries"),
        ("other.xml", b"<?xml version='1.0'?><data/>", UnreadableInput, "no format"),
        ("book.zip", zip_file(**{"META-INF/container_xml": b"x"}), UnreadableInput, "office file"),
    ],
)
def test_a_single_bad_input_is_an_error(
    name: str, data: bytes, error: type[Exception], words: str, tmp_path: Path
) -> None:
    """Where the only input gives nothing its error is raised, and says what is wrong with it."""
    (tmp_path / name).write_bytes(data)

    with pytest.raises(error, match=words):
        read(tmp_path / name)


def test_what_is_not_there_is_told(tmp_path: Path) -> None:
    """A missing file, a pattern nothing matches and an empty folder are told apart."""
    with pytest.raises(MissingInput, match="no such file"):
        read(tmp_path / "a.txt")
    with pytest.raises(MissingInput, match="no file matches"):
        read(tmp_path / "*.txt")
    with pytest.raises(EmptyInput, match="folder without documents"):
        read(tmp_path)


def test_one_bad_input_of_many_stops_nothing(tmp_path: Path) -> None:
    """Among several inputs, or in a folder, a bad one is a failure and the others are read."""
    (tmp_path / "a.txt").write_text(SENTENCE)
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.4 nothing")
    (tmp_path / ".hidden").write_text("never read")
    found = read(tmp_path, tmp_path / "missing.txt")

    assert [type(item).__name__ for item in found] == ["Document", "Failure", "Failure"]


def test_english_with_curly_quotes_is_western(tmp_path: Path) -> None:
    """A few quotes, dashes and accents in a long English text say nothing of Poland or DOS."""
    line = "\u201cThe town\u2019s market was hit,\u201d officials in Ménaka said \u2013 four people died. "
    filler = "The governor visited the wounded in the hospital and promised an inquiry into what had taken place. "
    path = tmp_path / "a.txt"
    path.write_bytes(((line + filler * 6) * 4).encode("cp1252"))

    assert line.strip() in only(path).text


def test_an_old_word_file_says_what_to_do(tmp_path: Path) -> None:
    """A .doc is no .docx, and the error tells how it becomes one."""
    path = tmp_path / "old.doc"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))

    with pytest.raises(UnreadableInput, match=r"Save it as \.docx"):
        read(path)


def test_rich_text_gives_its_words(tmp_path: Path) -> None:
    """Code page, Unicode with its fallback, typographic marks and tables are read; fonts and headers are not."""
    path = tmp_path / "a.rtf"
    path.write_bytes(
        rb"{\rtf1\ansi\ansicpg1251\deff0{\fonttbl{\f0\fnil Arial;}}{\colortbl;\red0;}{\*\generator Word;}"
        rb"{\header Page 4 of Paris}{\info{\title A head}}\pard\b Blast\b0  in \'ca\'e8\'e5\'e2\par"
        b"\n"
        rb"M\u233?naka \emdash  \ldblquote two\rdblquote  dead\{\}\cell 5\row{\pict 89504e47}{\uc2\u1575??end}}"
    )

    assert only(path).text == "Blast in Киев\nMénaka \u2014 \u201ctwo\u201d dead{}\t5\nاend"


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1250", "2024-05-14;Plzeň;Při výbuchu v Plzni se zranili čtyři lidé, řekl mluvčí hasičů a to je vše, že."),
        (
            "iso8859_2",
            "Při výbuchu v Plzni se zranili čtyři lidé, řekl mluvčí hasičů, a škoda je velká, ale že by hořelo.",
        ),
        (
            "cp1250",
            "W nocy w Łodzi doszło do starć z policją; ośmiu rannych jest w szpitalu, a dwóch się nie odnalazło.",
        ),
        ("cp1254", "Şırnak'ta bir patlama oldu ve üç kişi yaralandı; bu saldırı için henüz bir açıklama yok."),
    ],
)
def test_a_short_text_s_small_words_tell_its_code_page(tmp_path: Path, encoding: str, text: str) -> None:
    """Czech, Polish and Turkish in one byte a letter are no Western Europe's code page, however short."""
    (tmp_path / "a.txt").write_bytes(text.encode(encoding))

    assert only(tmp_path / "a.txt").text == text


def test_other_encodings_are_read_and_told(tmp_path: Path) -> None:
    """Text that is not UTF-8 is decoded, and the user is told as what."""
    notes: list[str] = []
    (tmp_path / "a.txt").write_bytes("Des blessés à Tübingen, a déclaré la police lundi.".encode("cp1252"))
    (tmp_path / "b.txt").write_bytes(("Боевики обстреляли город, погибли пять человек. " * 9).encode("cp1251"))
    (tmp_path / "c.txt").write_bytes(SENTENCE.encode("utf-16"))
    (tmp_path / "d.txt").write_bytes(b"\xef\xbb\xbf" + SENTENCE.encode())
    texts = [only(tmp_path / f"{name}.txt", on_note=notes.append).text for name in "abcd"]

    assert "blessés à Tübingen" in texts[0]
    assert "Боевики обстреляли" in texts[1]
    assert texts[2:] == [SENTENCE, SENTENCE]
    assert len(notes) == 2
    assert all("not UTF-8" in note for note in notes)


def test_a_text_too_large_is_refused_unread(tmp_path: Path) -> None:
    """Beyond 20 MB a text is no article; jsonl, which may be of any size, is what to use."""
    path = tmp_path / "a.txt"
    path.write_bytes(b"word " * (TEXT_LIMIT // 5 + 1))
    with pytest.raises(UnreadableInput, match=r"20 MB.*\.jsonl"):
        list(read_documents([path]))


def test_bombs_fizzle(tmp_path: Path) -> None:
    """A file that unpacks to hundreds of times its size is left, as are archives within archives without end."""
    bomb = b'{"text": "' + b"a" * 40_000_000
    (tmp_path / "bomb.gz").write_bytes(gzip.compress(bomb))
    (tmp_path / "bomb.zip").write_bytes(zip_file(a_txt=b"a" * 40_000_000))
    nested = SENTENCE.encode()
    for _ in range(5):
        nested = gzip.compress(nested)
    (tmp_path / "nested.gz").write_bytes(nested)
    (failed,), (member,), (deep,) = (read(tmp_path / name) for name in ("bomb.gz", "bomb.zip", "nested.gz"))

    assert isinstance(failed, Failure)
    assert isinstance(member, Failure)
    assert isinstance(deep, Failure)
    assert "times its size" in failed.error
    assert "times its size" in member.error
    assert "archives within archives" in deep.error


def test_xml_bombs_are_not_expanded(tmp_path: Path) -> None:
    """A Word file whose XML declares entities is refused, not expanded."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("word/document.xml", '<!DOCTYPE a [<!ENTITY b "bbbb">]><a>&b;</a>')
    (tmp_path / "a.docx").write_bytes(held.getvalue())

    with pytest.raises(UnreadableInput, match="damaged Word"):
        read(tmp_path / "a.docx")


def test_attachments_and_members_are_read_in_turn(tmp_path: Path) -> None:
    """What a mail or archive holds is read in its own format; a bad member is a failure of its own."""
    (tmp_path / "a.zip").write_bytes(zip_file(p_html=PAGE.encode(), x_pdf=b"%PDF-1.4", l_jsonl=b'{"text": "Aleppo"}\n'))
    page, broken, line = read(tmp_path / "a.zip")

    assert isinstance(page, Document)
    assert isinstance(broken, Failure)
    assert isinstance(line, Document)
    assert broken.source.endswith("a.zip/x.pdf")
    assert line.text == "Aleppo"


def test_standard_input_is_an_input(monkeypatch: pytest.MonkeyPatch) -> None:
    """A dash reads standard input, in whatever format it brings."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b'{"text": "Aleppo was hit"}\n')))

    assert only("-").text == "Aleppo was hit"
    with pytest.raises(EmptyInput, match="standard input: empty"):
        read("-")


def test_a_language_without_words_is_told(tmp_path: Path) -> None:
    """Where geomap has no words of a language its user is told that events are not looked for."""
    notes: list[str] = []
    (tmp_path / "a.txt").write_text("De politie en de brandweer waren na de ontploffing in het dorp met een hond.")
    found = only(tmp_path / "a.txt", on_note=notes.append)

    assert found.language == "nl"
    assert "geomap has no words of (nl)" in notes[0]


@given(st.binary(max_size=300))
def test_no_bytes_break_a_reader(data: bytes) -> None:
    """Whatever an input holds, it gives documents or failures or an error of ours."""
    from geomap.readers import read_source
    from geomap.readers.source import opened

    try:
        found = list(read_source(opened("x", io.BytesIO(data)), Settings()))
    except (EmptyInput, UnreadableInput):
        return
    assert all(isinstance(item, Document | Failure) for item in found)


@given(st.text(max_size=200))
def test_decoding_utf_8_gives_the_text_back(text: str) -> None:
    """What was written as UTF-8 is read unchanged, but for a mark at its head."""
    data = text.encode("utf-8", "surrogatepass")
    controls = any(ord(letter) < 32 and letter not in "\t\n\r\f\v\a\b\x1a\x1b" for letter in text)
    if not controls and not any(0xD800 <= ord(letter) < 0xE000 for letter in text):
        assert decode(data, "x", Settings()) == text.removeprefix("\ufeff")


@pytest.mark.parametrize("address", ["ftp://example.org/a.txt", "file:///etc/hosts", "s3://bucket/a"])
def test_other_addresses_than_of_the_web_are_refused_as_such(address: str) -> None:
    """An address of another kind is no file's name: the message says what is fetched."""
    with pytest.raises(UnreadableInput, match="only http:// and https:// are fetched"):
        list(read_documents([address]))


def test_an_unknown_language_is_refused_with_those_known() -> None:
    """A code of no language is a slip of the keys; one without a file of words, or with a region, is not."""
    with pytest.raises(UsageError, match=r"There is no language 'xx'\. Choose one of: .*en.*uk"):
        list(read_documents(["a.txt"], language="xx"))
    for code in ("de", "en-GB", "uk"):
        require_language(code)
