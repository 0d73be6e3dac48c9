"""What the files of a draft are called on pages: by the titles of their modules and lessons."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import gettext

from lms.actions.authoring import editing
from lms.web.shell.current import actor, context
from lms.web.shell.i18n import current_locale, voice


def file_names(course: str) -> Mapping[str, str]:
    """Return the names of the lessons and quizzes of a draft, by file; what else there is has none."""
    draft, locale = editing.outline(context(), actor(), course), current_locale()
    found: dict[str, str] = {}
    for module in draft.modules:
        title = module.title.text(locale)
        found[f"quizzes/{course}/{module.id}/draft.yaml"] = gettext("Quiz: %(title)s", title=title)
        for lesson in module.lessons:
            for tag, file in lesson.files.items():
                found[file] = f"{title} – {lesson.title.text(locale)} ({voice().language(tag)})"
    return found
