"""One web process: takes connections from a socket that is bound already, and lets one thread make the pages.

Holds the order among connections and the bounds over all of them: how many there may be, how much they may
hold, when to end. One process has one thread for pages and one for what is done beside them.
"""

from __future__ import annotations

import asyncio
import logging
import os
import resource
import signal
import socket
import sys
from contextlib import suppress

from lms.cli.http.connection import Connection, Limits, QueuedRequest
from lms.cli.http.exchange import Answer, Served
from lms.cli.http.lanes import Lane, LaneAside

log = logging.getLogger("lms.cli.http")

MOST_CONNECTIONS = 4_000
SPARE_FILES = 128  # for the database, the courses and the log
MOST_AT_ONCE = 64  # connections taken between two pages
MOST_HELD = 64_000_000  # bytes of unfinished bodies
PAGES_BEHIND, ASIDE_BEHIND = 1.0, 5.0  # seconds
LOOK = 1.0
BREATH = 0.25  # seconds without accepting, when the system has no file left
PATIENCE = 7.0  # seconds for what is in hand when the process is to end


def _raise_files() -> int:
    """Ask the system for as many open files as it gives; return how many connections that allows."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_CONNECTIONS + SPARE_FILES
    if soft < wanted:
        with suppress(ValueError, OSError):
            resource.setrlimit(
                resource.RLIMIT_NOFILE,
                (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard),
            )
        soft = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    return max(1, min(MOST_CONNECTIONS, soft - SPARE_FILES))


class Front:
    """The connections of one process, and what they have in common."""

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        listening: socket.socket,
        served: Served,
        limits: Limits | None = None,
    ) -> None:
        self.loop = loop
        self.limits = limits or Limits()
        self.served = served
        self.server: tuple[str, int] = listening.getsockname()[:2]
        self.held = 0
        self.turned_away = 0
        self.stopping = False
        self._listening = listening
        self._most = _raise_files()
        self._connections: set[Connection] = set()
        self._tasks: set[asyncio.Task[object]] = set()
        self._pages: Lane[Answer] = Lane(loop, PAGES_BEHIND)
        self._aside: Lane[Answer] = LaneAside(loop, ASIDE_BEHIND)

    # --- connections -------------------------------------------------------------------------------------
    def accept(self) -> None:
        """Take connections: one while there is nothing to do, so that the other processes get some too.

        A busy process takes all that the idle ones have left, so that whoever waits in vain is told so.
        """
        for _ in range(MOST_AT_ONCE if self._pages.is_busy else 1):
            try:
                taken, _address = self._listening.accept()
            except (BlockingIOError, InterruptedError, ConnectionError):
                return
            except OSError:  # no file is left
                self.loop.remove_reader(self._listening)
                self.loop.call_later(BREATH, self.open)
                return
            task = self.loop.create_task(self.loop.connect_accepted_socket(lambda: Connection(self), taken))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    def open(self) -> None:
        """Begin to take connections."""
        if not self.stopping:
            self.loop.add_reader(self._listening, self.accept)

    def joined(self, connection: Connection) -> None:
        """Count a connection; where there are too many, the one that has done nothing for longest goes."""
        self._connections.add(connection)
        if len(self._connections) > self._most:
            waiting = [one for one in self._connections if one.part != "answer"]
            min(waiting or [connection], key=lambda one: one.began).abort()

    def left(self, connection: Connection) -> None:
        """Forget a connection."""
        self._connections.discard(connection)

    def offer(self, request: QueuedRequest) -> None:
        """Put a request in its lane."""
        (self._aside if request.aside else self._pages).offer(request)

    def relieve(self) -> None:
        """Close the connection that holds most of an unfinished body, where all of them hold too much."""
        if self.held > MOST_HELD:
            max(self._connections, key=lambda one: one.size).abort()

    # --- time --------------------------------------------------------------------------------------------
    def look(self, parent: int) -> None:
        """Look at every connection, and whether anybody would still tell this process to end."""
        if os.getppid() != parent:
            os._exit(1)
        now = self.loop.time()
        for connection in list(self._connections):
            self.loop.call_soon(connection.look, now)  # one that fails keeps no other from being looked at
        if self.turned_away:
            log.warning("busy: %s requests were answered with 503", self.turned_away)
            self.turned_away = 0

    async def run(self, ended: asyncio.Event, parent: int) -> None:
        """Serve until told that it has ended, then finish what is in hand."""
        self.open()
        looking = self.loop.create_task(self._look_on(parent))
        await ended.wait()
        self.stopping = True
        self.loop.remove_reader(self._listening)
        until = self.loop.time() + PATIENCE
        while self.loop.time() < until:
            for connection in list(self._connections):
                if connection.part in {"idle", "head"} and not connection.has_unsent:
                    connection.abort()
            if not any(one.part in {"answer", "body"} or one.has_unsent for one in self._connections):
                break
            await asyncio.sleep(0.05)
        looking.cancel()
        self._aside.close()

    async def _look_on(self, parent: int) -> None:
        while True:
            await asyncio.sleep(LOOK)
            self.look(parent)


def _leave_alone(loop: asyncio.AbstractEventLoop, met: dict[str, object]) -> None:
    """Pass over that a client has gone while its last bytes were sent; everything else is told."""
    if not isinstance(met.get("exception"), OSError):
        loop.default_exception_handler(met)


def serve(listening: socket.socket, served: Served, parent: int) -> None:
    """Serve on a bound socket until SIGTERM, or until `parent` is gone."""
    sys.setswitchinterval(0.0001)
    with asyncio.Runner() as runner:
        loop = runner.get_loop()
        loop.set_exception_handler(_leave_alone)
        ended = asyncio.Event()
        loop.add_signal_handler(signal.SIGTERM, ended.set)
        runner.run(Front(loop, listening, served).run(ended, parent))
