"""From sentences and resolved places to events, over places made by hand."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from gazetteer.place import Place
from geomap.events import coded, extract
from geomap.events.assemble import SURENESS
from geomap.events.kinds import GENERIC, kinds
from geomap.events.lexicon import plural, verb_forms
from geomap.events.merge import merge
from geomap.events.why import explain_events
from geomap.language import language
from geomap.model import Candidate, Document, Event, Mention, Resolution, Span

ACLED: dict[str, tuple[str, ...]] = {
    "Battles": ("Armed clash", "Government regains territory", "Non-state actor overtakes territory"),
    "Explosions/Remote violence": (
        "Chemical weapon", "Air/drone strike", "Suicide bomb", "Shelling/artillery/missile attack",
        "Remote explosive/landmine/IED", "Grenade",
    ),
    "Violence against civilians": ("Sexual violence", "Attack", "Abduction/forced disappearance"),
    "Protests": ("Peaceful protest", "Protest with intervention", "Excessive force against protesters"),
    "Riots": ("Violent demonstration", "Mob violence"),
    "Strategic developments": (
        "Agreement", "Arrests", "Change to group/activity", "Disrupted weapons use", "Headquarters or base established",
        "Looting/property destruction", "Non-violent transfer of territory", "Other",
    ),
}  # fmt: skip
"""ACLED's event types and their sub-event types."""
SATURDAY = date(2013, 5, 25)
TOWNS = {
    name: Place(n, name, latitude, longitude, country, None, None, None, feature, 50_000, 5.0)
    for n, (name, latitude, longitude, country, feature) in enumerate(
        (
            ("Aleppo", 36.2, 37.16, "SY", "P.PPLA"),
            ("Beirut", 33.89, 35.5, "LB", "P.PPLC"),
            ("Kabul", 34.53, 69.17, "AF", "P.PPLC"),
            ("Quetta", 30.18, 67.0, "PK", "P.PPLA"),
            ("Baghdad", 33.34, 44.4, "IQ", "P.PPLC"),
            ("Mosul", 36.33, 43.13, "IQ", "P.PPLA"),
            ("Jos", 9.93, 8.89, "NG", "P.PPLA"),
            ("Bauchi", 10.31, 9.84, "NG", "P.PPLA"),
            ("Paris", 48.85, 2.35, "FR", "P.PPLC"),
            ("Syria", 35.0, 38.0, "SY", "A.PCLI"),
        ),
        1,
    )
}


def document(text: str, *, published: date | None = SATURDAY, name: str = "a") -> tuple[Document, list[Resolution]]:
    """Return a document, and the towns above wherever it names them."""
    found = []
    for town, place in TOWNS.items():
        for match in re.finditer(rf"\b{town}\b", text, re.IGNORECASE):
            mention = Mention(Span(match.start(), match.end()), match.group())
            found.append(Resolution(mention, place, 0.9, (Candidate(place, 0.9),)))
    return Document(name, text, published=published), sorted(found, key=lambda r: r.mention.span)


def told(text: str, *, published: date | None = SATURDAY) -> tuple[Event, ...]:
    """Return the events of a text."""
    return extract(*document(text, published=published), None)


def only(text: str, *, published: date | None = SATURDAY) -> Event:
    """Return the one event of a text."""
    (event,) = told(text, published=published)
    return event


def test_a_dateline_is_not_the_place() -> None:
    """The reporter sits in Beirut; the bombs fell on Aleppo, on Friday."""
    event = only("BEIRUT (Reuters) - Warplanes bombed the city of Aleppo on Friday, killing 15 people, activists said.")

    assert "Air/drone strike" == event.sub_kind
    assert event.where is not None
    assert "Aleppo" == event.where.place.name
    assert event.when is not None
    assert date(2013, 5, 24) == event.when.first
    assert event.killed is not None
    assert 15 == event.killed.best


def test_the_capital_is_that_of_the_dateline() -> None:
    """So "The capital" in a dispatch from Kabul is Kabul."""
    event = only("KABUL, May 24 (Xinhua) -- A bomb exploded in the capital on Friday, wounding eight people.")

    assert event.where is not None
    assert "Kabul" == event.where.place.name
    assert event.killed is None
    assert event.wounded is not None
    assert 8 == event.wounded.best


def test_without_a_publication_date_no_event_has_a_day() -> None:
    """Words stay, days are not invented."""
    event = only("Gunmen killed a judge in Quetta on Monday.", published=None)

    assert event.when is not None
    assert event.when.span is not None
    assert event.when.first is None


