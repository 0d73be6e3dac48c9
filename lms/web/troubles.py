"""What a page met and could not read is told, once the page is answered.

Holds when that happens; what is told, and to whom, is `actions.operations.tasks`.
"""

from __future__ import annotations

from contextlib import suppress

from flask import Flask

from lms.actions.operations import tasks
from lms.core.errors import Unavailable
from lms.core.people.actors import SYSTEM
from lms.web.shell.current import context


def _tell(_problem: BaseException | None) -> None:
    """Open tasks for what is new; a database that is busy is tried again with the next page."""
    if tasks.has_news(context()):
        with suppress(Unavailable):
            tasks.tell_troubles(context(), SYSTEM)


def begin(app: Flask) -> None:
    """Look after each page."""
    app.teardown_request(_tell)
