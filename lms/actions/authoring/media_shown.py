"""Pictures and recordings of a draft, for those who write it."""

from __future__ import annotations

from lms.actions.action import Who, query
from lms.actions.authoring.reach import require_course
from lms.actions.context import Context
from lms.core.authoring.lessons.drafts import LessonPlace
from lms.core.people.actors import Actor
from lms.core.publishing.site import Medium


@query("authoring.draft_medium", by=Who.AUTHOR, scoped=True)
def draft_medium(context: Context, actor: Actor, place: LessonPlace, name: str) -> Medium:
    """Return a file of the media of a draft.

    Raises: NotFound `course.unknown`, `media.unknown`.
    """
    require_course(actor, place.course)
    return context.library.draft_medium(place.course, place.module, name)
