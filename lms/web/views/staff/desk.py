"""What waits for authors and admins: messages from learners, and things that somebody should look at."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, redirect, render_template, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from lms.actions.catalogue import reading
from lms.actions.learning import feedback
from lms.actions.learning.feedback import FeedbackMessage
from lms.actions.operations import tasks
from lms.core.courses.course import Course
from lms.rendering.words.marks import N_
from lms.web.shell.current import actor
from lms.web.shell.current import context as the_context
from lms.web.shell.i18n import current_locale
from lms.web.shell.moments import day_words, place_address
from lms.web.shell.notices import tell
from lms.web.shell.security import ADMIN, AUTHOR, rule

page = Blueprint("desk", __name__)

KINDS = {
    "wrong": N_("Something is wrong"),
    "unclear": N_("Something is unclear"),
    "barrier": N_("Something is not accessible to me"),
    "other": N_("Something else"),
}
TASKS = {
    "barrier-report": N_("A learner sent a message"),
    "help-line-unchecked": N_("A help line number has not been checked for 180 days"),
    "clock-jumped": N_("The server clock changed suddenly. No old data will be deleted for one day."),
    "job-failed": N_("A task failed"),
    "law-date": N_("A date of a law is less than 90 days away"),
    "statement-review": N_("A statement about the law is past its review date"),
    "medium-damaged": N_("An image or recording is damaged or missing"),
    "recognition": N_("Someone asked us to recognize prior learning"),
    "release-not-here": N_("The files of a published version are not on this server"),
    "release-parent-not-current": N_("A version is not based on the current version"),
    "release-unreadable": N_("The files of a published version are damaged"),
    "round-failed": N_("A scheduled task failed"),
    "site-not-committed": N_("A published version was not committed with Git"),
    "shared-file-damaged": N_(
        "A file shared by all courses is damaged. The last good version is shown instead."
    ),
}


def _line(report: FeedbackMessage, courses: Mapping[str, Course]) -> dict[str, Any]:
    """Put a message in words; who sent it is not known here."""
    course = courses.get(report.course)
    return {
        "id": report.id,
        "kind": gettext(KINDS[report.kind]),
        "about": course.title.text(current_locale()) if course else report.course,
        "version": report.version,
        "place": report.place,
        "href": place_address(course.code if course else "", report.place),
        "lang": report.locale,
        "text": report.text,
        "contact": report.contact,
        "when": day_words(report.at),
    }


def _mark() -> str:
    """Return where the page of a list begins that is asked for; empty for the first one."""
    return request.args.get("after", "")


@page.get("/desk")
@rule(AUTHOR)
def desk() -> str:
    """Show the messages that nobody has closed, a page at a time."""
    waiting = feedback.waiting_reports(the_context(), actor(), mark := _mark())
    courses = {one.course.id: one.course for one in reading.courses(the_context(), actor())}
    lines = [_line(report, courses) for report in waiting.rows]
    return render_template("pages/desk/desk.html", lines=lines, mark=mark, following=waiting.following)


@page.post("/desk/reports/<report>/close")
@rule(AUTHOR)
def close(report: str) -> Response:
    """Close a message that was seen to."""
    feedback.close_report(the_context(), actor(), report)
    tell("report-closed")
    return redirect(f"/{current_locale()}/desk", 303)


@page.get("/admin")
@rule(ADMIN)
def admin() -> str:
    """Show what waits for somebody, a page at a time."""
    waiting = tasks.waiting_tasks(the_context(), actor(), mark := _mark())
    lines = [
        {
            "kind": gettext(TASKS.get(one.kind, one.kind)),
            "about": one.about,
            "since": day_words(one.opened_at),
        }
        for one in waiting.rows
    ]
    return render_template("pages/desk/admin.html", lines=lines, mark=mark, following=waiting.following)
