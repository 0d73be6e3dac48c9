"""`lms impact`: what rests on a law, or on one event of it. Holds the layout; the finding is an action."""

from __future__ import annotations

import click

from lms.actions.legislation.impact import TouchedCourse, impact
from lms.cli.opening import open_context
from lms.cli.saying import gettext as _
from lms.cli.saying import settings, voice
from lms.core.people.actors import SYSTEM
from lms.rendering.dossiers.crowds import people
from lms.rendering.dossiers.dossier_sheet import KINDS


@click.command("impact", short_help="Show what is based on a law.")
@click.argument("law")
@click.option(
    "--event",
    "number",
    type=click.IntRange(1),
    metavar="NUMBER",
    help="The place of one event in the law’s file.",
)
def show_impact(law: str, number: int | None) -> None:
    """Show the statements, questions, terms and people that a change of LAW concerns."""
    found = impact(open_context(settings()), SYSTEM, law, str(number or ""))
    click.echo(found.law.title.text(voice().locale))
    if found.event:
        click.echo(f"{voice().date(found.event.date)}  {found.event.words.text(voice().locale)}")
    if not found.courses:
        click.echo(_("Nothing that is published is based on it."))
    for course in found.courses:
        _say(course)


def _say(course: TouchedCourse) -> None:
    click.echo("")
    click.echo(f"{course.course.title.text(voice().locale)}  {course.course.id} {course.version}")
    for one in course.statements:
        locales = voice().series([voice().language(tag) for tag in one.words])
        click.echo(f"  {voice().gettext(KINDS[one.kind])}  {one.place}  ({locales})")
    for aid in course.aids:
        click.echo(f"  {_('Job aid')}  {aid}")
    click.echo("  " + _("Learners taking the course: %(count)s", count=people(course.under_way, voice())))
    click.echo("  " + _("Certificates: %(count)s", count=people(course.certificates, voice())))
