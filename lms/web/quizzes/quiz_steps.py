"""One question a screen: which one a page shows, and where what is missing is found.

Counts questions from 1 in the order in which they are asked. Holds no wish of a reader and no request.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext

from lms.actions.learning.attempt_views import AttemptView
from lms.actions.learning.quizzing import missing_in
from lms.web.quizzes.quiz_form import Field

#: What a button says that leads to another question, and how far.
MOVES = {"next": 1, "previous": -1}


@dataclass(frozen=True, slots=True)
class QuizStep:
    """The question that a page shows, of so many; 0 when it shows all."""

    at: int
    count: int

    @property
    def is_last(self) -> bool:
        """Return whether no question comes after it."""
        return self.at in {0, self.count}


def step_of(paper: AttemptView, wanted: int) -> QuizStep:
    """Return the question that was asked for, or the first that has no whole answer, or the last."""
    count = len(paper.asked)
    if wanted:
        return QuizStep(min(wanted, count), count)
    missing = set(missing_in(paper, paper.sitting.answers))
    first = (at for at, one in enumerate(paper.questions, start=1) if one.id in missing)
    return QuizStep(next(first, count), count)


def missing_links(
    paper: AttemptView, missing: tuple[str, ...], fields: tuple[Field, ...], address: str
) -> list[tuple[str, str]]:
    """Return a link to each question that has no whole answer: on this page, or on its own."""
    here = {field.question: f"#{field.first}" for field in fields}
    return [
        (
            here.get(one.id, f"{address}?question={number}#q{number}"),
            gettext("The answer to question %(number)s is missing or incomplete.", number=number),
        )
        for number, one in enumerate(paper.questions, start=1)
        if one.id in missing
    ]
