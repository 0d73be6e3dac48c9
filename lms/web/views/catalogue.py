"""What can be learned: the list of courses, and each course's own page."""

from __future__ import annotations

from flask import Blueprint, g, render_template

from lms.actions import reading
from lms.actions.learning import Learning, my_course
from lms.actions.readying import NOTHING_YET, comes_first
from lms.actions.surveying import invitation
from lms.core.asking import Moment
from lms.core.course import Release
from lms.web.desk import actor, desk
from lms.web.i18n import current_locale
from lms.web.offline_file import size_words
from lms.web.security import ANYONE, rule

page = Blueprint("catalogue", __name__)


@page.get("/courses")
@rule(ANYONE)
def courses() -> str:
    """List the courses."""
    return render_template("pages/catalogue/courses.html", releases=reading.courses(desk(), actor()))


@page.get("/c/<course_code>")
@rule(ANYONE)
def course(course_code: str) -> str:
    """Show what a course gives, asks and rests on; to a learner also where they stand in it."""
    found = reading.course(desk(), actor(), course_code)
    mine = my_course(desk(), actor(), course_code)
    release = mine.release if mine else found.release
    first = comes_first(desk(), actor(), release, mine.enrolled.facts if mine else NOTHING_YET)
    g.sensitive = release.course.sensitive
    return render_template(
        "pages/catalogue/course.html",
        release=release,
        course=release.course,
        changes=found.changes,
        standing=mine.standing if mine else None,
        step=mine.standing.next(current_locale()) if mine else None,
        first=first,
        invited=_invited(mine, found.release) if first.is_ready else None,
        register=reading.register(desk(), actor()),
        offline=_offline(release, all_of_it=mine is not None and actor().is_member and first.is_ready),
        window_title=release.course.shown_title(current_locale()) if release.course.sensitive else "",
    )


def _invited(mine: Learning | None, release: Release) -> Moment | None:
    """Say what somebody may be asked now; whoever has not begun, what is asked before."""
    return mine.invited if mine else invitation(desk(), release.course)


def _offline(release: Release, *, all_of_it: bool) -> dict[str, str]:
    """Say which modules can be taken along as a file, by code, and how large each is."""
    modules = release.modules if all_of_it else release.modules[:1]
    return {module.code: size_words(release, module, current_locale()) for module in modules}
