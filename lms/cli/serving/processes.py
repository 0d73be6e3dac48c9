"""What `lms serve` runs: the web processes, one per core with one thread for pages each, and two workers.

One worker sends mail and nothing else, so that a slow mail server keeps nothing waiting. Everything is loaded
once, here, and the processes are forked from it. Holds what each of them does.
"""

from __future__ import annotations

import gc
import logging
import os
import signal
import socket
import sys
from dataclasses import replace
from functools import partial
from typing import cast

import click

from lms.actions.context import Context
from lms.actions.operations import setup
from lms.app import make_context
from lms.cli.http.exchange import Application, Served
from lms.cli.http.front import serve
from lms.cli.saying import gettext as _
from lms.cli.saying import settings as read_settings
from lms.cli.serving.children import Child, Supervisor, die_with
from lms.cli.serving.elsewhere import elsewhere
from lms.cli.serving.listening import shown
from lms.core.errors import Conflict, NotFound
from lms.core.operations.jobs import (
    EVERY_KIND,
    LETTERS,
    NO_LETTERS,
    HoldersToTell,
    KindFilter,
    ReleaseActivated,
)
from lms.core.people.actors import SYSTEM
from lms.settings import Settings
from lms.storage.migrations import steps
from lms.web.limits.terms import terms_for
from lms.web.shell.security import bare_headers
from lms.web.wiring import build

log = logging.getLogger("lms.serve")
UNDECLARED = (
    "PUBLIC_URL uses https, so the site is behind a proxy, but TRUSTED_PROXIES is 0: all visits seem to come "
    "from one address and share its limits"
)
#: Jobs that read whole courses.
HEAVY = frozenset({ReleaseActivated.kind, HoldersToTell.kind})
#: Libraries that tell every step of what they do.
_TALKATIVE = ("weasyprint", "weasyprint.progress", "fontTools", "alembic", "asyncio")


def log_to_stderr(level: str) -> None:
    """Write one line per event to the error stream; no address, no name, no query is ever in it."""
    logging.basicConfig(
        stream=sys.stderr, level=level, format="%(asctime)s %(levelname)s %(name)s: %(message)s"
    )
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLogger().level))


def check(context: Context) -> None:
    """Refuse to serve what is not set up; close demo accounts that others could reach.

    Raises: Conflict `database.not-ready`, `keys.other-database`; NotFound `site.not-found`; Unavailable
    `keys.*`, `database.unavailable`.
    """
    if not context.settings.site.is_dir():
        raise NotFound("site.not-found", path=str(context.settings.site))
    try:
        if steps.current(context.database) != steps.newest():
            raise Conflict("database.not-ready")
        setup.tie_keys(context, SYSTEM)
        if not context.settings.demo_allowed:
            setup.close_demo(context, SYSTEM)
    finally:
        context.database.engine.dispose()  # a connection must not be shared with a forked process


def _serving(settings: Settings, listening: socket.socket) -> str:
    """Return where the site is: the public address too, where that is another one."""
    here = shown(listening)
    if settings.public_url is None:
        return _("The site is running at %(address)s (press Ctrl+C to stop)", address=here)
    return _(
        "The site is running at %(address)s, with the public address %(public)s (press Ctrl+C to stop)",
        address=here,
        public=settings.public_url,
    )


def supervise(settings: Settings, listening: socket.socket) -> None:
    """Load the site, fork what serves it, and keep it going until told to stop.

    Raises: what `check` raises.
    """
    log_to_stderr(settings.log_level)
    context = make_context(settings)
    check(context)
    if settings.proxy_undeclared:
        log.warning(UNDECLARED)
    app = build(context)
    application = cast("Application", app.wsgi_app)
    served = Served(application, partial(terms_for, app), bare_headers(settings))

    def web(parent: int) -> None:
        gc.enable()
        serve(listening, served, parent)

    def jobs(parent: int) -> None:
        listening.close()
        gc.enable()
        do_jobs(context, parent, NO_LETTERS)

    def letters(parent: int) -> None:
        listening.close()
        gc.enable()
        send_letters(context, parent)

    web_processes = [Child(f"web {number + 1}", web) for number in range(settings.web_processes)]
    gc.collect()
    gc.freeze()
    Supervisor([*web_processes, Child("worker", jobs), Child("mail", letters)]).run(
        lambda: click.echo(_serving(settings, listening))
    )


def _stops() -> list[int]:
    """Take note of the signals that tell a worker to stop, so that it ends after the work in hand."""
    told: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda taken, _frame: told.append(taken))
    return told


def send_letters(context: Context, parent: int) -> None:
    """Send letters until told to stop, or until `parent` is gone."""
    from lms.jobs import Worker  # noqa: PLC0415  # the web processes do without

    told = _stops()
    worker = Worker(context, rounds=(), share=LETTERS, beside=True)
    worker.run(alive=lambda: not told and os.getppid() == parent)


def do_jobs(context: Context, parent: int, share: KindFilter = EVERY_KIND) -> None:
    """Do the jobs until told to stop, or until `parent` is gone."""
    from lms.jobs import KINDS, ROUNDS, Worker  # noqa: PLC0415  # the web processes do without
    from lms.rendering.certificates.apart import Apart  # noqa: PLC0415  # the same

    told = _stops()
    apart = Apart()

    def alive() -> bool:
        apart.tidy()
        return not told and os.getppid() == parent

    rounds = tuple(replace(one, do=elsewhere(one.do)) for one in ROUNDS)
    heavy = {name: replace(KINDS[name], do=elsewhere(KINDS[name].do)) for name in HEAVY}
    worker = Worker(replace(context, pdf=apart.pdf), kinds={**KINDS, **heavy}, rounds=rounds, share=share)
    worker.run(alive=alive)
    apart.end()


@click.command("work", hidden=True)
def work() -> None:
    """Run only the background tasks, without the site."""
    parent = os.getppid()
    die_with(parent)
    settings = read_settings()
    log_to_stderr(settings.log_level)
    do_jobs(make_context(settings), parent)
