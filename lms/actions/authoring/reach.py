"""How far an author reaches: everything, one course, one language; what lies outside is unknown to them.

Holds the two questions that every action of the workspace asks first.
"""

from __future__ import annotations

from lms.actions.action import Who, scope_for
from lms.core.errors import NotAllowed, NotFound
from lms.core.people.actors import Actor, Extent


def require_course(actor: Actor, course: str) -> None:
    """Refuse a course in which an author may work in no language.

    Raises: NotFound `course.unknown`.
    """
    extents = scope_for(actor, Who.AUTHOR).extents
    if not any(one.covers(Extent(course=course, locale=one.locale)) for one in extents):
        raise NotFound("course.unknown", course=course)


def require_locale(actor: Actor, course: str, locale: str) -> None:
    """Refuse a language in which an author may only read.

    Raises: NotFound `course.unknown`; NotAllowed `authoring.other-language`.
    """
    require_course(actor, course)
    if not may_write(actor, course, locale):
        raise NotAllowed("authoring.other-language", locale=locale)


def may_write(actor: Actor, course: str, locale: str) -> bool:
    """Return whether an author may change a course in a language."""
    return scope_for(actor, Who.AUTHOR).covers(Extent(course=course, locale=locale))
