"""The second opinion, asked of a loopback server that speaks as Nominatim, Photon and GeoNames do."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest

from gazetteer import Place
from geomap.errors import UsageError
from geomap.geocoder import SERVICES, Geocoder
from geomap.model import Candidate, Mention, Resolution, Span

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ANSWERS: dict[str, Any] = {
    "/search": [
        {
            "lat": "34.5", "lon": "36.6", "display_name": "Arjoun, Homs, Syria", "name": "Arjoun", "class": "place",
            "address": {"country_code": "sy"},
        }
    ],
    "/api": {
        "features": [
            {
                "geometry": {"coordinates": [36.6, 34.5]},
                "properties": {"name": "Arjoun", "countrycode": "SY", "country": "Syria"},
            }
        ]
    },
    "/searchJSON": {
        "geonames": [
            {
                "lat": "34.5", "lng": "36.6", "name": "Arjoun", "countryCode": "SY", "countryName": "Syria",
                "fcl": "P", "fcode": "PPL",
            }
        ]
    },
}  # fmt: skip


class Server(ThreadingHTTPServer):
    """Answers like the three services and keeps what it was asked."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[dict[str, list[str]]] = []
        self.agents: list[str] = []
        self.failing = False

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    """One answer."""

    server: Server

    def do_GET(self) -> None:
        """Answer by path."""
        parts = urlsplit(self.path)
        self.server.asked.append(parse_qs(parts.query))
        self.server.agents.append(self.headers["User-Agent"])
        body = json.dumps(ANSWERS.get(parts.path, [])).encode()
        self.send_response(500 if self.server.failing else 200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[Server]:
    """A geocoding server on loopback."""
    server = Server()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def told(name: str, server: Server) -> str:
    """Name a service and the loopback server."""
    return f"geonames=reader@{server.url}" if name == "geonames" else f"{name}={server.url}"


def unplaced(text: str) -> Resolution:
    """A mention that the gazetteer could not place."""
    return Resolution(Mention(Span(0, len(text)), text))


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_each_service_is_read(name: str, server: Server, tmp_path: Path) -> None:
    """A place comes back with its point and country whatever service said it."""
    found = Geocoder(told(name, server), tmp_path / "g.sqlite", seconds=0).places("Arjoun", {"SY"})

    assert [(p.name, p.latitude, p.longitude, p.country) for p in found] == [("Arjoun", 34.5, 36.6, "SY")]
    assert found[0].source == name
    assert server.agents[0].startswith("geomap")


def test_an_answer_is_asked_for_once(server: Server, tmp_path: Path) -> None:
    """Answers are kept on disk: another run does not ask again."""
    first = Geocoder(told("nominatim", server), tmp_path / "g.sqlite", seconds=0).places("Arjoun")
    again = Geocoder(told("nominatim", server), tmp_path / "g.sqlite", seconds=0).places("Arjoun")

    assert first == again
    assert len(server.asked) == 1


def test_countries_narrow_the_question_and_the_answer(server: Server, tmp_path: Path) -> None:
    """A document's countries go along, and an answer elsewhere is none."""
    geocoder = Geocoder(told("nominatim", server), tmp_path / "g.sqlite", seconds=0)

    assert geocoder.places("Arjoun", {"LB"}) == ()
    assert server.asked[0]["countrycodes"] == ["lb"]


def test_the_budget_is_kept(server: Server, tmp_path: Path) -> None:
    """Once the budget is spent nothing more is asked."""
    geocoder = Geocoder(told("nominatim", server), tmp_path / "g.sqlite", budget=1, seconds=0)

    assert geocoder.places("Arjoun")
    assert geocoder.places("Dabaa") == ()
    assert len(server.asked) == 1


def test_only_what_is_unsure_is_asked_about(server: Server, tmp_path: Path) -> None:
    """A name with no place gets the service's; a sure one is left alone and not told to anyone."""
    homs = Place(1, "Homs", 34.73, 36.72, "SY")
    sure = Resolution(Mention(Span(10, 14), "Homs"), homs, 0.95, (Candidate(homs, 0.95),))
    geocoder = Geocoder(told("nominatim", server), tmp_path / "g.sqlite", seconds=0)

    new, kept = geocoder.second((unplaced("Arjoun"), sure))

    assert kept is sure
    assert new.place is not None
    assert new.place.name == "Arjoun"
    assert new.candidates[0].reasons == ("nominatim places it there",)
    assert server.asked[0]["countrycodes"] == ["sy"]


def test_a_failing_server_changes_nothing(server: Server, tmp_path: Path) -> None:
    """A server that errs leaves the resolution as it was, and the error is not kept as an answer."""
    server.failing = True
    resolution = unplaced("Arjoun")

    assert Geocoder(told("nominatim", server), tmp_path / "g.sqlite", seconds=0).second((resolution,)) == (resolution,)

    server.failing = False
    assert Geocoder(told("nominatim", server), tmp_path / "g.sqlite", seconds=0).places("Arjoun")


@pytest.mark.parametrize(
    ("wrong", "right"), [("google", "nominatim"), ("geonames", "geonames="), ("nominatim=ftp://x", "https://")]
)
def test_a_wrong_name_says_what_is_right(wrong: str, right: str, tmp_path: Path) -> None:
    """An unknown service, a missing user and a strange address are told with what to type."""
    with pytest.raises(UsageError, match=right):
        Geocoder(wrong, tmp_path / "g.sqlite")
