"""`geomap gazetteer`: build the gazetteer, add to it, and ask it."""

from __future__ import annotations

import sys
from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import TYPE_CHECKING, Annotated

import typer

from geomap.cli.common import gazetteer, progress, say
from geomap.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gazetteer import Gazetteer, Match, Place
    from gazetteer.build import Progress

gazetteer_app = typer.Typer(
    help="Ask the gazetteer, build it, or add your own places to it.",
    epilog="Example: geomap gazetteer lookup Qusair",
    no_args_is_help=True,
)

Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but errors.")]
HEAD = ("name", "id", "country", "area", "feature", "people", "latitude", "longitude", "how")


@gazetteer_app.command("lookup", epilog="Example: geomap gazetteer lookup Tripoli --country LB")
def lookup_command(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A place's name, as a text writes it.")],
    country: Annotated[
        list[str] | None, typer.Option(metavar="XX", help="Only there (ISO code); guesses at spellings too.")
    ] = None,
) -> None:
    """List the places that a name may mean, and how each matched."""
    matches = lookup(gazetteer(), name, country or [])
    if not matches:
        raise UsageError(f"No place is called {name!r}. Name a country to guess at spellings: --country SY")
    show(HEAD, [(*cells(match.place), how_of(match)) for match in matches])


def lookup(places: Gazetteer, name: str, countries: Sequence[str]) -> list[Match]:
    """Return what a name may mean; within countries, spellings are guessed at."""
    wanted = {code.upper() for code in countries}
    unknown = [code for code in wanted if places.country(code) is None]
    if unknown:
        raise UsageError(f"{unknown[0]!r} is no country's code of ISO 3166-1. Type one such as SY.")
    return places.lookup(name, countries=wanted or None, loose=bool(wanted))


def how_of(match: Match) -> str:
    """Say how a name matched, and which name where it is not the place's own."""
    return match.how if match.name == match.place.name else f"{match.how}: {match.name}"


@gazetteer_app.command(
    "near",
    context_settings={"ignore_unknown_options": True},
    epilog="Example: geomap gazetteer near 34.5 36.58 --km 10",
)
def near_command(
    latitude: Annotated[float, typer.Argument(metavar="LAT", min=-90, max=90)],
    longitude: Annotated[float, typer.Argument(metavar="LON", min=-180, max=180)],
    km: Annotated[float, typer.Option(min=0, max=2000, help="How far around.")] = 25.0,
    limit: Annotated[int, typer.Option(min=1, help="How many at most.")] = 20,
) -> None:
    """List the places around a point, nearest first, and say which country and area hold it."""
    places = gazetteer()
    country, area = places.locate(latitude, longitude)
    land = places.country(country) if country else None
    inside = ", ".join(
        part for part in (places.admin_name(area) if area else None, land.name if land else None) if part
    )
    say(
        f"{latitude:g}, {longitude:g} lies in {inside}" if inside else f"{latitude:g}, {longitude:g} lies in no country"
    )
    show(
        ("km", *HEAD[:-1]),
        [(f"{far:.1f}", *cells(place)) for place, far in places.near(latitude, longitude, km, limit)],
    )


@gazetteer_app.command("info", epilog="Example: geomap gazetteer info")
def info_command() -> None:
    """Say where the gazetteer lies, what is in it, and whose the data are."""
    from gazetteer.sources import SOURCES

    facts = gazetteer().info()
    counts = {name.removeprefix("count: "): count for name, count in facts.items() if name.startswith("count: ")}
    for name, value in facts.items():
        if not name.startswith("count: "):
            typer.echo(f"{name:12} {value}")
    typer.echo("")
    rows = [
        (name, f"{int(counts.pop(name, 0)):,}", source.title, source.licence, source.origin)
        for name, source in SOURCES.items()
    ]
    rows += [(name, f"{int(count):,}", "", "", "") for name, count in counts.items()]
    show(("layer", "count", "what", "licence", "from"), rows)


