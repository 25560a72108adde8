"""Builds the gazetteer from dumps as large as GeoNames' own, and measures it: `python tests/bench/geonames.py FOLDER`.

GeoNames' files are not ours to keep, so their like is made: 13.5 million places with names put together from those of
real towns of their country, and 17 million alternate names, in the published columns. Then the build runs as a user's
would: once it is killed half way and goes on; processor time, memory and size are measured, and lookups in the file.
Takes about 12 GB of disk. `--rows 300000` makes it small.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import signal
import subprocess
import sys
import time
import zipfile
import zlib
from collections import defaultdict
from pathlib import Path

DICE = random.Random(1)  # noqa: S311 - names of a test
ROWS = 13_500_000
ALTERNATES = 1.27
"""Alternate names to a place, links and postal codes among them."""

CHUNK = 20_000
COUNTRIES = (
    "US 2240 CN 960 IN 660 NO 600 MX 480 RU 370 ID 360 CA 340 TH 270 IR 254 AU 240 PK 230 DE 205 BR 200 TR 190 FR 170 "
    "SE 160 JP 150 KR 140 MM 130 IQ 120 YE 120 SA 110 NP 110 MA 100 CO 100 ZA 100 PH 100 AF 90 SD 90 UA 90 VN 90 DZ 80 "
    "IT 80 ES 80 GB 80 NG 70 CD 70 ET 70 FI 200 SY 40 ML 40 SO 40 LY 40 MZ 40 AO 40 EG 40 KZ 40 MG 40 TZ 60 KE 40 BD 60"
)
"""How many thousands of places the larger ones have, roughly; the others share the rest."""

KINDS = (
    "P.PPL 330 P.PPLL 20 P.PPLX 15 H.STM 120 H.LK 40 H.RSV 10 H.SPNG 15 S.SCH 60 S.CH 50 S.FRM 40 S.BLDG 20 S.AIRP 4 "
    "S.CMTY 15 S.HTL 12 T.MT 70 T.HLL 50 T.ISL 15 T.VAL 15 L.LCTY 30 L.PRK 10 A.ADM4 20 A.ADM3 15 A.ADM2 3 R.ST 15 "
    "V.FRST 12 U.RDGU 2"
)
GENERIC = {
    "H": ("Creek", "Lake", "Wādī", "Nahr", "Río", "Reka", "Khlong", "Sungai"),
    "S": ("School", "Church", "Mosque", "Farm", "Escuela", "Station"),
    "T": ("Mountain", "Jabal", "Gora", "Cerro", "Khao", "Gunung", "Hill", "Kūh-e"),
    "L": ("Park", "Hawr", "Reserve"),
    "A": ("District", "County", "Raion", "Municipio de"),
}
LANGUAGES = ("", "en", "ar", "ru", "fr", "zh", "es", "uk", "fa", "de")
ENDINGS = ("abad", "ka", "pur", "vik", "ito", "an", "ville", "ah", "ovo", "i")


def words_of_countries() -> dict[str, list[str]]:
    """Return the words that towns of each country are called by, and all names for those that have few."""
    from gazetteer.sources.cities import read_cities

    words: dict[str, list[str]] = defaultdict(list)
    others: dict[str, list[str]] = defaultdict(list)
    for city in read_cities():
        words[city["countrycode"]] += [word for word in city["name"].split() if len(word) > 2]
        others[city["countrycode"]] += [name for name in city["alternatenames"][:6] if "," not in name]
    every = [word for some in words.values() for word in some]
    found = {code: some if len(some) > 500 else [*some, *DICE.choices(every, k=500)] for code, some in words.items()}
    return found | {f"{code}+": others[code] or found[code] for code in words}


def weighted(table: str) -> tuple[list[str], list[int]]:
    """Read a table of things and how many of each."""
    parts = table.split()
    return parts[::2], [int(part) for part in parts[1::2]]


def make(folder: Path, rows: int, seed: int = 1) -> list[Path]:
    """Write the two dumps, those that are not there yet, and return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    places, names = folder / "allCountries.zip", folder / "alternateNamesV2.zip"
    if places.is_file() and names.is_file():
        return [places, names]
    DICE.seed(seed)
    words = words_of_countries()
    codes, shares = weighted(COUNTRIES)
    rest = sorted(code for code in words if len(code) == 2 and code not in codes)
    shares += [max(1, (13_500 - sum(shares)) // len(rest))] * len(rest)
    counts = {code: rows * share // sum(shares) for code, share in zip(codes + rest, shares, strict=True)}
    counts["US"] += rows - sum(counts.values())
    with (
        zipfile.ZipFile(places, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as one,
        zipfile.ZipFile(names, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as two,
        one.open("allCountries.txt", "w", force_zip64=True) as table,
        two.open("alternateNamesV2.txt", "w", force_zip64=True) as others,
    ):
        identity = 20_000_000
        for code in sorted(counts):
            for start in range(0, counts[code], CHUNK):
                size = min(CHUNK, counts[code] - start)
                lines, alternates = chunk(code, identity, size, words)
                table.write("".join(lines).encode())
                others.write("".join(alternates).encode())
                identity += size
    return [places, names]


def chunk(country: str, identity: int, size: int, words: dict[str, list[str]]) -> tuple[list[str], list[str]]:
    """Return so many places of a country, and the alternate names of some of them."""
    import unicodedata

    pick, lines, alternates = DICE.random, list[str](), list[str]()
    mine, foreign = words[country], words[f"{country}+"]
    for number, kind in enumerate(DICE.choices(*weighted(KINDS), k=size), start=identity):
        one, code = kind.split(".")
        word = mine[int(pick() * len(mine))]
        if pick() < 0.4:
            word += DICE.choice(ENDINGS)
        if pick() < 0.35:
            word += " " + mine[int(pick() * len(mine))]
        generic = GENERIC.get(one)
        if generic and pick() < 0.8:
            noun = generic[int(pick() * len(generic))]
            word = f"{word} {noun}" if pick() < 0.5 else f"{noun} {word}"
        plain = word
        if not word.isascii():
            plain = "".join(c for c in unicodedata.normalize("NFKD", word) if c.isascii())
        some = [foreign[int(pick() * len(foreign))] for _ in range(int(pick() * 3.4) if pick() < 0.5 else 0)]
        point = f"{pick() * 60 + len(mine) % 20 - 10:.5f}\t{pick() * 50 + zlib.crc32(country.encode()) % 100 - 50:.5f}"
        area = f"{int(pick() * 20):02d}\t{int(pick() * 900)}"
        people = int(1 / (pick() + 1e-5)) if one == "P" and pick() < 0.3 else 0
        lines.append(
            f"{number}\t{word}\t{plain}\t{','.join(some)}\t{point}\t{one}\t{code}\t{country}\t\t{area}\t\t\t{people}\t\t"
            f"{int(pick() * 900)}\tContinent/Some_City\t2021-03-0{number % 9 + 1}\n"
        )
        for name in [word, *some] if pick() < 0.66 else some:
            alternates.append(f"{number}\t{number}\t{DICE.choice(LANGUAGES)}\t{name}\t\t\t\t\t\t\n")
        if pick() < 0.12:
            alternates.append(f"{number}\t{number}\tlink\thttps://en.wikipedia.org/wiki/{plain}\t\t\t\t\t\t\n")
        if pick() < 0.1:
            alternates.append(f"{number}\t{number}\twkdt\tQ{number}\t\t\t\t\t\t\n")
    return lines, alternates


BUILD = (
    "import json, resource, sys; from pathlib import Path; from gazetteer.cache import build_geonames;"
    "stages = {};"
    "clock = lambda: sum(resource.getrusage(resource.RUSAGE_SELF)[:2]);"
    "note = lambda stage, share: (stages.setdefault(stage.split(':')[0], clock()), "
    "print(f'{share:.3f} {stage}', file=sys.stderr, flush=True));"
    "build_geonames([Path(p) for p in sys.argv[2:]], output=Path(sys.argv[1]), progress=note);"
    "print(json.dumps({'stages': stages, 'cpu': clock(), "
    "'mb': int(open('/proc/self/status').read().split('VmHWM:')[1].split()[0]) / 1024}))"
)

ASK = """
import json, random, sys, time
from gazetteer import Gazetteer
start = time.perf_counter()
places = Gazetteer(sys.argv[1])
opened = time.perf_counter() - start
names = [line.split("\\t")[0] for line in open(sys.argv[2], encoding="utf-8")]
told = {"open_ms": 1000 * opened, "names": len(names)}
def rate(work, over):
    start = time.process_time()
    for one in over:
        work(one)
    return round(len(over) / (time.process_time() - start))
told["kinds"] = rate(places.kinds, [f"{name} x" for name in names])
told["lookup"] = rate(places.lookup, names)
points = [(random.uniform(-10, 60), random.uniform(-50, 100)) for _ in range(300)]
told["near 25 km"] = rate(lambda point: places.near(*point, 25), points)
told["locate"] = rate(lambda point: places.locate(*point), points)
told["guess"] = rate(lambda name: places.lookup(name + "q", countries=["SY"], loose=True), names[:50])
told["mb"] = int(open("/proc/self/status").read().split("VmHWM:")[1].split()[0]) / 1024
print(json.dumps(told))
"""


def run_build(file: Path, dumps: list[Path], kill_at: float | None = None) -> dict[str, object]:
    """Build in a process of its own; return what it measured, or, killed at a share of the way, what it had taken."""
    command = [sys.executable, "-c", BUILD, str(file), *map(str, dumps)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if process.stderr is None or process.stdout is None:
        raise RuntimeError
    last = ""
    for line in process.stderr:
        last = line.strip()
        share = float(line.split()[0]) if line[:1].isdigit() else 0.0
        if kill_at is not None and share >= kill_at:
            process.send_signal(signal.SIGKILL)
            break
    said = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    if kill_at is not None:
        return {"killed at": last, "cpu": usage.ru_utime + usage.ru_stime}
    if status:
        raise SystemExit(last)
    return dict(json.loads(said))


def main() -> None:
    """Make the dumps, build from them, and print what was measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--kill-at", type=float, help="Kill the build at this share of the way, and let it go on.")
    asked = parser.parse_args()
    before = resource.getrusage(resource.RUSAGE_SELF)
    dumps = make(asked.folder, asked.rows)
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(f"dumps: {[f'{path.name} {path.stat().st_size / 1e6:.0f} MB' for path in dumps]}")
    print(f"made in {used.ru_utime - before.ru_utime:.0f} s of CPU")
    file = asked.folder / "geonames.sqlite"
    file.unlink(missing_ok=True)
    start = time.monotonic()
    if asked.kill_at:
        print(json.dumps(run_build(file, dumps, asked.kill_at)))
    print(json.dumps(run_build(file, dumps), indent=1))
    print(f"{time.monotonic() - start:.0f} s by the clock; {file.stat().st_size / 1e6:.0f} MB")
    names = Path(__file__).parent.parent / "data" / "gazetteer" / "hard_names.tsv"
    subprocess.run([sys.executable, "-c", ASK, str(file), str(names)], check=True)


if __name__ == "__main__":
    main()
