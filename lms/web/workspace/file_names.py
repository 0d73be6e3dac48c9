"""What the files of a draft are called on pages: by the titles of their modules and lessons."""

from __future__ import annotations

from collections.abc import Callable, Mapping

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
        quiz = file.rpartition("/")[0].rpartition("/")[2]
        if file.startswith("quizzes/") and quiz in titles:
            return str(gettext("Quiz: %(title)s", title=titles[quiz]))
        return lessons.get(file) or _beside(file, course, draft.title.text(locale), titles)

    return name


def _beside(file: str, course: str, title: str, titles: Mapping[str, str]) -> str:
    """Name a file that is no lesson and no quiz: the course, a module, its notes, its media, the rest."""
    _, _, rest = file.partition(f"courses/{course}/")
    module, _, inside = rest.partition("/draft/")
    if inside and module in titles:
        return _in_module(inside, titles[module])
    if rest.startswith("survey."):
        return str(gettext("Survey: %(title)s", title=title))
    shared = {"legislation": gettext("Register of laws"), "glossary": gettext("Glossary")}
    return title if rest else str(shared.get(file.partition("/")[2].partition("/")[0].partition(".")[0], ""))


def _in_module(inside: str, title: str) -> str:
    if inside.startswith("media/"):
        return str(gettext("Pictures and recordings: %(title)s", title=title))
    if inside.startswith("facilitator"):
        return str(gettext("Notes for the team discussion: %(title)s", title=title))
    return title
