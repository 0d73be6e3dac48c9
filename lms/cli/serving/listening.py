"""The address that the site listens on: bound once, by the supervisor, before anything is promised.

The socket is bound exclusively (no SO_REUSEPORT), so two servers never share an address. Holds no server.
"""

from __future__ import annotations

import errno
import socket
from collections.abc import Iterator
from contextlib import contextmanager

from lms.core.errors import Conflict, Unavailable
from lms.settings import web_address

BACKLOG = 1024  # connections that the system holds until a process takes them


@contextmanager
def listen(host: str, port: int) -> Iterator[socket.socket]:
    """Bind an address and listen on it.

    Raises: Conflict `port.taken`; Unavailable `port.not-allowed`, `port.no-address`.
    """
    where: dict[str, object] = {"host": host, "port": port}
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except OSError as problem:
        raise Unavailable("port.no-address", **where) from problem
    with socket.socket(family, kind, protocol) as listening:
        # Only past the connections that linger after a stop; a program that listens is never pushed aside.
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind(address)
            listening.listen(BACKLOG)
        except OSError as problem:
            if problem.errno == errno.EADDRINUSE:
                raise Conflict("port.taken", **where) from problem
            if problem.errno in {errno.EACCES, errno.EPERM}:
                raise Unavailable("port.not-allowed", **where) from problem
            raise Unavailable("port.no-address", **where) from problem
        listening.setblocking(False)  # noqa: FBT003  # a function of the library
        yield listening


def shown(listening: socket.socket) -> str:
    """Return the web address of a socket that listens."""
    host, port = listening.getsockname()[:2]
    return web_address(host, port)
