"""Opening a site for one command: what the command has opened is closed when it ends.

Holds no command.
"""

from __future__ import annotations

import click

from lms.actions.context import Context
from lms.app import make_context
from lms.settings import Settings


def open_context(settings: Settings, *, as_it_is: bool = False) -> Context:
    """Open every neighbour of the actions, as `make_context` does, until the command that runs has ended.

    Raises: what `make_context` raises.
    """
    context = make_context(settings, as_it_is=as_it_is)
    command = click.get_current_context(silent=True)
    if command is not None:
        command.call_on_close(context.database.engine.dispose)
    return context
