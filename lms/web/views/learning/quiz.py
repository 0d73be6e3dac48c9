"""Checks in the browser: begin, answer, leave off and come back, look over, hand in, read the comments.

One form holds all questions; whichever of its buttons is pressed, everything typed is kept first. A module
check and the final check share these pages: without a module the address means the final one.
"""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, g, jsonify, redirect, render_template, request
from flask_babel import gettext
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from lms.actions.certificates import refreshing, renewing
from lms.actions.learning import quizzing
from lms.actions.learning.attempt_views import AttemptView
from lms.actions.learning.learning import my_course
from lms.actions.learning.quizzing import CheckView, HandedIn, Saved, SentAnswers
from lms.core.certificates.refreshers import REFRESHER
from lms.core.courses.durations import check_minutes
from lms.core.courses.quiz import Answers
from lms.core.errors import Conflict, Invalid, NotAllowed, NotFound
from lms.core.learning.draw import asked_at_the_end, asked_of
from lms.core.learning.replies import Marks, fitted_all, marks_of, merged
from lms.web.quizzes.quiz_form import fields_of, read_answers, title_of
from lms.web.quizzes.quiz_place import check_address, place_of, speaker_of
from lms.web.quizzes.quiz_results import mark_words, review_lines
from lms.web.quizzes.quiz_steps import MOVES, QuizStep, missing_links, step_of
from lms.web.shell.browser import only_draws
from lms.web.shell.current import actor, context, known
from lms.web.shell.i18n import current_locale
from lms.web.shell.menus import keep_settings, reader_settings
from lms.web.shell.notices import tell
from lms.web.shell.security import LEARNER, rule

page = Blueprint("quiz", __name__)

CHECK, CHECK_ANYWAY, LEAVE, REVIEW = "check", "check-anyway", "leave", "review"
HANDS_IN, SMALL = frozenset({CHECK, CHECK_ANYWAY}), ("instead", "first", "tell")
_PLACE = re.compile("q[0-9]{1,3}(-[a-z0-9-]{1,80})?")  # the id of a question or of a control (`quiz_form`)

_STEP = re.compile("q?([0-9]{1,3})(-.*)?")  # the number of a question, or the id of what stands in it


# --- what was sent --------------------------------------------------------------------------------
def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0  # noqa: PLR2004  # fits a column


def _step_in(place: str) -> int:
    """Return the number of the question on the screen, in which Enter may have been pressed; or 0."""
    found = _STEP.fullmatch(place)
    return int(found[1]) if found else 0


def _brought_back(paper: AttemptView) -> MultiDict[str, str]:
    """Return what was sent of this attempt when one had to sign in again, and has not been sent since."""
    typed = MultiDict(known().notes.typed_at(request.path) if request.method == "GET" else ())
    return typed if typed.get("attempt") == paper.attempt.id else MultiDict()


def _marks(was: Marks) -> str:
    """Write marks into one field.

    >>> _marks({"q1": "0a", "q2": "1b"})
    'q1=0a q2=1b'
    """
    return " ".join(f"{question}={mark}" for question, mark in was.items())


def _was() -> Marks:
    """Return the marks of what stood on the page that was sent."""
    return dict(pair.partition("=")[::2] for pair in request.form.get("was", "").split())


def _open(course_code: str, module_code: str) -> CheckView:
    """Open a check of the course, or the refresher, which stands in the place of a module."""
    if module_code == REFRESHER:
        return refreshing.open_questions(context(), actor(), course_code)
    return quizzing.open_check(context(), actor(), course_code, module_code)


def _opened(course_code: str, module_code: str) -> CheckView | Response | tuple[str, int]:
    """Open a check, or lead to where somebody has to go first: the course’s page, or making an account."""
    try:
        return _open(course_code, module_code)
    except NotFound as problem:
        if problem.code != "learning.not-enrolled":
            raise
        return redirect(f"/{current_locale()}/c/{course_code}", 302)
    except NotAllowed as problem:
        if problem.code != "learning.sign-up-to-go-on":
            raise
        return _sign_up_first(course_code)


