"""Other languages get as far as a file of words and the gazetteer's names carry: measured on dispatches of our own."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from geopy.distance import great_circle

from gazetteer import open_gazetteer
from geomap.events.kinds import kinds
from geomap.events.lexicon import Phrases, words_of
from geomap.foreign import analyse, is_known
from geomap.foreign.names import localised
from geomap.foreign.numbers import numbers
from geomap.language import language, languages
from geomap.model import Document, Span
from geomap.readers.detection import detect

if TYPE_CHECKING:
    from geomap.model import Event

GOLD = Path(__file__).parent / "data" / "gold"
LANGUAGES = tuple(sorted(path.parent.name for path in GOLD.glob("*/gold.jsonl")))
"""The languages that have dispatches of our own beside English: none is left out."""


@dataclass(slots=True)
class Tally:
    """What was found of what there is."""

    toponyms: int = 0
    found: int = 0
    placed: int = 0
    events: int = 0
    main: int = 0


def rows(code: str) -> list[dict[str, Any]]:
    """Return the annotated dispatches of a language."""
    return [json.loads(line) for line in (GOLD / code / "gold.jsonl").read_text("utf-8").splitlines()]


def tally(code: str) -> Tally:
    """Hold what is found in a language's dispatches against their annotations."""
    gazetteer, total = open_gazetteer(), Tally()
    for row in rows(code):
        day = date.fromisoformat(row["published"]) if row["published"] else None
        document = Document(row["id"], row["text"], published=day, language=code)
        resolutions, events = analyse(document, gazetteer)
        for gold in row["toponyms"]:
            span = Span(gold["start"], gold["end"])
            here = next((r for r in resolutions if r.mention.span.meets(span)), None)
            total.toponyms += 1
            total.found += here is not None
            if here is not None and here.place is not None:
                spot = (here.place.latitude, here.place.longitude)
                total.placed += great_circle(spot, (gold["lat"], gold["lon"])).km < 161
        total.events += 1
        total.main += any(_tells(event, row["events"][0]) for event in events)
    return total


def _tells(event: Event, gold: dict[str, Any]) -> bool:
    """Say whether an event is the annotated one: its kind, and its place or its day."""
    day = event.when.first.isoformat() if event.when and event.when.first else None
    near = False
    if event.where and gold["place"]:
        spot = (event.where.place.latitude, event.where.place.longitude)
        near = great_circle(spot, (gold["place"]["lat"], gold["place"]["lon"])).km < 50
    return event.kind == gold["kind"] and (near or day == gold["start"])


@pytest.mark.parametrize("code", LANGUAGES)
def test_places_and_the_main_event_are_found(code: str) -> None:
    """Four places in five are found, three in four put where they are, and the main event is told in eight of ten."""
    found = tally(code)

    assert found.found / found.toponyms >= 0.8
    assert found.placed / found.toponyms >= 0.75
    assert found.main >= 0.8 * found.events


@pytest.mark.parametrize("code", sorted({*languages()} - {"en"}))
def test_a_language_file_holds_together(code: str) -> None:
    """Its triggers are of known kinds, its phrases are in small letters, its tables are those that are read."""
    own = language(code)

    assert set(own["triggers"]) - {"casualty", "explosion", "assault", "clash", "scuffle"} <= set(kinds())
    assert set(own["days"].values()) == set(range(7))
    assert set(own["months"].values()) == set(range(1, 13))
    for table in ("triggers", "status", "tolls", "actors", "bounds"):
        assert all(phrase == phrase.lower() for phrases in own[table].values() for phrase in phrases)
        Phrases(own[table])


