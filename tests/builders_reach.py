"""What each action that keeps to a scope is asked about a course."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lms.actions.authoring import differing, editing, findings, history, quiz_editing, uploads
from lms.actions.authoring.quiz_trying import try_quiz
from lms.actions.authoring.uploads import Upload
from lms.actions.context import Context
from lms.actions.legislation import holds
from lms.actions.legislation.holds import HoldWish
from lms.actions.operations import my_work
from lms.actions.publishing import conformance, foreseeing, preparing, reviewing, translations
from lms.core.authoring.lessons.drafts import LessonPlace
from lms.core.authoring.lessons.media_types import VIDEO
from lms.core.checks.conformance.additions import ManualCheck
from lms.core.courses.course import SignVideo
from lms.core.people.actors import Actor, Role

CourseAct = Callable[[Context, Actor, str], Any]


def at(course: str) -> LessonPlace:
    """Return the place of a lesson of the sample course, in whatever course."""
    return LessonPlace(course, "welcome", "greeting")


#: By the name of the action: how it is called about a course.
COURSES: dict[str, CourseAct] = {
    "authoring.bring_back": lambda context, actor, course: history.bring_back(
        context, actor, at(course), "7" * 26, expected=""
    ),
    "authoring.caption": lambda context, actor, course: uploads.caption(
        context, actor, at(course), "media/door.svg", {}
    ),
    "authoring.sign": lambda context, actor, course: uploads.sign(
        context, actor, at(course), b"", SignVideo("#s1", "ase", "")
    ),
    "authoring.signed": lambda context, actor, course: uploads.signed(context, actor, at(course)),
    "authoring.unsign": lambda context, actor, course: uploads.unsign(
        context, actor, at(course), "media/x.webm"
    ),
    "authoring.findings": findings.findings,
    "authoring.quiz": lambda context, actor, course: quiz_editing.quiz(context, actor, course, "welcome"),
    "authoring.try_quiz": lambda context, actor, course: try_quiz(
        context, actor, course, "welcome", seed="1", sent={}
    ),
    "authoring.draft_medium": lambda context, actor, course: uploads.draft_medium(
        context, actor, at(course), "door.svg"
    ),
    "authoring.history": lambda context, actor, course: history.history(context, actor, at(course)),
    "authoring.open_lesson": lambda context, actor, course: editing.open_lesson(context, actor, at(course)),
    "authoring.outline": editing.outline,
    "authoring.outline_findings": editing.findings,
    "authoring.past_text": lambda context, actor, course: history.past_text(
        context, actor, at(course), "7" * 26
    ),
    "authoring.preview": lambda context, actor, course: editing.preview(context, actor, at(course)),
    "authoring.save_lesson": lambda context, actor, course: editing.save_lesson(
        context, actor, at(course), ()
    ),
    "authoring.save_source": lambda context, actor, course: editing.save_source(
        context, actor, at(course), "en", b"Nothing.\n", expected=""
    ),
    "authoring.source": lambda context, actor, course: editing.source(context, actor, at(course), "en"),
    "authoring.undo": lambda context, actor, course: history.undo(context, actor, at(course), "7" * 26),
    "authoring.upload": lambda context, actor, course: uploads.upload(
        context, actor, at(course), Upload(b""), (VIDEO,)
    ),
    "conformance.note_manual": lambda context, actor, course: conformance.note_manual(
        context, actor, course, ManualCheck("keyboard", "By hand.", ("en",), "2026-11-20", "passed")
    ),
    "conformance.of_release": conformance.of_release,
    "differences.between": differing.differences,
    "foreseeing.activation": lambda context, actor, course: foreseeing.activation(
        context, actor, course, "1.0.0"
    ),
    "foreseeing.versions": foreseeing.versions,
    "holds.hold": lambda context, actor, course: holds.hold(
        context, actor, HoldWish(course, "law", "nothing", "2026-11-20", {"en": "Ask.", "fr": "Demandez."})
    ),
    "holds.holdable": holds.holdable,
    "publishing.approve": lambda context, actor, course: preparing.approve(
        context, actor, course, "en", "7" * 64
    ),
    "publishing.review": preparing.review,
    "reviewing.change": reviewing.draft_change,
    "reviewing.draft": reviewing.draft_review,
    "reviewing.mark_typo": lambda context, actor, course: reviewing.mark_typo(
        context, actor, course, "7" * 64
    ),
    "reviewing.read_release": lambda context, actor, course: reviewing.read_release(
        context, actor, course, "1.0.0"
    ),
    "translations.confirm": lambda context, actor, course: translations.confirm(context, actor, course, "m"),
    "translations.state": translations.state,
    "translations.undo": lambda context, actor, course: translations.undo(context, actor, course, "m"),
}
READERS = frozenset({"publishing.approve", "reviewing.read_release"})
#: Lists of what there is of every course within reach.
COURSE_LISTS: dict[str, Callable[[Context, Actor], Any]] = {
    "holds.courses": holds.courses,
    "holds.listed": holds.listed,
    "my_work.overview": lambda context, actor: my_work.overview(context, actor).courses,
}


def role_for(name: str) -> Role:
    """Return the role that an action about a course asks for."""
    return Role.REVIEWER if name in READERS else Role.AUTHOR
