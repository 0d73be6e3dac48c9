"""The files of a lesson: another picture or recording for a block, and sign-language videos of its parts."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from flask import Blueprint, redirect, render_template, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from lms.actions.authoring import editing, quiz_editing, uploads
from lms.actions.authoring.uploads import Upload
from lms.actions.catalogue import reading
from lms.core.authoring.lessons.changes import SetFields
from lms.core.authoring.lessons.drafts import LessonDraft, LessonPlace
from lms.core.authoring.lessons.media_types import PICTURE, SIGNED, VIDEO
from lms.core.authoring.lessons.pieces import HEADING, Piece, piece_at, read_place, walk
from lms.core.courses.course import SignVideo
from lms.core.errors import Invalid, NotFound
from lms.core.locales import Words
from lms.web.shell.current import actor, context
from lms.web.shell.i18n import current_locale, voice
from lms.web.shell.notices import tell
from lms.web.shell.security import AUTHOR, rule
from lms.web.views.workspace.lessons.lesson_adding import MOST_BYTES
from lms.web.words.refusals import words_of
from lms.web.workspace.around import around, base_of
from lms.web.workspace.form_edits import Shown
from lms.web.workspace.new_block import UPLOADS
from lms.web.workspace.piece_words import field_words, hint_words, kind_words

page = Blueprint("lesson_files", __name__)
Spots = dict[str, tuple[tuple[int, ...], Piece]]


def _spots(draft: LessonDraft, keys: str) -> Spots:
    """Return the block that an address names, by language.

    Raises: NotFound `editing.piece-gone`.
    """
    found: Spots = {}
    for key in keys.split(","):
        locale, _, word = key.partition(":")
        at = read_place(word)
        piece = piece_at(draft.texts[locale].root, at) if at and locale in draft.texts else None
        if at and piece and piece.kind in UPLOADS:
            found[locale] = (at, piece)
    if not found:
        raise NotFound("editing.piece-gone")
    return found


# --- another file for a block -------------------------------------------------------------------------------
def _file(place: LessonPlace, keys: str, problem: str = "") -> str:
    draft = editing.open_lesson(context(), actor(), place)
    spots = _spots(draft, keys)
    first = next(iter(spots.values()))[1]
    return render_template(
        "pages/workspace/lessons/file.html",
        **around(draft, place, here="/file"),
        keys=keys,
        at=[
            str(Shown.of(locale, draft.texts[locale].digest, spot, piece))
            for locale, (spot, piece) in spots.items()
        ],
        kind_name=kind_words(first.kind),
        file=UPLOADS[first.kind],
        now=first.values.get("src", ""),
        alts={locale: piece.values.get("alt", "") for locale, (_, piece) in spots.items()},
        is_decorative="decorative" in first.flags,
        locales=list(spots),
        hint=hint_words("alt"),
        decorative=field_words("decorative"),
        typed=request.form,
        problem=problem,
        problems=bool(problem),
    )


@page.get("/workspace/<course>/<module>/<lesson>/file")
@rule(AUTHOR)
def lesson_file(course: str, module: str, lesson: str) -> str:
    """Ask what the new picture shows, or for the new recording with its captions."""
    return _file(LessonPlace(course, module, lesson), request.args.get("file", ""))


def _alternatives(locales: list[str]) -> tuple[dict[str, str], bool]:
    """Return what the picture shows in each language, and whether it is only decoration.

    Raises: Invalid `upload.alternative-missing`.
    """
    said = {locale: request.form.get(f"f:{locale}:alt", "").strip() for locale in locales}
    is_decorative = "f:decorative" in request.form
    if not all(said.values()) and not is_decorative:
        raise Invalid("upload.alternative-missing")
    return said, is_decorative


def _taken(place: LessonPlace, wanted: str, now: str, locales: list[str]) -> str:
    """Take what was sent and return the path of the file: that of today where only captions came.

    Raises: as `uploads.upload`; Invalid `upload.captions-missing`.
    """
    sent = request.files.get("file")
    found = {locale: request.files.get(f"captions:{locale}") for locale in locales}
    captions = {locale: one.read() for locale, one in found.items() if one and one.filename}
    content = sent.read() if sent else b""
    if wanted == VIDEO and captions and not content:
        uploads.caption(context(), actor(), place, now, captions)
        return now
    if wanted == VIDEO and content and len(captions) < len(locales):
        raise Invalid("upload.captions-missing")
    return uploads.upload(context(), actor(), place, Upload(content, captions), (wanted,))


@page.post("/workspace/<course>/<module>/<lesson>/file")
@rule(AUTHOR, most_bytes=MOST_BYTES)
def replace_file(course: str, module: str, lesson: str) -> Response | tuple[str, int]:
    """Put the new file in the place of the old one, in every language of the block."""
    place, keys = LessonPlace(course, module, lesson), request.form.get("keys", "")
    shown = [one for one in map(Shown.read, request.form.getlist("at")) if one]
    spots = _spots(editing.open_lesson(context(), actor(), place), keys)
    first = next(iter(spots.values()))[1]
    wanted = UPLOADS[first.kind]
    try:
        said, off = _alternatives(list(spots)) if wanted == PICTURE else ({}, False)
        src = _taken(place, wanted, first.values.get("src", ""), list(spots))
        edits = [
            one.edit(
                SetFields(
                    one.place,
                    {"src": src} | ({"alt": said.get(one.locale, "")} if wanted == PICTURE else {}),
                    {"decorative": off} if wanted == PICTURE else {},
                )
            )
            for one in shown
        ]
        result = editing.save_lesson(context(), actor(), place, edits)
    except Invalid as problem:
        return _file(place, keys, words_of(problem.code, problem.params)), HTTPStatus.UNPROCESSABLE_ENTITY
    if result.clashes or result.refused:
        return _file(place, keys, words_of("authoring.same-piece", {})), HTTPStatus.CONFLICT
    tell("draft-saved")
    return redirect(f"{base_of(place)}#b-{keys.partition(',')[0].replace(':', '-')}", 303)


# --- sign language ------------------------------------------------------------------------------------------
def _parts(draft: LessonDraft, place: LessonPlace) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return what a video may be of, in groups: how each is written, and its words."""
    locale = current_locale()
    text = draft.texts.get(locale) or next(iter(draft.texts.values()))
    sections = [(f"#{one.id}", one.shown) for _, one in walk(text.root) if one.kind == HEADING and one.id]
    quiz = quiz_editing.quiz(context(), actor(), place.course, place.module)
    questions = [
        (f"question:{one['id']}", gettext("Question %(number)s", number=number))
        for number, one in enumerate(quiz.entries, start=1)
    ]
    known = (term for term, _ in reading.glossary(context(), actor()).terms)
    terms = sorted(((f"term:{one.id}", one.term.text(locale)) for one in known), key=lambda one: one[1])
    return [
        (gettext("Sections of this lesson"), sections),
        (gettext("Questions of the quiz"), questions),
        (gettext("Terms of the glossary"), terms),
    ]


