"""Texts as documents whose places are marked by hand, so that what is tested is the telling and not the finding."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from gazetteer.place import Place
from geomap.events import extract
from geomap.model import Candidate, Document, Mention, Resolution, Span

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geomap.model import Event

SATURDAY = date(2013, 5, 25)

_LANDS = "Syria SY 35 38, Iraq IQ 33 44, Afghanistan AF 33 66, Nigeria NG 10 8, Mali ML 17 -4, Colombia CO 4 -73"
_REGIONS = "Helmand AF 31 64.4 10, Borno NG 11.5 13 27, Anbar IQ 32.5 41.5 01, Nangarhar AF 34.2 70.5 18"
_TOWNS = """
Aleppo SY 36.2 37.16, Homs SY 34.73 36.71, Qusair SY 34.51 36.58, Damascus SY 33.51 36.29, Douma SY 33.57 36.4,
Raqqa SY 35.95 39.01, Idlib SY 35.93 36.63, Baghdad IQ 33.34 44.4, Mosul IQ 36.33 43.13, Ramadi IQ 33.43 43.3 01,
Fallujah IQ 33.35 43.78 01, Kirkuk IQ 35.47 44.39, Tikrit IQ 34.6 43.68, Kabul AF 34.53 69.17, Sangin AF 32.07 64.83 10,
Gereshk AF 31.82 64.57 10, Jalalabad AF 34.43 70.45 18, Quetta PK 30.18 67, Peshawar PK 34.01 71.58,
Karachi PK 24.86 67.01, Maiduguri NG 11.85 13.16 27, Bama NG 11.52 13.69 27, Jos NG 9.93 8.89, Kano NG 12 8.52,
Gao ML 16.27 -0.05, Kidal ML 18.44 1.41, Timbuktu ML 16.77 -3.01, Mogadishu SO 2.04 45.34, Baidoa SO 3.11 43.65,
Kismayo SO -0.36 42.55, Bogota CO 4.61 -74.08, Cali CO 3.44 -76.52, Medellin CO 6.25 -75.56, Tripoli LB 34.43 35.84,
Beirut LB 33.89 35.5, Paris FR 48.85 2.35, Geneva CH 46.2 6.15, Moscow RU 55.75 37.62, Kyiv UA 50.45 30.52,
Kharkiv UA 49.98 36.25, Odesa UA 46.48 30.73, Donetsk UA 48.02 37.8, Cairo EG 30.06 31.25, Goma CD -1.68 29.22,
Bunia CD 1.57 30.25, Manila PH 14.6 120.98, Jolo PH 6.05 121, Lima PE -12.05 -77.04, Oslo NO 59.91 10.75,
Karrada IQ 33.3 44.42, Salaheddin SY 36.19 37.12
"""


def _places() -> dict[str, Place]:
    kinds = ((_LANDS, "A.PCLI", 500.0), (_REGIONS, "A.ADM1", 120.0), (_TOWNS, "P.PPLA", 8.0))
    made: dict[str, Place] = {}
    for listed, feature, radius in kinds:
        for row in listed.split(","):
            name, country, latitude, longitude, *admin = row.split()
            code = f"{country}.{admin[0]}" if admin else None
            made[name] = Place(
                len(made) + 1,
                name,
                float(latitude),
                float(longitude),
                country,
                code,
                None,
                None,
                feature,
                50_000,
                radius,
            )
    return made


PLACES = _places()
_NAMES = re.compile(rf"\b(?:{'|'.join(PLACES)})\b", re.IGNORECASE)


def document(text: str, *, published: date | None = SATURDAY, name: str = "a") -> tuple[Document, list[Resolution]]:
    """Return a document, and the places above wherever it names them."""
    found = []
    for match in _NAMES.finditer(text):
        place = PLACES[match.group().title()]
        mention = Mention(Span(*match.span()), match.group())
        found.append(Resolution(mention, place, 0.9, (Candidate(place, 0.9),)))
    return Document(name, text, published=published), found


def told(
    text: str, *, published: date | None = SATURDAY, name: str = "a", demonyms: Mapping[str, str] | None = None
) -> tuple[Event, ...]:
    """Return the events of a text; `demonyms` are words for peoples, and their countries."""
    page, found = document(text, published=published, name=name)
    for word, country in (demonyms or {}).items():
        home = Place(len(PLACES) + 1, word, 0.0, 0.0, country, None, None, None, "A.PCLI", 50_000, 500.0)
        for match in re.finditer(rf"\b{word}\b", text):
            mention = Mention(Span(*match.span()), word, kind="demonym")
            found.append(Resolution(mention, home, 0.9, (Candidate(home, 0.9),)))
    return extract(page, sorted(found, key=lambda r: r.mention.span), None)
