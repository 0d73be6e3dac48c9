"""The processes below `lms serve`: forked from it, started again when they die, gone when it is gone.

A child is forked from a process that has loaded the site already: it starts in milliseconds, and what was
loaded is in memory once. Holds no word about what the children do.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from types import FrameType

import click

from lms.cli.saying import gettext as _

_PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG
LOOK = 0.1  # seconds between two looks at the processes
SHORTEST_WAIT, LONGEST_WAIT = 0.5, 30.0
STEADY = 60.0  # seconds after which a process counts as healthy again
PATIENCE = 8.5  # seconds for what is in hand; then a process is ended


def die_with(parent: int) -> None:
    """End this process when `parent` is gone; at once, if it is gone already.

    The system is asked first and the parent looked at afterwards, so that no moment is left between them.
    Where the system knows no such wish, each child looks by itself now and then.
    """
    with suppress(OSError, AttributeError):
        if sys.platform == "linux":
            ctypes.CDLL(None).prctl(_PARENT_DEATH_SIGNAL, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def _be_child(run: Callable[[int], None], parent: int) -> None:
    """Run as a child and end; nothing of the parent's own way out is taken."""
    code = 1
    try:
        # Ctrl+C reaches every process of a terminal; the parent alone decides what it means.
        for number in (signal.SIGINT, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        die_with(parent)
        run(parent)
        code = 0
    finally:
        kind, problem, trace = sys.exc_info()
        if kind is not None and problem is not None:
            sys.excepthook(kind, problem, trace)
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


@dataclass
class Child:
    """One process that is kept running; `run` takes the number of its parent."""

    name: str
    run: Callable[[int], None]
    pid: int = 0
    started: float = 0.0
    ended: float = 0.0
    wait: float = SHORTEST_WAIT
    clock: Callable[[], float] = time.monotonic

    def start(self) -> None:
        """Fork it."""
        self.started = self.clock()
        parent = os.getpid()
        pid = os.fork()
        if pid == 0:
            _be_child(self.run, parent)
        self.pid = pid

    def keep(self) -> None:
        """Start it again when it has ended, later and later while it keeps ending at once.

        Never in the very moment: whoever ends a child may be about to end us, as service managers do.
        """
        now = self.clock()
        if self.pid and (code := self._ended()) is not None:
            self.ended = now
            self.wait = SHORTEST_WAIT if now - self.started > STEADY else min(self.wait * 2, LONGEST_WAIT)
            if code:
                click.echo(
                    _("%(name)s stopped (%(code)s) and is being restarted", name=self.name, code=code),
                    err=True,
                )
        if not self.pid and now - self.ended >= SHORTEST_WAIT and now - self.started >= self.wait:
            self.start()

    def _ended(self) -> int | None:
        """Return the exit code if it has ended (negative: the signal); it has no number any more then."""
        try:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
        except ChildProcessError:
            pid, status = self.pid, 0
        if not pid:
            return None
        self.pid = 0
        return os.waitstatus_to_exitcode(status)

    def signal(self, number: int) -> None:
        """Send it a signal, if it runs."""
        if self.pid:
            with suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def wait_until(self, until: float) -> bool:
        """Wait until it has ended; return whether it has."""
        while self.pid and self._ended() is None:
            if time.monotonic() > until:
                return False
            time.sleep(0.02)
        return True


@dataclass
class Supervisor:
    """Keeps the children running until it is told to stop; told twice, it does not wait."""

    children: list[Child]
    stops: int = 0

    def stop(self, _number: int = 0, _frame: FrameType | None = None) -> None:
        """Take note that it is time to stop."""
        self.stops += 1

    def run(self, ready: Callable[[], object]) -> None:
        """Start all, watch, and in the end stop all."""
        signal.signal(signal.SIGTERM, self.stop)
        signal.signal(signal.SIGINT, self.stop)
        if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # nohup
            signal.signal(signal.SIGHUP, self.stop)
        for child in self.children:
            child.start()
        ready()
        while not self.stops:
            time.sleep(LOOK)
            for child in self.children:
                child.keep()
        self._end()

    def _end(self) -> None:
        click.echo(_("Stopping. Work in progress will be finished first. This takes up to 9 seconds."))
        for child in self.children:
            child.signal(signal.SIGTERM)
        until = time.monotonic() + PATIENCE
        for child in self.children:
            while not child.wait_until(min(until, time.monotonic() + LOOK)):
                if time.monotonic() > until or self.stops > 1:
                    click.echo(
                        _("%(name)s did not finish in time and is being forced to stop.", name=child.name),
                        err=True,
                    )
                    child.signal(signal.SIGKILL)
                    child.wait_until(time.monotonic() + 1)
                    break
        click.echo(_("The site has stopped."))
