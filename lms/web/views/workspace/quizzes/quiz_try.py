"""The quiz of a draft tried as a learner: drawn, answered, marked; nothing is saved for anybody."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask_babel import gettext

from lms.actions.action import Who
from lms.actions.authoring.quiz_trying import try_quiz
from lms.actions.learning.attempt_views import AttemptView
from lms.actions.publishing.reach import reaches
from lms.core.learning.marking import mark
from lms.web.quizzes.quiz_form import fields_of, read_answers, title_of
from lms.web.quizzes.quiz_place import speaker_of
from lms.web.quizzes.quiz_results import line_of, mark_words
from lms.web.shell.current import actor, context
from lms.web.shell.i18n import current_locale
from lms.web.shell.security import STAFF, rule

page = Blueprint("quiz_try", __name__)
_LONGEST = 9  # digits of the number of a draw


def _seed() -> str:
    """Return which draw is looked at: a number, so that the next one is another."""
    typed = request.values.get("draw", "1")
    return typed if typed.isascii() and typed.isdigit() and len(typed) <= _LONGEST else "1"


def _frame(paper: AttemptView) -> dict[str, object]:
    locale, course = current_locale(), paper.release.course
    module = paper.attempt.check
    title = paper.module.title.text(locale) if paper.module else module
    home, writes = f"/{locale}/workspace", reaches(actor(), Who.AUTHOR, course.id)
    edit_href = f"{home}/{course.id}/{module}/quiz"
    return {
        "trail": [
            (f"/{locale}/", gettext("Home")),
            (home, gettext("Workspace")),
            (f"{home}/{course.id}", course.title.text(locale)),
            *([(edit_href, gettext("Quiz: %(title)s", title=title))] if writes else []),
        ],
        "try_href": f"{home}/{course.id}/{module}/quiz/try",
        "edit_href": edit_href,
        "course": course.id,
        "quiz_title": title,
        "seed": _seed(),
        "again": int(_seed()) + 1,
    }


@page.get("/workspace/<course>/<module>/quiz/try")
@rule(STAFF)
def quiz_try(course: str, module: str) -> str:
    """Show the questions that a learner could be asked."""
    paper = try_quiz(context(), actor(), course, module, seed=_seed(), sent={})
    fields = fields_of(paper, {}, speaker_of(paper.release))
    return render_template("pages/workspace/checks/quiz_try.html", **_frame(paper), fields=fields)


@page.post("/workspace/<course>/<module>/quiz/try")
@rule(STAFF)
def marked_try(course: str, module: str) -> str:
    """Show how these answers would be marked and what would answer them; keep nothing."""
    answers = read_answers(request.form)
    turned = _turned()
    if turned:
        answers = {**answers, turned[0]: {**answers.get(turned[0], {}), "instead": turned[1]}}
    paper = try_quiz(context(), actor(), course, module, seed=_seed(), sent=answers)
    speaker = speaker_of(paper.release)
    if turned:
        fields = fields_of(paper, paper.sitting.answers, speaker)
        return render_template("pages/workspace/checks/quiz_try.html", **_frame(paper), fields=fields)
    marked = mark(paper.questions, paper.sitting.answers)
    lines = [
        line_of(one, item, speaker(one), paper.release)
        for one, item in zip(paper.asked, marked.items, strict=True)
    ]
    titles = [title_of(number, one.question) for number, one in enumerate(paper.asked, start=1)]
    return render_template(
        "pages/workspace/checks/quiz_tried.html",
        **_frame(paper),
        lines=lines,
        titles=titles,
        ids=[one.question.id for one in paper.asked],
        mark_words=mark_words(str(marked.points), marked.out_of),
        passed=marked.passes(paper.release.course.pass_mark),
    )


def _turned() -> tuple[str, tuple[str, ...]] | None:
    """Return the question that is to be shown as multiple choice, or in its first form again."""
    if question := request.form.get("instead"):
        return question, ("1",)
    if question := request.form.get("first"):
        return question, ()
    return None
