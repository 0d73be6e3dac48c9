"""My work: what waits for authors, each thing with its next step."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask import Blueprint, g, redirect, render_template, request
from flask_babel import gettext, ngettext
from markupsafe import Markup
from werkzeug.wrappers import Response

from lms.actions.operations import help_lines, my_work
from lms.core.authoring.work import WorkFilter, WorkItem, WorkKind
from lms.core.courses.course import Course
from lms.rendering.words.marks import N_
from lms.rendering.words.translator import sorted_by, translator_for
from lms.web.shell.current import actor, context
from lms.web.shell.i18n import current_locale
from lms.web.shell.notices import tell
from lms.web.shell.security import ADMIN, STAFF, rule

page = Blueprint("my_work", __name__)

HEADINGS: Mapping[WorkKind, str] = {
    WorkKind.REPORTS: N_("Messages from learners"),
    WorkKind.LAW: N_("Laws that changed after a statement was checked"),
    WorkKind.DOSSIER: N_("Open change dossiers"),
    WorkKind.UNREADABLE: N_("Drafts that cannot be read"),
    WorkKind.ERRORS: N_("Errors to fix before publishing"),
    WorkKind.TRANSLATION: N_("Translations to check"),
    WorkKind.APPROVAL: N_("Approvals to give"),
    WorkKind.SEAL: N_("Ready to publish"),
    WorkKind.ACTIVATION: N_("Scheduled versions"),
    WorkKind.DATE: N_("Dates in the law within 90 days"),
    WorkKind.HELP_LINE: N_("Help lines to check"),
}
#: Where the next step is, below the workspace; `%(course)s` and `%(about)s` are folder names and ids.
PLACES: Mapping[WorkKind, str] = {
    WorkKind.REPORTS: "/desk",
    WorkKind.LAW: "/workspace/laws/%(about)s",
    WorkKind.DOSSIER: "/workspace/dossiers/%(about)s",
    WorkKind.UNREADABLE: "/workspace/%(course)s",
    WorkKind.ERRORS: "/workspace/%(course)s/findings",
    WorkKind.TRANSLATION: "/workspace/%(course)s/translation",
    WorkKind.APPROVAL: "/workspace/%(course)s/review",
    WorkKind.SEAL: "/workspace/%(course)s/publish",
    WorkKind.ACTIVATION: "/workspace/%(course)s/publish",
    WorkKind.DATE: "/workspace/laws/%(about)s",
}


@dataclass(frozen=True, slots=True)
class WorkLine:
    """One line: what it is about, what is to be done and where; without a place it is done by one press."""

    title: str | Markup
    step: str
    href: str
    about: str
    mine: bool


def _language(item: WorkItem) -> str:
    return translator_for(current_locale()).language(item.locale)


def _day(item: WorkItem) -> str:
    return translator_for(current_locale()).date(item.date)


STEPS: Mapping[WorkKind, Callable[[WorkItem], str]] = {
    WorkKind.REPORTS: lambda one: ngettext("Read %(num)s message", "Read %(num)s messages", one.count),
    WorkKind.LAW: lambda one: ngettext(
        "Check %(num)s statement again", "Check %(num)s statements again", one.count
    ),
    WorkKind.DOSSIER: lambda one: (
        ngettext("Settle %(num)s line", "Settle %(num)s lines", one.count)
        if one.count
        else gettext("Sign off or close the dossier")
    ),
    WorkKind.UNREADABLE: lambda _: gettext("See what is wrong"),
    WorkKind.ERRORS: lambda one: ngettext("Fix %(num)s error", "Fix %(num)s errors", one.count),
    WorkKind.TRANSLATION: lambda one: ngettext(
        "Check %(num)s block in another language",
        "Check %(num)s blocks in another language",
        one.count,
    ),
    WorkKind.APPROVAL: lambda one: gettext("Read and approve – %(language)s", language=_language(one)),
    WorkKind.SEAL: lambda _: gettext("Publish the draft"),
    WorkKind.ACTIVATION: lambda one: gettext(
        "Version %(version)s on %(date)s: keep or move the date", version=one.about, date=_day(one)
    ),
    WorkKind.DATE: lambda one: gettext("Prepare for %(date)s", date=_day(one)),
    WorkKind.HELP_LINE: lambda _: gettext("I called today, and the number is right"),
}


def _title(item: WorkItem, courses: Mapping[str, Course]) -> str:
    locale = current_locale()
    if item.title is not None:
        return item.title.text(locale)
    course = courses.get(item.course)
    return course.title.text(locale) if course else item.course or gettext("The whole site")


def _line(item: WorkItem, courses: Mapping[str, Course]) -> WorkLine:
    place = PLACES.get(item.kind, "") % {"course": item.course, "about": item.about}
    href = f"/{current_locale()}{place}" if place else ""
    return WorkLine(_title(item, courses), STEPS[item.kind](item), href, item.about, item.mine)


@page.get("/workspace")
@rule(STAFF)
def work() -> str:
    """Show what waits; filters travel in the address and are sent by a button."""
    wanted = WorkFilter(
        course=request.args.get("course", "").strip()[:80],
        locale=request.args.get("language", "").strip()[:35],
        mine=bool(request.args.get("mine")),
    )
    found, locale = my_work.overview(context(), actor(), wanted), current_locale()
    courses = {course.id: course for course in found.courses}
    g.sensitive = any(course.sensitive for course in found.courses)
    tags = sorted({tag for course in found.courses for tag in course.required_locales})
    return render_template(
        "pages/workspace/work/work.html",
        sections=[
            (gettext(heading), kind, [_line(one, courses) for one in found.items if one.kind is kind])
            for kind, heading in HEADINGS.items()
        ],
        is_empty=not found.items,
        wanted=wanted,
        filtered=wanted != WorkFilter(),
        courses=sorted_by(found.courses, lambda course: course.title.text(locale), locale),
        tags=tags,
    )


@page.post("/workspace/help-lines/<line>/confirm")
@rule(ADMIN)
def confirm_line(line: str) -> Response:
    """Note that a help line was called today and is right."""
    help_lines.confirm(context(), actor(), line)
    tell("help-line-confirmed")
    return redirect(f"/{current_locale()}/workspace", 303)