def test_two_places_with_a_toll_each_are_two_events() -> None:
    """So "Six people in Baghdad and two in Mosul" splits."""
    events = told("Bombs killed six people in Baghdad and two in Mosul on Tuesday.")

    assert {("Baghdad", 6), ("Mosul", 2)} == {
        (e.where.place.name, e.killed.best) for e in events if e.where and e.killed
    }


def test_between_two_towns_is_the_middle_with_a_radius() -> None:
    """An ambush on the road from one town to another lies between them."""
    event = only("Troops travelling from Jos to Bauchi were ambushed, and five were killed.")

    assert event.where is not None
    assert "between Jos and Bauchi" == event.where.place.name
    assert 2 == event.where.precision
    assert event.where.radius_km > 40


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Rebels vowed to attack Aleppo if the army does not leave.", "threatened"),
        ("The army denied that its troops had shelled the market in Aleppo.", "denied"),
        ("The two foreign ministers are to see each other in Paris on Monday over the truce.", "planned"),
    ],
)
def test_what_did_not_happen_is_not_on_the_map(text: str, status: str) -> None:
    """Threats, denials and plans keep their status and stay off the conflict layers."""
    event = only(text)

    assert status == event.status
    assert not event.on_map


@pytest.mark.parametrize(
    "text",
    [
        "Since the war began in 2011, more than 130,000 people have been killed.",
        "The senator came under fire for attacking the budget; markets were bombarded by bad news.",
        "Manchester beat Paris 3-1 as fans battled for tickets.",
        "A gas explosion destroyed an apartment block in Paris on Friday, killing five people.",
        "A bus plunged into a ravine near Quetta, leaving 27 people dead.",
    ],
)
def test_what_is_no_event(text: str) -> None:
    """The toll of a whole war, figures of speech, sport and accidents are no conflict."""
    assert not [e for e in told(text) if e.kind != "Diplomacy"]


def test_a_meeting_ahead_lies_on_the_coming_monday() -> None:
    """Planned events are dated forward."""
    event = only("The two foreign ministers are to see each other in Paris on Monday over the truce.")

    assert "Diplomacy" == event.kind
    assert event.when is not None
    assert date(2013, 5, 27) == event.when.first


def test_an_attack_told_on_is_one_event() -> None:
    """So "The attack" of the next sentence is the one before, and its wounded are its own."""
    event = only(
        "Gunmen attacked a mosque in Quetta on Friday, killing six people. The attack also wounded nine people."
    )

    assert 1 == len(event.also)
    assert event.killed is not None
    assert 6 == event.killed.best
    assert event.wounded is not None
    assert 9 == event.wounded.best


def test_tellings_of_different_places_never_merge() -> None:
    """The nine dead of one town do not move to the next town, whoever did both."""
    events = told(
        "Troops killed nine people during a raid on Mosul on Thursday. "
        "Jets then struck a factory in Baghdad, the army said."
    )

    assert {("Mosul", 9), ("Baghdad", None)} == {
        (e.where.place.name, e.killed.best if e.killed else None) for e in events if e.where
    }


def test_a_headline_and_its_story_are_one_event() -> None:
    """The headline says it short; the story gives it its day."""
    event = only("Car bomb kills nine in Baghdad\n\nA car bomb killed nine people in Baghdad on Friday, police said.")

    assert event.when is not None
    assert date(2013, 5, 24) == event.when.first


def test_a_list_item_keeps_its_place_and_day() -> None:
    """What one item tells is not where or when the next one is."""
    first, second = told("- 20 May: Aleppo. Shells killed two people.\n- 21 May: Mosul. Gunmen killed a judge.")

    assert first.where is not None
    assert "Aleppo" == first.where.place.name
    assert second.where is not None
    assert "Mosul" == second.where.place.name
    assert second.when is not None
    assert date(2013, 5, 21) == second.when.first


def test_who_did_it_to_whom() -> None:
    """An active verb's subject is the source, its object the target, with ACLED's kinds."""
    event = only("Gunmen killed a judge in Quetta on Monday.")

    assert {("Gunmen", "source", "Political militias"), ("judge", "target", "Civilians")} == {
        (a.name, a.role, a.kind) for a in event.actors
    }


def test_ids_come_from_content() -> None:
    """The same text gives the same ids; another document gives others."""
    text = "Gunmen killed a judge in Quetta on Monday."
    other = extract(*document(text, name="b"), None)

    assert told(text)[0].id == told(text)[0].id
    assert told(text)[0].id != other[0].id


