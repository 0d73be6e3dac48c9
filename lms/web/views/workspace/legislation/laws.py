"""The register of laws as authors edit it: the list, one law, an event, a new entry."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from lms.actions.legislation import dates, dossiers, editing
from lms.core.authoring.impact import event_name, find_event
from lms.core.errors import Conflict, Invalid
from lms.core.legislation.register import PENDING, Event
from lms.rendering.lessons.blocks_law import doubt_of, official_of
from lms.rendering.words.places import status_words
from lms.rendering.words.translator import sorted_by, translator_for
from lms.web.shell.browser import only_draws
from lms.web.shell.current import actor, context
from lms.web.shell.i18n import current_locale
from lms.web.shell.notices import tell
from lms.web.shell.security import AUTHOR, rule
from lms.web.views.workspace.legislation.law_forms import EventForm, LawForm, ReadForm
from lms.web.words.doubt_words import CONFIDENCE
from lms.web.words.legal_words import REGIONS, STATUSES, TOPICS, choices, happened, said
from lms.web.words.refusals import words_of

page = Blueprint("workspace_laws", __name__)
_FILTERS = ("jurisdiction", "topic", "status")
Answer = str | tuple[str, int] | Response


def _to(path: str, done: str) -> Response:
    tell(done)
    return redirect(f"/{current_locale()}/workspace/laws/{path}", 303)


def _problems(form: Any) -> int:
    return sum(bool(field.errors) for field in form) + len(form.form_errors)


@page.get("/workspace/laws")
@rule(AUTHOR)
def laws() -> str:
    """List the register; filters travel in the address and are sent by a button."""
    chosen = {name: request.args.get(name, "").strip()[:40] for name in _FILTERS}
    doubt = bool(request.args.get("doubt"))
    found = editing.laws(context(), actor(), **chosen, doubt=doubt)
    locale = current_locale()
    return render_template(
        "pages/workspace/laws/laws.html",
        found=found,
        lines=sorted_by(found.lines, lambda line: line.law.title.text(locale), locale),
        chosen=chosen,
        doubt=doubt,
        is_doubtful=editing.is_doubtful,
        place=lambda law: said(REGIONS, law.jurisdiction),
        status=lambda law: said(STATUSES, law.status),
        filters=[
            ("jurisdiction", choices(REGIONS, found.places, locale)),
            ("topic", choices(TOPICS, found.topics, locale)),
            ("status", choices(STATUSES, found.statuses, locale)),
        ],
    )


@page.get("/workspace/laws/new")
@rule(AUTHOR)
def new_law() -> str:
    """Show the form of a new entry."""
    return _new(LawForm())


def _new(form: LawForm) -> str:
    known = editing.laws(context(), actor())
    form.fill(known.places, known.topics)
    return render_template("pages/workspace/laws/new.html", form=form, problems=_problems(form))


@page.post("/workspace/laws/new")
@rule(AUTHOR)
def add_law() -> Answer:
    """Add an entry."""
    form = LawForm(request.form)
    if only_draws():
        return _new(form)
    try:
        name = editing.add_law(context(), actor(), form.entered())
    except Invalid as refusal:
        form.take(refusal)
        return _new(form), HTTPStatus.UNPROCESSABLE_ENTITY
    return _to(name, "law-added")


@page.get("/workspace/laws/<law>")
@rule(AUTHOR)
def law(law: str) -> str:
    """Show one law: how it stands, what happened, what lies ahead, what to do."""
    found = editing.law(context(), actor(), law)
    return _law(found)


def _law(found: editing.EditedLaw, wrong: tuple[str, str] = ("", "")) -> str:
    """Show a law; `wrong` is the date whose answer was refused, and why."""
    entry, today = found.line.law, context().today()
    ahead = dates.dates(context(), actor(), entry.id)
    waiting = dates.date_tasks(context(), actor(), entry.id)
    opened = dossiers.waiting(context(), actor(), law=entry.id, closed=True)

    def is_due(event: Event) -> bool:
        return event.effect == PENDING and event.changes_the_law and event.date <= today

    return render_template(
        "pages/workspace/laws/law.html",
        found=found,
        added=find_event(entry, request.args.get("event", "")),
        law=entry,
        today=today,
        place=said(REGIONS, entry.jurisdiction),
        status=said(STATUSES, entry.status),
        confidence=said(CONFIDENCE, entry.confidence),
        doubt=doubt_of(entry, translator_for(current_locale())),
        official=official_of(entry, translator_for(current_locale())),
        not_yet=status_words(entry.kind, "not-yet"),
        event_words=lambda event: happened(event.event),
        name=lambda event: event_name(entry.id, event).partition("@")[2],
        is_due=is_due,
        ahead=ahead,
        waiting=[about.partition("@")[2] for about in waiting],
        opened=[one for one, _ in opened],
        wrong=wrong,
        problems=int(bool(wrong[1])),
    )


@page.post("/workspace/laws/<law>/checked")
@rule(AUTHOR)
def checked(law: str) -> Response:
    """Note that a law was checked today and nothing has changed."""
    editing.checked_today(context(), actor(), law)
    return _to(law, "law-checked")


@page.post("/workspace/laws/<law>/confirm")
@rule(AUTHOR)
def confirm(law: str) -> Response:
    """Note that what was expected has come into force."""
    digest = request.form.get("digest", "")
    editing.confirm_event(context(), actor(), law, request.form.get("event", ""), expected=digest)
    return _to(f"{law}#events", "law-event-added")


@page.post("/workspace/laws/<law>/date")
@rule(AUTHOR)
def answer_date(law: str) -> Answer:
    """Decide that a date asks for nothing."""
    about, reason = request.form.get("about", ""), request.form.get("reason", "")
    try:
        dates.answer_date(context(), actor(), law, f"{law}@{about}", reason)
    except Invalid as refusal:
        found = refusal.findings[0]
        wrong = about, words_of(found.rule, found.params)
        return _law(editing.law(context(), actor(), law), wrong), HTTPStatus.UNPROCESSABLE_ENTITY
    return _to(f"{law}#dates", "law-date-answered")


# --- an event ---------------------------------------------------------------------------------------
def _event(found: editing.EditedLaw, form: EventForm, *, changed: bool = False) -> str:
    form.fill()
    return render_template(
        "pages/workspace/laws/event.html",
        law=found.line.law,
        digest=found.digest,
        form=form,
        changed=changed,
        event_words=lambda event: happened(event.event),
        problems=_problems(form) + changed,
    )


@page.get("/workspace/laws/<law>/event")
@rule(AUTHOR)
def event(law: str) -> str:
    """Show the form of a new event."""
    return _event(editing.law(context(), actor(), law), EventForm())


@page.post("/workspace/laws/<law>/event")
@rule(AUTHOR)
def add_event(law: str) -> Answer:
    """Add an event; whoever was too late sees the entry as it is now, and their own words in the form."""
    form = EventForm(request.form)
    found = editing.law(context(), actor(), law)
    if only_draws():
        return _event(found, form)
    try:
        expected = request.form.get("digest", "")
        added = editing.add_event(context(), actor(), law, form.entered(), expected=expected)
    except Invalid as refusal:
        form.take(refusal)
        return _event(found, form), HTTPStatus.UNPROCESSABLE_ENTITY
    except Conflict as refusal:
        if refusal.code != "law.changed":
            raise
        return _event(found, form, changed=True), HTTPStatus.CONFLICT
    return _to(f"{law}?event={added.date}/{added.event}", "law-event-added")


# --- read in an official text ------------------------------------------------------------------------
def _read(found: editing.EditedLaw, form: ReadForm, *, changed: bool = False) -> str:
    points = found.line.law.unverified
    form.settled.choices = [(str(at), point) for at, point in enumerate(points)]
    return render_template(
        "pages/workspace/laws/read.html",
        law=found.line.law,
        digest=found.digest,
        form=form,
        changed=changed,
        problems=_problems(form) + changed,
    )


@page.get("/workspace/laws/<law>/read")
@rule(AUTHOR)
def read(law: str) -> str:
    """Ask where and when an entry was read."""
    return _read(editing.law(context(), actor(), law), ReadForm())


@page.post("/workspace/laws/<law>/read")
@rule(AUTHOR)
def mark_read(law: str) -> Answer:
    """Mark an entry as read in an official text."""
    form = ReadForm(request.form)
    found = editing.law(context(), actor(), law)
    if only_draws():
        return _read(found, form)
    points = {str(at): point for at, point in enumerate(found.line.law.unverified)}
    settled = [points[at] for at in form.settled.data or () if at in points]
    told = {"source": form.source.data or "", "read": (form.read.data or "").strip()}
    try:
        expected = request.form.get("digest", "")
        editing.mark_read(context(), actor(), law, **told, settled=tuple(settled), expected=expected)
    except Invalid as refusal:
        form.take(refusal)
        return _read(found, form), HTTPStatus.UNPROCESSABLE_ENTITY
    except Conflict as refusal:
        if refusal.code != "law.changed":
            raise
        return _read(found, form, changed=True), HTTPStatus.CONFLICT
    return _to(law, "law-read")
