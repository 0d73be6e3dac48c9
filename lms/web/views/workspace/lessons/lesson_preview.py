"""A lesson of a draft as learners will read it, in any language, size and theme; nothing is kept."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

from flask import Blueprint, Response, render_template, request
from flask_babel import gettext
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse
from werkzeug.wsgi import wrap_file

from lms.actions.authoring import editing, uploads
from lms.actions.catalogue import reading
from lms.core.authoring.lessons.drafts import LessonPlace
from lms.core.courses.durations import lesson_minutes
from lms.core.courses.opaque import opaque
from lms.core.errors import NotFound
from lms.core.people.reader_settings import CHOICES, ReaderSettings
from lms.rendering.lessons.anchors import Addresses, Picture
from lms.rendering.lessons.blocks_pictures import manner_of, size_of
from lms.rendering.lessons.lessons import lesson_html, text_language
from lms.rendering.words.translator import translator_for
from lms.web.shell.current import actor, context
from lms.web.shell.i18n import current_locale
from lms.web.shell.menus import Frame, reader_attributes, reader_settings
from lms.web.shell.security import FILE_POLICY, STAFF, rule
from lms.web.workspace.around import around, base_of

page = Blueprint("lesson_preview", __name__)


class _PreviewFrame(Frame):
    """The frame with the reading settings that the address asks for."""

    @cached_property
    def reader_attributes(self) -> Markup:
        """How the page is to be read."""
        wishes = {**reader_settings().chosen, **request.args.to_dict()}
        return reader_attributes(ReaderSettings.of(wishes))


def _picture(place: LessonPlace, path: str) -> Picture:
    """Return where a file of the draft is and how large it is shown."""
    name = path.removeprefix("media/")
    address = f"{base_of(place)}/media/{name}"
    try:
        medium = uploads.draft_medium(context(), actor(), place, name)
    except NotFound:
        return Picture(address)
    raw = medium.read() if medium.type.startswith("image/") else b""
    return Picture(address, *size_of(raw), manner_of(raw))


def _addresses(place: LessonPlace, locale: str) -> Addresses:
    return Addresses(
        lesson=lambda module, lesson: f"/{locale}/workspace/{place.course}/{module}/{lesson}/preview",
        term=lambda term: f"/{locale}/glossary#{opaque(term)}",
        law=lambda law: f"/{locale}/register/{opaque(law)}",
        page=lambda name: f"/{locale}/{name}",
        media=lambda path: _picture(place, path),
        here=f"{base_of(place)}/preview",
    )


@page.get("/workspace/<course>/<module>/<lesson>/preview")
@rule(STAFF)
def lesson_preview(course: str, module: str, lesson: str) -> str:
    """Show a lesson as learners will read it."""
    place = LessonPlace(course, module, lesson)
    draft = editing.open_lesson(context(), actor(), place)
    release, its_module, found = editing.preview(context(), actor(), place)
    locale = request.args.get("in", "")
    if locale not in found.documents:
        locale = text_language(found, current_locale()) if found.documents else current_locale()
    drawn = None
    if found.documents:
        drawn = lesson_html(
            release,
            its_module,
            replace(found, documents={locale: found.documents[locale]}),
            current_locale(),
            addresses=_addresses(place, current_locale()),
            today=context().today(),
            laws=reading.register(context(), actor()).laws,
        )
    return render_template(
        "pages/workspace/lessons/preview.html",
        **around(draft, place, here="/preview"),
        frame=_PreviewFrame(),
        draft=draft,
        drawn=drawn,
        text_locale=locale,
        own_title=found.title.text(locale),
        time_words=translator_for(current_locale()).length(lesson_minutes(found)),
        themes=_choices("theme"),
        sizes=_choices("size"),
        chosen=ReaderSettings.of({**reader_settings().chosen, **request.args.to_dict()}),
    )


def _choices(name: str) -> list[tuple[str, str]]:
    words = {
        "system": gettext("Same as my device"),
        "light": gettext("Light"),
        "dark": gettext("Dark"),
        "contrast": gettext("High contrast"),
        "small": gettext("Small"),
        "normal": gettext("Normal"),
        "large": gettext("Large"),
        "larger": gettext("Larger"),
        "largest": gettext("Largest"),
    }
    return [(choice, words[choice]) for choice in CHOICES[name]]


@page.get("/workspace/<course>/<module>/<lesson>/media/<name>")
@rule(STAFF)
def draft_medium(course: str, module: str, lesson: str, name: str) -> AnyResponse:
    """Return a picture, recording or caption file of a draft."""
    found = uploads.draft_medium(context(), actor(), LessonPlace(course, module, lesson), name)
    response = Response(
        wrap_file(request.environ, found.open()), mimetype=found.type, direct_passthrough=True
    )
    response.content_length = found.size
    response.headers["Content-Security-Policy"] = FILE_POLICY
    return response
