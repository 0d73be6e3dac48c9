"""`lms serve`: the site and its worker, started, watched, and ended together.

One process binds the address, loads the site and asks whether it may be served; the web processes and the
worker are forked from it. So whatever is wrong is said once, in words, before anything is promised.
"""

from __future__ import annotations

import gc

import click

from lms.cli.operations.data_lock import hold
from lms.cli.saying import settings as read_settings
from lms.cli.serving.listening import listen


@click.command()
def serve() -> None:
    """Run the site until you stop it (Ctrl+C or SIGTERM)."""
    gc.disable()  # what is loaded now stays
    settings = read_settings()
    with hold(settings.data), listen(settings.host, settings.port) as listening:
        # Loaded when it is sure that there is something to do with it.
        from lms.cli.serving.processes import supervise  # noqa: PLC0415

        supervise(settings, listening)
