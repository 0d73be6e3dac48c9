"""`lms person`: the first admin, roles given and taken away, and answers about prior learning.

Holds the arguments; actions judge.
"""

from __future__ import annotations

import click

from lms.actions.learning import recognition
from lms.actions.operations import setup
from lms.actions.people import granting
from lms.cli.opening import open_context
from lms.cli.saying import colon, tongue, voice, want_yes
from lms.cli.saying import gettext as _
from lms.cli.saying import settings as read_settings
from lms.core.errors import Conflict
from lms.core.people.actors import EVERYTHING, STAFF, SYSTEM, Extent, Role

#: Names as they were spelled before, which still work.
_EARLIER = {"organisation": "organization", "recognise": "recognize"}


@click.group(context_settings={"token_normalize_func": lambda name: _EARLIER.get(name, name)})
def person() -> None:
    """Manage accounts, roles and requests."""


@person.command("add-admin")
@click.argument("sign_in_name")
@click.option("--name", required=True, help="The name to use for this person.")
@click.option("--password", envvar="LMS_ADMIN_PASSWORD", default="", hidden=True)
def add_admin(sign_in_name: str, name: str, password: str) -> None:
    """Create an administrator account. You are asked for the password, unless LMS_ADMIN_PASSWORD is set."""
    again = _("Confirm the password")
    secret = password or str(
        click.prompt(_("Password"), hide_input=True, confirmation_prompt=again, prompt_suffix=colon())
    )
    codes = setup.add_admin(open_context(read_settings()), SYSTEM, name, sign_in_name, secret)
    click.echo(_("Administrator account created. Print or write down these recovery codes:"))
    for code in codes:
        click.echo(f"  {code}")


_ROLE = click.argument("role", type=click.Choice([role.value for role in STAFF]))
_ORGANISATION = click.option(
    "--organization", "organisation", default="", help="Only in this organization (its ID)."
)
_COURSE = click.option("--course", default="", help="Only for this course (its folder).")
_LOCALE = click.option("--locale", default="", help="Only in this language, such as fr.")


def _reach(extent: Extent) -> str:
    """Return how far a role reaches, in a few words."""
    parts = (extent.organisation, extent.course, extent.locale)
    return voice().series([part for part in parts if part]) or _("whole site")


@person.command("roles")
@click.argument("who")
def roles(who: str) -> None:
    """List the roles of WHO and the limits of each.

    WHO is the email address or sign-in name of an account.
    """
    held = granting.roles_of(open_context(read_settings()), SYSTEM, who)
    for grant in held:
        click.echo(f"{grant.role.value:<10}{_reach(grant.extent)}")
    if not held:
        click.echo(_("No roles."))


@person.command("give-role", short_help="Give ROLE to the account WHO.")
@click.argument("who")
@_ROLE
@_ORGANISATION
@_COURSE
@_LOCALE
def give_role(who: str, role: str, organisation: str, course: str, locale: str) -> None:
    """Give ROLE to the account with the email address or sign-in name WHO."""
    extent = Extent(organisation, course, locale)
    fresh = granting.give_role(open_context(read_settings()), SYSTEM, who, Role(role), extent)
    click.echo(_("Role assigned") if fresh else _("This person already has this role"))


@person.command("take-role")
@click.argument("who")
@_ROLE
@_ORGANISATION
@_COURSE
@_LOCALE
@click.option("--even-the-last", is_flag=True, help="Even from the last administrator, without asking.")
def take_role(
    who: str, role: str, organisation: str, course: str, locale: str, *, even_the_last: bool
) -> None:
    """Remove ROLE from the account WHO.

    WHO is an email address or sign-in name. Without options, the role is removed everywhere; with options,
    only where its limits match exactly.
    """
    context, extent = open_context(read_settings()), Extent(organisation, course, locale)
    wanted = (who, Role(role), None if extent == EVERYTHING else extent)
    try:
        taken = granting.take_role(context, SYSTEM, *wanted, even_last=even_the_last)
    except Conflict as refused:
        if refused.code != "role.last-admin":
            raise
        question = _("This is the last administrator of the site. Remove the role anyway?")
        want_yes(question)
        taken = granting.take_role(context, SYSTEM, *wanted, even_last=True)
    click.echo(_("Role removed") if taken else _("This person does not have this role"))


@person.command("requests")
def requests() -> None:
    """List requests to recognize prior learning, oldest first."""
    context = open_context(read_settings())
    found = recognition.waiting(context, SYSTEM)
    for line in found:
        asked = line.request
        title = line.course.title.text(tongue()) if line.course else asked.course
        click.echo(f"{asked.id}  {voice().date(context.day_of(asked.at))}  {asked.name}")
        click.echo(f"  {_('In the place of')}: {title}")
        click.echo(f"  {asked.told.learned} | {asked.told.provider} | {asked.told.period}")
    if not found:
        click.echo(_("No one is waiting for an answer."))


@person.command("recognize")
@click.argument("request")
@click.option(
    "--not-granted", "reason", default=None, help="Decline, with this reason. The learner will read it."
)
def recognize(request: str, reason: str | None) -> None:
    """Recognize the prior learning in REQUEST.

    To see the numbers of the requests: lms person requests
    """
    context = open_context(read_settings())
    recognition.answer(context, SYSTEM, request, granted=reason is None, reason=reason or "")
    click.echo(_("Prior learning recognized") if reason is None else _("Prior learning not recognized"))
