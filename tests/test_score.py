"""Measuring: the measures on numbers worked out by hand, the corpora's formats, and the verdict on a document."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from gazetteer import open_gazetteer
from gazetteer.distance import distance_km
from geomap.errors import MissingInput, UnreadableInput
from geomap.finders import FINDERS
from geomap.score.corpora import read_corpus
from geomap.score.measures import FARTHEST, Found, accuracy, auc, interval, mean, median
from geomap.score.toponyms import by_feature, judge, reliability, table

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "Shells hit Aleppo in Syria."
XML = """<?xml version="1.0"?><articles>
<article docid="7"><title>T</title><domain>x.org</domain><dltime>2016-12-19</dltime><text>{text}</text><toponyms>
<toponym><start>11</start><end>17</end><phrase>Aleppo</phrase><gaztag geonameid="170063"><name>Aleppo</name>
<fclass>P</fclass><fcode>PPLA</fcode><lat>36.2</lat><lon>37.16</lon></gaztag></toponym>
<toponym><start>20</start><end>25</end><phrase>Syria</phrase></toponym></toponyms></article></articles>"""
GEOVIRUS = """<articles><article number="1" source="s"><text>{text}</text><locations><location><name>Aleppo</name>
<start>12</start><end>18</end><page>p</page><lat>36.2</lat><lon>37.16</lon></location></locations></article></articles>"""


def test_precision_recall_and_f1() -> None:
    """Right among answers, right among gold, and their harmonic mean; nothing found is nought, not an error."""
    assert Found(3, 4, 6).precision == 0.75
    assert Found(3, 4, 6).recall == 0.5
    assert Found(3, 4, 6).f1 == pytest.approx(0.6)
    assert Found(0, 0, 0).f1 == 0.0
    assert Found(1, 2, 3) + Found(1, 1, 1) == Found(2, 3, 4)


def test_distances() -> None:
    """A quarter of the way round is 10,000 km, and nothing is farther than half."""
    assert distance_km(0, 0, 0, 90) == pytest.approx(10_007, abs=2)
    assert distance_km(90, 0, -90, 0) < FARTHEST


def test_errors_are_summed_up() -> None:
    """Accuracy counts the edge as within; the median of an even number lies between; AUC runs from 0 to 1."""
    assert accuracy([0, 161, 162], 161) == pytest.approx(2 / 3)
    assert median([1, 2, 3, 10]) == 2.5
    assert mean([1, 2, 3]) == 2
    assert auc([0, 0, 0]) == 0
    assert auc([FARTHEST, FARTHEST]) == pytest.approx(1)
    assert (accuracy([], 161), median([]), mean([]), auc([])) == (0, 0, 0, 0)


def test_an_interval_holds_its_measure_and_repeats() -> None:
    """The bootstrap is the same each time, and lies around the value."""
    shares = [0.2, 0.4, 0.9, 0.7, 0.5]
    low, high = interval(shares, mean, draws=200)

    assert low < mean(shares) < high
    assert (low, high) == interval(shares, mean, draws=200)
    assert interval([], mean) == (0, 0)


@pytest.mark.parametrize("xml", [XML, GEOVIRUS], ids=["toponyms", "geovirus counts from one"])
def test_published_xml(xml: str, tmp_path: Path) -> None:
    """The corpora are read as their authors ship them, offsets put right."""
    path = tmp_path / "corpus.xml"
    path.write_text(xml.format(text=TEXT), "utf-8")
    annotated = read_corpus(path)[0]

    assert annotated.document.text == TEXT
    assert annotated.gold[0].span.of(TEXT) == "Aleppo"
    assert annotated.gold[0].latitude == 36.2


def test_xml_ids_and_unlocated_names(tmp_path: Path) -> None:
    """Ids and features are kept, and a name without a point is not located."""
    path = tmp_path / "corpus.xml"
    path.write_text(XML.format(text=TEXT), "utf-8")
    aleppo, syria = read_corpus(path)[0].gold

    assert (aleppo.id, aleppo.feature, aleppo.located) == (170063, "P.PPLA", True)
    assert not syria.located


def test_uniform_jsonl(tmp_path: Path) -> None:
    """Both spellings of a toponym's place are read: flat, and geomap's own."""
    rows = [
        {"start": 11, "end": 17, "lat": 36.2, "lon": 37.2, "geonameid": 170063},
        {"start": 20, "end": 25, "kind": "place", "place": {"id": 163843, "latitude": 35.0, "longitude": 38.0}},
    ]
    path = tmp_path / "corpus.jsonl"
    path.write_text(json.dumps({"doc_id": "a", "text": TEXT, "toponyms": rows, "held_out": True}), "utf-8")
    annotated = read_corpus(path)[0]

    assert [g.id for g in annotated.gold] == [170063, 163843]
    assert annotated.held_out


@pytest.mark.parametrize("content", ["", "{}", "[1]", "nonsense", "<a>"])
def test_what_is_no_corpus_says_so(content: str, tmp_path: Path) -> None:
    """A wrong file is told as such, with its path."""
    path = tmp_path / "x.jsonl"
    path.write_text(content, "utf-8")

    with pytest.raises(UnreadableInput, match=r"x\.jsonl"):
        read_corpus(path)


def test_no_such_corpus(tmp_path: Path) -> None:
    """A missing file is told as such."""
    with pytest.raises(MissingInput):
        read_corpus(tmp_path / "none.jsonl")


def test_a_document_is_judged(tmp_path: Path) -> None:
    """Two names found and placed: everything is right, and the table says of what."""
    path = tmp_path / "corpus.xml"
    path.write_text(XML.format(text=TEXT), "utf-8")
    judged = [judge(a, open_gazetteer(), FINDERS["gazetteer"]) for a in read_corpus(path)]

    assert judged[0].strict == Found(2, 2, 2)
    assert judged[0].placed[0].exact
    rows = {row.measure: row for row in table(judged, draws=10)}
    assert rows["placed within 161 km"].value == 1
    assert all(row.of for row in rows.values())
    assert by_feature(judged) == {"P": (1, 1.0)}
    assert reliability(judged)[0][1] == 1
