"""Everything that the database holds about one person: to be shown to them, and to be erased.

Payloads (names, addresses, secrets, answers, sessions) go; facts (what was read, marked, completed, issued)
stay under an id that means nobody any more. A table with a personal column that is missing here fails a
test.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, exists, not_, or_, select, update

from lms.core.ids import first_at
from lms.core.people.session_notes import SessionNotes
from lms.storage.database import Tx
from lms.storage.operations.outbox import EMPTY
from lms.storage.tables.authoring import draft_state
from lms.storage.tables.certificates import (
    certificate,
    certificate_event,
    certificate_payload,
    certificate_print,
    renewal,
    renewal_notice,
)
from lms.storage.tables.learning import (
    answer,
    attempt,
    barrier_report,
    completion,
    enrolment,
    lesson_read,
    mark,
    recognition,
    task,
)
from lms.storage.tables.operations import audit, job
from lms.storage.tables.people import credential, identity, mailed_code, person, profile, role_grant, session
from lms.storage.tables.publishing import conformance_check

Rows = list[dict[str, Any]]
MOST_ATTEMPTS = 200  # whose answers are erased in one transaction: some thousands of rows
OVERLAP = 60_000  # milliseconds that are looked through twice, for clocks that differ


def _queries(id_: str) -> dict[str, Select[Any]]:
    mine = enrolment.c.person_id == id_
    attempts = attempt.join(enrolment, enrolment.c.id == attempt.c.enrolment_id)
    own = certificate.c.person_id == id_
    return {
        "account": select(profile).where(profile.c.person_id == id_),
        "person": select(person).where(person.c.id == id_),
        "roles": select(role_grant).where(role_grant.c.person_id == id_),
        "ways_in": select(identity.c.issuer, identity.c.created_at).where(identity.c.person_id == id_),
        "secrets": select(credential.c.kind, credential.c.created_at, credential.c.used_at).where(
            credential.c.person_id == id_
        ),
        "sessions": select(
            session.c.device,
            session.c.keep,
            session.c.created_at,
            session.c.ended_at,
            (session.c.longer > 0).label("own_device"),
        ).where(session.c.person_id == id_),
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
        "certificate_prints": select(certificate_print).join(certificate).where(own),
        "certificate_events": select(certificate_event).join(certificate).where(own),
        "renewals": select(renewal).join(enrolment).where(mine),
        "renewal_notices": select(renewal_notice).join(certificate).where(own),
        "draft_states": select(draft_state.c.at, draft_state.c.course_id, draft_state.c.file).where(
            draft_state.c.by == id_
        ),
        "conformance_checks": select(
            conformance_check.c.at,
            conformance_check.c.course_id,
            conformance_check.c.version,
            conformance_check.c.kind,
            conformance_check.c.named,
            conformance_check.c.facts,
        ).where(conformance_check.c.by == id_),
        "deeds": select(audit.c.at, audit.c.deed, audit.c.object, audit.c.organisation_id).where(
            audit.c.actor == id_
        ),
    }


def collect(tx: Tx, id_: str) -> dict[str, Rows]:
    """Return everything about a person, table by table; secrets as dates, never as themselves."""
    return {
        name: [dict(row) for row in tx.execute(query).mappings()] for name, query in _queries(id_).items()
    }


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for a person: letters in the outbox, and windows in which a code for them is waited for."""

    letters: tuple[str, ...] = ()
    windows: tuple[str, ...] = ()
    seen: int = -1  # until when it was looked through (milliseconds)


NOTHING_WAITS = Waiting()


def _names(tx: Tx, id_: str) -> frozenset[str]:
    row = tx.execute(
        select(profile.c.email, profile.c.sign_in_name).where(profile.c.person_id == id_)
    ).first()
    return frozenset(name.casefold() for name in row or () if name)


def _letters_to(tx: Tx, names: frozenset[str], since: int) -> tuple[str, ...]:
    waiting = select(job.c.id, job.c.payload).where(
        job.c.kind == "letter", job.c.payload != EMPTY, job.c.id >= first_at(since)
    )
    return tuple(row.id for row in tx.execute(waiting) if json.loads(row.payload)["to"].casefold() in names)


def _windows_for(tx: Tx, names: frozenset[str], since: int) -> tuple[str, ...]:
    """List the sessions of nobody yet in which a code for these is waited for."""
    query = select(session.c.id, session.c.keep).where(
        session.c.person_id.is_(None), session.c.created_at >= since, session.c.keep.contains('"pending"')
    )
    waiting = ((row.id, SessionNotes.from_json(row.keep).pending) for row in tx.execute(query))
    return tuple(id_ for id_, pending in waiting if pending and pending.who.casefold() in names)


def waiting_for(tx: Tx, id_: str, now: int, *, since: int = 0) -> Waiting:
    """Look through all that waits, or came `since`, for what waits for a person.

    It takes as long as the outbox is, so it is done before the transaction that erases, which looks at the
    rest.
    """
    names = _names(tx, id_)
    if not names:
        return Waiting(seen=now)
    return Waiting(_letters_to(tx, names, since), _windows_for(tx, names, since), now)


