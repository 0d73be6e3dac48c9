"""`lms setup`: from an empty folder to an installation that can serve; a second time it takes a second.

Holds the order of the steps and what is said about them.
"""

from __future__ import annotations

import click

from lms.actions.context import Context
from lms.actions.operations import setup as setting_up
from lms.actions.publishing import adopting
from lms.app import open_logo
from lms.cli.opening import open_context
from lms.cli.operations import setup_steps
from lms.cli.saying import gettext as _
from lms.cli.saying import settings as read_settings
from lms.cli.saying import words_of
from lms.core.people.actors import SYSTEM
from lms.core.publishing.adopted import Refused


@click.command(short_help="Create or complete what a site needs to start.")
@click.option("--serves-next", is_flag=True, hidden=True, help="The caller starts the site next.")
def setup(*, serves_next: bool) -> None:
    """Create or complete the data folder, keys, database and courses.

    On a trial site, this also creates demo accounts. What already exists is kept.
    """
    settings = read_settings()
    open_logo(settings)  # what would stop the start is said before anything is made
    setup_steps.make_folders(settings)
    click.echo(_("Data folder: %(path)s", path=settings.data))
    if made := setup_steps.compile_catalogues():
        click.echo(_("Translation files created: %(count)s", count=made))
    if setup_steps.copy_site(settings):
        click.echo(_("Courses copied to %(path)s", path=settings.site))
    context = open_context(settings)
    click.echo(_("Database updated") if setup_steps.migrate(context) else _("Database is up to date"))
    publish(context)
    show_demo(context)
    if not serves_next:
        click.echo(_("Ready. To start the site: %(command)s", command="lms serve"))


def publish(context: Context) -> None:
    """Adopt and activate every sealed release of the site that is not published yet."""
    for one in adopting.adopt_all(context, SYSTEM):
        name = {"course": one.course, "version": one.version}
        if isinstance(one, Refused):
            click.echo(_("Not published: %(course)s %(version)s", **name), err=True)
            for sentence in words_of(one.problem):
                click.echo(f"  {sentence}", err=True)
        elif one.fresh:
            click.echo(_("Published: %(course)s %(version)s", **name))


def show_demo(context: Context) -> None:
    """Make and print the demo accounts of a trial; close them when others can reach the site."""
    if not context.settings.demo_allowed:
        if closed := setting_up.close_demo(context, SYSTEM):
            click.echo(_("Demo accounts closed: %(count)s", count=closed))
        return
    click.echo(_("Demo accounts (available only while no one else can reach the site):"))
    for account in setting_up.open_demo(context, SYSTEM):
        click.echo(f"  {account.sign_in_name:<10} {account.password}")
