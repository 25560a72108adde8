"""The command line: what goes in, what comes out, and what is said when something is wrong."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from geomap.cli import VERBS, main

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).parent.parent
ARTICLE = "TUNIS (Agency) - Shells killed four people in Tripoli, the Libyan capital, on Saturday, medics said.\n"


@pytest.fixture
def article(tmp_path: Path) -> Path:
    """An article of one sentence."""
    path = tmp_path / "article.txt"
    path.write_text(ARTICLE)
    return path


def rows(path: Path) -> list[dict[str, Any]]:
    """Read a jsonl file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_an_article_becomes_events(article: Path, tmp_path: Path) -> None:
    """Extract writes what happened, where, when, and to how many."""
    status = main(["extract", str(article), "--published", "2015-06-07", "-o", str(tmp_path / "e.jsonl")])

    (event,) = rows(tmp_path / "e.jsonl")[0]["events"]
    assert status == 0
    assert ("Explosions/Remote violence", "2015-06-06") == (event["kind"], event["start"])
    assert ("Tripoli", "LY", 4) == (event["place"]["name"], event["place"]["country"], event["killed"]["best"])


def test_without_a_publication_date_no_event_has_a_day(article: Path, tmp_path: Path) -> None:
    """A day is never invented, and the user is told what would give one."""
    main(["extract", str(article), "-o", str(tmp_path / "e.jsonl")])

    (event,) = rows(tmp_path / "e.jsonl")[0]["events"]
    assert event["start"] is None
    assert event["date_text"] == "on Saturday"


