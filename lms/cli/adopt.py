"""`lms adopt`: publish sealed releases, now or from a day on, or take back what is still to come.

Holds the reading of dates and what is said; what may be published is decided by `actions.adopting`. Called by
a person after a `git pull` of the site, and by scripts.
"""

from __future__ import annotations

from datetime import datetime

import click

from lms.actions import adopting
from lms.actions.desk import CALENDAR, Desk
from lms.app import make_desk
from lms.cli import arrivals
from lms.cli.saying import gettext as _
from lms.cli.saying import settings, words_of
from lms.core.errors import ParvisError
from lms.core.people import SYSTEM


@click.command()
@click.argument("course", required=False, default="")
@click.argument("version", required=False, default="")
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), help="Current from this day on (YYYY-MM-DD).")
@click.option("--withdraw", is_flag=True, help="Take back an activation that lies ahead.")
@click.option(
    "--bundled", is_flag=True, help="Take the release that came with the program into the site first."
)
def adopt(course: str, version: str, day: datetime | None, *, withdraw: bool, bundled: bool) -> None:
    """Publish sealed releases: all that are new, or VERSION of COURSE."""
    if bool(course) != bool(version):
        raise click.UsageError(_("Give both a course and a version, or neither."))
    if not course and (withdraw or day or bundled):
        raise click.UsageError(_("Say which course and version."))
    if bundled:
        arrivals.take(settings(), course, version)
    desk = make_desk(settings())
    if withdraw:
        adopting.withdraw(desk, SYSTEM, course, version)
        click.echo(_("Taken back: %(course)s %(version)s", course=course, version=version))
    elif course:
        start = int(day.replace(tzinfo=CALENDAR).timestamp() * 1000) if day else 0
        _say(adopting.adopt(desk, SYSTEM, course, version, active_from=start))
    else:
        _adopt_all(desk)


def _adopt_all(desk: Desk) -> None:
    """Adopt whatever is sealed; one that is refused does not stop the others, but the exit code tells."""
    refused: ParvisError | None = None
    for one in adopting.adopt_all(desk, SYSTEM):
        if isinstance(one, adopting.Adopted):
            _say(one)
            continue
        refused = one.problem
        click.echo(
            _("Not published: %(course)s %(version)s", course=one.course, version=one.version), err=True
        )
        for sentence in words_of(one.problem):
            click.echo(f"  {sentence}", err=True)
    if refused is not None:
        raise SystemExit(refused.exit_code)


def _say(one: adopting.Adopted) -> None:
    day = datetime.fromtimestamp(one.active_from / 1000, CALENDAR).date().isoformat()
    told = {"course": one.course, "version": one.version, "day": day}
    if one.fresh:
        click.echo(_("Published: %(course)s %(version)s, current from %(day)s", **told))
    else:
        click.echo(_("Published before: %(course)s %(version)s, current from %(day)s", **told))
