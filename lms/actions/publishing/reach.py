"""How far staff may act on the drafts and releases of a course: what lies outside is as unknown as nothing.

Holds the look-up that scoped actions about a course begin with.
"""

from __future__ import annotations

from lms.actions.action import Who, scope_for
from lms.actions.context import Context
from lms.core.errors import NotFound
from lms.core.people.actors import Actor, Extent


def reaches(actor: Actor, who: Who, course: str, locale: str | None = None) -> bool:
    """Return whether grants of a staff role reach a course: in any language, in one, or ('') in all of them.

    A course is of the whole house, so a grant for one organisation reaches none.
    """
    return any(
        one.covers(Extent(course=course, locale=one.locale if locale is None else locale))
        for one in scope_for(actor, who).extents
    )


def require_course(actor: Actor, context: Context, who: Who, course: str, locale: str | None = None) -> None:
    """Refuse a course that is not there, or that this actor's grants do not reach; `locale` as in `reaches`.

    Raises: NotFound `course.unknown`.
    """
    if course not in context.library.courses() or not reaches(actor, who, course, locale):
        raise NotFound("course.unknown", course=course)
