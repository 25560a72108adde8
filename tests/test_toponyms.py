"""Finding places: the finders over a tiny gazetteer and the real one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from gazetteer import open_gazetteer
from geomap.errors import MissingExtra
from geomap.finders import FINDERS
from geomap.finders.crf import chunks
from geomap.finders.features import islands
from geomap.finders.lines import read_lines
from geomap.learn.data import OWN_PATH
from geomap.model import Document, Span
from geomap.score.corpora import read_corpus
from geomap.score.toponyms import judge, measures

if TYPE_CHECKING:
    from gazetteer import Gazetteer


FLOORS = json.loads((Path(__file__).parent / "data" / "floors.json").read_text("utf-8"))["toponyms"]


@pytest.fixture(scope="module")
def places() -> Gazetteer:
    """Return the built-in gazetteer."""
    return open_gazetteer()


def names(text: str, places: Gazetteer, finder: str = "crf") -> list[str]:
    """Return the places found in a text, demonyms left out."""
    return [m.text for m in FINDERS[finder](Document("t", text), places) if m.kind == "place"]


@pytest.mark.parametrize("finder", ["crf", "gazetteer"])
def test_every_mention_quotes_the_text(finder: str, places: Gazetteer) -> None:
    """A mention's text is what stands at its span, and mentions come in order."""
    text = "KYIV (AP) — Shells hit Bakhmut and Kramatorsk, Ukrainian officials said.\n\nThe U.S. protested."
    found = FINDERS[finder](Document("t", text), places)

    assert found
    assert all(m.span.of(text) == m.text for m in found)
    assert sorted(m.span for m in found) == [m.span for m in found]


@pytest.mark.parametrize("finder", ["crf", "gazetteer"])
def test_only_the_article_counts(finder: str, places: Gazetteer) -> None:
    """What lies outside the article's spans is not read."""
    text = "Clashes broke out in Aleppo on Monday.\n\nRead more: storm in Paris, France"
    found = FINDERS[finder](Document("t", text, body=(Span(0, 38),)), places)

    assert [m.text for m in found] == ["Aleppo"]


def test_a_name_found_once_is_found_everywhere(places: Gazetteer) -> None:
    """All the Qusairs of an article are found, however each stands."""
    text = (
        "Government forces shelled the border town of Qusair on Saturday. Qusair controls access to the coast. "
        "About two-thirds of Qusair were seized. The insurgents see Qusair as critical."
    )

    assert names(text, places).count("Qusair") == 4


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        ("Businessman Mustafa al-Sabbagh told reporters that talks had failed.", "Sabbagh"),
        ("Paris Hilton said on Tuesday that she would not appear.", "Paris"),
        ("The Bank of England raised interest rates on Thursday.", "England"),
        ("Manchester United beat Chelsea 2-1 on Sunday.", "Manchester"),
        ("The war cost the country US$1.88 billion.", "US"),
    ],
)
def test_persons_and_organisations_are_no_places(text: str, absent: str, places: Gazetteer) -> None:
    """Who is named like a place is not put on a map."""
    assert not [n for n in names(text, places) if absent in n]


