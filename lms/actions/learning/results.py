"""Results: the marks of one's own attempts, with the words that answer each reply.

Remarks are judged again from the sealed questions and the kept answers; the mark itself was written once, and
what is said about a question agrees with the points that it was given then.
"""

from __future__ import annotations

from dataclasses import dataclass

from lms.actions.action import Who, query
from lms.actions.catalogue.lookups import course_id, sealed
from lms.actions.context import Context
from lms.actions.learning.attempt_views import AskedQuestion, AttemptView, paper_of
from lms.actions.learning.completion import enrolment_of, own_sitting
from lms.core.courses.course import Lesson, Module, Release
from lms.core.errors import NotFound
from lms.core.learning.marking import MarkedItem, mark
from lms.core.learning.progress import Progress, progress_of
from lms.core.learning.records import Attempt
from lms.core.people.actors import Actor
from lms.storage.learning import attempts


@dataclass(frozen=True, slots=True)
class AnsweredQuestion:
    """One question with its mark and, where it went wrong, the lessons that teach it."""

    asked: AskedQuestion
    marked: MarkedItem
    again: tuple[Lesson, ...]


@dataclass(frozen=True, slots=True)
class ResultView:
    """A marked attempt; `current` is the release that the learner is pinned to now."""

    paper: AttemptView
    answered: tuple[AnsweredQuestion, ...]
    current: Release
    standing: Progress


@dataclass(frozen=True, slots=True)
class Results:
    """All marked attempts at a course, newest first."""

    release: Release
    standing: Progress
    attempts: tuple[Attempt, ...]


@query("results.result", by=Who.LEARNER)
def result(context: Context, actor: Actor, attempt_id: str) -> ResultView:
    """Open one of one's own marked attempts.

    Raises: NotFound `attempt.unknown`.
    """
    with context.database.reading() as tx:
        sitting = own_sitting(tx, actor, attempt_id)
        if not sitting.attempt.is_marked:
            raise NotFound("attempt.unknown")
        paper = paper_of(context, tx, sitting)
    marked = mark(paper.questions, sitting.answers, sitting.attempt.by_question)
    answered = tuple(
        AnsweredQuestion(
            asked,
            item,
            _again(asked.module, asked.question.outcome) if item.graded and item.points < 1 else (),
        )
        for asked, item in zip(paper.asked, marked.items, strict=True)
    )
    current = sealed(context, sitting.enrolled.course, sitting.enrolled.version)
    return ResultView(paper, answered, current, progress_of(current, sitting.enrolled.facts))


def _again(module: Module, outcome: str) -> tuple[Lesson, ...]:
    return tuple(lesson for lesson in module.lessons if outcome in lesson.outcomes)


@query("results.results", by=Who.LEARNER)
def results(context: Context, actor: Actor, course_code: str) -> Results:
    """List one's own marked attempts at a course; two statements.

    Raises: NotFound `course.unknown`, `learning.not-enrolled`.
    """
    course = course_id(context, course_code)
    with context.database.reading() as tx:
        mine = enrolment_of(tx, actor, course)
        past = attempts.past(tx, mine.id)
    release = sealed(context, course, mine.version)
    marked = tuple(attempt for attempt in past if attempt.is_marked)
    return Results(release, progress_of(release, mine.facts), marked)