def test_every_span_quotes_the_document() -> None:
    """Evidence, trigger, place, day, toll and actor spans all lie in the text, the words of a toll as written."""
    text = "KABUL, May 24 (Xinhua) -- A bomb exploded in the capital on Friday, killing at least two policemen."
    event = only(text)

    assert event.evidence.holds(event.trigger)
    assert event.killed is not None
    assert event.killed.span.of(text) == event.killed.words
    assert all(0 <= a.span.start < a.span.end <= len(text) for a in event.actors)


def test_the_same_event_in_two_articles_is_one() -> None:
    """Place contained, day the same, tolls close: merged, the later figure best, the earlier one its low end."""
    one, first = document("Seven people died when a car bomb exploded in Baghdad on Friday.", name="one")
    two, second = document("A bombing in Baghdad on Friday killed at least nine, police said.", name="two")
    merged = merge((*extract(one, first, None), *extract(two, second, None)), {"one": one, "two": two})

    (event,) = merged
    assert event.killed is not None
    assert (7, 9) == (event.killed.low, event.killed.best)
    assert {"one", "two"} == {event.document, *(r.document for r in event.also)}


def test_one_sentence_in_two_articles_is_one_report() -> None:
    """A wire's sentence that two papers print is one event, though neither says its day; the one that does dates it."""
    wire = "Gunmen on motorcycles opened fire on a market in Baghdad on Friday, killing seven traders and a porter."
    lead = "The governor called it an outrage. "
    one, first = document(wire, name="one", published=None)
    two, second = document(lead + wire, name="two", published=None)
    three, third = document(wire + " " + lead, name="three", published=date(2013, 5, 25))
    events = [*extract(one, first, None), *extract(two, second, None), *extract(three, third, None)]
    documents = {"one": one, "two": two, "three": three}

    (undated,) = merge(events[:2], documents)
    (dated,) = merge(events, documents)
    assert undated.when is None or undated.when.first is None
    assert dated.when
    assert dated.when.first == date(2013, 5, 24)
    assert {"one", "two", "three"} == {dated.document, *(r.document for r in dated.also)}


def test_one_sentence_on_two_days_is_two_events() -> None:
    """What a daily report repeats each day, with its day, happened each day."""
    line = "Shells were fired from across the border at a market in Baghdad, and killed two traders on Friday."
    one, first = document(line, name="one", published=date(2013, 5, 25))
    two, second = document(line, name="two", published=date(2013, 6, 8))

    assert 2 == len(merge((*extract(one, first, None), *extract(two, second, None)), {"one": one, "two": two}))


def test_other_places_are_not_merged() -> None:
    """The same kind on the same day in another city is another event."""
    one, first = document("A car bomb killed seven people in Baghdad on Friday.", name="one")
    two, second = document("A car bomb killed seven people in Mosul on Friday.", name="two")

    assert 2 == len(merge((*extract(one, first, None), *extract(two, second, None)), {"one": one, "two": two}))


def test_an_event_can_be_explained() -> None:
    """Kind, status, place, day and toll each say what they rest on."""
    page, resolutions = document("Gunmen killed a judge in Quetta on Monday.")
    (event,) = extract(page, resolutions, None)
    (why,) = explain_events(page, resolutions, None)

    assert why.event == event
    assert "Quetta" in why.place[0]
    assert "on Monday" in why.day[0]
    assert "a judge" in why.toll[0]


def test_every_kind_of_the_words_is_in_the_code_book() -> None:
    """A label of the trigger words is a kind of the code book, or one of the three that stand for several."""
    assert set(language("en")["triggers"]) - GENERIC <= set(kinds())


def test_the_code_book_has_acleds_kinds() -> None:
    """Six event types with 25 sub-event types, whatever else was added."""
    book = {k.kind: {other.name for other in kinds().values() if other.kind == k.kind} for k in kinds().values()}

    assert set(ACLED) <= set(book)
    assert [] == [(kind, name) for kind, names in ACLED.items() for name in names if name not in book[kind]]
    assert 25 == sum(map(len, ACLED.values()))


