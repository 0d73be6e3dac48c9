"""Dossiers of changes of the law: rows in, core facts out. Holds no rule about what settles a statement."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import insert, select, update

from lms.core.authoring.dossiers import Dossier, DossierLine, DossierNote, Settled
from lms.storage.database import Tx
from lms.storage.tables.legislation import dossier, dossier_line, dossier_note

#: Lines stand by course and place, each language beside the others.
_ORDER = (
    dossier_line.c.course_id,
    dossier_line.c.place,
    dossier_line.c.kind,
    dossier_line.c.locale,
    dossier_line.c.id,
)


def add(tx: Tx, one: Dossier) -> None:
    """Add a dossier with its lines."""
    tx.execute(
        insert(dossier).values(
            id=one.id,
            law_id=one.law,
            event=one.event,
            report=one.report,
            words=one.words,
            material=one.material,
            effective=one.effective,
            by=one.by,
            at=one.opened_at,
        )
    )
    add_lines(tx, one.id, one.lines)


def add_lines(tx: Tx, dossier_id: str, lines: Iterable[DossierLine]) -> None:
    """Add lines to a dossier."""
    rows = [
        {
            "id": line.id,
            "dossier_id": dossier_id,
            "course_id": line.course,
            "place": line.place,
            "kind": line.kind,
            "locale": line.locale,
            "old": line.old,
            "owner": line.owner,
            "at": line.at,
        }
        for line in lines
    ]
    if rows:
        tx.execute(insert(dossier_line), rows)


def add_note(tx: Tx, dossier_id: str, note: DossierNote) -> None:
    """Add a note."""
    tx.execute(
        insert(dossier_note).values(
            id=note.id,
            dossier_id=dossier_id,
            kind=note.kind,
            locale=note.locale,
            text=note.text,
            by=note.by,
            at=note.at,
        )
    )


def _line(row: Any) -> DossierLine:
    return DossierLine(
        row.id,
        row.course_id,
        row.place,
        row.kind,
        row.locale,
        row.old,
        row.new,
        row.owner,
        Settled(row.settled),
        row.reason,
        row.by,
        row.at,
    )


def _lines(tx: Tx, ids: Collection[str]) -> dict[str, list[DossierLine]]:
    query = select(dossier_line).where(dossier_line.c.dossier_id.in_(ids)).order_by(*_ORDER)
    found: dict[str, list[DossierLine]] = {}
    for row in tx.execute(query):
        found.setdefault(row.dossier_id, []).append(_line(row))
    return found


def _dossier(row: Any, lines: Iterable[DossierLine], notes: Iterable[DossierNote] = ()) -> Dossier:
    return Dossier(
        row.id,
        row.law_id,
        row.event,
        row.report,
        row.words,
        row.material,
        row.effective,
        row.at,
        row.by,
        row.closed_at or 0,
        tuple(lines),
        tuple(notes),
    )


def find(tx: Tx, dossier_id: str, *, hold: bool = False) -> Dossier | None:
    """Return one dossier with its lines and notes; `hold` keeps others from changing it meanwhile."""
    query = select(dossier).where(dossier.c.id == dossier_id)
    row = tx.execute(query.with_for_update() if hold else query).first()
    if row is None:
        return None
    notes = tx.execute(
        select(dossier_note).where(dossier_note.c.dossier_id == dossier_id).order_by(dossier_note.c.id)
    )
    found = [DossierNote(one.id, one.kind, one.locale, one.text, one.by, one.at) for one in notes]
    return _dossier(row, _lines(tx, [dossier_id]).get(dossier_id, []), found)


def listed(tx: Tx, *, law: str = "", closed: bool = False, most: int = 200) -> tuple[Dossier, ...]:
    """List dossiers with their lines, the newest first: those that are open, or all of them."""
    query = select(dossier).order_by(dossier.c.at.desc(), dossier.c.id.desc()).limit(most)
    if law:
        query = query.where(dossier.c.law_id == law)
    if not closed:
        query = query.where(dossier.c.closed_at.is_(None))
    rows = tx.execute(query).all()
    lines = _lines(tx, [row.id for row in rows])
    return tuple(_dossier(row, lines.get(row.id, [])) for row in rows)


def of_course(tx: Tx, course: str) -> tuple[tuple[str, DossierLine], ...]:
    """List (law, line) of each statement of a course in an open dossier."""
    query = (
        select(dossier.c.law_id, dossier_line)
        .join(dossier, dossier.c.id == dossier_line.c.dossier_id)
        .where(dossier.c.closed_at.is_(None), dossier_line.c.course_id == course)
        .order_by(*_ORDER)
    )
    return tuple((row.law_id, _line(row)) for row in tx.execute(query))


def settle(tx: Tx, line: str, settled: Settled, *, reason: str, new: str, by: str, now: int) -> None:
    """Write what became of a line."""
    values = {"settled": settled.value, "reason": reason, "new": new, "by": by, "at": now}
    tx.execute(update(dossier_line).where(dossier_line.c.id == line).values(**values))


def give(tx: Tx, line: str, owner: str) -> None:
    """Write who does it."""
    tx.execute(update(dossier_line).where(dossier_line.c.id == line).values(owner=owner))


def close(tx: Tx, dossier_id: str, now: int) -> None:
    """Close a dossier."""
    tx.execute(update(dossier).where(dossier.c.id == dossier_id).values(closed_at=now))
