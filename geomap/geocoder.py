"""A second opinion: asks an online geocoder for names the gazetteer lacks or is unsure of. Only when told to.

Answers are kept on disk, apart from the gazetteer, with the service and the day: OpenStreetMap's licence is another
than GeoNames', and its servers ask that nobody asks twice.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from dataclasses import asdict, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

from gazetteer.place import Place
from geomap.errors import UsageError, require
from geomap.model import Candidate, Resolution

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from pathlib import Path

AGENT = "geomap-conflict"
POLICY = (
    "Public geocoders allow one question a second and no bulk work. Answers of Nominatim and Photon are "
    "© OpenStreetMap contributors, ODbL; GeoNames' are CC BY 4.0."
)
"""What a user is told before the first question."""

UNSURE = 0.5
"""Places resolved with less confidence are asked about."""

BELIEF = 0.6
"""How sure an answer is taken to be where the gazetteer had none."""

TABLE = (
    "CREATE TABLE IF NOT EXISTS answer(service TEXT, name TEXT, countries TEXT, day TEXT NOT NULL, "
    "places TEXT NOT NULL, PRIMARY KEY(service, name, countries))"
)


class Service(NamedTuple):
    """How to make a geopy geocoder, and how to ask it and read its answer."""

    make: Callable[[str], Any]
    options: Callable[[Collection[str]], dict[str, Any]]
    read: Callable[[dict[str, Any]], dict[str, Any]]


def _server(where: str, usual: str) -> dict[str, Any]:
    parts = urlsplit(where if "//" in where else f"https://{where or usual}")
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise UsageError(f"{where!r} is no geocoder's address. Type one such as https://nominatim.example.org")
    return {"domain": parts.netloc + parts.path.rstrip("/"), "scheme": parts.scheme, "user_agent": AGENT, "timeout": 10}


def _nominatim(where: str) -> Any:  # noqa: ANN401 - geopy has no types
    from geopy.geocoders import Nominatim

    return Nominatim(**_server(where, "nominatim.openstreetmap.org"))


def _photon(where: str) -> Any:  # noqa: ANN401 - geopy has no types
    from geopy.geocoders import Photon

    return Photon(**_server(where, "photon.komoot.io"))


def _geonames(where: str) -> Any:  # noqa: ANN401 - geopy has no types
    from geopy.geocoders import GeoNames

    user, _, server = where.partition("@")
    if not user:
        raise UsageError("GeoNames answers to a user's name only. Type --geocoder geonames=YOUR_NAME")
    return GeoNames(user, **_server(server, "secure.geonames.org"))


SERVICES: dict[str, Service] = {
    "nominatim": Service(
        _nominatim,
        lambda countries: {"country_codes": sorted(code.lower() for code in countries) or None, "addressdetails": True},
        lambda raw: {
            "country": (raw.get("address") or {}).get("country_code"),
            "feature": "A.ADM" if raw.get("class", raw.get("category")) == "boundary" else "P",
        },
    ),
    "photon": Service(
        _photon,
        lambda _: {},
        lambda raw: {"country": (raw.get("properties") or {}).get("countrycode"), "feature": "P"},
    ),
    "geonames": Service(
        _geonames,
        lambda countries: {"country": sorted(countries) or None},
        lambda raw: {"country": raw.get("countryCode"), "feature": f"{raw.get('fcl')}.{raw.get('fcode')}"},
    ),
}


class Geocoder:
    """One service, asked at most `budget` times and once in `seconds`.

    `told` is the service's name, and after = its server (or, for GeoNames, the user's name): "nominatim",
    "nominatim=https://nominatim.example.org", "geonames=NAME".
    """

    def __init__(self, told: str, cache: Path, *, budget: int = 50, seconds: float = 1.0) -> None:
        from geopy.extra.rate_limiter import RateLimiter

        name, _, where = told.partition("=")
        require(name, SERVICES, "geocoder")
        self.name = name
        self.service = SERVICES[name]
        self.budget = budget
        self.cache = cache
        self._ask = RateLimiter(
            self.service.make(where).geocode,
            min_delay_seconds=seconds,
            max_retries=1,
            error_wait_seconds=max(seconds, 0.01) * 2,
            swallow_exceptions=True,
            return_value_on_exception=None,
        )

    def places(self, name: str, countries: Collection[str] = ()) -> tuple[Place, ...]:
        """Return what the service says a name is, best first: from the cache, or asked while the budget lasts."""
        wanted = ",".join(sorted(countries))
        kept = self._kept(name, wanted)
        if kept is not None:
            return kept
        if self.budget <= 0:
            return ()
        self.budget -= 1
        answers = self._ask(name, exactly_one=False, **self.service.options(countries))
        if answers is None:
            return ()
        found = [self._place(number, answer) for number, answer in enumerate(answers)]
        if countries:
            found = [place for place in found if place.country in countries]
        self._keep(name, wanted, found)
        return tuple(found)

    def second(self, resolutions: Sequence[Resolution]) -> tuple[Resolution, ...]:
        """Return a document's resolutions with the service's word on those that had no place or an unsure one.

        The countries that the document's sure places lie in narrow the question; the service is told no more of it.
        """
        sure = {r.place.country for r in resolutions if r.place and r.confidence >= UNSURE and r.place.country}
        return tuple(
            self._advised(resolution, sure)
            if resolution.mention.kind == "place" and (resolution.place is None or resolution.confidence < UNSURE)
            else resolution
            for resolution in resolutions
        )

    def _advised(self, resolution: Resolution, countries: Collection[str]) -> Resolution:
        found = self.places(resolution.mention.text, countries)
        if not found:
            return resolution
        best = found[0]
        agreed = resolution.place is not None and _near(resolution.place, best)
        if resolution.place is not None and not agreed:
            return resolution
        place = resolution.place or best
        reason = f"{self.name} places it there too" if agreed else f"{self.name} places it there"
        told = Candidate(place, BELIEF, (reason,))
        rest = tuple(candidate for candidate in resolution.candidates if candidate.place.id != place.id)
        return replace(resolution, place=place, confidence=max(resolution.confidence, BELIEF), candidates=(told, *rest))

    def _place(self, number: int, answer: Any) -> Place:  # noqa: ANN401 - geopy has no types
        said = self.service.read(answer.raw)
        country = said["country"]
        return Place(
            id=-(1 << 40) - zlib.crc32(f"{self.name}{answer.latitude:.5f}{answer.longitude:.5f}{number}".encode()),
            name=str(answer.raw.get("name") or answer.address.split(",")[0]),
            latitude=float(answer.latitude),
            longitude=float(answer.longitude),
            country=country.upper() if country else None,
            feature=said["feature"],
            source=self.name,
        )

    def _kept(self, name: str, countries: str) -> tuple[Place, ...] | None:
        row = self._cache(
            "SELECT places FROM answer WHERE service = ? AND name = ? AND countries = ?", self.name, name, countries
        )
        return tuple(Place(**place) for place in json.loads(row[0])) if row else None

    def _keep(self, name: str, countries: str, found: Sequence[Place]) -> None:
        places = json.dumps([asdict(place) for place in found])
        today = datetime.now(UTC).date().isoformat()
        self._cache("INSERT OR REPLACE INTO answer VALUES (?, ?, ?, ?, ?)", self.name, name, countries, today, places)

    def _cache(self, query: str, *values: str) -> tuple[Any, ...] | None:
        self.cache.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(self.cache)
        try:
            with connection:
                connection.execute(TABLE)
                row: tuple[Any, ...] | None = connection.execute(query, values).fetchone()
                return row
        finally:
            connection.close()


def _near(one: Place, other: Place, km: float = 25.0) -> bool:
    from gazetteer.distance import distance_km

    return distance_km(one.latitude, one.longitude, other.latitude, other.longitude) <= km + one.radius_km


def open_geocoder(told: str, *, budget: int = 50) -> Geocoder:
    """Open a geocoder whose answers are kept in the cache folder."""
    from gazetteer.cache import cache_folder

    return Geocoder(told, cache_folder() / "geocoder.sqlite", budget=budget)
