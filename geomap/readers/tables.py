"""Tables, one document a row: CSV and its relatives, and Parquet."""

from __future__ import annotations

import csv
import io
import shlex
from typing import TYPE_CHECKING

from geomap.errors import MissingExtra, UnreadableInput
from geomap.importers.table import is_table
from geomap.readers.decode import encoding_of, is_binary
from geomap.readers.records import FIELDS, from_record, plain
from geomap.readers.settings import TEXT_LIMIT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geomap.model import Document, Failure
    from geomap.readers.settings import Settings
    from geomap.readers.source import Source

_DELIMITERS = ",;\t|"
_PARQUET_LIMIT = 2 * 1024**3
_ROWS = 256


def is_csv(head: bytes, name: str) -> bool:
    """Say whether it is a table: by its name, since any text may hold commas."""
    return name.endswith((".csv", ".tsv", ".tab")) and not is_binary(head)


def is_parquet(head: bytes, _name: str) -> bool:
    """Say whether it is a Parquet file."""
    return head.startswith(b"PAR1")


def read_csv(source: Source, settings: Settings) -> Iterator[Document | Failure]:
    """Read a table's rows in constant memory; the delimiter is told from its first line."""
    csv.field_size_limit(TEXT_LIMIT)
    encoding = encoding_of(source.head, source.name, settings)
    lines = io.TextIOWrapper(source.file, encoding=encoding, errors="replace", newline="")
    header = source.head.decode(encoding, "replace").split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=header.count)
    rows = csv.DictReader((line.replace("\0", "") for line in lines), delimiter=delimiter)
    _check_columns(rows.fieldnames or (), source.name, settings)
    try:
        for number, row in enumerate(rows, 2):
            record = {name: value for name, value in row.items() if isinstance(name, str)}
            yield from_record(record, f"{source.name}:{number}", source.address or source.name, settings)
    except csv.Error as error:
        raise UnreadableInput(f"{source.name}: a damaged table near line {rows.line_num}: {error}.") from error
    finally:
        lines.detach()


def read_parquet(source: Source, settings: Settings) -> Iterator[Document | Failure]:
    """Read a Parquet file's rows, a few at a time and only the columns that are used."""
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError as error:
        raise MissingExtra("corpus", "Reading Parquet") from error

    local = source.file.seekable() and hasattr(source.file, "fileno")
    try:
        table = parquet.ParquetFile(source.file if local else io.BytesIO(_spooled(source)))
        names = table.schema_arrow.names
        _check_columns(names, source.name, settings)
        known = {name for field in FIELDS.values() for name in field} | set(settings.columns.values())
        wanted = [name for name in names if name in known or plain(name) in known]
        number = 0
        for batch in table.iter_batches(_ROWS, columns=wanted):
            for row in batch.to_pylist():
                number += 1
                yield from_record(row, f"{source.name}:{number}", source.address or source.name, settings)
    except (pa.ArrowException, OSError) as error:
        raise UnreadableInput(f"{source.name}: a damaged Parquet file ({error}).") from error


def _check_columns(names: Sequence[str], name: str, settings: Settings) -> None:
    missing = [column for column in settings.columns.values() if column not in names]
    usual = {plain(column) for column in names}
    if missing or not ("text" in settings.columns or set(FIELDS["text"]) & usual):
        if not missing and is_table(usual):
            raise UnreadableInput(
                f"{name} is a table of events, not of articles. To draw it, type: geomap draw {shlex.quote(name)}"
            )
        wanted = f"no column {missing[0]!r}" if missing else f"no column named {' or '.join(FIELDS['text'])}"
        raise UnreadableInput(f"{name}: {wanted}; it has {', '.join(names)}. Choose one with --column text=NAME.")


def _spooled(source: Source) -> bytes:
    data = source.file.read(_PARQUET_LIMIT + 1)
    if len(data) > _PARQUET_LIMIT:
        raise UnreadableInput(f"{source.name}: a Parquet file within another file, too large. Unpack it first.")
    return data
