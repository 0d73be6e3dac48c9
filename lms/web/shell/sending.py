"""How a page goes out: compressed when the browser takes it, and never lost on the way to a script.

Holds what is done to every answer after a view has made it; security headers are set in `security`.
"""

from __future__ import annotations

import gzip
from http import HTTPStatus

from flask import Flask, Response, request

QUICK = 4  # of 9: most of the gain for a third of the time


class Ready(Response):
    """An answer that needs nothing more: it is compressed already, if its reader takes that."""


def _told_where(response: Response) -> Response:
    """Answer a script that sent a form where to go, instead of sending it there unseen."""
    if response.status_code < HTTPStatus.MULTIPLE_CHOICES or "HTTP_X_PARVIS_SEND" not in request.environ:
        return response
    location = response.headers.get("Location", "")
    if not location:
        return response
    response.status_code = HTTPStatus.NO_CONTENT
    response.set_data(b"")
    del response.headers["Location"], response.headers["Content-Type"]
    response.headers["X-Parvis-Go"] = location
    return response


def _squeezed(response: Response) -> Response:
    """Compress a page that was made for this one answer."""
    if isinstance(response, Ready) or response.mimetype != "text/html" or response.direct_passthrough:
        return response
    if request.method == "HEAD" or not takes_gzip():
        return response
    response.set_data(gzip.compress(response.get_data(), QUICK, mtime=0))
    response.headers["Content-Encoding"] = "gzip"
    response.vary.add("Accept-Encoding")
    return response


def takes_gzip() -> bool:
    """Return whether the browser accepts gzip (RFC 9110 12.5.3)."""
    given = request.headers.get("Accept-Encoding", "")
    return "gzip" in given and ("q=" not in given or bool(request.accept_encodings["gzip"]))


def begin(app: Flask) -> None:
    """Wire what is done to every answer."""
    app.after_request(_squeezed)
    app.after_request(_told_where)
