"""Who may ask, how often and how much. Every request passes here before anything else looks at it.

- The Host header must name this machine while the page is bound to loopback: no foreign name can be pointed at it.
- A request that changes something needs the header `X-Geomap: 1` and, from a browser, our own origin: no other page can
  send it, since a foreign header needs a permission that is never given.
- Where a token is set it is asked of all but the page's own files.
- Rate and size are bounded before a body is read, and a body must come in time.
"""

from __future__ import annotations

import asyncio
import hmac
import time
from collections import OrderedDict
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection
from starlette.responses import JSONResponse

from geomap.serve.settings import MB, is_loopback

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from geomap.serve.settings import ServeSettings

HEADER = "x-geomap"
COOKIE = "geomap_token"
BODY_SECONDS = 120.0
"""How long a request's body may take to arrive."""

CLIENTS = 4096
"""How many clients' rates are remembered."""

_SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
_OPEN = frozenset({"/", "/api/session"})
"""What may be asked without the token: the page, its files, and the place to give the token."""

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "frame-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}


def problem(status: int, detail: str, headers: dict[str, str] | None = None) -> JSONResponse:
    """Answer that something was wrong, as RFC 9457 has it."""
    return JSONResponse({"status": status, "detail": detail}, status, headers, media_type="application/problem+json")


class Guard:
    """The application behind its guards."""

    def __init__(self, app: ASGIApp, settings: ServeSettings, *, loopback: bool) -> None:
        self._app = app
        self._settings = settings
        self._loopback = loopback
        self._tries: OrderedDict[str, tuple[float, float]] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or answer why not."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        refusal = self._refusal(HTTPConnection(scope))
        if refusal is not None:
            await refusal(scope, receive, _with_headers(send))
            return
        await self._app(scope, self._bounded(receive, Headers(scope=scope)), _with_headers(send))

    def _refusal(self, request: HTTPConnection) -> JSONResponse | None:
        settings = self._settings
        if self._loopback and not is_loopback(_host(request.headers.get("host", ""))):
            return problem(400, "This page answers to localhost alone.")
        if not self._has_turn(request.client.host if request.client else ""):
            return problem(429, "Too many requests. Wait a second.", {"retry-after": "1"})
        if request.scope["method"] not in _SAFE and not _is_own(request):
            return problem(403, f"A request that changes something needs the header {HEADER}: 1 and our own origin.")
        path = request.url.path
        if settings.token and path not in _OPEN and not path.startswith("/assets/"):
            given = request.cookies.get(COOKIE) or request.headers.get("authorization", "").removeprefix("Bearer ")
            if not is_token(given, settings.token):
                return problem(
                    401, "The token that geomap printed is missing or wrong.", {"www-authenticate": "Bearer"}
                )
        length = request.headers.get("content-length", "0")
        if length.isdigit() and int(length) > _limit(settings):
            return _too_large(settings)
        return None

    def _has_turn(self, client: str) -> bool:
        """Take one from the client's bucket, which fills at the allowed rate."""
        now = time.monotonic()
        left, since = self._tries.pop(client, (float(self._settings.burst), now))
        left = min(float(self._settings.burst), left + (now - since) * self._settings.rate)
        has_turn = left >= 1
        self._tries[client] = (left - has_turn, now)
        while len(self._tries) > CLIENTS:
            self._tries.popitem(last=False)
        return has_turn

    def _bounded(self, receive: Receive, headers: Headers) -> Receive:
        """Stop a body that grows too large or takes too long, whatever its header said."""
        got = 0
        deadline: float | None = time.monotonic() + BODY_SECONDS
        if headers.get("content-length", "0") == "0" and "transfer-encoding" not in headers:
            deadline = None

        async def bounded() -> Message:
            nonlocal got, deadline
            try:
                async with asyncio.timeout(None if deadline is None else max(0.0, deadline - time.monotonic())):
                    message = await receive()
            except TimeoutError:
                raise HTTPException(408, "The body took too long to arrive.") from None
            if not message.get("more_body"):
                deadline = None
            got += len(message.get("body", b""))
            if got > _limit(self._settings):
                raise HTTPException(413, _too_large_words(self._settings))
            return message

        return bounded


def is_token(given: str, token: str) -> bool:
    """Compare in the same time whatever was given."""
    return hmac.compare_digest(given.encode("utf-8", "replace"), token.encode())


def _host(header: str) -> str:
    try:
        return urlsplit(f"//{header}").hostname or ""
    except ValueError:
        return ""


def _is_own(request: HTTPConnection) -> bool:
    """Say whether a request comes from our own page, or from no page at all."""
    if request.headers.get(HEADER) != "1":
        return False
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = request.headers.get("origin")
    try:
        return origin is None or urlsplit(origin).netloc.lower() == request.headers.get("host", "").lower() != ""
    except ValueError:
        return False


def _limit(settings: ServeSettings) -> int:
    return settings.upload + MB  # what the form puts around the files


def _too_large_words(settings: ServeSettings) -> str:
    return f"More than {settings.upload // MB} MB at once. Send fewer files, or use geomap corpus."


def _too_large(settings: ServeSettings) -> JSONResponse:
    return problem(413, _too_large_words(settings), {"connection": "close"})


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers.setdefault(name, value)
        await send(message)

    return sending
