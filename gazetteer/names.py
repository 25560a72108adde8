"""One key for the many spellings of a name.

`key` folds what never tells two places apart: case, marks, hyphens, apostrophes, Saint and St. `stripped` drops what
often stands beside a name: articles (al-, the) and generic nouns (Province, village, northern). `respelled` gives the
other spellings that the press has for an Arabic name. `skeleton` keeps only what every transliteration of an Arabic,
Persian, Hebrew or Cyrillic name agrees on.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_APOSTROPHES = "'’‘ʼʻʿʾ`´ʹ′ʽ‛＇ˈ՚׳״\"“”"
_GAPS = "-‐‑‒–—_/\\,;:()[]{}|·•&+#@!?*…"
_LETTERS = {
    "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ħ": "h", "ŋ": "ng", "ə": "a",
    "ـ": None, "ى": "ي", "ة": "ه", "ک": "ك", "ی": "ي", "ٱ": "ا",
}  # fmt: skip
_FOLD = str.maketrans({**dict.fromkeys(_APOSTROPHES + ".", None), **dict.fromkeys(_GAPS, " "), **_LETTERS})
_SPACES = str.maketrans(dict.fromkeys("\t\v\f\r\x1c\x1d\x1e\x1f", " "))


class _Unmarked(dict[int, "int | str | None"]):
    """`_FOLD` for letters taken apart: it drops their marks too, and learns which characters are marks as they come."""

    def __missing__(self, code: int) -> int | str | None:
        letter = chr(code)
        found = None if unicodedata.combining(letter) else " " if letter.isspace() and letter != "\n" else code
        self[code] = found
        return found


_UNMARK = _Unmarked(_FOLD)
_SKY = re.compile(r"sk(?:yi|yy|yj|iy|ij|ii|i|y)\b")
_SHORT = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort", "pt": "point"}
_SHORT_SET = frozenset(_SHORT)

ARTICLES = frozenset(
    "al el il ul ad ed ar er as es at et ath an en ash esh az ez adh dh the le la les los las de".split()
)
"""Articles of names, in the key's spelling: Arabic's, assimilated or not, and those English and French put before."""

_LEADING = ARTICLES - frozenset("de il ul er es et at en la los las le les as an".split())
_DIRECTIONS = frozenset(
    "north south east west northern southern eastern western central northeastern northwestern southeastern "
    "southwestern northeast northwest southeast southwest upper lower greater inner outer rural urban downtown "
    "occupied annexed government rebel".split()
)
_PARTS = frozenset("north south east west centre urban rural municipal".split())
"""What stands behind an area's name when it was divided: Mandera East, Kwekwe Urban."""

GENERIC: dict[str, str] = {
    **dict.fromkeys(
        "province governorate region state oblast krai kray prefecture wilaya wilayah wilayat muhafazah emirate "
        "autonomous republic territory voivodeship provincia departamento estado provinsi wojewodztwo gouvernorat "
        "departement obwod vilayeti ostan mohafazat".split(),
        "A.ADM1",
    ),
    **dict.fromkeys(
        "district county department subdistrict raion rayon parish municipality canton commune township tehsil "
        "tehsils upazila woreda zone area locality division lga borough cercle sector subdivision distrito municipio "
        "metropolitan regency okrug hromada gmina judet partido powiat landkreis kreis kabupaten kota raionul "
        "arrondissement caza comuna qada rajon rajonas ilcesi tumani shahrestan nahiyah nohiyai "
        "kommune payam boma thana mandal taluk chiefdom groupement kebele".split(),
        "A.ADM2",
    ),
    **dict.fromkeys(
        "city town village hamlet barangay suburb neighborhood neighbourhood settlement metropolis favela vereda "
        "colonia corregimiento".split(),
        "P",
    ),
    **dict.fromkeys("river creek lake sea gulf bay strait straits basin ocean wadi canal reservoir".split(), "H"),
    **dict.fromkeys(
        "mountain mountains mount range hills hill valley peak island islands desert plateau peninsula plain plains "
        "forest".split(),
        "T",
    ),
    **dict.fromkeys(
        "camp airport airbase base crossing checkpoint port dam prison barracks refinery headquarters stronghold "
        "outskirts".split(),
        "S",
    ),
    **dict.fromkeys(
        "university college academy hospital school institute courthouse council hall stadium cathedral church mosque "
        "temple synagogue museum theatre theater market general referral teaching memorial royal regional "
        "international magistrates crown court infirmary station clinic seminary cemetery junction roundabout".split(),
        "S.BLDG",
    ),
    **dict.fromkeys("enclave pocket countryside corridor front frontline axis direction".split(), "L"),
}
"""Generic nouns that stand beside a name, and the GeoNames feature (class, or class and code) each speaks of."""

_HEADS = frozenset(
    "province governorate state region district department city town village barangay river lake mount republic "
    "kingdom departamento provincia estado partido municipio distrito powiat landkreis kabupaten kota provinsi "
    "wojewodztwo arrondissement cercle departement commune gouvernorat wilaya wilayah wilayat caza comuna nohiyai "
    "oblast raion rayon gmina judet mohafazat qada university favela vereda colonia corregimiento kebele payam "
    "groupement chiefdom".split()
)
"""Generic nouns that may stand first: Departamento de Castellanos, Wilaya of Tindouf."""

