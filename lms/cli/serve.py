"""`lms serve`: the site and its worker, started, watched, and ended together.

The supervisor loads little and does nothing else, so that nothing but the machine can end it. Called by a
person, by `script/server` and by systemd.
"""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from types import FrameType

import click

from lms.cli.data_lock import hold
from lms.cli.saying import settings as read_settings

PARTS = ("serve-web", "work")
LOOK = 0.2  # seconds between two looks at the processes
SHORTEST_WAIT, LONGEST_WAIT = 0.5, 30.0
STEADY = 60.0  # seconds after which a process counts as healthy again
PATIENCE = 15.0
REFUSALS = range(2, 7)  # exit codes of the house: starting again would end in the same way


@dataclass
class Part:
    """One process that is kept running."""

    name: str
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    wait: float = SHORTEST_WAIT

    def start(self) -> None:
        """Start it with this same Python."""
        self.started = time.monotonic()
        self.process = subprocess.Popen([sys.executable, "-m", "lms.cli.main", self.name])  # noqa: S603  # our own

    def keep(self) -> None:
        """Start it again when it has ended, later and later while it keeps ending at once."""
        if self.process is None or self.process.poll() is None:
            return
        ran = time.monotonic() - self.started
        self.wait = SHORTEST_WAIT if ran > STEADY else min(self.wait * 2, LONGEST_WAIT)
        if ran >= self.wait:
            click.echo(f"lms {self.name} (exit {self.process.returncode}) -> start", err=True)
            self.start()

    @property
    def refused(self) -> int:
        """Give the exit code with which it refused to start; 0 when it did not."""
        code = (self.process.poll() if self.process else None) or 0
        return code if code in REFUSALS and time.monotonic() - self.started < STEADY else 0

    def end(self) -> None:
        """Ask it to end."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def wait_for(self, until: float) -> None:
        """Wait until it has ended; then make it."""
        if self.process is None:
            return
        try:
            self.process.wait(max(0.0, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


@dataclass
class Supervisor:
    """Keeps the parts running until it is told to stop."""

    parts: list[Part] = field(default_factory=lambda: [Part(name) for name in PARTS])
    stopping: bool = False
    code: int = 0

    def stop(self, _number: int = 0, _frame: FrameType | None = None) -> None:
        """Take note that it is time to stop."""
        self.stopping = True

    def look(self) -> None:
        """Start again what has ended, unless all is to end."""
        if not (self.stopping or self.code):
            for part in self.parts:
                part.keep()

    def run(self) -> None:
        """Start, watch, and in the end stop every part."""
        for part in self.parts:
            part.start()
        while not (self.stopping or self.code):
            time.sleep(LOOK)
            self.code = max(part.refused for part in self.parts)
            self.look()
        for part in self.parts:
            part.end()
        until = time.monotonic() + PATIENCE
        for part in self.parts:
            part.wait_for(until)


@click.command()
def serve() -> None:
    """Serve the site until told to stop (Ctrl+C, or SIGTERM)."""
    settings = read_settings()
    supervisor = Supervisor()
    signal.signal(signal.SIGTERM, supervisor.stop)
    signal.signal(signal.SIGINT, supervisor.stop)
    with hold(settings.data):
        supervisor.run()
    sys.exit(supervisor.code)
