"""What the page can ask: one row an address and method, which the OpenAPI description is made from too."""

from __future__ import annotations

import asyncio
import gzip
import io
import json
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from geomap.day import DAY_AS, no_day, read_day
from geomap.errors import UsageError
from geomap.export import FORMATS
from geomap.serve.desk import Full, Order
from geomap.serve.guards import COOKIE, is_token
from geomap.serve.street import PASTED

if TYPE_CHECKING:
    from datetime import date

    from starlette.datastructures import FormData

    from geomap.export import Format
    from geomap.serve.desk import Desk, Job
    from geomap.serve.settings import ServeSettings

ASSETS = {"serve.js": "text/javascript", "serve.css": "text/css", "icon.svg": "image/svg+xml"}
LONGEST_WAIT = 30.0
TITLE_LENGTH = 200
ADDRESS_LENGTH = 2000
CORRECTIONS_BYTES = 4 * 1024 * 1024
FIELDS = frozenset({"text", "file", "address", "published", "title"})
MAP_POLICY = "sandbox allow-scripts allow-downloads allow-forms allow-popups; frame-ancestors 'self'"
"""The map is a page of its own origin: whatever is in it cannot ask this server anything."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An address, a method, who answers, and what the description says about it."""

    path: str
    method: str
    answer: Callable[[Request], Awaitable[Response]]
    summary: str
    success: tuple[int, str, str | None]
    """The status when all is well, the media type, and the name of the schema."""
    failures: tuple[int, ...] = ()
    details: dict[str, Any] = field(default_factory=dict)


def _desk(request: Request) -> Desk:
    desk: Desk = request.app.state.desk
    return desk


def _settings(request: Request) -> ServeSettings:
    settings: ServeSettings = request.app.state.settings
    return settings


@lru_cache
def _asset(name: str) -> bytes:
    return files("geomap.serve").joinpath("assets", name).read_bytes()


async def page(_: Request) -> Response:
    """Answer with the page itself."""
    return Response(_asset("index.html"), media_type="text/html; charset=utf-8")


async def asset(request: Request) -> Response:
    """Answer with one of the page's files."""
    name = request.path_params["name"]
    if name not in ASSETS:
        raise HTTPException(404, "There is no such file.")
    return Response(_asset(name), media_type=f"{ASSETS[name]}; charset=utf-8")


async def about(request: Request) -> Response:
    """Answer what this server can do."""
    from geomap import __version__

    settings = _settings(request)
    formats = [{"name": f.name, "suffix": f.suffix, "description": f.description} for f in _formats()]
    return JSONResponse(
        {"version": __version__, "formats": formats, "fetch": settings.fetch, "upload": settings.upload}
    )


async def session(request: Request) -> Response:
    """Take the token and keep it in a cookie that no script can read."""
    given = await _json(request, limit=4096)
    token = given.get("token")
    wanted = _settings(request).token
    if not isinstance(token, str) or set(given) != {"token"}:
        raise HTTPException(422, 'Send {"token": "…"}.')
    if wanted and not is_token(token, wanted):
        raise HTTPException(401, "That is not the token that geomap printed.")
    response = Response(status_code=204)
    if wanted:
        response.set_cookie(COOKIE, wanted, httponly=True, samesite="strict", secure=request.url.scheme == "https")
    return response


async def submit(request: Request) -> Response:
    """Take an order and answer with the job it became."""
    if not request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
        raise HTTPException(415, "Send a form as multipart/form-data.")
    settings = _settings(request)
    form = await _form(request, settings)
    try:
        order = await _order(form, settings)
    finally:
        await form.close()
    return _taken(request, order)


async def _form(request: Request, settings: ServeSettings) -> FormData:
    """Read a form with its files in memory: starlette's own way puts all beyond a megabyte on disk for a while."""
    from starlette.formparsers import MultiPartException, MultiPartParser

    parser = MultiPartParser(
        request.headers,
        request.stream(),
        max_files=settings.files,
        max_fields=settings.files,
        max_part_size=settings.upload * 2,
    )
    parser.spool_max_size = settings.upload * 2
    try:
        return await parser.parse()
    except MultiPartException as error:
        raise HTTPException(400, error.message) from None


