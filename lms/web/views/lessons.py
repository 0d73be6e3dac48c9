"""Lessons, the job aids that stand on pages of their own, and the files that modules bring along."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from flask import (
    Blueprint,
    Response,
    current_app,
    g,
    make_response,
    redirect,
    render_template,
    request,
    send_file,
)
from flask_babel import gettext
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from lms.actions import reading
from lms.actions.learning import ENROL, NEEDS, SIGN_UP, LessonView, open_lesson
from lms.core.document import JobAid
from lms.core.errors import NotFound
from lms.core.people import NOBODY
from lms.core.reader import ReaderSettings
from lms.rendering.lessons import client_page, job_aid, job_aid_html, text_language
from lms.web.desk import actor, desk, ticket
from lms.web.i18n import current_locale
from lms.web.lesson_page import Spot, addresses_of, draw, part_of
from lms.web.menus import Frame, reader_settings
from lms.web.prepared import Kind, Reader, Shelf, fill
from lms.web.security import ANYONE, form_token, rule
from lms.web.states import state_bytes

page = Blueprint("lessons", __name__)
root = Blueprint("media", __name__)
FOREVER = "public, max-age=31536000, immutable"


def _shelf() -> Shelf:
    kept = current_app.extensions
    if "parvis-shelf" not in kept:
        kept["parvis-shelf"] = Shelf()
    return cast("Shelf", kept["parvis-shelf"])


@page.get("/c/<course_code>/<module_code>/<lesson_code>")
@rule(ANYONE)
def lesson(course_code: str, module_code: str, lesson_code: str) -> AnyResponse:
    """Show a lesson to whoever has started the course; others see first what the course is."""
    view = open_lesson(desk(), ticket(), course_code, module_code, lesson_code)
    if view is None or view.access == ENROL:
        return redirect(f"/{current_locale()}/c/{course_code}", 302)
    if view.access == NEEDS:
        return redirect(f"/{current_locale()}/c/{course_code}?done=needs-first", 302)
    g.known = view.known
    if view.access == SIGN_UP:
        return _ask_to_sign_up(view)
    known, locale = view.known, current_locale()
    settings = known.reader if known.actor.is_member else reader_settings()
    part = 0
    if settings.sections == "one":
        part = part_of(view.lesson, locale, request.args.get("at", ""), request.args.get("part", ""))
    kind = Kind(known.actor.is_member, known.actor.roles)
    spot = Spot(view.release, view.module, view.lesson, locale, kind, part)
    register, today = reading.register(desk(), known.actor), desk().today()
    kept = _shelf().page(spot.key(today), register, lambda: draw(spot, register, today))
    return fill(kept, _reader(view, settings, locale))


def _reader(view: LessonView, settings: ReaderSettings, locale: str) -> Reader:
    """Gather what this reader brings to the page."""
    at = view.standing.module(view.module.code) if view.standing else None
    states = {
        f"state-{one.lesson.code}": state_bytes(one.state, locale) for one in (at.lessons if at else ())
    }
    states["check"] = state_bytes("passed" if at and at.check_passed else "quiz", locale)
    was_read = any(one.read for one in (at.lessons if at else ()) if one.lesson is view.lesson)
    states["was-read"] = state_bytes("read", locale) if was_read else b""
    notices = Frame().notices if request.args else Markup("")
    if view.updated:
        notices += Markup('<div class="notice caution"><p>{}</p></div>').format(
            gettext("This lesson has changed since you read it.")
        )
    return Reader(settings, view.known.name, form_token(), notices, states)


def _ask_to_sign_up(view: LessonView) -> AnyResponse:
    course = view.release.course
    g.sensitive = course.sensitive
    asked = render_template(
        "pages/lessons/sign_up.html", course=course, window_title=course.shown_title(current_locale())
    )
    return make_response(asked, 403)


@dataclass(frozen=True, slots=True)
class _Aid:
    block: JobAid
    lang: str
    title: str
    body: Markup
    lesson: str  # address


def _find_aid(course_code: str, module_code: str, lesson_code: str, block: str, *, client: bool) -> _Aid:
    release, module, found = reading.lesson(desk(), actor(), course_code, module_code, lesson_code)
    g.sensitive = release.course.sensitive or module.sensitive
    locale = current_locale()
    lang = text_language(found, locale)
    aid = job_aid(found, lang, block)
    if aid is None or (client and not aid.client):
        raise NotFound("lesson.unknown", lesson=block)
    title, drawn = client_page(aid, aid.title) if client else (aid.title, aid)
    addresses = addresses_of(release, module, found, locale)
    today = desk().today()
    html = job_aid_html(release, module, drawn, lang, locale, addresses=addresses, today=today, client=client)
    return _Aid(aid, lang, title, html, f"/{locale}/c/{course_code}/{module_code}/{lesson_code}")


@page.get("/c/<course_code>/<module_code>/<lesson_code>/aid/<block>")
@rule(ANYONE)
def aid(course_code: str, module_code: str, lesson_code: str, block: str) -> str:
    """Show a job aid alone, to print or to keep open at work."""
    found = _find_aid(course_code, module_code, lesson_code, block, client=False)
    return render_template("pages/lessons/aid.html", aid=found, client=bool(found.block.client))


@page.get("/c/<course_code>/<module_code>/<lesson_code>/aid/<block>/client")
@rule(ANYONE)
def client(course_code: str, module_code: str, lesson_code: str, block: str) -> str:
    """Show the version to hand to a client: plain words, no name of a course or of this site."""
    found = _find_aid(course_code, module_code, lesson_code, block, client=True)
    return render_template("pages/lessons/client.html", aid=found, back=f"{found.lesson}/aid/{block}")


@root.get("/media/<digest>")
@rule(ANYONE)
def medium(digest: str) -> Response:
    """Give a picture, recording or caption file; parts of it when the browser asks for parts."""
    found = reading.medium(desk(), NOBODY, digest)
    response = send_file(found.path, mimetype=found.type, conditional=True, etag=digest, max_age=31536000)
    response.headers["Cache-Control"] = FOREVER
    return response
