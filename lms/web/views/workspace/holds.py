"""Statements on hold: what is on hold now, putting one on hold, lifting a hold.

One form holds a date, whom to ask and a ready-made sentence in every language of the course; whoever changes
the date or the person without touching the sentence gets a new sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from typing import Any

from flask import Blueprint, redirect, render_template, request
from flask_babel import gettext, lazy_gettext
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response
from wtforms import HiddenField, StringField, TextAreaField
from wtforms.fields.core import Field

from lms.actions.legislation import holds
from lms.actions.legislation.holds import Holdable, HoldWish
from lms.actions.legislation.statements import HoldableStatement, named
from lms.core.courses.course import Module
from lms.core.errors import Conflict, Invalid, NotFound
from lms.core.legislation.held import HeldKind, Hold
from lms.core.locales import direction
from lms.core.operations.characters import one_line
from lms.rendering.lessons.blocks_law import held_sentence, whom_to_ask
from lms.rendering.words.marks import N_
from lms.rendering.words.translator import translator_for
from lms.web.shell.browser import only_draws
from lms.web.shell.current import actor, context
from lms.web.shell.forms import Form
from lms.web.shell.i18n import current_locale, voice
from lms.web.shell.moments import day_words
from lms.web.shell.notices import tell
from lms.web.shell.security import AUTHOR, STAFF, rule
from lms.web.words.refusals import words_of

page = Blueprint("workspace_holds", __name__)

KINDS: Mapping[HeldKind, str] = {
    HeldKind.BOX: N_("Statement about the law"),
    HeldKind.ITEM: N_("Quiz question"),
    HeldKind.LAW: N_("Everything based on this law"),
}
_DAY = len("2026-11-30")


class HoldForm(Form):
    """Since when; `form_of` adds whom to ask and what learners read, for each language of the course."""

    course = HiddenField()
    kind = HiddenField()
    item = HiddenField()
    since = StringField(lazy_gettext("When may it have changed?"))


class LiftForm(Form):
    """Why a hold is lifted."""

    why = TextAreaField(lazy_gettext("Why are you lifting it?"))


@dataclass(frozen=True, slots=True)
class Preview:
    """What learners read in one language: the label, the caution, the statement."""

    tag: str
    direction: str
    language: str
    label: str
    caution: str
    over: str
    statement: str


@dataclass(frozen=True, slots=True)
class HoldRow:
    """A hold in words."""

    hold: Hold
    kind: str
    course: str
    about: tuple[tuple[str, str], ...]  # (language, words) of what it is about
    said: tuple[tuple[str, str], ...]
    since: str
    made: str
    lifted: str
    href: str


# --- the list -----------------------------------------------------------------------------------------------
@page.get("/workspace/holds")
@rule(STAFF)
def listed() -> str:
    """Show what is on hold and what was, and where to begin."""
    rows = [_row(line) for line in holds.listed(context(), actor())]
    return render_template(
        "pages/workspace/holds/holds.html",
        in_place=[row for row in rows if not row.hold.lifted_at],
        lifted=[row for row in rows if row.hold.lifted_at],
        courses=[(one.id, one.title.text(current_locale())) for one in holds.courses(context(), actor())],
    )


def _row(line: holds.HoldLine) -> HoldRow:
    hold, statement = line.hold, line.statement
    locale = current_locale()
    about = _in_languages(statement) if statement else (("", hold.statement or hold.law),)
    return HoldRow(
        hold=hold,
        kind=gettext(KINDS[hold.kind]),
        course=line.course.title.text(locale),
        about=about,
        said=tuple(hold.words.by_locale.items()),
        since=voice().date(hold.since),
        made=day_words(hold.at),
        lifted=day_words(hold.lifted_at) if hold.lifted_at else "",
        href=f"/{locale}/workspace/holds/{hold.id}",
    )


def _in_languages(statement: HoldableStatement) -> tuple[tuple[str, str], ...]:
    """Return a statement in each language, the reader’s first; equal titles stand once."""
    words, locale = statement.words, current_locale()
    tags = sorted(words, key=lambda tag: tag != words.best(locale)[0])
    return tuple({words[tag]: (tag, words[tag]) for tag in reversed(tags)}.values())[::-1]


# --- choosing -----------------------------------------------------------------------------------------------
@page.get("/workspace/holds/new")
@rule(AUTHOR)
def choose() -> str:
    """Choose a course, then what in it, then say it; what is in the address already is not asked again."""
    asked = {name: request.args.get(name, "")[:300] for name in ("course", "kind", "item")}
    if not asked["course"]:
        return _choose_course(asked)
    found = holds.holdable(context(), actor(), asked["course"])
    if not asked["item"]:
        return _choose_statement(found)
    statement = _statement(found, asked["kind"], asked["item"])
    return _form_page(found, statement, _fresh(found, statement))[0]


def _choose_course(asked: Mapping[str, str]) -> str:
    offered = holds.courses(context(), actor())
    if asked["kind"] == HeldKind.LAW:
        offered = tuple(one for one in offered if _names(one.id, asked["item"]))
    choices = [(one.id, one.title.text(current_locale())) for one in offered]
    return render_template("pages/workspace/holds/hold_course.html", courses=choices, asked=asked)


def _names(course: str, law: str) -> bool:
    return named(holds.holdable(context(), actor(), course).statements, HeldKind.LAW, law) is not None


def _choose_statement(found: Holdable) -> str:
    groups: dict[str, list[dict[str, Any]]] = {}
    titles: dict[str, str] = {}
    for one in found.statements:
        anchor, title = _group(one)
        titles.setdefault(anchor, title)
        groups.setdefault(anchor, []).append(
            {
                "kind": one.kind.value,
                "item": one.name,
                "words": _in_languages(one),
                "hold": found.hold_on(one),
            }
        )
    return render_template(
        "pages/workspace/holds/hold_statement.html",
        course=found.release.course,
        groups=[(anchor, titles[anchor], some) for anchor, some in groups.items()],
        address=f"/{current_locale()}/workspace/holds",
    )


def _group(one: HoldableStatement) -> tuple[str, str]:
    """Return under which heading a statement stands: its lesson, quiz, team discussion, or the laws."""
    locale, module = current_locale(), one.module
    if module is None:
        return "laws", gettext("Whole laws")
    if one.lesson:
        return f"{module.code}-{one.lesson.code}", _of(module, one.lesson.title.text(locale))
    if one.kind is HeldKind.ITEM:
        return f"{module.code}-quiz", _of(module, gettext("Module quiz"))
    return f"{module.code}-team", _of(module, gettext("Team discussion"))


def _of(module: Module, title: str) -> str:
    return str(gettext("%(part)s – %(module)s", part=title, module=module.title.text(current_locale())))


def _statement(found: Holdable, kind: str, name: str) -> HoldableStatement:
    statement = named(found.statements, kind, name)
    if statement is None:
        raise NotFound("hold.statement-unknown", name=name)
    return statement


# --- the form -----------------------------------------------------------------------------------------------
def form_of(locales: Iterable[str], sent: MultiDict[str, str] | None, **values: Any) -> HoldForm:
    """Return the form for these languages."""
    fields: dict[str, Any] = {}
    for tag in locales:
        told = {"language": voice().language(tag)}
        fields[f"ask-{tag}"] = StringField(gettext("Who should people ask? (%(language)s)", **told))
        fields[f"words-{tag}"] = TextAreaField(gettext("What learners read (%(language)s)", **told))
        fields[f"made-{tag}"] = HiddenField()
    made: HoldForm = type("HoldFormInLanguages", (HoldForm,), fields)(sent, **values)
    return made


def _fresh(found: Holdable, statement: HoldableStatement) -> HoldForm:
    locales, today = found.release.course.required_locales, context().today()
    values = {"since": today, "course": found.release.course.id}
    for tag in locales:
        spoken = translator_for(tag)
        ask = whom_to_ask(spoken)
        sentence = held_sentence(spoken, today, ask)
        values |= {f"ask-{tag}": ask, f"words-{tag}": sentence, f"made-{tag}": sentence}
    return form_of(locales, None, kind=statement.kind.value, item=statement.name, **values)


def _typed(form: Form, name: str) -> str:
    field: Field = form[name]
    return one_line(str(field.data or ""))


def _is_day(text: str) -> bool:
    try:
        return len(text) == _DAY and bool(date.fromisoformat(text))
    except ValueError:
        return False


def _make_again(form: HoldForm, locales: Iterable[str]) -> None:
    """Make the sentences again that nobody has changed, with the date and the person as they are now."""
    since = _typed(form, "since")
    for tag in locales:
        spoken, said, ask = translator_for(tag), _typed(form, f"words-{tag}"), _typed(form, f"ask-{tag}")
        if _is_day(since) and ask and said == _typed(form, f"made-{tag}"):
            form[f"words-{tag}"].data = form[f"made-{tag}"].data = held_sentence(spoken, since, ask)


def _previews(found: Holdable, statement: HoldableStatement, form: HoldForm) -> list[Preview]:
    told = []
    for tag in found.release.course.required_locales:
        spoken = translator_for(tag)
        told.append(
            Preview(
                tag=tag,
                direction=direction(tag),
                language=voice().language(tag),
                label=spoken.gettext("On hold: we are checking this"),
                caution=_typed(form, f"words-{tag}"),
                over=spoken.gettext("What the law says") if statement.kind is HeldKind.BOX else "",
                statement=statement.words.text(tag),
            )
        )
    return told


def _form_page(
    found: Holdable, statement: HoldableStatement, form: HoldForm, status: int = HTTPStatus.OK
) -> tuple[str, int]:
    locales = found.release.course.required_locales
    return (
        render_template(
            "pages/workspace/holds/hold_form.html",
            form=form,
            problems=sum(bool(field.errors) for field in form) + len(form.form_errors),
            course=found.release.course,
            statement=statement,
            kind=gettext(KINDS[statement.kind]),
            words=_in_languages(statement),
            asks=[form[f"ask-{tag}"] for tag in locales],
            says=[(tag, direction(tag), form[f"words-{tag}"], form[f"made-{tag}"]) for tag in locales],
            previews=_previews(found, statement, form),
            is_item=statement.kind is not HeldKind.BOX,
            back=f"/{current_locale()}/workspace/holds",
        ),
        status,
    )


@page.post("/workspace/holds/new")
@rule(AUTHOR)
def make() -> Response | tuple[str, int]:
    """Put the statement on hold, or show the preview again."""
    sent = request.form
    found = holds.holdable(context(), actor(), sent.get("course", ""))
    statement = _statement(found, sent.get("kind", ""), sent.get("item", ""))
    locales = found.release.course.required_locales
    form = form_of(locales, sent)
    _make_again(form, locales)
    if sent.get("do") == "preview" or only_draws():
        return _form_page(found, statement, form)
    words = {tag: _typed(form, f"words-{tag}") for tag in locales}
    wish = HoldWish(
        found.release.course.id, statement.kind.value, statement.name, _typed(form, "since"), words
    )
    try:
        made = holds.hold(context(), actor(), wish)
    except Invalid as problem:
        form.take(problem)
        return _form_page(found, statement, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    except Conflict as problem:
        form.form_errors.append(words_of(problem.code, problem.params))
        return _form_page(found, statement, form, HTTPStatus.CONFLICT)
    tell("hold-made")
    return redirect(f"/{current_locale()}/workspace/holds#{made}", 303)


# --- lifting ------------------------------------------------------------------------------------------------
def _lift_page(hold_id: str, form: LiftForm, status: int = HTTPStatus.OK) -> tuple[str, int]:
    line = next((one for one in holds.listed(context(), actor()) if one.hold.id == hold_id), None)
    if line is None:
        raise NotFound("hold.unknown")
    problems = sum(bool(field.errors) for field in form)
    shown = render_template("pages/workspace/holds/hold.html", row=_row(line), form=form, problems=problems)
    return shown, status


@page.get("/workspace/holds/<hold>")
@rule(AUTHOR)
def show(hold: str) -> str:
    """Show one hold, and the form that lifts it."""
    return _lift_page(hold, LiftForm())[0]


@page.post("/workspace/holds/<hold>")
@rule(AUTHOR)
def lift(hold: str) -> Response | tuple[str, int]:
    """Lift a hold, with the reason."""
    form = LiftForm(request.form)
    if only_draws():
        return _lift_page(hold, form)
    try:
        holds.release_hold(context(), actor(), hold, _typed(form, "why"))
    except Invalid as problem:
        form.take(problem)
        return _lift_page(hold, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    tell("hold-lifted")
    return redirect(f"/{current_locale()}/workspace/holds", 303)
