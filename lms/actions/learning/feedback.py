"""Telling the authors that something is wrong, unclear or not accessible.

A report is kept and opens a task; who sent it is kept only if they say so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lms.actions.action import Who, command, query, record, scope_for
from lms.actions.catalogue.lookups import course_id, current_line
from lms.actions.context import Context
from lms.actions.people import limits
from lms.core.courses.findings import Finding, Place, Severity
from lms.core.errors import Conflict, Invalid
from lms.core.ids import is_id
from lms.core.learning.reports import Report
from lms.core.operations.paging import Bookmark, Portion, bookmark_of, portion_of
from lms.core.people.actors import Actor, Extent
from lms.storage.learning import enrolments, reports
from lms.storage.operations import tasks
from lms.storage.people import persons

KINDS = ("wrong", "unclear", "barrier", "other")
LONGEST_TEXT, LONGEST_CONTACT = 4000, 200  # characters
TASK = "barrier-report"
_PLACE = re.compile(r"[A-Za-z0-9/#_.-]{0,200}")
_LIMIT = limits.Limit("reports", 30, 60, "report.too-often")  # per network address or person


@dataclass(frozen=True, slots=True)
class FeedbackReceipt:
    """What somebody wants to tell, and from where; `course` is a code, empty for a page outside courses."""

    id: str
    course: str
    place: str
    kind: str
    text: str
    contact: str
    anonymous: bool


@dataclass(frozen=True, slots=True)
class FeedbackMessage:
    """A report as authors read it: never with who sent it; `contact` is what they left to be answered."""

    id: str
    course: str
    version: str
    place: str
    locale: str
    kind: str
    text: str
    contact: str
    at: int


def _faults(told: FeedbackReceipt) -> list[Finding]:
    wrong = {
        "kind": "" if told.kind in KINDS else "report.kind-missing",
        "text": "report.text-missing" if not told.text.strip() else "",
        "contact": "report.contact-too-long" if len(told.contact) > LONGEST_CONTACT else "",
    }
    if len(told.text) > LONGEST_TEXT:
        wrong["text"] = "report.text-too-long"
    params = {"most": LONGEST_TEXT}
    return [
        Finding(code, Severity.ERROR, Place(field), params if field == "text" else {"most": LONGEST_CONTACT})
        for field, code in wrong.items()
        if code
    ]


@command("reporting.report_barrier", by=Who.ANYONE, keeps=("throttle",))
def report_barrier(
    context: Context, actor: Actor, told: FeedbackReceipt, *, locale: str, origin: str
) -> None:
    """Keep a report with its block and version for the authors; sent twice, it is kept once.

    Raises: Invalid `report.wrong`, `report.place`; NotFound `course.unknown`; NotAllowed `report.too-often`.
    """
    if faults := _faults(told):
        raise Invalid("report.wrong", faults)
    if not is_id(told.id) or not _PLACE.fullmatch(told.place):
        raise Invalid("report.place")
    course = course_id(context, told.course) if told.course else ""
    limits.take(context, _LIMIT.of(actor.person or origin))
    with context.database.writing() as tx:
        mine = enrolments.find(tx, actor.person, course) if actor.person and course else None
        version = mine.version if mine else current_line(context, tx, course)[-1].version if course else ""
        report = Report(
            id=told.id,
            person=actor.person if actor.is_member and not told.anonymous else "",
            course=course,
            version=version,
            place=told.place,
            locale=locale,
            kind=told.kind,
            text=told.text.strip(),
            contact="" if told.anonymous else told.contact.strip(),
            at=context.now(),
            closed_at=0,
        )
        whose = actor.organisation or persons.DEFAULT_ORGANISATION
        if reports.add(tx, whose, report):
            extent = Extent(whose, course, locale)
            tasks.open_task(tx, context.new_id(), TASK, told.id, now=context.now(), extent=extent)
            by = Actor() if told.anonymous else actor
            record(tx, context, by, "reporting.report_barrier", told.id, organisation=whose)


@query("reporting.waiting_reports", by=Who.AUTHOR, scoped=True)
def waiting_reports(context: Context, actor: Actor, mark: str = "") -> Portion[FeedbackMessage]:
    """Return a page of the reports within the author’s reach that nobody has closed, oldest first.

    Raises: NotFound `list.place-unknown`.
    """
    after = bookmark_of(mark)
    with context.database.reading() as tx:
        found = reports.waiting(tx, scope_for(actor, Who.AUTHOR), after)
    messages = [
        FeedbackMessage(
            one.id, one.course, one.version, one.place, one.locale, one.kind, one.text, one.contact, one.at
        )
        for one in found
    ]
    return portion_of(messages, lambda one: Bookmark(one.at, one.id))


@command("reporting.close_report", by=Who.AUTHOR, scoped=True, keeps=("throttle",))
def close_report(context: Context, actor: Actor, report_id: str) -> None:
    """Close a report that was seen to, and its task.

    Raises: Conflict `report.closed`.
    """
    with context.database.writing() as tx:
        whose = reports.close(tx, scope_for(actor, Who.AUTHOR), report_id, TASK, context.now())
        if whose is None:
            raise Conflict("report.closed")
        record(tx, context, actor, "reporting.close_report", report_id, organisation=whose)
