"""Where a check and its result stand: addresses, headings, the trail, and who says the words of a question.

A module check and the final check share their pages: without a module the address means the final one. A
sensitive course shows its neutral title and numbers where others may look. Holds no request.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from flask import g
from flask_babel import gettext

from lms.actions.learning.attempt_views import AskedQuestion
from lms.core.certificates.refreshers import REFRESHER
from lms.core.courses.course import Module, Release
from lms.web.lessons.lesson_page import addresses_of
from lms.web.quizzes.quiz_words import Speaker
from lms.web.shell.i18n import current_locale


def check_address(course_code: str, module_code: str, locale: str = "") -> str:
    """Return the address of a check in the language of the page, or in another one."""
    module = f"/{module_code}" if module_code else ""
    return f"/{locale or current_locale()}/c/{course_code}{module}/check"


def place_of(release: Release, module: Module | None, *, refresher: bool = False) -> dict[str, Any]:
    """Return heading, trail and titles, and mark the answer where the course is sensitive."""
    course, locale = release.course, current_locale()
    g.sensitive = course.sensitive or (module is not None and module.sensitive)
    shown = course.shown_title(locale)
    numbers = {"modules": len(release.modules)}
    heading, place, neutral = gettext("Final quiz"), gettext("All %(modules)s modules", **numbers), ""
    if course.sensitive:
        neutral = gettext("%(course)s, final quiz", course=shown)
    if module:
        numbers["module"] = release.modules.index(module) + 1
        heading = gettext("Quiz: %(title)s", title=module.title.text(locale))
        place = gettext("Module %(module)s of %(modules)s", **numbers)
        if course.sensitive:
            neutral = gettext("%(course)s, module %(module)s, quiz", course=shown, module=numbers["module"])
    code = module.code if module else ""
    if refresher:
        code, heading, place = REFRESHER, gettext("Questions of the refresher"), gettext("Refresher")
        neutral = gettext("%(course)s, refresher", course=shown) if course.sensitive else ""
    course_href = f"/{locale}/c/{course.code}"
    told = f"{(module or release.modules[-1]).code}/check"
    about = {"course": course.code, "version": release.version, "place": told}
    return {
        "heading": heading,
        "check_words": heading,
        "place_words": place,
        "window_title": neutral,
        "course_title": "" if course.sensitive else course.title.text(locale),
        "trail": [
            (f"/{locale}/", gettext("Home")),
            (f"/{locale}/courses", gettext("Courses")),
            (course_href, course.title.text(locale)),
        ],
        "course": course,
        "course_href": course_href,
        "check_href": check_address(course.code, code),
        "is_final": module is None and not refresher,
        "is_refresher": refresher,
        "tell_href": f"/{locale}/tell-us?{urlencode(about)}",
    }


def short_title(module: Module | None, *, refresher: bool = False) -> str:
    """Return what a check is called beside the word for how it went."""
    if refresher:
        return str(gettext("Refresher"))
    return module.title.text(current_locale()) if module else gettext("Final quiz")


def speaker_of(release: Release) -> Callable[[AskedQuestion], Speaker]:
    """Return what says the words of a question: each module’s quiz has its own Markdown and its own links."""
    locale = current_locale()
    speakers = {
        module.id: Speaker(
            module.quiz, locale, addresses_of(release, module, None, locale), module.sign_videos
        )
        for module in release.modules
    }
    return lambda entry: speakers[entry.module.id]
