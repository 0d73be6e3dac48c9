"""Attempts: what was asked, what was answered, what it was worth.

An answer is kept with the number of the save that brought it: a higher number wins, a late one changes
nothing. Marks are facts and are only ever added; answers are payload and can be erased. Holds no rule.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from lms.core.courses.quiz import Answers
from lms.core.learning.draw import Drawn
from lms.core.learning.marking import Counted
from lms.core.learning.records import Attempt, Sitting
from lms.storage.database import Tx
from lms.storage.learning.enrolments import FACTS, WIDTH, enrolled_from
from lms.storage.statements.driver_sql import statement

HISTORY = 60  # attempts looked back at when questions are drawn


_COLUMNS = """a.id, a.enrolment_id, a."check", a.version, a.digest, a.items, a.saved, a.started_at,
 a.submitted_at, a.lapsed_at, m.points, m.out_of, m.passed, m.items, m.left_out"""
_ATTEMPT_WIDTH = 15
_SITTING = """SELECT <columns>,
    (SELECT GLUE(n.save || ' ' || n.question || ' ' || n.reply, '\x1e') FROM answer n
    WHERE n.attempt_id = a.id), <facts>
    FROM attempt a JOIN enrolment e ON e.id = a.enrolment_id JOIN person p ON p.id = e.person_id
    LEFT JOIN mark m ON m.attempt_id = a.id WHERE p.erased_at IS NULL AND <which>"""
_BY_ID = statement(_SITTING, columns=_COLUMNS, facts=FACTS, which="a.id = ? AND e.person_id = ?")
_OPEN = statement(
    _SITTING,
    columns=_COLUMNS,
    facts=FACTS,
    which="""e.person_id = ? AND e.course_id = ? AND a."check" = ?
    AND a.submitted_at IS NULL""",
)
_PAST = statement(
    """SELECT <columns> FROM attempt a LEFT JOIN mark m ON m.attempt_id = a.id WHERE a.enrolment_id = ?
    ORDER BY a.started_at DESC, a.id DESC LIMIT ?""",
    columns=_COLUMNS,
)
_START = statement(
    """INSERT INTO attempt (id, enrolment_id, "check", version, digest, items, saved, started_at)
    VALUES (?, ?, ?, ?, ?, ?, 0, ?) ON CONFLICT DO NOTHING"""
)
_OPEN_STILL = "id = ? AND submitted_at IS NULL"
_NUMBER = statement("UPDATE attempt SET saved = ? WHERE <open> AND saved < ?", open=_OPEN_STILL)
_SUBMIT = statement("UPDATE attempt SET submitted_at = ?, saved = ? WHERE <open>", open=_OPEN_STILL)
_ANSWER = statement(
    """INSERT INTO answer (attempt_id, question, reply, save, saved_at) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (attempt_id, question)
    DO UPDATE SET reply = excluded.reply, save = excluded.save, saved_at = excluded.saved_at
    WHERE answer.save < excluded.save"""
)
_MARK = statement(
    """INSERT INTO mark (attempt_id, points, out_of, passed, items, left_out, at) VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (attempt_id) DO NOTHING"""
)
_PASSING = statement(
    """SELECT a.id FROM attempt a JOIN mark m ON m.attempt_id = a.id
    WHERE a.enrolment_id = ? AND a."check" = ? AND a.lapsed_at IS NULL AND m.passed
    ORDER BY a.submitted_at LIMIT 1"""
)


_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _items(text: str) -> tuple[Drawn, ...]:
    return tuple(
        Drawn(item["module"], item["question"], {part: tuple(ids) for part, ids in item["order"].items()})
        for item in json.loads(text)
    )


def _attempt(row: Sequence[Any]) -> Attempt:
    id_, enrolment, check, version, digest, items, saved, started, submitted, lapsed, *mark = row
    points, out_of, passed, marks, left_out = mark
    return Attempt(
        id=id_,
        enrolment=enrolment,
        check=check,
        version=version,
        digest=digest,
        items=_items(items),
        saved=saved,
        started_at=started,
        submitted_at=submitted or 0,
        lapsed=lapsed is not None,
        points=points or "",
        out_of=out_of or 0,
        passed=bool(passed),
        by_question=None if marks is None else json.loads(marks),
        left_out=frozenset(json.loads(left_out or "[]")),
    )


def _sitting(row: Sequence[Any]) -> Sitting:
    answers, saves = {}, {}
    for entry in (row[_ATTEMPT_WIDTH] or "").split("\x1e"):
        if entry:
            save, question, reply = entry.split(" ", 2)
            answers[question] = {name: tuple(values) for name, values in json.loads(reply).items()}
            saves[question] = int(save)
    return Sitting(_attempt(row[:_ATTEMPT_WIDTH]), enrolled_from(row[-WIDTH:]), answers, saves)


def sitting(tx: Tx, attempt_id: str, person_id: str) -> Sitting | None:
    """Return one of a person's own attempts with everything around it, in one statement."""
    row = _BY_ID.first(tx, attempt_id, person_id)
    return _sitting(row) if row else None


def open_sitting(tx: Tx, person_id: str, course_id: str, check: str) -> Sitting | None:
    """Return the attempt at a check that can be gone on with, in one statement."""
    row = _OPEN.first(tx, person_id, course_id, check)
    return _sitting(row) if row else None


def past(tx: Tx, enrolment_id: str, limit: int = HISTORY) -> tuple[Attempt, ...]:
    """Return the attempts of an enrolment with their marks, newest first."""
    return tuple(_attempt(row) for row in _PAST.all(tx, enrolment_id, limit))


def start(
    tx: Tx,
    id_: str,
    *,
    enrolment: str,
    check: str,
    version: str,
    digest: str,
    items: Sequence[Drawn],
    now: int,
) -> bool:
    """Begin an attempt; return False when this id is taken or this check has an open one."""
    drawn = [{"module": item.module, "question": item.question, "order": dict(item.order)} for item in items]
    return _START.run(tx, id_, enrolment, check, version, digest, _json(drawn), now) == 1


def take_number(tx: Tx, attempt_id: str, save: int) -> bool:
    """Claim a save number; return False when it is late or the attempt is no longer open."""
    return _NUMBER.run(tx, save, attempt_id, save) == 1


def write_answers(tx: Tx, attempt_id: str, answers: Answers, save: int, now: int) -> None:
    """Keep answers under a save number; what a later save has brought stays."""
    _ANSWER.run_many(
        tx,
        [
            (attempt_id, question, _json({name: list(values) for name, values in reply.items()}), save, now)
            for question, reply in answers.items()
        ],
    )


def submit(tx: Tx, attempt_id: str, save: int, now: int) -> bool:
    """Close an attempt as handed in; return False when that has happened already."""
    return _SUBMIT.run(tx, now, save, attempt_id) == 1


def write_mark(tx: Tx, attempt_id: str, counted: Counted, by_question: Mapping[str, str], now: int) -> None:
    """Add the mark; there is only ever one."""
    left_out = _json(sorted(counted.left_out))
    points, marks = str(counted.points), _json(by_question)
    _MARK.run(tx, attempt_id, points, counted.out_of, counted.passed, marks, left_out, now)


def passing(tx: Tx, enrolment_id: str, check: str) -> str:
    """Return the first attempt that passed a check; '' when there is none."""
    row = _PASSING.first(tx, enrolment_id, check)
    return str(row[0]) if row else ""
