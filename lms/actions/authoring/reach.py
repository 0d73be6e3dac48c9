"""In which languages of a course an author writes; in the others they only read.

Holds the question that every action asks before it changes a file of one language.
"""

from __future__ import annotations

from lms.actions.action import Who
from lms.actions.context import Context
from lms.actions.publishing.reach import reaches, require_course
from lms.core.errors import NotAllowed
from lms.core.people.actors import Actor


def require_locale(actor: Actor, context: Context, course: str, locale: str) -> None:
    """Refuse a language in which an author may only read.

    Raises: NotFound `course.unknown`; NotAllowed `authoring.other-language`.
    """
    require_course(actor, context, Who.AUTHOR, course)
    if not may_write(actor, course, locale):
        raise NotAllowed("authoring.other-language", locale=locale)


def may_write(actor: Actor, course: str, locale: str) -> bool:
    """Return whether an author may change a course in a language."""
    return reaches(actor, Who.AUTHOR, course, locale)
