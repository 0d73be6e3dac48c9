"""Help lines for whoever runs the site: how each stands, and noting that one was confirmed by a call.

Holds no number: those are in the site’s own file, and only the day of a confirmation is written there.
"""

from __future__ import annotations

from datetime import date

from lms.actions.action import Who, command, query, record
from lms.actions.context import Context
from lms.actions.operations.maintenance import HELP_LINE
from lms.core.courses.helplines import HelpLine, LineState, state_of, to_check
from lms.core.errors import Conflict, NotFound
from lms.core.people.actors import Actor
from lms.storage.operations import tasks


@query("help_lines.states", by=Who.ADMIN)
def states(context: Context, actor: Actor) -> tuple[LineState, ...]:
    """List every help line in the order of the file, also those that have no number yet."""
    today = date.fromisoformat(context.today())
    return tuple(state_of(line, today) for line in context.library.help_lines())


@command("help_lines.confirm", by=Who.ADMIN)
def confirm(context: Context, actor: Actor, name: str) -> HelpLine:
    """Note that somebody confirmed a line today; what waited for that is closed.

    Raises: NotFound `help-line.unknown`; Conflict `help-line.without-number`, `help-line.by-hand`;
    Unavailable `disk.write-failed`.
    """
    lines = context.library.help_lines()
    line = next((one for one in lines if one.id == name), None)
    if line is None:
        raise NotFound("help-line.unknown", id=name)
    if not line.is_reachable:
        raise Conflict("help-line.without-number", id=name)
    context.library.confirm_help_line(name, context.today())
    waiting = [one.id for one in to_check(lines, date.fromisoformat(context.today())) if one.id != name]
    with context.database.writing() as tx:
        tasks.close_others(tx, HELP_LINE, waiting, now=context.now())
        record(tx, context, actor, "help_lines.confirm", name)
    return line
