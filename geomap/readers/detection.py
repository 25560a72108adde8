"""Which language a text is in: its script first, then its commonest small words.

A table of a few hundred words tells articles apart as surely as a model a hundred megabytes large; a line of five words
it may not.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from geomap.errors import require
from geomap.language import bare

SAMPLE = 4000
"""How many characters are looked at."""

SCRIPT_SAMPLE = 800
"""How many tell the script."""

LEAST = 0.06
"""The least share of a text's words that must be small words of a Latin language for it to be that one."""

SCRIPTS: tuple[tuple[int, int, str], ...] = (
    (0x0041, 0x024F, "latin"),
    (0x0370, 0x03FF, "el"),
    (0x0400, 0x052F, "cyrillic"),
    (0x0530, 0x058F, "hy"),
    (0x0590, 0x05FF, "he"),
    (0x0600, 0x077F, "arabic"),
    (0x0900, 0x097F, "hi"),
    (0x0980, 0x09FF, "bn"),
    (0x0B80, 0x0BFF, "ta"),
    (0x0D80, 0x0DFF, "si"),
    (0x0E00, 0x0E7F, "th"),
    (0x1000, 0x109F, "my"),
    (0x10A0, 0x10FF, "ka"),
    (0x1200, 0x137F, "am"),
    (0x1780, 0x17FF, "km"),
    (0x3040, 0x30FF, "ja"),
    (0xAC00, 0xD7AF, "ko"),
    (0x4E00, 0x9FFF, "zh"),
)
"""Ranges of letters, and the language that alone is written so, or the script."""

LETTERS: dict[str, tuple[tuple[str, str], ...]] = {
    "cyrillic": (("uk", "іїєґ"), ("be", "ў"), ("sr", "ђјљњћџ"), ("kk", "әғқңұһө"), ("ru", "ыэё"), ("bg", "щъ")),
    "arabic": (("ur", "ٹڈڑےں"), ("ckb", "ێۆڵ"), ("fa", "پچژگی"), ("ar", "ةىيكإأ")),
}
"""Letters that tell languages of one script apart; the language most of whose letters stand in the text."""

SMALL: dict[str, str] = {
    "en": "the of and to in a is that for on was with as by at from he it said were are has had an this his not after",
    "fr": "le la les de des du et en un une dans par pour que qui au aux sur est ont été avec ce il a son plus se pas",
    "es": "el la los las de del y en un una por para que con se su al fue es ha lo más tras no como han sus",
    "pt": "o a os as de do da dos das e em um uma por para que com se ao foi não na no mais são como foram pela",
    "it": "il la i gli le di del della dei e in un una per che con si al è non nel sono da più stato hanno alla",
    "ro": "și în de la cu pe din un o care a au fost pentru că mai nu al ale este s",
    "de": "der die das und in den von zu mit ist im für auf des dem ein eine nicht sich bei nach wurden am wurde",
    "nl": "de het een van en in op te dat is voor met zijn door aan werd bij niet ook naar uit werden",
    "sv": "och i att det som en på är av för med den till har de inte om ett var från",
    "pl": "w i na z do się nie że o jest to po przez od za oraz dla przy zostało",
    "cs": "v a na se je že z do s o po byl byla jsou pro který při podle",
    "tr": "ve bir bu da de için ile olarak olan daha en çok gibi kadar sonra olduğu tarafından",
    "az": "və bir bu da də üçün ilə olan daha sonra tərəfindən",
    "id": "yang di dan itu dengan untuk dari dalam pada ini tidak akan telah oleh ke kepada",
    "sw": "ya na wa kwa katika ni la za kuwa cha hiyo huo watu baada alisema",
    "so": "iyo oo ka ku ee in uu ay la waa ayaa lagu soo kale",
    "ha": "da a na ta ya ne ba ga sun suka wanda cikin kuma daga",
    "vi": "và của là có trong được cho các một những người với không này đã tại",
    "tl": "ang ng sa mga na at ay si ni para hindi nang kay",
}
"""The small words of languages in Latin letters."""

KNOWN = tuple(
    sorted(
        {
            *SMALL,
            *(code for table in LETTERS.values() for code, _ in table),
            *(code for *_, code in SCRIPTS if code not in ("latin", *LETTERS)),
        }
    )
)
"""The codes of all languages that a document may be said to be in."""

_LINE = 20
"""Up to so many words a text is a line, which one small word of another language does not tell."""

_WORD = re.compile(r"[^\W\d_]+")


def detect(text: str) -> str:
    """Return the ISO 639-1 code of a text's language; "und" where none of the table fits."""
    sample = text[:SAMPLE].casefold()
    scripts = Counter(script for letter in sample[:SCRIPT_SAMPLE] if (script := _script(letter)))
    if not scripts:
        return "en"
    script = scripts.most_common(1)[0][0]
    if scripts["ja"] * 10 > scripts[script]:  # Japanese is mostly Chinese signs
        return "ja"
    if script == "latin":
        return _by_words(_WORD.findall(sample))
    return _by_letters(sample, script) if script in LETTERS else script


def require_language(code: str) -> None:
    """Raise `UsageError` for a code of no language geomap tells apart; a region behind it is left alone: en-GB."""
    require(bare(code), KNOWN, "language")


def _by_words(words: list[str]) -> str:
    counted = Counter(words)
    shares = {code: sum(counted[word] for word in small) for code, small in _small().items()}
    if shares["tr"] >= shares["az"] and not any("ə" in word for word in words):
        shares["tr"] += sum("ı" in word or "ğ" in word for word in words) // 2  # its small words are few
    best = max(shares, key=lambda code: shares[code])
    if len(words) <= _LINE:
        return best if shares[best] > 1 else "en"
    return best if shares[best] >= LEAST * len(words) else "und"


def _by_letters(sample: str, script: str) -> str:
    found = Counter({code: sum(map(sample.count, letters)) for code, letters in LETTERS[script]})
    code, number = found.most_common(1)[0]
    return code if number else ("ru" if script == "cyrillic" else "ar")


@cache
def _script(letter: str) -> str | None:
    number = ord(letter)
    return next((name for first, last, name in SCRIPTS if first <= number <= last), None) if letter.isalpha() else None


@cache
def _small() -> dict[str, frozenset[str]]:
    return {code: frozenset(words.split()) for code, words in SMALL.items()}
