"""`lms certificate`: look a number up, revoke it, take that back.

Holds the arguments; `actions.verifying` judges what may be done. Called by whoever runs the installation.
"""

from __future__ import annotations

import click

from lms.actions import verifying
from lms.app import make_desk
from lms.cli.saying import gettext as _
from lms.cli.saying import settings as read_settings
from lms.core.certificate import grouped
from lms.core.people import SYSTEM


@click.group()
def certificate() -> None:
    """Certificates, by their number."""


@certificate.command("show")
@click.argument("number")
def show(number: str) -> None:
    """Say how the certificate NUMBER stands; never whose it is."""
    found = verifying.verify(make_desk(read_settings()), SYSTEM, number)
    lines = (
        (_("Certificate number"), grouped(found.number)),
        (_("State"), found.state.value),
        (_("Course version"), found.version),
        (_("Completed on"), found.completed_on),
        (_("Issued on"), found.issued_on),
    )
    width = max(len(label) for label, _value in lines)
    for label, value in lines:
        click.echo(f"{label:<{width}}  {value}")


@certificate.command("revoke")
@click.argument("number")
@click.option("--reason", required=True, help="Why; it is kept with the certificate.")
def revoke(number: str, reason: str) -> None:
    """Take the worth of the certificate NUMBER away."""
    verifying.revoke(make_desk(read_settings()), SYSTEM, number, reason)
    click.echo(_("Revoked"))


@certificate.command("restore")
@click.argument("number")
@click.option("--reason", required=True, help="Why; it is kept with the certificate.")
def restore(number: str, reason: str) -> None:
    """Take a revocation of the certificate NUMBER back."""
    verifying.restore(make_desk(read_settings()), SYSTEM, number, reason)
    click.echo(_("Restored"))
