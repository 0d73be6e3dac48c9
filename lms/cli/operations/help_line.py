"""`lms help-line`: how each help line stands, and noting that somebody has called one.

Holds the arguments and what is said.
"""

from __future__ import annotations

import click

from lms.actions.operations import help_lines
from lms.cli.opening import open_context
from lms.cli.saying import gettext as _
from lms.cli.saying import settings, tongue, voice
from lms.core.courses.helplines import LineState
from lms.core.people.actors import SYSTEM


def _state(one: LineState) -> str:
    if not one.line.is_reachable:
        return _("no number yet, not shown")
    if one.confirmed:
        return _("confirmed on %(day)s", day=voice().date(one.line.checked))
    if one.fresh:
        return _(
            "found in a public source on %(day)s, not yet confirmed by phone", day=voice().date(one.line.read)
        )
    return _("number hidden: not found in a public source or confirmed in the last 180 days")


@click.group("help-line")
def help_line() -> None:
    """List help lines and confirm their numbers."""


@help_line.command("list")
def list_lines() -> None:
    """List the help lines: id, number, name and status."""
    for one in help_lines.states(open_context(settings()), SYSTEM):
        click.echo(f"{one.line.id}  {one.line.number or '–'}  {one.line.name.text(tongue())}")
        click.echo(f"  {_state(one)}")


@help_line.command("confirm", short_help="Record that you called a help line today.")
@click.argument("names", nargs=-1, required=True, metavar="ID...")
def confirm(names: tuple[str, ...]) -> None:
    """Record that you called help line ID today and that its number, hours and languages are correct."""
    context = open_context(settings())
    for name in names:
        line = help_lines.confirm(context, SYSTEM, name)
        click.echo(
            _(
                "Confirmed today: %(name)s, %(number)s",
                name=line.name.text(tongue()),
                number=line.number or line.url,
            )
        )
