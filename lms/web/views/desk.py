"""What waits for authors and admins: messages from learners, and things that somebody should look at."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, redirect, render_template
from flask_babel import gettext
from werkzeug.wrappers import Response

from lms.actions import overseeing, reading, reporting
from lms.actions.reporting import Message
from lms.core.course import Course
from lms.web.desk import actor
from lms.web.desk import desk as the_desk
from lms.web.i18n import current_locale
from lms.web.messages import N_
from lms.web.moments import day_words, place_address
from lms.web.security import ADMIN, AUTHOR, rule

page = Blueprint("desk", __name__)

KINDS = {
    "wrong": N_("Something is wrong"),
    "unclear": N_("Something is unclear"),
    "barrier": N_("Something is not accessible to me"),
    "other": N_("Something else"),
}
TASKS = {
    "barrier-report": N_("A message from a learner"),
    "help-line-unchecked": N_("A telephone number that nobody has checked for 180 days"),
    "job-failed": N_("Work that could not be done"),
    "recognition": N_("Earlier learning that somebody asks us to recognize"),
    "release-parent-not-current": N_("A version that does not follow the current one"),
}


def _line(report: Message, courses: Mapping[str, Course]) -> dict[str, Any]:
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


@page.get("/desk")
@rule(AUTHOR)
def desk() -> str:
    """Show the messages that nobody has closed."""
    waiting = reporting.waiting_reports(the_desk(), actor())
    courses = {one.course.id: one.course for one in reading.courses(the_desk(), actor())}
    return render_template("pages/desk/desk.html", lines=[_line(report, courses) for report in waiting])


@page.post("/desk/reports/<report>/close")
@rule(AUTHOR)
def close(report: str) -> Response:
    """Close a message that was seen to."""
    reporting.close_report(the_desk(), actor(), report)
    return redirect(f"/{current_locale()}/desk?done=report-closed", 303)


@page.get("/admin")
@rule(ADMIN)
def admin() -> str:
    """Show what waits for somebody."""
    waiting = overseeing.waiting_tasks(the_desk(), actor())
    lines = [
        {
            "kind": gettext(TASKS.get(one.kind, one.kind)),
            "about": one.about,
            "since": day_words(one.opened_at),
        }
        for one in waiting
    ]
    return render_template("pages/desk/admin.html", lines=lines)
