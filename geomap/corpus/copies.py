"""Articles that are nearly the same, found among all of a corpus in near-linear time.

Signatures are cut into bands. Within a band's bucket an article is compared with the few before it, not with all:
what copies copy is alike, so that chains of neighbours hold a story together however often it is printed.

The database finds neighbours. What is compared waits in a file that each article is taken from when its turn comes, so
that memory holds a few bytes an article and no texts.
"""

from __future__ import annotations

import sqlite3
from array import array
from contextlib import closing
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any, NamedTuple

from geomap.corpus.near import BANDS, PERMUTATIONS, estimate, likeness, sequences

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import duckdb

SHARED = 0.45
"""The share of the shorter article's word sequences that a copy has at least. What stands between is background that
a newsroom repeats from day to day."""

DAYS = 15
"""A copy is published within so many days of what it copies. An unknown day is near to all."""

NEIGHBOURS = 5
"""How many of those before it in a bucket an article is compared with; stories with one background lie between."""

_SURE = 0.6
_HOPELESS = 0.15
_WITHOUT_TEXT = 0.4
_BAND = 8 * PERMUTATIONS // BANDS
_STEP = 4
"""Bands that are sorted at once: what the database holds, or spills, grows with them."""


def _lags(column: str) -> str:
    return ", ".join(f"lag({column}, {back}) OVER bucket" for back in range(1, NEIGHBOURS + 1))


_DAYS = f"""
    SELECT DISTINCT published + day::INTEGER AS day
    FROM raw_documents, range(-{DAYS}, {DAYS} + 1) AS offsets(day) WHERE part > $last
"""  # noqa: S608 - our own numbers
"""The days that a copy of a fresh article, or what it copies, can be published on; null where one has no day."""

_PAIRS = f"""
    WITH bands AS (
        SELECT document, published, part, band, hash(substr(hex(signature), 1 + band * {_BAND}, {_BAND})) AS value
        FROM raw_documents, range($band, $band + {_STEP}) AS numbers(band)
        WHERE octet_length(signature) = {4 * PERMUTATIONS} AND (
            published IS NULL OR published IN (SELECT day FROM days WHERE day IS NOT NULL)
            OR (SELECT count(*) > count(day) FROM days)
        )
    ),
    neighbours AS (
        SELECT document AS other, published AS other_day, part AS other_part,
            unnest([{_lags("document")}]) AS one,
            unnest([{_lags("published")}]) AS one_day,
            unnest([{_lags("part")}]) AS one_part
        FROM bands WINDOW bucket AS (PARTITION BY band, value ORDER BY published, part, document)
    )
    SELECT DISTINCT one, one_day, other, other_day FROM neighbours
    WHERE one IS NOT NULL AND greatest(one_part, other_part) > $last
        AND (other_day IS NULL OR one_day IS NULL OR other_day - one_day <= {DAYS})
"""  # noqa: S608 - our own numbers

_IN_TURN = "SELECT DISTINCT one, other, one_day, other_day FROM pairs ORDER BY one_day, other_day, one, other"

_MET = """
    WITH met AS (SELECT unnest([one, other]) AS document FROM pairs),
    wanted AS (SELECT document FROM met UNION SELECT original FROM copies SEMI JOIN met USING (document))
    SELECT document, part > $last, original, signature, text
    FROM raw_documents LEFT JOIN copies USING (document) SEMI JOIN wanted USING (document)
"""
"""What the pairs are made of, and the originals of what is known to be a copy."""

_ARTICLES = "CREATE TABLE articles (document TEXT, fresh INTEGER, original TEXT, signature BLOB, text TEXT)"
_KEPT = 256
"""Articles that are kept at hand: those of a few days stand beside each other."""


class _Article(NamedTuple):
    """An article as it is compared."""

    number: int
    signature: bytes
    text: str | None


