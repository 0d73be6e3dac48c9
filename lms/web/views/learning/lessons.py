"""Lessons, the job aids that stand on pages of their own, and the files that modules bring along."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
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
)
from flask_babel import gettext
from markupsafe import Markup
from werkzeug.exceptions import HTTPException
from werkzeug.http import is_resource_modified
from werkzeug.wrappers import Response as AnyResponse
from werkzeug.wsgi import wrap_file

from lms.actions.catalogue import reading
from lms.actions.learning.learning import LessonView, open_lesson
from lms.actions.legislation import held
from lms.core.courses.document import JobAid
from lms.core.errors import NotAllowed, NotFound
from lms.core.learning.prerequisites import Access
from lms.core.people.actors import NOBODY
from lms.core.people.reader_settings import ReaderSettings
from lms.rendering.lessons.lessons import client_page, job_aid, job_aid_html, text_language
from lms.web.lessons.chosen_place import chosen_place, keep_place
from lms.web.lessons.lesson_page import NO_PLACE, Spot, addresses_of, draw, has_finder, part_of
from lms.web.lessons.prepared import Reader, ReaderKind, Shelf, fill
from lms.web.shell.cookies import earlier_ticket
from lms.web.shell.current import actor, context, idled_out, ticket
from lms.web.shell.i18n import current_locale
from lms.web.shell.menus import Frame, reader_settings
from lms.web.shell.notices import tell
from lms.web.shell.security import ANYONE, bare_form_token, rule
from lms.web.words.progress_line import progress_line
from lms.web.words.states import state_bytes

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
    view = open_lesson(context(), ticket(), course_code, module_code, lesson_code)
    if view is None and idled_out().is_member:
        raise NotAllowed("deed.sign-in-first")
    if view is None or view.access == Access.ENROL:
        if view or not earlier_ticket():  # else the page of the course says what became of the session
            tell("begin-first" if view and view.known.actor.is_member else "begin-or-sign-in")
        return redirect(f"/{current_locale()}/c/{course_code}", 302)
    if view.access == Access.NEEDS:
        tell("needs-first")
        return redirect(f"/{current_locale()}/c/{course_code}", 302)
    g.known = view.known
    if view.access == Access.SIGN_UP:
        return _ask_to_sign_up(view)
    known, locale = view.known, current_locale()
    settings = known.reader if known.actor.is_member else reader_settings()
    part = 0
    if settings.sections == "one":
        part = part_of(view.lesson, locale, request.args.get("at", ""), request.args.get("part", ""))
    kind = ReaderKind(known.actor.is_member, known.actor.roles)
    place = chosen_place()
    place = place if place.code and has_finder(view.lesson) else NO_PLACE
    spot = Spot(view.release, view.module, view.lesson, locale, kind, part, place, view.held)
    register, today = reading.register(context(), known.actor), context().today()
    kept = _shelf().page(spot.key(today), register, lambda: draw(spot, register, today))
    answer = fill(kept, _reader(view, settings, locale))
    keep_place(answer, place)
    return answer


def _reader(view: LessonView, settings: ReaderSettings, locale: str) -> Reader:
    """Gather what this reader brings to the page."""
    at = view.standing.module(view.module.code) if view.standing else None
    lessons = at.lessons if at else ()
    states = {f"state-{one.lesson.code}": state_bytes(one.state, locale) for one in lessons}
    states["check"] = state_bytes("passed" if at and at.check_passed else "left", locale)
    was_read = any(one.read and not one.new for one in lessons if one.lesson is view.lesson)
    standing = view.standing
    states["progress"] = progress_line(standing.steps_done, standing.steps).encode() if standing else b""
    states["was-read"] = state_bytes("read", locale) if was_read else b""
    notices = Frame().notices
    if view.updated:
        notices += Markup('<div class="notice caution"><p>{}</p></div>').format(
            gettext("This lesson has changed since you read it.")
        )
    return Reader(settings, view.known.name, bare_form_token(), notices, states)


def _ask_to_sign_up(view: LessonView) -> AnyResponse:
    course = view.release.course
    g.sensitive = course.sensitive
    asked = render_template(
        "pages/lessons/sign_up.html", course=course, window_title=course.shown_title(current_locale())
    )
    return make_response(asked, HTTPStatus.FORBIDDEN)


@dataclass(frozen=True, slots=True)
class _Aid:
    block: JobAid
    lang: str
    title: str
    body: Markup
    lesson: str  # address


def _find_aid(course_code: str, module_code: str, lesson_code: str, block: str, *, client: bool) -> _Aid:
    release, module, found = reading.lesson(context(), actor(), course_code, module_code, lesson_code)
    g.sensitive = release.course.sensitive or module.sensitive
    locale = current_locale()
    lang = text_language(found, locale)
    aid = job_aid(found, lang, block)
    if aid is None or (client and not aid.client):
        raise NotFound("lesson.unknown", lesson=block)
    title, drawn = client_page(aid, aid.title) if client else (aid.title, aid)
    addresses = addresses_of(release, module, found, locale)
    today = context().today()
    html = job_aid_html(
        release,
        module,
        drawn,
        lang,
        locale,
        addresses=addresses,
        today=today,
        client=client,
        held=held.of_course(context(), actor(), release.course.id, release.version),
    )
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
def medium(digest: str) -> AnyResponse:
    """Return a picture, recording or caption file; parts of it when the browser asks for parts."""
    found = reading.medium(context(), NOBODY, digest)
    response = Response(
        wrap_file(request.environ, found.open()), mimetype=found.type, direct_passthrough=True
    )
    response.content_length = found.size
    response.set_etag(digest)
    response.headers["Cache-Control"] = FOREVER
    # What the browser has already, or does not want, is said before any parts are (RFC 9110 13.2.2).
    is_wanted = is_resource_modified(request.environ, response.headers["ETag"])
    try:
        return response.make_conditional(request.environ, accept_ranges=is_wanted, complete_length=found.size)
    except HTTPException:  # parts that the file does not have
        response.close()
        raise
