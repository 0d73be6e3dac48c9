"""A small site behind the server in front, and a client that sends bytes."""

from __future__ import annotations

import asyncio
import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from lms.cli.http.connection import Limits
from lms.cli.http.exchange import Served
from lms.cli.http.front import Front

MOST = 10_000
#: What the site of these tests tells with every answer of the server itself.
TOLD = (("Cache-Control", "no-store"), ("Content-Security-Policy", "default-src 'none'"))
LATE = b"HTTP/1.1 408"


@dataclass(frozen=True)
class Terms:
    """What the routes of these tests ask for."""

    most_bytes: int = MOST
    aside: bool = False


TEN = b"0123456789"
#: Paths that answer with ten bytes -> how many they say that there are.
SAID = {"/as-it-says": 10, "/longer": 4, "/shorter": 12}


class Broken(list[bytes]):
    """A body that cannot be read to its end."""

    def __iter__(self) -> Iterator[bytes]:
        """Give a part and fail."""
        yield b"part"
        raise OSError(5, "the words of somebody")


@dataclass
class Site:
    """An application that tells what it was asked, and the server in front of it, in a thread of its own."""

    limits: Limits = field(default_factory=Limits)
    takes: float = 0.0
    asked: list[str] = field(default_factory=list)
    port: int = 0
    front: Front | None = None
    _ended: Callable[[], object] = lambda: None

    def application(self, environ: dict[str, Any], start_response: Callable[..., object]) -> list[bytes]:
        """Answer with what came; /slow and /aside take their time."""
        path = environ["PATH_INFO"]
        self.asked.append(path)
        if path in {"/slow", "/aside"}:
            time.sleep(self.takes)
        body = environ["wsgi.input"].read() if "wsgi.input" in environ else b""
        if int(environ.get("CONTENT_LENGTH") or 0) > len(body):
            start_response("413 Content Too Large", [("Content-Type", "text/plain")])
            return [b"too large, in words of the site"]
        if path == "/nothing":
            start_response("204 No Content", [])
            return [b""]
        if path in SAID:
            start_response("200 OK", [("Content-Length", str(SAID[path]))])
            return [b"" if environ["REQUEST_METHOD"] == "HEAD" else TEN]
        if path == "/broken":
            start_response("200 OK", [("Content-Length", "9")])
            return Broken()
        names = ("REQUEST_METHOD", "QUERY_STRING", "HTTP_COOKIE", "HTTP_X_FORWARDED_FOR", "REMOTE_ADDR")
        told = "|".join([path, *(str(environ.get(name, "-")) for name in names), body.decode("latin-1")])
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [told.encode()]

    @contextmanager
    def served(self) -> Iterator[Site]:
        """Serve it."""
        begun = threading.Event()

        async def run(listening: socket.socket) -> None:
            ended, loop = asyncio.Event(), asyncio.get_running_loop()
            self._ended = lambda: loop.call_soon_threadsafe(ended.set)
            served = Served(self.application, lambda _, path: Terms(aside=path == "/aside"), TOLD)
            self.front = Front(loop, listening, served, self.limits)
            begun.set()
            await self.front.run(ended, os.getppid())

        with socket.create_server(("127.0.0.1", 0), backlog=1024) as listening:
            listening.setblocking(False)
            self.port = listening.getsockname()[1]
            thread = threading.Thread(target=lambda: asyncio.run(run(listening)))
            thread.start()
            begun.wait(10)
            try:
                yield self
            finally:
                self.stop()
                thread.join(20)
        assert not thread.is_alive()

    def stop(self) -> None:
        """Tell it to end."""
        with suppress(RuntimeError):  # it has ended already
            self._ended()

    def connect(self) -> socket.socket:
        """Open a connection."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=10)

    def say(self, data: bytes) -> bytes:
        """Send bytes over a connection of their own and give all that comes back until it is closed."""
        with self.connect() as one:
            one.sendall(data)
            return heard(one)

    def ask(self, path: str = "/", body: bytes | None = None) -> bytes:
        """Send one request and give its answer."""
        return self.say(request(path, body, "Connection: close"))


def request(path: str = "/", body: bytes | None = None, *fields: str) -> bytes:
    verb = "GET" if body is None else "POST"
    lines = [f"{verb} {path} HTTP/1.1", "Host: here", *fields]
    if body is not None:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode() + (body or b"")


def heard(one: socket.socket) -> bytes:
    parts = []
    try:
        while part := one.recv(65536):
            parts.append(part)
    except ConnectionResetError:
        pass
    return b"".join(parts)


def until(one: socket.socket, wanted: bytes) -> bytes:
    found = b""
    while wanted not in found:
        part = one.recv(65536)
        assert part, found
        found += part
    return found
