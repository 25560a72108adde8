"""A corpus is asked by SQL that can read it and nothing else, and tells events once however many tell them."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from geomap.cli import main
from geomap.corpus import Job, build_corpus
from geomap.corpus.copies import find_copies
from geomap.corpus.groups import last_grouped
from geomap.corpus.near import estimate, likeness, sequences, signature
from geomap.corpus.same import Groups, Telling
from geomap.corpus.same import likeness as alike
from geomap.corpus.stats import BY, counts, totals
from geomap.errors import MissingExtra, UsageError
from geomap.saved import is_corpus
from geomap.store import opened, query, read

if TYPE_CHECKING:
    from types import ModuleType

TESTS = Path(__file__).parent
STORY = " ".join(f"word{n} of the story that every paper printed" for n in range(40))
ONE = Telling(
    "e", "d1", "Battles", "Armed clash", "happened", date(2024, 5, 1), date(2024, 5, 1), 34.7, 36.7, 5.0, 1, "SY.Homs",
    12, None, frozenset({"army"}), frozenset({"shells", "market", "street"}),
)  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a small corpus of five articles, two of which are copies and all of one battle but the last."""
    monkeypatch.syspath_prepend(str(TESTS / "data" / "corpus"))
    articles = [
        ("a", "2024-05-01", f"Homs was stormed, killed 10 soldiers. {STORY}", "Wire"),
        ("b", "2024-05-01", f"HOMS. The town was stormed, killed 10 soldiers. {STORY}", "Paper"),
        ("c", "2024-05-02", "Homs was stormed by the army, which killed 12 in the battle", "Radio"),
        ("d", "2024-05-20", "Homs saw another storm, killed 3 in a battle", "Wire"),
        ("e", None, "Homs again, nobody knows when", "Wire"),
    ]
    path = tmp_path / "a.jsonl"
    keys = ("id", "date", "text", "source")
    path.write_text("".join(json.dumps(dict(zip(keys, row, strict=True))) + "\n" for row in articles))
    build_corpus([path], tmp_path / "c", job=Job(analyse="trial:analyse"), workers=0)
    return tmp_path / "c"


def bench(name: str, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Import one of the benchmarks."""
    monkeypatch.syspath_prepend(str(TESTS / "bench"))
    return __import__(name)


def test_a_missing_library_is_named_with_its_extra(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the extra, neither verb shows a traceback, and no folder is begun."""
    monkeypatch.setitem(sys.modules, "duckdb", None)
    begun = folder.parent / "new"

    with pytest.raises(MissingExtra, match=r"\[corpus\]"):
        query(folder, "SELECT 1")
    with pytest.raises(MissingExtra, match=r"\[corpus\]"):
        build_corpus([folder.parent / "a.jsonl"], begun, workers=0)

    assert not begun.exists()


def test_an_event_told_by_many_is_one(folder: Path) -> None:
    """Copies count once, the newest figure stands, and all who told it are counted."""
    _, rows = query(folder, "SELECT start, killed, articles, tellings, sources FROM merged ORDER BY start NULLS LAST")

    assert list(rows) == [
        (date(2024, 5, 1), 12, 3, 2, 3),
        (date(2024, 5, 20), 3, 1, 1, 1),
        (None, None, 1, 1, 1),
    ]
    assert list(query(folder, "SELECT document, original FROM copies")[1]) == [("b", "a")]


def test_read_back_an_event_names_its_other_tellings(folder: Path) -> None:
    """A map of a corpus shows the battle once, by its newest telling, and lists the others."""
    battle = next(event for event in read(folder).events if event.also)

    assert battle.document == "c"
    assert {report.document for report in battle.also} == {"a", "b"}
    assert battle.killed is not None
    assert battle.killed.best == 12
    assert len(read(folder, since=date(2024, 5, 2)).documents) == 3


def test_todays_articles_join_what_is_there(folder: Path, tmp_path: Path) -> None:
    """A later run merges only what is new, and into the events that are known already."""
    (before,) = query(folder, "SELECT merged FROM events WHERE document = 'c'")[1]
    path = tmp_path / "b.jsonl"
    path.write_text(
        '{"id": "f", "date": "2024-05-02", "text": "Homs: the battle killed 12, the army says", "source": "TV"}\n'
    )
    build_corpus([path], folder, job=Job(analyse="trial:analyse"), workers=0)

    assert last_grouped(folder) == 2
    assert list(query(folder, "SELECT merged FROM events WHERE document = 'f'")[1]) == [before]


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_text('/etc/hostname')",
        "SELECT * FROM read_csv('/etc/passwd')",
        "COPY (SELECT 1) TO '/tmp/geomap-test-out.csv'",
        "ATTACH '/tmp/geomap-test.db'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "SELECT * FROM 'https://example.org/a.parquet'",
        "SELEC",
        "SELECT * FROM nowhere",
    ],
)
def test_a_query_reads_the_corpus_and_nothing_else(sql: str, folder: Path) -> None:
    """SQL that came from elsewhere cannot read other files, write, or reach the network; its error names the views."""
    with pytest.raises(UsageError, match="The views are events, merged"):
        list(query(folder, sql)[1])
    assert not Path("/tmp/geomap-test-out.csv").exists()  # noqa: S108 - what must not be there


