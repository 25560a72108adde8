"""Write the project's annotated dispatches from their marked-up sources, so that every offset is right by construction.

    python tests/data/annotate.py             writes seeds/, tests/data/gold/*.jsonl and tests/data/training/*.jsonl
    python tests/data/annotate.py --look-up   first asks the gazetteer for places that places.tsv lacks

The marks are told in tests/data/gold/README.md.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geomap.model import Span
from geomap.segment import sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gazetteer import Gazetteer
    from gazetteer.place import Match, Place

DATA = Path(__file__).parent
Row = dict[str, Any]
SEEDS = DATA.parent.parent / "seeds"
PLACES = DATA / "places.tsv"
MARK = re.compile(r"\[(?P<text>[^\[\]|]+)(?:\|(?P<key>[^\[\]]+))?\]|\{(?P<label>\w):(?P<trigger>[^{}]+)\}")

WHEN = re.compile(r'(?P<first>[\d-]+)(?:\.\.(?P<last>[\d-]+))?(?: /(?P<precision>\d))?(?: "(?P<words>[^"]+)")?')

KINDS = {
    "Battles": ("Armed clash", "Government regains territory", "Non-state actor overtakes territory"),
    "Explosions/Remote violence": (
        "Chemical weapon",
        "Air/drone strike",
        "Suicide bomb",
        "Shelling/artillery/missile attack",
        "Remote explosive/landmine/IED",
        "Grenade",
    ),
    "Violence against civilians": ("Sexual violence", "Attack", "Abduction/forced disappearance"),
    "Protests": ("Peaceful protest", "Protest with intervention", "Excessive force against protesters"),
    "Riots": ("Violent demonstration", "Mob violence"),
    "Strategic developments": (
        "Agreement",
        "Arrests",
        "Change to group/activity",
        "Disrupted weapons use",
        "Headquarters or base established",
        "Looting/property destruction",
        "Non-violent transfer of territory",
        "Other",
    ),
    "Diplomacy": ("Talks", "Summit", "Visit", "Appeal", "Sanctions", "Rupture"),
}
KIND_OF = {sub: kind for kind, subs in KINDS.items() for sub in subs}
ACTORS = (
    "None",
    "State forces",
    "Rebel groups",
    "Political militias",
    "Identity militias",
    "Rioters",
    "Protesters",
    "Civilians",
    "External/other forces",
)
ROLES = {">": "source", "<": "target", "=": "other"}
TOLLS = {
    "k": "killed",
    "w": "wounded",
    "K": "cumulative_killed",
    "b": "abducted",
    "r": "arrested",
    "d": "displaced",
}
STATUSES = ("happened", "ongoing", "planned", "threatened", "attempted", "hypothetical", "denied", "historic")


class SourceError(ValueError):
    """A source says something that its own text does not hold."""


@dataclass
class Marked:
    """A source read: its text without the marks, and where the marks stood."""

    text: str
    toponyms: list[tuple[Span, str]] = field(default_factory=list)
    triggers: dict[str, Span] = field(default_factory=dict)
    body: list[Span] = field(default_factory=list)


def read_marks(source: str) -> Marked:
    """Take the marks out of a source; lines that begin with ~ are not the article."""
    marked, keys = Marked(""), dict[str, str]()
    for line in source.split("\n"):
        start = len(marked.text)
        if line.startswith("~"):
            marked.text += line[1:] + "\n"
            continue
        _read_line(marked, line, keys)
        if line.strip():
            _grow(marked, Span(start, len(marked.text)))
        marked.text += "\n"
    marked.text = marked.text.rstrip("\n")
    return marked


def _grow(marked: Marked, span: Span) -> None:
    last = marked.body[-1] if marked.body else None
    if last and not marked.text[last.end : span.start].strip():
        marked.body[-1] = Span(last.start, span.end)
    else:
        marked.body.append(span)


def _read_line(marked: Marked, line: str, keys: dict[str, str]) -> None:
    at = 0
    for match in MARK.finditer(line):
        marked.text += line[at : match.start()]
        at, start = match.end(), len(marked.text)
        if match["label"]:
            marked.text += match["trigger"]
            if match["label"] not in marked.triggers:
                marked.triggers[match["label"]] = Span(start, len(marked.text))
        else:
            surface = match["text"]
            marked.text += surface
            key = match["key"] or keys.get(surface, "=")
            keys.setdefault(surface, key)
            marked.toponyms.append((Span(start, len(marked.text)), key))
    marked.text += line[at:]


def place_key(surface: str, key: str) -> str:
    """Return the line of places.tsv that a mark asks for: COUNTRY:Name, with /A or @lat,lon where the mark has them."""
    key = key.lstrip("~")
    if key == "=":
        return f"=:{surface}"
    country, _, name = key.partition(":")
    country = country or "*"
    if "@" in country or "/" in country:
        country, tail = re.split(r"(?=[@/])", country, maxsplit=1)
        name = surface + tail
    return f"{country}:{name or surface}"


def mark_key(surface: str, key: str) -> str:
    """Return the line of places.tsv for a mark; a bare country code behind ~ is the country itself."""
    if key.startswith("~") and ":" not in key:
        return f"=:{key[1:]}"
    return place_key(surface, key)


class Places:
    """The table of places that marks are resolved by, pinned so that annotations do not move with the gazetteer."""

    def __init__(self) -> None:
        """Read places.tsv, if there is one."""
        self.rows: dict[str, dict[str, str]] = {}
        self.missing: dict[str, str] = {}
        if PLACES.exists():
            with PLACES.open(encoding="utf-8", newline="") as file:
                self.rows = {row["key"]: row for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)}

    def of(self, surface: str, key: str, where: str) -> Row:
        """Return what is known about the place of a mark: id, name, coordinates, country (None where unknown)."""
        line = mark_key(surface, key)
        row = self.rows.get(line)
        if row is None:
            self.missing[line] = where
            return dict.fromkeys(("geonameid", "name", "lat", "lon", "country", "feature"))
        return {
            "geonameid": int(row["geonameid"]) if row["geonameid"] else None,
            "name": row["name"],
            "lat": float(row["lat"]) if row["lat"] else None,
            "lon": float(row["lon"]) if row["lon"] else None,
            "country": row["country"] or None,
            "feature": row["feature"] or None,
        }

    def save(self) -> None:
        """Write places.tsv, sorted."""
        names = ("key", "geonameid", "name", "lat", "lon", "country", "feature")
        with PLACES.open("w", encoding="utf-8", newline="") as file:
            file.write("\t".join(names) + "\n")
            for key in sorted(self.rows):
                file.write("\t".join(self.rows[key][name] for name in names) + "\n")


def look_up(places: Places) -> None:
    """Ask the gazetteer for the missing places, and say which it does not know."""
    from gazetteer import open_gazetteer

    gazetteer = open_gazetteer()
    for line, where in sorted(places.missing.items()):
        country, _, rest = line.partition(":")
        name, _, point = rest.partition("@")
        found = _ask(gazetteer, country, name, point)
        if found is None and not point:
            sys.stderr.write(f"not found: {line} ({where})\n")
            continue
        places.rows[line] = _row(line, found, name, point, country)
        if found is None:
            sys.stderr.write(f"by its point only: {line} ({where})\n")


def _row(line: str, found: Place | None, name: str, point: str, country: str) -> dict[str, str]:
    if found is None:
        latitude, longitude = point.split(",")
        known = {"geonameid": "", "name": name.partition("/")[0], "lat": latitude, "lon": longitude, "feature": ""}
        return {"key": line, "country": country if country not in {"*", "="} else "", **known}
    return {
        "key": line,
        "geonameid": str(found.id) if found.id > 0 else "",
        "name": found.name,
        "lat": f"{found.latitude:.4f}",
        "lon": f"{found.longitude:.4f}",
        "country": found.country or "",
        "feature": found.feature,
    }


def _ask(gazetteer: Gazetteer, country: str, name: str, point: str) -> Place | None:
    name, _, wanted = name.partition("/")
    if country == "=":
        place = gazetteer.country(name) if re.fullmatch("[A-Z]{2}", name) else None
        hits = [place] if place else [m.place for m in gazetteer.lookup(name) if m.place.feature.startswith("A.PCL")]
        return hits[0] if hits else None
    countries = None if country == "*" else {country}
    matches = [m for m in gazetteer.lookup(name, countries=countries) if m.how != "demonym"]
    if point:
        return _by_point(gazetteer, matches, name, countries, point)
    best = [m.place for m in matches if m.how == matches[0].how]
    states = [p for p in best if p.feature.startswith("A.PCL")]
    if states and not any(p.feature == "P.PPLC" for p in best):
        return states[0]
    wanted = wanted or "P"
    everything = [m.place for m in matches]
    preferred = ([p for p in places if p.feature.startswith(wanted)] for places in (best, everything))
    pool = next(filter(None, preferred), best)
    return max(pool, key=lambda p: (not p.feature.endswith(("PPLX", "ADM3", "ADM4")), p.population), default=None)


def _by_point(
    gazetteer: Gazetteer, matches: Sequence[Match], name: str, countries: set[str] | None, point: str
) -> Place | None:
    """Choose the place of that name near a point: of a sea or region, which spans countries, from farther off."""
    exact = [m.place for m in matches if m.how in {"exact", "code", "historic"}]
    if countries is None:
        return _nearest([p for p in exact if p.feature[0] in "HLT"], point, within=1500)
    alike = [m.place for m in gazetteer.lookup(name, countries=countries, loose=True) if m.place.feature[0] == "P"]
    generic = name.rpartition(" ")[2] in {"River", "Island", "Valley", "Pass", "Volcano", "Mountains"}
    return _nearest(exact, point, within=25) or (None if generic else _nearest(alike, point, within=8))


def _nearest(hits: Sequence[Place], point: str, *, within: float) -> Place | None:
    from geopy.distance import great_circle

    here = tuple(float(x) for x in point.split(","))
    apart = [(great_circle(here, (p.latitude, p.longitude)).km, p) for p in hits]
    near = [(km, p) for km, p in apart if km < within]
    if not near:
        return None
    closest = min(km for km, _ in near)
    pool = [p for km, p in near if km <= closest + 12]
    return max(pool, key=lambda p: (p.feature.startswith("P"), p.population))


def toponym_rows(marked: Marked, places: Places, where: str) -> list[Row]:
    """Return the annotated toponyms of a source, in order."""
    rows = []
    for span, key in marked.toponyms:
        surface = span.of(marked.text)
        known = places.of(surface, key, where)
        kind = "demonym" if key.startswith("~") else "place"
        rows.append({"start": span.start, "end": span.end, "text": surface, "kind": kind, **known})
    return rows


def event_rows(marked: Marked, lines: Sequence[str], toponyms: list[Row], where: str) -> list[Row]:
    """Return the annotated events of a source; an event at several places is a row a place."""
    rows = []
    for line in lines:
        cells = [cell.strip() for cell in line.split("|")]
        cells += [""] * (7 - len(cells))
        label = cells[0]
        try:
            rows += list(_events(marked, cells, toponyms))
        except SourceError as error:
            raise SourceError(f"{where}, event {label}: {error}") from error
    return rows


def _events(marked: Marked, cells: list[str], toponyms: list[Row]) -> Iterator[Row]:
    label, sub_kind, status, when, places, tolls, actors = cells[:7]
    if sub_kind not in KIND_OF or status not in STATUSES:
        raise SourceError(f"no such kind or status: {sub_kind}, {status}")
    if label not in marked.triggers:
        raise SourceError("no trigger is marked")
    trigger = marked.triggers[label]
    evidence = next(s for s in sentences(marked.text, marked.body) if s.holds(Span(trigger.start, trigger.start + 1)))
    event = {
        "kind": KIND_OF[sub_kind],
        "sub_kind": sub_kind,
        "status": status,
        **_when(marked.text, evidence, when),
        "place": None,
        "place_span": None,
        "geo_precision": None,
        **_tolls(marked.text, evidence, tolls),
        "actors": _actors(marked.text, evidence, actors),
        "trigger": [trigger.start, trigger.end],
        "evidence": [evidence.start, evidence.end],
    }
    for place in places.split(" + "):
        yield event | _where(place, toponyms, trigger)


def _quoted(text: str, evidence: Span, words: str) -> Span:
    """Find quoted words: in the sentence, or else where they stand nearest to it."""
    pattern = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)")
    inside = pattern.search(text, evidence.start, evidence.end)
    found = [inside] if inside else list(pattern.finditer(text)) or list(re.finditer(re.escape(words), text))
    if not found:
        raise SourceError(f"the text does not hold {words!r}")
    match = min(found, key=lambda m: min(abs(m.start() - evidence.end), abs(m.end() - evidence.start)))
    return Span(match.start(), match.end())


def _when(text: str, evidence: Span, cell: str) -> Row:
    match = WHEN.fullmatch(cell)
    if not match:
        raise SourceError(f"no such date: {cell}")
    first = None if match["first"] == "-" else match["first"]
    span = _quoted(text, evidence, match["words"]) if match["words"] else None
    return {
        "start": first,
        "end": match["last"] or first,
        "date_text": match["words"],
        "date_span": [span.start, span.end] if span else None,
        "time_precision": int(match["precision"]) if match["precision"] else None,
    }


def _where(cell: str, toponyms: list[Row], trigger: Span) -> Row:
    if cell == "-":
        return {}
    match = re.fullmatch(r"(?P<name>.+?) /(?P<precision>[123])", cell)
    if not match:
        raise SourceError(f"no such place: {cell}")
    same = [t for t in toponyms if t["text"] == match["name"] and t["kind"] == "place"]
    if not same:
        raise SourceError(f"no toponym is marked {match['name']}")
    chosen = min(same, key=lambda t: abs(t["start"] - trigger.start))
    place = {key: chosen[key] for key in ("geonameid", "name", "lat", "lon", "country")}
    return {
        "place": place,
        "place_span": [chosen["start"], chosen["end"]],
        "geo_precision": int(match["precision"]),
    }


def _tolls(text: str, evidence: Span, cell: str) -> Row:
    tolls: Row = dict.fromkeys(TOLLS.values())
    for match in re.finditer(r'([kwKbrd])(\d+)(?:([+~])|-(\d+))? "([^"]+)"(?:, )?|(\S+)', cell):
        if match[6]:
            raise SourceError(f"no such toll: {match[6]}")
        low, high = int(match[2]), int(match[4]) if match[4] else None
        if high is None and not match[3]:
            high = low
        span = _quoted(text, evidence, match[5])
        best = low if match[4] is None else None
        toll = {"low": low, "high": high, "best": best, "words": match[5], "span": [span.start, span.end]}
        tolls[TOLLS[match[1]]] = toll
    return tolls


def _actors(text: str, evidence: Span, cell: str) -> list[Row]:
    actors = []
    for match in re.finditer(r"([<>=])(\d):([^<>=]+?)(?=\s*(?:[<>=]\d:|$))", cell):
        span = _quoted(text, evidence, match[3])
        actors.append(
            {"name": match[3], "role": ROLES[match[1]], "kind": ACTORS[int(match[2])], "span": [span.start, span.end]}
        )
    return actors


def read_source(path: Path) -> tuple[dict[str, str], str, list[str]]:
    """Cut a source into its header, its marked-up text and its lines of events."""
    raw = path.read_text(encoding="utf-8")
    head, _, rest = raw.partition("\n---\n")
    text, _, events = rest.partition("\n--- events\n")
    header = dict(line.split(": ", 1) for line in head.splitlines())
    return header, text.rstrip("\n"), [line for line in events.splitlines() if line.strip()]


def gold_row(path: Path, places: Places) -> Row:
    """Return one annotated dispatch."""
    header, text, lines = read_source(path)
    marked = read_marks(text)
    toponyms = toponym_rows(marked, places, path.stem)
    return {
        "id": path.stem,
        "language": header.get("language", "en"),
        "style": header["style"],
        "published": header.get("published"),
        "seed": header.get("seed") == "yes",
        "held_out": header.get("held_out") == "yes",
        "text": marked.text,
        "body": [[span.start, span.end] for span in marked.body],
        "toponyms": toponyms,
        "events": event_rows(marked, lines, toponyms, path.stem),
    }


def training_rows(path: Path, places: Places) -> Iterator[Row]:
    """Yield the passages of a training source: `%% [date]` begins one, and every third is held out."""
    passages = re.split(r"(?m)^%%[ ]*", path.read_text(encoding="utf-8"))[1:]
    for number, passage in enumerate(passages):
        head, _, text = passage.partition("\n")
        marked = read_marks(text.strip("\n"))
        yield {
            "doc_id": f"{path.stem}-{number:03}",
            "published": head.strip() or None,
            "held_out": number % 3 == 2,
            "text": marked.text,
            "toponyms": toponym_rows(marked, places, path.stem),
        }


def sentence_rows(path: Path) -> Iterator[Row]:
    """Yield labelled sentences: sub-kind, status, date, killed, place, published, text, parted by tabs or ` | `."""
    for number, line in enumerate(line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()):
        sub_kind, status, day, killed, place, published, text = (cell.strip() for cell in line.split(" | ", 6))
        negative = sub_kind == "none"
        if not negative and (sub_kind not in KIND_OF or status not in STATUSES):
            raise SourceError(f"{path.name}: no such kind or status: {line}")
        if place != "-" and place not in text:
            raise SourceError(f"{path.name}: the text does not hold {place!r}: {line}")
        yield {
            "id": f"{path.stem}-{number:03}",
            "published": None if published == "-" else published,
            "held_out": number % 3 == 2,
            "text": text,
            "kind": None if negative else KIND_OF[sub_kind],
            "sub_kind": None if negative else sub_kind,
            "status": None if negative else status,
            "date": None if day == "-" else day,
            "killed": None if killed == "-" else int(killed),
            "place": None if place == "-" else place,
        }


def write(path: Path, rows: list[Row]) -> None:
    """Write rows as JSON lines."""
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


def build(places: Places) -> None:
    """Write all that is made from the sources."""
    for folder in (DATA / "gold", *sorted(p for p in (DATA / "gold").iterdir() if (p / "source").is_dir())):
        rows = [gold_row(path, places) for path in sorted((folder / "source").glob("*.txt"))]
        write(folder / "gold.jsonl", rows)
        for row in rows:
            if row["seed"]:
                (SEEDS / f"{row['id']}.txt").write_text(row["text"] + "\n", encoding="utf-8")
    training = DATA / "training" / "source"
    sources = sorted(training.glob("*.txt"))
    write(DATA / "training" / "toponyms.jsonl", [row for path in sources for row in training_rows(path, places)])
    labelled = sorted(training.glob("*.events"))
    write(DATA / "training" / "events.jsonl", [row for path in labelled for row in sentence_rows(path)])


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--look-up", action="store_true", help="ask the gazetteer for places that places.tsv lacks")
    asked = parser.parse_args()
    places = Places()
    build(places)
    if asked.look_up and places.missing:
        look_up(places)
        places.save()
        places = Places()
        build(places)
    for line, where in sorted(places.missing.items()):
        sys.stderr.write(f"not in places.tsv: {line} ({where})\n")


if __name__ == "__main__":
    main()
