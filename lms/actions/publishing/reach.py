"""How far staff may act on the drafts and releases of a course: what lies outside is as unknown as nothing.

Holds the look-up that scoped actions of this room begin with.
"""

from __future__ import annotations

from lms.actions.action import Who, may
from lms.actions.context import Context
from lms.core.errors import NotFound
from lms.core.people.actors import Actor, Extent


def require_course(actor: Actor, context: Context, who: Who, course: str, locale: str = "") -> None:
    """Refuse a course that is not there, or that this actor's grants do not reach (in this language).

    Raises: NotFound `course.unknown`.
    """
    extent = Extent(course=course, locale=locale)  # a course is of the whole house, of no organisation
    if course not in context.library.courses() or not may(actor, who, extent):
        raise NotFound("course.unknown", course=course)
