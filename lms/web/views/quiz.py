"""Checks in the browser: begin, answer, leave off and come back, look over, hand in, read the comments.

One form holds all questions; whichever of its buttons is pressed, everything typed is kept first. A module
check and the final check share these pages: without a module the address means the final one.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, g, jsonify, redirect, render_template, request
from flask_babel import gettext
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from lms.actions import quizzing, results
from lms.actions.learning import my_course
from lms.actions.papers import Paper
from lms.actions.quizzing import CheckView
from lms.actions.sessions import drop_typed, typed_at
from lms.core.course import Module, Release
from lms.core.errors import Conflict, Invalid, NotAllowed, NotFound
from lms.core.quiz import Answers, OrderQuestion
from lms.core.replies import merged
from lms.core.standing import check_minutes
from lms.rendering.words import voice
from lms.web.browser import wants_language
from lms.web.desk import actor, desk, known
from lms.web.i18n import current_locale
from lms.web.lesson_page import addresses_of
from lms.web.quiz_form import fields_of, moved, read_answers
from lms.web.quiz_results import mark_words, result_lines, review_lines
from lms.web.quiz_words import Speaker
from lms.web.security import LEARNER, rule

page = Blueprint("quiz", __name__)

CHECK, CHECK_ANYWAY, LEAVE, REVIEW = "check", "check-anyway", "leave", "review"
HANDS_IN, SMALL = frozenset({CHECK, CHECK_ANYWAY}), ("move", "instead", "first")
FORBIDDEN, UNPROCESSABLE = 403, 422


# --- where we are ---------------------------------------------------------------------------------------
def _address(course_code: str, module_code: str, locale: str = "") -> str:
    module = f"/{module_code}" if module_code else ""
    return f"/{locale or current_locale()}/c/{course_code}{module}/check"


def _place(release: Release, module: Module | None) -> dict[str, Any]:
    """Give heading, trail and titles; a sensitive course shows its neutral title and numbers."""
    course, locale = release.course, current_locale()
    g.sensitive = course.sensitive or (module is not None and module.sensitive)
    shown = course.shown_title(locale)
    numbers = {"modules": len(release.modules)}
    heading, place, neutral = gettext("Final check"), gettext("All %(modules)s modules", **numbers), ""
    if course.sensitive:
        neutral = gettext("%(course)s, final check", course=shown)
    if module:
        numbers["module"] = release.modules.index(module) + 1
        heading = gettext("Check what you know: %(title)s", title=module.title.text(locale))
        place = gettext("Module %(module)s of %(modules)s", **numbers)
        if course.sensitive:
            neutral = gettext("%(course)s, module %(module)s, check", course=shown, module=numbers["module"])
    code = module.code if module else ""
    course_href = f"/{locale}/c/{course.code}"
    return {
        "heading": heading,
        "place_words": place,
        "window_title": neutral,
        "course_title": "" if course.sensitive else course.title.text(locale),
        "trail": [
            (f"/{locale}/", gettext("Home")),
            (f"/{locale}/courses", gettext("Courses")),
            (course_href, course.title.text(locale)),
        ],
        "course": course,
        "course_href": course_href,
        "check_href": _address(course.code, code),
        "is_final": module is None,
        "tell_href": addresses_of(release, module or release.modules[-1], None, locale).report("check"),
    }


def _speaker_of(release: Release) -> Any:
    """Give what says the words of a question: each module’s quiz has its own Markdown and its own links."""
    locale = current_locale()
    speakers = {
        module.id: Speaker(
            module.quiz, locale, addresses_of(release, module, None, locale), module.sign_videos
        )
        for module in release.modules
    }
    return lambda entry: speakers[entry.module.id]


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0  # noqa: PLR2004  # fits a column


def _opened(course_code: str, module_code: str) -> CheckView | Response | tuple[str, int]:
    """Open a check, or lead to where somebody has to go first: the course’s page, or making an account."""
    try:
        return quizzing.open_check(desk(), actor(), course_code, module_code)
    except NotFound as problem:
        if problem.code != "learning.not-enrolled":
            raise
        return redirect(f"/{current_locale()}/c/{course_code}", 302)
    except NotAllowed as problem:
        if problem.code != "learning.sign-up-to-go-on":
            raise
        return _sign_up_first(course_code)


def _sign_up_first(course_code: str) -> tuple[str, int]:
    mine = my_course(desk(), actor(), course_code)
    if mine is None:
        raise NotFound("learning.not-enrolled")
    course = mine.release.course
    g.sensitive = course.sensitive
    shown = course.shown_title(current_locale())
    return render_template("pages/lessons/sign_up.html", course=course, window_title=shown), FORBIDDEN


# --- answering ------------------------------------------------------------------------------------------
@page.get("/c/<course_code>/check", defaults={"module_code": ""})
@page.get("/c/<course_code>/<module_code>/check")
@rule(LEARNER)
def check(course_code: str, module_code: str) -> str | Response | tuple[str, int]:
    """Show the questions, or what the check is about where none is under way."""
    view = _opened(course_code, module_code)
    if not isinstance(view, CheckView):
        return view
    return _questions(view.paper) if view.paper else _begin(view)


def _begin(view: CheckView) -> str:
    course, module, last = view.release.course, view.module, view.last
    questions = module.quiz.draw if module else course.final_items
    at = view.standing.module(module.code) if module else None
    left = at.lessons_left if at else sum(one.lessons_left for one in view.standing.modules)
    return render_template(
        "pages/quiz/begin.html",
        **_place(view.release, module),
        questions=questions,
        minutes=check_minutes(questions),
        pass_mark=course.pass_mark,
        last=last,
        last_words=mark_words(last.points, last.out_of) if last else "",
        lessons_left=left,
        new_attempt=desk().new_id(),
    )


def _questions(paper: Paper, missing: tuple[str, ...] = ()) -> str:
    answers: dict[str, Any] = dict(paper.sitting.answers)
    typed = typed_at(known(), request.path)
    if typed:
        sent = read_answers(MultiDict(typed))
        answers |= merged(answers, paper.sitting.saves, sent, paper.attempt.saved)
    fields = fields_of(paper, answers, _speaker_of(paper.release))
    question, _, step = request.args.get("moved", "").partition(":")
    place = _place(paper.release, paper.module)
    return render_template(
        "pages/quiz/check.html",
        **place,
        attempt=paper.attempt,
        fields=fields,
        missing=missing,
        problem_links=[
            (f"#{one.first}", gettext("Question %(number)s has no complete answer yet.", number=one.number))
            for one in fields
            if one.question in missing
        ],
        brought_back=bool(typed),
        moved={question: step},
        save_href=f"{place['check_href']}/save",
    )


@page.post("/c/<course_code>/check/start", defaults={"module_code": ""})
@page.post("/c/<course_code>/<module_code>/check/start")
@rule(LEARNER)
def start(course_code: str, module_code: str) -> Response:
    """Draw the questions."""
    quizzing.start_check(desk(), actor(), course_code, module_code, request.form.get("attempt", ""))
    return redirect(_address(course_code, module_code), 303)


@page.post("/c/<course_code>/check", defaults={"module_code": ""})
@page.post("/c/<course_code>/<module_code>/check")
@rule(LEARNER)
def send_check(course_code: str, module_code: str) -> Response | tuple[str, int]:
    """Keep what was typed, then do what the button says."""
    sent, here = request.form, _address(course_code, module_code)
    attempt, do = sent.get("attempt", ""), sent.get("do", "")
    answers, seen = read_answers(sent), _number(sent.get("known", ""))
    try:
        if do in HANDS_IN and module_code and "switch_to" not in sent:
            return _hand_in(course_code, module_code, answers, seen, confirmed=do == CHECK_ANYWAY)
        if any(button in sent for button in SMALL):
            return redirect(here + _change_one(course_code, module_code, answers, seen), 303)
        quizzing.keep_answers(desk(), actor(), attempt, answers, known=seen)
    except Conflict as problem:
        if problem.code != "attempt.submitted":
            raise
        return redirect(f"{here}/result/{attempt}", 303)
    _drop_typed()
    return redirect(_onward(course_code, module_code, do), 303)


def _hand_in(
    course_code: str, module_code: str, answers: Answers, seen: int, *, confirmed: bool
) -> Response | tuple[str, int]:
    attempt = request.form.get("attempt", "")
    done = quizzing.submit_check(desk(), actor(), attempt, answers, known=seen, confirmed=confirmed)
    _drop_typed()
    if done.missing:
        view = quizzing.open_check(desk(), actor(), course_code, module_code)
        if view.paper:
            return _questions(view.paper, done.missing), UNPROCESSABLE
    return redirect(f"{_address(course_code, module_code)}/result/{attempt}", 303)


def _drop_typed() -> None:
    """Forget what was brought back after signing in again: it is kept in the attempt now."""
    if "typed" in known().keep:
        drop_typed(desk(), actor())


def _change_one(course_code: str, module_code: str, answers: Answers, seen: int) -> str:
    """Do what a small button beside a question says; give the place on the page to come back to."""
    sent, paper = request.form, quizzing.open_check(desk(), actor(), course_code, module_code).paper
    if paper is None:
        raise Conflict("attempt.submitted")
    name, _, step = next(sent[button] for button in SMALL if button in sent).partition(":")
    number, entry = next(
        ((at, one) for at, one in enumerate(paper.asked, start=1) if one.question.id == name), (0, None)
    )
    if entry is None:
        raise Invalid("question.no-choice")
    attempt, anchor = sent.get("attempt", ""), f"#q{number}"
    if "move" not in sent:
        instead = "instead" in sent
        quizzing.ask_instead(desk(), actor(), attempt, name, answers, known=seen, instead=instead)
        return anchor
    which, _, way = step.partition(":")
    if isinstance(entry.question, OrderQuestion):
        order = moved(entry.question, entry, answers.get(name, {}), which, up=way == "up")
        quizzing.keep_answers(desk(), actor(), attempt, {**answers, name: order}, known=seen)
    # No anchor: a browser gives the focus to the button that was pressed only where the address has none.
    return f"?{urlencode({'moved': f'{name}:{step}'})}"


def _onward(course_code: str, module_code: str, do: str) -> str:
    """Say where to go after keeping: another language, the courses, the review, or the same page."""
    if wants_language():
        return _address(course_code, module_code)
    if do == LEAVE:
        return f"/{current_locale()}/my-learning?done=answers-kept"
    here = _address(course_code, module_code)
    return f"{here}/review" if do == REVIEW else f"{here}?done=saved"


@page.post("/c/<course_code>/check/save", defaults={"module_code": ""})
@page.post("/c/<course_code>/<module_code>/check/save")
@rule(LEARNER)
def save(**_address: str) -> Response:
    """Keep answers while they are typed; answers a script (static/js/answers.js)."""
    sent = request.form
    saved = quizzing.save_answers(
        desk(),
        actor(),
        sent.get("attempt", ""),
        read_answers(sent),
        save=_number(sent.get("save", "")),
        known=_number(sent.get("known", "")),
    )
    return jsonify(saved=saved.number, late=saved.late)


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
        return redirect(_address(course_code, module_code), 302)
    paper, place = view.paper, _place(view.paper.release, view.paper.module)
    place["heading"] = gettext("Look over your answers")
    lines = review_lines(paper, paper.sitting.answers, _speaker_of(paper.release))
    return render_template(
        "pages/quiz/review.html",
        **place,
        attempt=paper.attempt,
        lines=tuple(lines),
        missing=quizzing.missing_in(paper, paper.sitting.answers),
        submit_href=f"{place['check_href']}/submit",
    )


@page.post("/c/<course_code>/check/submit", defaults={"module_code": ""})
@page.post("/c/<course_code>/<module_code>/check/submit")
@rule(LEARNER)
def submit(course_code: str, module_code: str) -> Response:
    """Hand the answers in as they were looked over."""
    attempt = request.form.get("attempt", "")
    quizzing.submit_check(desk(), actor(), attempt, {}, known=0, confirmed=True)
    return redirect(f"{_address(course_code, module_code)}/result/{attempt}", 303)


@page.get("/c/<course_code>/check/result/<attempt>", defaults={"module_code": ""})
@page.get("/c/<course_code>/<module_code>/check/result/<attempt>")
@rule(LEARNER)
def result(course_code: str, module_code: str, attempt: str) -> str:
    """Show the mark, and a comment on every answer."""
    view = results.result(desk(), actor(), attempt)
    paper, locale = view.paper, current_locale()
    module = paper.module
    if (paper.release.course.code, module.code if module else "") != (course_code, module_code):
        raise NotFound("attempt.unknown")
    place = _place(paper.release, module)
    place["heading"] = gettext("Result: %(check)s", check=_short(module))
    return render_template(
        "pages/quiz/result.html",
        **place,
        attempt=paper.attempt,
        mark_words=mark_words(paper.attempt.points, paper.attempt.out_of),
        lines=tuple(result_lines(view, _speaker_of(paper.release), locale)),
        standing=view.standing,
        step=view.standing.next(locale),
        can_retry=module is None or view.current.module(module.code) is not None,
        results_href=f"{place['course_href']}/results",
        law_as_of=voice(locale).date(paper.release.law_as_of),
    )


def _short(module: Module | None) -> str:
    return module.title.text(current_locale()) if module else gettext("Final check")
