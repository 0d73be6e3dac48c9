"""`lms mail test ADDRESS`: send one message now, and say how that went."""

from __future__ import annotations

import click

from lms.actions.people import emails
from lms.cli.opening import open_context
from lms.cli.saying import gettext as _
from lms.cli.saying import settings as read_settings
from lms.cli.saying import tongue
from lms.core.operations.jobs import Letter


@click.group()
def mail() -> None:
    """Test email."""


@mail.command()
@click.argument("address")
def test(address: str) -> None:
    """Send a short test message to ADDRESS."""
    settings = read_settings()
    context = open_context(settings, as_it_is=True)
    emails.send_now(context, Letter("test", address, tongue(), context.new_id()))
    if settings.mail_url is None:
        click.echo(
            _("No email server is set, so the message was saved in %(path)s", path=settings.outgoing_mail)
        )
    else:
        click.echo(_("Sent to %(address)s", address=address))
