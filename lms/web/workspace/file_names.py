"""What the files of a draft are called on pages: by the titles of their modules and lessons."""

from __future__ import annotations

from collections.abc import Callable

from flask_babel import gettext

from lms.actions.authoring import editing
from lms.web.shell.current import actor, context
from lms.web.shell.i18n import current_locale, voice


def file_names(course: str) -> Callable[[str], str]:
    """Return what names the lessons and quizzes of a draft, by file; what else there is has no name: ''."""
    draft, locale = editing.outline(context(), actor(), course), current_locale()
    titles = {module.id: module.title.text(locale) for module in draft.modules}
    lessons = {
        file: f"{titles[module.id]} – {lesson.title.text(locale)} ({voice().language(tag)})"
        for module in draft.modules
        for lesson in module.lessons
        for tag, file in lesson.files.items()
    }

    def name(file: str) -> str:
        module = file.rpartition("/")[0].rpartition("/")[2]
        if file.startswith("quizzes/") and module in titles:
            return str(gettext("Quiz: %(title)s", title=titles[module]))
        return lessons.get(file, "")

    return name