def find_copies(database: duckdb.DuckDBPyConnection, last: int, scratch: Path) -> Iterator[tuple[str, str]]:
    """Yield, of the documents in parts after `last`, those that repeat another, and which.

    `scratch` names a file for the articles that are compared; it is made, and gone in the end.
    """
    database.execute(f"CREATE OR REPLACE TEMP TABLE days AS {_DAYS}", {"last": last})
    for band in range(0, BANDS, _STEP):
        how = "INSERT INTO pairs" if band else "CREATE OR REPLACE TEMP TABLE pairs AS"
        database.execute(f"{how} {_PAIRS}", {"last": last, "band": band})
    with closing(sqlite3.connect(scratch)) as articles:
        try:
            _gather(database, articles, last)
            yield from _joined(database, articles)
        finally:
            scratch.unlink()


def _gather(database: duckdb.DuckDBPyConnection, articles: sqlite3.Connection, last: int) -> None:
    """Put what is compared into the file."""
    articles.execute("PRAGMA journal_mode = OFF")
    articles.execute("PRAGMA synchronous = OFF")
    articles.execute(_ARTICLES)
    for rows in _chunks(database, _MET, {"last": last}):
        articles.executemany("INSERT INTO articles VALUES (?, ?, ?, ?, ?)", rows)
    articles.execute("CREATE UNIQUE INDEX names ON articles(document)")


def _joined(database: duckdb.DuckDBPyConnection, articles: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    fresh, leaders = _known(articles)
    article = lru_cache(_KEPT)(partial(_article, articles))
    alike = _comparing(article)

    def leader(number: int) -> int:
        while leaders[number] != number:
            number = leaders[number]
        return number

    for one, other in _in_turn(database):
        first, second = leader(article(one).number), leader(article(other).number)
        if not fresh[second]:
            first, second = second, first
        if first != second and fresh[second] and alike(one, other):
            leaders[second] = first
    for number, copy in articles.execute("SELECT rowid, document FROM articles WHERE fresh ORDER BY rowid"):
        if leaders[number] != number:
            yield copy, _name(articles, leader(number))


def _comparing(article: Callable[[str], _Article]) -> Callable[[str, str], bool]:
    """Return what says whether two articles are nearly the same: their signatures, and in doubt their texts."""
    words = lru_cache(_KEPT)(lambda name: sequences(article(name).text or ""))

    def alike(one: str, other: str) -> bool:
        guess = estimate(article(one).signature, article(other).signature)
        if guess >= _SURE or guess < _HOPELESS:
            return guess >= _SURE
        if article(one).text is None or article(other).text is None:
            return guess >= _WITHOUT_TEXT
        return likeness(words(one), words(other)) >= SHARED

    return alike


def _in_turn(database: duckdb.DuckDBPyConnection) -> Iterator[tuple[str, str]]:
    """Yield the pairs, by the days of what was told first."""
    for rows in _chunks(database, _IN_TURN, {}):
        yield from ((one, other) for one, other, *_ in rows)


def _known(articles: sqlite3.Connection) -> tuple[bytearray, array[int]]:
    """Return by number which articles are fresh, and whom each follows: what is known to be a copy, its original."""
    (count,) = articles.execute("SELECT count(*) FROM articles").fetchone()
    fresh, leaders = bytearray(count + 1), array("l", range(count + 1))
    known = "SELECT a.rowid, a.fresh, b.rowid FROM articles AS a LEFT JOIN articles AS b ON b.document = a.original"
    for number, is_fresh, original in articles.execute(known):
        fresh[number] = is_fresh
        leaders[number] = original or number
    return fresh, leaders


def _article(articles: sqlite3.Connection, name: str) -> _Article:
    found = articles.execute("SELECT rowid, signature, text FROM articles WHERE document = ?", (name,))
    return _Article._make(found.fetchone())


def _name(articles: sqlite3.Connection, number: int) -> str:
    (found,) = articles.execute("SELECT document FROM articles WHERE rowid = ?", (number,)).fetchone()
    return str(found)


def _chunks(database: duckdb.DuckDBPyConnection, sql: str, values: dict[str, int]) -> Iterator[list[tuple[Any, ...]]]:
    """Yield a query's rows, some at a time."""
    cursor = database.execute(sql, values)
    while rows := cursor.fetchmany(256):
        yield rows
