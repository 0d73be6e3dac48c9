"""Conformance records: what was checked of each release, and what people and browsers have added since.

Holds rows in and out; nothing here is ever changed, but for whether somebody's name may be shown.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, insert, or_, select, update

from lms.core.checks.conformance.facts import Subject
from lms.storage.database import Tx
from lms.storage.statements.upserts import insert_once
from lms.storage.tables.publishing import conformance, conformance_check


@dataclass(frozen=True, slots=True)
class Added:
    """A row that was added to a record: its kind says what its facts are."""

    id: str
    kind: str
    by: str
    named: bool
    at: int
    facts: Mapping[str, Any]


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def note(tx: Tx, about: Subject, facts: Mapping[str, object], *, now: int) -> bool:
    """Write the record of a release; return False when it has one already, which then stays."""
    return insert_once(
        tx,
        conformance,
        course_id=about.course,
        version=about.version,
        digest=about.digest,
        at=now,
        facts=_json(facts),
    )


def find(tx: Tx, some: Iterable[Subject]) -> dict[Subject, Mapping[str, Any]]:
    """Return the records of these releases, in one statement; one without a record is left out."""
    table = conformance.c
    wanted = [
        and_(table.course_id == one.course, table.version == one.version, table.digest == one.digest)
        for one in some
    ]
    rows = tx.execute(select(conformance).where(or_(*wanted))) if wanted else ()
    return {Subject(row.course_id, row.version, row.digest): json.loads(row.facts) for row in rows}


def add(tx: Tx, about: Subject, one: Added) -> None:
    """Add a check by a person, or a run in a browser, to the record of a release."""
    tx.execute(
        insert(conformance_check).values(
            id=one.id,
            course_id=about.course,
            version=about.version,
            digest=about.digest,
            kind=one.kind,
            by=one.by,
            named=one.named,
            at=one.at,
            facts=_json(one.facts),
        )
    )


def added(tx: Tx, about: Subject) -> tuple[Added, ...]:
    """List what was added to the record of a release, oldest first."""
    table = conformance_check.c
    mine = (table.course_id == about.course, table.version == about.version, table.digest == about.digest)
    rows = tx.execute(select(conformance_check).where(*mine).order_by(table.at, table.id))
    return tuple(Added(row.id, row.kind, row.by, row.named, row.at, json.loads(row.facts)) for row in rows)


def show_name(tx: Tx, id_: str, by: str, *, shown: bool) -> bool:
    """Let a name be shown beside one's own check, or not any more; return False when it is not theirs."""
    mine = (conformance_check.c.id == id_, conformance_check.c.by == by)
    return tx.execute(update(conformance_check).where(*mine).values(named=shown)).rowcount == 1
