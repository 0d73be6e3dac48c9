"""Words of a block made strong, a link, a term, a law or a phrase in another language, without signs."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from lms.actions.authoring import editing
from lms.actions.catalogue import reading
from lms.core.authoring.lessons.changes import SetText
from lms.core.authoring.lessons.drafts import LessonDraft, LessonPlace
from lms.core.authoring.lessons.pieces import HEADING, piece_at, read_place, walk
from lms.core.errors import Invalid, NotFound
from lms.web.shell.current import actor, context
from lms.web.shell.i18n import current_locale, voice
from lms.web.shell.notices import tell
from lms.web.shell.security import AUTHOR, rule
from lms.web.words.refusals import words_of
from lms.web.workspace.around import around, base_of
from lms.web.workspace.form_edits import Shown
from lms.web.workspace.marks import LANGUAGE, LAW, LESSON, OUTSIDE, SECTION, TERM, WAYS, marked
from lms.web.workspace.new_block import LANGUAGES

page = Blueprint("lesson_marking", __name__)
_VALUES = {
    OUTSIDE: "address",
    TERM: "term",
    LAW: "law",
    SECTION: "section",
    LESSON: "lesson",
    LANGUAGE: "language",
}


def _show(place: LessonPlace, key: str, problem: str = "") -> str:
    draft = editing.open_lesson(context(), actor(), place)
    locale, _, word = key.partition(":")
    at = read_place(word)
    piece = piece_at(draft.texts[locale].root, at) if at and locale in draft.texts else None
    if piece is None or at is None or piece.is_container:
        raise NotFound("editing.piece-gone")
    terms = [term for term, _ in reading.glossary(context(), actor()).terms]
    laws = reading.register(context(), actor()).laws
    headings = (one for _, one in walk(draft.texts[locale].root) if one.kind == HEADING and one.id)
    mine = current_locale()
    return render_template(
        "pages/workspace/lessons/mark.html",
        **around(draft, place, here="/mark"),
        key=key,
        text_locale=locale,
        text=piece.shown,
        at=str(Shown.of(locale, draft.texts[locale].digest, at, piece)),
        ways=WAYS,
        terms=sorted(((term.id, term.term.text(mine)) for term in terms), key=lambda one: one[1]),
        laws=sorted(((law.id, law.title.text(mine)) for law in laws.values()), key=lambda one: one[1]),
        sections=[(one.id, one.shown) for one in headings],
        lessons=_lessons(draft, mine),
        languages=[(tag, voice().language(tag)) for tag in LANGUAGES],
        typed=request.form,
        problem=problem,
        problems=bool(problem),
    )


def _lessons(draft: LessonDraft, locale: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the other lessons of the course by module: how each is linked, and what it is called."""
    return [
        (
            module.title.text(locale),
            [
                (f"{module.id}/{one.id}", one.title.text(locale))
                for one in module.lessons
                if (module.id, one.id) != (draft.module.id, draft.lesson.id)
            ],
        )
        for module in draft.course.modules
    ]


@page.get("/workspace/<course>/<module>/<lesson>/mark")
@rule(AUTHOR)
def lesson_marking(course: str, module: str, lesson: str) -> str:
    """Ask which words, and what they become."""
    return _show(LessonPlace(course, module, lesson), request.args.get("mark", ""))


@page.post("/workspace/<course>/<module>/<lesson>/mark")
@rule(AUTHOR)
def mark_words(course: str, module: str, lesson: str) -> Response | tuple[str, int]:
    """Mark the words and save the block."""
    place, key = LessonPlace(course, module, lesson), request.form.get("key", "")
    shown, way = Shown.read(request.form.get("at", "")), request.form.get("way", "")
    if shown is None:
        raise NotFound("editing.piece-gone")
    try:
        value = (request.form.get(_VALUES.get(way, "")) or "").strip()
        text = marked(
            request.form.get("text", "").replace("\r\n", "\n"), request.form.get("marked", ""), way, value
        )
    except Invalid as problem:
        return _show(place, key, words_of(problem.code, problem.params)), HTTPStatus.UNPROCESSABLE_ENTITY
    result = editing.save_lesson(context(), actor(), place, [shown.edit(SetText(shown.place, text))])
    if result.clashes or result.refused:
        return _show(place, key, words_of("authoring.same-piece", {})), HTTPStatus.CONFLICT
    tell("draft-saved")
    return redirect(f"{base_of(place)}#b-{key.replace(':', '-')}", 303)
