"""Everything that the database holds about one person: to be shown to them, and to be erased.

Payloads (names, addresses, secrets, answers, sessions) go; facts (what was read, marked, completed, issued)
stay under an id that means nobody any more. A table with a personal column that is missing here fails a
test. Called by `actions.my_data`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, delete, or_, select, update

from lms.storage.database import Tx
from lms.storage.outbox import EMPTY
from lms.storage.tables import (
    answer,
    attempt,
    audit,
    barrier_report,
    certificate,
    certificate_event,
    certificate_payload,
    completion,
    credential,
    enrolment,
    identity,
    job,
    lesson_read,
    mailed_code,
    mark,
    person,
    person_role,
    profile,
    recognition,
    session,
    task,
)

Rows = list[dict[str, Any]]


def _queries(id_: str) -> dict[str, Select[Any]]:
    mine = enrolment.c.person_id == id_
    attempts = attempt.join(enrolment, enrolment.c.id == attempt.c.enrolment_id)
    own = certificate.c.person_id == id_
    return {
        "account": select(profile).where(profile.c.person_id == id_),
        "person": select(person).where(person.c.id == id_),
        "roles": select(person_role).where(person_role.c.person_id == id_),
        "ways_in": select(identity.c.issuer, identity.c.created_at).where(identity.c.person_id == id_),
        "secrets": select(credential.c.kind, credential.c.created_at, credential.c.used_at).where(
            credential.c.person_id == id_
        ),
        "sessions": select(session.c.device, session.c.keep, session.c.created_at, session.c.ended_at).where(
            session.c.person_id == id_
        ),
        "courses": select(enrolment).where(mine),
        "lessons": select(lesson_read).join(enrolment).where(mine),
        "attempts": select(attempt).select_from(attempts).where(mine),
        "answers": select(answer).select_from(answer.join(attempts)).where(mine),
        "marks": select(mark).select_from(mark.join(attempts)).where(mine),
        "completions": select(completion).join(enrolment).where(mine),
        "reports": select(barrier_report).where(barrier_report.c.person_id == id_),
        "recognitions": select(recognition).where(recognition.c.person_id == id_),
        "certificates": select(certificate).where(own),
        "certificate_names": select(certificate_payload).join(certificate).where(own),
        "certificate_events": select(certificate_event).join(certificate).where(own),
        "deeds": select(audit.c.at, audit.c.deed, audit.c.object).where(audit.c.actor == id_),
    }


def collect(tx: Tx, id_: str) -> dict[str, Rows]:
    """Give everything about a person, table by table; secrets as dates, never as themselves."""
    return {
        name: [dict(row) for row in tx.execute(query).mappings()] for name, query in _queries(id_).items()
    }


def _letters_to(tx: Tx, names: frozenset[str]) -> Sequence[str]:
    waiting = select(job.c.id, job.c.payload).where(job.c.kind == "letter", job.c.payload != EMPTY)
    return [row.id for row in tx.execute(waiting) if json.loads(row.payload)["to"].casefold() in names]


def _windows_for(tx: Tx, names: frozenset[str]) -> Sequence[str]:
    """List the sessions of nobody yet in which a code for these is waited for."""
    query = select(session.c.id, session.c.keep).where(session.c.person_id.is_(None))
    waiting = ((row.id, json.loads(row.keep).get("pending", {})) for row in tx.execute(query))
    return [id_ for id_, pending in waiting if pending.get("who", "").casefold() in names]


def _erase_waiting(tx: Tx, id_: str, now: int) -> None:
    """Erase what waits to be sent to a person, or for a code of theirs."""
    row = tx.execute(
        select(profile.c.email, profile.c.sign_in_name).where(profile.c.person_id == id_)
    ).first()
    names = frozenset(name.casefold() for name in row or () if name)
    letters = _letters_to(tx, names)
    tx.execute(update(job).where(job.c.id.in_(letters)).values(payload=EMPTY, failed_at=now))
    tx.execute(delete(session).where(session.c.id.in_(_windows_for(tx, names))))
    subjects = select(identity.c.subject).where(identity.c.person_id == id_)
    tx.execute(delete(mailed_code).where(mailed_code.c.subject.in_(subjects)))


def _erase_recognitions(tx: Tx, id_: str, now: int) -> None:
    """Erase what was told about earlier learning; nobody need answer any more, what was recognised stays."""
    mine = recognition.c.person_id == id_
    waiting = select(recognition.c.id).where(mine, recognition.c.answered_at.is_(None))
    about = (task.c.kind == "recognition", task.c.about.in_(waiting))
    tx.execute(update(task).where(*about).values(closed_at=now))
    tx.execute(delete(recognition).where(mine, recognition.c.answered_at.is_(None)))
    nothing = {"learned": "", "provider": "", "period": "", "reason": ""}
    tx.execute(update(recognition).where(mine).values(**nothing))


def erase(tx: Tx, id_: str, now: int) -> None:
    """Erase what is personal, except certificates (`actions.certifying`)."""
    _erase_waiting(tx, id_, now)
    mine = select(enrolment.c.id).where(enrolment.c.person_id == id_)
    attempts = select(attempt.c.id).where(attempt.c.enrolment_id.in_(mine))
    tx.execute(delete(answer).where(answer.c.attempt_id.in_(attempts)))
    tx.execute(update(enrolment).where(enrolment.c.person_id == id_).values(place=""))
    reported = barrier_report.c.person_id == id_
    tx.execute(update(barrier_report).where(reported).values(person_id=None, contact=""))
    _erase_recognitions(tx, id_, now)
    tx.execute(delete(session).where(or_(session.c.person_id == id_, session.c.visitor_id == id_)))
    for table in (profile, identity, credential, person_role):
        tx.execute(delete(table).where(table.c.person_id == id_))
    tx.execute(update(person).where(person.c.id == id_).values(erased_at=now))


def erased(tx: Tx) -> list[str]:
    """List the people who are erased: a restored backup must not bring them back."""
    return list(tx.execute(select(person.c.id).where(person.c.erased_at.is_not(None))).scalars())


def left_visitors(tx: Tx, before: int) -> list[str]:
    """List visitors from before this time who never made an account and are in no session any more."""
    seated = select(session.c.person_id).where(session.c.person_id.is_not(None), session.c.ended_at.is_(None))
    waiting = select(session.c.visitor_id).where(session.c.visitor_id.is_not(None))
    query = select(person.c.id).where(
        person.c.kind == "visitor",
        person.c.created_at < before,
        person.c.erased_at.is_(None),
        person.c.id.not_in(seated),
        person.c.id.not_in(waiting),
    )
    return list(tx.execute(query).scalars())