@pytest.mark.parametrize(
    ("code", "name", "place"),
    [
        ("ru", "Харькове", "Kharkiv"),
        ("ru", "Сирии", "Syria"),
        ("ru", "Ростове-на-Дону", "Rostov-on-Don"),
        ("ru", "Авдеевкой", "Avdiyivka"),
        ("ru", "Нижнем Новгороде", "Nizhniy Novgorod"),
        ("ru", "Кривом Роге", "Kryvyy Rih"),
        ("ru", "Грозного", "Grozny"),
        ("uk", "Львові", "Lviv"),
        ("uk", "Харкові", "Kharkiv"),
        ("uk", "Бахмутом", "Bakhmut"),
        ("uk", "Бучі", "Bucha"),
        ("uk", "Часовому Яру", "Chasiv Yar"),
        ("uk", "Запоріжжям", "Zaporizhzhya"),
        ("uk", "Польщі", "Poland"),
        ("fr", "Alep", "Aleppo"),
        ("fr", "Syrie", "Syria"),
        ("es", "Londres", "London"),
        ("ar", "بحلب", "Aleppo"),
        ("ar", "لحلب", "Aleppo"),
        ("ar", "للموصل", "Mosul"),
        ("ar", "وبنغازي", "Benghazi"),
        ("ar", "والخرطوم", "Khartoum"),
        ("ar", "وأم درمان", "Omdurman"),
        ("ar", "سوريا", "Syria"),
    ],
)
def test_names_are_found_in_the_form_the_sentence_gives_them(code: str, name: str, place: str) -> None:
    """Case endings and words written onto a name do not hide it."""
    found = localised(open_gazetteer(), code).lookup(name)

    assert place in {match.place.name for match in found}


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        ("ru", "не менее двадцати", [(20, None)]),
        ("ru", "более 30 человек", [(30, None)]),
        ("ru", "двадцать пять солдат", [(25, 25)]),
        ("uk", "щонайменше п'ять людей", [(5, None)]),
        ("fr", "au moins douze morts", [(12, None)]),
        ("es", "treinta y dos heridos en 2019", [(32, 32)]),
        ("es", "1.200 desplazados", [(1200, 1200)]),
        ("ar", "عشرات القتلى", [(12, None)]),
        ("ar", "أحد عشر قتيلا", [(11, 11)]),
        ("ar", "خمسة وعشرون جريحا", [(25, 25)]),
    ],
)
def test_numbers_are_read_in_words_and_digits(code: str, text: str, expected: list[tuple[int, int | None]]) -> None:
    """Number words add up, bounds leave a side open, years are no numbers of people."""
    from geomap.foreign.reading import whole_words

    words = whole_words(words_of(text, Span(0, len(text))), code)
    assert [(number.low, number.high) for number in numbers(words, code)] == expected


def test_a_language_without_a_file_gives_places() -> None:
    """Without a language's words its places are still found, by the names the gazetteer has for them."""
    text = "Eksplozja w Kabul zabiła wczoraj wieczorem pięć osób, poinformowała policja."
    resolutions, events = analyse(Document("a", text, language="pl"), open_gazetteer())

    assert not is_known("pl")
    assert "Kabul" in {r.mention.text for r in resolutions if r.place}
    assert events == ()


def test_the_language_is_told() -> None:
    """Each of our dispatches is known for what it is written in, and so is text of other scripts."""
    told = {code: {detect(row["text"]) for row in rows(code)} for code in LANGUAGES}

    assert told == {code: {code} for code in LANGUAGES}
    assert detect("Five people were killed when a bomb went off in the market of the town, police said.") == "en"
    assert (
        detect("Bei einer Explosion in der Stadt sind gestern fünf Menschen gestorben, teilte die Polizei mit.") == "de"
    )
    assert (
        detect("Pelo menos cinco pessoas morreram na explosão de uma bomba no mercado da cidade, disse a polícia.")
        == "pt"
    )
    assert (
        detect("Mersin'in Tarsus ilçesinde çıkan yangında dört kişi yaralandı, olayın ardından soruşturma başlatıldı.")
        == "tr"
    )
    assert detect("爆炸造成五人死亡") == "zh"
    assert detect("今日の爆発で五人が死亡したと警察は発表しました") == "ja"
    assert detect("در انفجار امروز پنج نفر کشته شدند و چند نفر زخمی گزارش شد") == "fa"
    assert detect("") == "en"
    assert detect("12 34 56") == "en"


SENTENCES = [
    line.split("\t")
    for line in (GOLD.parent / "foreign.tsv").read_text("utf-8").splitlines()
    if not line.startswith("#")
]