async def _order(form: FormData, settings: ServeSettings) -> Order:
    from starlette.datastructures import UploadFile

    unknown = sorted(set(form) - FIELDS)
    if unknown:
        raise HTTPException(422, f"There is no field {unknown[0][:40]!r}. Fields: {', '.join(sorted(FIELDS))}.")
    inputs: list[tuple[str, bytes]] = []
    for value in form.getlist("text"):
        text = (await value.read()).decode("utf-8", "replace") if isinstance(value, UploadFile) else value
        if text.strip():
            inputs.append((PASTED, text.encode("utf-8", "replace")))
    for value in form.getlist("file"):
        if not isinstance(value, UploadFile):
            raise HTTPException(422, "The field file takes files; paste text into the field text.")
        inputs.append((_file_name(value.filename), await value.read()))
    addresses = tuple(a for value in form.getlist("address") if (a := _line(value, "address", ADDRESS_LENGTH)))
    if not inputs and not addresses:
        raise HTTPException(422, "There was nothing to read. Paste an article or drop a file.")
    return Order(
        files=tuple(inputs),
        addresses=_checked(addresses, settings),
        published=_day(_single(form, "published", 10)),
        title=_single(form, "title", TITLE_LENGTH) or None,
    )


def _checked(addresses: tuple[str, ...], settings: ServeSettings) -> tuple[str, ...]:
    if addresses and not settings.fetch:
        raise HTTPException(422, "This page fetches nothing from the web. Save the article and drop the file.")
    for address in addresses:
        if not address.lower().startswith(("http://", "https://")):
            raise HTTPException(422, f"{address[:80]!r} is no web address. It begins with https://")
    return addresses


def _single(form: FormData, name: str, length: int) -> str:
    values = form.getlist(name)
    if len(values) > 1:
        raise HTTPException(422, f"The field {name} is given more than once.")
    return _line(values[0], name, length) if values else ""


def _line(value: object, name: str, length: int) -> str:
    if not isinstance(value, str) or len(value) > length or any(ord(c) < 32 for c in value):  # noqa: PLR2004 - control characters
        raise HTTPException(422, f"The field {name} takes one line of at most {length} characters.")
    return value.strip()


def _day(text: str) -> date | None:
    found = read_day(text)
    if text and found is None:
        raise HTTPException(422, f"{text!r} {no_day(text)}. Type it as {DAY_AS}.")
    return found


def _file_name(name: str | None) -> str:
    """Return the last part of a client's file name, which is shown and never used as a path."""
    last = (name or "file").replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(c for c in last if c.isprintable())[:200] or "file"


def _taken(request: Request, order: Order) -> Response:
    try:
        job = _desk(request).submit(order)
    except Full:
        raise HTTPException(
            503, "Too many articles wait already. Try again in a minute.", {"retry-after": "30"}
        ) from None
    return JSONResponse(_told(_desk(request), job), 202, {"location": f"/api/jobs/{job.id}"})


async def status(request: Request) -> Response:
    """Answer how far a job is; with `wait`, once it is over or that many seconds are gone."""
    try:
        seconds = float(request.query_params.get("wait", "0"))
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds <= LONGEST_WAIT:
        raise HTTPException(422, f"wait is a number of seconds from 0 to {LONGEST_WAIT:.0f}.")
    until = time.monotonic() + seconds
    job = _job(request)
    while not job.is_over and time.monotonic() < until:
        await asyncio.sleep(0.05)
        job = _job(request)
    return JSONResponse(_told(_desk(request), job))


async def drop(request: Request) -> Response:
    """Take an order back, or forget what came of it."""
    if not _desk(request).drop(request.path_params["job"]):
        raise HTTPException(404, "There is no such job, or no longer.")
    return Response(status_code=204)


async def map_page(request: Request) -> Response:
    """Answer with a job's map."""
    job = _finished(request)
    headers = {"content-security-policy": MAP_POLICY, "vary": "accept-encoding"}
    if request.query_params.get("download"):
        headers["content-disposition"] = 'attachment; filename="map.html"'
    body = job.page or b""
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["content-encoding"] = "gzip"
    else:
        body = await run_in_threadpool(gzip.decompress, body)
    return Response(body, media_type="text/html; charset=utf-8", headers=headers)


async def export(request: Request) -> Response:
    """Answer with a job's events in one of the formats."""
    name = request.path_params["format"]
    if name not in FORMATS:
        raise HTTPException(404, f"There is no such format. Formats: {', '.join(FORMATS)}.")
    chosen = FORMATS[name]
    job = _finished(request)
    try:
        body = await run_in_threadpool(_exported, job, chosen)
    except UsageError as error:
        raise HTTPException(422, str(error)) from None
    headers = {"content-disposition": f'attachment; filename="events{chosen.suffix}"'}
    return Response(body, media_type="application/octet-stream", headers=headers)


def _exported(job: Job, chosen: Format) -> bytes:
    if job.events is None:
        return b""
    if chosen.binary:
        file = io.BytesIO()
        chosen.write(job.events, file)
        return file.getvalue()
    text = io.StringIO(newline="")
    chosen.write(job.events, text)
    return text.getvalue().encode()


