"""Writing a lesson: every block in every language, saved together or one by one, never over anybody else."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from flask import Blueprint, jsonify, make_response, redirect, render_template, request
from werkzeug.wrappers import Response

from lms.actions.authoring import editing, history
from lms.actions.authoring.reach import may_write
from lms.actions.catalogue import reading
from lms.core.authoring.lessons.changes import SetFields, SetText
from lms.core.authoring.lessons.drafts import LessonDraft, LessonPlace
from lms.core.authoring.lessons.edits import Clash, Edit, SaveResult
from lms.core.authoring.lessons.pieces import Piece, piece_at, place_words
from lms.core.operations.characters import writable_part
from lms.web.shell.browser import wants_json
from lms.web.shell.current import actor, context
from lms.web.shell.forms import typed_here
from lms.web.shell.i18n import current_locale
from lms.web.shell.notices import tell
from lms.web.shell.security import AUTHOR, rule
from lms.web.words.refusals import words_of
from lms.web.workspace.around import around, base_of
from lms.web.workspace.form_edits import SentForm, Shown, moved, read_form, reads_as
from lms.web.workspace.page_model import PageModel, said_findings
from lms.web.workspace.piece_words import FIELDS_OF, field_words, hint_words, kind_words
from lms.web.workspace.word_differences import both_marked

page = Blueprint("lesson_editor", __name__)
#: Buttons that save and go on to another page.
_PAGES = {"add": "add", "inside": "add", "mark": "mark", "file": "file"}


@page.get("/workspace/<course>/<module>/<lesson>")
@rule(AUTHOR)
def lesson_editor(course: str, module: str, lesson: str) -> str:
    """Show a lesson to be written."""
    place = LessonPlace(course, module, lesson)
    draft = editing.open_lesson(context(), actor(), place)
    typed = dict(typed_here())
    writable = frozenset(locale for locale in draft.texts if may_write(actor(), course, locale))
    laws = reading.register(context(), actor()).laws
    model = PageModel(draft, laws, current_locale(), writable, typed)
    rows = model.rows()
    past = history.history(context(), actor(), place)
    last = next(iter(past.states), None)
    may_undo = last and last.person == actor().person and past.now[last.file] == last.digest and last.previous
    return render_template(
        "pages/workspace/lessons/lesson.html",
        **around(draft, place),
        draft=draft,
        rows=rows,
        headings=model.outline(rows),
        loose=said_findings(model.loose),
        undo=last.batch if last and may_undo else "",
        writable=writable,
    )


def _shown_again(draft: LessonDraft, locale: str, edit: Edit, at: tuple[int, ...]) -> str:
    """Return how the piece of an edit is to be named the next time: as it is now."""
    text = draft.texts[locale]
    piece = piece_at(text.root, at) if at else None
    if piece is None:
        return str(Shown(locale, text.digest, edit.wish.place, "", "", ""))
    return str(Shown.of(locale, text.digest, at, piece))


def _clash(draft: LessonDraft, clash: Clash) -> dict[str, Any]:
    """Return two texts for one piece, side by side."""
    edit, wish = clash.edit, clash.edit.wish
    mine = writable_part(wish.text) if isinstance(wish, SetText) else ""
    now, at = _now(draft, clash)
    theirs = clash.theirs.shown if clash.theirs else ""
    marked = both_marked(mine.replace("\r\n", "\n"), theirs)
    return {
        "key": f"{edit.locale}:{place_words(at or wish.place)}",
        "locale": edit.locale,
        "at": _shown_again(draft, edit.locale, edit, at),
        "kind": kind_words(now.kind) if now else "",
        "is_gone": now is None,
        "is_sure": clash.theirs is not None,
        "is_text": isinstance(wish, SetText),
        "mine": mine,
        "level": wish.level if isinstance(wish, SetText) else 0,
        "yours": marked[0],
        "theirs": marked[1],
        "fields": _fields(edit, now),
    }


def _now(draft: LessonDraft, clash: Clash) -> tuple[Piece | None, tuple[int, ...]]:
    """Return the block of a clash as it is now and its place: where it was, if only its values changed."""
    wish = clash.edit.wish
    if clash.theirs is not None or not isinstance(wish, SetFields) or not wish.values:
        return clash.theirs, clash.place
    piece = piece_at(draft.texts[clash.edit.locale].root, wish.place)
    is_such = piece is not None and set(wish.values) <= set(FIELDS_OF.get(piece.kind, ()))
    return (piece, wish.place) if is_such else (None, ())


def _fields(edit: Edit, theirs: Piece | None = None) -> list[dict[str, Any]]:
    """Return the values that were typed for a block, to be shown again beside those that it has now."""
    wish = edit.wish
    if not isinstance(wish, SetFields):
        return []
    laws = reading.register(context(), actor()).laws if wish.values.get("rests-on") else {}
    now = theirs.values if theirs else {}
    typed = [
        {
            "name": name,
            "words": field_words(name),
            "is_flag": False,
            "hint": hint_words(name),
            "value": writable_part(value),
            "theirs": now.get(name, "") if name != "rests-on" else "",
            "laws": [
                (law, laws[law].title.text(current_locale()) if law in laws else law) for law in value.split()
            ]
            if name == "rests-on"
            else [],
        }
        for name, value in wish.values.items()
    ]
    flags = [
        {"name": name, "words": field_words(name), "is_flag": True, "on": on}
        for name, on in wish.flags.items()
    ]
    return [*typed, *flags]


def _joined(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Make one of what was asked for of the same block: its own values, and those of every language."""
    by_key: dict[tuple[str, bool], dict[str, Any]] = {}
    for one in found:
        first = by_key.setdefault((one["key"], one["is_text"]), one)
        known = {each["name"] for each in first["fields"]}
        first["fields"] += [each for each in one["fields"] if each["name"] not in known]
    return list(by_key.values())


