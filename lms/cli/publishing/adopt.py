"""`lms adopt`: publish sealed releases, now or from a day on, or take back what is still to come.

Holds the reading of dates and what is said; what may be published is decided by
`actions.publishing.adopting`.
"""

from __future__ import annotations

import sys
from datetime import datetime

import click

from lms.actions.context import Context
from lms.actions.publishing import adopting
from lms.cli.click_words import Day
from lms.cli.opening import open_context
from lms.cli.operations import arrivals
from lms.cli.saying import gettext as _
from lms.cli.saying import settings, voice, want_yes, words_of
from lms.core.errors import ParvisError
from lms.core.operations.calendar import beginning
from lms.core.people.actors import SYSTEM
from lms.core.publishing.adopted import Adopted, Effect


@click.command(short_help="Publish sealed versions.")
@click.argument("course", required=False, default="")
@click.argument("version", required=False, default="")
@click.option(
    "--on",
    "day",
    type=Day(),
    metavar="YYYY-MM-DD",
    help="The date on which the version becomes current.",
)
@click.option("--withdraw", is_flag=True, help="Withdraw a version that is scheduled but not current yet.")
@click.option("--yes", is_flag=True, help="Do not ask for confirmation when learners are affected.")
@click.option(
    "--bundled", is_flag=True, help="First copy the version included with the program into the site."
)
def adopt(
    course: str, version: str, day: datetime | None, *, withdraw: bool, yes: bool, bundled: bool
) -> None:
    """Publish sealed versions: all new ones, or only VERSION of COURSE."""
    if bool(course) != bool(version):
        raise click.UsageError(_("Specify both a course and a version, or neither."))
    if not course and (withdraw or day or bundled):
        raise click.UsageError(_("Specify the course and the version."))
    if bundled:
        arrivals.take(settings(), course, version)
    context = open_context(settings())
    if withdraw:
        for one in (version, *adopting.withdraw(context, SYSTEM, course, version)):
            click.echo(_("Withdrawn: %(course)s %(version)s", course=course, version=one))
    elif course:
        start = beginning(day, context.settings.calendar) if day else 0
        _say_effect(adopting.effect(context, SYSTEM, course, version, active_from=start), ask=not yes)
        _say(context, adopting.adopt(context, SYSTEM, course, version, active_from=start))
    else:
        _adopt_all(context)


def _say_effect(effect: Effect, *, ask: bool) -> None:
    """Show whom it touches before it is done; a person at a terminal is asked, a script is not."""
    for one in effect.taken_back:
        click.echo(_("Version %(version)s, which was scheduled to follow, will be withdrawn.", version=one))
    if not effect.learners:
        return
    told = {"moves": effect.moves, "chooses": effect.chooses, "complete": effect.complete}
    click.echo(_("Learners on other versions: %(count)s", count=effect.learners))
    click.echo(
        _(
            "  moved right away: %(moves)s, given a choice first: %(chooses)s, course already completed: "
            "%(complete)s",
            **told,
        )
    )
    if ask and sys.stdin.isatty():
        want_yes(_("Publish?"))


def _adopt_all(context: Context) -> None:
    """Adopt whatever is sealed; one that is refused does not stop the others, but the exit code tells."""
    refused: ParvisError | None = None
    for one in adopting.adopt_all(context, SYSTEM):
        if isinstance(one, Adopted):
            _say(context, one)
            continue
        refused = one.problem
        click.echo(
            _("Not published: %(course)s %(version)s", course=one.course, version=one.version), err=True
        )
        for sentence in words_of(one.problem):
            click.echo(f"  {sentence}", err=True)
    if refused is not None:
        raise SystemExit(refused.exit_code)


def _say(context: Context, one: Adopted) -> None:
    told = {
        "course": one.course,
        "version": one.version,
        "day": voice().date(context.day_of(one.active_from)),
    }
    if one.fresh:
        click.echo(_("Published: %(course)s %(version)s, current version as of %(day)s", **told))
    else:
        click.echo(_("Already published: %(course)s %(version)s, current version as of %(day)s", **told))
    for version in one.taken_back:
        click.echo(_("Withdrawn: %(course)s %(version)s", course=one.course, version=version))
