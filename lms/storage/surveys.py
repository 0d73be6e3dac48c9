"""What people answer before a course, after it and three months later: rows that lead to nobody.

A row has no person, no session, no address and no time but its quarter; its id is random, and the table has
no hidden order of arrival (ADR 0040). Presses are kept apart, for half a day. Holds no rule. Called by
`actions.surveying` and `actions.keeping`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlalchemy import delete, insert

from lms.core.asking import Answers, Moment
from lms.storage.database import Tx
from lms.storage.tables import idempotency, organisation, survey_response
from lms.storage.upserts import insert_once

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
    """Use a press up; say False when it was used. `opened` is when its form was, to the hour."""
    return insert_once(tx, idempotency, key=f"{PRESS}{key}", result="", at=opened)


def prune_presses(tx: Tx, before: int) -> int:
    """Forget presses whose form was opened before this time."""
    mine = idempotency.c.key.startswith(PRESS, autoescape=True)
    return tx.execute(delete(idempotency).where(mine, idempotency.c.at < before)).rowcount


def add(tx: Tx, id_: str, house: str, response: Response) -> None:
    """Keep a sheet of answers."""
    insert_once(tx, organisation, id=house, name="", created_at=0)
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
