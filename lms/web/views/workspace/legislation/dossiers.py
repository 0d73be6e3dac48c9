"""Change dossiers: the list, opening one, settling its lines, closing it, its PDFs."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from http import HTTPStatus
from typing import Any

from flask import Blueprint, redirect, render_template, request
from flask_babel import gettext, lazy_gettext, pgettext
from werkzeug.wrappers import Response
from wtforms import RadioField, SelectField, StringField

from lms.actions.action import Who, may
from lms.actions.authoring import checked_days
from lms.actions.legislation import dossier_papers, dossiers, editing
from lms.actions.legislation.dossiers import NewDossier
from lms.actions.legislation.editing import LOCALES
from lms.actions.legislation.impact import event_called
from lms.core.authoring.dossiers import OF_STATEMENTS, Settled, places
from lms.core.errors import Conflict, Invalid
from lms.core.operations.characters import writable_part
from lms.rendering.dossiers.dossier_sheet import KINDS, SETTLED
from lms.rendering.publishing.differences import statement_html
from lms.rendering.words.translator import sorted_by
from lms.web.shell.browser import only_draws
from lms.web.shell.current import actor, context
from lms.web.shell.forms import Form
from lms.web.shell.i18n import current_locale, voice
from lms.web.shell.moments import day_words
from lms.web.shell.notices import tell
from lms.web.shell.security import AUTHOR, STAFF, rule
from lms.web.views.workspace.legislation.impact import place_words, said_of
from lms.web.words.refusals import words_of

page = Blueprint("workspace_dossiers", __name__)
Answer = str | tuple[str, int] | Response
#: Where the page shows what a button did; everything else is seen among the statements.
_SHOWS = {
    "give": "give",
    "done": "task-list",
    "task": "task-list",
    "decide": "decide",
    "sign-off": "sign-off",
    "close": "papers",
}


_TYPED = ("reason", "read", "task", "decision", "sign_off", "settled")


class DossierForm(Form):
    """What changed, from when, and whether it matters."""

    law = SelectField(lazy_gettext("Law"), validate_choice=False)
    words = StringField(lazy_gettext("What changed"))
    effective = StringField(lazy_gettext("Effective date"))
    material = RadioField(lazy_gettext("Can it make a statement in a course false?"), validate_choice=False)


def _to(path: str, done: str) -> Response:
    tell(done)
    return redirect(f"/{current_locale()}/workspace/dossiers/{path}", 303)


@page.get("/workspace/dossiers")
@rule(STAFF)
def listed() -> str:
    """List the dossiers: those that are open, or all."""
    every = bool(request.args.get("all"))
    found = dossiers.waiting(context(), actor(), closed=every)
    return render_template("pages/workspace/dossiers/dossiers.html", found=found, every=every, day=day_words)


# --- opening ------------------------------------------------------------------------------------------
def _opening(form: DossierForm, event: str, report: str) -> str:
    locale = current_locale()
    laws = editing.laws(context(), actor()).lines
    named = sorted_by(
        ((one.law.id, one.law.title.text(locale)) for one in laws), lambda pair: pair[1], locale
    )
    form.law.choices = [("", gettext("Choose…")), *named]
    form.material.choices = [("yes", gettext("Yes")), ("no", gettext("No"))]
    return render_template(
        "pages/workspace/dossiers/new.html",
        form=form,
        event=event,
        report=report,
        problems=sum(bool(field.errors) for field in form) + len(form.form_errors),
    )


@page.get("/workspace/dossiers/new")
@rule(AUTHOR)
def new() -> str:
    """Show the form, filled in from an event where one is named."""
    law, event = request.args.get("law", ""), request.args.get("event", "")
    filled: dict[str, Any] = {"law": law}
    if law and event:
        entry = editing.law(context(), actor(), law).line.law
        if found := event_called(entry, event):
            material = "yes" if found.material else "no"
            words = found.words.text(current_locale())
            filled |= {"words": words, "effective": found.date, "material": material}
    return _opening(DossierForm(**filled), event, request.args.get("report", ""))


@page.post("/workspace/dossiers/new")
@rule(AUTHOR)
def open_dossier() -> Answer:
    """Open a dossier."""
    form = DossierForm(request.form)
    event, report = request.form.get("event", ""), request.form.get("report", "")
    if only_draws():
        return _opening(form, event, report)
    told = NewDossier(
        form.law.data or "",
        event,
        form.words.data or "",
        form.material.data or "",
        (form.effective.data or "").strip(),
        report,
    )
    try:
        made = dossiers.open_dossier(context(), actor(), told)
    except Invalid as refusal:
        form.take(refusal)
        return _opening(form, event, report), HTTPStatus.UNPROCESSABLE_ENTITY
    return _to(made, "dossier-opened")


def _where(titles: Mapping[str, Mapping[str, str]], course: str, place: str) -> str:
    """Name the place of a statement by the titles of its course and its lesson."""
    of_course = titles.get(course)
    named = place_words(titles, f"{course}/{place}")
    return f"{said_of(of_course)}, {named}" if of_course else named


def _named(params: Mapping[str, object], dossier: str) -> dict[str, object]:
    """Return what a refusal says, its statements named as their readers know them."""
    if not params.get("places"):
        return dict(params)
    found, spoken = dossiers.show(context(), actor(), dossier), voice()
    lines = {places((line,)): line for line in found.dossier.statements}
    told = [
        f"{_where(found.titles, line.course, line.place)} ({spoken.language(line.locale)})"
        for name in str(params["places"]).split(", ")
        if (line := lines.get(name))
    ]
    return {**params, "places": spoken.series(list(dict.fromkeys(told))) or params["places"]}


def _draft_of(course: str, place: str) -> str:
    """Return where a statement is written, below the workspace; nothing where no page shows its place.

    >>> _draft_of("c", "m/hello#st1"), _draft_of("c", "m/quiz#q1"), _draft_of("c", "glossary#word")
    ('c/m/hello#at-st1', 'c/m/quiz/q1', '')
    """
    where, _, name = place.partition("#")
    module, _, lesson = where.partition("/")
    if lesson == "quiz":
        return f"{course}/{module}/quiz/{name}"
    return f"{course}/{module}/{lesson}#at-{name}" if lesson and "/" not in lesson else ""


# --- one dossier ----------------------------------------------------------------------------------------
def _shown(dossier: str, wrong: tuple[tuple[str, str], ...] = (), typed: dict[str, Any] | None = None) -> str:
    """Show a dossier; `wrong` are fields and what is wrong with them, `typed` what was sent with them."""
    found = dossiers.show(context(), actor(), dossier)
    one = found.dossier
    by_place: dict[tuple[str, str, str], list[Any]] = {}
    for line in one.statements:
        by_place.setdefault((line.course, line.place, line.kind), []).append(line)
    return render_template(
        "pages/workspace/dossiers/dossier.html",
        found=found,
        dossier=one,
        places=by_place,
        where=partial(_where, found.titles),
        draft_of=_draft_of,
        courses=sorted({line.course for line in one.statements}),
        title_of=lambda course: said_of(found.titles[course]) if course in found.titles else course,
        kind=lambda name: gettext(KINDS[name]),
        settled=lambda line: pgettext("what became of a statement", SETTLED[line.settled]),
        is_new=lambda line: line.settled is Settled.REWRITTEN,
        words=lambda line: statement_html(line.old, line.new, line.locale, current_locale()),
        settled_lines=[line for line in one.lines if not line.is_open],
        choices=[
            (str(name), pgettext("what became of a statement", SETTLED[name])) for name in OF_STATEMENTS
        ],
        name=lambda person: found.names.get(person, gettext("a person whose account was deleted")),
        day=day_words,
        locales=one.locales or LOCALES,
        wrong=dict(wrong),
        typed={
            name: writable_part(said) if isinstance(said, str) else said
            for name, said in (typed or {}).items()
        },
        problems=len(wrong),
    )


@page.get("/workspace/dossiers/<dossier>")
@rule(STAFF)
def show(dossier: str) -> str:
    """Show one dossier."""
    return _shown(dossier)


@page.post("/workspace/dossiers/<dossier>")
@rule(STAFF)
def change(dossier: str) -> Answer:
    """Do what the pressed button says: settle lines, add a task or a decision, sign off, close."""
    sent = {
        name: request.form.get(name, "")
        for name in ("reason", "read", "task", "decision", "sign_off", "settled", "owner", "do")
    }
    sent["lines"] = request.form.getlist("line")  # type: ignore[assignment]  # the boxes that were ticked
    do = request.form.get("do", "")
    if not do and not may(actor(), Who.AUTHOR):  # sent without a button: nothing was asked for
        return _shown(dossier, typed=sent)
    try:
        _do(do, dossier, sent)
    except Invalid as refusal:
        found = [(one.place.file, words_of(one.rule, one.params)) for one in refusal.findings]
        wrong = tuple(found or [(do, words_of(refusal.code, refusal.params))])
        return _shown(dossier, wrong, sent), HTTPStatus.UNPROCESSABLE_ENTITY
    except Conflict as refusal:
        wrong = ((do, words_of(refusal.code, _named(refusal.params, dossier))),)
        return _shown(dossier, wrong, sent), HTTPStatus.CONFLICT
    return _to(
        f"{dossier}#{_SHOWS.get(do, 'settle')}", "dossier-closed" if do == "close" else "dossier-saved"
    )


def _do(do: str, dossier: str, sent: dict[str, Any]) -> None:
    here = context(), actor(), dossier
    owner, line = request.form.get("owner", ""), "".join(sent["lines"])
    deeds: dict[str, Any] = {
        "settle": lambda: _settle(dossier, sent),
        "done": lambda: dossiers.settle(*here, sent["lines"], "done"),
        "reopen": lambda: dossiers.reopen_line(*here, line),
        "give": lambda: dossiers.give(*here, line, owner, shown=request.form.get(f"was-{line}", "")),
        "task": lambda: dossiers.add_task(*here, sent["task"], owner),
        "decide": lambda: dossiers.decide(*here, sent["decision"]),
        "sign-off": lambda: dossiers.sign_off(*here, sent["sign_off"]),
        "close": lambda: dossiers.close(*here),
    }
    deeds.get(do, deeds["settle"])()


def _settle(dossier: str, sent: dict[str, Any]) -> None:
    """Settle the marked lines; with a day, the statements are marked as checked on it."""
    here, read = (context(), actor(), dossier, sent["lines"], sent["settled"]), sent["read"].strip()
    if read:
        checked_days.settle_as_read(*here, reason=sent["reason"], read=read)
    else:
        dossiers.settle(*here, reason=sent["reason"])


@page.get("/workspace/dossiers/<dossier>/<tag>.pdf")
@rule(STAFF)
def paper(dossier: str, tag: str) -> Response:
    """Hand out the PDF in a language."""
    found = dossier_papers.paper(context(), actor(), dossier, tag)
    disposition = f'attachment; filename="{found.name}"'
    headers = {"Content-Disposition": disposition}
    return Response(found.content, mimetype="application/pdf", headers=headers)
