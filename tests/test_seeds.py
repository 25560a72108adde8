"""What geomap makes of the sample dispatches in seeds/: the facts a reader would check first."""

from __future__ import annotations

import importlib.util
import json
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from gazetteer import open_gazetteer
from gazetteer.distance import distance_km
from geomap.model import Event, Resolution, Span
from geomap.pipeline import analyse
from geomap.score.measures import CITY, NEAR

if TYPE_CHECKING:
    from types import ModuleType

DATA = Path(__file__).parent / "data"


def _load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"gold_{name}", DATA / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


measure = _load("measure")
GOLD: dict[str, dict[str, Any]] = {row["id"]: row for row in measure.read()}
SEEDS = [name for name, row in GOLD.items() if row["seed"]]
FLOORS = json.loads((DATA / "floors.json").read_text(encoding="utf-8"))

PLACES = """
syria-qusair-2013       Istanbul TR, Qusair SY, Tripoli LB, Addis Ababa ET, Geneva CH, Paris FR, Lebanon LB, Syria SY
afghanistan-helmand-sitrep-2009  SANGIN AF, MUSA QALA AF, Kandahar AF, Lashkar Gah AF, GERESHK AF
salvador-offensive-1989 SAN SALVADOR SV, MEJICANOS SV, SOYAPANGO SV, SAN MIGUEL SV, ZACATECOLUCA SV, WASHINGTON US
omagh-local-1998        Omagh GB, Buncrana IE, Madrid ES, Strabane GB, Enniskillen GB, Belfast GB
ituri-un-bulletin-2022  Bunia CD, Kinshasa CD, North Kivu CD, DRC CD
ukraine-liveblog-2022   Kremenchuk UA, Lysychansk UA, Madrid ES, Ochakiv UA, Dnipro UA, Kyiv UA
myanmar-monitor-list-2022  Monywa MM, Mandalay MM, Pakokku MM, Naypyidaw MM, Meiktila MM
peru-juliaca-protest-2023  Juliaca PE, Puno PE, Ayacucho PE, Cusco PE, Lima PE, Bolivia BO
armenia-border-2022     YEREVAN AM, BAKU AZ, Goris AM, Jermuk AM, Kalbajar AZ, Lachin AZ, Tbilisi GE
gulf-of-guinea-piracy-2020  Lomé TG, Tema GH, Pointe-Noire CG, Warri NG, Piraeus GR, Yemen YE
thalys-foiled-2015      ARRAS FR, Amsterdam NL, Oignies FR, Brussels BE, Lille FR, Algeciras ES, Villejuif FR
ethiopia-pretoria-2022  Mekelle ET, Adwa ET, Axum ET, Ghent BE, Nairobi KE, Addis Ababa ET, Eritrea ER
zamfara-local-2021      Gusau NG, Talata Mafara NG, Kagara NG, Kaduna NG, Sokoto NG
sarajevo-markale-1994   SARAJEVO BA, Ancona IT, Landstuhl DE, Pale BA, Mostar BA, Gornji Vakuf BA, Geneva CH
jolo-cathedral-2019     Jolo PH, ZAMBOANGA CITY PH, Manila PH, Sandakan MY, Malaysia MY
srilanka-vanni-2009     Colombo LK, Mullaittivu LK, Kilinochchi LK, Vavuniya LK, Trincomalee LK, Jaffna LK
yemen-dailies-digest-2018  Hodeida YE, Zabid YE, Derna LY, KABUL AF, Kunduz AF, Khan Younis PS, Abu Dhabi AE
"""
"""The names in each dispatch that must be placed, and the country they are in."""

MAIN = """
syria-qusair-2013       abdefg
afghanistan-helmand-sitrep-2009  abce
salvador-offensive-1989 acd
omagh-local-1998        a
ituri-un-bulletin-2022  ac
ukraine-liveblog-2022   bce
myanmar-monitor-list-2022  abde
peru-juliaca-protest-2023  ac
armenia-border-2022     b
gulf-of-guinea-piracy-2020  ae
thalys-foiled-2015      ab
ethiopia-pretoria-2022  ad
zamfara-local-2021      ac
sarajevo-markale-1994   ad
jolo-cathedral-2019     ad
srilanka-vanni-2009     b
yemen-dailies-digest-2018  beg
"""
"""The annotated events of each dispatch that nobody may miss, by their labels."""

UNDATED = ("thalys-foiled-2015", "ethiopia-pretoria-2022", "zamfara-local-2021")
"""The dispatches that say nowhere in what year they were written."""

UNMET: set[str] = set(json.loads((DATA / "unmet.json").read_text(encoding="utf-8")))
"""What is not reached yet, by test id. An expectation is never weakened: it is listed here until it is met."""


def _table(text: str) -> dict[str, str]:
    return dict(line.split(maxsplit=1) for line in text.strip().splitlines())


@cache
def _analysed(name: str) -> tuple[tuple[Resolution, ...], tuple[Event, ...]]:
    return analyse(measure.as_document(GOLD[name]), open_gazetteer())


def _cases(pairs: list[tuple[str, str]]) -> list[Any]:
    cases = []
    for name, what in pairs:
        label = f"{name}-{what}"
        marks = [pytest.mark.xfail(reason="not reached yet", strict=False)] if label in UNMET else []
        cases.append(pytest.param(name, what, id=label, marks=marks))
    return cases


PLACE_CASES = _cases([(seed, place.strip()) for seed, places in _table(PLACES).items() for place in places.split(",")])
EVENT_CASES = _cases([(seed, label) for seed, labels in _table(MAIN).items() for label in labels])