@pytest.mark.parametrize(("code", "kind", "place", "day", "killed", "text"), SENTENCES)
def test_a_plain_sentence_is_one_event(  # noqa: PLR0913, PLR0917 - a row of the table
    code: str, kind: str, place: str, day: str, killed: str, text: str
) -> None:
    """What, where, when and how many dead, of sentences of our own: one event, and nothing beside it."""
    document = Document("a", text, published=date(2024, 5, 15), language=code)
    (event,) = analyse(document, open_gazetteer())[1]

    assert event.kind == kind
    assert event.where
    assert event.where.place.name == place
    assert (str(event.when.first) if event.when and event.when.span else "") == day
    assert (str(event.killed.best) if event.killed else "") == killed


@pytest.mark.parametrize(
    ("code", "text", "day"),
    [
        ("ar", "قتل جندي في حلب في 3 كانون الثاني 2016.", date(2016, 1, 3)),
        ("es", "Un soldado fue asesinado en Cali a las 8 de la mañana del martes.", date(2024, 5, 14)),
        ("es", "Un soldado fue asesinado en Cali esta mañana.", date(2024, 5, 15)),
        ("ru", "Обстрел Херсона 13.05.2024: погибли двое.", date(2024, 5, 13)),
    ],
)
def test_days_are_read_as_they_are_written(code: str, text: str, day: date) -> None:
    """Months of two words, days in digits, and a morning that is no tomorrow."""
    (event,) = analyse(Document("a", text, published=date(2024, 5, 15), language=code), open_gazetteer())[1]

    assert event.when
    assert event.when.first == day


@pytest.mark.parametrize(
    ("code", "text", "did", "bore"),
    [
        ("fr", "Onze civils ont été tués à Djibo dans une attaque attribuée à des jihadistes.", "jihadistes", "civils"),
        ("es", "Cuatro policías murieron en Tibú en un ataque atribuido al ELN.", "ELN", "policías"),
        ("ar", "اختطف مسلحون خمسة عمال في عدن.", "مسلحون", "عمال"),
        ("ru", "Боевики убили трёх полицейских в Дербенте.", "Боевики", "полицейских"),
    ],
)
def test_who_is_counted_bore_it_and_who_is_blamed_did_it(code: str, text: str, did: str, bore: str) -> None:
    """The party beside a toll's number suffered, the one that the deed is laid on, or that leads in Arabic, did it."""
    (event,) = analyse(Document("a", text, published=date(2024, 5, 15), language=code), open_gazetteer())[1]

    assert {(a.name, a.role) for a in event.actors} == {(did, "source"), (bore, "target")}


def test_a_day_is_counted_from_the_one_told_before() -> None:
    """The eve, "la veille", is the day before the one told last, not before publication."""
    text = "Une bombe a explosé lundi à Gao. La veille, deux soldats ont été tués à Mopti."
    events = analyse(Document("a", text, published=date(2024, 5, 15), language="fr"), open_gazetteer())[1]

    assert [str(e.when.first) for e in events if e.when] == ["2024-05-13", "2024-05-12"]


def test_both_halves_of_a_road_s_name_and_both_adjectives_of_regions_are_places() -> None:
    """A hyphen joins two towns where both are known; a plural of regions is what its adjectives name."""
    french = analyse(Document("a", "Une mine a explosé sur l'axe Djibo-Bourzanga.", language="fr"), open_gazetteer())[0]
    text = "Сили ППО збили шахеди над Одеською та Миколаївською областями."
    ukrainian = analyse(Document("a", text, language="uk"), open_gazetteer())[0]

    assert [r.place.name for r in french if r.place] == ["Djibo", "Bourzanga"]
    assert [(r.place.name, r.place.feature) for r in ukrainian if r.place] == [
        ("Odesa", "A.ADM1"),
        ("Mykolaiv", "A.ADM1"),
    ]


def test_what_a_headline_tells_is_told_once_and_what_lies_back_is_history() -> None:
    """The text's own telling is kept, with its nearer place; an earlier year's dead are no event of today."""
    text = (
        "Niger : trois soldats tués\n\nTrois soldats ont été tués vendredi près de Téra. "
        "En 2021, une attaque similaire avait fait 31 morts à Gothèye."
    )
    document = Document("a", text, published=date(2024, 6, 4), language="fr", title="Niger : trois soldats tués")
    events = analyse(document, open_gazetteer())[1]

    assert [(e.where.place.name, e.status) for e in events if e.where] == [
        ("Téra", "happened"),
        ("Gothèye", "historic"),
    ]


