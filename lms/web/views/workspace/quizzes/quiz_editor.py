"""The questions of a draft’s quiz, one of them, and a new one: drawn from the file, saved one by one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, redirect, render_template, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from lms.actions.authoring import quiz_editing
from lms.actions.catalogue import reading
from lms.core.authoring.quizzes.question_forms import QuestionForm, digest_of, taken
from lms.core.authoring.quizzes.quiz_draft import PlacedFinding, QuizDraft
from lms.core.courses.findings import Severity
from lms.core.errors import Conflict, Invalid, NotFound
from lms.web.quizzes.question_fields import PartField, question_fields, shown_elsewhere
from lms.web.quizzes.quiz_editor_words import KINDS
from lms.web.shell.current import actor, context
from lms.web.shell.i18n import current_locale
from lms.web.shell.notices import tell
from lms.web.shell.security import AUTHOR, rule
from lms.web.words.finding_lines import finding_line
from lms.web.words.refusals import words_of

page = Blueprint("quiz_editor", __name__)
_LONGEST = 160  # characters of a question in a list


def _href(course: str, module: str, *more: str) -> str:
    return "/".join((f"/{current_locale()}/workspace/{course}/{module}/quiz", *more))


def _frame(draft: QuizDraft) -> dict[str, Any]:
    """Return what every page about one quiz shows: where it belongs, and its addresses."""
    locale = current_locale()
    home = f"/{locale}/workspace"
    return {
        "quiz_href": _href(draft.course.id, draft.module),
        "quiz_title": draft.title.text(locale) or draft.module,
        "trail": [
            (f"/{locale}/", gettext("Home")),
            (home, gettext("Workspace")),
            (f"{home}/{draft.course.id}", draft.course.title.text(locale)),
        ],
    }


def _read(course: str, module: str) -> QuizDraft:
    return quiz_editing.quiz(context(), actor(), course, module)


def _said(entry: Mapping[str, Any]) -> tuple[str, str]:
    """Return the language and the beginning of a question, in the reader's language where it has it."""
    prompt = entry.get("prompt")
    said = {tag: str(text) for tag, text in prompt.items() if text} if isinstance(prompt, Mapping) else {}
    tag = current_locale() if current_locale() in said else next(iter(said), current_locale())
    text = said.get(tag, "") or gettext("This question has no words yet")
    return tag, text if len(text) <= _LONGEST else f"{text[:_LONGEST].rsplit(' ', 1)[0]} …"


def _outcome(draft: QuizDraft, entry: Mapping[str, Any]) -> str:
    found = (one.words.text(current_locale()) for one in draft.outcomes if one.id == entry.get("outcome"))
    return next(found, "")


def _line(draft: QuizDraft, entry: Mapping[str, Any], number: int) -> dict[str, Any]:
    findings = draft.findings_of(entry["id"])
    errors = sum(one.finding.severity is Severity.ERROR for one in findings)
    lang, text = _said(entry)
    kind = KINDS.get(str(entry.get("kind")))
    return {
        "id": entry["id"],
        "number": number,
        "lang": lang,
        "text": text,
        "kind": gettext(kind[0]) if kind else "",
        "outcome": _outcome(draft, entry),
        "errors": errors,
        "others": len(findings) - errors,
        "digest": digest_of(entry),
    }


# --- the list -------------------------------------------------------------------------------------------
@page.get("/workspace/<course>/<module>/quiz")
@rule(AUTHOR)
def quiz_editor(course: str, module: str) -> str:
    """Show the questions of a quiz and its settings."""
    return _listed(_read(course, module))


def _listed(draft: QuizDraft, error: str = "", draw: str | None = None) -> str:
    lines = [_line(draft, entry, number) for number, entry in enumerate(draft.entries, start=1)]
    return render_template(
        "pages/workspace/checks/quiz_editor.html",
        **_frame(draft),
        lines=lines,
        draw=str(draft.value.get("draw", "")) if draw is None else draw,
        draw_error=error,
        now=quiz_editing.settings_of(draft.value),
        comments=request.form.get("comments") or draft.value.get("comments", "end"),
        is_readable=draft.is_readable,
        findings=[finding_line(one.finding) for one in draft.other_findings],
    )


