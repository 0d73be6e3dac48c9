"""`lms mail test ADDRESS`: send one message now, and say how that went."""

from __future__ import annotations

import click

from lms.actions import letters
from lms.app import make_desk
from lms.cli.saying import gettext as _
from lms.cli.saying import settings as read_settings
from lms.cli.saying import tongue


@click.group()
def mail() -> None:
    """Mail."""


@mail.command()
@click.argument("address")
def test(address: str) -> None:
    """Send a short message to ADDRESS."""
    settings = read_settings()
    desk = make_desk(settings)
    payload = {"letter": "test", "to": address, "locale": tongue(), "id": desk.new_id(), "code": ""}
    letters.send_letter(desk, payload)
    if settings.mail_url is None:
        click.echo(_("No mail server is set, so the message is in %(path)s", path=settings.outgoing_mail))
    else:
        click.echo(_("Sent to %(address)s", address=address))
