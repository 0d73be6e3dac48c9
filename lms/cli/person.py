"""`lms person add-admin` and `lms person give-role`: the first admin has nobody to ask."""

from __future__ import annotations

import click

from lms.actions import founding
from lms.app import make_desk
from lms.cli.saying import gettext as _
from lms.cli.saying import settings as read_settings
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