@pytest.mark.parametrize(
    "text",
    [
        "Five Shahed drones and a Kalibr were shot down at night.",
        "The maroon Vauxhall was parked outside the barracks.",
        "Katyusha rockets and an Iskander fell on empty fields.",
        "Real Madrid drew on Saturday, and Juventus lost.",
        "A Patriot battery fired twice; the Merkava turned back.",
    ],
)
def test_weapons_cars_and_clubs_are_no_places(text: str, places: Gazetteer) -> None:
    """A missile, a tank, a car or a club that bears a proper name is not put on a map."""
    assert names(text, places) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A mine blew up a lorry on the Gao-Ménaka road.", ["Gao", "Ménaka"]),
        ("Shells hit homes in Deir ez-Zor, Syria, at dawn.", ["Deir ez-Zor", "Syria"]),
        ("A grenade went off in Saint-Jean-du-Sud, Haiti.", ["Saint-Jean-du-Sud", "Haiti"]),
        ("Shops stayed shut in San Pedro de Macorís on Friday.", ["San Pedro de Macorís"]),
        ("Gunmen attacked Maiduguri's Gwange Bayan ward on Sunday.", ["Maiduguri"]),
        ("Floods hit Upper Nile and South Sudan's capital.", ["Upper Nile", "South Sudan"]),
        ("Warrap and Jonglei | South Sudan", ["Warrap", "Jonglei", "South Sudan"]),
        ("Two Sipah-e-Karbala men were shot in Jhang.", ["Jhang"]),
        ("Troops left Menbij... The road is open.", ["Menbij"]),
    ],
)
def test_a_name_ends_where_it_ends(text: str, expected: list[str], places: Gazetteer) -> None:
    """Two towns that a road or a possessive joins are two names; a name with a particle is one; an ellipsis is none."""
    found = names(text, places)

    assert found[: len(expected)] == expected


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        ("Wanjiru, a farmer with six children, fled Kapedo.", "Wanjiru"),
        ("In the camp at Kakuma, Virginia Lopez, a nurse, counted the wounded.", "Virginia"),
        ("Naga militants and Druze fighters have nothing in common.", "Na"),
        ("Two Borana clansmen were shot near Moyale.", "Borana"),
        ("The Guadalajara Cartel was broken up in the eighties.", "Guadalajara"),
    ],
)
def test_people_clans_and_cartels_are_no_places(text: str, absent: str, places: Gazetteer) -> None:
    """Who is told to be somebody, a people before its fighters, a clan and a cartel are not put on a map."""
    assert not [n for n in names(text, places) if n.startswith(absent)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Shells fell on Sana'a, Ta’izz and Sa‘dah.", ["Sana'a", "Ta’izz", "Sa‘dah"]),
        ("Clashes went on in Ma'arrat al-Nu'man and Qal'at al-Madiq.", ["Ma'arrat al-Nu'man", "Qal'at al-Madiq"]),
        ("Troops from Côte d'Ivoire crossed into Ghana.", ["Côte d'Ivoire", "Ghana"]),
        ("Engineers flew to In Amenas from Algiers.", ["In Amenas", "Algiers"]),
        ("A barn burned in Lebanon, Tenn. (AP) on Monday.", ["Lebanon", "Tenn."]),
        ("Crews came home from Second Thomas Shoal and Clark Air Base.", ["Second Thomas Shoal", "Clark Air Base"]),
    ],
)
def test_a_name_is_found_whole(text: str, expected: list[str], places: Gazetteer) -> None:
    """Apostrophes, particles, full stops and common words that belong to a name are in it."""
    assert expected == names(text, places)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The army shelled a farm east of Aleppo. Al-Bab and Manbij were calm.", "Al-Bab"),
        ("Two men died at a post near Mir Ali on Sunday.", "Mir Ali"),
        ("The army retook Bara after two days.", "Bara"),
        ("Mortars shelled Sake on Friday.", "Sake"),
        ("The day so far.\n\n09:30 - Lisbon makes room for more families", "Lisbon"),
        ("Talks failed. Strikes on al-Mawasi and Deir al-Balah went on.", "al-Mawasi"),
    ],
)
def test_a_known_name_is_found_where_it_is_rarely_seen(text: str, name: str, places: Gazetteer) -> None:
    """At the head of a sentence, like a person's, or behind a verb that takes a town."""
    assert name in names(text, places)


