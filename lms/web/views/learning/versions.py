"""The versions of a course, and any lesson as it was on a date, beside the law as it was known on a date."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, g, render_template, request
from flask_babel import gettext
from markupsafe import Markup

from lms.actions.catalogue import as_of as asking
from lms.actions.catalogue.as_of import AsOf
from lms.core.courses.opaque import opaque
from lms.core.errors import Invalid, NotFound
from lms.rendering.lessons.anchors import Addresses, Picture
from lms.rendering.lessons.lessons import lesson_html
from lms.web.shell.current import actor
from lms.web.shell.current import context as the_context
from lms.web.shell.i18n import current_locale
from lms.web.shell.moments import day_words
from lms.web.shell.security import ANYONE, rule
from lms.web.words.legal_words import happened
from lms.web.words.refusals import status_of, words_of

page = Blueprint("versions", __name__)
_LONGEST = 200


@page.get("/c/<course_code>/versions")
@rule(ANYONE)
def versions(course_code: str) -> str:
    """List the versions that became current, the newest first."""
    found = asking.versions(the_context(), actor(), course_code)
    g.sensitive = found.course.sensitive
    return render_template(
        "pages/catalogue/versions.html",
        course=found.course,
        versions=found.versions,
        day_of=day_words,
        iso_of=the_context().day_of,
        window_title=found.course.shown_title(current_locale()) if found.course.sensitive else "",
    )


def _drawn(found: AsOf) -> Markup:
    """Draw a lesson as it was: its own terms and laws, no place to go on to."""
    module, lesson, locale = found.module, found.lesson, current_locale()
    if module is None or lesson is None:
        return Markup("")
    addresses = Addresses(
        law=lambda law: f"/{locale}/register/{opaque(law)}",
        page=lambda name: f"/{locale}/{name}",
        media=lambda path: Picture(f"/media/{module.media.get(path, 'missing')}"),
    )
    drawn = lesson_html(found.release, module, lesson, locale, addresses=addresses, today=found.on)
    return drawn.body


def _page(course_code: str, found: AsOf | None, problem: str = "", status: int = 200) -> tuple[str, int]:
    course = found.release.course if found else asking.versions(the_context(), actor(), course_code).course
    g.sensitive = course.sensitive
    asked = {name: request.args.get(name, "").strip()[:_LONGEST] for name in ("on", "law", "lesson")}
    shown = render_template(
        "pages/catalogue/as_of.html",
        course=course,
        found=found,
        asked={**asked, "on": asked["on"] or the_context().today()},
        problem=problem,
        problems=int(bool(problem)),
        drawn=_drawn(found) if found else "",
        event_words=lambda event: happened(event.event),
        code=opaque,
        day_of=day_words,
        window_title=course.shown_title(current_locale()) if course.sensitive else "",
        heading=gettext("As it was on a date"),
    )
    return shown, status


@page.get("/c/<course_code>/as-of")
@rule(ANYONE)
def as_of(course_code: str) -> tuple[str, int]:
    """Show a course, or one of its lessons, as it was on a date."""
    asked = request.args
    try:
        found = asking.as_of(
            the_context(),
            actor(),
            course_code,
            asked.get("on", "").strip()[:_LONGEST],
            asked.get("law", "").strip()[:_LONGEST],
            place=asked.get("lesson", "").strip()[:_LONGEST],
        )
    except (Invalid, NotFound) as refusal:
        if not refusal.code.startswith("as-of."):
            raise
        return _page(
            course_code, None, words_of(refusal.code, refusal.params), HTTPStatus(status_of(refusal))
        )
    return _page(course_code, found)
