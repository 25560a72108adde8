"""Placing names: the resolver over a tiny gazetteer built by hand, and the real one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gazetteer import open_gazetteer
from geomap.finders import FINDERS
from geomap.model import Document, Mention, Span
from geomap.resolve import resolve
from geomap.resolve.beside import noun_beside
from geomap.resolve.candidates import choices, contains
from geomap.resolve.clues import CLUES
from geomap.resolve.context import home_country
from geomap.resolve.explain import as_dict, explain
from geomap.resolve.rank import shares, trained

if TYPE_CHECKING:
    from gazetteer import Gazetteer
    from geomap.model import Resolution


@pytest.fixture(scope="module")
def places() -> Gazetteer:
    """Return the built-in gazetteer."""
    return open_gazetteer()


def mention(text: str, name: str, nth: int = 0, kind: str = "place") -> Mention:
    """Return the mention of a name in a text."""
    at = -1
    for _ in range(nth + 1):
        at = text.index(name, at + 1)
    return Mention(Span(at, at + len(name)), name, kind)  # type: ignore[arg-type]  # one of the two kinds


def placed(text: str, places: Gazetteer, source: str | None = None) -> dict[str, Resolution]:
    """Find and place the names of a text, by name."""
    document = Document("t", text, source=source)
    return {r.mention.text: r for r in resolve(document, FINDERS["crf"](document, places), places)}


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("The two powers called a conference in Geneva next month.", "Geneva", "CH"),
        ("Clashes in the northern Lebanese city of Tripoli killed two.", "Tripoli", "LB"),
        ("In Tripoli, the port in the north of Lebanon, gunmen opened fire.", "Tripoli", "LB"),
        ("Libya's capital was quiet, but in Tripoli, Libya, prices rose.", "Tripoli", "LY"),
        ("Police in Paris, Texas, arrested a man.", "Paris", "US"),
        ("French ministers met in Paris on Monday.", "Paris", "FR"),
        ("A bomb went off in Hyderabad, in Pakistan's Sindh province.", "Hyderabad", "PK"),
    ],
)
def test_the_words_beside_a_name_decide(text: str, name: str, country: str, places: Gazetteer) -> None:
    """World news is the rule, and what is said beside a name comes before the size of its rivals."""
    place = placed(text, places)[name].place

    assert place is not None
    assert place.country == country


@pytest.mark.parametrize(
    ("text", "name", "area"),
    [
        ("Two died in Santa Ana, Francisco Morazan, on Friday.", "Santa Ana", "Francisco Morazán"),
        ("Police in Merida (Badajoz) arrested two.", "Merida", "Extremadura"),
        ("A blast rocked Kalaiya city (Bara district) in Nepal.", "Kalaiya", "Madhesh"),
        ("Gunmen attacked Rustaq village of Takhar district, Takhar province.", "Rustaq", "Takhar"),
        ("Kosti locality, White Nile state, was hit by a drone.", "Kosti", "White Nile"),
        ("Gunmen attacked Raipur, Rajasthan, India, at dawn.", "Raipur", "Rajasthan"),
        ("Soldiers entered the village of San Lorenzo in San Marcos, Guatemala.", "San Lorenzo", "San Marcos"),
    ],
)
def test_what_holds_a_place_comes_before_its_rivals(text: str, name: str, area: str, places: Gazetteer) -> None:
    """Told as "X, Y", "X (Y)", "X city (Y district)", "X village of Y" or "X in Y", X lies in Y before all else."""
    document = Document("t", text)
    found = [m for m in FINDERS["crf"](document, places) if m.text != name]
    names = [*found, mention(text, name)]
    resolved = {r.mention.text: r.place for r in resolve(document, names, places)}
    place = resolved[name]

    assert place is not None
    assert place.admin1_name == area


@pytest.mark.parametrize(
    ("text", "areas"),
    [
        ("Shells hit the Odesa, Kherson and Mykolaiv oblasts.", "Odesa Kherson Mykolaiv"),
        ("Fighting went on in the Donetsk and Luhansk regions of Ukraine.", "Donetsk Luhansk"),
        ("The provinces of Anbar, Nineveh and Diyala are calm.", "Anbar Nineveh Diyala"),
    ],
)
def test_a_plural_speaks_of_the_whole_list(text: str, areas: str, places: Gazetteer) -> None:
    """Names that share the noun "oblasts", "regions" or "provinces" are areas, each of them."""
    names = [mention(text, area) for area in areas.split()]

    assert [r.place.feature for r in resolve(Document("t", text), names, places) if r.place] == ["A.ADM1"] * len(names)


def test_a_town_and_its_area_in_one_text(places: Gazetteer) -> None:
    """Kherson is the town where the same text says "Kherson oblast" for the area."""
    text = "Clashes in Kherson killed two. In Kherson oblast shelling went on."
    names = [mention(text, "Kherson"), mention(text, "Kherson", 1)]

    assert [r.place.feature[0] for r in resolve(Document("t", text), names, places) if r.place] == ["P", "A"]


def test_a_list_is_no_chain(places: Gazetteer) -> None:
    """Towns told in one breath are not put inside each other."""
    text = "Paris, London and Berlin agreed."
    names = [mention(text, "Paris"), mention(text, "London"), mention(text, "Berlin")]

    assert [r.place.country for r in resolve(Document("t", text), names, places) if r.place] == ["FR", "GB", "DE"]


def test_a_resolution_for_each_mention_in_order(places: Gazetteer) -> None:
    """One answer a mention, in the order they were given, whatever that order is."""
    text = "From Aleppo they drove to Homs."
    mentions = [mention(text, "Homs"), mention(text, "Aleppo")]
    found = resolve(Document("t", text), mentions, places)

    assert [r.mention for r in found] == mentions
    assert [r.place.name if r.place else None for r in found] == ["Homs", "Aleppo"]


def test_two_of_one_name_in_one_text(places: Gazetteer) -> None:
    """Both "Tripoli, Lebanon" and "Tripoli, Libya" in one article are two places."""
    text = "Unrest in Tripoli, Lebanon, came a day after a blast in Tripoli, Libya."
    mentions = [
        mention(text, "Tripoli"), mention(text, "Lebanon"), mention(text, "Tripoli", 1), mention(text, "Libya"),
    ]  # fmt: skip
    found = resolve(Document("t", text), mentions, places)

    assert [r.place.country if r.place else None for r in found] == ["LB", "LB", "LY", "LY"]


def test_an_unknown_name_has_no_place(places: Gazetteer) -> None:
    """What no gazetteer knows is nowhere, and says so."""
    text = "They fled to Xqzzlbrrgh at night."
    found = resolve(Document("t", text), [mention(text, "Xqzzlbrrgh")], places)

    assert found[0].place is None
    assert found[0].candidates == ()


def test_candidates_are_ordered_and_hold_the_place_first(places: Gazetteer) -> None:
    """The answer leads its candidates, and each says why."""
    found = placed("Shells hit the Syrian city of Aleppo.", places)["Aleppo"]

    assert found.place is not None
    assert found.candidates[0].place == found.place
    assert found.candidates[0].reasons
    assert 0 <= found.confidence <= 1


def test_resolving_nothing(places: Gazetteer) -> None:
    """A document without mentions has no resolutions."""
    assert resolve(Document("t", "Nothing happened."), [], places) == ()


def test_shares_leave_room_for_none() -> None:
    """Shares and "none of these" make one; a sum of 0 is as likely as none."""
    assert sum(shares([5.0, 1.0])) < 1
    assert shares([0.0]) == [0.5]
    assert shares([]) == []


@pytest.mark.parametrize(
    ("text", "name", "area"),
    [
        (
            "Kherson: a drone hit a car in the Dniprovskyi district. Kyiv slept in shelters.",
            "Dniprovskyi",
            "UA.08",
        ),
        ("Kyiv: debris fell in the Dniprovskyi district. Kherson was shelled with artillery.", "Dniprovskyi", "UA.12"),
        ("Rain fell in Spain. In Venezuela, three men were shot dead in Valencia at noon.", "Valencia", "VE.07"),
        ("Marches were held in Portland, Oregon, and Memphis, Tennessee.", "Portland", "US.OR"),
        ("A sentry was stabbed outside the settlement of Ariel, south of Nablus.", "Ariel", "IL.WE"),
    ],
)
def test_the_sentence_tells_namesakes_apart(text: str, name: str, area: str, places: Gazetteer) -> None:
    """A quarter lies near its sentence's town, a town in the country named last, and "X, Oregon, and Y" in Oregon."""
    place = placed(text, places)[name].place

    assert place is not None
    assert place.admin1 == area


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Men on bicycles threw a grenade into the Lahore Hotel in Kathmandu, Nepal.", "Lahore"),
        ("A tram burned on Moscow Avenue in Riga, Latvia.", "Moscow"),
    ],
)
def test_a_street_is_not_the_far_town_it_is_named_after(text: str, name: str, places: Gazetteer) -> None:
    """A hotel, a bazaar or an avenue that bears the name of a town far from all others is not put there."""
    found = [r.place for said, r in placed(text, places).items() if said.startswith(name)]

    assert not any(found)


