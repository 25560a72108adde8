"""The page bound to an address."""

from __future__ import annotations

import logging
import socket
from typing import TYPE_CHECKING

from geomap.errors import UsageError
from geomap.extras import extra
from geomap.serve.settings import is_loopback

if TYPE_CHECKING:
    from collections.abc import Callable

    from geomap.serve.desk import Street
    from geomap.serve.settings import ServeSettings


def open_socket(host: str, port: int) -> socket.socket:
    """Bind an address. Port 0 is any free one. Raises `UsageError`."""
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host.strip("[]"), port), family=family, backlog=128)
    except (OSError, OverflowError) as error:
        raise UsageError(
            f"{host} port {port} cannot be used: {getattr(error, 'strerror', None) or error}. "
            f"Any free port will do? Type: geomap serve --port 0"
        ) from error


def serve(
    settings: ServeSettings,
    bound: socket.socket,
    *,
    street: Street | None = None,
    ready: Callable[[], None] | None = None,
) -> None:
    """Serve the page on a bound socket until interrupted. `ready` is called once it can be asked."""
    with extra("serve", "The served page"):
        import python_multipart  # noqa: F401 - starlette asks for it when the first form comes
        import uvicorn

        from geomap.serve.app import make_app
        from geomap.serve.street import street as real_street

    logging.getLogger("python_multipart").setLevel(logging.CRITICAL)  # a bad form is answered, and no news
    host = str(bound.getsockname()[0])
    config = uvicorn.Config(
        make_app(settings, street or real_street(settings), loopback=is_loopback(host)),
        access_log=False,  # addresses of jobs are secrets
        log_level="warning",
        server_header=False,
        ws="none",
        lifespan="on",
        timeout_keep_alive=15,
        timeout_graceful_shutdown=5,
        limit_concurrency=512,
        h11_max_incomplete_event_size=64 * 1024,
        proxy_headers=False,  # whoever asks is who is connected
    )
    if ready is not None:
        ready()
    with bound:
        uvicorn.Server(config).run(sockets=[bound])
