"""Readers given damaged, hostile and absurd files: a document, a failure or an `InputError`, and soon."""

from __future__ import annotations

import gzip
import io
import json
import time
import zipfile
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from geomap.errors import InputError, MissingExtra
from geomap.model import Document, Failure
from geomap.readers import finish, read_source
from geomap.readers.settings import Settings
from geomap.readers.source import opened

if TYPE_CHECKING:
    from collections.abc import Callable

TEXT = "ALEPPO (Agency) - Shells killed four people near Aleppo on Saturday, medics said. The road stayed open.\n" * 3
MANY = settings(
    max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.generate),
)  # fmt: skip


def _zip(**members: bytes | str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/"), data)
    return file.getvalue()


def _docx() -> bytes:
    w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            f'<Override PartName="/word/document.xml" ContentType="{kind}"/></Types>',
        )
        body = f"<w:p><w:r><w:t>{TEXT}</w:t></w:r></w:p>"
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{w}"><w:body>{body}</w:body></w:document>')
    return file.getvalue()


def _warc() -> bytes:
    page = f"<html><body><article><p>{TEXT}</p></article></body></html>".encode()
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page
    fields = f"WARC-Type: response\r\nWARC-Target-URI: http://a.example/\r\nContent-Length: {len(answer)}"
    head = f"WARC/1.0\r\n{fields}\r\n\r\n"
    return head.encode() + answer + b"\r\n\r\n"


def _pdf() -> bytes:
    line = TEXT[:80].replace("(", "").replace(")", "")
    drawn = f"BT /F1 12 Tf 10 700 Td ({line}) Tj ET".encode()
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>/MediaBox[0 0 612 792]>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"xref\n0 6\n0000000000 65535 f \n%strailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        table,
        len(out),
    )


SAMPLES: dict[str, Callable[[], bytes]] = {
    "a.txt": TEXT.encode,
    "a.html": f"<html><head><title>T</title></head><body><article><p>{TEXT}</p></article></body></html>".encode,
    "a.xml": (
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>C</title><item><title>T</title>'
        f"<description>{TEXT}</description></item></channel></rss>"
    ).encode,
    "a.eml": (
        f"From: A <a@a.example>\nTo: b@b.example\nSubject: S\nMessage-ID: <1@a.example>\nMIME-Version: 1.0\n"
        f"Content-Type: text/plain; charset=utf-8\nDate: Sat, 25 May 2013 10:00:00 +0000\n\n{TEXT}"
    ).encode,
    "a.csv": f'id,text,date\n1,"{TEXT}",2013-05-25\n2,"{TEXT}",x\n'.encode,
    "a.jsonl": lambda: (json.dumps({"id": "1", "text": TEXT, "published": "2013-05-25"}) + "\n").encode() * 2,
    "a.json": lambda: json.dumps([{"id": "1", "text": TEXT}]).encode(),
    "a.zip": lambda: _zip(**{"x.txt": TEXT, "y__z.html": f"<html><p>{TEXT}</p></html>"}),
    "a.txt.gz": lambda: gzip.compress(TEXT.encode(), mtime=0),
    "a.docx": _docx,
    "a.pdf": _pdf,
    "a.warc": _warc,
}


def read(name: str, data: bytes) -> list[Document | Failure]:
    """Read a file's bytes as the street does, an `InputError` turned into a failure."""
    found: list[Document | Failure] = []
    try:
        for item in read_source(opened(name, io.BytesIO(data)), Settings(fetch=False)):
            assert isinstance(item, Document | Failure)
            found.append(finish(item) if isinstance(item, Document) else item)
    except MissingExtra:
        pytest.skip("an extra is not installed")
    except InputError as error:
        found.append(Failure(name, str(error)))
    return found


@pytest.mark.parametrize("name", SAMPLES)
def test_the_samples_are_read(name: str) -> None:
    """Undamaged, each gives its text: what follows damages something that works."""
    found = read(name, SAMPLES[name]())

    assert found
    assert all(isinstance(item, Document) and "Aleppo" in item.text for item in found), found


