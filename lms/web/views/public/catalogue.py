"""What can be learned: the list of courses, and each course's own page."""

from __future__ import annotations

from flask import Blueprint, g, render_template

from lms.actions.catalogue import reading
from lms.actions.catalogue.reading import CoursePage
from lms.actions.learning.learning import Learning, my_course
from lms.actions.learning.prerequisites import NOTHING_YET, comes_first
from lms.actions.learning.surveys import invitation
from lms.core.courses.course import Release
from lms.core.learning.moments import Moment
from lms.web.lessons.module_figure import course_figure, figure_of
from lms.web.lessons.offline_file import kilobytes
from lms.web.shell.current import actor, context
from lms.web.shell.i18n import current_locale
from lms.web.shell.security import ANYONE, rule

page = Blueprint("catalogue", __name__)


@page.get("/courses")
@rule(ANYONE)
def courses() -> str:
    """List the courses."""
    return render_template(
        "pages/catalogue/courses.html",
        releases=reading.courses(context(), actor()),
        course_figure=course_figure,
    )


@page.get("/c/<course_code>")
@rule(ANYONE)
def course(course_code: str) -> str:
    """Show what a course gives, asks and rests on; to a learner also where they stand in it."""
    mine = my_course(context(), actor(), course_code)
    found = reading.course(context(), actor(), course_code, version=mine.release.version if mine else "")
    release = found.release
    first = comes_first(context(), actor(), release, mine.enrolled.facts if mine else NOTHING_YET)
    g.sensitive = release.course.sensitive
    return render_template(
        "pages/catalogue/course.html",
        release=release,
        course=release.course,
        changes=found.changes,
        standing=mine.standing if mine else None,
        step=mine.standing.next() if mine else None,
        first=first,
        figure_of=figure_of,
        invited=_invited(mine, found.release) if first.is_ready else None,
        idle=context().settings.idle_minutes,
        offline=_offline(found, all_of_it=mine is not None and actor().is_member and first.is_ready),
        window_title=release.course.shown_title(current_locale()) if release.course.sensitive else "",
    )


def _invited(mine: Learning | None, release: Release) -> Moment | None:
    """Return what somebody may be asked now; whoever has not begun, what is asked before."""
    return mine.invited if mine else invitation(context(), release.course)


def _offline(found: CoursePage, *, all_of_it: bool) -> dict[str, str]:
    """Return which modules can be taken along as a file, by code, with the size at its adoption."""
    modules = found.release.modules if all_of_it else found.release.modules[:1]
    return {module.code: kilobytes(found.head.size(module.code, current_locale())) for module in modules}
