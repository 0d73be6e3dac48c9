"""`lms upgrade`: back up, bring the database up to date, undo it if that fails, publish what is new."""

from __future__ import annotations

import time

import click

from lms.actions import backing_up
from lms.app import make_desk
from lms.cli import arrivals
from lms.cli.data_lock import hold
from lms.cli.founding import make_folders, migrate
from lms.cli.saying import gettext as _
from lms.cli.saying import settings as read_settings
from lms.cli.setup import publish
from lms.core.people import SYSTEM


@click.command()
def upgrade() -> None:
    """Bring the data of an earlier version up to this one; stop the site first."""
    settings = read_settings()
    make_folders(settings)
    target = settings.data / "backups" / f"before-upgrade-{time.strftime('%Y%m%d-%H%M%S')}.parvis"
    with hold(settings.data):
        desk = make_desk(settings)
        changed = backing_up.upgrade(desk, SYSTEM, target)
        click.echo(_("Backed up to %(path)s", path=target))
        click.echo(_("Database brought up to date") if changed else _("Database is up to date"))
        migrate(desk)
        publish(desk)
        for course, version in arrivals.waiting(settings):
            told = {"course": course, "version": version}
            click.echo(_("Came with this program: %(course)s %(version)s", **told))
            click.echo(_("  To publish it: lms adopt %(course)s %(version)s --bundled", **told))
