"""GeoNames' own dumps, in the columns it publishes: tab separated, no header, quotes are letters like any other."""

from __future__ import annotations

import io
import zipfile
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

from gazetteer.entry import Entry
from gazetteer.errors import GazetteerError
from gazetteer.names import is_code
from gazetteer.place import How, Place
from gazetteer.sources.cities import radius_of, told, useful

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

COLUMNS = 19
ALTERNATE_COLUMNS = 8
RADIUS: dict[str, float] = {
    "A.PCLI": 400.0, "A.ADM1": 80.0, "A.ADM2": 25.0, "A.ADM3": 10.0, "A.ADM4": 6.0, "L.RGN": 80.0, "L.CONT": 3000.0,
    "H.OCN": 3000.0, "H.SEA": 400.0, "H.GULF": 150.0, "H.STM": 40.0, "T.MTS": 60.0, "T.ISL": 10.0, "T.DSRT": 150.0,
    "L.PRK": 10.0, "S.AIRP": 4.0, "S.AIRB": 4.0, "T.PEN": 40.0,
}  # fmt: skip
"""How far places of a kind reach where nothing better is known, in kilometres; others reach 2."""

NO_NAMES = frozenset({"link", "wkdt", "post", "phon", "piny", "unlc"})
CODES = frozenset({"iata", "icao", "faac", "abbr", "tcid"})


class Dump:
    """The places of one or more dumps. Iterating streams from the zip; `share` says how much of it was read."""

    def __init__(
        self,
        paths: Sequence[Path],
        *,
        classes: Collection[str] = (),
        alternates: bool = True,
    ) -> None:
        self.paths = [Path(path) for path in paths]
        self.classes = frozenset(classes)
        self.alternates = alternates
        self.share = 0.0

    def __iter__(self) -> Iterator[Entry]:
        """Yield the places, those of the wanted classes."""
        whole = sum(path.stat().st_size for path in self.paths) or 1
        before = 0
        for path in self.paths:
            with ExitStack() as stack, readable(path):
                raw, lines = open_table(path, stack)
                for number, line in enumerate(lines):
                    if number % 1000 == 0:
                        self.share = min(1.0, (before + raw.tell()) / whole)
                    entry = self._entry(line.rstrip("\n").split("\t"), path, number)
                    if entry is not None:
                        yield entry
            before += path.stat().st_size
        self.share = 1.0

    def _entry(self, row: list[str], path: Path, number: int) -> Entry | None:
        if len(row) != COLUMNS:
            raise GazetteerError(
                f"{path}, line {number + 1}: {len(row)} columns instead of GeoNames' {COLUMNS}. "
                "Give a dump as published, such as allCountries.zip or SY.zip."
            )
        kind = f"{row[6]}.{row[7]}" if row[7] else row[6]
        if self.classes and row[6] not in self.classes and kind not in self.classes:
            return None
        try:
            place = place_of(row, kind)
        except ValueError as error:
            raise GazetteerError(f"{path}, line {number + 1}: {error}") from error
        names = [] if row[2] == row[1] else [row[2]]
        if self.alternates and row[3]:
            names += row[3].split(",")
        return Entry(place, told(names))


def place_of(row: list[str], kind: str) -> Place:
    """Read a row of a dump."""
    country, first, second = row[8] or None, row[10], row[11]
    area = f"{country}.{first}" if country and first and first != "00" else None
    people = int(row[14] or 0)
    return Place(
        id=int(row[0]),
        name=row[1],
        latitude=float(row[4]),
        longitude=float(row[5]),
        country=country,
        admin1=area,
        admin2=f"{area}.{second}" if area and second else None,
        feature=kind or "?",
        population=people,
        radius_km=radius_of(people) if kind[:1] == "P" else RADIUS.get(kind, 2.0),
        source="geonames",
    )


@contextmanager
def readable(path: Path) -> Iterator[None]:
    """Say of a file that is no text that it is none."""
    try:
        yield
    except UnicodeDecodeError as error:
        raise GazetteerError(
            f"{path} is no UTF-8 text ({error.reason}). Give a dump as published, such as allCountries.zip or SY.zip."
        ) from error


