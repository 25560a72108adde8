"""A little of WebDriver BiDi, enough to open a page in Debian's firefox-esr and ask it things, without a driver.

Firefox listens for it on a port of the loopback itself; what is spoken is JSON over a WebSocket (RFC 6455).
"""

from __future__ import annotations

import base64
import json
import os
import re
import secrets
import socket
import struct
import subprocess
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LISTENS = re.compile(r"WebDriver BiDi listening on ws://127\.0\.0\.1:(\d+)")


SETTINGS = {
    "network.proxy.type": 1, "network.proxy.http": "127.0.0.1", "network.proxy.http_port": 9,
    "network.proxy.ssl": "127.0.0.1", "network.proxy.ssl_port": 9, "app.normandy.enabled": False,
    "services.settings.server": "data:,", "toolkit.telemetry.enabled": False, "app.update.enabled": False,
}  # fmt: skip
"""Firefox asks after news of its own: of a proxy that is not there, so that nothing leaves the machine."""


class Firefox:
    """A session with a running Firefox: commands go out, answers come back, events pile up."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        key = base64.b64encode(secrets.token_bytes(16)).decode()
        self.socket.sendall(
            f"GET /session HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n".encode()
        )
        self.buffer = b""
        while b"\r\n\r\n" not in self.buffer:
            self.buffer += self.socket.recv(4096)
        self.buffer = self.buffer.split(b"\r\n\r\n", 1)[1]
        self.number = 0
        self.events: list[dict[str, Any]] = []
        self.ask("session.new", capabilities={})
        self.ask("session.subscribe", events=["log.entryAdded", "network.beforeRequestSent"])
        self.tab = self.ask("browsingContext.getTree")["contexts"][0]["context"]

    def ask(self, method: str, **params: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
        """Send a command and wait for its answer."""
        self.number += 1
        self._send(json.dumps({"id": self.number, "method": method, "params": params}).encode())
        while True:
            message = json.loads(self._receive())
            if message.get("id") == self.number:
                if message["type"] == "error":
                    raise RuntimeError(f"{message['error']}: {message['message']}")
                found: dict[str, Any] = message["result"]
                return found
            self.events.append(message)

    def open(self, url: str) -> None:
        """Go to a page and wait until it says it is ready."""
        self.ask("browsingContext.navigate", context=self.tab, url=url, wait="complete")
        deadline = time.monotonic() + 60
        while not self.run("document.documentElement.hasAttribute('data-ready')"):
            if time.monotonic() > deadline:
                raise TimeoutError(url)
            time.sleep(0.1)

    def run(self, script: str) -> Any:  # noqa: ANN401 - whatever the page answers
        """Return what an expression is worth in the page."""
        target = {"context": self.tab}
        answer = self.ask("script.evaluate", expression=script, target=target, awaitPromise=True)
        return answer["result"].get("value")

    def picture(self) -> bytes:
        """Return the page as PNG."""
        return base64.b64decode(self.ask("browsingContext.captureScreenshot", context=self.tab)["data"])

    def _send(self, data: bytes) -> None:
        size = len(data)
        head = bytes([0x81])
        if size < 126:
            head += bytes([0x80 | size])
        else:
            head += bytes([0x80 | 126]) + struct.pack(">H", size)
        mask = secrets.token_bytes(4)
        self.socket.sendall(head + mask + bytes(byte ^ mask[i % 4] for i, byte in enumerate(data)))

    def _receive(self) -> bytes:
        """Return one message, put together from its frames."""
        message = b""
        while True:
            first, second = self._take(2)
            size = second & 127
            if size == 126:
                (size,) = struct.unpack(">H", self._take(2))
            elif size == 127:
                (size,) = struct.unpack(">Q", self._take(8))
            message += self._take(size)
            if first & 0x80:
                return message

    def _take(self, count: int) -> bytes:
        while len(self.buffer) < count:
            self.buffer += self.socket.recv(65536)
        taken, self.buffer = self.buffer[:count], self.buffer[count:]
        return taken


@contextmanager
def started(program: str, profile: Path) -> Iterator[Firefox]:
    """Start a Firefox of its own, and end it."""
    profile.mkdir()
    lines = (f"user_pref({json.dumps(key)}, {json.dumps(value)});" for key, value in SETTINGS.items())
    (profile / "user.js").write_text("\n".join(lines), encoding="utf-8")
    command = [program, "--headless", "--remote-debugging-port", "0", "--profile", str(profile)]
    environment = {**os.environ, "MOZ_HEADLESS_WIDTH": "1360", "MOZ_HEADLESS_HEIGHT": "860"}
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment) as process:
        try:
            firefox = Firefox(_port(process))
            with firefox.socket:
                yield firefox
        finally:
            process.terminate()


def _port(process: subprocess.Popen[str]) -> int:
    """Read the port from what Firefox says as it starts."""
    for line in process.stderr or ():
        if found := LISTENS.search(line):
            return int(found.group(1))
    raise RuntimeError("firefox did not start")
