"""An attempt with its questions, as they stand in the release that the attempt was started with.

Holds the joining of rows and files; changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

from lms.actions.catalogue.lookups import sealed
from lms.actions.context import Context
from lms.actions.legislation.held import held_for, held_questions
from lms.core.certificates.refreshers import REFRESHER
from lms.core.courses.course import Module, Release
from lms.core.courses.quiz import Question, Reply
from lms.core.errors import Conflict
from lms.core.learning.draw import Drawn, History, missed_outcomes
from lms.core.learning.marking import waits
from lms.core.learning.progress import FINAL
from lms.core.learning.records import Attempt, Sitting
from lms.core.legislation.held import NOTHING_HELD, Held, Hold
from lms.storage.database import Tx


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """One question of an attempt, where it comes from, how its parts stand, and the reply so far."""

    module: Module
    question: Question
    drawn: Drawn
    reply: Reply


@dataclass(frozen=True, slots=True)
class AttemptView:
    """An attempt with everything that belongs to it; `module` is None for the final check and a refresher.

    `held` is what is on hold now in the release that it was started with.
    """

    sitting: Sitting
    release: Release
    module: Module | None
    asked: tuple[AskedQuestion, ...]
    held: Held = NOTHING_HELD

    @property
    def attempt(self) -> Attempt:
        """Return the attempt itself."""
        return self.sitting.attempt

    @property
    def questions(self) -> tuple[Question, ...]:
        """Return the questions in the order in which they are asked."""
        return tuple(entry.question for entry in self.asked)

    def holds_on(self, entry: AskedQuestion) -> tuple[Hold, ...]:
        """Return the holds that one of the questions falls under."""
        return self.held.on_item(entry.module.id, entry.question.id, entry.question.rests_on)

    @property
    def held_questions(self) -> frozenset[str]:
        """Return the ids of the questions that are on hold now."""
        return held_questions(self.held, ((entry.module.id, entry.question) for entry in self.asked))

    @property
    def waits(self) -> bool:
        """Return whether it cannot be handed in yet, because everything that counts in it is on hold."""
        return waits(self.questions, self.held_questions)

    @property
    def is_refresher(self) -> bool:
        """Return whether it is what a holder answers after a material change, and no check of the course."""
        return self.attempt.check == REFRESHER

    @property
    def comments_now(self) -> bool:
        """Return whether an answer may be commented on at once; never in the final check."""
        return self.module is not None and self.module.quiz.comments == "each"


def paper_of(context: Context, tx: Tx, sitting: Sitting) -> AttemptView:
    """Put an attempt together with the questions that it was started with, even after a move.

    Raises: Conflict `attempt.other-questions` when the sealed questions are not those of the start.
    """
    attempt = sitting.attempt
    release = sealed(context, sitting.enrolled.course, attempt.version)
    module = None if attempt.check in {FINAL, REFRESHER} else _module(release, attempt.check)
    asked = tuple(_asked(release, sitting))
    if digest_of(release, module) != attempt.digest or len(asked) != len(attempt.items):
        raise Conflict("attempt.other-questions")
    held = held_for(context, tx, sitting.enrolled.holds, release.version)
    return AttemptView(sitting, release, module, asked, held)


def digest_of(release: Release, module: Module | None) -> str:
    """Return the digest that pins the questions of a check."""
    return module.quiz.digest if module else release.digest


def _module(release: Release, module_id: str) -> Module | None:
    return next((module for module in release.modules if module.id == module_id), None)


def _asked(release: Release, sitting: Sitting) -> Iterator[AskedQuestion]:
    modules = {module.id: module for module in release.modules}
    for drawn in sitting.attempt.items:
        module = modules.get(drawn.module)
        question = module.quiz.question(drawn.question) if module else None
        if module and question:
            yield AskedQuestion(module, question, drawn, sitting.answers.get(question.id, {}))


def history_of(release: Release, past: tuple[Attempt, ...], check: str) -> History:
    """Return what was asked before (newest attempt first) and what the last attempt at this check missed.

    The final check also hears what each module check asked last, until a final check has come after it.
    """
    seen: dict[str, int] = {}
    for number, attempt in enumerate(reversed(past), start=1):
        seen.update({item.question: number for item in attempt.items})
    last = next((attempt for attempt in past if attempt.check == check and attempt.is_marked), None)
    just_asked = _just_asked(past) if check == FINAL else frozenset()
    if last is None:
        return History(seen, just_asked=just_asked)
    known = {
        question.id: (module.id, question) for module in release.modules for question in module.quiz.questions
    }
    asked = [known[item.question] for item in last.items if item.question in known]
    return History(seen, missed_outcomes(asked, last.by_question or {}), just_asked)


def _just_asked(past: tuple[Attempt, ...]) -> frozenset[str]:
    """Return what the newest attempt at each module check asked, if no final check came after it."""
    since = takewhile(lambda attempt: attempt.check != FINAL, past)
    newest: dict[str, Attempt] = {}
    for attempt in since:
        newest.setdefault(attempt.check, attempt)
    return frozenset(item.question for attempt in newest.values() for item in attempt.items)
