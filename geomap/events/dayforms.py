"""How news writes a time: one regular expression for each family of words, each linear."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from typing import NamedTuple

from geomap.events.lexicon import values

FEASTS = {
    "new year['’]s eve": (12, 31), "new year['’]s day": (1, 1), "christmas eve": (12, 24), "christmas day": (12, 25),
    "boxing day": (12, 26), "valentine['’]s day": (2, 14), "halloween": (10, 31),
}  # fmt: skip
"""Days of every year that have a name."""
ORDINALLY = (
    "day|floor|anniversary|century|parallel|street|straight|consecutive|time|minute|hour|night|week|month|birthday"
    "|edition|round|meeting|infantry|brigade|division|battalion|regiment|avenue|attempt|lap|hole|floor|mile"
)
"""What an ordinal may be of that is no day of the month."""


class Form(NamedTuple):
    """A form: how it is found in small letters, which is quick, and read as it is written; its family."""

    quick: re.Pattern[str]
    pattern: re.Pattern[str]
    family: str


@cache
def patterns(code: str) -> tuple[Form, ...]:
    """Return the forms of a language, in the order they must be tried."""
    days = "|".join(sorted(values(code, "days"), key=len, reverse=True))
    months = "|".join(sorted(values(code, "months"), key=len, reverse=True))
    numbers = r"a|an|one|two|three|four|five|six|seven|eight|nine|ten|several|a few|a couple of|\d{1,3}"
    number_words = r"second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|\d{1,2}(?:st|nd|rd|th)"
    month = rf"(?P<month>{months})\b\.?"
    day = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
    day2 = r"(?P<day2>\d{1,2})(?:st|nd|rd|th)?"
    month2 = rf"(?P<month2>{months})\b\.?"
    clock = r"(?!\s*(?:hrs|hours|h\b|gmt|utc|z\b|local|am\b|pm\b|people|soldiers|others|dead))"
    full_year = rf"(?:,?\s+(?P<year>(?:1[89]|20)\d\d)\b{clock})?"
    year = rf"(?:,?\s+(?P<year>(?:1[89]|20)\d\d|\d{{2}}(?![\d:.,]\d))\b{clock})?"
    lead = r"(?:(?P<lead>last|next|this|past|coming|previous|late last|early|late|since|by|until|before)\s+)?"
    on = r"\b(?:(?:late on|early on|(?P<since>since|as of|until)|on)\s+)?"
    table = (
        (r"\b(?P<year>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<day>\d\d)(?!\d)", "iso"),
        (r"\b(?P<year>(?:19|20)\d\d)(?P<m>0[1-9]|1[0-2])(?P<day>[0-3]\d)\b", "iso"),
        (rf"\b(?:dtg\s*)?(?P<day>\d\d)\d{{4}}\s?[a-z]?\s?(?P<month>{months})\s?(?P<year>\d{{4}}|\d\d)\b", "military"),
        (r"\b(?P<day>[0-3]\d)(?:[01]\d|2[0-4])[0-5]\d\s?[a-z]\b", "military_day"),
        (rf"\b(?:(?:between|from)\s+)?{day}\s+(?:of\s+)?{month}\s*(?:-|–|to|and|until|through)\s*{day2}\s+(?:of\s+)?{month2}{full_year}", "range"),
        (rf"\b(?:between|from)\s+{month}\s+{day}\s*(?:-|–|to|and|until|through)\s*{month2}\s+{day2}\b(?!,?\d){full_year}", "range"),
        (rf"\b(?:from|between|(?:in|on|during)\s+the\s+night\s+(?:of|from))\s+(?P<weekday>{days})\s+(?:to|and|until|through)\s+(?P<weekday2>{days})\b", "weekdays"),
        (rf"\b{day}\s*(?:-|–|to|and|until)\s*{day2}\s+(?:of\s+)?{month}{full_year}", "range"),
        (rf"\b{month}\s+{day}\s*(?:-|–|to|and|until|through)\s*(?:(?:{months})\s+)?(?P<day2>\d{{1,2}})\b(?!,?\d){full_year}", "range"),
        (rf"\b(?:between|from)\s+{month}(?:\s+(?P<year>(?:19|20)\d\d))?\s*(?:-|–|to|and|until|through)\s*{month2}(?!\s+\d{{1,2}}\b)(?:,?\s+(?P<year2>(?:19|20)\d\d))?", "months"),
        (rf"{on}\b{day}\s+(?:of\s+)?(?P<month>{months})\.(?P<year>(?!))?(?=\s+\d{{1,2}}\s+[a-z])", "day"),
        (rf"{on}\b{day}\s+(?:of\s+)?{month}{year}", "day"),
        (rf"{on}\b{month}\s+{day}\b(?![,.]\d|:\d){full_year}", "day"),
        (r"\b(?P<day>\d{1,2})[/.-](?P<m>\d{1,2})[/.-](?P<year>\d{4})\b", "numeric_of_year"),
        (r"(?m)^[ \t]*(?P<day>\d{1,2})[./](?P<m>\d{1,2})(?=[ \t]*[-–:])", "listed"),
        (r"\b(?P<day>\d\d)\.(?P<m>\d\d)\.(?P<year>\d\d)\b(?![.\d])", "numeric"),
        (rf"\b(?:on\s+)?(?P<feast>{'|'.join(FEASTS)})\b", "feast"),
        (rf"\b(?:in|during)\s+the\s+(?P<nth>first|second|third|last)\s+week\s+of\s+{month}{full_year}", "week_of"),
        (rf"\b(?:since|from)\s+{month}{full_year}", "since_month"),
        (rf"\b(?P<lead>last|next|this|early|mid|late)?[\s-]*{month}\s+(?P<year>(?:19|20)\d\d)\b", "month_of_year"),
        (rf"\b(?P<lead>in|last|next|this|early|mid|late|early in|of|during)[\s-]+{month}(?!\s*\d)(?=[\s,.;)]|$)", "month"),
        (rf"\b(?:the\s+)?(?P<nth>{number_words})\s+(?:straight|consecutive|successive)\s+(?P<unit>day|night|week)\b", "nth"),
        (rf"\bfor\s+(?:a|the)\s+(?P<nth>{number_words})\s+(?P<unit>day|night|week)\b", "nth"),
        (rf"\b(?:entered|in|on)\s+(?:its|their|the)\s+(?P<nth>{number_words})\s+(?P<unit>day|week)\b", "nth"),
        (rf"\bfor\s+(?:the\s+)?(?:(?:past|last)\s+)?(?P<n>{numbers})\s+(?:straight\s+|consecutive\s+)?(?P<unit>day|night|week)s\b(?!\s+(?:before|after|later|ago|earlier|of|in))", "lasting"),
        (rf"\b(?:for\s+)?(?:a|the)\s+(?P<nth>{number_words})\s+(?P<unit>day|night|week)\s+(?:running|in a row)\b", "nth"),
        (rf"\bon\s+the\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)\b(?!\s+(?:{ORDINALLY}))", "day_of_month"),
        (r"\((?P<weekday>mon|tues?|wed|thu(?:rs?)?|fri|sat|sun)\.?(?=[),;])", "weekday_short"),
        (rf"{on}\b{lead}(?P<weekday>{days})(?:\s+(?:morning|afternoon|evening|night))?\b", "weekday"),
        (r"\bday before yesterday\b", "minus2"),
        (rf"\b(?:(?P<n>{numbers})\s+(?P<unit>day|week|month)s?|the\s+(?P<one>day))\s+(?P<way>earlier|later|after|before)\b", "relative"),
        (r"\bthe\s+(?:day|morning|night|evening)\s+after\s+(?=(?!the\b|a\b|an\b|he\b)[a-z’']+(?:\s+[a-z’']+){0,3}\s+[a-z]{3,20}ed\b)", "morning_after"),
        (r"\b(?:the\s+)?(?:next|following)\s+(?:day|morning|afternoon|evening|night)\b|\bthe day after\b", "next"),
        (r"\bthe\s+(?:previous|preceding)\s+(?:day|night|evening)\b|\bthe (?:day|night) before(?=[,.;:]|$| [a-z]+ (?:had|were|was)\b)", "previous"),
        (r"\b(?:the same|that)\s+(?:day|morning|afternoon|evening|night)\b|\b(?:(?:several |a few |two |three |four |five |six |some )?hours|minutes|moments|later that day|an hour)\s+(?:later|earlier)\b", "same"),
        (r"\b(?:yesterday|last night|last evening|overnight|the day before)\b", "minus1"),
        (r"\b(?:today|tonight|this morning|this afternoon|this evening|at dawn today|earlier in the day|early today)\b", "plus0"),
        (r"\btomorrow\b", "plus1"),
        (rf"\b(?P<n>{numbers})\s+(?P<unit>day|week|month|year)s?\s+(?:ago|earlier)\b", "ago"),
        (rf"\b(?:over|in|during|within|for)\s+the\s+(?:past|last)\s+(?:(?P<n>{numbers})\s+)?(?P<unit>day|week|month|year|hour)s?\b", "past"),
        (rf"\bin\s+the\s+(?:next|coming)\s+(?:(?P<n>few|{numbers})\s+)?(?P<unit>day|week|month)s?\b", "coming"),
        (r"\b(?P<lead>last|this|next|past|previous|earlier this|later this|late last|early last)\s+(?P<unit>week|month|year|weekend|summer|winter|spring|autumn)\b", "unit"),
        (r"\b(?:over|at|during)\s+the\s+weekend\b", "weekend"),
        (r"\b(?P<lead>since|in|from|until|before|by|during|of|the|early|late|between|and|to|a|an|his|her|its|their)\s+(?:early\s+|late\s+|mid-?)?(?P<year>1[89]\d\d|20\d\d)s?\b", "year"),
    )  # fmt: skip
    return tuple(Form(re.compile(p), re.compile(p, re.IGNORECASE), name) for p, name in table)


_ORDINAL = "second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth st nd rd th"
_NEEDS = {
    "iso": "####", "military": "####", "military_day": "####", "numeric": "###", "numeric_of_year": "### + ####", "listed": "##",
    "year": "#### + since in from until before by during of the early late between and to a an his her its their",
    "day_of_month": "st nd rd th + the", "range": "month + ##", "months": "month + from between", "day": "month + #",
    "week_of": "month + week", "since_month": "month + since from",
    "month": "month + in last next this early mid late of during", "month_of_year": "month + ####",
    "weekday": "weekday", "weekday_short": "mon tue tues wed thu thur thurs fri sat sun", "weekdays": "weekday + between from night",
    "feast": "eve day christmas halloween + new christmas boxing valentine halloween",
    "nth": f"day night week + {_ORDINAL}",
    "lasting": "days nights weeks + for", "minus2": "yesterday + day",
    "relative": "day days week weeks month months + earlier later after before",
    "morning_after": "day morning night evening + after",
    "next": "day morning afternoon evening night + next following after",
    "previous": "day night evening + previous preceding before",
    "same": "day morning afternoon evening night hour hours minutes moments + same that later earlier",
    "minus1": "yesterday overnight night evening day + yesterday overnight last before", "plus1": "tomorrow",
    "plus0": "today tonight morning afternoon evening day + today tonight this earlier",
    "ago": "day days week weeks month months year years + ago earlier",
    "past": "day days week weeks month months year years hour hours + past last",
    "coming": "day days week weeks month months + next coming",
    "unit": "week month year weekend summer winter spring autumn + last this next past previous",
    "weekend": "weekend + the",
}  # fmt: skip
"""What a stretch of text must hold for a family to be looked for at all: one of the words before "+" and, where there
are any, one of those behind it. "#" is a number, "##" two and "###" three of them, "####" one of four digits or more;
"month" and "weekday" are names of them."""


def _needing(place: int) -> dict[str, frozenset[str]]:
    """Return the families by each word that they need one of: of the first words told (0), or of the second (2)."""
    found: dict[str, set[str]] = defaultdict(set)
    for family, needs in _NEEDS.items():
        told = needs.partition("+")
        for word in (told[place] or told[0]).split():
            found[word].add(family)
    return {word: frozenset(families) for word, families in found.items()}


_FIRST, _SECOND = _needing(0), _needing(2)
_RUN = re.compile(r"\d+|[^\W\d_]+")
_DAY_MONTH_YEAR = 3
"""Numbers that a full date in digits has."""
_YEAR = 4
"""Digits that a year has, and a day written in digits alone."""


@cache
def _marked(code: str) -> dict[str, str]:
    """Return the names of months and weekdays, the last word of each, with the mark of what they are."""
    tables = (("months", "month"), ("days", "weekday"))
    return {_RUN.findall(name)[-1]: mark for table, mark in tables for name in values(code, table)}


def families(stretch: str, code: str) -> set[str]:
    """Return the families that may stand in a stretch of text in small letters: mostly none, or a few.

    A family stands only where one of its first words does and one of its second: see `_NEEDS`.
    """
    runs = _RUN.findall(stretch)
    words, marked = set(runs), _marked(code)
    marks = {marked[word] for word in words if word in marked}
    digits = [len(run) for run in runs if run[0].isdigit()]
    marks |= {"#" * n for n in range(1, min(len(digits), _DAY_MONTH_YEAR) + 1)}
    if digits and max(digits) >= _YEAR:
        marks.add("####")
    words |= marks
    first = {family for word in words if word in _FIRST for family in _FIRST[word]}
    return first and first & {family for word in words if word in _SECOND for family in _SECOND[word]}