_DROPPED = ARTICLES | _HEADS | frozenset(GENERIC)
_OFS = frozenset("of de du des del d da do".split())


def key(name: str) -> str:
    """Return the spelling that all ordinary spellings of a name share.

    >>> key("Ma‘arrat an-Nu‘mān"), key("St. Petersburg"), key("Cox’s Bazar")
    ('maarrat an numan', 'saint petersburg', 'coxs bazar')
    """
    if name.isascii():
        folded = name.lower().translate(_FOLD)
    else:
        folded = unicodedata.normalize("NFC", unicodedata.normalize("NFKD", name).casefold().translate(_UNMARK))
    if "sk" in folded:
        folded = _SKY.sub("sky", folded)
    words = folded.split()
    if len(words) > 1 and not _SHORT_SET.isdisjoint(words):
        words = [*(_SHORT.get(word, word) for word in words[:-1]), words[-1]]
    return " ".join(words)


def keys(names: Sequence[str]) -> list[str]:
    """Return the keys of many names, folded all at once: that takes half the time.

    >>> keys(["Ma‘arrat an-Nu‘mān", "St. Petersburg"])
    ['maarrat an numan', 'saint petersburg']
    """
    plain = [name for name in names if name.isascii()]
    marked = [name for name in names if not name.isascii()]
    first = _lines("\n".join(plain).lower().translate(_FOLD).translate(_SPACES))
    apart = unicodedata.normalize("NFKD", "\n".join(marked)).casefold().translate(_UNMARK)
    second = _lines(unicodedata.normalize("NFC", apart))
    if len(first) != max(1, len(plain)) or len(second) != max(1, len(marked)):  # a name of several lines
        return [key(name) for name in names]
    ascii_keys, other_keys = iter(first), iter(second)
    return [next(ascii_keys if name.isascii() else other_keys) for name in names]


def _lines(folded: str) -> list[str]:
    """Finish folded names, one a line, as `key` finishes each."""
    text = f"\n{_SKY.sub('sky', folded)}\n"
    while "  " in text:
        text = text.replace("  ", " ")
    text = text.replace(" \n", "\n").replace("\n ", "\n")
    for short, long in _SHORT.items():
        text = text.replace(f"\n{short} ", f"\n{long} ")
        for _ in range(2):  # st st petersburg: the first time round the gap between them is taken
            text = text.replace(f" {short} ", f" {long} ")
    return text[1:-1].split("\n")


def stripped(folded: str) -> tuple[str, str | None]:
    """Return a key without articles, directions and generic nouns, and the feature the dropped noun speaks of.

    >>> stripped("deir ez zor province"), stripped("northern syria"), stripped("al qusayr")
    (('deir zor', 'A.ADM1'), ('syria', None), ('qusayr', None))
    """
    words = folded.split()
    feature: str | None = None
    while len(words) > 1 and (words[-1] in GENERIC or words[-1] in _PARTS):
        feature = feature or GENERIC.get(words[-1])
        words = words[:-1]
    while len(words) > 1 and (words[0] in _DIRECTIONS or words[0] in _HEADS):
        feature = feature or GENERIC.get(words[0])
        words = _after(words)
    return _without_articles(words), feature


def bare_key(folded: str, feature: str) -> str:
    """Return a stored name's key without its article, and without a noun that says what the place is anyway.

    What was built keeps its noun: nobody calls an airport or a camp by its town's name alone. The Republic of China is
    not China.

    >>> bare_key("homs governorate", "A.ADM1"), bare_key("kansas city", "P.PPL"), bare_key("al qusayr", "P.PPL")
    ('homs', 'kansas city', 'qusayr')
    """
    if " " not in folded or feature[0] == "S" or folded.startswith("republic of "):
        return folded
    words = folded.split()
    if _DROPPED.isdisjoint(words):
        return folded
    while len(words) > 1 and words[-1] not in {"city", "town"} and GENERIC.get(words[-1], "-")[0] == feature[0]:
        words = words[:-1]
    if len(words) > 1 and words[0] in _HEADS and GENERIC.get(words[0], "-")[0] == feature[0]:
        words = _after(words)
    return _without_articles(words)


def _after(words: list[str]) -> list[str]:
    """Return what follows a leading noun, and the "of" that may come with it."""
    return words[2:] if len(words) > 2 and words[1] in _OFS else words[1:]  # noqa: PLR2004 - the noun, of, a name


def _without_articles(words: list[str]) -> str:
    if len(words) > 1 and words[0] in _LEADING:
        words = words[1:]
    return " ".join([*words[:1], *(word for word in words[1:-1] if word not in ARTICLES), *words[1:][-1:]])


