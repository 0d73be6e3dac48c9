"""`lms doctor`: what is wrong or missing, in plain words, and what to do about it.

What was not looked at is told as such, with the reason. The site runs without what is only useful; what it
cannot run without, or what somebody has to see to, ends in exit code 6.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator

import click

from lms.actions.context import Context
from lms.cli.operations.looks import database as doctor_database
from lms.cli.operations.looks import machine as doctor_machine
from lms.cli.operations.looks.examination import BAD, UNSEEN, DoctorLine
from lms.cli.saying import gettext as _
from lms.cli.saying import settings as read_settings
from lms.core.errors import Unavailable
from lms.settings import Settings


def look(settings: Settings) -> Iterator[DoctorLine]:
    """Look at everything."""
    yield from doctor_machine.look(settings)
    now = time.time_ns() // 1_000_000
    if settings.data.is_dir():
        yield doctor_database.restore(settings)
        yield doctor_database.backup(settings, now)
        yield doctor_database.old_data(settings, now)
    opened = doctor_database.open_for_looking(settings)
    if isinstance(opened, Context):
        yield from doctor_database.look(opened)
        opened.database.engine.dispose()
        return
    if opened.mark != UNSEEN:
        yield DoctorLine(opened.mark, _("Keys"), opened.words)
    why = opened.words if opened.mark == UNSEEN else _("the keys cannot be used")
    yield from doctor_database.unseen(why, but=() if opened.mark == UNSEEN else ("Keys",))


@click.command()
def doctor() -> None:
    """Show what is wrong or missing and how to fix it.

    ok: no problem; –: the site works without it; !!: must be fixed; ?: not checked.
    """
    lines = list(look(read_settings()))
    width = max(len(line.about) for line in lines)
    for line in lines:
        click.echo(f"{line.mark:<3}{line.about:<{width}}  {line.words}")
    if any(line.mark == BAD for line in lines):
        sys.exit(Unavailable.exit_code)
