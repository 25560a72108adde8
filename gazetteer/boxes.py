"""Packs the places into an R*Tree at once, in SQLite's own format: a third of the time of inserting them one by one.

The format is documented (https://www.sqlite.org/rtree.html#shadow_tables): a node is two bytes of depth, two of how
many cells it has, and cells of an id and four single-precision floats, padded to the length of the root.
"""

from __future__ import annotations

import math
import struct
from itertools import chain, count, islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Sequence

    Cell = tuple[int, float, float, float, float]

MOST = 51
"""Cells of a node."""

MARGIN = 2e-5
"""Degrees by which a place's box is wider than its point: single precision is as coarse as that."""

LAND = 15_000.0
"""Square degrees that places lie on, roughly: with it a node's box is about as wide as tall."""

ORDER = (
    "INSERT INTO scratch.leaf(id, longitude, latitude) SELECT id, longitude, latitude FROM place "
    "ORDER BY CAST((longitude + 180) / ? AS INTEGER), latitude"
)
CELLS = (
    f"SELECT id, longitude - {MARGIN}, longitude + {MARGIN}, latitude - {MARGIN}, latitude + {MARGIN} "  # noqa: S608 - ours
    "FROM scratch.leaf ORDER BY rowid"
)
WHERE = f"INSERT INTO place_box_rowid SELECT id, ? + (rowid - 1) / {MOST} FROM scratch.leaf ORDER BY id"  # noqa: S608 - ours


def pack_places(connection: sqlite3.Connection) -> int:
    """Fill the empty R*Tree place_box with every place; return how many."""
    total = int(connection.execute("SELECT count(*) FROM place").fetchone()[0])
    size = int(connection.execute("SELECT length(data) FROM place_box_node WHERE nodeno = 1").fetchone()[0])
    numbers = count(2)
    connection.execute(ORDER, (strip(total),))
    level: Sequence[Cell] = []
    if total > MOST:
        connection.execute(WHERE, (2,))
        level = list(write_nodes(connection, connection.execute(CELLS), numbers, size))
    else:
        connection.execute("INSERT INTO place_box_rowid SELECT id, 1 FROM scratch.leaf ORDER BY id")
        level = connection.execute(CELLS).fetchall()
    depth = int(total > MOST)
    while len(level) > MOST:
        wide = strip(len(level))
        ordered = sorted(level, key=lambda cell: ((cell[1] + 180) // wide, cell[3]))
        level = list(write_nodes(connection, ordered, numbers, size, inner=True))
        depth += 1
    connection.execute("UPDATE place_box_node SET data = ? WHERE nodeno = 1", (node(depth, level, size),))
    if depth:
        connection.executemany("INSERT INTO place_box_parent VALUES (?, 1)", [cell[:1] for cell in level])
    return total


def strip(total: int) -> float:
    """Return how many degrees of longitude wide the nodes of so many cells best are."""
    return max(0.05, math.sqrt(LAND * MOST / max(1, total)))


def write_nodes(
    connection: sqlite3.Connection, cells: Iterable[Cell], numbers: Iterator[int], size: int, *, inner: bool = False
) -> Iterator[Cell]:
    """Write cells into nodes in their order, and yield a cell for each node; `inner` nodes hold nodes, not places."""
    waiting = iter(cells)
    while group := list(islice(waiting, MOST)):
        number = next(numbers)
        connection.execute("INSERT INTO place_box_node VALUES (?, ?)", (number, node(0, group, size)))
        if inner:
            connection.executemany("INSERT INTO place_box_parent VALUES (?, ?)", [(cell[0], number) for cell in group])
        _, west, east, south, north = zip(*group, strict=True)
        yield number, min(west), max(east), min(south), max(north)


def node(depth: int, cells: Sequence[Cell], size: int) -> bytes:
    """Return a node's bytes."""
    packed = struct.pack(f">HH{'qffff' * len(cells)}", depth, len(cells), *chain.from_iterable(cells))
    return packed.ljust(size, b"\0")
