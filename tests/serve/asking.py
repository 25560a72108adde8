"""Ask a served page as a program does."""

from __future__ import annotations

import http.client
import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

OWN = {"X-Geomap": "1"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:  # noqa: ANN401 - whatever JSON holds
        """The body, read as JSON."""
        return json.loads(self.body)


def ask(
    address: str, path: str, method: str = "GET", body: bytes | None = None, headers: dict[str, str] | None = None
) -> Answer:
    """Send one request on a connection of its own."""
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=60)
    try:
        connection.request(method, path, body, headers or {})
        response = connection.getresponse()
        return Answer(response.status, {k.lower(): v for k, v in response.getheaders()}, response.read())
    finally:
        connection.close()


def form(*fields: tuple[str, str], files: tuple[tuple[str, bytes], ...] = ()) -> tuple[bytes, dict[str, str]]:
    """Return a form's body and its headers."""
    mark = "geomap-form-mark"
    parts = [f'--{mark}\r\nContent-Disposition: form-data; name="{n}"\r\n\r\n{v}\r\n'.encode() for n, v in fields]
    for name, data in files:
        head = f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
        parts.append(head.encode() + data + b"\r\n")
    body = b"".join(parts) + f"--{mark}--\r\n".encode()
    return body, {**OWN, "Content-Type": f"multipart/form-data; boundary={mark}"}


def submit(address: str, *fields: tuple[str, str], files: tuple[tuple[str, bytes], ...] = ()) -> Answer:
    """Hand in an order."""
    body, headers = form(*fields, files=files)
    return ask(address, "/api/jobs", "POST", body, headers)


def finished(address: str, job: str) -> dict[str, Any]:
    """Wait until a job is over, and return what is told of it."""
    for _ in range(20):
        told: dict[str, Any] = ask(address, f"/api/jobs/{job}?wait=10").json
        if told["state"] in ("done", "failed"):
            return told
    raise TimeoutError(job)


def mapped(address: str, *fields: tuple[str, str], files: tuple[tuple[str, bytes], ...] = ()) -> dict[str, Any]:
    """Hand in an order and wait for it."""
    return finished(address, submit(address, *fields, files=files).json["id"])
