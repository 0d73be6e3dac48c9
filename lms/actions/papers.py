"""An attempt with its questions, as they stand in the release that the attempt was started with.

Holds the joining of rows and files; changes nothing. Called by `quizzing` and `results`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lms.actions.desk import Desk
from lms.core.course import Module, Release
from lms.core.draw import Drawn, History, missed_outcomes
from lms.core.errors import Conflict, NotFound
from lms.core.people import Actor
from lms.core.quiz import Question, Reply
from lms.core.standing import FINAL
from lms.storage import attempts
from lms.storage.attempts import Attempt, Sitting
from lms.storage.database import Tx


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of an attempt, where it comes from, how its parts stand, and the reply so far."""

    module: Module
    question: Question
    drawn: Drawn
    reply: Reply


@dataclass(frozen=True, slots=True)
class Paper:
    """An attempt with everything that belongs to it; `module` is None for the final check."""

    sitting: Sitting
    release: Release
    module: Module | None
    asked: tuple[Asked, ...]

    @property
    def attempt(self) -> Attempt:
        """Give the attempt itself."""
        return self.sitting.attempt

    @property
    def questions(self) -> tuple[Question, ...]:
        """Give the questions in the order in which they are asked."""
        return tuple(entry.question for entry in self.asked)


def own_sitting(tx: Tx, actor: Actor, attempt_id: str) -> Sitting:
    """Give one of one's own attempts; somebody else's does not exist.

    Raises: NotFound `attempt.unknown`.
    """
    found = attempts.sitting(tx, attempt_id, actor.person) if actor.person else None
    if found is None:
        raise NotFound("attempt.unknown")
    return found


def paper_of(desk: Desk, sitting: Sitting) -> Paper:
    """Put an attempt together with the questions that it was started with, even after a move.

    Raises: Conflict `attempt.other-questions` when the sealed questions are not those of the start.
    """
    attempt = sitting.attempt
    release = desk.library.release(sitting.enrolled.course, attempt.version)
    module = None if attempt.check == FINAL else _module(release, attempt.check)
    asked = tuple(_asked(release, sitting))
    if digest_of(release, module) != attempt.digest or len(asked) != len(attempt.items):
        raise Conflict("attempt.other-questions")
    return Paper(sitting, release, module, asked)


def digest_of(release: Release, module: Module | None) -> str:
    """Give the digest that pins the questions of a check."""
    return module.quiz.digest if module else release.digest


def _module(release: Release, module_id: str) -> Module | None:
    return next((module for module in release.modules if module.id == module_id), None)


def _asked(release: Release, sitting: Sitting) -> Iterator[Asked]:
    modules = {module.id: module for module in release.modules}
    for drawn in sitting.attempt.items:
        module = modules.get(drawn.module)
        question = module.quiz.question(drawn.question) if module else None
        if module and question:
            yield Asked(module, question, drawn, sitting.answers.get(question.id, {}))


def history_of(release: Release, past: tuple[Attempt, ...], check: str) -> History:
    """Give what was asked before (newest attempt first) and what the last attempt at this check missed."""
    seen: dict[str, int] = {}
    for number, attempt in enumerate(reversed(past), start=1):
        seen.update({item.question: number for item in attempt.items})
    last = next((attempt for attempt in past if attempt.check == check and attempt.is_marked), None)
    if last is None:
        return History(seen)
    known = {
        question.id: (module.id, question) for module in release.modules for question in module.quiz.questions
    }
    asked = [known[item.question] for item in last.items if item.question in known]
    return History(seen, missed_outcomes(asked, last.by_question or {}))
