"""`lms upgrade`: back up, bring the database up to date, undo it if that fails, publish what is new."""

from __future__ import annotations

from pathlib import Path

import click

from lms.actions.context import Context
from lms.actions.operations import backing_up
from lms.cli.opening import open_context
from lms.cli.operations import arrivals
from lms.cli.operations.backup import PASSPHRASE
from lms.cli.operations.data_lock import PATIENCE, hold
from lms.cli.operations.setup import publish
from lms.cli.operations.setup_steps import make_folders, migrate
from lms.cli.saying import gettext as _
from lms.cli.saying import settings as read_settings
from lms.cli.saying import voice
from lms.core.people.actors import SYSTEM


@click.command()
@click.option("--passphrase", envvar=PASSPHRASE, default="", hidden=True)
def upgrade(passphrase: str) -> None:
    """Upgrade the data of an earlier version. Stop the site first.

    A backup is saved first. It includes the keys if LMS_BACKUP_PASSPHRASE is set.
    """
    settings = read_settings()
    make_folders(settings)
    target = backing_up.upgrade_target(settings)
    with hold(settings.data, patience=PATIENCE):
        context = open_context(settings)
        changed = backing_up.upgrade(context, SYSTEM, target, passphrase)
        _say_what_was_backed_up(context, target, keys=bool(passphrase))
        click.echo(_("Database updated") if changed else _("Database is up to date"))
        migrate(context)
        publish(context)
        for course, version in arrivals.waiting(settings):
            told = {"course": course, "version": version}
            click.echo(_("Included with this program: %(course)s %(version)s", **told))
            click.echo(_("  To publish it: lms adopt %(course)s %(version)s --bundled", **told))


def _say_what_was_backed_up(context: Context, target: Path, *, keys: bool) -> None:
    click.echo(_("Backup saved to %(path)s", path=target))
    if keys:
        click.echo(
            _(
                "  The backup contains the database, the site, the files and the keys (protected by "
                "your passphrase)."
            )
        )
    else:
        click.echo(
            _("  The backup contains the database, the site and the files. The keys stay where they are.")
        )
    click.echo(_("  The backup is kept until %(day)s.", day=voice().date(backing_up.kept_until(context))))