@pytest.mark.parametrize(
    ("code", "text", "status"),
    [
        ("ar", "دعا الوزير من القاهرة إلى مظاهرة.", "planned"),
        ("fr", "Le ministre a exhorté à un cessez-le-feu à Gao.", "hypothetical"),
    ],
)
def test_what_is_called_for_has_not_happened(code: str, text: str, status: str) -> None:
    """A protest that is called for is planned, a truce that is asked for only thought of."""
    (event,) = analyse(Document("a", text, language=code), open_gazetteer())[1]

    assert event.status == status


def told(code: str, text: str, title: str | None = None) -> list[tuple[str, str, str, int | None]]:
    """Return sub-kind, status, place and number killed of the events of a text published on 2024-05-15."""
    document = Document("a", text, title=title, published=date(2024, 5, 15), language=code)
    return [
        (e.sub_kind, e.status, e.where.place.name if e.where else "", e.killed.best if e.killed else None)
        for e in analyse(document, open_gazetteer())[1]
    ]


CLASH, SHELLS, IED = "Armed clash", "Shelling/artillery/missile attack", "Remote explosive/landmine/IED"


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        (
            "uk",
            "Війська обстріляли Сумську область. У Конотопі загинули троє людей, у Шостці поранено вісьмох.",
            [
                (SHELLS, "happened", "Sumy", None),
                (SHELLS, "happened", "Konotop", 3),
                (SHELLS, "happened", "Shostka", None),
            ],
        ),
        (
            "fr",
            "Une bombe a explosé à Maiduguri et à Kano des hommes armés ont tué quatre passants.",
            [(IED, "happened", "Maiduguri", None), ("Attack", "happened", "Kano", 4)],
        ),
    ],
)
def test_a_sentence_of_two_towns_is_read_in_parts(
    code: str, text: str, expected: list[tuple[str, str, str, int]]
) -> None:
    """Each town that is told something of has its own event and its own number of dead."""
    assert told(code, text) == expected


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        ("ru", "Ракетой сбит вертолёт Ми-28 под Курском.", (CLASH, "happened", "Kursk", None)),
        ("ru", "Неизвестные обстреляли пост полиции в Кизляре, погибли двое.", (CLASH, "happened", "Kizlyar", 2)),
        ("ru", "В Нальчике убит боевик.", (CLASH, "happened", "Nalchik", 1)),
        ("es", "Guerrilleros atacaron un puesto de policía en Toribío.", (CLASH, "happened", "Toribío", None)),
        ("es", "Marcharon por la Plaza de Armas de Trujillo.", ("Peaceful protest", "happened", "Trujillo", None)),
        ("fr", "Le maire a été tué vendredi à Jacmel.", ("Attack", "happened", "Jacmel", 1)),
        ("ar", "قتل ضابط في كمين قرب درعا.", (CLASH, "happened", "Dar‘ā", 1)),
        ("es", "Los gremios anunciaron un paro en Tacna.", ("Peaceful protest", "planned", "Tacna", None)),
        ("uk", "Бійці відбили спробу штурму біля Торецька.", (CLASH, "happened", "Toretsk", None)),
    ],
)
def test_what_a_sentence_says_is_what_it_is_coded(
    code: str, text: str, expected: tuple[str, str, str, int | None]
) -> None:
    """An aircraft shot down, fighters at a post, one dead without a number, a square that holds a name, a plan."""
    assert told(code, text) == [expected]


