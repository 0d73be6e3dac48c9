"""What people answer before a course, after it and three months later: rows that lead to nobody.

A row has no person, no session, no address and no time but its quarter; its id is random, and the table has
no hidden order of arrival (ADR 0040). Presses are kept apart, for half a day. Holds no rule.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlalchemy import delete, insert

from lms.core.learning.moments import Answers, Moment
from lms.storage.database import Tx
from lms.storage.people import organisations
from lms.storage.statements.upserts import insert_once
from lms.storage.tables.learning import survey_response
from lms.storage.tables.operations import idempotency

PRESS = "questions:"


@dataclass(frozen=True, slots=True)
class Response:
    """One sheet of answers."""

    course: str
    version: str
    moment: Moment
    cohort: str
    answers: Answers


def take_press(tx: Tx, key: str, opened: int) -> bool:
    """Use a press up; return False when it was used. `opened` is when its form was, to the hour."""
    return insert_once(tx, idempotency, key=f"{PRESS}{key}", at=opened)


def prune_presses(tx: Tx, before: int) -> int:
    """Forget presses whose form was opened before this time."""
    mine = idempotency.c.key.startswith(PRESS, autoescape=True)
    return tx.execute(delete(idempotency).where(mine, idempotency.c.at < before)).rowcount


def add(tx: Tx, id_: str, house: str, response: Response) -> None:
    """Keep a sheet of answers."""
    organisations.require(tx, house)
    tx.execute(
        insert(survey_response).values(
            id=id_,
            organisation_id=house,
            course_id=response.course,
            version=response.version,
            moment=response.moment.value,
            cohort=response.cohort,
            answers=json.dumps(response.answers, separators=(",", ":"), sort_keys=True),
        )
    )
