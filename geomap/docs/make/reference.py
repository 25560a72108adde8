# ruff: noqa: INP001 - MkDocs loads its hooks by path, outside any package
"""The reference, made from the code: its verbs, types, errors, tables and columns.

python geomap/docs/make/reference.py FOLDER    writes it as Markdown
"""

from __future__ import annotations

import ast
import inspect
import re
import sys
from dataclasses import MISSING, fields, is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

ROOT = Path(__file__).parents[3]


def pages() -> dict[str, str]:
    """Return each page's Markdown by its name."""
    return {name: "\n".join(make()).rstrip() + "\n" for name, make in PAGES.items()}


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """Yield a Markdown table."""
    yield ""
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(_cell(value) for value in row)} |"
    yield ""


def _cell(value: object) -> str:
    text = str(value).replace("|", "\\|").replace("\n", " ").replace("<", "&lt;")
    return re.sub(r"(?<!`)\*", "\\*", text) if "`" not in text else text


def verbs() -> Iterator[str]:
    """Every verb with its arguments and options."""
    import typer

    from geomap.cli import app

    root: Any = typer.main.get_command(app)
    yield "# Verbs"
    yield ""
    yield "`-` is standard input or output. Data go to standard output, talk to standard error."
    yield "Exit status 0: done; 1: an input failed; 2: asked wrongly."
    for name, command in root.commands.items():
        subs = getattr(command, "commands", None)
        for path, one in [(name, command)] if not subs else [(f"{name} {sub}", c) for sub, c in subs.items()]:
            yield from _verb(path, one)


def _verb(path: str, command: Any) -> Iterator[str]:  # noqa: ANN401 - click's own
    text = inspect.cleandoc(command.help or "")
    example = re.search(r"Example:\s*(.+)", text) or re.search(r"Example:\s*(.+)", command.epilog or "")
    yield ""
    yield f"## geomap {path}"
    yield ""
    yield text.split("Example:")[0].strip()
    if example:
        yield f"\n```sh\n{example.group(1).strip()}\n```"
    shown = [p for p in command.params if p.name != "help" and not getattr(p, "hidden", False)]
    yield from table(("option", "meaning", "default"), [_parameter(p) for p in shown])


def _parameter(parameter: Any) -> tuple[str, str, str]:  # noqa: ANN401
    if parameter.param_type_name == "argument":
        name = f"`{parameter.metavar or parameter.name.upper()}`"
    else:
        flags = " / ".join([*parameter.opts, *parameter.secondary_opts])
        name = f"`{flags}`" if parameter.is_flag else f"`{flags} {parameter.metavar or _kind(parameter.default)}`"
    default = parameter.default
    silent = default in (None, False, ()) or callable(default) or "entinel" in repr(default) or default is Ellipsis
    return name, parameter.help or "", "required" if parameter.required else "" if silent else f"`{default}`"


def _kind(default: object) -> str:
    return "N" if isinstance(default, int | float) else "FILE" if isinstance(default, Path) else "TEXT"


def python() -> Iterator[str]:
    """The names that are stable."""
    import geomap

    yield "# Python"
    yield ""
    yield "What stands here is stable: `import geomap`. The types are on [a page of their own](types.md)."
    for name in geomap.__all__:
        thing = getattr(geomap, name)
        if inspect.isclass(thing):
            continue
        yield f"\n## geomap.{name}\n"
        yield f"```python\n{name}{_signature(thing)}\n```\n"
        yield _doc(thing)


def _signature(function: Callable[..., Any]) -> str:
    return re.sub(r"'", "", str(inspect.signature(function)))


def _doc(thing: object) -> str:
    text = inspect.getdoc(thing) or ""
    head, args, rest = text.partition("Args:")
    if not args:
        return text
    listed = re.sub(r"^ {4}(\w+): ", r"- `\1`: ", rest.strip("\n"), flags=re.MULTILINE)
    return head + "\n" + inspect.cleandoc(listed)


