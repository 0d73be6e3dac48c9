"""What stands around every page of a lesson in the workspace: where it is, and the pages beside it."""

from __future__ import annotations

from typing import Any

from flask import g, request
from flask_babel import gettext

from lms.actions.action import Who
from lms.actions.publishing.reach import reaches
from lms.core.authoring.lessons.drafts import LessonDraft, LessonPlace
from lms.web.shell.current import actor
from lms.web.shell.i18n import current_locale


def place_here() -> LessonPlace:
    """Return the lesson of this address."""
    said = request.view_args or {}
    return LessonPlace(said["course"], said["module"], said["lesson"])


def base_of(place: LessonPlace) -> str:
    """Return the address of the editor of a lesson."""
    return f"/{current_locale()}/workspace/{place.course}/{place.module}/{place.lesson}"


def around(draft: LessonDraft, place: LessonPlace, *, here: str = "") -> dict[str, Any]:
    """Return what the frame of a lesson's page needs: titles, trail, tabs; `here` is which of them it is."""
    g.sensitive = draft.course.sensitive
    locale, base = current_locale(), base_of(place)
    title, writes = draft.lesson.title.text(locale), reaches(actor(), Who.AUTHOR, place.course)
    trail = [
        (f"/{locale}/", gettext("Home")),
        (f"/{locale}/workspace", gettext("Workspace")),
        (f"/{locale}/workspace/{place.course}", draft.course.title.text(locale)),
    ]
    pages = [
        *([("", gettext("Write"))] if writes else []),
        ("/preview", gettext("Preview")),
        *([("/signing", gettext("Sign language"))] if writes else []),
        ("/source", gettext("Source")),
        ("/history", gettext("History")),
    ]
    return {
        "base": base,
        "lesson_title": title,
        "module_title": draft.module.title.text(locale),
        "trail": [*trail, (base, title)] if here and writes else trail,
        "tabs": [(f"{base}{path}", words, path == here) for path, words in pages],
    }