@pytest.mark.parametrize(
    "text",
    [
        "The USS Saratoga and the BRP Palawan sailed at dawn.",
        "Fans of Deportivo Pereira fought in the stands.",
        "Club Bolívar drew again.",
        "He'd say they don't know Ba'ath.",
    ],
)
def test_a_team_bears_its_towns_name(text: str, places: Gazetteer) -> None:
    """A team's name is no place, nor is a clitic part of one."""
    assert names(text, places) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Chad said its soldiers had not crossed the border.", "Chad"),
        ("Jordan denied that jets had taken off.", "Jordan"),
        ("Rebels backed by UAE money took the hill.", "UAE"),
        ("e. 0640 hrs, LASHKAR GAH: a patrol found two shells.", "LASHKAR GAH"),
        ("Two rockets landed beside Aden Adde International Airport.", "Aden Adde International Airport"),
    ],
)
def test_countries_that_speak_and_what_was_built_are_found(text: str, name: str, places: Gazetteer) -> None:
    """A country named like a person says something, a code stands behind "by"; an airport's name; an item's head."""
    assert name in names(text, places)


@pytest.mark.parametrize("part", sorted(FLOORS))
def test_traps_and_rare_places(part: str, places: Gazetteer) -> None:
    """In sentences never trained on, full of names that are no places or are rare ones, as many are right as once."""
    passages = [a for a in read_corpus(OWN_PATH) if a.held_out and a.document.id.startswith(part)]
    judged = [judge(a, places, FINDERS["crf"]) for a in passages]
    shares = {name: measures()[name][0](judged) for name in FLOORS[part]}

    assert passages
    assert {name: share for name, share in shares.items() if share < FLOORS[part][name]} == {}


def test_an_adjective_is_a_demonym(places: Gazetteer) -> None:
    """The word "Lebanese" speaks of Lebanon and is no pin."""
    found = FINDERS["crf"](Document("t", "Clashes erupted in the Lebanese city of Tripoli, army sources said."), places)

    assert [(m.text, m.kind) for m in found] == [("Lebanese", "demonym"), ("Tripoli", "place")]


def test_capitals_throughout(places: Gazetteer) -> None:
    """A text all in upper case is read as well."""
    text = "GUERRILLAS ATTACKED A POLICE STATION IN SAN SALVADOR YESTERDAY AND KILLED FOUR OFFICERS."

    assert names(text, places) == ["SAN SALVADOR"]


@pytest.mark.parametrize("text", ["", " ", "...", "\n\n", "a", "É", "١٢٣", "A" * 5000, "-" * 200])
@pytest.mark.parametrize("finder", ["crf", "gazetteer"])
def test_odd_texts_do_no_harm(text: str, finder: str, places: Gazetteer) -> None:
    """Empty, endless and strange texts give no mention and no error."""
    assert isinstance(FINDERS[finder](Document("t", text), places), tuple)


def test_islands_hold_whole_names(places: Gazetteer) -> None:
    """A run of capitalised words keeps the particles and joints inside a name, and ends with the name."""
    text = "fighters left Dar es Salaam for al-Qusayr and Port-au-Prince yesterday"
    line = read_lines(Document("t", text), places)[0]
    found = [text[line.tokens[i.first].start : line.tokens[i.last - 1].end] for i in islands(line)]

    assert " | ".join(found).startswith("Dar es Salaam")
    assert any("al-Qusayr" in f for f in found)
    assert any(f.endswith("Port-au-Prince") for f in found)


def test_chunks_of_labels() -> None:
    """Labels are cut where one begins, also where the model forgets to begin."""
    labels = ["B-LOC", "I-LOC", "O", "I-DEM", "B-LOC"]

    assert list(chunks(labels)) == [("LOC", 0, 2), ("DEM", 3, 4), ("LOC", 4, 5)]


def test_spacy_is_an_extra(places: Gazetteer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without spaCy or a pipeline, the finder says what to install."""
    import sys

    from geomap.finders import spacy

    monkeypatch.setitem(sys.modules, "spacy", None)
    spacy.pipeline.cache_clear()

    with pytest.raises(MissingExtra, match="spacy"):
        spacy.find(Document("t", "Fighting in Aleppo."), places)