def test_a_part_of_a_town_is_not_abroad(places: Gazetteer) -> None:
    """A quarter, a bridge or a bazaar named for a town abroad is not put there, in small letters or large."""
    text = "A bomb killed two at the Samarkand bazaar of Karachi, Pakistan. Hyderabad and Quetta were calm."

    assert placed(text, places)["Samarkand"].place is None


@pytest.mark.parametrize(
    ("text", "name", "feature"),
    [
        ("In Honduras, soldiers fought at La Ceiba; in Guatemala, men burned a bus in Mixco.", "Guatemala", "A.PCLI"),
        ("Talks went on in Panama. Police guard the port of Colón.", "Panama", "A.PCLI"),
        ("Police guard the city of Panama. The port of Colón is shut.", "Panama", "P.PPLC"),
    ],
)
def test_a_country_comes_before_its_capital(text: str, name: str, feature: str, places: Gazetteer) -> None:
    """A capital that shares its country's name is meant where the words beside it say so."""
    place = placed(text, places)[name].place

    assert place is not None
    assert feature == place.feature


@pytest.mark.parametrize(
    ("text", "name", "area"),
    [
        ("A barn burned in Palestine, Texas, on Monday.", "Palestine", "US.TX"),
        ("He was born in Lebanon, Pa., and raised in Jordan, Minnesota.", "Lebanon", "US.PA"),
        ("He was born in Lebanon, Pa., and raised in Jordan, Minnesota.", "Jordan", "US.MN"),
    ],
)
def test_a_state_behind_it_makes_a_town_of_a_country(text: str, name: str, area: str, places: Gazetteer) -> None:
    """A town that bears a country's name is meant where its state stands right behind."""
    place = placed(text, places)[name].place

    assert place is not None
    assert area == place.admin1