def _erase_waiting(tx: Tx, id_: str, now: int, found: Waiting) -> None:
    """Erase what waits to be sent to a person, or for a code of theirs."""
    late = waiting_for(tx, id_, now, since=max(0, found.seen - OVERLAP))
    letters, windows = {*found.letters, *late.letters}, {*found.windows, *late.windows}
    tx.execute(update(job).where(job.c.id.in_(letters)).values(payload=EMPTY, done_at=now))
    tx.execute(delete(session).where(session.c.id.in_(windows)))
    subjects = select(identity.c.subject).where(identity.c.person_id == id_)
    tx.execute(delete(mailed_code).where(mailed_code.c.subject.in_(subjects)))


def _erase_recognitions(tx: Tx, ids: Sequence[str], now: int) -> None:
    """Erase what was told about earlier learning; nobody need answer any more, what was recognised stays."""
    mine = recognition.c.person_id.in_(ids)
    waiting = select(recognition.c.id).where(mine, recognition.c.answered_at.is_(None))
    about = (task.c.kind == "recognition", task.c.about.in_(waiting))
    tx.execute(update(task).where(*about).values(closed_at=now))
    tx.execute(delete(recognition).where(mine, recognition.c.answered_at.is_(None)))
    nothing = {"learned": "", "provider": "", "period": "", "reason": ""}
    tx.execute(update(recognition).where(mine).values(**nothing))


def _answers_of(ids: Sequence[str]) -> Select[tuple[str]]:
    """Ask for the attempts of these people in which something was answered."""
    answered = exists().where(answer.c.attempt_id == attempt.c.id)
    mine = attempt.join(enrolment, enrolment.c.id == attempt.c.enrolment_id)
    return select(attempt.c.id).select_from(mine).where(enrolment.c.person_id.in_(ids), answered)


def erase_answers(tx: Tx, ids: Sequence[str], most: int) -> bool:
    """Erase the answers of so many attempts at most; return whether any are left."""
    attempts = list(tx.execute(_answers_of(ids).limit(most + 1)).scalars())
    tx.execute(delete(answer).where(answer.c.attempt_id.in_(attempts[:most])))
    return len(attempts) > most


def _erase_rows(tx: Tx, ids: Sequence[str], now: int) -> None:
    tx.execute(update(enrolment).where(enrolment.c.person_id.in_(ids)).values(place=""))
    reported = barrier_report.c.person_id.in_(ids)
    tx.execute(update(barrier_report).where(reported).values(person_id=None, contact=""))
    _erase_recognitions(tx, ids, now)
    tx.execute(update(conformance_check).where(conformance_check.c.by.in_(ids)).values(named=False))
    tx.execute(delete(session).where(or_(session.c.person_id.in_(ids), session.c.visitor_id.in_(ids))))
    for table in (profile, identity, credential, role_grant):
        tx.execute(delete(table).where(table.c.person_id.in_(ids)))
    tx.execute(update(person).where(person.c.id.in_(ids)).values(erased_at=now))


def erase(tx: Tx, id_: str, now: int, found: Waiting = NOTHING_WAITS) -> bool:
    """Erase what is personal, except certificates (`certifying`); return whether answers are left.

    `found` is what was seen to wait before this transaction began. Whoever has answered in very many attempts
    has the rest erased afterwards (`erase_answers`), so that nobody else waits long for this transaction.
    """
    _erase_waiting(tx, id_, now, found)
    left = erase_answers(tx, [id_], MOST_ATTEMPTS)
    _erase_rows(tx, [id_], now)
    return left


def erase_visitors(tx: Tx, ids: Sequence[str], now: int) -> bool:
    """Erase what visitors left, who have no name, address or letters; return whether answers are left."""
    left = erase_answers(tx, ids, MOST_ATTEMPTS)
    _erase_rows(tx, ids, now)
    return left


def still_there(tx: Tx, people: Sequence[str]) -> list[str]:
    """List who of these is here and not erased."""
    here = set(tx.execute(select(person.c.id).where(person.c.erased_at.is_(None))).scalars())
    return [one for one in people if one in here]


def _has_left(before: int) -> tuple[ColumnElement[bool], ...]:
    seated = exists().where(session.c.person_id == person.c.id, session.c.ended_at.is_(None))
    waiting = exists().where(session.c.visitor_id == person.c.id)
    return (
        person.c.kind == "visitor",
        person.c.created_at < before,
        person.c.erased_at.is_(None),
        not_(seated),
        not_(waiting),
    )


def left_visitors(tx: Tx, before: int) -> list[str]:
    """List visitors from before this time who never made an account and are in no session any more."""
    return list(tx.execute(select(person.c.id).where(*_has_left(before)).order_by(person.c.id)).scalars())


def still_left(tx: Tx, ids: Sequence[str], before: int) -> list[str]:
    """List those of these visitors who have left indeed."""
    return list(tx.execute(select(person.c.id).where(person.c.id.in_(ids), *_has_left(before))).scalars())


def unfinished(tx: Tx, most: int) -> list[str]:
    """List people who were erased and have answers left."""
    answers = exists().where(
        enrolment.c.person_id == person.c.id,
        attempt.c.enrolment_id == enrolment.c.id,
        answer.c.attempt_id == attempt.c.id,
    )
    query = select(person.c.id).where(person.c.erased_at.is_not(None), answers).limit(most)
    return list(tx.execute(query).scalars())