def test_map_says_what_it_drew(article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Talk goes to standard error, and standard output stays empty."""
    status = main(["map", str(article), "-o", str(tmp_path / "map.html")])

    said = capsys.readouterr()
    assert (status, said.out) == (0, "")
    assert "1 event on the map, 0 more listed, from 1 article" in said.err
    assert "--published" in said.err


def test_extract_and_draw_pipe(article: Path, tmp_path: Path) -> None:
    """What extract writes, draw takes: the map is the same as map's own."""
    main(["extract", str(article), "--with-text", "-o", str(tmp_path / "e.jsonl"), "--published", "2015-06-07"])

    assert main(["draw", str(tmp_path / "e.jsonl"), "-o", str(tmp_path / "map.html")]) == 0
    assert "Tripoli" in (tmp_path / "map.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (None, "no such file"),
        (b"", "empty"),
        (b" \n\n ", "empty"),
        (bytes(range(256)) * 40, "no format geomap reads"),
        (b"\x7fELF\x02\x01\x01" + b"\0" * 400, "no format geomap reads"),
    ],
    ids=["missing", "empty", "blank", "binary", "program"],
)
def test_a_bad_input_is_one_clear_line(
    content: bytes | None, complaint: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It says what is wrong; the old output stays whole; the exit status is 1."""
    bad, output = tmp_path / "bad.txt", tmp_path / "map.html"
    output.write_text("old")
    if content is not None:
        bad.write_bytes(content)

    status = main(["map", str(bad), "-o", str(output)])

    said = capsys.readouterr().err.strip()
    assert (status, output.read_text()) == (1, "old")
    assert complaint in said
    assert "\n" not in said


def test_a_bad_line_does_not_stop_the_others(tmp_path: Path) -> None:
    """A jsonl line that is no JSON becomes a line with an error; the exit status is 1."""
    source = tmp_path / "in.jsonl"
    source.write_text(
        f'{{"id": "a", "text": {json.dumps(ARTICLE)}}}\nnot json\n{{"id": "b", "text": "Calm in Homs."}}\n'
    )

    status = main(["extract", str(source), "-o", str(tmp_path / "out.jsonl")])

    written = rows(tmp_path / "out.jsonl")
    assert status == 1
    assert {"a", "b"} <= {row["id"] for row in written}
    assert [row["error"] for row in written if "error" in row]


def test_text_that_is_not_utf8_is_read_and_said_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The letters are guessed, and the user is told."""
    source = tmp_path / "latin.txt"
    source.write_bytes(
        "Des obus sont tombés à Alep, a déclaré l’armée. Élysée: «\xa0très préoccupé\xa0».".encode("cp1252")
    )

    assert main(["extract", str(source), "-o", str(tmp_path / "out.jsonl")]) == 0
    assert "not UTF-8" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        ["extract", "x.txt", "--published", "25 May"],
        ["extract", "x.txt", "--format", "nonsense"],
        ["extract", "x.txt", "--finder", "nonsense"],
        ["extract", "x.txt", "-o", "events.nonsense"],
        ["extract"],
        ["nonsense"],
    ],
    ids=" ".join,
)
def test_what_is_asked_wrongly_exits_2(
    arguments: Sequence[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A typing error is told apart from a bad input."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "x.txt").write_text(ARTICLE)

    assert main(arguments) == 2
    assert capsys.readouterr().err


@pytest.mark.parametrize("verb", VERBS)
def test_the_help_of_each_verb_ends_with_an_example(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Help shows a command that can be typed."""
    assert main([verb, "--help"]) == 0
    assert "Example" in capsys.readouterr().out


def test_no_color_is_respected(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """NO_COLOR leaves no escape codes."""
    monkeypatch.setenv("NO_COLOR", "1")

    main(["--help"])

    assert "\x1b[3" not in capsys.readouterr().out


def test_the_version_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    """One line, for bug reports."""
    assert main(["--version"]) == 0
    assert re.fullmatch(r"geomap \d+\.\d+\.\d+\S*\n", capsys.readouterr().out)


def test_the_examples_of_map_extract_and_draw_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What help shows is true."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "seeds").symlink_to(ROOT / "seeds")
    for verb in ("map", "extract"):
        main([verb, "--help"])
        text = " ".join(re.sub(r"[│╭╮╰╯─]", " ", capsys.readouterr().out).split())
        found = re.search(r"Example: geomap (.+?\.(?:html|csv|jsonl))(?: |$)", text)
        assert found, text
        assert main(shlex.split(found.group(1))) == 0


def test_draw_says_where_a_day_would_come_from(
    article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Draw has no --published: it is extract that takes one."""
    main(["extract", str(article), "-o", str(tmp_path / "e.jsonl")])
    main(["draw", str(tmp_path / "e.jsonl"), "-o", str(tmp_path / "map.html")])

    assert "geomap extract --published" in capsys.readouterr().err


def test_a_map_is_not_replaced_by_one_of_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where every input fails, the old map stands."""
    (tmp_path / "map.html").write_text("old")
    (tmp_path / "bad.txt").write_bytes(b"\x00\x83\xff" * 99)

    status = main(["map", str(tmp_path / "no.txt"), str(tmp_path / "bad.txt"), "-o", str(tmp_path / "map.html")])

    assert status == 1
    assert "Nothing could be read" in capsys.readouterr().err
    assert (tmp_path / "map.html").read_text() == "old"


def test_a_format_is_refused_before_the_reading(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nobody waits for a thousand articles to hear that .unknown is no format."""
    status = main(["extract", str(tmp_path / "none.txt"), "-o", str(tmp_path / "e.unknown")])

    said = capsys.readouterr().err
    assert status == 2
    assert "names a format" in said
    assert "no such file" not in said


@pytest.mark.parametrize("verb", [["extract"], ["map", "-o", "-"], ["explain"]])
def test_a_full_disk_under_standard_output_is_said_in_a_line(verb: list[str], article: Path) -> None:
    """No traceback, and no success, when what is piped to a file does not fit."""
    full = Path("/dev/full")
    if not full.is_char_device():
        pytest.skip("/dev/full is Linux's")
    with full.open("wb") as out:
        done = subprocess.run(
            [sys.executable, "-m", "geomap", *verb, str(article)], stdout=out, stderr=subprocess.PIPE, check=False
        )

    assert done.returncode == 1
    assert b"geomap: The output could not be written: No space left on device" in done.stderr
    assert b"Traceback" not in done.stderr


def test_a_name_without_candidates_is_said_to_be_unknown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Explain shows a sentence, not a table without columns."""
    path = tmp_path / "a.txt"
    path.write_text("Gunmen attacked the village of Zzyxqwopol in Nigeria on Monday, killing nine people.\n")

    status = main(["explain", str(path), "Zzyxqwopol"])

    said = capsys.readouterr().out
    assert status == 0
    assert "The gazetteer knows no place of that name." in said
    assert "sum" not in said


def test_ctrl_c_is_a_line(article: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Whoever stops it reads that it stopped, and the status is the shell's for Ctrl-C."""

    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("geomap.pipeline.run", stop)

    assert main(["extract", str(article)]) == 130
    assert "geomap: stopped" in capsys.readouterr().err
