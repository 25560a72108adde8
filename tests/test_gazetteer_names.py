"""One key for the many spellings of a name."""

from __future__ import annotations

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.names import bare_key, is_code, key, keys, respelled, skeleton, stripped, undotted


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ma‘arrat an-Nu‘mān", "Maarrat an Numan"),
        ("Cox’s Bazar", "Cox's Bazar"),
        ("N'Djamena", "NDjamena"),
        ("St. Petersburg", "Saint Petersburg"),
        ("Mt Hermon", "Mount Hermon"),
        ("Ft. Bragg", "Fort Bragg"),
        ("Kızılay", "kizilay"),
        ("Łódź", "Lodz"),
        ("Bakhmutskyi", "Bakhmutskyy"),
        ("حِمص", "حمص"),
        ("Київ", "КИЇВ"),
        ("São Tomé", "Sao Tome"),
        ("Deir ez-Zor", "DEIR EZ ZOR"),
    ],
)
def test_spellings_share_a_key(one: str, other: str) -> None:
    """Case, marks, hyphens, apostrophes and Saint never tell two places apart."""
    assert key(one) == key(other)


@pytest.mark.parametrize(
    ("name", "bare", "feature"),
    [
        ("Homs province", "homs", "A.ADM1"),
        ("northern Syria", "syria", None),
        ("Al-Qusayr", "qusayr", None),
        ("village of Arjoun", "arjoun", "P"),
        ("Departamento de Castellanos", "castellanos", "A.ADM1"),
        ("the Litani River", "litani", "H"),
        ("Aleppo University", "aleppo", "S.BLDG"),
        ("Aleppo airport", "aleppo", "S"),
        ("Homs", "homs", None),
        ("Gulf of Fonseca", "gulf of fonseca", None),
    ],
)
def test_generic_nouns_and_articles_go(name: str, bare: str, feature: str | None) -> None:
    """What stands beside a name goes, and says what kind of place is meant."""
    assert stripped(key(name)) == (bare, feature)


@pytest.mark.parametrize(
    ("name", "feature", "bare"),
    [
        ("West Virginia", "A.ADM1", "west virginia"),
        ("Kansas City", "P.PPL", "kansas city"),
        ("Tripoli airport", "S.AIRP", "tripoli airport"),
        ("Washington County", "A.ADM2", "washington"),
        ("El Fasher", "P.PPL", "fasher"),
    ],
)
def test_a_stored_name_keeps_what_tells_it_apart(name: str, feature: str, bare: str) -> None:
    """West Virginia is not Virginia, and an airport is not its town."""
    assert bare_key(key(name), feature) == bare


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Maarat al-Numan", "Ma'arrat an Nu'man"),
        ("Hodeidah", "Al Hudaydah"),
        ("Deir ez-Zor", "Dayr az Zawr"),
        ("Khan Sheikhoun", "Khan Shaykhun"),
        ("Nabatiyeh", "Nabatieh"),
    ],
)
def test_transliterations_share_a_skeleton(one: str, other: str) -> None:
    """Romanisations of one Arabic name agree on their consonants."""
    assert skeleton(key(one)) == skeleton(key(other)) != ""


def test_a_skeleton_keeps_different_names_apart() -> None:
    """Homs, Hama and Qusayr are three places."""
    assert len({skeleton(key(name)) for name in ("Homs Homs", "Hama Hama", "Qusayr", "Jazira")}) == 4


@pytest.mark.parametrize(
    ("name", "code"), [("U.S.", True), ("UAE", True), ("N.Y.", True), ("US", True), ("Us", False), ("Homs", False)]
)
def test_codes_are_capitals(name: str, code: bool) -> None:
    """Only what is written in capitals is a code."""
    assert is_code(name) is code


def test_a_code_loses_its_stops_but_an_abbreviation_keeps_them() -> None:
    """U.S. is US; Miss. stays Miss., so that Miss is no state."""
    assert [undotted(name) for name in ("U.S.", "D. C.", "Miss.", "Homs")] == ["US", "DC", "Miss.", "Homs"]


@given(st.text(max_size=60))
def test_a_key_is_its_own_key(text: str) -> None:
    """Folding what is folded changes nothing, whatever the text."""
    assert key(key(text)) == key(text)


@given(st.text(alphabet="abcdefgh -'’", max_size=60))
def test_stripping_never_leaves_nothing(text: str) -> None:
    """A name that has letters still has some after all passes."""
    folded = key(text)
    if folded:
        assert stripped(folded)[0]
        assert bare_key(folded, "A.ADM1")


@pytest.mark.parametrize(
    ("press", "stored"),
    [
        ("al-Nabk", "An Nabk"),
        ("el-Tall", "At Tall"),
        ("Al-Shaykh", "Ash Shaykh"),
        ("Um Dukhun", "Umm Dukhun"),
        ("Qamishliya", "Qamishliyah"),
        ("Sulaimiya", "Sulaymiyya"),
        ("Karrada", "Karradah"),
    ],
)
def test_the_press_spells_arabic_names_otherwise(press: str, stored: str) -> None:
    """The article before a sun letter, Umm, a feminine ending and a diphthong are spelled in more ways than one."""
    assert key(stored) in respelled(key(press))


def test_long_and_foreign_keys_are_not_respelled() -> None:
    """What is no Arabic name has no other spellings."""
    assert respelled("the king of the hill") == []
    assert respelled("львів") == []


def test_the_examples_of_the_docstrings_hold() -> None:
    """What the manual shows is what happens."""
    from gazetteer import names

    assert doctest.testmod(names).failed == 0


@given(
    st.lists(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("st fmp\u00e9 -.\n'sky\u0301")), max_size=12))
)
def test_many_keys_are_those_of_each(names: list[str]) -> None:
    """Folding names all at once gives what folding each gives, whatever the text."""
    assert keys(names) == [key(name) for name in names]


@pytest.mark.parametrize("name", ["Posten \u2116 3", "\U0001d6a8thens"])
def test_letters_within_signs_lose_their_case(name: str) -> None:
    """A sign that stands for capitals (\u2116, a mathematical letter) folds as they do."""
    assert key(name) == key(name).lower()


@pytest.mark.parametrize(
    ("name", "bare"), [("Mandera East", "mandera"), ("Kwekwe Urban", "kwekwe"), ("Rumbek Centre", "rumbek")]
)
def test_a_part_of_a_divided_area_has_its_name(name: str, bare: str) -> None:
    """What stands behind the name of a divided area goes when nothing bears the whole name."""
    assert stripped(key(name))[0] == bare
