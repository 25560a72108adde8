"""The application put together: the answers by address and method, the desk behind, the guards in front."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from geomap.serve import routes
from geomap.serve.desk import Desk
from geomap.serve.guards import Guard, problem
from geomap.serve.openapi import describe

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from starlette.responses import Response
    from starlette.types import ASGIApp, Receive, Scope, Send

    from geomap.serve.desk import Street
    from geomap.serve.settings import ServeSettings


def make_app(settings: ServeSettings, street: Street, *, loopback: bool = True) -> ASGIApp:
    """Return the page as an ASGI application."""
    desk = Desk(street, settings)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        desk.start()
        try:
            yield
        finally:
            desk.stop()

    answers: dict[str, dict[str, Callable[[Request], Awaitable[Response]]]] = {
        "/": {"GET": routes.page},
        "/assets/{name}": {"GET": routes.asset},
        "/openapi.json": {"GET": _description},
    }
    for endpoint in routes.ENDPOINTS:
        answers.setdefault(endpoint.path, {})[endpoint.method] = endpoint.answer
    app = Starlette(
        routes=[Route(path, _ByMethod(methods)) for path, methods in answers.items()],
        lifespan=lifespan,
        exception_handlers={HTTPException: _refused, Exception: _refused},
    )
    app.router.redirect_slashes = False
    app.state.desk, app.state.settings = desk, settings
    return Guard(app, settings, loopback=loopback)


async def _description(_: Request) -> Response:
    return JSONResponse(describe())


async def _refused(_: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        return problem(500, "geomap failed. Please report it.")
    return problem(error.status_code, str(error.detail), dict(error.headers or {}))


class _ByMethod:
    """Answers an address by method, and says which there are where the asked one is not among them."""

    def __init__(self, methods: dict[str, Callable[[Request], Awaitable[Response]]]) -> None:
        self._methods = methods
        self._allowed = ", ".join([*methods, *(["HEAD"] if "GET" in methods else [])])

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive, send)
        chosen = self._methods.get("GET" if request.method == "HEAD" else request.method)
        if chosen is None:
            response: Response = problem(405, f"This address answers to {self._allowed}.", {"allow": self._allowed})
        else:
            response = await chosen(request)
        await response(scope, receive, send)
