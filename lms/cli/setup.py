"""`lms setup`: from an empty folder to an installation that can serve; a second time it takes a second.

Holds the order of the steps and what is said about them. Called by a person, and by `script/server` at each
start.
"""

from __future__ import annotations

import click

from lms.actions import adopting
from lms.actions import founding as deeds
from lms.actions.desk import Desk
from lms.app import make_desk
from lms.cli import founding
from lms.cli.saying import gettext as _
from lms.cli.saying import settings as read_settings
from lms.cli.saying import words_of
from lms.core.people import SYSTEM


@click.command()
def setup() -> None:
    """Make or complete the data folder, keys, database, courses and, on a trial, demo accounts."""
    settings = read_settings()
    founding.make_folders(settings)
    click.echo(_("Data folder: %(path)s", path=settings.data))
    if made := founding.compile_catalogues():
        click.echo(_("Catalogues made: %(count)s", count=made))
    if founding.copy_site(settings):
        click.echo(_("Courses copied to %(path)s", path=settings.site))
    desk = make_desk(settings)
    click.echo(_("Database brought up to date") if founding.migrate(desk) else _("Database is up to date"))
    publish(desk)
    show_demo(desk)
    click.echo(_("Ready. Start with: %(command)s", command="lms serve"))


def publish(desk: Desk) -> None:
    """Adopt and activate every sealed release of the site that is not published yet."""
    for one in adopting.adopt_all(desk, SYSTEM):
        name = {"course": one.course, "version": one.version}
        if isinstance(one, adopting.Refused):
            click.echo(_("Not published: %(course)s %(version)s", **name), err=True)
            for sentence in words_of(one.problem):
                click.echo(f"  {sentence}", err=True)
        elif one.fresh:
            click.echo(_("Published: %(course)s %(version)s", **name))


def show_demo(desk: Desk) -> None:
    """Make and print the demo accounts of a trial; close them when others can reach the site."""
    if not desk.settings.demo_allowed:
        if closed := deeds.close_demo(desk, SYSTEM):
            click.echo(_("Demo accounts closed: %(count)s", count=closed))
        return
    click.echo(_("Demo accounts (only while nobody else can reach the site):"))
    for account in deeds.open_demo(desk, SYSTEM):
        click.echo(f"  {account.sign_in_name:<10} {account.password}")
