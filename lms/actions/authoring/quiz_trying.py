"""The quiz of a draft as a learner would meet it: drawn, answered, marked; nothing is kept for anybody.

Holds the joining of a draft with a draw; changes nothing.
"""

from __future__ import annotations

from lms.actions.action import Who, query
from lms.actions.context import Context
from lms.actions.learning.attempt_views import AskedQuestion, AttemptView
from lms.actions.publishing.reach import require_course
from lms.core.courses.quiz import Answers
from lms.core.errors import NotFound
from lms.core.learning.draw import draw_module
from lms.core.learning.progress import LearnerRecord
from lms.core.learning.records import Attempt, Enrolled, Sitting
from lms.core.learning.replies import fitted_all
from lms.core.people.actors import Actor


@query("authoring.try_quiz", by=Who.STAFF, scoped=True)
def try_quiz(
    context: Context, actor: Actor, course: str, module: str, *, seed: str, sent: Answers
) -> AttemptView:
    """Return the questions that this seed draws from the draft, with the answers that were sent.

    Raises: NotFound `course.unknown`, `module.unknown`; Invalid `draft.not-whole`.
    """
    require_course(actor, context, Who.STAFF, course)
    release = context.library.preview(course)
    found = next((one for one in release.modules if one.id == module), None)
    if found is None:
        raise NotFound("module.unknown", module=module)
    drawn = draw_module(found.id, found.quiz, seed)
    questions = {one.id: one for one in found.quiz.questions}
    answers = fitted_all((questions[one.question] for one in drawn), sent)
    attempt = Attempt("", "", found.id, release.version, found.quiz.digest, drawn, 0, context.now(), 0)
    nobody = Enrolled("", "", "", course, release.version, "", 0, 0, 0, LearnerRecord())
    asked = (
        AskedQuestion(found, questions[one.question], one, answers.get(one.question, {})) for one in drawn
    )
    return AttemptView(Sitting(attempt, nobody, answers, {}), release, found, tuple(asked))
