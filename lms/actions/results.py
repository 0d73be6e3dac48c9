"""Results: the marks of one's own attempts, with the words that answer each reply.

Remarks are judged again from the sealed questions and the kept answers; the mark itself was written once.
Called by `web`.
"""

from __future__ import annotations

from dataclasses import dataclass

from lms.actions.deed import Who, reading
from lms.actions.desk import Desk
from lms.actions.learning import enrolment_of
from lms.actions.papers import Asked, Paper, own_sitting, paper_of
from lms.actions.shelves import course_id
from lms.core.course import Lesson, Module, Release
from lms.core.errors import NotFound
from lms.core.marking import MarkedItem, mark
from lms.core.people import Actor
from lms.core.standing import Standing, standing
from lms.storage import attempts
from lms.storage.attempts import Attempt


@dataclass(frozen=True, slots=True)
class Answered:
    """One question with its mark and, where it went wrong, the lessons that teach it."""

    asked: Asked
    marked: MarkedItem
    again: tuple[Lesson, ...]


@dataclass(frozen=True, slots=True)
class ResultView:
    """A marked attempt; `current` is the release that the learner is pinned to now."""

    paper: Paper
    answered: tuple[Answered, ...]
    current: Release
    standing: Standing


@dataclass(frozen=True, slots=True)
class Results:
    """All marked attempts at a course, newest first."""

    release: Release
    standing: Standing
    attempts: tuple[Attempt, ...]


@reading("results.result", by=Who.LEARNER)
def result(desk: Desk, actor: Actor, attempt_id: str) -> ResultView:
    """Open one of one's own marked attempts.

    Raises: NotFound `attempt.unknown`.
    """
    with desk.database.reading() as tx:
        sitting = own_sitting(tx, actor, attempt_id)
    if not sitting.attempt.is_marked:
        raise NotFound("attempt.unknown")
    paper = paper_of(desk, sitting)
    marked = mark(paper.questions, sitting.answers)
    answered = tuple(
        Answered(
            asked,
            item,
            _again(asked.module, asked.question.outcome) if item.graded and item.points < 1 else (),
        )
        for asked, item in zip(paper.asked, marked.items, strict=True)
    )
    current = desk.library.release(sitting.enrolled.course, sitting.enrolled.version)
    return ResultView(paper, answered, current, standing(current, sitting.enrolled.facts))


def _again(module: Module, outcome: str) -> tuple[Lesson, ...]:
    return tuple(lesson for lesson in module.lessons if outcome in lesson.outcomes)


@reading("results.results", by=Who.LEARNER)
def results(desk: Desk, actor: Actor, course_code: str) -> Results:
    """List one's own marked attempts at a course; two statements.

    Raises: NotFound `course.unknown`, `learning.not-enrolled`.
    """
    course = course_id(desk, course_code)
    with desk.database.reading() as tx:
        mine = enrolment_of(tx, actor, course)
        past = attempts.past(tx, mine.id)
    release = desk.library.release(course, mine.version)
    marked = tuple(attempt for attempt in past if attempt.is_marked)
    return Results(release, standing(release, mine.facts), marked)
