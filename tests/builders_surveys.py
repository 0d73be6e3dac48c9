"""Builders for the questions before, after and three months later."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from lms.actions.context import Context
from lms.actions.learning import surveys
from lms.core.courses.survey import ConfidenceTask, Survey
from lms.core.learning.moments import cohort_of
from lms.core.people.actors import NOBODY
from lms.storage.tables.learning import survey_response
from tests import builders_learning as make
from tests.builders_learning import words

CODE = "smpl"  # of the course made in memory
MONTHS = 92  # days: three months and a little


def tasks(prefix: str, *said: str) -> tuple[ConfidenceTask, ...]:
    """Return tasks c1, c2 and so on."""
    return tuple(ConfidenceTask(f"{prefix}{number}", words(one)) for number, one in enumerate(said, start=1))


def a_survey() -> Survey:
    """Return a survey of the smallest size."""
    return Survey(
        tasks("c", "Greet a person", "Ask for a name", "Keep a note safe"),
        tasks("i", "Put a chair at the door", "Ask how to help"),
        tasks("b", "Not enough time", "Nobody to ask", "No quiet room", "Other rules"),
    )


def with_survey(context: Context, **changes: object) -> Context:
    """Publish a course that asks."""
    course = make.course(survey=a_survey(), **changes)
    return make.with_shelf(context, make.release(course=course))


def a_letter(context: Context, course: str = "sample") -> str:
    """Return the key in the letters of today, which opens the questions of three months later."""
    return surveys.letter_key(context, course, cohort_of(context.today()))


def send(
    context: Context, moment: str = "before", *, origin: str = "192.0.2.1", **sent: str | list[str]
) -> bool:
    """Open the questions and send answers; `confidence_c1` stands for `confidence-c1`."""
    sheet = surveys.open_questions(context, NOBODY, CODE, moment, key=a_letter(context))
    return resend(context, sheet, origin=origin, **sent)


def resend(
    context: Context, sheet: surveys.SurveyForm, *, origin: str = "192.0.2.1", **sent: str | list[str]
) -> bool:
    """Send answers with a sheet that was opened."""
    given = {
        name.replace("_", "-"): [reply] if isinstance(reply, str) else reply for name, reply in sent.items()
    }
    return surveys.answer(
        context,
        NOBODY,
        sheet.release.course.code,
        sheet.moment.value,
        given,
        version=sheet.release.version,
        press=sheet.press,
        origin=origin,
    )


def responses(context: Context) -> list[dict[str, Any]]:
    """Return every sheet that was kept, in the order in which the database gives them."""
    with context.database.reading() as tx:
        return [dict(row) for row in tx.execute(select(survey_response)).mappings()]
