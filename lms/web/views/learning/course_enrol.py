"""Starting a course, going on after a lesson, keeping one’s place, the choice before a material change."""

from __future__ import annotations

from flask import Blueprint, jsonify, redirect, request
from werkzeug.wrappers import Response

from lms.actions import visits
from lms.actions.learning import learning, moving
from lms.core.learning.progress import Next
from lms.web.shell.browser import browser, wants_json
from lms.web.shell.cookies import start_session
from lms.web.shell.current import actor, context
from lms.web.shell.i18n import current_locale
from lms.web.shell.notices import tell
from lms.web.shell.security import ANYONE, LEARNER, rule

page = Blueprint("course_enrol", __name__)


def next_address(course_code: str, step: Next) -> str:
    """Return the address of what comes next."""
    base = f"/{current_locale()}/c/{course_code}"
    if step.kind == "lesson":
        at = f"?at={step.anchor}#{step.anchor}" if step.anchor else ""
        return f"{base}/{step.module}/{step.lesson}{at}"
    last = {"check": f"/{step.module}/check", "final": "/check", "complete": "/results"}
    return base + last[step.kind]


@page.post("/c/<course_code>/start")
@rule(ANYONE)
def start(course_code: str) -> Response:
    """Start a course; somebody without an account begins a visit, which opens the first module."""
    if actor().person:
        mine = learning.enrol(context(), actor(), course_code, current_locale())
        return _begun(course_code, mine)
    visit = visits.begin(context(), actor(), course_code, current_locale(), browser=browser())
    response = _begun(course_code, visit.learning)
    start_session(response, visit.token)
    return response


def _begun(course_code: str, mine: learning.Learning) -> Response:
    return redirect(next_address(course_code, mine.standing.next()), 303)


@page.post("/c/<course_code>/try")
@rule(LEARNER)
def try_first_module(course_code: str) -> Response:
    """Begin the first module of a course that needs another one first."""
    mine = learning.try_first_module(context(), actor(), course_code, current_locale())
    return _begun(course_code, mine)


@page.post("/c/<course_code>/<module_code>/<lesson_code>/read")
@rule(LEARNER)
def read(course_code: str, module_code: str, lesson_code: str) -> Response:
    """Note that the lesson was read, and go on."""
    step = learning.read_lesson(
        context(), actor(), course_code, module_code, lesson_code, locale=current_locale()
    )
    return redirect(next_address(course_code, step), 303)


@page.post("/c/<course_code>/<module_code>/<lesson_code>/place")
@rule(LEARNER)
def place(course_code: str, module_code: str, lesson_code: str) -> Response:
    """Keep the section where somebody leaves off."""
    anchor = request.form.get("anchor", "")
    learning.keep_place(
        context(), actor(), course_code, module_code, lesson_code, anchor=anchor, locale=current_locale()
    )
    if wants_json():
        return jsonify(kept=True)
    tell("place-kept")
    return redirect(f"/{current_locale()}/my-learning", 303)


@page.post("/c/<course_code>/move")
@rule(LEARNER)
def move(course_code: str) -> Response:
    """Choose the new version of a course."""
    moving.move_now(context(), actor(), course_code)
    tell("moved")
    return redirect(f"/{current_locale()}/my-learning", 303)


@page.post("/c/<course_code>/stay")
@rule(LEARNER)
def stay(course_code: str) -> Response:
    """Choose to finish the version that was begun."""
    moving.stay(context(), actor(), course_code)
    tell("stays")
    return redirect(f"/{current_locale()}/my-learning", 303)
