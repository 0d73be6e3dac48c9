"""Builders for the questions before, after and three months later."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from lms.actions import surveying
from lms.actions.desk import Desk
from lms.core.people import NOBODY
from lms.core.survey import Survey, Task
from lms.storage.tables import survey_response
from tests import builders_learning as make
from tests.builders_learning import words

CODE = "smpl"  # of the course made in memory
MONTHS = 92  # days: three months and a little


def tasks(prefix: str, *said: str) -> tuple[Task, ...]:
    """Give tasks c1, c2 and so on."""
    return tuple(Task(f"{prefix}{number}", words(one)) for number, one in enumerate(said, start=1))


def a_survey() -> Survey:
    """Give a survey of the smallest size."""
    return Survey(
        tasks("c", "Greet a person", "Ask for a name", "Keep a note safe"),
        tasks("i", "Put a chair at the door", "Ask how to help"),
        tasks("b", "Not enough time", "Nobody to ask", "No quiet room", "Other rules"),
    )


def with_survey(desk: Desk, **changes: object) -> Desk:
    """Publish a course that asks."""
    course = make.course(survey=a_survey(), **changes)
    return make.with_shelf(desk, make.release(course=course))


def send(desk: Desk, moment: str = "before", *, origin: str = "192.0.2.1", **sent: str | list[str]) -> bool:
    """Open the questions and send answers; `confidence_c1` stands for `confidence-c1`."""
    sheet = surveying.open_questions(desk, NOBODY, CODE, moment)
    return resend(desk, sheet, origin=origin, **sent)


def resend(desk: Desk, sheet: surveying.Sheet, *, origin: str = "192.0.2.1", **sent: str | list[str]) -> bool:
    """Send answers with a sheet that was opened."""
    given = {
        name.replace("_", "-"): [reply] if isinstance(reply, str) else reply for name, reply in sent.items()
    }
    return surveying.answer(
        desk,
        NOBODY,
        sheet.release.course.code,
        sheet.moment.value,
        given,
        version=sheet.release.version,
        press=sheet.press,
        origin=origin,
    )


def responses(desk: Desk) -> list[dict[str, Any]]:
    """Give every sheet that was kept, in the order in which the database gives them."""
    with desk.database.reading() as tx:
        return [dict(row) for row in tx.execute(select(survey_response)).mappings()]
