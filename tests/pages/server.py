"""The product itself, serving a temporary folder on loopback.

The application runs in a thread of the test's own process, so that a test can reach its desk (to move the
clock, to read the letterbox) while a browser looks at it.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

from lms.actions.context import Context
from lms.web.wiring import build


class _Silent(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"  # connections stay open, as behind the real server

    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002  # werkzeug's own name
        """Say nothing."""


@dataclass(frozen=True)
class Live:
    """A site that answers."""

    context: Context
    app: Flask
    address: str


@contextmanager
def serving(context: Context) -> Iterator[Live]:
    """Serve a desk on a free port."""
    app = build(context)
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Silent)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield Live(context, app, f"http://127.0.0.1:{server.server_port}")
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        context.database.engine.dispose()


def real_site() -> Path:
    """Return the checkout itself as a site: the three real courses."""
    return Path(__file__).resolve().parents[2]
