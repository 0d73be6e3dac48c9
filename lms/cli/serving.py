"""The two processes that `lms serve` looks after: the web server and the worker.

`lms serve-web` runs granian, one process per core with one thread each; `lms work` does the jobs. Both end
when the one that started them is gone. Called by `serve`, through hidden commands.
"""

from __future__ import annotations

import ctypes
import logging
import os
import signal
import sys
from contextlib import suppress
from typing import Any

import click
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from lms.actions import founding
from lms.app import make_application, make_desk
from lms.cli.saying import gettext as _
from lms.cli.saying import settings as read_settings
from lms.core.errors import Conflict
from lms.core.people import SYSTEM
from lms.settings import Settings
from lms.storage import steps

_PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG
PATIENCE = 10  # seconds that a request in hand may take when the server ends


def die_with_parent() -> None:
    """Ask the system, where it can, to end this process when its parent is gone."""
    with suppress(OSError, AttributeError):
        if sys.platform == "linux":
            ctypes.CDLL(None).prctl(_PARENT_DEATH_SIGNAL, signal.SIGTERM)


def log_to_stderr(level: str) -> None:
    """Write one line per event to the error stream; no address, no name, no request is ever in it."""
    logging.basicConfig(
        stream=sys.stderr, level=level, format="%(asctime)s %(levelname)s %(name)s: %(message)s"
    )


def application() -> object:
    """Build the site in a server process."""
    die_with_parent()
    log_to_stderr(read_settings().log_level)
    return make_application()


def check(settings: Settings) -> None:
    """Refuse to serve what is not set up; close demo accounts that others could reach.

    Raises: Conflict `database.not-ready`, `keys.other-database`; Unavailable `keys.*`,
    `database.unavailable`.
    """
    desk = make_desk(settings)
    try:
        if steps.current(desk.database) != steps.newest():
            raise Conflict("database.not-ready")
        founding.tie_keys(desk, SYSTEM)
        if not settings.demo_allowed:
            founding.close_demo(desk, SYSTEM)
    finally:
        desk.database.engine.dispose()


@click.command("serve-web", hidden=True)
def serve_web() -> None:
    """Run the web server (started by `lms serve`)."""
    die_with_parent()
    settings = read_settings()
    check(settings)
    shown = f"[{settings.host}]" if ":" in settings.host else settings.host
    address = settings.public_url or f"http://{shown}:{settings.port}"
    click.echo(_("Serving on %(address)s (end with Ctrl+C)", address=address))
    Server(
        f"{__name__}:application",
        factory=True,
        address=settings.host,
        port=settings.port,
        interface=Interfaces.WSGI,
        workers=settings.web_processes,
        blocking_threads=1,
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=PATIENCE,
        log_access=False,
        log_level=LogLevels.warning,
    ).serve()


@click.command("work", hidden=True)
def work() -> None:
    """Do the jobs (started by `lms serve`)."""
    die_with_parent()
    settings = read_settings()
    log_to_stderr(settings.log_level)
    from lms.jobs import Worker  # noqa: PLC0415  # brings the PDF engine, which the web processes do without

    worker = Worker(make_desk(settings))

    def stop(_number: int, _frame: Any) -> None:
        worker.stop.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    parent = os.getppid()
    worker.run(alive=lambda: os.getppid() == parent)
