"""What is wrong with the draft of a course: what, why, how to fix it, where; answers and safe fixes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, redirect, render_template, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from lms.actions.action import Who
from lms.actions.authoring import findings
from lms.actions.catalogue import reading
from lms.actions.publishing.reach import reaches
from lms.core.authoring.finding_answers import DraftFinding
from lms.core.authoring.lessons.pieces import place_words
from lms.core.courses.findings import Severity
from lms.core.errors import Conflict, Invalid
from lms.web.shell.current import actor, context
from lms.web.shell.i18n import current_locale
from lms.web.shell.moments import day_words
from lms.web.shell.notices import tell
from lms.web.shell.security import AUTHOR, STAFF, rule
from lms.web.words.finding_lines import finding_line, named_files
from lms.web.words.refusals import words_of
from lms.web.workspace.file_names import file_names
from lms.web.workspace.piece_words import kind_words

page = Blueprint("draft_findings", __name__)
_SHORT = 50


def _home(course: str) -> str:
    return f"/{current_locale()}/workspace/{course}"


def frame(course: str) -> dict[str, Any]:
    """Return what every page about the draft of one course shows."""
    locale, home = current_locale(), _home(course)
    known = reading.courses(context(), actor())
    title = next((one.course.title.text(locale) for one in known if one.course.id == course), course)
    return {
        "course": course,
        "course_href": home,
        "findings_href": f"{home}/findings",
        "course_words": title,
        "trail": [
            (f"/{locale}/", gettext("Home")),
            (f"/{locale}/workspace", gettext("Workspace")),
            (home, title),
        ],
    }


def _place(course: str, one: DraftFinding, names: Callable[[str], str]) -> tuple[str, str]:
    """Return where a finding leads, and what that place is called; its file and line where it has no name."""
    place, name = one.finding.place, one.finding.place.file.rpartition("/")[2]
    where = gettext("%(file)s, line %(line)s", file=name, line=place.line) if place.line else name
    where = _with_block(names(place.file), one) or where
    writes = reaches(actor(), Who.AUTHOR, course)
    if place.file.startswith("quizzes/") and one.module:
        more = f"/{one.question}" if one.question else ""
        return f"{_home(course)}/{one.module}/quiz{more if writes else '/try'}", where
    stem, locale, *_ = (*name.split("."), "")
    lesson = stem.partition("-")[2] if name.endswith(".md") else ""
    if not lesson or not one.module:
        return _home(course), where
    is_text = one.piece is not None and not one.piece.is_container
    spot = f"#t-{locale}-{place_words(one.place)}" if is_text else ""
    return f"{_home(course)}/{one.module}/{lesson}{spot if writes else '/preview'}", where


def _with_block(named: str, one: DraftFinding) -> str:
    """Return the name of a lesson with the block that is meant, by its kind and its first words."""
    if not named or one.piece is None:
        return named
    kind, words = kind_words(one.piece.kind), " ".join(one.piece.shown.split())
    if not words:
        return f"{named}, {kind}"
    cut = f"{words[:_SHORT].rsplit(' ', 1)[0]}…" if len(words) > _SHORT else words
    return str(gettext("%(place)s, %(kind)s: “%(words)s”", place=named, kind=kind, words=cut))


def _line(course: str, one: DraftFinding, names: Callable[[str], str]) -> dict[str, Any]:
    href, where = _place(course, one, names)
    place = one.finding.place
    return {
        "key": one.key,
        "said": finding_line(named_files(one.finding, names)),
        "href": href,
        "where": where,
        "file": place.file,
        "rule": one.finding.rule,
        "can_fix": one.can_fix,
        "can_answer": one.finding.severity is not Severity.ERROR,
        "reason": one.answer.reason if one.answer else "",
        "when": day_words(one.answer.at) if one.answer else "",
    }


@page.get("/workspace/<course>/findings")
@rule(STAFF)
def draft_findings(course: str) -> str:
    """Show what is wrong, those that must be fixed first, and what was answered."""
    names = file_names(course)
    lines = [_line(course, one, names) for one in findings.findings(context(), actor(), course)]
    return render_template(
        "pages/workspace/drafts/draft_findings.html",
        **frame(course),
        errors=[one for one in lines if not one["can_answer"]],
        others=[one for one in lines if one["can_answer"] and not one["when"]],
        answered=[one for one in lines if one["when"]],
    )


@page.get("/workspace/<course>/findings/fix")
@rule(AUTHOR)
def fix_finding(course: str) -> str:
    """Show what a safe fix would change, before it is made."""
    file, name = request.args.get("file", ""), request.args.get("rule", "")
    digest, changes = findings.fix(context(), actor(), course, file, name)
    return render_template(
        "pages/workspace/drafts/fix_finding.html",
        **frame(course),
        file=file,
        rule=name,
        expected=digest,
        changes=[(one, text.replace("\u00a0", "⍽")) for one, text in changes],
    )


@page.post("/workspace/<course>/findings/fix")
@rule(AUTHOR)
def make_fix(course: str) -> Response:
    """Make the fix that was shown."""
    sent = request.form
    findings.make_fix(
        context(),
        actor(),
        course,
        sent.get("file", ""),
        sent.get("rule", ""),
        expected=sent.get("expected", "-"),
    )
    tell("finding-fixed")
    return redirect(f"{_home(course)}/findings", 303)


@page.get("/workspace/<course>/findings/<key>")
@rule(AUTHOR)
def answer_finding(course: str, key: str) -> str:
    """Ask why something is fine as it is."""
    return _asked(course, key)


def _asked(course: str, key: str, error: str = "") -> str:
    line = _line(course, findings.finding(context(), actor(), course, key), file_names(course))
    return render_template(
        "pages/workspace/drafts/answer_finding.html",
        **frame(course),
        line=line,
        error=error,
        reason=request.form.get("reason", ""),
    )


@page.post("/workspace/<course>/findings/<key>")
@rule(AUTHOR)
def answer(course: str, key: str) -> Response | tuple[str, int]:
    """Keep the answer to a finding."""
    try:
        findings.answer_finding(context(), actor(), course, key, request.form.get("reason", ""))
    except (Invalid, Conflict) as refusal:
        return _asked(course, key, words_of(refusal.code, refusal.params)), refusal.status
    tell("finding-answered")
    return redirect(f"{_home(course)}/findings", 303)


@page.post("/workspace/<course>/findings/<key>/reopen")
@rule(AUTHOR)
def reopen(course: str, key: str) -> Response:
    """Take an answer back."""
    findings.reopen_finding(context(), actor(), course, key)
    tell("finding-open-again")
    return redirect(f"{_home(course)}/findings", 303)
