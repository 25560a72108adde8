"""One key for the many spellings of a name.

`key` folds what never tells two places apart: case, marks, hyphens, apostrophes, Saint and St. `stripped` drops what
often stands beside a name: articles (al-, the) and generic nouns (Province, village, northern). `skeleton` keeps only
what every transliteration of an Arabic, Persian, Hebrew or Cyrillic name agrees on.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from functools import lru_cache

_APOSTROPHES = "'’‘ʼʻʿʾ`´ʹ′ʽ‛＇ˈ՚׳״\"“”"
_GAPS = "-‐‑‒–—_/\\,;:()[]{}|·•&+#@!?*…"
_LETTERS = {
    "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ħ": "h", "ŋ": "ng", "ə": "a",
    "ـ": None, "ى": "ي", "ة": "ه", "ک": "ك", "ی": "ي", "ٱ": "ا",
}  # fmt: skip
_FOLD = str.maketrans({**dict.fromkeys(_APOSTROPHES + ".", None), **dict.fromkeys(_GAPS, " "), **_LETTERS})
_SHORT = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort", "pt": "point"}
_SHORT_SET = frozenset(_SHORT)

ARTICLES = frozenset(
    "al el il ul ad ed ar er as es at et ath an en ash esh az ez adh dh the le la les los las de".split()
)
"""Articles of names, in the key's spelling: Arabic's, assimilated or not, and those English and French put before."""

_LEADING = ARTICLES - {"de", "il", "ul", "er", "es", "et", "at", "en", "la", "los", "las", "le", "les", "as", "an"}
_DIRECTIONS = frozenset(
    "north south east west northern southern eastern western central northeastern northwestern southeastern "
    "southwestern northeast northwest southeast southwest upper lower greater inner outer rural urban downtown "
    "occupied annexed government rebel".split()
)

GENERIC: dict[str, str] = {
    **dict.fromkeys(
        "province governorate region state oblast krai kray prefecture wilaya wilayah wilayat muhafazah emirate "
        "autonomous republic territory voivodeship provincia departamento estado".split(),
        "A.ADM1",
    ),
    **dict.fromkeys(
        "district county department subdistrict raion rayon parish municipality canton commune township tehsil "
        "tehsils upazila woreda zone area locality division lga borough cercle sector subdivision distrito municipio "
        "metropolitan regency okrug hromada gmina judet".split(),
        "A.ADM2",
    ),
    **dict.fromkeys("city town village hamlet suburb neighborhood neighbourhood settlement metropolis".split(), "P"),
    **dict.fromkeys("river creek lake sea gulf bay strait straits basin ocean wadi canal reservoir".split(), "H"),
    **dict.fromkeys(
        "mountain mountains mount range hills hill valley peak island islands desert plateau peninsula plain plains "
        "forest".split(),
        "T",
    ),
    **dict.fromkeys("camp airport airbase base crossing checkpoint port dam prison barracks".split(), "S"),
    **dict.fromkeys("enclave pocket countryside corridor front frontline axis direction".split(), "L"),
}
"""Generic nouns that stand beside a name, and the GeoNames feature (class, or class and code) each speaks of."""

_HEADS = frozenset("province governorate state region district department city town village river lake mount".split())


def key(name: str) -> str:
    """Return the spelling that all ordinary spellings of a name share.

    >>> key("Ma‘arrat an-Nu‘mān"), key("St. Petersburg"), key("Cox’s Bazar")
    ('maarrat an numan', 'saint petersburg', 'coxs bazar')
    """
    folded = name.casefold()
    if not folded.isascii():
        decomposed = unicodedata.normalize("NFKD", folded)
        folded = unicodedata.normalize("NFC", "".join(c for c in decomposed if not unicodedata.combining(c)))
    words = folded.translate(_FOLD).split()
    if len(words) > 1 and not _SHORT_SET.isdisjoint(words):
        words = [*(_SHORT.get(word, word) for word in words[:-1]), words[-1]]
    return " ".join(words)


def stripped(folded: str) -> tuple[str, str | None]:
    """Return a key without articles, directions and generic nouns, and the feature the dropped noun speaks of.

    >>> stripped("deir ez zor province"), stripped("northern syria"), stripped("al qusayr")
    (('deir zor', 'A.ADM1'), ('syria', None), ('qusayr', None))
    """
    words = folded.split()
    feature: str | None = None
    if len(words) > 2 and words[1] == "of" and words[0] in GENERIC:
        feature, words = GENERIC[words[0]], words[2:]
    while len(words) > 1 and words[-1] in GENERIC:
        feature = feature or GENERIC[words[-1]]
        words = words[:-1]
    while len(words) > 1 and (words[0] in _DIRECTIONS or words[0] in _HEADS):
        feature = feature or GENERIC.get(words[0])
        words = words[1:]
    if len(words) > 1 and words[0] in _LEADING:
        words = words[1:]
    if len(words) > 2:
        words = [words[0], *(word for word in words[1:-1] if word not in ARTICLES), words[-1]]
    return " ".join(words), feature


def bare_key(folded: str, feature: str) -> str:
    """Return a stored name's key without its article, and without a noun that says what the place is anyway.

    >>> bare_key("homs governorate", "A.ADM1"), bare_key("kansas city", "P.PPL"), bare_key("al qusayr", "P.PPL")
    ('homs', 'kansas city', 'qusayr')
    """
    words = folded.split()
    while len(words) > 1 and words[-1] != "city" and GENERIC.get(words[-1], "-")[0] == feature[0]:
        words = words[:-1]
    if len(words) > 2 and words[1] == "of" and GENERIC.get(words[0], "-")[0] == feature[0]:
        words = words[2:]
    if len(words) > 1 and words[0] in _LEADING:
        words = words[1:]
    if len(words) > 2:
        words = [words[0], *(word for word in words[1:-1] if word not in ARTICLES), words[-1]]
    return " ".join(words)


_DIGRAPHS = (
    ("shch", "s"), ("sch", "s"), ("tch", "j"), ("dzh", "j"), ("dsh", "s"), ("kh", "h"), ("gh", "g"), ("sh", "s"),
    ("ch", "s"), ("th", "t"), ("dh", "d"), ("zh", "z"), ("ph", "f"), ("ts", "s"), ("tz", "s"), ("ck", "k"),
    ("dj", "j"), ("ou", "u"), ("oo", "u"), ("ee", "i"), ("qu", "k"),
)  # fmt: skip
_SAME = str.maketrans(
    {"q": "k", "c": "k", "g": "k", "j": "k", "w": "u", "v": "b", "f": "b", "p": "b", "z": "s", "x": "k"}
)
_VOWELS = re.compile(r"(?<=.)[aeiouy]+")
_TWICE = re.compile(r"(.)\1+")


@lru_cache(maxsize=4096)
def skeleton(folded: str) -> str:
    """Return what transliterations of a key agree on: its consonants, roughly, without articles; "" if too little.

    >>> skeleton("maarat al numan") == skeleton("maarrat an numan"), skeleton("hodeidah") == skeleton("hudaydah")
    (True, True)
    """
    if not folded.isascii():
        return ""
    bare = " ".join(word for word in stripped(folded)[0].split() if word not in ARTICLES)
    for digraph, letter in _DIGRAPHS:
        bare = bare.replace(digraph, letter)
    bare = bare.translate(_SAME)
    parts = []
    for word in bare.split():
        head = "a" if word[0] in "aeiouy" else word[0]
        parts.append(_TWICE.sub(r"\1", head + _VOWELS.sub("", word[0] + word[1:])[1:].replace("h", "")))
    joined = "".join(parts)
    return joined if len(joined) > 2 else ""


def bones(folded: str) -> int:
    """Return a number for a key's skeleton, 0 if it has none: what the file keeps in the skeleton's stead."""
    return zlib.crc32(found.encode()) if (found := skeleton(folded)) else 0


_CODE = re.compile(r"(?:[A-Z]\.? ?){1,4}[A-Z]\.?")


def is_code(name: str) -> bool:
    """Say whether a name is written as an abbreviation: US, U.S., UAE, N.Y., DRC.

    >>> is_code("U.S."), is_code("CAN"), is_code("Can"), is_code("Paris")
    (True, True, False, False)
    """
    return len(name) < 10 and _CODE.fullmatch(name) is not None


def undotted(name: str) -> str:
    """Return a code without the full stops and gaps it is written with, case kept: US for U.S. and U. S.

    A word's abbreviation keeps its own: Miss. is Mississippi, Miss is not.
    """
    return name.replace(".", "").replace(" ", "") if is_code(name) else name
