"""One connection of a client: reads requests whole, within limits of size and time, and writes the answers.

llhttp (`httptools`) reads HTTP, asyncio holds the socket; this file holds what is allowed. A body stays here,
costing a few kilobytes and no thread, until it is whole. Knows no page and no order among connections.
"""

from __future__ import annotations

import asyncio
import math
from collections import deque
from dataclasses import dataclass
from http import HTTPStatus
from typing import Protocol, cast

from httptools import HttpParserError, HttpParserUpgrade, HttpRequestParser, parse_url

from lms.cli.http.exchange import (
    Answer,
    Environ,
    Served,
    call,
    constant,
    encoded,
    environment,
    fitted,
    put_body,
)

MOST_ADDRESS = 8_192
_SIZE_DIGITS = 20  # of 64 bits
MOST_FIELDS = 100
FIELD_SIGNS = 4  # ": " and the end of the line
MOST_AHEAD = 16  # requests sent before the first is answered
TOO_LARGE, TIMED_OUT = 431, 408


@dataclass(frozen=True, slots=True)
class Limits:
    """How much and how long, for one client; seconds and bytes."""

    head: int = 32_768  # all header fields and the address together
    head_seconds: float = 20.0
    idle_seconds: float = 75.0
    #: A body may take this long, and this much longer for every so many bytes of it that have come: a line
    #: of 1 kB/s gets any form through, one that sends nothing holds on for the grace alone.
    grace_seconds: float = 20.0
    least_bytes_a_second: int = 500
    linger_seconds: float = 3.0  # what comes after a refusal is read and thrown away (RFC 9112 9.6)
    drain_seconds: float = 60.0  # without a byte taken by the client


class Surroundings(Protocol):
    """What all connections of a process have in common."""

    loop: asyncio.AbstractEventLoop
    served: Served
    limits: Limits
    server: tuple[str, int]
    held: int  # bytes of unfinished bodies
    turned_away: int  # requests that were answered with 503
    stopping: bool

    def joined(self, connection: Connection) -> None:
        """Count a connection."""
        ...

    def left(self, connection: Connection) -> None:
        """Forget a connection."""
        ...

    def offer(self, request: QueuedRequest) -> None:
        """Put a request in its lane."""
        ...

    def relieve(self) -> None:
        """Release a body where too much is held."""
        ...


class QueuedRequest:
    """One request, read whole, that waits for its answer."""

    __slots__ = ("aside", "close", "connection", "environ", "since", "version")

    def __init__(self, connection: Connection, environ: Environ, *, close: bool, version: str) -> None:
        self.connection = connection
        self.environ = environ
        self.close = close
        self.version = version
        self.since = 0.0
        self.aside = False

    @property
    def is_gone(self) -> bool:
        """Whether the client has closed the connection."""
        return self.connection.is_gone

    def do(self) -> Answer:
        """Compute the answer."""
        served = self.connection.front.served
        return call(served.application, self.environ, served.told)

    def answered(self, answer: Answer) -> None:
        """Send the answer."""
        self.connection.send(self, answer)

    def refused(self) -> None:
        """Answer that there are too many requests."""
        self.connection.front.turned_away += 1
        self.connection.send(self, constant(503, self.connection.front.served.told))


