"""How well and how fast events are merged over documents, on a synthetic stream whose truth is known.

    python tests/bench/merging.py [REPORTS]

Events lie in 2,000 towns, a few of which see most of them, over a year. Each is told by one to a dozen reports, which
move the day, name a suburb or only the province, leave the toll or the parties out, count later dead, use another
word for what happened and share some of their words.
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from datetime import date, timedelta

from geomap.corpus.same import Groups, Telling

KINDS = {
    "Battles": ("Armed clash", "Government regains territory"),
    "Explosions/Remote violence": ("Shelling/artillery/missile attack", "Air/drone strike", "Suicide bomb"),
    "Violence against civilians": ("Attack", "Abduction/forced disappearance"),
    "Protests": ("Peaceful protest", "Protest with intervention"),
    "Riots": ("Violent demonstration", "Mob violence"),
}
ACTORS = tuple(f"party {number}" for number in range(40))
COMMON = tuple(f"usual{number}" for number in range(300))


def towns(rng: random.Random) -> list[tuple[int, float, float, str]]:
    """Return places in forty provinces, the first of which are the most fought over."""
    found = []
    for number in range(2000):
        province = rng.randrange(40)
        latitude, longitude = 5 + (province % 8) * 4, 10 + (province // 8) * 6
        found.append((number, latitude + rng.uniform(-1, 1), longitude + rng.uniform(-1, 1), f"XX.{province}"))
    return found


def stream(reports: int, rng: random.Random) -> list[tuple[Telling, int]]:
    """Return reports in order of publication, each with the number of the event it tells of."""
    places = towns(rng)
    made: list[tuple[date, Telling, int]] = []
    event = 0
    while len(made) < reports:
        event += 1
        place = places[min(int(20 * (rng.paretovariate(0.8) - 1)), 1999)]
        day = date(2022, 1, 1) + timedelta(rng.randrange(365))
        kind = rng.choice(tuple(KINDS))
        sub_kind = rng.choice(KINDS[kind])
        toll = int(rng.paretovariate(0.9)) if rng.random() < 0.6 else None
        actors = frozenset(rng.sample(ACTORS, 2))
        own = [f"word{rng.randrange(20000)}" for _ in range(12)]
        for _ in range(min(12, int(rng.paretovariate(1.2)))):
            telling = _telling(rng, (place, day, kind, sub_kind, toll, actors, own), len(made))
            made.append((day + timedelta(rng.choice((0, 0, 1, 2))), telling, event))
    made.sort(key=lambda item: (item[0], item[1].document))
    return [(telling, truth) for _, telling, truth in made[:reports]]


def _telling(rng: random.Random, event: tuple, number: int) -> Telling:  # type: ignore[type-arg] # a bundle of draws
    (place, latitude, longitude, admin), day, kind, sub_kind, toll, actors, own = event
    radius, told_place = 5.0, place
    if (luck := rng.random()) < 0.07:
        latitude, longitude, radius, told_place = round(latitude), round(longitude), 120.0, 10**6 + hash(admin) % 999
    elif luck < 0.2:
        latitude, longitude, told_place = latitude + rng.uniform(-0.08, 0.08), longitude + 0.05, 10**7 + number
    if rng.random() < 0.12:
        sub_kind = rng.choice(KINDS[kind])
    day += timedelta(rng.choice((-1, 1)) if rng.random() < 0.1 else 0)
    later = rng.randrange((toll or 0) // 2 + 1) if rng.random() < 0.3 else 0
    killed = None if toll is None or rng.random() < 0.3 else toll + later
    said = frozenset() if rng.random() < 0.3 else frozenset(rng.sample(sorted(actors), rng.choice((1, 2))))
    words = frozenset(rng.sample(own, rng.randrange(4, 9)) + rng.sample(COMMON, 6))
    name = f"d{number:07d}"
    where = (latitude, longitude, radius, told_place, admin)
    return Telling("e", name, kind, sub_kind, "happened", day, day, *where, killed, None, said, words)


def pairs(sizes: Counter[object]) -> int:
    """Return how many pairs there are within groups of these sizes."""
    return sum(size * (size - 1) // 2 for size in sizes.values())


def measure(reports: int) -> tuple[float, float, float]:
    """Return pairwise precision and recall, and seconds."""
    told = stream(reports, random.Random(7))  # noqa: S311 - a repeatable draw, no secret
    told.sort(key=lambda pair: pair[0].first)  # as a corpus has them: by day, and then by publication
    groups, today, started = Groups(), date.min, time.perf_counter()
    given = []
    for telling, truth in told:
        if telling.first > today:
            today = telling.first
            groups.forget(today)
        given.append((groups.join(telling), truth))
    seconds = time.perf_counter() - started
    both = pairs(Counter(given))
    by_name, by_truth = Counter(name for name, _ in given), Counter(truth for _, truth in given)
    return both / pairs(by_name), both / pairs(by_truth), seconds  # type: ignore[arg-type] # any key counts


if __name__ == "__main__":
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    precision, recall, seconds = measure(number)
    print(f"{number:,} reports: pairwise precision {precision:.3f}, recall {recall:.3f}, {seconds:.1f} s")