def test_a_kind_of_ones_own_needs_words_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The learned weights have not met a kind that was added; its words decide."""
    monkeypatch.setitem(kinds(), "hostage_rescue", replace(kinds()["agreement"], key="hostage_rescue", rank=31))
    shares = {"abduction": 0.9, "none": 0.1}

    assert "hostage_rescue" == coded.kind_of({"hostage_rescue": 2.5, "abduction": 2.0}, shares)
    assert "abduction" == coded.kind_of({"abduction": 2.0}, shares)


def test_forms_of_words() -> None:
    """The marks of the word tables stand for the regular forms."""
    assert {"shell", "shells", "shelled", "shelling"} <= verb_forms("shell")
    assert {"seized", "seizes", "seizing"} <= verb_forms("seiz")
    assert {"deny", "denied", "denies", "denying"} <= verb_forms("deni") | verb_forms("deny")
    assert "skirmishes" == plural("skirmish")


@pytest.mark.parametrize(
    "text",
    [
        "Mosul, Iraq - Iraqi forces killed nine people, including a woman, in a raid on the Mosul camp on Thursday.",
        "Three workers were killed in Aleppo in Syria on Saturday.",
        "At least 457 people were arrested in Paris on Thursday, the minister said.",
    ],
)
def test_a_plain_sentence_of_a_plain_event_is_sure(text: str) -> None:
    """Several kinds that it may be, and the same place named twice, leave it likely all the same."""
    assert only(text).confidence > 0.6


def test_nothing_that_speaks_for_an_event_makes_it_less_sure() -> None:
    """The confidence never falls where the kind or the place is surer."""
    assert all(weight >= 0 for weight in SURENESS.values())


def test_a_dateline_in_plain_letters_is_not_the_place() -> None:
    """A town and its land before a dash are where the reporter sits, where the sentence goes on to name a place."""
    event = only("Beirut, Lebanon - Shells killed two people in Aleppo on Friday.")

    assert event.where is not None
    assert "Aleppo" == event.where.place.name


def test_who_was_also_killed_comes_on_top() -> None:
    """The driver who also died is one more than those told before."""
    event = only("Gunmen killed a judge in Quetta on Friday. His driver was also killed in the attack.")

    assert event.killed is not None
    assert 2 == event.killed.best


def test_an_actor_of_several_tellings_is_one() -> None:
    """The same party by another name is named once; who did it in one telling did not bear it in another."""
    event = only(
        "Syrian rebels fought Hezbollah in Aleppo on Friday, killing 12.\n"
        "Lebanese Hezbollah fighters attacked rebels in Aleppo on Friday."
    )

    assert [("Syrian rebels", "source"), ("Hezbollah", "source")] == [(a.name, a.role) for a in event.actors]


def test_a_community_is_no_party() -> None:
    """Peoples named as adjectives take no part in the fighting, nor do those named in another clause."""
    event = only(
        "Rebels attacked Aleppo on Friday, killing 12 soldiers, while the president, of the Alawite community, "
        "spoke to residents."
    )

    assert ["Rebels", "soldiers"] == [a.name for a in event.actors]


def test_two_places_of_one_preposition_are_two_events() -> None:
    """So "near Jos and Bauchi" is both, and the toll is told once."""
    events = told("Rebels attacked villages near Jos and Bauchi on Friday, killing three people.")

    assert [("Jos", 3), ("Bauchi", None)] == [
        (e.where.place.name, e.killed.best if e.killed else None) for e in events if e.where
    ]


def test_the_place_beside_the_deed_wins_over_the_province_opened_with() -> None:
    """Where somebody speaks between them, the place opened with is only where the news is of."""
    paper, known = document("In Jos, the army said troops killed 12 terrorists in Bauchi on Friday.")
    placed = [replace(r, place=replace(r.place, admin1="NG.49")) for r in known if r.place is not None]
    (event,) = extract(paper, placed, None)

    assert event.where is not None
    assert "Bauchi" == event.where.place.name


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Two weeks before, rebels killed nine soldiers in Mosul.", date(2013, 5, 10)),
        ("Three days earlier, rebels killed nine soldiers in Mosul.", date(2013, 5, 21)),
        ("The day before the attack, rebels killed nine soldiers in Mosul.", date(2013, 5, 23)),
        ("It came barely ten days after over 280 pupils were kidnapped in Mosul.", date(2013, 5, 14)),
    ],
)
def test_a_day_counted_from_another_event(text: str, day: date) -> None:
    """Days before what was told just before are counted from its day, and are only about right."""
    _, event = told(f"Gunmen killed six people in Quetta on Friday. {text}")

    assert event.when is not None
    assert (day, 2) == (event.when.first, event.when.precision)


def test_days_after_nothing_known_are_no_day() -> None:
    """Without the event it is counted from, a day is unknown, and not that of publication."""
    event = only("It came barely ten days after over 280 pupils were kidnapped in Mosul.")

    assert event.when is not None
    assert event.when.first is None
