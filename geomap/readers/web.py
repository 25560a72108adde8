"""Pages fetched by URL: only when the user names one, politely, and never from inside the user's own network."""

from __future__ import annotations

import http.client
import io
import ipaddress
import socket
import ssl
import time
import zlib
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit, urlunsplit
from urllib.robotparser import RobotFileParser

from geomap.errors import InputError, MissingInput, UnreadableInput
from geomap.readers.source import opened

if TYPE_CHECKING:
    from geomap.readers.settings import Settings
    from geomap.readers.source import Source

SIZE_LIMIT = 50 * 1024 * 1024
SECONDS = 30.0
"""How long one fetch may take, redirects and all."""

PAUSE = 1.0
"""Seconds between two requests to one host; a longer Crawl-delay is obeyed up to `LONGEST_PAUSE`."""

LONGEST_PAUSE = 30.0
_SAVE_IT = "Save the page with a browser, and name the file."
_REDIRECTS = 5
_ROBOTS_LIMIT = 512 * 1024
_last_request: dict[str, float] = {}


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: http.client.HTTPMessage
    data: bytes
    address: str


def is_url(item: str) -> bool:
    """Say whether an input is a web address."""
    return item.lower().startswith(("http://", "https://"))


def fetch(address: str, settings: Settings) -> Source:
    """Fetch a page, if its site's robots.txt lets us."""
    if not settings.fetch:
        raise UnreadableInput(f"{address}: fetching is off; save the page and name the file.")
    agent, pause = _agent(), PAUSE
    parts = urlsplit(address)
    site = f"{parts.scheme}://{parts.netloc}"
    try:
        robots = _robots(site, settings.private)
    except UnreadableInput as error:  # told of the page that was asked for
        raise UnreadableInput(str(error).replace(f"{site}/robots.txt", address, 1)) from error
    if not robots.can_fetch(agent, address):
        raise UnreadableInput(f"{address}: the site's robots.txt asks programs not to fetch this page.")
    pause = min(max(PAUSE, float(robots.crawl_delay(agent) or 0)), LONGEST_PAUSE)
    answer = _get(address, private=settings.private, limit=SIZE_LIMIT, pause=pause)
    if answer.status in (404, 410):
        raise MissingInput(f"{address}: there is no such page (status {answer.status}).")
    if answer.status != http.HTTPStatus.OK:
        raise UnreadableInput(
            f"{address}: the site answered with status {answer.status}. Try again later, or save the page."
        )
    return opened(address, io.BytesIO(_in_utf8(answer)), answer.address)


@lru_cache(maxsize=1024)
def _robots(site: str, private: bool) -> RobotFileParser:  # noqa: FBT001 - a cache key
    """Return a site's rules. As RFC 9309 has it, none found allows all, and a broken server allows nothing."""
    rules = RobotFileParser()
    answer = _get(f"{site}/robots.txt", private=private, limit=_ROBOTS_LIMIT, pause=0.0, cut=True)
    if answer.status == http.HTTPStatus.OK:
        rules.parse(answer.data.decode("utf-8", "replace").splitlines())
    elif answer.status >= http.HTTPStatus.INTERNAL_SERVER_ERROR:
        rules.parse(["User-agent: *", "Disallow: /"])
    else:
        rules.parse([])
    return rules


def _get(address: str, *, private: bool, limit: int, pause: float, cut: bool = False) -> _Answer:
    """Fetch an address through at most five redirects, each hop checked like the first."""
    deadline = time.monotonic() + SECONDS
    for _ in range(_REDIRECTS + 1):
        try:
            answer = _request(address, private=private, limit=limit, pause=pause, deadline=deadline, cut=cut)
        except (OSError, http.client.HTTPException, ValueError, zlib.error) as error:
            if isinstance(error, InputError):
                raise
            why = str(error) or type(error).__name__
            raise UnreadableInput(f"{address}: cannot be fetched ({why}). {_SAVE_IT}") from error
        target = answer.headers.get("Location")
        if answer.status not in (301, 302, 303, 307, 308) or not target:
            return answer
        address, pause = urljoin(address, target), 0.0
    raise UnreadableInput(f"{address}: more than {_REDIRECTS} redirects.")