def _sign_up_first(course_code: str) -> tuple[str, int]:
    mine = my_course(context(), actor(), course_code)
    if mine is None:
        raise NotFound("learning.not-enrolled")
    course = mine.release.course
    g.sensitive = course.sensitive
    shown = course.shown_title(current_locale())
    return render_template(
        "pages/lessons/sign_up.html", course=course, window_title=shown
    ), HTTPStatus.FORBIDDEN


# --- answering ------------------------------------------------------------------------------------------
@page.get("/c/<course_code>/check", defaults={"module_code": ""})
@page.get("/c/<course_code>/<module_code>/check")
@rule(LEARNER)
def check(course_code: str, module_code: str) -> str | Response | tuple[str, int]:
    """Show the questions, or what the check is about where none is under way."""
    view = _opened(course_code, module_code)
    if not isinstance(view, CheckView):
        return view
    if module_code == REFRESHER and view.paper is None:
        return redirect(f"/{current_locale()}/c/{course_code}/{REFRESHER}", 302)
    return _questions(view.paper) if view.paper else _begin(view)


def _begin(view: CheckView) -> str:
    course, module, last = view.release.course, view.module, view.last
    banks = (one.quiz for one in view.release.modules)
    counted, beside = asked_of(module.quiz) if module else (asked_at_the_end(banks, course.final_items), 0)
    at = view.standing.module(module.code) if module else None
    left = at.lessons_left if at else sum(one.lessons_left for one in view.standing.modules)
    return render_template(
        "pages/quiz/begin.html",
        **place_of(view.release, module),
        questions=counted,
        beside=beside,
        comments_now=module is not None and module.quiz.comments == "each",
        minutes=check_minutes(counted),
        pass_mark=course.pass_mark,
        last=last,
        last_words=mark_words(last.points, last.out_of) if last else "",
        lessons_left=left,
        new_attempt=context().new_id(),
        wish=reader_settings().questions,
        waits=view.waits,
    )


def _step(paper: AttemptView, typed: MultiDict[str, str]) -> QuizStep:
    """Return which question to show; all of them unless one a screen is wanted."""
    if reader_settings().questions != "one":
        return QuizStep(0, len(paper.asked))
    asked = request.form.get("at", "") or request.args.get("question", "") or typed.get("at", "")
    return step_of(paper, _step_in(asked))


def _questions(paper: AttemptView, missing: tuple[str, ...] = ()) -> str:
    answers: dict[str, Any] = dict(paper.sitting.answers)
    typed = _brought_back(paper)
    sent = fitted_all(paper.questions, read_answers(typed))
    back = merged(answers, paper.sitting.saves, sent, paper.attempt.saved)
    answers |= back
    step = _step(paper, typed)
    fields = fields_of(paper, answers, speaker_of(paper.release), only=step.at)
    place = place_of(paper.release, paper.module, refresher=paper.is_refresher)
    if step.at:
        place["heading"] = fields[0].title
        place["window_title"] = place["window_title"] and f"{place['window_title']}, {fields[0].title}"
    return render_template(
        "pages/quiz/check.html",
        **place,
        attempt=paper.attempt,
        was=_marks(marks_of(paper.questions, paper.sitting.answers)),
        fields=fields,
        step=step,
        first=step_of(paper, 0).at,
        steps_by_width=not reader_settings().questions,
        comments_now=paper.comments_now,
        missing=missing,
        problem_links=missing_links(paper, missing, fields, place["check_href"]),
        waits=paper.waits,
        brought_back=any(field.question in back for field in fields),
        save_href=f"{place['check_href']}/save",
    )


@page.post("/c/<course_code>/check/start", defaults={"module_code": ""})
@page.post("/c/<course_code>/<module_code>/check/start")
@rule(LEARNER)
def start(course_code: str, module_code: str) -> Response:
    """Draw the questions, and keep how they are to be shown."""
    attempt = request.form.get("attempt", "")
    if module_code == REFRESHER:
        begun = refreshing.start(context(), actor(), course_code, attempt)
    else:
        begun = quizzing.start_check(context(), actor(), course_code, module_code, attempt)
    begin_at = f"{check_address(course_code, module_code)}?{urlencode({'attempt': begun})}"
    response = redirect(begin_at, 303)
    if "questions" in request.form:
        keep_settings(response, questions=request.form["questions"])
    return response