def _signing(place: LessonPlace, problem: str = "") -> str:
    draft = editing.open_lesson(context(), actor(), place)
    groups = _parts(draft, place)
    called: dict[str, Any] = {value: words for _, parts in groups for value, words in parts}
    return render_template(
        "pages/workspace/lessons/signing.html",
        **around(draft, place, here="/signing"),
        videos=[
            (one, called.get(one.part, gettext("A part of another lesson")))
            for one in uploads.signed(context(), actor(), place)
        ],
        groups=groups,
        languages=[(tag, voice().language(tag)) for tag in SIGNED],
        locales=draft.course.locales,
        typed=request.form,
        problem=problem,
        problems=bool(problem),
    )


@page.get("/workspace/<course>/<module>/<lesson>/signing")
@rule(AUTHOR)
def signing(course: str, module: str, lesson: str) -> str:
    """Show the sign-language videos of the module, and the form of another one."""
    return _signing(LessonPlace(course, module, lesson))


@page.post("/workspace/<course>/<module>/<lesson>/signing")
@rule(AUTHOR, most_bytes=MOST_BYTES)
def add_signing(course: str, module: str, lesson: str) -> Response | tuple[str, int]:
    """Add a video, or take one away."""
    place, sent = LessonPlace(course, module, lesson), request.files.get("file")
    form = request.form
    try:
        if "remove" in form:
            uploads.unsign(context(), actor(), place, form["remove"])
        else:
            said = {name[11:]: words for name, words in form.items() if name.startswith("transcript:")}
            wish = SignVideo(form.get("part", ""), form.get("tongue", ""), "", "", Words(said))
            uploads.sign(context(), actor(), place, sent.read() if sent else b"", wish)
    except Invalid as problem:
        return _signing(place, words_of(problem.code, problem.params)), HTTPStatus.UNPROCESSABLE_ENTITY
    tell("draft-saved")
    return redirect(f"{base_of(place)}/signing", 303)