class Connection(asyncio.Protocol):
    """A client, from its first byte to its last."""

    __slots__ = (
        "_address",
        "_ahead",
        "_aside",
        "_body",
        "_client",
        "_close",
        "_current",
        "_environ",
        "_field_size",
        "_fields",
        "_head_size",
        "_most",
        "_parser",
        "_refused",
        "_size",
        "_transport",
        "_unsent",
        "began",
        "front",
        "is_gone",
        "part",
    )

    def __init__(self, front: Surroundings) -> None:
        self.front = front
        self.is_gone = False
        #: What is going on: "idle", "head", "body", "answer", "linger"; and since when.
        self.part, self.began = "idle", front.loop.time()
        self._transport = cast("asyncio.Transport", None)
        self._parser = HttpRequestParser(self)
        self._client = ""
        self._ahead: deque[QueuedRequest] = deque()
        self._current: QueuedRequest | None = None
        self._close = False
        self._unsent = 0
        self._begin_request()

    def _begin_request(self) -> None:
        self._address = b""
        self._fields: list[tuple[bytes, bytes]] = []
        self._head_size = self._field_size = 0
        self._body: list[bytes] = []
        self._size = self._most = 0
        self._aside = False
        self._refused = 0
        self._environ: Environ | None = None

    # --- asyncio -----------------------------------------------------------------------------------------
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take the socket."""
        self._transport = cast("asyncio.Transport", transport)
        peer = transport.get_extra_info("peername")
        self._client = str(peer[0]) if peer else ""
        self.front.joined(self)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002  # why does not matter
        """Forget the client; what it asked for is not computed."""
        self.is_gone = True
        self.front.held -= self._size
        self._size = 0
        self.front.left(self)

    def data_received(self, data: bytes) -> None:
        """Read what has come."""
        if self.part == "linger":
            return
        if self._environ is None:
            self._head_size += len(data)
        try:
            self._parser.feed_data(data)
        except HttpParserUpgrade:
            self._close = True  # no other protocol is spoken here: the request is answered as HTTP
        except HttpParserError:
            self._refused = self._refused or HTTPStatus.BAD_REQUEST
        if self._environ is None and self._head_size > self.front.limits.head:
            self._refused = self._refused or TOO_LARGE
        if self._refused and not self._current:
            self.refuse(self._refused)

    def pause_writing(self) -> None:
        """Read nothing more from somebody who does not read."""
        self._transport.pause_reading()

    def resume_writing(self) -> None:
        """Go on."""
        self._transport.resume_reading()

    # --- llhttp ------------------------------------------------------------------------------------------
    def on_message_begin(self) -> None:
        """Begin to read a request."""
        if self.part == "idle":
            self._go_on("head")

    def on_url(self, address: bytes) -> None:
        """Take a piece of the address."""
        self._address += address
        if len(self._address) > MOST_ADDRESS:
            self._refused = self._refused or HTTPStatus.REQUEST_URI_TOO_LONG

    def on_header(self, name: bytes, value: bytes) -> None:
        """Take a header field."""
        self._fields.append((name, value))
        self._field_size += len(name) + len(value) + FIELD_SIGNS
        size = len(self._address) + self._field_size
        if len(self._fields) > MOST_FIELDS or size > self.front.limits.head:
            self._refused = self._refused or TOO_LARGE

    def on_headers_complete(self) -> None:
        """Make the environment and decide what body there may be."""
        if self._refused:
            return
        try:
            address = parse_url(self._address)
        except HttpParserError:
            self._refused = HTTPStatus.BAD_REQUEST
            return
        version = self._parser.get_http_version()
        if sum(name.lower() == b"host" for name, _ in self._fields) != 1 and version != "1.0":
            self._refused = HTTPStatus.BAD_REQUEST  # RFC 9112 3.2
            return
        method = self._parser.get_method().decode()
        self._environ = environ = environment(
            method=method,
            path=address.path or b"/",
            query=address.query or b"",
            version=version,
            fields=self._fields,
            client=self._client,
            server=self.front.server,
        )
        self._expect_body(method, environ)

    def _expect_body(self, method: str, environ: Environ) -> None:
        length = environ.get("CONTENT_LENGTH", "")
        if not length.isdigit() and "HTTP_TRANSFER_ENCODING" not in environ:
            return
        terms = self.front.served.terms(method, environ["PATH_INFO"])
        self._most, self._aside = terms.most_bytes, terms.aside
        size = int(length.lstrip("0")[:_SIZE_DIGITS] or 0)  # leading zeros are allowed, thousands of them too
        if size > self._most:
            self._too_large(size)
            return
        if self.part == "head":
            self._go_on("body")
        if environ.get("HTTP_EXPECT", "").lower() == "100-continue" and not self._current:
            self._transport.write(b"HTTP/1.1 100 Continue\r\n\r\n")

    def on_body(self, piece: bytes) -> None:
        """Keep a piece of the body."""
        if self._refused or self._environ is None:
            return
        self._size += len(piece)
        self.front.held += len(piece)
        if self._size > self._most:
            self._too_large(self._size)
            return
        self._body.append(piece)
        self.front.relieve()

    def on_message_complete(self) -> None:
        """Hand the request on."""
        if self._refused or self._environ is None:
            return
        put_body(self._environ, b"".join(self._body), self._size)
        self._hand_on(close=not self._parser.should_keep_alive())

    # --- ours --------------------------------------------------------------------------------------------
    def _go_on(self, part: str) -> None:
        self.part, self.began = part, self.front.loop.time()

    def _too_large(self, size: int) -> None:
        """Have the application say so, in its own words; nothing more is read."""
        assert self._environ is not None  # noqa: S101  # the head was read
        put_body(self._environ, b"", size)
        self._hand_on(close=True)
        self._refused = HTTPStatus.REQUEST_ENTITY_TOO_LARGE

    def _hand_on(self, *, close: bool) -> None:
        assert self._environ is not None  # noqa: S101  # the head was read
        request = QueuedRequest(self, self._environ, close=close, version=self._parser.get_http_version())
        request.aside = self._aside
        self.front.held -= self._size
        self._begin_request()
        self._ahead.append(request)
        if len(self._ahead) > MOST_AHEAD:
            self.abort()
        elif self._current is None:
            self._next()

    def _next(self) -> None:
        self._current = self._ahead.popleft()
        self._go_on("answer")
        self.front.offer(self._current)

    def send(self, request: QueuedRequest, answer: Answer) -> None:
        """Write an answer; then the next request, or the end."""
        if self.is_gone:
            return
        self._current = None
        method = request.environ["REQUEST_METHOD"]
        answer, is_whole = fitted(answer, method)
        close = request.close or self._close or self.front.stopping or not is_whole
        self._transport.write(encoded(answer, method=method, close=close, version=request.version))
        if close:
            self._end()
        elif self._ahead:
            self._next()
        elif self._refused:
            self.refuse(self._refused)
        else:
            self._go_on("body" if self._environ else "head" if self._address else "idle")

    def refuse(self, status: int) -> None:
        """Return what is wrong in a constant answer, and end."""
        if self.is_gone or self.part == "linger":
            return
        if status in {400, 408, 414, 431, 503}:
            answer = constant(status, self.front.served.told)
            self._transport.write(encoded(answer, method="GET", close=True))
        self._end()

    def _end(self) -> None:
        """Send the rest and close; what the client still sends is thrown away for a while."""
        self._go_on("linger")
        self._ahead.clear()
        self._body.clear()
        try:
            self._transport.write_eof()
        except OSError:  # the client has gone meanwhile
            self.abort()

    def abort(self) -> None:
        """Close at once; what it held is free."""
        self.front.held -= self._size
        self._size = 0
        self._body.clear()
        self._transport.abort()

    @property
    def has_unsent(self) -> bool:
        """Whether the client has not taken all of its answer yet."""
        return self._transport.get_write_buffer_size() > 0

    @property
    def size(self) -> int:
        """How much of an unfinished body is held."""
        return self._size

    def look(self, now: float) -> None:
        """Judge, once a second, whether this has taken too long."""
        age = now - self.began
        if unsent := self._transport.get_write_buffer_size():
            if unsent != self._unsent:
                self._unsent, self.began = unsent, now
            elif age > self.front.limits.drain_seconds:
                self.abort()
        elif age > self._seconds():
            if self.part in {"head", "body"}:
                self.refuse(TIMED_OUT)
            else:
                self.abort()

    def _seconds(self) -> float:
        """How long this part may take."""
        limits = self.front.limits
        return {
            "idle": limits.idle_seconds,
            "head": limits.head_seconds,
            "body": limits.grace_seconds + self._size / limits.least_bytes_a_second,
            "linger": limits.linger_seconds,
        }.get(self.part, math.inf)