@page.post("/c/<course_code>/check", defaults={"module_code": ""})
@page.post("/c/<course_code>/<module_code>/check")
@rule(LEARNER)
def send_check(course_code: str, module_code: str) -> Response | tuple[str, int]:
    """Keep what was typed, then do what the button says."""
    sent, here = request.form, check_address(course_code, module_code)
    attempt, do = sent.get("attempt", ""), sent.get("do", "")
    answers, seen = read_answers(sent), _number(sent.get("known", ""))
    try:
        if do in HANDS_IN and module_code and "switch_to" not in sent:
            return _hand_in(course_code, module_code, answers, seen, confirmed=do == CHECK_ANYWAY)
        if any(button in sent for button in SMALL):
            return _change_one(course_code, module_code, answers, seen)
        kept = quizzing.keep_answers(context(), actor(), attempt, answers, known=seen, was=_was())
    except Conflict as problem:
        if problem.code != "attempt.submitted":
            raise
        return redirect(f"{here}/result/{attempt}", 303)
    onward = _onward(course_code, module_code, do)
    if do != LEAVE:
        at = "" if do else _entered_at(course_code, module_code, answers)
        onward += _changed_at(kept, at, MOVES.get(do, 0))
    return redirect(onward, 303)


def _changed_at(kept: Saved, at: str, move: int = 0) -> str:
    """Return an address of its own for a page that has changed: some browsers show what they know already."""
    which = {"attempt": request.form.get("attempt", ""), "saved": str(kept.number)}
    if reader_settings().questions == "one" and (here := _step_in(request.form.get("at", ""))):
        which = {"question": str(max(1, here + move)), **which}
    return f"?{urlencode(which)}{at and f'#{at}'}"


def _entered_at(course_code: str, module_code: str, answers: Answers) -> str:
    """Return the field in which Enter was pressed: a script tells, else it is the last one typed in."""
    told = request.form.get("at", "")
    if "switch_to" in request.form:
        return told if _PLACE.fullmatch(told) else ""
    paper = _open(course_code, module_code).paper
    if paper is None or _PLACE.fullmatch(told):
        return told if paper else ""
    marks, was = marks_of(paper.questions, answers), _was()
    typed = [
        f"q{number}-text"
        for number, one in enumerate(paper.asked, start=1)
        if answers.get(one.question.id, {}).get("text") and marks[one.question.id] != was.get(one.question.id)
    ]
    return typed[-1] if typed else ""


def _hand_in(
    course_code: str, module_code: str, answers: Answers, seen: int, *, confirmed: bool
) -> Response | tuple[str, int]:
    attempt = request.form.get("attempt", "")
    done = _submitted(module_code, attempt, SentAnswers(answers, seen, _was()), confirmed=confirmed)
    if done.waits:
        return redirect(check_address(course_code, module_code), 303)
    if done.missing:
        view = _open(course_code, module_code)
        if view.paper:
            return _questions(view.paper, done.missing), HTTPStatus.UNPROCESSABLE_ENTITY
    return redirect(f"{check_address(course_code, module_code)}/result/{attempt}", 303)


def _submitted(module_code: str, attempt: str, sent: SentAnswers, *, confirmed: bool) -> HandedIn:
    if module_code == REFRESHER:
        return renewing.submit(context(), actor(), attempt, sent, confirmed=confirmed)
    known_, was = sent.known, sent.was
    return quizzing.submit_check(
        context(), actor(), attempt, sent.answers, known=known_, confirmed=confirmed, was=was
    )