async def correct(request: Request) -> Response:
    """Take corrections of a finished job, and answer with the job that draws it anew."""
    job = _finished(request)
    if not request.headers.get("content-type", "").lower().startswith("application/json"):
        raise HTTPException(415, "Send the corrections as application/json.")
    corrections = await _json(request, limit=CORRECTIONS_BYTES)
    return _taken(request, Order(of=job.events, title=job.order.title, corrections=json.dumps(corrections)))


async def _json(request: Request, *, limit: int) -> dict[str, Any]:
    body = await request.body()
    if len(body) > limit:
        raise HTTPException(413, f"More than {limit} bytes.")
    try:
        given = json.loads(body)
    except (ValueError, RecursionError):
        raise HTTPException(422, "That is no JSON.") from None
    if not isinstance(given, dict):
        raise HTTPException(422, "That is no JSON object.")
    return given


def _job(request: Request) -> Job:
    job = _desk(request).get(request.path_params["job"])
    if job is None:
        raise HTTPException(404, "There is no such job, or no longer.")
    return job


def _finished(request: Request) -> Job:
    job = _job(request)
    if job.state != "done":
        raise HTTPException(409, job.error or "The map is not drawn yet.")
    return job


def _told(desk: Desk, job: Job) -> dict[str, Any]:
    """Return what a client is told of a job."""
    events = job.events
    return {
        "id": job.id,
        "state": job.state,
        "before": desk.before(job.id) if job.state == "waiting" else 0,
        "read": job.read,
        "total": job.total,
        "error": job.error,
        "documents": len(events.documents) if events else 0,
        "on_map": sum(e.on_map for e in events.events) if events else 0,
        "events": len(events.events) if events else 0,
        "dated": bool(events and any(d.published for d in events.documents)),
        "notes": list(job.notes[:100]),
        "failures": [{"source": f.source, "error": f.error} for f in events.failures[:100]] if events else [],
    }


_PROOF = {"formats": "pyogrio"}
"""A library that shows an extra to be installed."""


@lru_cache
def _formats() -> tuple[Format, ...]:
    """Return the formats whose libraries are installed."""
    return tuple(f for f in FORMATS.values() if f.extra is None or find_spec(_PROOF.get(f.extra, f.extra)))


_JOB: dict[str, Any] = {
    "parameters": [
        {"name": "job", "in": "path", "required": True, "schema": {"type": "string"}, "description": "The job's id."}
    ]
}


def _also(*more: dict[str, Any]) -> dict[str, Any]:
    return {"parameters": [*_JOB["parameters"], *more]}


_WAIT = {
    "name": "wait",
    "in": "query",
    "required": False,
    "schema": {"type": "number", "minimum": 0, "maximum": LONGEST_WAIT},
    "description": "Answer once the job is over, or after so many seconds.",
}
_DOWNLOAD = {
    "name": "download",
    "in": "query",
    "required": False,
    "schema": {"type": "string"},
    "description": "Anything: have the browser save the file rather than show it.",
}
_FORMAT = {
    "name": "format",
    "in": "path",
    "required": True,
    "schema": {"type": "string", "enum": list(FORMATS)},
    "description": "The name of a format.",
}


def _body(media: str, schema: str) -> dict[str, Any]:
    return {
        "requestBody": {
            "required": True,
            "content": {media: {"schema": {"$ref": f"#/components/schemas/{schema}"}}},
        }
    }


ENDPOINTS: tuple[Endpoint, ...] = (
    Endpoint("/api", "GET", about, "What this server can do", (200, "application/json", "About")),
    Endpoint(
        "/api/session", "POST", session, "Give the token, get a cookie",
        (204, "", None), (413, 422), _body("application/json", "Token"),
    ),
    Endpoint(
        "/api/jobs", "POST", submit, "Hand in articles",
        (202, "application/json", "Job"), (408, 413, 415, 422, 503), _body("multipart/form-data", "Order"),
    ),
    Endpoint(
        "/api/jobs/{job}", "GET", status, "How far a job is",
        (200, "application/json", "Job"), (404, 422), _also(_WAIT),
    ),
    Endpoint("/api/jobs/{job}", "DELETE", drop, "Take a job back, or forget it", (204, "", None), (404,), _JOB),
    Endpoint("/api/jobs/{job}/map", "GET", map_page, "The map", (200, "text/html", None), (404, 409), _also(_DOWNLOAD)),
    Endpoint(
        "/api/jobs/{job}/events/{format}", "GET", export, "The events in a format",
        (200, "application/octet-stream", None), (404, 409, 422), _also(_FORMAT),
    ),
    Endpoint(
        "/api/jobs/{job}/corrections", "POST", correct, "Correct and draw anew",
        (202, "application/json", "Job"), (404, 408, 409, 413, 415, 422, 503),
        {**_JOB, **_body("application/json", "Corrections")},
    ),
)  # fmt: skip
"""What a program may ask; the page asks nothing else."""
