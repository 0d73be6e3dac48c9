"""`lms diff COURSE [OLD] [NEW]`: what differs between two versions of a course, as plain text.

Holds the arguments; what differs is said by `actions.publishing.differing`.
"""

from __future__ import annotations

import click

from lms.actions.authoring import differing
from lms.cli.opening import open_context
from lms.cli.saying import gettext, settings, tongue
from lms.core.people.actors import SYSTEM
from lms.rendering.publishing.differences import difference_text


@click.command(short_help="Show what differs between two versions.")
@click.argument("course")
@click.argument("old", metavar="[OLD]", required=False, default="")
@click.argument("new", metavar="[NEW]", required=False, default="")
@click.option("--language", default="", metavar="LANG", help="The language to compare, such as fr.")
def diff(course: str, old: str, new: str, language: str) -> None:
    """Show what differs between two versions of COURSE.

    Without OLD and NEW: between the newest version and the draft. NEW may be “draft”.
    """
    found = differing.differences(open_context(settings()), SYSTEM, course, old, new, locale=language)
    named = [gettext("draft") if one == differing.DRAFT else one for one in (found.old, found.new)]
    told = {"course": course, "old": named[0] or "–", "new": named[1], "language": found.difference.locale}
    click.echo(gettext("%(course)s: %(old)s → %(new)s (%(language)s)", **told))
    click.echo()
    click.echo(
        difference_text(found.difference, found.release, tongue())
        or gettext("Nothing differs in this language.")
    )