def _change_one(
    course_code: str, module_code: str, answers: Answers, seen: int
) -> Response | tuple[str, int]:
    """Do what a small button beside a question says, and come back to that question."""
    sent, paper = request.form, _open(course_code, module_code).paper
    if paper is None:
        raise Conflict("attempt.submitted")
    button = next(button for button in SMALL if button in sent)
    name = sent[button]
    number = next((at for at, one in enumerate(paper.questions, start=1) if one.id == name), 0)
    if not number:
        raise Invalid("question.no-choice")
    attempt, was = sent.get("attempt", ""), _was()
    if button == "tell":
        told = quizzing.comment_now(context(), actor(), attempt, name, answers, known=seen, was=was)
        return _shown_again(course_code, module_code, told.missing, number)
    instead = button == "instead"
    kept = quizzing.ask_instead(
        context(), actor(), attempt, name, answers, known=seen, instead=instead, was=was
    )
    return redirect(check_address(course_code, module_code) + _changed_at(kept, f"q{number}"), 303)


def _shown_again(
    course_code: str, module_code: str, missing: tuple[str, ...], number: int
) -> Response | tuple[str, int]:
    """Show a question with its comment, or ask for the rest of its answer first."""
    paper = _open(course_code, module_code).paper
    if paper and missing:
        return _questions(paper, missing), HTTPStatus.UNPROCESSABLE_ENTITY
    kept = Saved(paper.attempt.saved if paper else 0)
    return redirect(check_address(course_code, module_code) + _changed_at(kept, f"q{number}"), 303)


def _onward(course_code: str, module_code: str, do: str) -> str:
    """Return where to go after keeping: another language, the courses, the review, or the same page."""
    if only_draws():
        return check_address(course_code, module_code)
    if do == LEAVE:
        tell("answers-kept")
        return f"/{current_locale()}/my-learning"
    here = check_address(course_code, module_code)
    if do == REVIEW:
        return f"{here}/review"
    if do not in MOVES:
        tell("saved")
    return here


@page.post("/c/<course_code>/check/save", defaults={"module_code": ""})
@page.post("/c/<course_code>/<module_code>/check/save")
@rule(LEARNER)
def save(**_address: str) -> Response:
    """Keep answers while they are typed; answers a script (static/js/answers.js)."""
    sent = request.form
    saved = quizzing.save_answers(
        context(),
        actor(),
        sent.get("attempt", ""),
        read_answers(sent),
        save=_number(sent.get("save", "")),
        known=_number(sent.get("known", "")),
        was=_was(),
    )
    return jsonify(saved=saved.number, late=saved.late, was=_marks(saved.was))


# --- handing in -------------------------------------------------------------------------------------------
@page.get("/c/<course_code>/check/review", defaults={"module_code": ""})
@page.get("/c/<course_code>/<module_code>/check/review")
@rule(LEARNER)
def review(course_code: str, module_code: str) -> str | Response | tuple[str, int]:
    """Show all answers before they are handed in (WCAG 3.3.4)."""
    view = _opened(course_code, module_code)
    if not isinstance(view, CheckView):
        return view
    if view.paper is None:
        return redirect(check_address(course_code, module_code), 302)
    paper = view.paper
    place = place_of(paper.release, paper.module, refresher=paper.is_refresher)
    place["heading"] = gettext("Review your answers")
    lines = review_lines(paper, paper.sitting.answers, speaker_of(paper.release))
    return render_template(
        "pages/quiz/review.html",
        **place,
        attempt=paper.attempt,
        lines=tuple(lines),
        titles=[title_of(number, one) for number, one in enumerate(paper.questions, start=1)],
        missing=quizzing.missing_in(paper, paper.sitting.answers),
        one=reader_settings().questions == "one",
        submit_href=f"{place['check_href']}/submit",
    )


@page.post("/c/<course_code>/check/submit", defaults={"module_code": ""})
@page.post("/c/<course_code>/<module_code>/check/submit")
@rule(LEARNER)
def submit(course_code: str, module_code: str) -> Response:
    """Hand the answers in as they were looked over."""
    attempt = request.form.get("attempt", "")
    done = _submitted(module_code, attempt, SentAnswers({}, 0), confirmed=True)
    here = check_address(course_code, module_code)
    return redirect(here if done.waits else f"{here}/result/{attempt}", 303)