def open_table(path: Path, stack: ExitStack) -> tuple[IO[bytes], Iterator[str]]:
    """Open a table, zipped or not: the raw file, whose position tells progress, and its lines."""
    if not path.is_file():
        raise GazetteerError(f"There is no file {path}. Type: geomap gazetteer build --download {path.name}")
    raw = stack.enter_context(path.open("rb"))
    if path.suffix != ".zip":
        return raw, iter(stack.enter_context(io.TextIOWrapper(raw, encoding="utf-8", newline="\n")))
    try:
        archive = stack.enter_context(zipfile.ZipFile(raw))
        member = stack.enter_context(archive.open(table_in(archive, path)))
    except zipfile.BadZipFile as error:
        raise GazetteerError(f"{path} is no whole zip file ({error}). Download it again.") from error
    return raw, iter(stack.enter_context(io.TextIOWrapper(member, encoding="utf-8", newline="\n")))


def table_in(archive: zipfile.ZipFile, path: Path) -> str:
    """Return the table inside an archive: named after it, or the largest text that is no readme."""
    tables = [info for info in archive.infolist() if info.filename.endswith(".txt") and "readme" not in info.filename]
    if not tables:
        raise GazetteerError(f"{path} holds no table. Give a dump as published, such as SY.zip.")
    named = [info for info in tables if info.filename == f"{path.stem}.txt"]
    return (named or sorted(tables, key=lambda info: -info.file_size))[0].filename


class Alternates:
    """The names of alternateNamesV2: whose they are, and whether they are codes or historic. `share` was read."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.share = 0.0

    def __iter__(self) -> Iterator[tuple[int, tuple[tuple[str, How], ...]]]:
        """Yield an id and one name."""
        whole = self.path.stat().st_size or 1
        with ExitStack() as stack, readable(self.path):
            raw, lines = open_table(self.path, stack)
            for number, line in enumerate(lines):
                if number % 1000 == 0:
                    self.share = raw.tell() / whole
                row = line.rstrip("\n").split("\t")
                if len(row) < ALTERNATE_COLUMNS:
                    raise GazetteerError(f"{self.path}: {len(row)} columns. Give alternateNamesV2.zip as published.")
                _, identity, language, name = row[:4]
                if language in NO_NAMES or not useful(name):
                    continue
                historic = row[7] == "1"
                how: How = "code" if language in CODES or is_code(name) else "historic" if historic else "exact"
                yield int(identity), ((name, how),)
        self.share = 1.0


def area_names(path: Path) -> Iterator[tuple[int, tuple[tuple[str, How], ...]]]:
    """Yield the names of admin1CodesASCII.txt or admin2Codes.txt."""
    with ExitStack() as stack:
        for line in open_table(path, stack)[1]:
            _, name, plain, identity = line.rstrip("\n").split("\t")
            yield int(identity), ((name, "exact"), (plain, "exact"))


def country_names(path: Path) -> Iterator[tuple[int, tuple[tuple[str, How], ...]]]:
    """Yield the names and three-letter codes of countryInfo.txt."""
    with ExitStack() as stack:
        for line in open_table(path, stack)[1]:
            if not line.startswith("#") and (row := line.rstrip("\n").split("\t"))[16:17] != [""]:
                yield int(row[16]), ((row[4], "exact"), (row[1], "code"))


def parents(path: Path) -> Iterator[tuple[int, int]]:
    """Yield child and parent of hierarchy.txt."""
    with ExitStack() as stack:
        for line in open_table(path, stack)[1]:
            parent, child, *_ = line.rstrip("\n").split("\t")
            yield int(child), int(parent)


def feature_names(path: Path) -> Iterator[tuple[str, str]]:
    """Yield code and name of featureCodes_en.txt."""
    with ExitStack() as stack:
        for line in open_table(path, stack)[1]:
            code, name, *_ = line.rstrip("\n").split("\t")
            yield code, name