def types() -> Iterator[str]:
    """The data types."""
    import gazetteer.place
    import geomap.model

    yield "# Types"
    yield ""
    yield inspect.getdoc(geomap.model) or ""
    for module in (geomap.model, gazetteer.place):
        for thing in vars(module).values():
            if is_dataclass(thing) and isinstance(thing, type) and thing.__module__ == module.__name__:
                yield f"\n## {thing.__name__}\n"
                yield inspect.getdoc(thing) or ""
                yield from table(("field", "type", "default"), [_field(f) for f in fields(thing)])


def _field(field: Any) -> tuple[str, str, str]:  # noqa: ANN401
    default = "" if field.default is MISSING else f"`{field.default!r}`"
    return f"`{field.name}`", f"`{field.type}`", default


def errors() -> Iterator[str]:
    """The errors raised on purpose."""
    import geomap.errors

    yield "# Errors"
    yield ""
    text = inspect.getdoc(geomap.errors) or ""
    yield re.sub(r"::\n\n((?: {4}.*\n)+)", lambda m: f":\n\n```text\n{inspect.cleandoc(m[1])}\n```\n", text)
    for name, thing in vars(geomap.errors).items():
        if isinstance(thing, type) and issubclass(thing, Exception) and thing.__module__ == "geomap.errors":
            yield f"\n## {name}\n"
            yield inspect.getdoc(thing) or ""


def kinds() -> Iterator[str]:
    """What events can be."""
    from geomap.model import ON_MAP, STATUSES

    scene = _scene()
    yield "# Event kinds"
    yield ""
    yield "Events are coded with ACLED's event and sub-event types; Diplomacy is geomap's own, in a layer apart."
    yield from table(
        ("event type", "sub-event types"), [(kind["name"], "; ".join(kind.get("subs") or ["–"])) for kind in scene]
    )
    yield "## Status"
    yield ""
    yield from table(("status", "on the conflict layers"), [(s, "yes" if s in ON_MAP else "") for s in STATUSES])


def _scene() -> list[dict[str, Any]]:
    from geomap.map.bundle import scene

    found: list[dict[str, Any]] = scene()["kinds"]
    return found


def formats() -> Iterator[str]:
    """What events are written as, and the columns."""
    from geomap.export import FORMATS, acled, flat, ucdp

    yield "# Formats and columns"
    yield ""
    yield "`geomap extract --format NAME`, or the ending of the file that `-o` names."
    rows = [(f"`{f.name}`", f"`{f.suffix}`", f.description, f.extra or "") for f in FORMATS.values()]
    yield from table(("name", "ending", "what it is", "extra"), rows)
    yield "## Columns of csv, xlsx and gpkg"
    yield from table(("column", "type"), [(f"`{name}`", kind.__name__) for name, kind in flat.COLUMNS.items()])
    for title, module in (("acled", acled), ("ucdp", ucdp)):
        yield f"## Columns of {title}\n\n{', '.join(f'`{name}`' for name in module.COLUMNS)}\n"
    yield "## The keys of jsonl"
    yield ""
    yield "The package holds a JSON Schema of it, `geomap/export/schema.json`."
    yield from _schema()


def _schema() -> Iterator[str]:
    import json
    from importlib.resources import files

    schema = json.loads(files("geomap.export").joinpath("schema.json").read_text("utf-8"))
    for name, part in [("a line", schema), *schema.get("$defs", {}).items()]:
        if "properties" in part:
            rows = [(f"`{key}`", _of(value), value.get("description", "")) for key, value in part["properties"].items()]
            yield f"\n### {name}\n"
            yield from table(("key", "type", "meaning"), rows)


def _of(part: dict[str, Any]) -> str:
    if "$ref" in part:
        return str(part["$ref"]).rsplit("/", 1)[-1]
    if "enum" in part:
        return ", ".join(str(value) for value in part["enum"])
    choices = part.get("anyOf") or part.get("oneOf")
    if choices:
        return " or ".join(_of(choice) for choice in choices)
    kind = part.get("type", "")
    kind = " or ".join(kind) if isinstance(kind, list) else str(kind)
    return f"list of {_of(part['items'])}" if kind == "array" and isinstance(part.get("items"), dict) else kind


