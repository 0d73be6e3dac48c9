"""One request on its way to the application, and its answer back: WSGI (PEP 3333), HTTP/1.1 (RFC 9112).

Holds how a head becomes an environment, how an answer becomes bytes, and the constant answers of the server
itself, which need no application. Holds no socket and no time-out.
"""

from __future__ import annotations

import logging
import re
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from email.utils import formatdate
from http import HTTPStatus
from io import BytesIO
from typing import Any, Protocol
from urllib.parse import unquote_to_bytes

log = logging.getLogger("lms.cli.http")

Environ = dict[str, Any]
Application = Callable[[Environ, Callable[..., object]], Iterable[bytes]]
Fields = Sequence[tuple[bytes, bytes]]
#: Header fields of an answer.
Told = Sequence[tuple[str, str]]
#: Status line, header fields, body.
Answer = tuple[str, Told, bytes]

_KNOWN: dict[bytes, str] = {}  # a field's name -> its name in the environment
_MOST_KNOWN = 500
_NAME = re.compile(rb"[A-Za-z0-9\-!#$%&'*+.^`|~]+")  # RFC 9110 5.6.2 without "_", which hides as "-"
_APART = frozenset({b"content-type", b"content-length"})
_SENTENCES = {
    400: ("This request cannot be understood.", "Cette demande ne peut pas être comprise."),
    408: ("The request took too long to arrive.", "La demande a mis trop de temps à arriver."),
    414: ("This address is too long.", "Cette adresse est trop longue."),
    431: ("The head of this request is too large.", "L’en-tête de cette demande est trop volumineux."),
    500: (
        "Something went wrong on our side. Please try again in a moment.",
        "Un problème est survenu de notre côté. Réessayez dans un instant.",
    ),
    503: (
        "Many people are here at the moment. Please try again in a few seconds.",
        "Beaucoup de personnes sont ici en ce moment. Réessayez dans quelques secondes.",
    ),
}
_PAGE = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{status}</title></head>'
    '<body><h1>{status}</h1><p>{english}</p><p lang="fr">{french}</p></body></html>\n'
)
_RETRY_AFTER = "2"  # seconds


class RouteTerms(Protocol):
    """What a route asks of the server: the most bytes of a body, and whether it is done beside the pages."""

    @property
    def most_bytes(self) -> int:
        """The most that a body may have."""
        ...

    @property
    def aside(self) -> bool:
        """Whether the answer takes long without using the interpreter, as hashing a password does."""
        ...


#: Method and path of a request -> the terms of its route.
TermsOf = Callable[[str, str], RouteTerms]


@dataclass(frozen=True, slots=True)
class Served:
    """What is served: the pages, the terms of each route, what every answer of the server itself tells."""

    application: Application
    terms: TermsOf
    told: Told


def constant(status: int, told: Told = ()) -> Answer:
    """Return an answer of the server itself, in both languages; 503 says when to come again.

    `told` is what the site tells a browser with every such answer.

    >>> constant(503)[0]
    '503 Service Unavailable'
    """
    english, french = _SENTENCES[status]
    body = _PAGE.format(status=status, english=english, french=french).encode()
    fields = [("Content-Type", "text/html; charset=utf-8"), *told]
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        fields.append(("Retry-After", _RETRY_AFTER))
    return f"{status} {HTTPStatus(status).phrase}", fields, body


def _variable(name: bytes) -> str:
    """Return the name of a header field in the environment; empty when it must not get there."""
    known = _KNOWN.get(name)
    if known is None:
        known = "HTTP_" + name.decode().upper().replace("-", "_") if _NAME.fullmatch(name) else ""
        if len(_KNOWN) < _MOST_KNOWN:
            _KNOWN[name] = known
    return known


def environment(
    *,
    method: str,
    path: bytes,
    query: bytes,
    version: str,
    fields: Fields,
    client: str,
    server: tuple[str, int],
) -> Environ:
    """Make the environment of a request from its head (PEP 3333)."""
    environ: Environ = {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
        "QUERY_STRING": query.decode("latin-1"),
        "SERVER_PROTOCOL": f"HTTP/{version}",
        "SERVER_NAME": server[0],
        "SERVER_PORT": str(server[1]),
        "REMOTE_ADDR": client,
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.errors": sys.stderr,
        "wsgi.input_terminated": True,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for name, value in fields:
        lower = name.lower()
        if lower in _APART:
            environ[lower.decode().upper().replace("-", "_")] = value.decode("latin-1")
        elif variable := _variable(name):
            text = value.decode("latin-1")
            if variable in environ:
                text = f"{environ[variable]}{'; ' if variable == 'HTTP_COOKIE' else ','}{text}"
            environ[variable] = text
    return environ


def put_body(environ: Environ, body: bytes, size: int) -> None:
    """Hand the body over, read whole; `size` is larger than the body where that was more than is allowed."""
    environ["wsgi.input"] = BytesIO(body)
    if size or "CONTENT_LENGTH" in environ:
        environ["CONTENT_LENGTH"] = str(size)
    environ.pop("HTTP_TRANSFER_ENCODING", None)


def call(application: Application, environ: Environ, told: Told = ()) -> Answer:
    """Have the application answer; where a file cannot be read to its end, say so."""
    try:
        return _called(application, environ)
    except OSError as problem:
        log.error("an answer broke off: %s", type(problem).__name__)  # noqa: TRY400  # no words of it
        return constant(HTTPStatus.INTERNAL_SERVER_ERROR, told)


def _called(application: Application, environ: Environ) -> Answer:
    begun: list[Any] = []

    def start_response(status: str, fields: Sequence[tuple[str, str]], _problem: object = None) -> object:
        begun[:] = status, fields
        return begun.append

    parts = application(environ, start_response)
    try:
        body = b"".join(parts)
    finally:
        if close := getattr(parts, "close", None):
            close()
    return begun[0], begun[1], body


class _Clock:
    """The date of an answer (RFC 9110 6.6.1), made once a second."""

    second, text = 0, ""

    def date(self) -> str:
        """Return it."""
        if (now := int(time.time())) != self.second:
            self.second, self.text = now, formatdate(now, usegmt=True)
        return self.text


_CLOCK = _Clock()


def _is_bodiless(status: str) -> bool:
    return status.startswith(("1", "204", "304"))


def fitted(answer: Answer, method: str) -> tuple[Answer, bool]:
    """Return the answer without what is longer than it says, and whether it is as long as it says.

    What is too much would be read as the next answer; where there is too little, somebody would wait for the
    rest (RFC 9112 6.3). The connection is to end after either.
    """
    status, fields, body = answer
    declared = next((int(value) for name, value in fields if name.lower() == "content-length"), len(body))
    if declared == len(body) or method == "HEAD" or _is_bodiless(status):
        return answer, True
    log.error("an answer has %s bytes and says that it has %s", len(body), declared)
    return (status, fields, body[:declared]), False


def encoded(answer: Answer, *, method: str, close: bool, version: str = "1.1") -> bytes:
    """Write an answer as it goes over the wire."""
    status, fields, body = answer
    lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in fields), f"Date: {_CLOCK.date()}"]
    bodiless = _is_bodiless(status)
    if not bodiless and not any(name.lower() == "content-length" for name, _ in fields):
        lines.append(f"Content-Length: {len(body)}")
    if close:
        lines.append("Connection: close")
    elif version == "1.0":
        lines.append("Connection: keep-alive")
    head = "\r\n".join((*lines, "", "")).encode("latin-1")
    return head if method == "HEAD" or bodiless else head + body