_SUN = {c: (f"a{c}", f"e{c}") for c in "nrtdz"} | {"s": ("as", "es", "ash", "esh")}
_ENDINGS = ("iyya", "iyyah", "iya", "iyah", "ieh", "iyeh", "ia")
_SOUNDS = (("ai", "ay"), ("ay", "ai"), ("ei", "ay"), ("au", "aw"), ("ou", "u"), ("oo", "u"), ("ee", "i"))


def respelled(folded: str) -> list[str]:
    """Return how else the press writes the key of an Arabic, Persian or Turkic name, the nearest first.

    The article before a sun letter, Umm and Um, a final -a and -ah, diphthongs and long vowels.

    >>> respelled("al nahud")[:2], "sulaymaniyah" in respelled("sulaimaniya"), "hawijah" in respelled("hawija")
    (['an nahud', 'en nahud'], True, True)
    """
    words = folded.split()
    if not folded.isascii() or len(words) > _MOST_WORDS:
        return []
    found = [folded]
    if len(words) > 1 and words[0] in ("al", "el"):
        rest = " ".join(words[1:])
        found += [f"{article} {rest}" for article in _SUN.get(words[1][0], ())]
    elif len(words) > 1 and words[0] in ("um", "umm"):
        found.append(" ".join(["umm" if words[0] == "um" else "um", *words[1:]]))
    found += [text for name in found[:] for text in _otherwise_ended(name)]
    found += [text.replace(one, other) for text in found[:] for one, other in _SOUNDS if one in text]
    return list(dict.fromkeys(text for text in found[1:] if text != folded))


_MOST_WORDS = 3


def _otherwise_ended(name: str) -> list[str]:
    """Return a key with the other spellings of a feminine ending."""
    for ending in sorted(_ENDINGS, key=len, reverse=True):
        if name.endswith(ending):
            return [name.removesuffix(ending) + other for other in _ENDINGS if other != ending]
    if name.endswith(("ah", "eh")):
        return [name[:-1], f"{name[:-2]}a"]
    return [f"{name}h"] if name.endswith("a") else []


_WITH_H = (
    ("shch", "s"), ("tsch", "s"), ("sch", "s"), ("tch", "s"), ("dzh", "j"), ("kh", "h"), ("gh", "g"), ("sh", "s"),
    ("ch", "s"), ("zh", "j"), ("ph", "b"),
)  # fmt: skip
_SAME = str.maketrans("qcgwvfp", "kkkubbb")
_SILENT = str.maketrans("", "", "aeiouyh")
_TWICE = re.compile(r"(.)\1+")
_LEAST = 3
"""A skeleton of fewer letters says nothing."""


def skeleton(folded: str) -> str:
    """Return what transliterations of a key agree on: its consonants, roughly, without articles; "" if too little.

    >>> skeleton("maarat al numan") == skeleton("maarrat an numan"), skeleton("hodeidah") == skeleton("hudaydah")
    (True, True)
    """
    if not folded.isascii():
        return ""
    joined = "".join(map(_consonants, folded.split()))
    return joined if len(joined) >= _LEAST else ""


@lru_cache(maxsize=1 << 15)
def _consonants(word: str) -> str:
    """Return a word's part of a skeleton."""
    if word in ARTICLES:
        return ""
    if "h" in word:
        for letters, letter in _WITH_H:
            word = word.replace(letters, letter)
    word = _TWICE.sub(r"\1", word).replace("dj", "j").replace("ts", "s").replace("tz", "s").translate(_SAME)
    head = "a" if word[0] in "aeiouy" else word[0]
    return head + word[1:].translate(_SILENT)


def bones(folded: str) -> int:
    """Return a number for a key's skeleton, 0 if it has none: what the file keeps in the skeleton's stead."""
    return zlib.crc32(found.encode()) if (found := skeleton(folded)) else 0


_CODE_LENGTH = 12
_SHORTEST = 4
_CODE = re.compile(r"(?:[A-Z]\.? ?){1,4}[A-Z]\.?")


def is_code(name: str) -> bool:
    """Say whether a name is written as an abbreviation: US, U.S., UAE, N.Y., DRC.

    >>> is_code("U.S."), is_code("CAN"), is_code("Can"), is_code("Paris")
    (True, True, False, False)
    """
    return len(name) < _CODE_LENGTH and name.isupper() and _CODE.fullmatch(name) is not None


def undotted(name: str) -> str:
    """Return a code without the full stops and gaps it is written with, case kept: US for U.S. and U. S.

    A word's abbreviation keeps its own: Miss. is Mississippi, Miss is not.
    """
    return name.replace(".", "").replace(" ", "") if is_code(name) else name


def may_be_code(name: str) -> bool:
    """Say whether a name may be stored as a code: ordinary words, capitalised or not, need not be asked for.

    >>> may_be_code("U.S."), may_be_code("Miss."), may_be_code("LoC"), may_be_code("DR Congo")
    (True, True, True, True)
    >>> may_be_code("Damascus"), may_be_code("soldiers"), may_be_code("San Jose")
    (False, False, False)
    """
    if len(name) <= _SHORTEST or "." in name:
        return True
    return any(len(word) > 1 and word not in {word.capitalize(), word.lower()} for word in name.split())
