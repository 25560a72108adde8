"""Articles that are nearly the same, found among all of a corpus in near-linear time.

Signatures are cut into bands. Within a band's bucket an article is compared with the few before it, not with all:
what copies copy is alike, so that chains of neighbours hold a story together however often it is printed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.corpus.near import BANDS, PERMUTATIONS, likeness, sequences

if TYPE_CHECKING:
    from collections.abc import Iterator

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


def _lags(column: str) -> str:
    return ", ".join(f"lag({column}, {back}) OVER bucket" for back in range(1, NEIGHBOURS + 1))


_PAIRS = f"""
    WITH bands AS (
        SELECT document, published, part, band, hash(substr(hex(signature), 1 + band * {_BAND}, {_BAND})) AS value
        FROM documents, range({BANDS}) AS numbers(band) WHERE octet_length(signature) = {4 * PERMUTATIONS}
    ),
    neighbours AS (
        SELECT document AS other, published AS day, part AS other_part,
            unnest([{_lags("document")}]) AS one,
            unnest([{_lags("published")}]) AS one_day,
            unnest([{_lags("part")}]) AS one_part
        FROM bands WINDOW bucket AS (PARTITION BY band, value ORDER BY published, part, document)
    )
    SELECT DISTINCT one, one_part, other, other_part FROM neighbours
    WHERE one IS NOT NULL AND greatest(one_part, other_part) > $last
        AND (day IS NULL OR one_day IS NULL OR day - one_day <= {DAYS})
"""  # noqa: S608 - our own numbers


_LIKELY = f"""
    WITH signed AS (
        SELECT pairs.*, a.published AS one_day, b.published AS other_day,
            hex(a.signature) AS one_hex, hex(b.signature) AS other_hex
        FROM pairs
        JOIN raw_documents AS a ON a.document = one AND a.part = one_part
        JOIN raw_documents AS b ON b.document = other AND b.part = other_part
    ),
    guessed AS (
        SELECT * EXCLUDE (one_hex, other_hex), len([
            i for i in range({PERMUTATIONS}) if substr(one_hex, 1 + 8 * i, 8) = substr(other_hex, 1 + 8 * i, 8)
        ]) / {PERMUTATIONS} AS guess
        FROM signed
    )
    SELECT * FROM guessed WHERE guess >= {_HOPELESS}
"""  # noqa: S608 - our own numbers
"""The pairs whose signatures do not rule it out; `guess` is the share of the permutations that they agree on."""

_TOLD = f"""
    WITH doubtful AS (SELECT DISTINCT unnest([one, other]) AS document FROM likely WHERE guess < {_SURE}),
    texts AS (SELECT document, text FROM raw_documents SEMI JOIN doubtful USING (document))
    SELECT one, one_part, other, other_part, copies.original, guess, a.text, b.text
    FROM likely
    LEFT JOIN texts AS a ON a.document = one
    LEFT JOIN texts AS b ON b.document = other
    LEFT JOIN copies ON copies.document = one
    ORDER BY one_day, other_day, one, other
"""  # noqa: S608 - our own numbers


def find_copies(database: duckdb.DuckDBPyConnection, last: int) -> Iterator[tuple[str, str]]:
    """Yield, of the documents in parts after `last`, those that repeat another, and which."""
    leaders: dict[str, str] = {}
    old: set[str] = set()

    def leader(name: str) -> str:
        while name in leaders:
            name = leaders[name]
        return name

    for one, one_part, other, other_part, group, *compared in _pairs(database, last):
        first, second = leader(group or one), leader(other)
        old.update(name for name, part in ((first, one_part), (second, other_part)) if part <= last)
        if second in old:
            first, second = second, first
        if first != second and second not in old and _alike(*compared):
            leaders[second] = first
    for name in leaders:
        yield name, leader(name)


def _pairs(database: duckdb.DuckDBPyConnection, last: int) -> Iterator[tuple]:  # type: ignore[type-arg] # a database's row
    # In steps whose sizes are known, so that the few pairs are what is kept in memory, and not all texts.
    database.execute(f"CREATE OR REPLACE TEMP TABLE pairs AS {_PAIRS}", {"last": last})
    database.execute(f"CREATE OR REPLACE TEMP TABLE likely AS {_LIKELY}")
    cursor = database.execute(_TOLD)
    while rows := cursor.fetchmany(256):
        yield from rows


def _alike(guess: float, text: str | None, other_text: str | None) -> bool:
    if guess >= _SURE:
        return True
    if text is None or other_text is None:
        return guess >= _WITHOUT_TEXT
    return likeness(sequences(text), sequences(other_text)) >= SHARED
