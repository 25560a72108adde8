"""Change a text in one way, and its events change in just that way."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from functools import cache
from itertools import permutations, product

import pytest

from gazetteer import Gazetteer, open_gazetteer
from gazetteer.names import key
from geomap.model import Document, Event
from geomap.pipeline import analyse
from geomap.readers import finish

PUBLISHED = date(2013, 5, 26)  # a Sunday
TEMPLATES = (
    "Shells killed {number} people in the {people} city of {place} on {day}, medics said.",
    "At least {number} people were killed in an air strike on {place}, {country}, on {day}, officials said.",
    "A bomb exploded in {place}, {country}, on {day}, killing {number} people, police said.",
    "Gunmen killed {number} people in the {people} town of {place} on {day}, residents said.",
)
PLACES = (
    ("Tripoli", "Libya", "Libyan"), ("Kidal", "Mali", "Malian"), ("Kandahar", "Afghanistan", "Afghan"),
    ("Donetsk", "Ukraine", "Ukrainian"), ("Mosul", "Iraq", "Iraqi"), ("Maiduguri", "Nigeria", "Nigerian"),
)  # fmt: skip
NUMBERS = {"three": 3, "14": 14, "twenty-two": 22, "1,200": 1200}
DAYS = {"Saturday": date(2013, 5, 25), "Thursday": date(2013, 5, 23), "May 20": date(2013, 5, 20)}
IDLE = (
    "The museum opened a new hall for children, and the weather stayed mild.",
    "Wheat prices rose by 22 percent, traders said.",
    "Reporters were not able to check the account.",
)


@cache
def _gazetteer() -> Gazetteer:
    return open_gazetteer()


def events(text: str, published: date = PUBLISHED) -> tuple[Event, ...]:
    """Take a text down the street."""
    return analyse(finish(Document("x", text, published=published)), _gazetteer())[1]


def told(event: Event) -> tuple[object, ...]:
    """Return what an analyst would write down."""
    return (
        event.sub_kind,
        event.status,
        event.where and key(event.where.place.name),
        event.when and event.when.first,
        event.killed and event.killed.best,
    )


def sentence(template: str, place: int = 0, number: str = "14", day: str = "Saturday") -> str:
    """Fill a template."""
    name, country, people = PLACES[place]
    return template.format(place=name, country=country, people=people, number=number, day=day)


@pytest.mark.parametrize("template", TEMPLATES)
def test_one_fact_changed_changes_one_fact(template: str) -> None:
    """Another place, number or day gives another place, number or day, and nothing else moves."""
    (first,) = events(sentence(template))
    kind = first.sub_kind

    for place, (number, dead), (day, fell) in product(range(len(PLACES)), NUMBERS.items(), DAYS.items()):
        text = sentence(template, place, number, day)
        found = [told(event) for event in events(text)]
        assert [(kind, "happened", key(PLACES[place][0]), fell, dead)] == found, text


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_later_edition_moves_the_day_along(template: str) -> None:
    """The same weekday is read against the day of publication, across months and years."""
    for weeks in (1, 5, 40, 530):
        (event,) = events(sentence(template), PUBLISHED + timedelta(weeks=weeks))

        assert event.when is not None
        assert DAYS["Saturday"] + timedelta(weeks=weeks) == event.when.first


def test_the_order_of_reports_does_not_matter() -> None:
    """Paragraphs that stand alone tell the same events in any order."""
    paragraphs = [sentence(template, place) for place, template in enumerate(TEMPLATES)]
    wanted = Counter(told(event) for event in events("\n\n".join(paragraphs)))

    assert 4 == wanted.total()
    for order in permutations(paragraphs):
        assert wanted == Counter(told(event) for event in events("\n\n".join(order)))


@pytest.mark.parametrize("template", TEMPLATES)
def test_what_is_beside_the_point_changes_nothing(template: str) -> None:
    """Idle sentences, other line ends, a masthead and a box of related news leave the event as it was."""
    text = sentence(template)
    wanted = [told(event) for event in events(text)]
    around = (
        *(f"{text}\n\n{idle}" for idle in IDLE),
        *(f"{idle}\n\n{text}" for idle in IDLE),
        text.replace(" on ", "\r\non ").replace("\r\n", " "),
        f"Advertisement\nThe Daily Valley\nLogo Logo Logo\n\n{text}\n\n{IDLE[0]} {IDLE[2]}\n",
        f"{text}\n\n{IDLE[0]}\n\nRelated News\nMan wins prize at fair\nBridge to open in June\n",
    )

    for changed in around:
        assert wanted == [told(event) for event in events(changed)], changed


@pytest.mark.parametrize(
    "text",
    [
        "The army denied that shells killed 14 people in the Libyan city of Tripoli.",
        "Gunmen threatened to kill 14 people in the Malian town of Kidal.",
        "Rebels plan to attack the Malian town of Kidal next week, officials said.",
        "If rebels attacked the Malian town of Kidal, many would be killed, officials said.",
        "No one was killed in the Libyan city of Tripoli on Saturday, medics said.",
    ],
)
def test_what_did_not_happen_stays_off_the_map(text: str) -> None:
    """The same words under a denial, threat, plan or condition put no pin on the conflict layers."""
    assert [] == [told(event) for event in events(text) if event.on_map and event.killed]
    assert [] == [told(event) for event in events(text) if event.status == "happened" and event.kind != "Diplomacy"]
