"""Where each file of a draft is kept: the names that a new one gets.

Holds names only; which paths belong to a draft is said by `workshop`.
"""

from __future__ import annotations


def course_file(course_id: str) -> str:
    """Return where a course says what it is.

    >>> course_file("sample")
    'courses/sample/course.yaml'
    """
    return f"courses/{course_id}/course.yaml"


def module_file(course_id: str, module_id: str) -> str:
    """Return where a module lists its lessons.

    >>> module_file("sample", "welcome")
    'courses/sample/welcome/draft/module.yaml'
    """
    return f"courses/{course_id}/{module_id}/draft/module.yaml"


def lesson_file(module_yaml: str, number: int, lesson_id: str, locale: str) -> str:
    """Return where a new lesson is kept, beside the file of its module.

    >>> lesson_file(module_file("sample", "welcome"), 3, "goodbye", "fr")
    'courses/sample/welcome/draft/03-goodbye.fr.md'
    """
    return f"{module_yaml.rpartition('/')[0]}/{number:02d}-{lesson_id}.{locale}.md"


def notes_file(module_yaml: str, locale: str) -> str:
    """Return where the notes for facilitators are kept.

    >>> notes_file(module_file("sample", "welcome"), "fr")
    'courses/sample/welcome/draft/facilitator.fr.md'
    """
    return f"{module_yaml.rpartition('/')[0]}/facilitator.{locale}.md"
