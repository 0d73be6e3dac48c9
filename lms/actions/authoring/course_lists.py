"""Which courses and modules there are to be written, and in which languages. Changes nothing."""

from __future__ import annotations

from lms.actions.action import Who, query
from lms.actions.context import Context
from lms.content.drafts.draft_names import module_file
from lms.content.shapes.reading import read_yaml
from lms.core.courses.course import Course
from lms.core.locales import Words
from lms.core.people.actors import Actor


@query("authoring.draft_languages", by=Who.AUTHOR)
def draft_languages(context: Context, actor: Actor, course: str) -> tuple[str, ...]:
    """Return the languages that a draft must have.

    Raises: NotFound `course.unknown`; Invalid `draft.not-whole`.
    """
    return context.library.languages(course)


@query("authoring.draft_courses", by=Who.AUTHOR)
def draft_courses(context: Context, actor: Actor) -> tuple[tuple[Course, dict[str, Words]], ...]:
    """Return every course whose file is whole, with the titles of its modules by folder."""
    found = ((name, context.library.course_draft(name)[0]) for name in context.library.courses())
    return tuple(
        (course, {module: _title(context, name, module) for module in course.modules})
        for name, course in found
        if course is not None
    )


def _title(context: Context, course: str, module: str) -> Words:
    file = module_file(course, module)
    value = read_yaml(context.library.draft_file(course, file), file).value
    title = value.get("title") if isinstance(value, dict) else None
    return Words({str(tag): str(text) for tag, text in title.items()} if isinstance(title, dict) else {})
