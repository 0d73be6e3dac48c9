"""A new block in a lesson: first its kind, then its words in every language, and its file if it has one."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from lms.actions.authoring import editing, uploads
from lms.actions.authoring.uploads import Upload
from lms.actions.catalogue import reading
from lms.core.authoring.lessons.drafts import LessonDraft, LessonPlace
from lms.core.authoring.lessons.media_types import PICTURE
from lms.core.authoring.lessons.pieces import HEADING, ROOT, Piece, piece_at, read_place, walk
from lms.core.errors import Invalid, NotFound
from lms.web.shell.current import actor, context
from lms.web.shell.i18n import current_locale
from lms.web.shell.notices import tell
from lms.web.shell.security import AUTHOR, rule
from lms.web.words.refusals import words_of
from lms.web.workspace.around import around, base_of
from lms.web.workspace.form_edits import Shown
from lms.web.workspace.new_block import UPLOADS, begun, insertions, part_words, parts_of
from lms.web.workspace.piece_words import FIELDS_OF, about_words, field_words, hint_words, kind_words

page = Blueprint("lesson_adding", __name__)
MOST_BYTES = 45_000_000  # a recording with its captions


def _spots(draft: LessonDraft, keys: str) -> dict[str, tuple[tuple[int, ...], Piece]]:
    """Return the pieces that an address names, by language; the whole lesson where it names none."""
    if not keys:
        return {locale: ((), text.root) for locale, text in draft.texts.items() if text.is_readable}
    found = {}
    for key in keys.split(","):
        locale, _, word = key.partition(":")
        place = read_place(word)
        piece = piece_at(draft.texts[locale].root, place) if place and locale in draft.texts else None
        if place and piece:
            found[locale] = (place, piece)
    if not found:
        raise NotFound("editing.piece-gone")
    return found


def _where(draft: LessonDraft, wanted: Mapping[str, str]) -> dict[str, Any]:
    """Say behind or in what the new block comes, and which kinds may stand there."""
    inside = bool(wanted.get("inside")) or not wanted.get("add")
    keys = wanted.get("inside") or wanted.get("add") or ""
    spots = _spots(draft, keys)
    locale, (place, piece) = next(iter(spots.items()))
    around_it = piece if inside else piece_at(draft.texts[locale].root, place[:-1])
    kind = around_it.kind if around_it else ROOT
    return {
        "inside": inside,
        "keys": keys,
        "spots": spots,
        "kinds": editing.kinds(context(), actor(), kind),
        "beside": kind_words(piece.kind) if place else "",
    }


def _laws() -> list[tuple[str, str]]:
    laws = reading.register(context(), actor()).laws
    return sorted(
        ((law.id, law.title.text(current_locale())) for law in laws.values()), key=lambda one: one[1]
    )


def _sections(draft: LessonDraft) -> list[tuple[str, str]]:
    root = next(iter(draft.texts.values())).root
    return [(piece.id, piece.shown) for _, piece in walk(root) if piece.kind == HEADING and piece.id]


def _named(draft: LessonDraft, where: Mapping[str, Any]) -> list[str]:
    """Name the places that the form is about, as they are now."""
    return [
        str(Shown.of(locale, draft.texts[locale].digest, place, piece)) if place else _root(draft, locale)
        for locale, (place, piece) in where["spots"].items()
    ]


def _root(draft: LessonDraft, locale: str) -> str:
    return str(Shown(locale, draft.texts[locale].digest, (), ROOT, "", ""))


def _show(place: LessonPlace, wanted: Mapping[str, str], problem: str = "") -> str:
    draft = editing.open_lesson(context(), actor(), place)
    where = _where(draft, wanted)
    kind = wanted.get("kind", "")
    chosen = kind if kind in where["kinds"] else ""
    names = FIELDS_OF.get(chosen, ())
    return render_template(
        "pages/workspace/lessons/add.html",
        **around(draft, place, here="/add"),
        draft=draft,
        deed="inside" if where["inside"] else "add",
        keys=where["keys"],
        beside=where["beside"],
        inside=where["inside"],
        kind=chosen,
        kind_name=kind_words(chosen) if chosen else "",
        kinds=[(one, kind_words(one), about_words(one)) for one in where["kinds"]],
        at=_named(draft, where),
        locales=list(where["spots"]),
        parts_list=[(part, part_words(chosen, part)) for part in parts_of(chosen)] if chosen else [],
        begun={locale: begun(chosen, locale) for locale in where["spots"]},
        names=names,
        field_words=field_words,
        hint_words=hint_words,
        laws=_laws() if "rests-on" in names else [],
        sections=_sections(draft) if "skip-to" in names else [],
        today=context().today(),
        file=UPLOADS.get(chosen, ""),
        typed=request.form,
        problem=problem,
        problems=bool(problem),
    )


@page.get("/workspace/<course>/<module>/<lesson>/add")
@rule(AUTHOR)
def lesson_adding(course: str, module: str, lesson: str) -> str:
    """Ask for the kind of the new block, then for its words."""
    return _show(LessonPlace(course, module, lesson), request.args)


def _uploaded(place: LessonPlace, kind: str) -> str:
    """Take the file of a new block and return the path under which it is shown."""
    wanted = UPLOADS[kind]
    locales = [value.partition("|")[0] for value in request.form.getlist("at")]
    is_said = all((request.form.get(f"f:{locale}:alt") or "").strip() for locale in locales)
    if wanted == PICTURE and not is_said and "f:decorative" not in request.form:
        raise Invalid("upload.alternative-missing")
    sent = request.files.get("file")
    captions = {}
    if kind == "video":
        found = {locale: request.files.get(f"captions:{locale}") for locale in locales}
        captions = {locale: one.read() for locale, one in found.items() if one and one.filename}
        if len(captions) < len(locales):
            raise Invalid("upload.captions-missing")
    content = sent.read() if sent else b""
    return uploads.upload(context(), actor(), place, Upload(content, captions), (wanted,))


@page.post("/workspace/<course>/<module>/<lesson>/add")
@rule(AUTHOR, most_bytes=MOST_BYTES)
def add_block(course: str, module: str, lesson: str) -> Response | tuple[str, int]:
    """Put the new block in."""
    place, kind = LessonPlace(course, module, lesson), request.form.get("kind", "")
    inside = request.form.get("deed") == "inside"
    wanted = {"kind": kind, "inside" if inside else "add": request.form.get("keys", "")}
    try:
        src = _uploaded(place, kind) if kind in UPLOADS else ""
        edits = insertions(request.form, kind, src, inside=inside)
        result = editing.save_lesson(context(), actor(), place, edits)
    except Invalid as problem:
        return _show(place, wanted, words_of(problem.code, problem.params)), HTTPStatus.UNPROCESSABLE_ENTITY
    if result.refused or result.clashes:
        code, params = result.refused[0][1:] if result.refused else ("editing.piece-gone", {})
        return _show(place, wanted, words_of(code, params)), HTTPStatus.UNPROCESSABLE_ENTITY
    tell("draft-saved")
    key = (wanted.get("inside") or wanted.get("add") or "").partition(",")[0]
    return redirect(f"{base_of(place)}{'#b-' + key.replace(':', '-') if key else ''}", 303)