def _labelled(name: str, label: str) -> list[dict[str, Any]]:
    """Return the annotated events of that label: those whose trigger carries it in the source."""
    annotate = _load("annotate")
    _, text, _ = annotate.read_source(DATA / "gold" / "source" / f"{name}.txt")
    trigger = annotate.read_marks(text).triggers[label]
    return [event for event in GOLD[name]["events"] if event["trigger"] == [trigger.start, trigger.end]]


def test_every_seed_is_expected_something_of() -> None:
    """Each sample dispatch has places and events that must come out."""
    assert set(SEEDS) == set(_table(PLACES)) == set(_table(MAIN))


@pytest.mark.parametrize(("name", "place"), PLACE_CASES)
def test_the_places_a_reader_would_check_are_right(name: str, place: str) -> None:
    """A name that tells where the story is, is found and placed in its country, near the place meant."""
    surface, _, country = place.rpartition(" ")
    gold = next(t for t in GOLD[name]["toponyms"] if t["text"] == surface and t["country"] == country)
    resolutions, _ = _analysed(name)
    found = [r for r in resolutions if measure.meets(gold, r.mention.span)]

    assert found, "not found"
    assert found[0].place is not None, "not placed"
    assert found[0].place.country == country
    far = distance_km(gold["lat"], gold["lon"], found[0].place.latitude, found[0].place.longitude)
    assert far <= (NEAR if gold["feature"].startswith("P") else CITY) or found[0].place.id == gold["geonameid"]


@pytest.mark.parametrize(("name", "label"), EVENT_CASES)
def test_the_main_events_come_out(name: str, label: str) -> None:
    """The main event is there, of its family of kind, on or off the map as it should be, where and when it was."""
    _, events = _analysed(name)
    expected = _labelled(name, label)
    gold = expected[0]
    candidates = [event for event in events if measure.alike(gold, event)]
    assert candidates, "no event of that kind in its sentence"

    event = max(candidates, key=lambda e: max(measure.likeness(g, e) for g in expected))
    assert event.on_map == (gold["status"] in {"happened", "ongoing", "attempted"})
    assert event.where is not None
    assert any(measure.apart(g["place"], event) <= CITY for g in expected)
    if gold["start"]:
        assert event.when is not None
        assert str(event.when.first) == gold["start"]


@pytest.mark.parametrize(("name", "what"), _cases([(seed, "plans") for seed in SEEDS]))
def test_plans_are_not_on_the_map(name: str, what: str) -> None:  # noqa: ARG001 - the case's name
    """What is only planned, threatened, possible or denied does not stand on the conflict layers."""
    _, events = _analysed(name)
    off = [e for e in GOLD[name]["events"] if e["status"] in {"planned", "threatened", "hypothetical", "denied"}]
    on = [e for e in GOLD[name]["events"] if e["status"] in {"happened", "ongoing", "attempted"}]
    wrong = [
        event.trigger.of(GOLD[name]["text"])
        for event in events
        if event.on_map
        and event.kind != "Diplomacy"
        and any(measure.alike(gold, event) for gold in off)
        and not any(measure.alike(gold, event) for gold in on)
    ]

    assert wrong == []


@pytest.mark.parametrize("name", UNDATED)
def test_without_a_day_of_publication_no_event_has_a_day(name: str) -> None:
    """A dispatch that nobody dated, and that does not date itself, gives no event a day."""
    document = replace(measure.as_document(GOLD[name]), published=None)
    _, events = analyse(document, open_gazetteer())

    assert [event.when.first for event in events if event.when and event.when.first] == []


@pytest.mark.parametrize("name", [name for name in SEEDS if GOLD[name]["body"] != [[0, len(GOLD[name]["text"])]]])
def test_what_surrounds_an_article_is_not_mapped(name: str) -> None:
    """Masthead, teasers and comment boxes give neither places nor events."""
    resolutions, events = _analysed(name)
    body = [Span(*span) for span in GOLD[name]["body"]]
    spans = [r.mention.span for r in resolutions] + [e.trigger for e in events]

    assert [span.of(GOLD[name]["text"]) for span in spans if not any(part.holds(span) for part in body)] == []


@pytest.mark.parametrize("part", sorted(FLOORS["gold"]))
def test_the_gold_measures_stay_above_their_floors(part: str) -> None:
    """Over the gold dispatches of a language, or the English half never looked at, no measure falls below its floor."""
    language, _, half = part.partition(" ")
    rows = measure.read("" if language == "en" else language)
    rows = [row for row in rows if not half or row["held_out"] == (half == "held out")]
    shares = measure.measure(rows, open_gazetteer())

    assert {name: share for name, share in shares.items() if share < FLOORS["gold"][part].get(name, 0)} == {}


def test_the_held_out_passages_stay_above_their_floors() -> None:
    """Over the passages never trained on, toponyms are found and placed as well as they once were."""
    shares = measure.measure_passages(open_gazetteer())

    assert {name: share for name, share in shares.items() if share < FLOORS["gold passages"].get(name, 0)} == {}


@pytest.mark.parametrize("half", ["seen", "held out"])
def test_the_labelled_sentences_stay_above_their_floors(half: str) -> None:
    """Over the labelled sentences, no measure of kind, status, day, toll or place falls below its floor."""
    shares = measure.measure_sentences(measure.sentences(half == "held out"), open_gazetteer())
    floors = FLOORS["gold sentences"][half]

    assert {name: share for name, share in shares.items() if share < floors.get(name, 0)} == {}