def test_rows_come_as_they_are_asked_for(folder: Path) -> None:
    """A large answer is not held in memory: rows come as they are taken."""
    names, rows = query(folder, "SELECT range AS n FROM range(10000000)")

    assert names == ["n"]
    assert [next(rows), next(rows)] == [(0,), (1,)]
    rows.close()  # type: ignore[attr-defined] # it is a generator


def test_counts_add_up(folder: Path) -> None:
    """Whatever events are counted by, they are counted once: as told together."""
    assert {"documents": 5, "copies": 1, "failures": 0, "toponyms": 5, "reports": 5, "events": 3} == totals(folder)
    for by in ("week", "month", "kind", "country"):
        assert sum(count.events for count in counts(folder, by)) == 3
    assert [(c.value, c.events) for c in counts(folder, "source")] == [("Wire", 3), ("Paper", 1), ("Radio", 1)]
    with pytest.raises(UsageError, match="Choose one of: week"):
        counts(folder, "moon")
    assert set(BY) == {"week", "month", "kind", "country", "source", "language"}


def test_the_verbs_answer(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Query and stats write CSV into a pipe, and a chart where one is asked for."""
    pytest.importorskip("matplotlib")
    chart = tmp_path / "trend.svg"

    assert main(["query", str(folder), "SELECT count(*) AS n FROM events"]) == 0
    assert capsys.readouterr().out == "n\n5\n"
    assert main(["query", str(folder), "SELECT 'é' AS a, start FROM merged LIMIT 1", "-f", "jsonl"]) == 0
    assert json.loads(capsys.readouterr().out)["a"] == "é"
    assert main(["stats", str(folder), "--by", "kind", "--chart", str(chart)]) == 0
    assert capsys.readouterr().out == "by,value,events,killed\nkind,Battles,3,15\n"
    assert chart.read_text().startswith("<?xml")
    assert main(["query", str(folder), "SELECT", "-f", "moon"]) == 2


def test_a_corpus_is_a_source_of_events(folder: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """It is exported, drawn and reported as it stands; who would read it as articles is told what to type."""
    table, report = tmp_path / "events.csv", tmp_path / "report.md"

    assert main(["extract", str(folder), "-o", str(table)]) == 0
    assert table.read_text("utf-8").count("Battles") == len(read(folder).events)
    assert main(["report", str(folder), "-o", str(report), "--no-figure"]) == 0
    assert "Homs" in report.read_text("utf-8")
    assert main(["map", str(folder), "-o", str(tmp_path / "map.html")]) == 2
    assert f"geomap draw {folder}" in capfd.readouterr().err


def test_a_manifest_of_another_kind_makes_no_corpus(tmp_path: Path) -> None:
    """A folder of articles may hold some other program's manifest."""
    (tmp_path / "manifest.json").write_text('{"name": "made"}', encoding="utf-8")

    assert not is_corpus(tmp_path)
    assert not is_corpus(tmp_path / "manifest.json")


def test_what_contradicts_keeps_reports_apart() -> None:
    """Another day, far away, another toll altogether, another kind of thing: no likeness makes up for them."""
    assert alike(ONE, ONE._replace(document="d2")) > 3
    for other in (
        ONE._replace(first=date(2024, 5, 4), last=date(2024, 5, 4)),
        ONE._replace(latitude=36.2, place=2),
        ONE._replace(killed=90),
        ONE._replace(kind="Protests", sub_kind="Peaceful protest"),
        ONE._replace(status="planned"),
    ):
        assert alike(ONE, other) == 0


def test_two_events_of_one_article_stay_two() -> None:
    """What one article tells apart is not made one by another."""
    groups = Groups()
    names = [groups.join(ONE), groups.join(ONE._replace(event="e2")), groups.join(ONE._replace(document="d2"))]

    assert names[0] != names[1]
    assert names[2] in names[:2]


def test_places_on_the_date_line_are_near() -> None:
    """A degree west of 180° is two from a degree east of it."""
    groups = Groups()
    east, west = ONE._replace(longitude=179.99), ONE._replace(longitude=-179.99, document="d2")

    assert alike(east, west) > 0
    assert groups.join(east)


def test_a_signature_tells_how_alike_texts_are() -> None:
    """The guess from signatures is near the truth, and the same text always has the same signature."""
    one = " ".join(f"w{n}" for n in range(400))
    other = " ".join(f"w{n}" for n in range(200, 600))

    assert estimate(signature(one), signature(one)) == 1.0
    assert estimate(signature(one), signature(other)) == pytest.approx(1 / 3, abs=0.15)
    assert likeness(sequences(one), sequences(other)) == pytest.approx(0.5, abs=0.02)
    assert signature("a b c d")[:8].hex() == signature("A  b, c d")[:8].hex()


def test_merging_is_good_on_a_synthetic_stream(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of pairs of reports merged nine in ten are of one event, and nine in ten of those that are get merged."""
    precision, recall, _ = bench("merging", monkeypatch).measure(6000)

    assert precision >= 0.9
    assert recall >= 0.9


def test_copies_are_found_on_synthetic_articles(monkeypatch: pytest.MonkeyPatch) -> None:
    """Copies with words changed, paragraphs cut and added are found; shared background alone makes none."""
    precision, recall, _ = bench("copies", monkeypatch).measure(1500)

    assert precision >= 0.9
    assert recall >= 0.88  # the pairs of a small draw: 0.91 on 20,000


def test_old_articles_are_not_compared_again(folder: Path, tmp_path: Path) -> None:
    """What was compared before is not compared again."""
    with opened(folder, scratch=True) as database:
        assert list(find_copies(database, 0, tmp_path / "scratch")) == [("b", "a")]
        assert list(find_copies(database, 1, tmp_path / "scratch")) == []
    assert not (tmp_path / "scratch").exists()


def test_a_question_without_a_word_is_refused(folder: Path) -> None:
    """An empty query is said to be one."""
    with pytest.raises(UsageError, match="No SQL was given"):
        query(folder, "")


def test_a_wrong_option_begins_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A finder or a chart that is none is said before a folder is made or a table printed."""
    begun = folder.parent / "new"

    assert main(["corpus", str(folder.parent / "a.jsonl"), "-o", str(begun), "--finder", "x"]) == 2
    assert main(["stats", str(folder), "--chart", "x.doc"]) == 2

    assert not begun.exists()
    assert capsys.readouterr().out == ""