@page.post("/workspace/<course>/<module>/quiz/settings")
@rule(AUTHOR)
def save_settings(course: str, module: str) -> Response | tuple[str, int]:
    """Save how many questions are asked and when answers are commented on."""
    draw = request.form.get("draw", "").strip()
    try:
        quiz_editing.set_quiz(
            context(),
            actor(),
            course,
            module,
            draw=draw,
            comments=request.form.get("comments", ""),
            expected=request.form.get("expected", "-"),
        )
    except (Invalid, Conflict) as refusal:
        if refusal.code not in {"quiz.draw-shape", "quiz.settings-changed"}:
            raise
        return _listed(_read(course, module), words_of(refusal.code, refusal.params), draw), refusal.status
    tell("quiz-saved")
    return redirect(_href(course, module), 303)


@page.post("/workspace/<course>/<module>/quiz/<question>/move")
@rule(AUTHOR)
def move(course: str, module: str, question: str) -> Response:
    """Move a question by one place."""
    by = -1 if request.form.get("to") == "up" else 1
    quiz_editing.move_question(context(), actor(), course, module, question, by=by)
    tell("question-moved")
    return redirect(f"{_href(course, module)}#q-{question}", 303)


@page.get("/workspace/<course>/<module>/quiz/<question>/remove")
@rule(AUTHOR)
def remove_question(course: str, module: str, question: str) -> str:
    """Show what would be taken out, before it is."""
    draft = _read(course, module)
    entry, number = _entry(draft, question)
    line = _line(draft, entry, number)
    return render_template("pages/workspace/checks/remove_question.html", **_frame(draft), line=line)


@page.post("/workspace/<course>/<module>/quiz/<question>/remove")
@rule(AUTHOR)
def remove(course: str, module: str, question: str) -> Response:
    """Take a question out of the draft."""
    expected = request.form.get("expected", "-")
    quiz_editing.remove_question(context(), actor(), course, module, question, expected=expected)
    tell("question-removed")
    return redirect(_href(course, module), 303)


# --- a new one ------------------------------------------------------------------------------------------
@page.get("/workspace/<course>/<module>/quiz/new")
@rule(AUTHOR)
def new_question(course: str, module: str) -> str:
    """Ask of which kind a new question is, and what it checks."""
    return _asked(_read(course, module))


def _asked(draft: QuizDraft, error: str = "") -> str:
    kinds = [(kind, *map(gettext, said)) for kind, said in KINDS.items()]
    outcomes = [(one.id, one.words.text(current_locale())) for one in draft.outcomes]
    return render_template(
        "pages/workspace/checks/new_question.html",
        **_frame(draft),
        kinds=kinds,
        outcomes=outcomes,
        kind=request.form.get("kind", ""),
        outcome=request.form.get("outcome", ""),
        error=error,
    )


@page.post("/workspace/<course>/<module>/quiz/new")
@rule(AUTHOR)
def add(course: str, module: str) -> Response | tuple[str, int]:
    """Add a question and lead to it."""
    kind, outcome = request.form.get("kind", ""), request.form.get("outcome", "")
    try:
        made = quiz_editing.add_question(context(), actor(), course, module, kind=kind, outcome=outcome)
    except Invalid as refusal:
        if not refusal.code.startswith("question."):
            raise
        return _asked(_read(course, module), words_of(refusal.code, refusal.params)), refusal.status
    tell("question-added")
    return redirect(_href(course, module, made), 303)


# --- one question ---------------------------------------------------------------------------------------
def _entry(draft: QuizDraft, question: str) -> tuple[Mapping[str, Any], int]:
    for number, entry in enumerate(draft.entries, start=1):
        if entry["id"] == question:
            return entry, number
    raise NotFound("question.gone", question=question)


@page.get("/workspace/<course>/<module>/quiz/<question>")
@rule(AUTHOR)
def edit_question(course: str, module: str, question: str) -> str:
    """Show one question to be filled in, each finding beside its field."""
    draft = _read(course, module)
    entry, number = _entry(draft, question)
    return _form(draft, entry, number, digest_of(entry), draft.findings_of(question))


