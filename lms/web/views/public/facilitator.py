"""Notes for whoever leads a team talk about a module: one page to print, open to whoever sees the course."""

from __future__ import annotations

from flask import Blueprint, g, render_template
from flask_babel import gettext

from lms.actions.catalogue import reading
from lms.actions.legislation import held
from lms.rendering.lessons.lessons import facilitator_html
from lms.web.lessons.lesson_page import addresses_of
from lms.web.shell.current import actor, context
from lms.web.shell.i18n import current_locale
from lms.web.shell.security import ANYONE, rule

page = Blueprint("facilitator", __name__)


@page.get("/c/<course_code>/<module_code>/facilitator")
@rule(ANYONE)
def facilitator(course_code: str, module_code: str) -> str:
    """Show the timing, the questions and the rules of a team talk about one module."""
    release, module = reading.facilitator(context(), actor(), course_code, module_code)
    g.sensitive = release.course.sensitive or module.sensitive
    locale = current_locale()
    neutral = gettext(
        "%(course)s, module %(module)s, team discussion",
        course=release.course.shown_title(locale),
        module=release.modules.index(module) + 1,
    )
    return render_template(
        "pages/facilitator/facilitator.html",
        course=release.course,
        module=module,
        body=facilitator_html(
            release,
            module,
            locale,
            addresses=addresses_of(release, module, None, locale),
            today=context().today(),
            held=held.of_course(context(), actor(), release.course.id, release.version),
        ),
        window_title=neutral if release.course.sensitive else "",
        course_title="" if release.course.sensitive else release.course.title.text(locale),
    )
