"""`lms certificate`: look a number up, revoke it, take that back.

Holds the arguments; `actions.certificates.verifying` judges what may be done.
"""

from __future__ import annotations

import click

from lms.actions.certificates import verifying
from lms.cli.opening import open_context
from lms.cli.saying import gettext as _
from lms.cli.saying import settings as read_settings
from lms.cli.saying import tongue, voice
from lms.core.certificates.certificate import grouped
from lms.core.certificates.verification import State
from lms.core.people.actors import SYSTEM
from lms.rendering.words.marks import N_

STATES = {
    State.VALID: N_("valid"),
    State.RENEWAL_DUE: N_("renewal due"),
    State.SUPERSEDED: N_("replaced"),
    State.REVOKED: N_("revoked"),
}


@click.group()
def certificate() -> None:
    """Show, revoke or restore a certificate."""


@certificate.command("show")
@click.argument("number")
def show(number: str) -> None:
    """Show the status of certificate NUMBER, without the name."""
    found = verifying.verify(open_context(read_settings()), SYSTEM, number)
    state = _(STATES[found.state])
    if found.specimen:
        state = _(
            "%(state)s, but this is a specimen created on a trial site. It does not prove anything",
            state=state,
        )
    lines = (
        (_("Certificate number"), grouped(found.number)),
        (_("Status"), state),
        (_("Course"), found.title.text(tongue())),
        (_("Course version"), found.version),
        *([(_("Learning time"), voice().about(found.minutes))] if found.minutes else []),
        (_("Completed on"), found.completed_on),
        (_("Issued on"), found.issued_on),
    )
    width = max(len(label) for label, _value in lines)
    for label, value in lines:
        click.echo(f"{label:<{width}}  {value}")


@certificate.command("revoke")
@click.argument("number")
@click.option(
    "--reason", required=True, help="The reason. It is kept with the certificate, and its holder reads it."
)
def revoke(number: str, reason: str) -> None:
    """Revoke certificate NUMBER."""
    verifying.revoke(open_context(read_settings()), SYSTEM, number, reason)
    click.echo(_("Revoked"))


@certificate.command("restore")
@click.argument("number")
@click.option("--reason", required=True, help="The reason. It is kept with the certificate.")
def restore(number: str, reason: str) -> None:
    """Undo the revocation of certificate NUMBER."""
    verifying.restore(open_context(read_settings()), SYSTEM, number, reason)
    click.echo(_("Restored"))
