"""Starting a course, going on after a lesson, keeping one’s place, the choice before a material change."""

from __future__ import annotations

from flask import Blueprint, jsonify, redirect, request
from werkzeug.wrappers import Response

from lms.actions import learning, moving
from lms.actions.sessions import recognise, start_visit
from lms.core.errors import NotAllowed
from lms.core.standing import Next
from lms.web.browser import device, wants_json
from lms.web.cookies import earlier_ticket, start_session
from lms.web.desk import actor, desk
from lms.web.i18n import current_locale
from lms.web.security import ANYONE, LEARNER, rule

page = Blueprint("course_enrol", __name__)


def next_address(course_code: str, step: Next) -> str:
    """Give the address of what comes next."""
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
    who, token = actor(), ""
    if not who.person:
        if recognise(desk(), earlier_ticket()).actor.is_member:
            raise NotAllowed("deed.sign-in-first")
        visit = start_visit(desk(), who, device=device(), before=earlier_ticket())
        who, token = visit.actor, visit.token
    mine = learning.enrol(desk(), who, course_code, current_locale())
    step = mine.standing.next(current_locale())
    response = redirect(next_address(course_code, step), 303)
    if token:
        start_session(response, token)
    return response


@page.post("/c/<course_code>/try")
@rule(LEARNER)
def try_first_module(course_code: str) -> Response:
    """Begin the first module of a course that needs another one first."""
    mine = learning.try_first_module(desk(), actor(), course_code, current_locale())
    return redirect(next_address(course_code, mine.standing.next(current_locale())), 303)


@page.post("/c/<course_code>/<module_code>/<lesson_code>/read")
@rule(LEARNER)
def read(course_code: str, module_code: str, lesson_code: str) -> Response:
    """Note that the lesson was read, and go on."""
    step = learning.read_lesson(
        desk(), actor(), course_code, module_code, lesson_code, locale=current_locale()
    )
    return redirect(next_address(course_code, step), 303)


@page.post("/c/<course_code>/<module_code>/<lesson_code>/place")
@rule(LEARNER)
def place(course_code: str, module_code: str, lesson_code: str) -> Response:
    """Keep the section where somebody leaves off."""
    anchor = request.form.get("anchor", "")
    learning.keep_place(
        desk(), actor(), course_code, module_code, lesson_code, anchor=anchor, locale=current_locale()
    )
    if wants_json():
        return jsonify(kept=True)
    return redirect(f"/{current_locale()}/my-learning?done=place-kept", 303)


@page.post("/c/<course_code>/move")
@rule(LEARNER)
def move(course_code: str) -> Response:
    """Choose the new version of a course."""
    moving.move_now(desk(), actor(), course_code)
    return redirect(f"/{current_locale()}/my-learning?done=moved", 303)


@page.post("/c/<course_code>/stay")
@rule(LEARNER)
def stay(course_code: str) -> Response:
    """Choose to finish the version that was begun."""
    moving.stay(desk(), actor(), course_code)
    return redirect(f"/{current_locale()}/my-learning?done=stays", 303)