@pytest.mark.parametrize(
    ("code", "text", "days"),
    [
        ("ru", "В ночь на вторник в Херсоне был обстрел.", ("2024-05-13", "2024-05-14")),
        ("uk", "У ніч на середу в Сумах пролунав вибух.", ("2024-05-14", "2024-05-15")),
        ("fr", "Une attaque a eu lieu dans la nuit de dimanche à lundi à Gao.", ("2024-05-12", "2024-05-13")),
        ("ar", "قتل ثلاثة جنود في تعز في يناير الماضي.", ("2024-01-01", "2024-01-31")),
    ],
)
def test_a_night_is_two_days_and_a_month_alone_a_month(code: str, text: str, days: tuple[str, str]) -> None:
    """The night to Tuesday begins on Monday; a month that lies back is named without a day."""
    (event,) = analyse(Document("a", text, published=date(2024, 5, 15), language=code), open_gazetteer())[1]

    assert event.when
    assert (str(event.when.first), str(event.when.last)) == days


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        (
            "ar",
            (
                "مقتل 9 مدنيين في قصف على تعز\n\nقالت مصادر طبية إن ما لا يقل عن 9 مدنيين قتلوا في قصف مدفعي على تعز. "
                "ونفى الحوثيون مسؤوليتهم عن القصف."
            ),
            [(SHELLS, "happened", "Taiz", 9)],
        ),
        (
            "es",
            (
                "Suben a 8 los muertos tras enfrentamientos en Ayacucho\n\nOcho civiles murieron el martes en Ayacucho "
                "durante los choques entre manifestantes y policías. Los manifestantes exigían elecciones."
            ),
            [("Violent demonstration", "happened", "Ayacucho", 8)],
        ),
        (
            "fr",
            (
                "Marche dispersée à Lomé\n\nUne marche a réuni des jeunes à Lomé. La police les a dispersés avec du "
                "gaz lacrymogène."
            ),
            [("Protest with intervention", "happened", "Lomé", None)],
        ),
        ("ru", "Губернатор призвал жителей Белгорода не выходить на улицу.", []),
    ],
)
def test_one_thing_is_told_once(code: str, text: str, expected: list[tuple[str, str, str, int]]) -> None:
    """A headline gives way to its lead, what is said of an event goes with it, and a denied blame is no event."""
    assert told(code, text) == expected


def test_a_small_namesake_abroad_is_no_place_of_a_text() -> None:
    """A quarter that the gazetteer lacks is not a village of that name in a country the text never speaks of."""
    text = "Une manifestation a eu lieu à Goma, en RDC, dans le quartier Majengo."
    found = analyse(Document("a", text, language="fr"), open_gazetteer())[0]

    assert {r.place.country for r in found if r.place} == {"CD"}


def test_a_weapon_is_no_place_and_its_number_counts_nobody() -> None:
    """A helicopter's letters are no town, and its number is no toll."""
    text = "Вертолёт Ка-52 разбился под Псковом, погибли лётчики."
    found = analyse(Document("a", text, language="ru"), open_gazetteer())[0]

    assert [r.place.name for r in found if r.place] == ["Pskov"]
    assert numbers(words_of("вертолёт Ка-52", Span(0, 14)), "ru") == []


def test_a_village_is_found_by_its_spelling_in_latin_letters() -> None:
    """Behind "the village of" a name that the gazetteer only has in Latin letters is spelt so."""
    found = analyse(Document("a", "Удар по селу Гроза на Харківщині.", language="uk"), open_gazetteer())[0]

    assert "Hroza" in {r.place.name for r in found if r.place}


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        ("es", "En Babahoyo, dos jueces fueron secuestrados y en Manta otro escapó.", ["Babahoyo"]),
        ("ar", "وفي إب، سقطت قذيفة على منزل قرب تعز.", ["Ibb"]),
        ("ru", "Во вторник в Ташкенте прошёл митинг, сообщило МВД Узбекистана.", ["Tashkent"]),
        ("fr", "Deux cultivateurs ont été tués à Tibati, selon le procureur de Bertoua.", ["Tibati"]),
    ],
)
def test_where_is_the_place_that_opens_and_no_office_s(code: str, text: str, expected: list[str]) -> None:
    """A sentence that opens with a town tells of it; a ministry's or a prosecutor's seat is not where it was."""
    assert [place for _, _, place, _ in told(code, text)] == expected


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        ("fr", "Dix ans après l'attentat de Volgograd, la ville se souvient.", "historic"),
        ("fr", "Un rassemblement est annoncé pour samedi à Tripoli.", "planned"),
        ("ru", "Три беспилотника пытались атаковать Рязань.", "attempted"),
        ("es", "El ministro negó que los agentes hayan disparado en ningún momento en Tarija.", "denied"),
    ],
)
def test_what_lies_back_is_planned_tried_or_denied(code: str, text: str, expected: str) -> None:
    """Years after, announced for, tried and denied far before the deed: each language says so in its way."""
    assert [status for _, status, _, _ in told(code, text)] == [expected]