@page.post("/workspace/<course>/<module>/quiz/<question>")
@rule(AUTHOR)
def save_question(course: str, module: str, question: str) -> Response | tuple[str, int]:
    """Save one question; where somebody else saved it first, show both versions and lose none."""
    sent = {name: tuple(values) for name, values in request.form.lists() if name != "csrf_token"}
    expected = request.form.get("expected", "-")
    try:
        quiz_editing.save_question(context(), actor(), course, module, question, sent=sent, expected=expected)
    except (Conflict, Invalid) as refusal:
        if refusal.code not in {"question.changed", "draft.by-hand", "draft.changed", "input.characters"}:
            raise
        return _kept(course, module, question, refusal)
    tell("question-saved")
    following = request.form.get("then") == "next"
    return redirect(_next(course, module, question) if following else _href(course, module, question), 303)


def _next(course: str, module: str, question: str) -> str:
    """Return where the question after this one is; behind the last one the list."""
    ids = [entry["id"] for entry in _read(course, module).entries]
    place = ids.index(question) + 1 if question in ids else len(ids)
    return _href(course, module, *ids[place : place + 1])


def _kept(course: str, module: str, question: str, refusal: Conflict | Invalid) -> tuple[str, int]:
    """Show what was typed again, beside what the draft says now."""
    draft = _read(course, module)
    entry, number = _entry(draft, question)
    sent = {name: tuple(values) for name, values in request.form.lists()}
    mine = taken(entry, QuestionForm(sent, draft.locales, lambda: "new"))
    told = words_of(refusal.code, refusal.params)
    others = _differences(draft, mine, entry) if refusal.code == "question.changed" else []
    return _form(draft, mine, number, digest_of(entry), (), told, others), refusal.status


def _differences(
    draft: QuizDraft, mine: Mapping[str, Any], theirs: Mapping[str, Any]
) -> list[dict[str, str]]:
    """Return the texts that two versions of a question do not have in common."""
    said, other = (dict(_texts(question_fields(one, draft.locales, ()))) for one in (mine, theirs))
    return [
        {"label": label, "lang": lang, "mine": said.get(key, ""), "theirs": other.get(key, "")}
        for key in dict.fromkeys((*said, *other))
        for _, label, lang in (key,)
        if said.get(key, "") != other.get(key, "")
    ]


def _texts(parts: tuple[PartField, ...], above: str = "") -> list[tuple[tuple[str, str, str], str]]:
    found = []
    for part in parts:
        label = f"{above} – {part.label}" if above else part.label
        found += [((field.name, label, field.lang), field.text) for field in part.fields]
        for row in part.rows:
            if not row.is_new:
                found += _texts(row.parts, row.title)
    return found


def _laws(entry: Mapping[str, Any]) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Return the laws that a question is based on, and all others, by name."""
    locale = current_locale()
    known = {law.id: law.title.text(locale) for law in reading.register(context(), actor()).laws.values()}
    listed = entry.get("rests_on")
    chosen = [str(law) for law in listed] if isinstance(listed, tuple) else []
    others = [(law, title) for law, title in known.items() if law not in chosen]
    return [(law, known.get(law, law)) for law in chosen], sorted(others, key=lambda one: one[1].casefold())


def _form(  # noqa: PLR0917  # all that one page shows
    draft: QuizDraft,
    entry: Mapping[str, Any],
    number: int,
    expected: str,
    findings: tuple[PlacedFinding, ...],
    told: str = "",
    others: list[dict[str, str]] | None = None,
) -> str:
    kind = KINDS.get(str(entry.get("kind")), ("", "", ""))
    chosen, laws = _laws(entry)
    return render_template(
        "pages/workspace/checks/edit_question.html",
        **{
            **_frame(draft),
            "trail": [*_frame(draft)["trail"], (_href(draft.course.id, draft.module), _quiz_words(draft))],
        },
        question_href=_href(draft.course.id, draft.module, entry["id"]),
        number=number,
        count=len(draft.entries),
        kind=[gettext(one) if one else "" for one in kind],
        parts=question_fields(entry, draft.locales, findings),
        findings=shown_elsewhere(entry, findings),
        outcomes=[(one.id, one.words.text(current_locale())) for one in draft.outcomes],
        outcome=entry.get("outcome", ""),
        chosen=chosen,
        laws=laws,
        expected=expected,
        told=told,
        others=others or [],
    )


def _quiz_words(draft: QuizDraft) -> str:
    return str(gettext("Quiz: %(title)s", title=draft.title.text(current_locale()) or draft.module))
