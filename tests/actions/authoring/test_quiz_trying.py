"""The quiz of a draft is tried as a learner would meet it, and nothing is kept."""

from __future__ import annotations

from lms.actions.authoring.quiz_trying import try_quiz
from lms.actions.context import Context
from lms.core.errors import NotFound
from lms.core.learning.marking import mark
from lms.core.people.actors import Actor
from tests.builders_learning import SAMPLE, refused


def test_one_seed_asks_the_same_questions_and_answers_are_marked(context: Context, author: Actor) -> None:
    first = try_quiz(context, author, SAMPLE, "welcome", seed="1", sent={})
    again = try_quiz(context, author, SAMPLE, "welcome", seed="1", sent={})
    assert [one.question.id for one in first.asked] == [one.question.id for one in again.asked]
    assert first.release.version == "draft"
    assert mark(first.questions, first.sitting.answers).points == 0
    with refused(NotFound, "module.unknown"):
        try_quiz(context, author, SAMPLE, "none", seed="1", sent={})