@gazetteer_app.command(
    "build", epilog="Example: geomap gazetteer build --download SY.zip --download LB.zip --classes P,A,S.AIRB"
)
def build_command(
    geonames: Annotated[
        list[Path] | None,
        typer.Option(metavar="FILE", help="GeoNames' dumps: allCountries.zip, SY.zip, alternateNamesV2.zip ..."),
    ] = None,
    download: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="Fetch a dump from its publisher first, such as SY.zip.")
    ] = None,
    classes: Annotated[str | None, typer.Option(metavar="A,B", help="Keep only these classes: P,A,S.AIRB")] = None,
    reset: Annotated[bool, typer.Option("--reset", help="Forget GeoNames' dumps and added layers.")] = False,
    quiet: Quiet = False,
) -> None:
    """Build the gazetteer anew: the one that comes with geomap, or one with GeoNames' villages and rivers."""
    from gazetteer.cache import reset as forget

    if reset:
        for path in forget():
            say(f"forgot {path.name}", quiet=quiet)
    with progress("Building the gazetteer", quiet=quiet) as bar:
        paths = [*(geonames or []), *fetched(download or [], bar, quiet=quiet)]
        path = build(paths, split(classes), bar)
    say(f"{path}: {path.stat().st_size / 1e6:.0f} MB", quiet=quiet)


def fetched(names: Sequence[str], bar: Progress, *, quiet: bool = False) -> list[Path]:
    """Fetch dumps into the cache folder, with a word about their size and the duty that comes with them."""
    from gazetteer.cache import cache_folder
    from gazetteer.download import DUTY
    from gazetteer.download import download as fetch

    if names:
        say(DUTY, quiet=quiet)
    return [fetch(name, cache_folder() / "dumps", progress=bar) for name in names]


def build(paths: Sequence[Path], classes: Sequence[str], bar: Progress) -> Path:
    """Build, and return where the file lies."""
    from gazetteer.cache import FULL, build_core, build_geonames, cache_folder, source_fingerprint

    if paths:
        return build_geonames(paths, classes=classes, progress=bar)
    if classes:
        raise UsageError("--classes narrows GeoNames' dumps: name one, --geonames SY.zip")
    if (cache_folder() / FULL).exists():
        raise UsageError("A build from GeoNames' dumps is in use. Name its dumps again, or type --reset to go back.")
    fingerprint = source_fingerprint()
    file = cache_folder() / f"gazetteer-{fingerprint}.sqlite"
    build_core(file, fingerprint, bar)
    return file


def split(classes: str | None) -> list[str]:
    """Read a list of feature classes and codes. Raises `UsageError`."""
    found = [part.strip().upper() for part in (classes or "").split(",") if part.strip()]
    for part in found:
        if part[0] not in "AHLPRSTUV" or (len(part) > 1 and part[1] != "."):
            raise UsageError(f"{part!r} is no class or code of GeoNames'. Type some of A,H,L,P,R,S,T,U,V, or S.AIRB")
    return found


@gazetteer_app.command("add", epilog="Example: geomap gazetteer add camps.csv")
def add_command(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="CSV or GeoJSON: name, latitude, longitude, ...")],
    quiet: Quiet = False,
) -> None:
    """Add your own places: they win over others of the same name. A file of the same name replaces its older self."""
    from gazetteer.cache import add_layer

    with progress("Adding places", quiet=quiet) as bar:
        count = add_layer(file, progress=bar)
    say(f"{count:,} places of {file.name} added", quiet=quiet)


def cells(place: Place) -> tuple[str, ...]:
    """Return a place as the cells of a table."""
    people = f"{place.population:,}" if place.population else ""
    point = (f"{place.latitude:.4f}", f"{place.longitude:.4f}")
    return (place.name, str(place.id), place.country or "", place.admin1_name or "", place.feature, people, *point)


def show(head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a table: tab separated for a pipe, in columns for a reader."""
    rows = list(rows)
    if not sys.stdout.isatty():
        for row in (head, *rows):
            typer.echo("\t".join(row))
        return
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    table = Table(*head, box=None, pad_edge=False)
    for row in rows:
        table.add_row(*(escape(cell) for cell in row))
    Console().print(table)
