"""Telling the authors that something is wrong, unclear or not accessible.

A report is kept and opens a task; who sent it is kept only if they say so. Called by `web`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lms.actions import limits
from lms.actions.deed import Who, deed, reading, record
from lms.actions.desk import Desk
from lms.actions.shelves import course_id, current_release
from lms.core.errors import Conflict, Invalid
from lms.core.findings import Finding, Place, Severity
from lms.core.ids import is_id
from lms.core.people import Actor
from lms.storage import enrolments, people, reports, tasks
from lms.storage.reports import Report

KINDS = ("wrong", "unclear", "barrier", "other")
LONGEST_TEXT, LONGEST_CONTACT = 4000, 200  # characters
TASK = "barrier-report"
_PLACE = re.compile(r"[A-Za-z0-9/#_.-]{0,200}")
_LIMIT = limits.Limit("reports", 30, 60, "report.too-often")  # per network address or person


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody wants to tell, and from where; `course` is a code, empty for a page outside courses."""

    id: str
    course: str
    place: str
    kind: str
    text: str
    contact: str
    anonymous: bool


@dataclass(frozen=True, slots=True)
class Message:
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


def _faults(told: Told) -> list[Finding]:
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


@deed("reporting.report_barrier", by=Who.ANYONE)
def report_barrier(desk: Desk, actor: Actor, told: Told, *, locale: str, origin: str) -> None:
    """Keep a report with its block and version for the authors; sent twice, it is kept once.

    Raises: Invalid `report.wrong`, `report.place`; NotFound `course.unknown`; NotAllowed `report.too-often`.
    """
    if faults := _faults(told):
        raise Invalid("report.wrong", faults)
    if not is_id(told.id) or not _PLACE.fullmatch(told.place):
        raise Invalid("report.place")
    course = course_id(desk, told.course) if told.course else ""
    with desk.database.writing() as tx:
        limits.take(tx, desk, _LIMIT, actor.person or origin)
        mine = enrolments.find(tx, actor.person, course) if actor.person and course else None
        version = mine.version if mine else current_release(tx, desk, course).version if course else ""
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
            at=desk.now(),
            closed_at=0,
        )
        if reports.add(tx, actor.organisation or people.HOUSE, report):
            tasks.open_task(tx, desk.new_id(), TASK, told.id, now=desk.now())
            by = Actor() if told.anonymous else actor
            record(tx, desk, by, "reporting.report_barrier", told.id)


@reading("reporting.waiting_reports", by=Who.AUTHOR)
def waiting_reports(desk: Desk, actor: Actor) -> tuple[Message, ...]:
    """List the reports that nobody has closed, oldest first."""
    with desk.database.reading() as tx:
        found = reports.waiting(tx)
    return tuple(
        Message(
            one.id, one.course, one.version, one.place, one.locale, one.kind, one.text, one.contact, one.at
        )
        for one in found
    )


@deed("reporting.close_report", by=Who.AUTHOR)
def close_report(desk: Desk, actor: Actor, report_id: str) -> None:
    """Close a report that was seen to, and its task.

    Raises: Conflict `report.closed`.
    """
    with desk.database.writing() as tx:
        if not reports.close(tx, report_id, TASK, desk.now()):
            raise Conflict("report.closed")
        record(tx, desk, actor, "reporting.close_report", report_id)