def _refusal(draft: LessonDraft, edit: Edit, code: str, params: Any) -> dict[str, Any]:
    wish = edit.wish
    at = next(iter(_places(draft, edit)), ())
    return {
        "key": f"{edit.locale}:{place_words(at or wish.place)}",
        "locale": edit.locale,
        "at": _shown_again(draft, edit.locale, edit, at),
        "words": words_of(code, params) if code else "",
        "fields": _fields(edit),
        "is_text": isinstance(wish, SetText),
        "mine": writable_part(wish.text) if isinstance(wish, SetText) else "",
        "level": wish.level if isinstance(wish, SetText) else 0,
    }


def _places(draft: LessonDraft, edit: Edit) -> list[tuple[int, ...]]:
    """Return where the piece of a refused edit is, if it is where it was."""
    piece = piece_at(draft.texts[edit.locale].root, edit.wish.place)
    return [edit.wish.place] if piece is not None else []


def _unsettled(place: LessonPlace, result: SaveResult) -> tuple[str, int]:
    """Show what could not be saved, with everything that was typed."""
    draft = editing.open_lesson(context(), actor(), place)
    status = HTTPStatus.CONFLICT if result.clashes else HTTPStatus.UNPROCESSABLE_ENTITY
    clashes = _joined([_clash(draft, one) for one in result.clashes])
    refused = _joined([_refusal(draft, *one) for one in result.refused])
    beside = _joined([_refusal(draft, edit, "", {}) for edit in result.beside])
    shown = render_template(
        "pages/workspace/releases/unsettled.html",
        **around(draft, place, here="/save"),
        draft=draft,
        clashes=clashes,
        refused=refused,
        beside=beside,
        problems=len(clashes) + len(refused),
    )
    return shown, status


def _chosen(form: SentForm) -> list[Edit]:
    """Leave out the pieces of which the other text was chosen."""
    kept = ((name.removeprefix("keep:"), request.form[name]) for name in request.form if name[:5] == "keep:")
    theirs = {key for key, whose in kept if whose == "theirs"}
    left = {(shown.locale, shown.place) for key, shown in form.pieces.items() if key in theirs}
    return [edit for edit in form.edits if (edit.locale, edit.wish.place) not in left]


def _answer(place: LessonPlace, form: SentForm, edits: list[Edit], result: SaveResult) -> Response:
    """Answer a script that has saved one piece: how it is shown from now on.

    Where the box no longer holds what is one piece of the file (an empty line has made two of it), the script
    is told that the page is to be drawn again.
    """
    draft = editing.open_lesson(context(), actor(), place)
    keys = {(shown.locale, shown.place): key for key, shown in form.pieces.items()}
    named, is_same = {}, True
    for edit, at in zip(edits, result.places, strict=False):
        piece = piece_at(draft.texts[edit.locale].root, at) if at else None
        key = keys[edit.locale, edit.wish.place]
        if piece is not None and at:
            names = request.form.get(f"fields:{key}", "").split()
            shown = Shown.of(edit.locale, draft.texts[edit.locale].digest, at, piece, names)
            named[key] = str(shown if names or not piece.is_container else shown.beside(form.pieces[key]))
        is_same &= not isinstance(edit.wish, SetText) or (
            piece is not None and reads_as(piece, edit.wish.text)
        )
    clash = [words_of("authoring.same-piece", {})] if result.clashes else []
    refused = [words_of(code, params) for _, code, params in result.refused]
    status = HTTPStatus.CONFLICT if clash else HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK
    body = {"at": named, "again": not is_same, "words": " ".join([*clash, *refused])}
    return make_response(jsonify(body), status)


@page.post("/workspace/<course>/<module>/<lesson>/save")
@rule(AUTHOR)
def save(course: str, module: str, lesson: str) -> Response | tuple[str, int]:
    """Save everything that was changed, then do what the button says."""
    place = LessonPlace(course, module, lesson)
    form = read_form(request.form)
    deed, _, rest = (request.form.get("do") or "").partition("=")
    keys = [key for key in rest.split(",") if key]
    edits = [*_chosen(form), *moved(form, deed, keys)]
    pointers = [
        form.pieces[key].edit(SetFields(form.pieces[key].place)) for key in keys if key in form.pieces
    ]
    goes_on = deed in _PAGES
    result = editing.save_lesson(context(), actor(), place, (*edits, *(pointers if goes_on else ())))
    if wants_json():
        return _answer(place, form, edits, result)
    if result.clashes or result.refused:
        return _unsettled(place, result)
    if goes_on:
        return redirect(_onward(place, deed, pointers, result), 303)
    tell("draft-saved" if result.batch else "draft-unchanged")
    anchor = f"#b-{keys[0].replace(':', '-')}" if keys else ""
    return redirect(f"{base_of(place)}{anchor}", 303)


def _onward(place: LessonPlace, deed: str, pointers: list[Edit], result: SaveResult) -> str:
    """Return the page on which a block is added, its words are marked, or its file is replaced."""
    found = zip(pointers, result.places[-len(pointers) :], strict=True) if pointers else ()
    keys = ",".join(f"{edit.locale}:{place_words(at)}" for edit, at in found if at)
    return f"{base_of(place)}/{_PAGES[deed]}?{deed}={keys}"


@page.post("/workspace/<course>/<module>/<lesson>/undo")
@rule(AUTHOR)
def undo(course: str, module: str, lesson: str) -> Response:
    """Take back what this author has saved last."""
    place = LessonPlace(course, module, lesson)
    history.undo(context(), actor(), place, request.form.get("batch", ""))
    tell("draft-undone")
    return redirect(base_of(place), 303)