def tables() -> Iterator[str]:
    """The tables that a row is added to."""
    from geomap.finders import FINDERS
    from geomap.map.layers import LAYERS
    from geomap.readers import READERS
    from geomap.resolve.clues import CLUES

    yield "# Tables"
    yield ""
    yield "What geomap has several of stands in tables; to add one is to add a function and a row."
    yield "\n## Readers\n"
    yield from table(("format", "what it is"), [(f"`{name}`", reader.about) for name, reader in READERS.items()])
    yield "\n## Finders\n"
    yield from table(("name", "what it does"), [(f"`{name}`", _about(f"geomap.finders.{name}")) for name in FINDERS])
    for title, rows in (("Map layers", LAYERS), ("Clues of the resolver", CLUES)):
        yield f"\n## {title}\n"
        yield from table(("name", "what it does"), [(f"`{name}`", _first(row)) for name, row in rows.items()])


def _about(module: str) -> str:
    """Return what a file says of itself, without importing it."""
    path = ROOT.joinpath(*module.split(".")).with_suffix(".py")
    return (
        ""
        if not path.exists()
        else (ast.get_docstring(ast.parse(path.read_text("utf-8"))) or "").split("\n\n")[0].replace("\n", " ")
    )


def _first(row: Any) -> str:  # noqa: ANN401 - a row of any table
    text = inspect.getdoc(row) if callable(row) else getattr(row, "about", None) or getattr(row, "words", None)
    if not text and hasattr(row, "__dataclass_fields__"):
        text = "; ".join(str(value) for value in (getattr(row, f.name) for f in fields(row)) if isinstance(value, str))
    return (text or "").split("\n\n")[0].replace("\n", " ")


def floors() -> Iterator[str]:
    """The figures that no change may fall below."""
    import json

    held = json.loads((ROOT / "tests" / "data" / "floors.json").read_text("utf-8"))["gold"]
    measures = list(dict.fromkeys(measure for row in held.values() for measure in row))
    rows = [
        (measure, *(f"{row[measure]:.2f}" if measure in row else "–" for row in held.values())) for measure in measures
    ]
    yield from table(("measure", *held), rows)


def models() -> Iterator[str]:
    """The cards of the trained models, one below the other."""
    yield "# Model cards"
    for card in sorted((ROOT / "geomap" / "models").glob("*.md")):
        yield ""
        yield re.sub(r"^#", "##", card.read_text("utf-8"), flags=re.MULTILINE)


def notice() -> Iterator[str]:
    """Where the gazetteer's data come from, as the package says it."""
    for path in sorted((ROOT / "gazetteer" / "data").glob("NOTICE*")):
        yield "```text"
        yield path.read_text("utf-8").rstrip()
        yield "```"


def serve() -> Iterator[str]:
    """What the served page answers to."""
    from geomap.serve.openapi import describe

    described = describe()
    yield "# The served page"
    yield ""
    yield "`geomap serve` answers at these addresses; the whole description is at `/openapi.json`."
    yield "A request that changes something needs the header `X-Geomap: 1`."
    yield "Where a token is set, every request needs `Authorization: Bearer TOKEN`."
    rows = [
        (f"`{method.upper()} {path}`", operation["summary"], ", ".join(operation["responses"]))
        for path, item in described["paths"].items()
        for method, operation in item.items()
    ]
    yield from table(("request", "what", "statuses"), rows)
    order = described["components"]["schemas"]["Order"]["properties"]
    yield "## Fields of an order"
    yield from table(
        ("field", "meaning"), [(f"`{name}`", part.get("description", part.get("type"))) for name, part in order.items()]
    )


PAGES: dict[str, Callable[[], Iterator[str]]] = {
    "verbs": verbs,
    "python": python,
    "types": types,
    "errors": errors,
    "kinds": kinds,
    "formats": formats,
    "tables": tables,
    "models": models,
    "serve": serve,
}


if __name__ == "__main__":
    for page, text in pages().items():
        (Path(sys.argv[1]) / f"{page}.md").write_text(text, encoding="utf-8", newline="\n")