@pytest.mark.parametrize("name", SAMPLES)
@MANY
@given(data=st.data())
def test_damage_is_a_failure_and_never_a_crash(name: str, data: st.DataObject) -> None:
    """Bytes cut, changed, repeated or thrown in: whatever is read is whole, with spans inside its text."""
    raw = bytearray(SAMPLES[name]())
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, max(0, len(raw) - 1)))
        length = data.draw(st.integers(0, 60))
        kind = data.draw(st.sampled_from(["cut", "change", "repeat", "insert", "end"]))
        if kind == "cut":
            del raw[at : at + length]
        elif kind == "change":
            raw[at : at + length] = data.draw(st.binary(max_size=length))
        elif kind == "repeat":
            raw[at:at] = raw[at : at + length] * 3
        elif kind == "insert":
            raw[at:at] = data.draw(
                st.sampled_from([b"\x00", b"<", b"]]>", b'"', b"\xff\xfe", b"\r\n\r\n", b"&#x0;", b"PK\x03\x04"])
            )
        else:
            del raw[at:]
    for item in read(name, bytes(raw)):
        if isinstance(item, Document):
            assert all(0 <= span.start <= span.end <= len(item.text) for span in item.body)
            item.text.encode("utf-8")


def _laughs() -> bytes:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    head = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "ha">{entities}]>'
    return f"{head}<rss><channel><item><title>&l9;</title></item></channel></rss>".encode()


def _foreign() -> bytes:
    return (
        b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        b"<rss><channel><item><title>T &x;</title><description>d &x;</description></item></channel></rss>"
    )


def _nested() -> bytes:
    inner = TEXT.encode()
    for name in ("e.txt", "d.zip", "c.zip", "b.zip", "a.zip"):
        inner = _zip(**{name: inner})
    return inner


def _parts() -> bytes:
    head = b"From: a@a.example\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n"
    return head + b"--b\n\n" * 5_000


def _short_member() -> bytes:
    """A Word file whose directory promises more of the document than follows: found by fuzzing."""
    file = bytearray(_docx())
    at = file.rindex(b"PK\x01\x02", 0, file.index(b"word/document.xml", file.index(b"PK\x01\x02")))
    file[at + 20 : at + 24] = (10**6).to_bytes(4, "little")
    return bytes(file)


def _nameless() -> bytes:
    """A zip whose only member's name ends before it begins: found by fuzzing."""
    return _zip(**{"x.txt": TEXT}).replace(b"x.txt", b"\0.txt")


def _rubbish() -> bytes:
    """A zip whose member says it was packed by LZMA, and was not."""
    file = bytearray(_zip(**{"x.txt": TEXT}))
    for mark, offset in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        at = file.index(mark)
        file[at + offset : at + offset + 2] = zipfile.ZIP_LZMA.to_bytes(2, "little")
    return bytes(file)


HOSTILE: dict[str, tuple[str, Callable[[], bytes]]] = {
    "entities within entities": ("a.xml", _laughs),
    "an entity that names a file": ("a.xml", _foreign),
    "a zip of zeros": ("a.zip", lambda: _zip(**{"zeros.txt": b"0" * 60_000_000})),
    "gzip of zeros": ("a.gz", lambda: gzip.compress(b"0" * 60_000_000, mtime=0)),
    "zips within zips": ("a.zip", _nested),
    "names that climb": ("a.zip", lambda: _zip(**{"..__..__..__etc__passwd": TEXT, "__root__x.txt": TEXT})),
    "brackets without end": ("a.json", lambda: b"[" * 200_000),
    "objects without end": ("a.jsonl", lambda: b'{"a":' * 100_000 + b"\n"),
    "tags without end": ("a.html", lambda: b"<html><body>" + b"<div>" * 50_000 + TEXT.encode()),
    "quotes without end": ("a.csv", lambda: b'id,text\n1,"' + b'a"",' * 200_000),
    "one long line": ("a.txt", lambda: b"a " * 1_000_000),
    "numbers beyond all": ("a.jsonl", lambda: b'{"text": "x", "published": ' + b"9" * 5000 + b"}\n"),
    "parts without end": ("a.eml", _parts),
    "less than a zip promises": ("a.docx", _short_member),
    "a zip packed by rubbish": ("a.zip", _rubbish),
    "a member without a name": ("a.zip", _nameless),
    "a feed cut off": ("a.xml", lambda: SAMPLES["a.xml"]().partition(b"</desc")[0].replace(b"four", b"\xc6\x01")),
}  # fmt: skip


@pytest.mark.parametrize("what", HOSTILE)
def test_malice_is_refused_or_read_in_time(what: str) -> None:
    """No file makes a reader hang, grow without end, open another file or crash."""
    name, make = HOSTILE[what]
    data = make()
    begun = time.process_time()
    found = read(name, data)

    assert time.process_time() - begun < 20
    assert not [item for item in found if isinstance(item, Document) and "root:" in item.text]
    assert sum(len(item.text) for item in found if isinstance(item, Document)) < 60_000_000