def test_the_area_named_last_holds_what_follows(places: Gazetteer) -> None:
    """Villages of one name are told apart by the region that their sentence names before them."""
    text = "In Chernihiv region, mortars hit Semenivka and Hremiach. In Kherson region all was calm."
    place = placed(text, places)["Semenivka"].place

    assert place is not None
    assert place.admin1 == "UA.02"


def test_a_capital_comes_before_its_small_namesakes(places: Gazetteer) -> None:
    """A minister who speaks from Madrid is in Spain, though the story's country has a Madrid."""
    text = "The minister, who was in Madrid for a visit, said three soldiers died in Cali, Colombia, and one in Pasto."
    place = placed(text, places)["Madrid"].place

    assert place is not None
    assert place.country == "ES"


def test_another_places_name_is_borrowed(places: Gazetteer) -> None:
    """Blue Island once was called Portland: of the places of that name, Portland in the same country comes first."""
    found = {c.place.name: c for c in choices(places, "Portland")}

    assert found["Blue Island"].borrowed
    assert not found["Blue Island"].proper
    assert found["Portland"].proper
    assert not found["Portland"].borrowed


def test_every_clue_has_a_weight_and_a_docstring() -> None:
    """A clue without a trained weight, or one that does not say what it is, is not shipped."""
    assert set(trained().clues) == set(CLUES)
    assert all(clue.value.__doc__ and clue.words for clue in CLUES.values())


def test_nouns_beside_a_name() -> None:
    """The nouns of "city of X", "X province" and "Gulf of X" say what X is."""
    text = "the city of Homs, Homs province, Gulf of Aden"

    assert noun_beside(text, Span(12, 16)) == "P"
    assert noun_beside(text, Span(18, 22)) == "A.ADM1"
    assert noun_beside(text, Span(33, 45)) == "H"


@pytest.mark.parametrize(
    ("source", "country"),
    [
        ("www.dawn.com.pk", "PK"),
        ("https://bbc.co.uk/news", "GB"),
        ("reuters.com", None),
        (None, None),
        ("a.b/c.uk", None),
    ],
)
def test_the_home_of_a_publisher(source: str | None, country: str | None) -> None:
    """A country's top level domain tells where a publisher is; others tell nothing."""
    assert home_country(source) == country


def test_areas_contain_their_towns(places: Gazetteer) -> None:
    """A country and a first-level area hold what lies in them, and nothing holds itself."""
    syria = places.country("SY")
    qusair = places.lookup("Qusair")[0].place
    assert syria is not None

    assert contains(syria, qusair)
    assert not contains(qusair, syria)
    assert not contains(syria, syria)


def test_an_explanation_adds_up(places: Gazetteer) -> None:
    """The shares of all candidates and of none make one, and the answer is the resolver's."""
    text = "Clashes in the northern Lebanese city of Tripoli killed two."
    document = Document("t", text)
    mentions = FINDERS["crf"](document, places)
    found = explain(document, mentions, "tripoli", places)

    assert [e.name for e in found] == ["Tripoli"]
    assert sum(c.share for c in found[0].candidates) + found[0].none == pytest.approx(1, abs=0.01)
    assert found[0].resolutions[0] in resolve(document, mentions, places)
    assert as_dict(found[0])["candidates"][0]["country"] == "LB"
    assert any(w.clue == "adjective" and w.added > 0 for w in found[0].candidates[0].clues)
