"""`lms person`: the first admin, roles, and answers about earlier learning.

Holds the arguments; actions judge. Called by whoever runs the installation.
"""

from __future__ import annotations

from datetime import datetime

import click

from lms.actions import founding, recognising
from lms.actions.desk import CALENDAR
from lms.app import make_desk
from lms.cli.saying import gettext as _
from lms.cli.saying import settings as read_settings
from lms.cli.saying import tongue
from lms.core.people import SYSTEM, Role


@click.group()
def person() -> None:
    """People."""


@person.command("add-admin")
@click.argument("sign_in_name")
@click.option("--name", required=True, help="The name to be called.")
@click.option("--password", envvar="LMS_ADMIN_PASSWORD", default="", hidden=True)
def add_admin(sign_in_name: str, name: str, password: str) -> None:
    """Make an account that is an admin; the password is asked for, or taken from LMS_ADMIN_PASSWORD."""
    secret = password or str(click.prompt(_("Password"), hide_input=True, confirmation_prompt=True))
    codes = founding.add_admin(make_desk(read_settings()), SYSTEM, name, sign_in_name, secret)
    click.echo(_("Admin made. Recovery codes, to print or write down:"))
    for code in codes:
        click.echo(f"  {code}")


@person.command("give-role")
@click.argument("who")
@click.argument("role", type=click.Choice([role.value for role in Role]))
def give_role(who: str, role: str) -> None:
    """Give ROLE to the account with the address or sign-in name WHO."""
    fresh = founding.give_role(make_desk(read_settings()), SYSTEM, who, Role(role))
    click.echo(_("Role given") if fresh else _("They had this role already"))


@person.command("requests")
def requests() -> None:
    """List who asks to have earlier learning recognised, oldest first."""
    found = recognising.waiting(make_desk(read_settings()), SYSTEM)
    for line in found:
        asked = line.request
        title = line.course.title.text(tongue()) if line.course else asked.course
        day = datetime.fromtimestamp(asked.at / 1000, CALENDAR).date().isoformat()
        click.echo(f"{asked.id}  {day}  {asked.name}")
        click.echo(f"  {_('In the place of')}: {title}")
        click.echo(f"  {asked.told.learned} | {asked.told.provider} | {asked.told.period}")
    if not found:
        click.echo(_("Nobody waits for an answer."))


@person.command("recognise")
@click.argument("request")
@click.option("--not-granted", "reason", default=None, help="Say no, and why; the learner reads it.")
def recognise(request: str, reason: str | None) -> None:
    """Recognise the earlier learning of REQUEST, a number from `lms person requests`."""
    desk = make_desk(read_settings())
    recognising.answer(desk, SYSTEM, request, granted=reason is None, reason=reason or "")
    click.echo(_("Recognized") if reason is None else _("Not recognized"))