def test_days_are_counted_from_the_one_told_before_by_number() -> None:
    """Four days earlier is counted from the day told last."""
    text = "Una bomba estalló el lunes en Ibarra. Tres días antes, dos soldados murieron en Tulcán."
    events = analyse(Document("a", text, published=date(2024, 5, 15), language="es"), open_gazetteer())[1]

    assert [str(e.when.first) for e in events if e.when] == ["2024-05-13", "2024-05-10"]


def test_an_arabic_verb_takes_the_number_behind_it() -> None:
    """Where the verb stands first, the number behind it is its own; a small word may be written onto it."""
    text = "أفادت مصادر بمقتل ثلاثة عشر مسلحا في مواجهات قرب مأرب وأصيب سبعة."
    (event,) = analyse(Document("a", text, published=date(2024, 5, 15), language="ar"), open_gazetteer())[1]

    assert (event.killed and event.killed.best, event.wounded and event.wounded.best) == (13, 7)


def test_a_riot_that_took_lives_is_one_event() -> None:
    """A meeting, the unrest that it became and its dead are told by several sentences and are one riot."""
    text = "В пятницу в Нукусе тысячи жителей вышли на митинг. Погибли 14 человек, задержаны 30 участников беспорядков."
    assert told("ru", text) == [("Violent demonstration", "happened", "Nukus", 14)]


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        ("fr", "Le ministre de la Santé Hamad Hassan a visité Beyrouth.", {"Beirut"}),
        ("fr", "N'Djamena et la province du Logone oriental ont voté.", {"N'Djamena", "Logone Oriental"}),
        ("ar", "استشهد خمسة في غارة على حي الجنينة في رفح بقطاع غزة.", {"Rafaḩ", "Gaza Strip"}),
    ],
)
def test_names_of_persons_offices_and_far_quarters_are_no_places(code: str, text: str, expected: set[str]) -> None:
    """A minister's name, an office's and a quarter's that is another country's town are left out."""
    found = analyse(Document("a", text, language=code), open_gazetteer())[0]

    assert {r.place.name for r in found if r.place and r.mention.kind != "demonym"} == expected


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        (
            "es",
            "El martes, tres jóvenes fueron acribillados en Tuluá, y el domingo dos más fueron asesinados en Buga.",
            [("Attack", "happened", "Tuluá", 3), ("Attack", "happened", "Guadalajara de Buga", 2)],
        ),
        (
            "ru",
            "Число погибших при теракте в Буйнакске выросло до 40. В пятницу неизвестные открыли огонь по людям.",
            [("Attack", "happened", "Buynaksk", 40)],
        ),
        (
            "uk",
            "Активісти вийшли на акцію в Ужгороді. Учасники підпалили двері управи. Двоє поліцейських травмовані.",
            [("Violent demonstration", "happened", "Uzhhorod", None)],
        ),
        (
            "fr",
            "Des émeutes ont éclaté lundi au Sénégal. A Ziguinchor, des émeutiers ont incendié des commerces.",
            [("Violent demonstration", "happened", "Ziguinchor", None)],
        ),
        ("ar", "ولم تسجل أي اشتباكات في سبها.", []),
        ("es", "No se registraron enfrentamientos en Maicao.", []),
        (
            "ar",
            "قتل تسعة متظاهرين في مواجهات بين محتجين وقوات الأمن في الناصرية.",
            [("Violent demonstration", "happened", "Nasiriyah", 9)],
        ),
        (
            "ru",
            "Перестрелка между пограничниками Киргизии и Таджикистана произошла в Баткенской области.",
            [(CLASH, "happened", "Batken", None)],
        ),
    ],
)
def test_each_thing_has_its_kind_and_place(
    code: str, text: str, expected: list[tuple[str, str, str, int | None]]
) -> None:
    """Two clauses, a raid's kind told after its dead, a march that burns, a nearer town, nothing reported, a border."""
    assert told(code, text) == expected


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        ("ru", "число погибших выросло до 15 человек", [(15, 15)]),
        ("ru", "до 15 человек", [(0, 15)]),
        ("ar", "و120 جريحا", [(120, 120)]),
        ("ar", "اللواء 444", []),
    ],
)
def test_what_a_number_says(code: str, text: str, expected: list[tuple[int, int]]) -> None:
    """Grown to so many is so many, "and" may be written onto digits, and a brigade's number counts nobody."""
    from geomap.foreign.reading import read

    line = read(text, Span(0, len(text)), code)
    assert [(number.low, number.high) for number in numbers(line.words, code)] == expected