def _request(address: str, *, private: bool, limit: int, pause: float, deadline: float, cut: bool) -> _Answer:  # noqa: PLR0913
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise UnreadableInput(f"{address}: not a web address. http:// and https:// are fetched.")
    ip = _public_address(
        parts.hostname, parts.port or (443 if parts.scheme == "https" else 80), address, private=private
    )
    _wait(parts.hostname, pause)
    connection = _connection(parts.scheme, parts.hostname, parts.port, ip, deadline)
    try:
        path = urlunsplit(("", "", parts.path or "/", parts.query, ""))
        headers = {
            "User-Agent": _agent(),
            "Accept-Encoding": "gzip",
            "Accept": "text/html,application/xml;q=0.9,*/*;q=0.5",
        }
        connection.request(
            "GET", path.encode("utf-8", "replace").decode("latin-1").replace(" ", "%20"), headers=headers
        )
        response = connection.getresponse()
        data = _body(response, connection, address, limit=limit, deadline=deadline, cut=cut)
        return _Answer(response.status, response.headers, data, address)
    finally:
        connection.close()


def _connection(scheme: str, host: str, port: int | None, ip: str, deadline: float) -> http.client.HTTPConnection:
    """Open a connection to the address that was checked: a second look-up might answer with another."""
    seconds = max(0.1, min(10.0, deadline - time.monotonic()))
    if scheme == "https":
        connection: http.client.HTTPConnection = http.client.HTTPSConnection(
            host, port, timeout=seconds, context=ssl.create_default_context()
        )
    else:
        connection = http.client.HTTPConnection(host, port, timeout=seconds)

    def connect(target: tuple[str, int], timeout: float, _source: object = None) -> socket.socket:
        return socket.create_connection((ip, target[1]), timeout)

    connection._create_connection = connect  # type: ignore[attr-defined] # noqa: SLF001 - http.client's own hook
    return connection


def _public_address(host: str, port: int, address: str, *, private: bool) -> str:
    """Look a host up, and refuse it when any of its addresses lies in a private network."""
    found = [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    for ip in found:
        if not private and not _is_public(ip):
            raise UnreadableInput(
                f"{address}: {host} is in a private network ({ip}), where geomap fetches nothing. {_SAVE_IT}"
            )
    return found[0]


def _is_public(ip: str) -> bool:
    parsed = ipaddress.ip_address(ip.partition("%")[0])
    mapped = parsed.ipv4_mapped if isinstance(parsed, ipaddress.IPv6Address) else None
    return (mapped or parsed).is_global and not parsed.is_multicast


def _wait(host: str, pause: float) -> None:
    ready = _last_request.get(host, 0.0) + pause
    if pause and (left := ready - time.monotonic()) > 0:
        time.sleep(left)
    _last_request[host] = time.monotonic()


def _body(  # noqa: PLR0913 - one read, many limits
    response: http.client.HTTPResponse,
    connection: http.client.HTTPConnection,
    address: str,
    *,
    limit: int,
    deadline: float,
    cut: bool,
) -> bytes:
    unpack = zlib.decompressobj(31) if response.headers.get("Content-Encoding", "").lower() == "gzip" else None
    data = bytearray()
    while piece := response.read1(64 * 1024):
        data += unpack.decompress(piece, limit + 1 - len(data)) if unpack else piece
        if len(data) > limit and not cut:
            raise UnreadableInput(f"{address}: more than {limit // 2**20} MB. Save it and cut it first.")
        if len(data) > limit:
            return bytes(data[:limit])
        left = deadline - time.monotonic()
        if left <= 0:
            raise UnreadableInput(f"{address}: took longer than {SECONDS:.0f} s.")
        if connection.sock is not None:
            connection.sock.settimeout(min(10.0, left))
    return bytes(data)


def _in_utf8(answer: _Answer) -> bytes:
    """Return the page in UTF-8 when only the answer's header says what else it is in."""
    charset = answer.headers.get_content_charset()
    if not charset or b"charset" in answer.data[:2048].lower():
        return answer.data
    try:
        answer.data.decode("utf-8")
    except UnicodeDecodeError:
        try:
            return answer.data.decode(charset, "replace").encode()
        except LookupError:
            return answer.data
    return answer.data


def _agent() -> str:
    from geomap import __version__

    return f"geomap-conflict/{__version__}"