def test_a_title_makes_a_person_of_a_name_and_no_town_of_a_quarter_far_away() -> None:
    """A governor whose given name is a town's, and a dateline in brackets with a full stop before its dash."""
    text = "TEPIC, Nay., 3 de mayo (EFE).- Dos hombres murieron ayer en Xalisco, dijo el gobernador Cuauhtémoc Blanco."
    document = Document("a", text, published=date(2024, 5, 15), language="es")
    found, (event,) = analyse(document, open_gazetteer())

    assert "Cuauhtémoc" not in {r.place.name for r in found if r.place}
    assert event.when
    assert event.when.first == date(2024, 5, 14)


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        ("tr", "Şırnak'ın Silopi ilçesinde mayın patladı.", {"Şırnak", "Silopi"}),
        ("tr", "Suriye'nin Münbiç kentinde patlama oldu.", {"Syria", "Manbij"}),
        ("pt", "A prefeita Gabriela Moreira da Cunha falou no STF, em Recife.", {"Recife"}),
        ("de", "Die Menschen demonstrierten gegen die Lage in Regensburg.", {"Regensburg"}),
        ("de", "In der Region Masar-i-Nirgends gab es Tote.", set()),
    ],
)
def test_names_in_languages_with_marks_chains_and_capital_nouns(code: str, text: str, expected: set[str]) -> None:
    """An ending behind a mark, a family's name in a chain, a court's letters, nouns that are written with a capital."""
    found = analyse(Document("a", text, language=code), open_gazetteer())[0]

    assert {r.place.name for r in found if r.place and r.mention.kind != "demonym"} == expected


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        ("de", "Zu Zusammenstößen kam es in Ulm nicht.", []),
        (
            "de",
            "Hunderte demonstrierten in Ulm; zu Gefechten kam es nicht.",
            [("Peaceful protest", "happened", "Ulm", None)],
        ),
        ("pt", "Uma mulher de 52 anos foi morta em Belém.", [("Attack", "happened", "Belém", 1)]),
        (
            "ru",
            "Вооружённые люди обстреляли мечеть в Каспийске, погибла 50-летняя женщина.",
            [("Attack", "happened", "Kaspiysk", 1)],
        ),
        (
            "tr",
            "Gaziantep'te patlamada 9 kişi öldü. Saldırının canlı bomba tarafından yapıldığı açıklandı.",
            [("Suicide bomb", "happened", "Gaziantep", 9)],
        ),
        (
            "fr",
            "Une opération a été menée du 3 au 5 mai à Sikasso, où deux bergers ont été tués.",
            [("Attack", "happened", "Sikasso", 2)],
        ),
    ],
)
def test_what_counts_and_what_is_no_event(
    code: str, text: str, expected: list[tuple[str, str, str, int | None]]
) -> None:
    """Nothing that was not, no age, armed men who shoot, a bomber told of afterwards."""
    assert told(code, text) == expected


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        ("fr", "Douze villageois ont été blessés et 30 maisons brûlées à Kaya.", 12),
        ("ru", "При обстреле Белгорода ранены трое, повреждены 40 домов.", 3),
        ("pt", "Cinco moradores ficaram feridos e 60 casas foram destruídas num ataque em Mueda.", 5),
    ],
)
def test_houses_are_nobody_s_wounds(code: str, text: str, expected: int) -> None:
    """A number of houses or cars counts none of those who suffered."""
    (event,) = analyse(Document("a", text, language=code), open_gazetteer())[1]

    assert event.wounded
    assert event.wounded.best == expected


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        ("ru", "Силовики в Гродно применили светошумовые гранаты.", "Protest with intervention"),
        ("ar", "قصف الطائرات الحربية لبلدة أريحا.", "Air/drone strike"),
        ("es", "Un dron lanzó explosivos contra una vivienda en Tame.", "Air/drone strike"),
        ("fr", "Le domicile du maire a été attaqué à la voiture-bélier à Gap.", "Attack"),
    ],
)
def test_weapons_tell_the_kind(code: str, text: str, expected: str) -> None:
    """Stun grenades are for crowds, what a drone drops is a strike, a car that rams is no bomber."""
    (event,) = analyse(Document("a", text, language=code), open_gazetteer())[1]

    assert event.sub_kind == expected
